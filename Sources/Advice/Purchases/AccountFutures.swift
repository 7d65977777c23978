// The demand of an account over the coming term, as one problem for the solver.
//
// The horizon is cut at each month and wherever something that is held ends or something that could be bought would; at
// each cut anything may be bought, and what would outlast the horizon is charged pro rata. An hour ahead is an hour of
// the month that a plan has, grown along a path of demand: all services of a pool stand on the same path, so that what
// is bought for all of them is bought against their sum. Several paths are equally likely, and their mean counts.
// Money is whole micro-USD an hour of a unit.

import Analysis
import Model
import Solvers

/// Services of a pool of which one outlook holds.
struct OutlookGroup: Sendable {
  let outlook: ServiceOutlook
  /// Summed: services that never fall below what runs, so that less demand is not fewer of them.
  let rigid: [Int64]
  /// Summed: services that any number may run of.
  let free: [Int64]
  /// The others, one by one.
  let bounded: [(seconds: [Int64], floor: [Int64])]
  /// Seconds of units that may be spot in each hour.
  let spotLimits: [Int64]

  init(_ services: [PooledService], _ outlook: ServiceOutlook, hours: Int) {
    func sum(_ services: [PooledService], _ values: KeyPath<PooledService, [Int64]>) -> [Int64] {
      (0..<hours).map { hour in
        Int64(clamping: services.reduce(Int128(0)) { $0 + Int128($1[keyPath: values][hour]) })
      }
    }
    self.outlook = outlook
    rigid = sum(services.filter { $0.floor == $0.seconds }, \.seconds)
    let others = services.filter { $0.floor != $0.seconds }
    free = sum(others.filter { $0.floor.allSatisfy { $0 == 0 } }, \.seconds)
    bounded = others.filter { $0.floor.contains { $0 > 0 } }.map { ($0.seconds, $0.floor) }
    spotLimits = sum(services, \.spotLimits)
  }

  /// Seconds of units in an hour, at so many millionths of the demand of the month.
  func seconds(_ hour: Int, _ millionths: Int64) -> Int128 {
    let grown = scaled(rigid[hour], max(1_000_000, millionths)) + scaled(free[hour], millionths)
    return bounded.reduce(grown) { $0 + max(scaled($1.seconds[hour], millionths), Int128($1.floor[hour])) }
  }

  /// Of them what may be spot.
  func spot(_ hour: Int, _ millionths: Int64) -> Int128 { scaled(spotLimits[hour], millionths) }

  private func scaled(_ seconds: Int64, _ millionths: Int64) -> Int128 {
    Int128(seconds) * Int128(millionths) / 1_000_000
  }
}

/// Pools that plans or a budget tie together, or one by itself, and what may be bought for them.
struct AccountPart: Sendable {
  /// Indices of the account's pools, and of its plans.
  let pools, plans: [Int]
}

/// The demand of an account ahead, pool by pool.
struct AccountFutures: Sendable {
  let use: AccountUse
  let market: AccountMarket
  /// Of each pool.
  let outlooks: [[OutlookGroup]]
  /// What is decided together; pools that cannot be priced are in none.
  let parts: [AccountPart]
  private let budget: Money?

  init(_ use: AccountUse, _ market: AccountMarket, _ context: AdviceContext) {
    (self.use, self.market) = (use, market)
    let budget = context.fleet.purchase.upfrontBudgetUsd
    self.budget = budget
    outlooks = use.pools.map { pool in
      let groups = Dictionary(grouping: pool.services) { context.fleet.outlook(of: $0.service) }
      return groups.values.map { services in
        let outlook = ServiceOutlook(services.map(\.service), from: use.start, context)
        return (services[0].service.name, OutlookGroup(services, outlook, hours: use.lengths.count))
      }.sorted { $0.0 < $1.0 }.map(\.1)
    }
    let known = market.pools.indices.filter { if case .success = market.pools[$0] { true } else { false } }
    let tied = known.filter { pool in budget != nil || market.plans.contains { $0.rates[pool] != nil } }
    let together = tied.isEmpty ? [] : [AccountPart(pools: tied, plans: Array(market.plans.indices))]
    parts = together + known.filter { !tied.contains($0) }.map { AccountPart(pools: [$0], plans: []) }
  }

  var horizon: Int { market.months * hoursAMonth }

  /// Where each pool that is decided stands: its part, and its index there.
  var places: [(part: Int, index: Int)] {
    parts.enumerated().flatMap { part, pools in pools.pools.indices.map { (part, $0) } }
  }

  /// The market of a pool that a part has.
  func pool(_ index: Int) -> PoolMarket? { try? market.pools[index].get() }

  /// The same, ready to be solved.
  /// - Throws: ``DataError`` for prices beyond what a solver takes.
  func solver(_ part: AccountPart, on paths: [DemandPath]) throws(DataError) -> AccountSolver {
    try solved { () throws(ProblemFault) in try AccountSolver(problem(part, on: paths)) }
  }

  /// What may be bought for a part, and its demand on the mean of some paths.
  func problem(_ part: AccountPart, on paths: [DemandPath]) -> AccountProblem {
    let plans = part.plans.map { index -> AccountProblem.Plan in
      let plan = market.plans[index]
      return AccountProblem.Plan(
        name: "\(plan.name)/\(plan.term)#\(index)",
        rates: part.pools.map { plan.rates[$0].map { microDollars($0.hourly) } },
        held: plan.held.map { AccountProblem.HeldPlan(amount: microDollars($0.amount), until: min($0.until, horizon)) },
        offer: plan.isOffered
          ? AccountProblem.PlanOffer(
            termHours: plan.termHours, upfrontPermille: plan.upfrontPermille) : nil)
    }
    return AccountProblem(
      pools: part.pools.compactMap(offered), plans: plans, stretches: stretches(part, on: paths), parts: 3600,
      budget: budget.map(microDollars))
  }

  private func offered(_ index: Int) -> AccountProblem.Pool? {
    guard let market = pool(index) else { return nil }
    // The dearest of the services that spot may serve counts for all: no saving is stated that is not there.
    let spot = use.pools[index].services.compactMap(\.spotHourly).max()
    return AccountProblem.Pool(
      name: use.pools[index].pool.name, onDemand: microDollars(market.onDemand.hourly), spot: spot.map(microDollars),
      offers: market.offers.map { offer in
        AccountProblem.Offer(
          name: offer.term.description, termHours: offer.termHours, hourly: microDollars(offer.hourly),
          upfront: microDollars(offer.price.upfront))
      })
  }

  // MARK: Time

  /// Where the horizon of a part is cut.
  private func cuts(_ part: AccountPart) -> [Int] {
    let held =
      part.pools.flatMap { use.pools[$0].ends.map(\.hour) } + part.plans.flatMap { market.plans[$0].held.map(\.until) }
    let ends = part.pools.flatMap { outlooks[$0].compactMap(\.outlook.demand.endsAfter) }
    let terms =
      part.pools.flatMap { pool($0)?.offers.map(\.termHours) ?? [] }
      + part.plans.filter { market.plans[$0].isOffered }.map { market.plans[$0].termHours }
    let moments = (0..<market.months).map { $0 * hoursAMonth } + (held + ends).filter { 0 < $0 && $0 < horizon }
    return Self.closed(Set(moments), terms: Set(terms), horizon: horizon).sorted()
  }

  /// Moments, and those at which what is bought at one of them ends, as far as the horizon.
  private static func closed(_ moments: Set<Int>, terms: Set<Int>, horizon: Int) -> Set<Int> {
    var closed = moments
    var fresh = moments
    while !fresh.isEmpty {
      fresh = Set(fresh.flatMap { start in terms.map { min(horizon, start + $0) } }).subtracting(closed)
      closed.formUnion(fresh)
    }
    return closed.union([horizon])
  }

  private func stretches(_ part: AccountPart, on paths: [DemandPath]) -> [AccountProblem.Stretch] {
    let cuts = cuts(part)
    let alike = alikeHours(part)
    return zip(cuts, cuts.dropFirst()).map { start, end in
      var stretch = AccountProblem.Stretch(start: start, end: end)
      for path in paths { append(part, on: path, alike, to: &stretch) }
      return stretch
    }
  }

  /// An hour of the month for each kind of hour that a part tells apart, and how often it is met beside the others.
  private func alikeHours(_ part: AccountPart) -> [(hour: Int, seconds: Int64)] {
    let columns = part.pools.flatMap { index -> [[Int64]] in
      let groups = outlooks[index]
      return groups.flatMap { [$0.rigid, $0.free, $0.spotLimits] + $0.bounded.flatMap { [$0.seconds, $0.floor] } }
        + use.pools[index].phases.map(\.seconds)
    }.filter { column in column.contains { $0 != column[0] } }
    var found: [[Int64]: Int] = [:]
    var alike: [(hour: Int, seconds: Int64)] = []
    for hour in use.lengths.indices where use.lengths[hour] > 0 {
      let key = [use.lengths[hour]] + columns.map { $0[hour] }
      if let index = found[key] {
        alike[index].seconds += use.lengths[hour]
      } else {
        found[key] = alike.count
        alike.append((hour, use.lengths[hour]))
      }
    }
    // Only their ratio counts, and small numbers leave room for large prices.
    let common = alike.reduce(0) { greatestCommonDivisor($0, $1.seconds) }
    return alike.map { ($0.hour, $0.seconds / max(1, common)) }
  }

  /// What the hours of a month are on a path, as states.
  private func append(
    _ part: AccountPart, on path: DemandPath, _ alike: [(hour: Int, seconds: Int64)],
    to stretch: inout AccountProblem.Stretch
  ) {
    let factors = part.pools.map { pool in
      outlooks[pool].map { $0.outlook.demand.millionths(on: path, hour: stretch.start) }
    }
    let held = part.pools.map { pool in
      use.pools[pool].phases.first { stretch.start < $0.end } ?? PooledReservations(end: .max, seconds: [])
    }
    let mayBeSpot = part.pools.contains { use.pools[$0].services.contains { $0.spotHourly != nil } }
    for (hour, seconds) in alike {
      let length = Int128(use.lengths[hour])
      var needs: [Int32] = []
      var spots: [Int32] = []
      for (index, pool) in part.pools.enumerated() {
        var (demand, spot) = (Int128(0), Int128(0))
        for (group, factor) in zip(outlooks[pool], factors[index]) where factor > 0 {
          demand += group.seconds(hour, factor)
          if mayBeSpot { spot += group.spot(hour, factor) }
        }
        let need = max(0, demand - Int128(hour < held[index].seconds.count ? held[index].seconds[hour] : 0))
        needs.append(Int32(clamping: need * 3600 / length))
        if mayBeSpot { spots.append(Int32(clamping: min(need, spot) * 3600 / length)) }
      }
      stretch.append(weight: Int(seconds), needs: needs, spot: spots)
    }
  }
}

extension AccountSolver {
  /// How much work a plan of an advice may take, where savings plans or a budget tie pools together: enough for small
  /// accounts to be all but exact, and for large ones some twenty rounds.
  var adviceWork: Int {
    let states = problem.stretches.reduce(0) { $0 + $1.weights.count }
    return max(16_000_000, 60 * states * problem.pools.count)
  }
}

/// Whole micro-USD of an amount.
func microDollars(_ amount: Money) -> Int { Int(roundedHalfEven(Int128(amount.nanoDollars), dividedBy: 1000)) }
