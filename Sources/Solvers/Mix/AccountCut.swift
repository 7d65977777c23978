// What the hours of a segment cost at least, as a linear function of all that is bought: with worths of plans' money in
// each state (see `AccountWorths`) pools and plans fall apart, and what a pool leaves is convex in its units. The function
// touches it between the two whole numbers about a point, and lies below it at all whole numbers: a cut for Benders'
// partitioning that a purchase of fractions may lie above. Best are the worths that are dual to what plans pay for there.
// Source: Benders, "Partitioning procedures for solving mixed-variables programming problems", Numerische Mathematik 4, 1962.

import Model

/// A segment costs at least a constant, less a slope for each unit of a pool and each increment of a plan.
struct AccountCut: Sendable {
  var segment: Int
  /// Grains.
  var constant: Int128
  /// By pool, grains of a unit; then by plan, of an increment.
  var slopes: [Int128]
  /// False where it holds for all purchases.
  var isOfBox = false

  /// What the segment costs at least at a point, in grains; binary floating point, for a search.
  struct Line: Sendable {
    var constant: Double
    var slopes: [Double]
  }

  /// True where sums of it, weighed, stay in 128 bits.
  var isBounded: Bool {
    let most = Int128(1) << 80
    return constant.magnitude < most.magnitude && slopes.allSatisfy { $0.magnitude < most.magnitude }
  }

  var line: Line {
    Line(
      constant: Double(Int(clamping: constant)), slopes: slopes.map { Double(Int(clamping: $0)) })
  }
}

/// Units of each pool, and micro-USD of each plan with what is held, in a segment.
struct AccountPoint {
  var units: [Double]
  var money: [Double]
}

extension AccountModel {
  /// What making a linear programme takes however small it is, in prices.
  private static let leastTransport = 2_000

  /// The cut of a segment at a point.
  func cut(_ segment: Int, at point: AccountPoint, work: inout Int) -> AccountCut {
    let block = demand.blocks[time.segments[segment].stretch]
    let floors = point.units.map { wholeNumber(min(max(0, $0 + 1e-9), 0x1p31).rounded(.down)) }
    var values: [Int] = []
    for state in block.weights.indices {
      values += dualWorths(rests(block.first + state, beside: point.units, floors), point.money, work: &work)
    }
    work += 4 * block.weights.count * pools.count
    let worths = AccountWorths(values: values)
    let levels = pricedLevels(segment, worths, first: 0)
    var cut = AccountCut(segment: segment, constant: 0, slopes: [])
    for (levels, floor) in zip(levels, floors) {
      let slope = Int128(levels.saving(of: floor + 1))
      cut.constant += Int128(levels.cost(beyond: floor)) + slope * Int128(floor)
      cut.slopes.append(slope)
    }
    addMoney(worths, segment, &cut)
    return cut
  }

  /// Takes from a cut what plans' money gives back.
  func addMoney(_ worths: AccountWorths, _ segment: Int, _ cut: inout AccountCut) {
    for (index, plan) in plans.enumerated() {
      let mean = mean(of: index, in: segment, worths, first: 0)
      cut.constant -= Self.roundedUp(mean, plan.held[segment])
      cut.slopes.append(Self.roundedUp(mean, plan.offer?.increment ?? 1))
    }
  }

  private static func roundedUp(_ worth: Int128, _ amount: Int) -> Int128 {
    let (product, overflow) = worth.multipliedReportingOverflow(by: Int128(amount))
    return overflow ? Int128(1) << 100 : (product >> worthBits) + 1
  }

  /// By pool, units of a state that plans may pay for, between those at the whole numbers about a point.
  func rests(_ state: Int, beside units: [Double], _ floors: [Int]) -> [Double] {
    pools.indices.map { pool in
      let plain = Double(demand.plain[state * pools.count + pool]) / Double(parts)
      let floor = Double(floors[pool])
      let share = min(1, max(0, units[pool] - floor))
      return (1 - share) * max(0, plain - floor) + share * max(0, plain - floor - 1)
    }
  }

  /// By plan, what a micro-USD spares at most when plans pay for what they like, in 2^-worthBits.
  private func dualWorths(_ rests: [Double], _ money: [Double], work: inout Int) -> [Int] {
    guard plans.count > 1 else { return plans.map { worth($0, rests, money[0]) } }
    let paid = plans.indices.flatMap { plan in plans[plan].classes.map { (plan, $0) } }.filter { rests[$0.1.pool] > 0 }
    return transport(rests, money, paid, limits: [], work: &work).worths
  }

  /// Prices in 2^-worthBits, of plans' money and of limits, which are dual to the cheapest payment for what is left.
  /// - Parameter paid: plans and the classes that they pay for, of pools of which something is left.
  /// - Parameter limits: of each of them, units; empty for none.
  func transport(
    _ rests: [Double], _ money: [Double], _ paid: [(Int, PlanClass)], limits: [Double], work: inout Int
  ) -> (worths: [Int], limits: [Int]) {
    let used = pools.indices.filter { rests[$0] > 0 }
    var programme = DualSimplex(costs: used.map { Double(pools[$0].onDemand) } + paid.map { _ in 0 })
    for (index, pool) in used.enumerated() {
      let served = used.indices.map { $0 == index ? 1.0 : 0 } + paid.map { $0.1.pool == pool ? 1.0 : 0 }
      programme.add(served, atLeast: rests[pool])
    }
    // Money counted in the largest rate, so that numbers are near 1.
    let scale = Double(paid.map(\.1.rate).max() ?? 1)
    for plan in plans.indices {
      let drawn = paid.map { $0.0 == plan ? -Double($0.1.rate) / scale : 0 }
      programme.add(used.map { _ in 0 } + drawn, atLeast: -money[plan] / scale)
    }
    for (index, limit) in limits.enumerated() {
      programme.add(used.map { _ in 0 } + paid.indices.map { $0 == index ? -1 : 0 }, atLeast: -limit)
    }
    _ = programme.solve()
    work += programme.work + Self.leastTransport
    // However the arithmetic goes, money is worth no more than where it spares most, and a limit no more than the price.
    let most = plans.indices.map { plan in
      paid.reduce(0) { $1.0 == plan ? max($0, Self.worth(pools[$1.1.pool].onDemand, $1.1.rate)) : $0 }
    }
    let one = Double(1 << Self.worthBits)
    let prices = programme.multipliers.dropFirst(used.count).map { $0.isFinite ? $0 * one : 0 }
    return (
      zip(prices, most).map { min($1, wholeNumber(($0 / scale).rounded())) },
      zip(prices.dropFirst(plans.count), paid).map {
        min(pools[$1.1.pool].onDemand << Self.worthBits, wholeNumber($0.rounded()))
      }
    )
  }

  /// The same of the only plan: it pays where it saves most of the price first.
  private func worth(_ plan: Plan, _ rests: [Double], _ money: Double) -> Int {
    var left = money
    for item in plan.classes where rests[item.pool] > 0 {
      left -= rests[item.pool] * Double(item.rate)
      if left < 0 { return Self.worth(pools[item.pool].onDemand, item.rate) }
    }
    return 0
  }
}
