import Analysis
import Model

/// What one service runs of a pool, hour by hour, and what may become of it.
struct PooledService: Sendable {
  let service: Service
  /// The type that runs most of it.
  let type: String
  /// Seconds that units of the pool run in each clock hour.
  let seconds: [Int64]
  /// The same that run however small demand is, where as many ran.
  let floor: [Int64]
  let spotJudgement: SpotJudgement
  /// Seconds of units that may be spot in each clock hour.
  let spotLimits: [Int64]
  /// What an hour of a unit is expected to cost as spot; nil where nothing may be.
  let spotHourly: Money?
  /// True where the plan has it on other instances than ran.
  let isChanged: Bool

  /// True for what grows by the size of its nodes and not by their number.
  var isOfWholeNodes: Bool { service.approach != .group }
}

/// What is paid for of a pool until something that is held ends.
struct PooledReservations: Sendable {
  /// Hours from now; `Int.max` for the last.
  var end: Int
  /// Seconds of units in each clock hour that reservations pay for, what nobody uses of them included: demand may grow.
  var seconds: [Int64]
}

/// A pool, what runs of it and what is held for it.
struct PooledUse: Sendable {
  let pool: PurchasePool
  let services: [PooledService]
  /// In order, the last without an end.
  let phases: [PooledReservations]
  /// Reservations that end, by the hour from now; those that end together are together.
  let ends: [ReservationEnd]
  /// What is held of it for longer than purchases are judged, in units.
  let lasting: Int
}

/// Reservations that end in an hour from now.
struct ReservationEnd: Hashable, Sendable {
  var hour: Int
  var held: [Held]

  /// One of them.
  struct Held: Hashable, Sendable {
    var id: String
    /// In units of the pool, rounded down.
    var units: Int
  }
}

/// How services are spread over accounts that share nothing. What is of a service as a whole is of one of them, or shared
/// among them as they use it.
private struct ServiceAccounts {
  /// By service, normalised unit-seconds of each account in each hour.
  private var units: [String: [String: [Int128]]] = [:]

  init(_ ran: ReservationCoverage) {
    for (key, hourly) in ran.uncovered {
      guard let account = key.account else { continue }
      let known = units[key.service]?[account]
      units[key.service, default: [:]][account] = known.map { zip($0, hourly.amounts).map(+) } ?? hourly.amounts
    }
  }

  /// True for the account that runs most of a service, of equal ones the first; what may be spot is of it.
  func isMain(_ account: String?, of service: String) -> Bool {
    guard let account, let own = units[service] else { return true }
    return own.mapValues { $0.reduce(0, +) }.min { ($1.value, $0.key) < ($0.value, $1.key) }?.key == account
  }

  /// The part of a service's seconds in an hour that a pool's account has.
  func share(of seconds: Int64, _ pool: PurchasePool, _ service: String, _ hour: Int) -> Int64 {
    guard let account = pool.account, let own = units[service] else { return seconds }
    let all = own.values.reduce(Int128(0)) { $0 + $1[hour] }
    return all > 0 ? Int64(clamping: Int128(seconds) * (own[account]?[hour] ?? 0) / all) : seconds
  }
}

extension AdviceContext {
  /// What is bought for together: all accounts, or each for itself.
  var pooling: CommitmentSharing { fleet.purchase.sharedBetweenAccounts ? .pooled : .ownerAlone }
}

/// What an account runs hour by hour, pool by pool, as a plan has it: the month that the futures of demand start from.
struct AccountUse: Sendable {
  /// The moment from which purchases count.
  let start: Instant
  /// Seconds of each clock hour (UTC) that lie in the period.
  let lengths: [Int64]
  /// Where the inventory is whole from.
  let recordStart: Instant
  /// By name.
  let pools: [PooledUse]

  /// - Parameter months: of the horizon that purchases are judged over.
  /// - Throws: ``DataError`` for prices and samples that are missing.
  init(of plan: FleetPlan, months: Int, _ context: AdviceContext) throws(DataError) {
    let start = context.asOf.advanced(by: 1)
    self.start = start
    recordStart = context.recordStart
    let hours = HourlyUnits.hours(of: context.period)
    lengths = hours.map { hour in
      Period(start: Instant(seconds: hour * 3600), end: Instant(seconds: (hour + 1) * 3600))
        .intersection(context.period)?.seconds ?? 0
    }
    let ran = ReservationCoverage(
      runs: plan.runs, commitments: [], over: context.period, by: context.cloud, sharing: context.pooling,
      kind: context.engine.kind)
    var groups = SharingGroups(by: context.cloud)
    let keys = Dictionary(grouping: ran.uncovered.keys) { groups.group(of: $0.kind, in: $0.account) }
    var byGroup: [SharingGroup: [InstanceRun]] = [:]
    for run in plan.runs {
      let group = groups.group(of: context.engine.kind(run), in: context.engine.buyer(run.account))
      byGroup[group, default: []].append(run)
    }
    let held = Dictionary(grouping: plan.commitments) {
      groups.group(of: $0.kind, in: context.engine.buyer($0.commitment.account))
    }
    let accounts = ServiceAccounts(ran)
    var pools: [PooledUse] = []
    for (group, keys) in keys {
      let pool = PurchasePool(group, of: keys, in: context.fleet, by: context.cloud) { kind in
        context.fleet.purchase.offers.contains {
          context.catalogue.reservedIfKnown(kind, $0, at: context.asOf) != nil
        } && context.catalogue.onDemandIfKnown(kind, at: context.asOf) != nil
      }
      var services: [PooledService] = []
      for name in pool.services {
        let own = keys.filter { $0.service == name }.compactMap { ran.uncovered[$0]?.amounts }
        services.append(try Self.service(name, of: pool, own, lengths, plan, accounts, context))
      }
      var all = HourlyUnits(over: context.period)
      for key in keys { if let own = ran.uncovered[key] { all.add(own) } }
      let reservations = Reservations(
        held[group] ?? [], of: pool, runs: byGroup[group] ?? [], all, from: start, months: months, context)
      pools.append(
        PooledUse(
          pool: pool, services: services, phases: reservations.phases, ends: reservations.ends,
          lasting: reservations.lasting))
    }
    self.pools = pools.sorted { $0.pool.name < $1.pool.name }
  }

  private static func service(
    _ name: String, of pool: PurchasePool, _ amounts: [[Int128]], _ lengths: [Int64], _ plan: FleetPlan,
    _ accounts: ServiceAccounts, _ context: AdviceContext
  ) throws(DataError) -> PooledService {
    var service = context.fleet.service(name) ?? Service()
    service.name = name
    let seconds = lengths.indices.map { hour in
      Int64(clamping: amounts.reduce(Int128(0)) { $0 + $1[hour] } / pool.normalisedUnits)
    }
    let type = context.mainType(of: name, in: plan) ?? pool.kind.type
    let kind = context.kind(type, of: service)
    let isOfPool =
      SharingGroup(kind, in: pool.account, by: context.cloud) == pool.group && accounts.isMain(pool.account, of: name)
    let units = context.cloud.normalisedUnits(of: kind)
    func ofPool(_ instanceSeconds: Int64) -> Int64 {
      Int64(clamping: Int128(instanceSeconds) * units / pool.normalisedUnits)
    }
    let judgement = isOfPool ? try context.spotJudgement(service, type: type, plan) : .refused(.notRunning)
    let limits = judgement.plan.map { context.secondsOfHours($0.limits).map(ofPool) } ?? lengths.map { _ in 0 }
    return PooledService(
      service: service, type: type, seconds: seconds,
      floor: seconds.indices.map { hour in
        min(seconds[hour], accounts.share(of: ofPool(Int64(service.minimum) * lengths[hour]), pool, name, hour))
      },
      spotJudgement: judgement, spotLimits: limits,
      spotHourly: judgement.plan.map { $0.hourly.charge(for: pool.normalisedUnits, per: max(1, units)) },
      isChanged: plan.changedServices.contains(name))
  }
}

extension AdviceContext {
  /// Whether spot may serve a service, where what it takes to say so is known or must be.
  fileprivate func spotJudgement(
    _ service: Service, type: String, _ plan: FleetPlan
  ) throws(DataError) -> SpotJudgement {
    guard service.interruptible else { return .refused(.notInterruptible) }
    do throws(DataError) {
      return try judgeSpot(service, type: type, plan: plan, self)
    } catch {
      guard engine.allowsUnpriced, error.kind == .missingInput else { throw error }
      return .refused(.unmeasured)
    }
  }

  /// Instance-seconds in each clock hour of counts in each slot.
  func secondsOfHours(_ counts: [Int]) -> [Int64] {
    let hours = HourlyUnits.hours(of: period)
    var seconds = [Int64](repeating: 0, count: hours.count)
    for (slot, count) in counts.enumerated() where count > 0 {
      let start = grid.instant(slot)
      let end = min(start.advanced(by: grid.stepSeconds), period.end)
      let hour = Int(floorDivide(start.seconds, 3600) - hours.lowerBound)
      seconds[hour] += Int64(count) * (end.seconds - start.seconds)
    }
    return seconds
  }
}

/// What reservations pay for of a pool, and until when.
private struct Reservations {
  let phases: [PooledReservations]
  let ends: [ReservationEnd]
  /// In units, of those that are none of ``ends``.
  let lasting: Int

  init(
    _ held: [PricedCommitment], of pool: PurchasePool, runs: [InstanceRun], _ all: HourlyUnits, from start: Instant,
    months: Int, _ context: AdviceContext
  ) {
    let horizon = months * hoursAMonth
    func units(_ one: PricedCommitment) -> Int {
      Int(clamping: Int128(one.commitment.count) * context.cloud.normalisedUnits(of: one.kind) / pool.normalisedUnits)
    }
    let dated = held.filter { !$0.isPlanned && $0.commitment.period.contains(start) }
    let byEnd = Dictionary(grouping: dated) { Int(($0.commitment.period.end.seconds - start.seconds + 3599) / 3600) }
    ends = byEnd.filter { $0.key < horizon }.sorted { $0.key < $1.key }.map { hour, held in
      ReservationEnd(
        hour: hour,
        held: held.map { ReservationEnd.Held(id: $0.commitment.id, units: units($0)) }.sorted { $0.id < $1.id })
    }
    lasting =
      held.filter(\.isPlanned).reduce(0) { $0 + units($1) }
      + byEnd.filter { $0.key >= horizon }.values.joined().reduce(0) { $0 + units($1) }
    let hours = ends.map(\.hour)
    phases = (0...hours.count).map { index in
      let moment = index == 0 ? start : start.advanced(by: Int64(hours[index - 1]) * 3600)
      return PooledReservations(
        end: index < hours.count ? hours[index] : .max,
        seconds: Self.seconds(held.held(at: moment, from: context.period.start), of: pool, runs, all, context))
    }
  }

  /// Seconds of units that reservations pay for in each hour, and those that they could pay for besides. What a zonal one
  /// has left can only serve its own type in its zone, and does not count.
  /// - Parameter all: unit-seconds of what runs in each hour.
  private static func seconds(
    _ held: [PricedCommitment], of pool: PurchasePool, _ runs: [InstanceRun], _ all: HourlyUnits,
    _ context: AdviceContext
  ) -> [Int64] {
    let coverage = ReservationCoverage(
      runs: runs, commitments: held, over: context.period, by: context.cloud, keepsSpare: true,
      kind: context.engine.kind)
    var units = all.amounts
    for amounts in coverage.uncovered.values.map(\.amounts) {
      for hour in units.indices { units[hour] -= amounts[hour] }
    }
    for (one, spare) in zip(held, coverage.spare) where one.commitment.zone == nil {
      for hour in units.indices { units[hour] += spare.amounts[hour] }
    }
    return units.map { Int64(clamping: $0 / pool.normalisedUnits) }
  }
}
