// The search of an account's plan: worths and commitments that answer one another.
//
// The pools' cheapest commitments, given what plans' money is worth, and what it is worth, given commitments, are played
// against each other, each against the mean of what the other has played, the newer weighing more. The means come to a
// saddle point, at which the bound is the least cost of the problem in which anything may be bought in fractions. Now and
// then what the pools and plans answer is made better (`AccountPolish`), which gives a plan in whole numbers.
// Source: Robinson, "An iterative method of solving a game", Annals of Mathematics 54(2), 1951; Hofbauer and Sorin,
// "Best response dynamics for continuous zero-sum games", Discrete and Continuous Dynamical Systems B 6(1), 2006.

/// The state of the search.
struct AccountSearch {
  private static let steps = 128
  private static let mostTurns = 400

  let model: AccountModel
  private var workLeft: Int
  /// Grains that no plan costs less than.
  private(set) var bound: Int128 = 0
  private(set) var best: [AccountPlan.Purchase] = []
  private(set) var bestCost: Int
  /// Means of what was played: units of pools by segment, and worths of plans' money by state.
  private var units: [Double]
  private var worths: [Double]
  /// What the plans answered last, and how far beyond it purchases are looked at.
  private var money: [Double]
  private var ranges: [Double]
  private var turn = 0

  init(_ model: AccountModel, work: Int) {
    self.model = model
    workLeft = work
    bestCost = model.cost(of: [])
    ranges = model.plans.map { Double($0.most) }
    units = [Double](repeating: 0, count: model.time.segments.count * model.pools.count)
    worths = [Double](repeating: .infinity, count: model.segmentStates * model.plans.count)
    money = AccountHolding(model).money.map { Double($0) }
  }

  var plan: AccountPlan { AccountPlan(best, cost: bestCost, bound: min(bestCost, model.rounded(up: bound))) }

  /// Searches until nothing noticeably better can be, or the work is done.
  mutating func run() {
    while turn < Self.mostTurns, workLeft > 0, !isClosed { step() }
  }

  /// True when the best is within a hundredth of a per cent of the bound.
  private var isClosed: Bool {
    bound > 0 && Int128(bestCost) * Int128(model.grains) - bound <= Int128(bestCost / 10_000) * Int128(model.grains)
  }

  private mutating func step() {
    let relaxation = model.relaxation(AccountWorths(values: worths.map(Self.whole)))
    bound = max(bound, relaxation.bound)
    let share = 2 / Double(turn + 2)
    for index in units.indices { units[index] += share * (Double(relaxation.units[index]) - units[index]) }
    let response = model.response(
      units: units, money: money, worths: worths, steps: Self.steps, most: ranges, cashPrice: 0)
    if turn == 0 { worths = response.worths }
    for index in worths.indices { worths[index] += share * (response.worths[index] - worths[index]) }
    money = response.money
    narrow()
    workLeft -= 3 * model.segmentStates * model.pools.count + 100 * model.time.segments.count * (model.pools.count + 1)
    if turn & (turn - 1) == 0 { polish(relaxation.purchases + response.purchases) }
    turn += 1
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

  private mutating func polish(_ purchases: [AccountPlan.Purchase]) {
    var polish = AccountPolish(model, purchases)
    polish.run(work: workLeft / 2)
    workLeft -= polish.work
    let cost = model.cost(of: polish.purchases)
    if cost < bestCost { (best, bestCost) = (polish.purchases, cost) }
  }

  /// As a whole number in 2^-worthBits, rounded down.
  private static func whole(_ worth: Double) -> Int {
    Int(min(max(0, worth * Double(1 << AccountModel.worthBits)), 0x1p40))
  }
}
