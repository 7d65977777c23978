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

/// Pools that plans or a budget tie together, of each account that shares nothing or of all, or one by itself, and what may
/// be bought for them.
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
        let outlook = ServiceOutlook(services, of: pool.pool, use, context)
        return (services[0].service.name, OutlookGroup(services, outlook, hours: use.lengths.count))
      }.sorted { $0.0 < $1.0 }.map(\.1)
    }
    let known = market.pools.indices.filter { if case .success = market.pools[$0] { true } else { false } }
    let tied = known.filter { pool in budget != nil || market.plans.contains { $0.rates[pool] != nil } }
    // A budget is for all; without one nothing ties what shares nothing.
    let accounts = budget == nil ? tied.map { use.pools[$0].pool.account }.eachOnce() : []
    let all = tied.isEmpty ? [] : [AccountPart(pools: tied, plans: Array(market.plans.indices))]
    let together =
      accounts.count < 2
      ? all
      : accounts.map { account in
        AccountPart(
          pools: tied.filter { use.pools[$0].pool.account == account },
          plans: market.plans.indices.filter { market.plans[$0].account == account })
      }
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
  func solver(
    _ part: AccountPart, on paths: [DemandPath], within supports: [PoolSupport?] = []
  ) throws(DataError) -> AccountSolver {
    try solved { () throws(ProblemFault) in try AccountSolver(problem(part, on: paths, within: supports)) }
  }

  /// What may be bought for a part, and its demand on the mean of some paths.
  ///
  /// - Parameter supports: of each pool of the account, how much of it may be reserved, if anything limits that. Of a pool
  ///   of which nothing may be, no offer is there. Of the others, demand beyond is no demand of the pool, and where a plan
  ///   serves it, that of another at the same prices behind the last, of which nothing may be reserved. So what purchases
  ///   within the limits cost differs by a constant from what they cost without.
  func problem(
    _ part: AccountPart, on paths: [DemandPath], within supports: [PoolSupport?] = []
  ) -> AccountProblem {
    let limits = part.pools.map { supports.indices.contains($0) ? supports[$0]?.units : nil }
    let pools = zip(part.pools, limits).compactMap { offered($0, isReserved: $1 != 0) }
    let apart = part.pools.indices.filter { index in
      limits[index] ?? 0 > 0 && part.plans.contains { market.plans[$0].rates[part.pools[index]] != nil }
    }
    let beyond = apart.compactMap { index in
      offered(part.pools[index], isReserved: false, behind: " beyond what is supported")
    }
    let plans = part.plans.map { index -> AccountProblem.Plan in
      let plan = market.plans[index]
      return AccountProblem.Plan(
        name: "\(plan.name)/\(plan.term)#\(index)",
        rates: (part.pools + apart.map { part.pools[$0] }).map { plan.rates[$0].map { microDollars($0.hourly) } },
        held: plan.held.map { AccountProblem.HeldPlan(amount: microDollars($0.amount), until: min($0.until, horizon)) },
        offer: plan.isOffered
          ? AccountProblem.PlanOffer(
            termHours: plan.termHours, upfrontPermille: plan.upfrontPermille) : nil)
    }
    return AccountProblem(
      pools: pools + beyond, plans: plans,
      stretches: stretches(part, on: paths, PartLimits(units: limits, apart: apart)), parts: 3600,
      budget: budget.map(microDollars))
  }

  private func offered(_ index: Int, isReserved: Bool, behind words: String = "") -> AccountProblem.Pool? {
    guard let market = pool(index) else { return nil }
    // The dearest of the services that spot may serve counts for all: no saving is stated that is not there.
    let spot = use.pools[index].services.compactMap(\.spotHourly).max()
    return AccountProblem.Pool(
      name: use.pools[index].pool.name + words, onDemand: microDollars(market.onDemand.hourly),
      spot: spot.map(microDollars),
      offers: (isReserved ? market.offers : []).map { offer in
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

  private func stretches(
    _ part: AccountPart, on paths: [DemandPath], _ limits: PartLimits
  ) -> [AccountProblem.Stretch] {
    let cuts = cuts(part)
    let alike = alikeHours(part)
    return zip(cuts, cuts.dropFirst()).map { start, end in
      var stretch = AccountProblem.Stretch(start: start, end: end)
      for path in paths { append(part, on: path, alike, limits, to: &stretch) }
      return stretch
    }
  }

  /// An hour of the month for each kind of hour that a part tells apart, and how often it is met beside the others.
  private func alikeHours(_ part: AccountPart) -> [(hour: Int, seconds: Int64)] {
    let columns = part.pools.flatMap { index -> [[Int64]] in
      outlooks[index].flatMap(\.columns) + use.pools[index].phases.map(\.seconds)
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
    _ part: AccountPart, on path: DemandPath, _ alike: [(hour: Int, seconds: Int64)], _ limits: PartLimits,
    to stretch: inout AccountProblem.Stretch
  ) {
    let factors = part.pools.map { pool in
      outlooks[pool].map { $0.outlook.demand.millionths(on: path, hour: stretch.start) }
    }
    let held = part.pools.map { pool in
      use.pools[pool].phases.first { stretch.start < $0.end } ?? PooledReservations(end: .max, seconds: [])
    }
    let reserved = zip(part.pools, limits.units).map { pool, units in
      units.flatMap { $0 > 0 ? Int128($0) * Int128(growth(of: pool, hour: stretch.start)) : nil }
    }
    let mayBeSpot = part.pools.contains { use.pools[$0].services.contains { $0.spotHourly != nil } }
    for (hour, seconds) in alike {
      let length = Int128(use.lengths[hour])
      func parts(_ seconds: Int128) -> Int32 { Int32(clamping: seconds * 3600 / length) }
      var needs: [Int32] = []
      var spots: [Int32] = []
      // Of the pools that have one, what is beyond their limits.
      var (beyond, spotBeyond) = ([Int32](), [Int32]())
      for (index, pool) in part.pools.enumerated() {
        var (demand, spot) = (Int128(0), Int128(0))
        for (group, factor) in zip(outlooks[pool], factors[index]) where factor > 0 {
          demand += group.seconds(hour, factor)
          if mayBeSpot { spot += group.spot(hour, factor) }
        }
        let paid = Int128(hour < held[index].seconds.count ? held[index].seconds[hour] : 0)
        let need = parts(max(0, demand - paid))
        let within = reserved[index].map { parts(max(0, min(demand, $0 * length / 1_000_000) - paid)) } ?? need
        needs.append(min(need, within))
        let rest = need - min(need, within)
        if limits.apart.contains(index) { beyond.append(rest) }
        guard mayBeSpot else { continue }
        // The top of an hour is spot first.
        let all = min(need, parts(spot))
        spots.append(all - min(all, rest))
        if limits.apart.contains(index) { spotBeyond.append(min(all, rest)) }
      }
      stretch.append(weight: Int(seconds), needs: needs + beyond, spot: spots + spotBeyond)
    }
  }

  /// All that tells paths of a part's demand apart: millionths of today's, by pool, group of services and month.
  func demand(of part: AccountPart, on path: DemandPath) -> [Int64] {
    part.pools.flatMap { pool in
      outlooks[pool].flatMap { group in
        (0..<market.months).map { group.outlook.demand.millionths(on: path, month: $0) }
      }
    }
  }

  /// How many millionths of today's demand the owners say that a pool will have, where that is more.
  private func growth(of pool: Int, hour: Int) -> Int64 {
    outlooks[pool].reduce(1_000_000) { max($0, $1.outlook.demand.millionths(on: DemandPath(), hour: hour)) }
  }
}

/// How much of each pool of a part may be reserved.
private struct PartLimits {
  /// Nil for what nothing limits.
  var units: [Int?]
  /// Pools whose demand beyond is another pool's, in the order of those.
  var apart: [Int]
}

extension AccountSolver {
  /// How much work a plan of an advice may take, where savings plans or a budget tie pools together: enough for small
  /// accounts to be all but exact, and for large ones some twenty rounds.
  var adviceWork: Int {
    let states = problem.stretches.reduce(0) { $0 + $1.weights.count }
    return max(64_000_000, 60 * states * problem.pools.count)
  }
}

/// Whole micro-USD of an amount.
func microDollars(_ amount: Money) -> Int { Int(roundedHalfEven(Int128(amount.nanoDollars), dividedBy: 1000)) }
