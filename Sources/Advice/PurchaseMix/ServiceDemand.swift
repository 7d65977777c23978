import Analysis
import Model

/// What a service ran hour by hour on its main type, what is paid for of it already, and until when.
struct ServiceDemand {
  /// Commitments that end within the term.
  struct End: Hashable {
    /// Hours from ``ServiceDemand/start``.
    var hour: Int
    var ids: [String]
  }

  let type: String
  /// The moment from which purchases count.
  let start: Instant
  /// The hours of the period in order, with what is held at the start.
  let hours: [DemandPattern.Hour]
  let phases: [HeldPhase]
  let ends: [End]

  /// - Parameters:
  ///   - spotLimits: the most instances that may be spot in each slot.
  ///   - months: of the term that purchases are judged over.
  init(
    of service: Service, type: String, plan: FleetPlan, spotLimits: [Int], months: Int, _ context: AdviceContext
  ) throws(DataError) {
    self.type = type
    let start = context.asOf.advanced(by: 1)
    let coverage = HeldCoverage(service, type: type, plan: plan, at: start, context)
    let horizon = Int64(months * hoursAMonth)
    let ends = coverage.ends.map { (hour: Int(($0.at.seconds - start.seconds + 3599) / 3600), ids: $0.ids) }
      .filter { $0.hour < horizon }
    let spot = Self.secondsOfHours(spotLimits, context)
    var phases: [HeldPhase] = []
    var first: [DemandPattern.Hour] = []
    for index in 0...ends.count {
      let held = try coverage.seconds(after: index == 0 ? nil : start.advanced(by: Int64(ends[index - 1].hour) * 3600))
      let hours = coverage.total.indices.map { hour in
        DemandPattern.Hour(
          demand: coverage.total[hour], held: held[hour], spotLimit: spot[hour], length: coverage.lengths[hour])
      }
      if index == 0 { first = hours }
      phases.append(
        HeldPhase(
          end: index < ends.count ? ends[index].hour : .max, pattern: DemandPattern(hours, floor: service.minimum)))
    }
    self.start = start
    self.hours = first
    self.phases = phases
    self.ends = ends.map { End(hour: $0.hour, ids: $0.ids) }
  }

  /// Instance-seconds in each clock hour of counts in each slot.
  private static func secondsOfHours(_ counts: [Int], _ context: AdviceContext) -> [Int64] {
    var seconds = [Int64](repeating: 0, count: context.clockHours.count)
    for (slot, count) in counts.enumerated() where count > 0 {
      let start = context.grid.instant(slot)
      let end = min(start.advanced(by: context.grid.stepSeconds), context.period.end)
      let hour = context.clockHour(of: start)
      seconds[hour] += Int64(count) * (end.seconds - start.seconds)
    }
    return seconds
  }

  /// Demand that nothing held pays for, at the start.
  var isCovered: Bool { hours.allSatisfy { $0.demand <= $0.held } }

  /// Instances that commitments pay for in the clock hour of a moment, rounded up.
  func covered(at instant: Instant, _ context: AdviceContext) -> Int {
    let hour = hours[context.clockHour(of: instant)]
    return Int((min(hour.demand, hour.held) + hour.length - 1) / hour.length)
  }

  /// The date of an hour of the term, on the fleet's clock.
  func date(ofHour hour: Int, _ context: AdviceContext) -> CivilDate {
    context.clock.date(at: start.advanced(by: Int64(hour) * 3600))
  }
}

extension AdviceContext {
  /// The clock hours (UTC) that lie in the period or reach into it, counted from 1970.
  fileprivate var clockHours: Range<Int64> { HourlyUnits.hours(of: period) }

  /// The index of the clock hour of a moment of the period.
  fileprivate func clockHour(of instant: Instant) -> Int {
    Int(floorDivide(instant.seconds, 3600) - clockHours.lowerBound)
  }
}

/// What commitments pay for of a service, if what is held stays as it is at one moment or another.
private struct HeldCoverage {
  /// Instance-seconds that run in each clock hour.
  let total: [Int64]
  /// Seconds of each clock hour that lie in the period.
  let lengths: [Int64]
  /// When something that is held ends, in order, and what.
  let ends: [(at: Instant, ids: [String])]
  private let service: Service
  private let type: String
  /// The normalised units of an instance of the type.
  private let units: Int128
  private let plan: FleetPlan
  private let start: Instant
  private let context: AdviceContext

  init(_ service: Service, type: String, plan: FleetPlan, at start: Instant, _ context: AdviceContext) {
    (self.service, self.type, self.plan, self.start, self.context) = (service, type, plan, start, context)
    let kind = context.kind(type, of: service)
    let zones = Set(plan.runs(of: service.name).map(\.zone))
    let reservations = plan.commitments.filter { held in
      !held.isPlanned && held.commitment.period.contains(start)
        && zones.contains { held.covers(kind, in: $0, by: context.cloud) }
    }.map { ($0.commitment.period.end, $0.commitment.id) }
    let plans = plan.savingsPlans.filter { !$0.isPlanned && $0.period.contains(start) }.map { ($0.period.end, $0.id) }
    ends = Dictionary(grouping: reservations + plans, by: \.0)
      .map { (at: $0.key, ids: $0.value.map(\.1).sorted()) }.sorted { $0.at < $1.at }
    lengths = context.clockHours.map { hour in
      Period(start: Instant(seconds: hour * 3600), end: Instant(seconds: (hour + 1) * 3600))
        .intersection(context.period)?.seconds ?? 0
    }
    let ran = ReservationCoverage(
      runs: plan.runs(of: service.name), commitments: [], over: context.period, by: context.cloud,
      kind: context.engine.kind)
    let units = context.cloud.normalisedUnits(of: kind)
    self.units = units
    total = Self.instanceSeconds(ran.uncovered, service, type, context) { $0 / units }
  }

  /// Instance-seconds of each clock hour that are paid for by what is still held at a moment; nil is the start.
  ///
  /// What is held serves the service it was bought for first, and what it then has left the others, as the provider
  /// applies it; what advice adds for another service serves that alone. So no service's demand depends on which other
  /// was asked before it. What its own reservations have left counts too, for demand that grows: it goes before the others then. Without savings plans
  /// only those reservations and runs count that may share one with it.
  func seconds(after moment: Instant?) throws(DataError) -> [Int64] {
    let moment = moment ?? start
    let savingsPlans = plan.savingsPlans.filter {
      $0.isPlanned ? $0.service == service.name : $0.period.contains(moment)
    }
    .map { $0.held(from: context.period.start) }
    var groups = SharingGroups(by: context.cloud)
    let own = groups.group(of: context.kind(type, of: service))
    let reservations = plan.commitments.filter { held in
      (held.isPlanned ? held.commitment.service == service.name : held.commitment.period.contains(moment))
        && (!savingsPlans.isEmpty || groups.group(of: held.kind) == own)
    }.map { $0.held(from: context.period.start) }
    guard !reservations.isEmpty || !savingsPlans.isEmpty else { return total.map { _ in 0 } }
    let runs = plan.runs.filter { !savingsPlans.isEmpty || groups.group(of: context.engine.kind($0)) == own }
    let coverage = ReservationCoverage(
      runs: runs, commitments: reservations, over: context.period, by: context.cloud, ownFirst: true,
      kind: context.engine.kind)
    let uncovered =
      savingsPlans.isEmpty
      ? Self.instanceSeconds(coverage.uncovered, service, type, context) { $0 / self.units }
      : Self.instanceSeconds(try left(coverage, savingsPlans), service, type, context) { $0 / atomsPerSecond }
    let spare = ownUnits(leftOf: reservations, coverage)
    return total.indices.map { hour in
      total[hour] - uncovered[hour] + Int64(spare.reduce(0) { $0 + $1.amounts[hour] } / units)
    }
  }

  /// Atoms of usage that neither reservations nor savings plans pay for.
  private func left(_ coverage: ReservationCoverage, _ plans: [HeldSavingsPlan]) throws(DataError)
    -> [UsageKey: HourlyUnits]
  {
    try SavingsPlanCoverage(
      of: coverage.uncovered, plans: plans, catalogue: context.catalogue, over: context.period
    ).remaining
  }

  /// What reservations of the service's own have left that could cover more of its type where it runs.
  private func ownUnits(leftOf reservations: [PricedCommitment], _ coverage: ReservationCoverage) -> [HourlyUnits] {
    let kind = context.kind(type, of: service)
    let zone = plan.runs(of: service.name).first?.zone ?? ""
    return reservations.indices.filter {
      reservations[$0].commitment.service == service.name && reservations[$0].covers(kind, in: zone, by: context.cloud)
    }.map { coverage.spare[$0] }
  }

  private static func instanceSeconds(
    _ usage: [UsageKey: HourlyUnits], _ service: Service, _ type: String, _ context: AdviceContext,
    _ seconds: (Int128) -> Int128
  ) -> [Int64] {
    var demand = [Int64](repeating: 0, count: context.clockHours.count)
    for (key, byHour) in usage where key.service == service.name && key.kind.type == type {
      for (hour, amount) in byHour.amounts.enumerated() where amount != 0 { demand[hour] += Int64(seconds(amount)) }
    }
    return demand
  }
}

extension PricedCommitment {
  /// The same, held for as long as a period that starts then lasts.
  fileprivate func held(from start: Instant) -> PricedCommitment {
    var copy = self
    copy.commitment.started = start
    copy.commitment.ended = nil
    return copy
  }
}

extension HeldSavingsPlan {
  fileprivate func held(from start: Instant) -> HeldSavingsPlan {
    var copy = self
    copy.started = start
    copy.ended = nil
    return copy
  }
}
