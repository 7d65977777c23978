// The cheapest commitments that a limit on upfront cash allows: exact, or with a proven bound.
//
//   min  sum_k a_k x_k + R(sum_k x_k)   with  sum_k U_k x_k <= B, x whole
//
// a_k is what option k costs over the horizon, U_k its upfront part, R(x) what is left to pay beyond x levels, convex.
// Lagrangian relaxation: with a price L >= 0 on cash, every x costs at least
//   g(L) = min_x [ m x + R(x) ] - L B,   m = min_k (a_k + L U_k),
// and the best L gives the bound of the linear relaxation. A plan that is dearer by its reduced costs (r_k = a_k + L
// U_k - m for a unit of k, and [m x + R(x)] less its minimum) than the best known cannot be better; what remains is
// enumerated, the two options of least r_k in closed form. There is little: the best known is within a unit's
// difference of the bound.
// Sources: Geoffrion, "Lagrangean relaxation for integer programming", Mathematical Programming Study 2, 1974; reduced
// cost fixing and the core of a knapsack, Kellerer, Pferschy and Pisinger, "Knapsack Problems", 2004, sections 3.2,
// 5.4.

/// The kind `budget`.
package enum BudgetMix {
  /// The least cost found; its bound is equal to it but for problems with an enormous number of nearly equal plans.
  /// - Parameter budget: micro-USD that may be paid upfront.
  /// - Throws: ``ProblemFault`` as ``MixProblem/check()``.
  package static func solve(_ problem: MixProblem, budget: Int) throws(ProblemFault) -> MixAnswer {
    try problem.check()
    try checkNumber("upfront_budget", budget)
    let levels = DemandLevels(problem.needs, of: problem)
    let options = undominated(problem.options.filter { $0.upfront <= budget })
    guard let last = options.last else {
      let cost = levels.cost(beyond: 0)
      return MixAnswer(cost: cost, purchase: [:], bound: cost)
    }
    let unit = last.rate * problem.hours
    let count = levels.count(savingMoreThan: unit)
    let (cash, overflow) = last.upfront.multipliedReportingOverflow(by: count)
    if !overflow, cash <= budget {
      let cost = unit * count + levels.cost(beyond: count)
      return MixAnswer(cost: cost, purchase: [last.name: count], bound: cost)
    }
    var search = BudgetSearch(options, hours: problem.hours, levels: levels, budget: budget)
    return search.run()
  }

  /// Options than which no other is as cheap for as little upfront; rising in upfront, falling in rate.
  static func undominated(_ options: [MixOption]) -> [MixOption] {
    var kept: [MixOption] = []
    let order = options.enumerated().sorted {
      ($0.element.upfront, $0.element.rate, $0.offset) < ($1.element.upfront, $1.element.rate, $1.offset)
    }
    for (_, option) in order where option.rate < kept.last?.rate ?? .max { kept.append(option) }
    return kept
  }
}

/// The enumeration of what may be better than the best known.
struct BudgetSearch {
  /// Binary digits of prices on cash.
  private static let scale = 20
  /// Plans that are looked at, at most.
  private static let mostPlans = 4_000_000

  private let options: [MixOption]
  /// Of a unit over the horizon.
  private let costs: [Int128]
  private let levels: DemandLevels
  private let budget: Int128
  /// The price on cash, in 2^-scale.
  private var price: Int128 = 0
  /// m(L) of it, and of each option r_k.
  private var unit: Int128 = 0
  private var reduced: [Int128] = []
  /// g(L), in 2^-scale micro-USD.
  private var bound: Int128 = 0
  private var counts: [Int]
  private var best: [Int]
  private var bestCost: Int128
  private var plansLeft = Self.mostPlans

  /// - Parameter options: undominated, each of which the budget allows at least once.
  init(_ options: [MixOption], hours: Int, levels: DemandLevels, budget: Int) {
    self.options = options
    self.levels = levels
    self.budget = Int128(budget)
    costs = options.map { Int128($0.rate) * Int128(hours) }
    counts = [Int](repeating: 0, count: options.count)
    best = counts
    bestCost = Int128(levels.cost(beyond: 0))
  }

  mutating func run() -> MixAnswer {
    choosePrice()
    let middle = cheapestCount(unit: unit)
    let order = options.indices.sorted { (reduced[$0], $0) < (reduced[$1], $1) }
    // A first plan near the minimum makes the rest of the search short.
    for count in max(0, middle - 64)...min(levels.top, middle + 64) { fill(count, order.prefix(2)) }
    var count = middle
    while count <= levels.top, look(at: count, order) { count += 1 }
    count = middle - 1
    while count >= 0, look(at: count, order) { count -= 1 }
    let purchase = Dictionary(uniqueKeysWithValues: zip(options.map(\.name), best))
    let proven = plansLeft > 0 ? bestCost : min(bestCost, (bound + (1 << Self.scale) - 1) >> Self.scale)
    return MixAnswer(cost: Int(bestCost), purchase: purchase, bound: Int(max(0, proven)))
  }

  // MARK: The bound

  private func priced(_ option: Int, _ price: Int128) -> Int128 {
    costs[option] << Self.scale + price * Int128(options[option].upfront)
  }

  /// m(L).
  private func unitPrice(_ price: Int128) -> Int128 { options.indices.map { priced($0, price) }.min()! }

  /// The fewest units at which m x + R(x) is least.
  private func cheapestCount(unit: Int128) -> Int {
    levels.count(savingMoreThan: Int(min(unit >> Self.scale, Int128(Int.max))))
  }

  /// m x + R(x), in 2^-scale micro-USD.
  private func relaxed(_ count: Int, unit: Int128) -> Int128 {
    unit * Int128(count) + Int128(levels.cost(beyond: count)) << Self.scale
  }

  /// g(L).
  private func bound(at price: Int128) -> Int128 {
    let unit = unitPrice(price)
    return relaxed(cheapestCount(unit: unit), unit: unit) - price * budget
  }

  /// The price at which the plan of the relaxation is just within the budget, by bisection: there g is greatest. No
  /// price beyond R(0) / B can be, for g(0) is not negative.
  private mutating func choosePrice() {
    var low: Int128 = 0
    var high = (Int128(levels.cost(beyond: 0)) << Self.scale) / budget + 1
    while low < high {
      let middle = (low + high) / 2
      if isWithinBudget(at: middle) { high = middle } else { low = middle + 1 }
    }
    price = max(0, low - 1)
    if bound(at: low) > bound(at: price) { price = low }
    bound = bound(at: price)
    unit = unitPrice(price)
    reduced = options.indices.map { priced($0, price) - unit }
  }

  private func isWithinBudget(at price: Int128) -> Bool {
    let unit = unitPrice(price)
    let option = options.indices.first { priced($0, price) == unit }!
    return Int128(options[option].upfront) * Int128(cheapestCount(unit: unit)) <= budget
  }

  // MARK: The enumeration

  /// Tries the plans of so many units; false when none of them, nor of more units still, can be better.
  private mutating func look(at count: Int, _ order: [Int]) -> Bool {
    let excess = relaxed(count, unit: unit) - price * budget - bound
    guard excess <= room, plansLeft > 0 else { return false }
    choose(order[...].dropFirst(2), left: count, excess: excess, order.prefix(2))
    return true
  }

  /// How much dearer than the bound a plan may be that is better than the best known.
  private var room: Int128 { (bestCost - 1) << Self.scale - bound }

  /// Goes through all counts of some options, then fills up with the pair.
  private mutating func choose(_ rest: ArraySlice<Int>, left: Int, excess: Int128, _ pair: ArraySlice<Int>) {
    guard let option = rest.first else { return fill(left, pair) }
    let step = reduced[option]
    for count in 0...left {
      guard excess + step * Int128(count) <= room, plansLeft > 0 else { break }
      counts[option] = count
      choose(rest.dropFirst(), left: left - count, excess: excess + step * Int128(count), pair)
    }
    counts[option] = 0
  }

  /// Completes a plan with so many units of a pair of options: as many of the cheaper, which wants more upfront, as the
  /// budget allows.
  private mutating func fill(_ units: Int, _ pair: ArraySlice<Int>) {
    plansLeft -= 1
    let (plain, dear) = (pair.min()!, pair.max()!)
    counts[plain] = 0
    counts[dear] = 0
    let cash = budget - options.indices.reduce(0) { $0 + Int128(options[$1].upfront) * Int128(counts[$1]) }
    let spare = cash - Int128(options[plain].upfront) * Int128(units)
    guard spare >= 0 else { return }
    counts[plain] = units
    if dear != plain {
      counts[dear] = Int(min(Int128(units), spare / Int128(options[dear].upfront - options[plain].upfront)))
      counts[plain] = units - counts[dear]
    }
    var cost = Int128(levels.cost(beyond: counts.reduce(0, +)))
    for (count, unit) in zip(counts, costs) { cost += Int128(count) * unit }
    if cost < bestCost { (bestCost, best) = (cost, counts) }
    counts[plain] = 0
    counts[dear] = 0
  }
}
