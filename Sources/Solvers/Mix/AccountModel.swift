// A problem of an account made ready to be solved: pools by name, so that their order in the problem plays no part, equal
// states merged, and time cut where anything begins or ends.
//
// Amounts are counted in three whole-number units. A price of a unit and hour, or the worth of a micro-USD of a plan, has
// `priceBits` or `worthBits` binary digits behind the micro-USD. What an hour costs is in parts × 2^hourBits of a
// micro-USD. What a purchase or a level of demand costs over a segment is in grains: so many to a micro-USD that no
// fraction is left where there are few states, and as many as fit where there are more.

import Model

/// The compiled problem.
struct AccountModel: Sendable {
  /// A pool, as the solvers count.
  struct Pool: Sendable {
    var onDemand: Int
    /// Not more than on demand.
    var spot: Int
    var offers: [AccountProblem.Offer]
    /// The plans that pay for it, in their order, with what a unit draws.
    var plans: [(plan: Int, rate: Int)]
  }

  /// A plan's use of a pool.
  struct PlanClass: Sendable {
    var pool: Int
    var rate: Int
  }

  struct Plan: Sendable {
    /// In the order in which the plan pays for them.
    var classes: [PlanClass]
    var offer: AccountProblem.PlanOffer?
    /// Micro-USD an hour by segment.
    var held: [Int]
    /// Micro-USD an hour that all needs draw at most.
    var useful: Int
    /// The same, rounded up to a multiple of the increment.
    var most: Int
  }

  static let worthBits = 20

  let time: AccountTime
  let demand: AccountDemand
  let parts: Int
  /// Of the problem's pools, by name.
  let order: [Int]
  /// Where each of the problem's pools stands in that order.
  let place: [Int]
  /// In that order.
  let pools: [Pool]
  let plans: [Plan]
  /// By pool, the highest level that is used.
  let tops: [Int]
  let budget: Int?
  let onlyNow: Bool
  /// True when bounds are to hold where plans pay for spot too.
  let isSpotPaid: Bool
  let hourBits: Int
  let priceBits: Int
  let grains: Int

  /// - Parameter problem: checked.
  init(_ problem: AccountProblem, onlyNow: Bool, isSpotPaid: Bool = false) {
    let order = problem.pools.indices.sorted { problem.pools[$0].name < problem.pools[$1].name }
    var place = [Int](repeating: 0, count: order.count)
    for (index, pool) in order.enumerated() { place[pool] = index }
    let time = AccountTime(problem, onlyNow: onlyNow)
    self.order = order
    self.place = place
    self.time = time
    parts = problem.parts
    budget = problem.budget
    self.onlyNow = onlyNow
    self.isSpotPaid = isSpotPaid
    pools = order.map { index in
      let pool = problem.pools[index]
      let plans = problem.plans.enumerated().compactMap { plan in plan.element.rates[index].map { (plan.offset, $0) } }
      return Pool(
        onDemand: pool.onDemand, spot: min(pool.spot ?? pool.onDemand, pool.onDemand), offers: pool.offers,
        plans: plans)
    }
    let isSpot = order.map { problem.pools[$0].spot ?? .max < problem.pools[$0].onDemand }
    demand = AccountDemand(problem, order: order, isSpot: isSpot)
    let highest = problem.highestNeeds
    plans = problem.plans.map { Self.plan($0, problem, place: place, time: time, highest) }
    tops = order.map { (highest[$0] + problem.parts - 1) / problem.parts }
    let hour = problem.pools.indices.reduce(Int128(1)) { sum, pool in
      let rates = problem.plans.compactMap { $0.rates[pool] }
      let units = (highest[pool] + problem.parts - 1) / problem.parts * problem.parts
      return sum + Int128(units) * Int128(max(problem.pools[pool].onDemand, rates.max() ?? 0))
    }
    hourBits = max(0, min(12, 61 - hour.binaryDigits))
    let price = problem.pools.map(\.onDemand).max() ?? 0
    let weights = demand.blocks.map(\.total).max() ?? 1
    priceBits = max(0, min(10, 61 - (Int128(price) * Int128(problem.parts) * Int128(weights)).binaryDigits))
    grains = Self.grains(demand, time, parts: problem.parts, bill: hour * Int128(time.horizon) / Int128(problem.parts))
  }

  /// A multiple of what leaves no fraction, if it fits; else a power of two. Either way fine enough for what a plan leaves.
  private static func grains(_ demand: AccountDemand, _ time: AccountTime, parts: Int, bill: Int128) -> Int {
    let most = min(40, 60 - (bill + 1).binaryDigits)
    var exact = 1
    for segment in time.segments {
      let divisor = demand.blocks[segment.stretch].total * parts
      let part = divisor / greatestCommonDivisor(divisor, segment.hours)
      let (product, overflow) = exact.multipliedReportingOverflow(by: part / greatestCommonDivisor(exact, part))
      if overflow || Int128(product).binaryDigits > most { return 1 << max(0, min(20, most - 1)) }
      exact = product
    }
    return exact << max(0, min(20, most) - Int128(exact).binaryDigits)
  }

  private static func plan(
    _ plan: AccountProblem.Plan, _ problem: AccountProblem, place: [Int], time: AccountTime, _ tops: [Int]
  ) -> Plan {
    let pools = problem.pools.indices.filter { plan.rates[$0] != nil }
    let classes = pools.map { PlanClass(pool: place[$0], rate: plan.rates[$0] ?? 1) }
    let prices = Dictionary(zip(classes.map(\.pool), pools.map { problem.pools[$0].onDemand }), uniquingKeysWith: max)
    let sorted = classes.sorted { first, second in
      let left = Int128(first.rate) * Int128(prices[second.pool] ?? 0)
      let right = Int128(second.rate) * Int128(prices[first.pool] ?? 0)
      return left != right ? left < right : (first.rate, first.pool) < (second.rate, second.pool)
    }
    let draw = zip(pools, classes).reduce(0) { $0 + (tops[$1.0] + problem.parts - 1) / problem.parts * $1.1.rate }
    let increment = plan.offer?.increment ?? 1
    let most = (draw + increment - 1) / increment * increment
    let held = time.segments.map { segment in
      plan.held.reduce(0) { segment.start < $1.until ? min(most, $0 + min(most, $1.amount)) : $0 }
    }
    return Plan(classes: sorted, offer: plan.offer, held: held, useful: draw, most: most)
  }
}

extension Int128 {
  /// How many binary digits a number that is not negative has.
  var binaryDigits: Int { Int128.bitWidth - leadingZeroBitCount }
}
