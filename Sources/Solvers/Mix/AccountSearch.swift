// The search of an account's plan: worths and commitments that answer one another.
//
// The pools' cheapest commitments, given what plans' money is worth, and what it is worth, given commitments, are played
// against each other, each against the mean of what the other has played, the newer weighing more. The means come to a
// saddle point, at which the bound is the least cost of the problem in which anything may be bought in fractions. Now and
// then what the pools and plans answer is made better (`AccountPolish`), which gives a plan in whole numbers; if it is the
// best so far, the means begin anew from it.
// Source: Robinson, "An iterative method of solving a game", Annals of Mathematics 54(2), 1951; Hofbauer and Sorin,
// "Best response dynamics for continuous zero-sum games", Discrete and Continuous Dynamical Systems B 6(1), 2006.

/// The state of the search.
struct AccountSearch {
  /// In how many steps the amount of a plan is cut.
  private static let steps = 128
  private static let mostTurns = 400
  /// Turns in which the gap must become a third less, once it is below a quarter of a per cent.
  private static let patience = 16
  /// Below how many places for a unit two of them are tried together.
  private static let fewPlaces = 24
  /// How many turns means that begin anew are taken to be old.
  private static let youth = 2

  let model: AccountModel
  var workLeft: Int
  /// Grains that no plan costs less than.
  private(set) var bound: Int128 = 0
  private(set) var best: [AccountPlan.Purchase] = []
  private(set) var bestCost: Int
  /// The price of upfront cash, as in ``AccountWorths``, and the one at which the bound was greatest.
  var cashPrice = 0
  private(set) var bestPrice = 0
  /// Means of what was played: units of pools by segment, worths of plans' money by state, and upfront cash.
  private var units: [Double]
  private var worths: [Double]
  private(set) var cash = 0.0
  /// The mean of what is held and bought of plans, by segment: what one plan leaves to another depends on it.
  private var means: [Double]
  /// What the plans answered last, and how far beyond it purchases are looked at.
  private var money: [Double]
  private var ranges: [Double]
  /// What pools and plans answered last.
  private var last: [AccountPlan.Purchase] = []
  private var turn = 0
  /// Turns since the means began anew.
  private var age = 0
  /// Turns since the price of cash was changed.
  private var cashAge = 0
  /// The next turn whose answers are made better.
  private var nextPolish = 4

  init(_ model: AccountModel, work: Int) {
    self.model = model
    workLeft = work
    bestCost = model.cost(of: [])
    ranges = model.plans.map { Double($0.most) }
    units = [Double](repeating: 0, count: model.time.segments.count * model.pools.count)
    worths = [Double](repeating: .infinity, count: model.segmentStates * model.plans.count)
    money = AccountHolding(model).money.map { Double($0) }
    means = money
  }

  var plan: AccountPlan { AccountPlan(best, cost: bestCost, bound: min(bestCost, model.rounded(up: bound))) }

  /// Searches until nothing noticeably better can be, the bound stands still, or the work is done.
  mutating func run(turns: Int = AccountSearch.mostTurns) {
    let end = turn + turns
    // The gap some turns ago tells whether the search still gets anywhere.
    var earlier = Int128.max
    while turn < end, !isDone {
      step()
      guard turn % Self.patience == 0 else { continue }
      if gap > earlier / 3 * 2, gap < Int128(bestCost / 400) * Int128(model.grains) { break }
      earlier = gap
    }
    if nextPolish > turn { polish(last) }
  }

  /// Of problems with few units a whole one more or less may matter, and the plans' money with it: tries each, and two of
  /// them at once where there are few, as long as something is to be gained by it.
  mutating func nudge() {
    var before = bestCost + 1
    while bestCost < before, workLeft > 0, gap > Int128(bestCost / 1000) * Int128(model.grains) {
      before = bestCost
      let start = AccountPolish(model, best, cashPrice: 0)
      let single = start.places.map { [$0] }
      let pairs = single.count > Self.fewPlaces ? [] : start.places.flatMap { one in start.places.map { [one, $0] } }
      for places in single + pairs where workLeft > 0 {
        var polish = start
        let isMoved = polish.move(places, work: polish.work + workLeft)
        workLeft -= polish.work - start.work
        if isMoved { take(polish.purchases) }
      }
    }
  }

  /// True when the best is proven to a hundredth of a per cent, or the work is done.
  var isDone: Bool { workLeft <= 0 || isProven }

  /// True when the best is proven to a hundredth of a per cent.
  var isProven: Bool { gap <= Int128(bestCost / 10_000) * Int128(model.grains) }

  /// Grains between the best and the bound.
  var gap: Int128 { Int128(bestCost) * Int128(model.grains) - bound }

  private mutating func step() {
    let relaxation = model.relaxation(AccountWorths(values: worths.map(Self.whole), cashPrice: cashPrice))
    raise(bound: relaxation.bound, at: cashPrice)
    let share = 2 / Double(age + 2)
    for index in units.indices { units[index] += share * (Double(relaxation.units[index]) - units[index]) }
    let response = model.response(
      units: units, money: means, share: share, worths: worths, steps: Self.steps, most: ranges, cashPrice: cashPrice)
    if turn == 0 { worths = response.worths }
    for index in worths.indices { worths[index] += share * (response.worths[index] - worths[index]) }
    money = response.money
    for index in money.indices { means[index] += share * (money[index] - means[index]) }
    last = relaxation.purchases + response.purchases
    cash += 2 / Double(cashAge + 2) * (Double(model.cash(for: last)) - cash)
    cashAge += 1
    narrow()
    turn += 1
    age += 1
    workLeft -= relaxation.work + response.work
    workLeft -= 3 * model.segmentStates * model.pools.count + 100 * model.time.segments.count * (model.pools.count + 1)
    consider(last)
  }

  /// Looks at purchases of plans more finely where there are few, and farther where there are more than expected.
  private mutating func narrow() {
    for plan in ranges.indices {
      let bought = model.time.segments.indices.map {
        money[$0 * ranges.count + plan] - Double(model.plans[plan].held[$0])
      }
      ranges[plan] = min(Double(model.plans[plan].most), max(ranges[plan] / 4, 2 * (bought.max() ?? 0)))
    }
  }

  /// Takes what no plan costs less than, in grains, by a price of upfront cash.
  mutating func raise(bound: Int128, at price: Int) {
    if bound > self.bound { (self.bound, bestPrice) = (bound, price) }
  }

  /// Lets the means begin anew, what they are counting for little; but that of cash for nothing: what was paid at another
  /// price would say for long whether this one is too low.
  mutating func forget() {
    age = min(age, Self.youth)
    cashAge = 0
  }

  /// Makes an answer better from time to time, unless it is far from the bound.
  private mutating func consider(_ purchases: [AccountPlan.Purchase]) {
    let cost = take(purchases)
    let isNear = Int128(cost) * Int128(model.grains) - bound < bound / 50
    if turn >= nextPolish, isNear || turn >= 4 * nextPolish {
      polish(purchases)
      nextPolish = 4 * turn
    }
  }

  /// What purchases cost; they are the best if no other that the budget allows costs less.
  @discardableResult
  mutating func take(_ purchases: [AccountPlan.Purchase]) -> Int {
    let cost = model.cost(of: purchases)
    workLeft -= model.segmentStates * model.pools.count
    if cost < bestCost, model.isAffordable(purchases) { (best, bestCost) = (purchases, cost) }
    return cost
  }

  private mutating func polish(_ purchases: [AccountPlan.Purchase]) {
    var polish = AccountPolish(model, purchases, cashPrice: cashPrice)
    polish.run(work: max(0, workLeft / 2))
    workLeft -= polish.work
    let before = bestCost
    take(polish.purchases)
    if model.budget != nil { repair(polish) }
    if bestCost < before {
      units = polish.units.map { Double($0) }
      age = Self.youth
    }
  }

  /// As a whole number in 2^-worthBits, rounded down.
  private static func whole(_ worth: Double) -> Int {
    Int(min(max(0, worth * Double(1 << AccountModel.worthBits)), 0x1p40))
  }
}
