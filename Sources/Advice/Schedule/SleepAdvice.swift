// When nobody uses a machine: times of the week at which its busiest minutes were quiet in every week that was
// measured. Never by a mean: an hour's work in a quiet night is what the machine is there for. Quiet is below 5 % of
// CPU in the busiest minute and below 1 Mbit/s in and out; a machine without CPU samples is not known to be quiet.

import Analysis
import Model
import Solvers

/// When what is not for production may be stopped.
struct SleepAdvice {
  private let service: Service
  private let changes: [Change]
  private let reason: ScheduleReason
  private let evidence: Evidence
  private let isSure: Bool

  static let quietCPUPercent = 5
  static let quietMbps = 1
  /// A shorter sleep is not worth two starts.
  private static let leastSleepHours = 2
  private static let mostActions = 8

  /// nil where there is no such time, or too little was measured to say.
  init?(_ service: Service, plan: FleetPlan, _ context: AdviceContext) throws(DataError) {
    let use = try MachineUse(service, context)
    let least = context.rules.minimumWeeks
    guard let parts = use.division.parts(learningOn: least) else { return nil }
    let learned = try Self.week(use, on: parts.learned, leastWeeks: least)
    let final = try Self.week(use, on: use.division.measured, leastWeeks: least)
    guard learned.capacity.contains(0), final.capacity.contains(0) else { return nil }
    let zone = context.clock.identifier
    let judged = Self.change(service, learned, plan, zone, context)
    let missed = use.usedWhileAsleep(judged, in: parts.judged)
    guard missed == 0 else { return nil }
    changes = Self.change(service, final, plan, zone, context)
    let weeks = use.division.weeks
    reason = .unused(weeks: weeks, stillPaid: Self.stillPaid(service, plan, context))
    isSure = weeks > least + 1
    var evidence = Evidence(period: context.period, coverage: use.coverage, figures: [])
    evidence.figures = [
      .schedule(
        .unusedBelow(cpuPercent: Self.quietCPUPercent, networkMbps: use.isNetworkMeasured ? Self.quietMbps : nil)),
      .schedule(.learned(use.period(use.division.measured))),
      .schedule(.judged(use.period(parts.judged), learned: use.period(parts.learned))),
    ]
    for (kind, changes) in [(ScheduleTrial.Kind.none, []), (.advised, judged)] {
      let trial = try Self.trial(kind, changes, of: service, over: use.period(parts.judged), plan, context)
      evidence.figures.append(.schedule(.trial(trial)))
    }
    self.evidence = evidence
    self.service = service
  }

  /// What stops and starts would have come to in a period; nobody used what they stop there.
  private static func trial(
    _ kind: ScheduleTrial.Kind, _ changes: [Change], of service: Service, over period: Period, _ plan: FleetPlan,
    _ context: AdviceContext
  ) throws(DataError) -> ScheduleTrial {
    let base = try context.judgedBills.parts(of: plan, for: service, over: period, context.engine)
    var changed = base.plan
    for change in changes { _ = try change.change.apply(to: &changed, context) }
    let seconds = changed.runs(of: service).reduce(Int64(0)) { $0 + ($1.overlap(with: period)?.seconds ?? 0) }
    let saving = changes.isEmpty ? .zero : base.total - (try context.engine.parts(of: changed, from: base)).total
    let actions = changes.compactMap { $0.change as? SleepTimes }.reduce(0) { $0 + $1.actions.count }
    return ScheduleTrial(
      kind, actions: actions, instanceSeconds: seconds, saving: saving, shortSeconds: 0, oneOffSeconds: 0,
      criticalSeconds: 0, queueCrossings: nil)
  }

  func proposal(by adviser: ScheduleAdviser) -> Proposal {
    Proposal(
      adviser.verdict(
        .recommended, service, .change, because: .schedule(reason), evidence, isSure ? .high : .medium),
      changes: changes)
  }

  /// 1 where it is to be awake.
  private static func week(
    _ use: MachineUse, on slots: Range<Int>, leastWeeks: Int
  ) throws(DataError) -> RecurringSteps {
    let week = WeekOfNeed(use.used, on: use.days, in: slots)
    let awake = zip(week.most, week.weeks).map { used, weeks in
      used == 0 && weeks >= leastWeeks ? 0 : 1
    }
    var times = awake.flatMap { repeatElement($0, count: CronTimes.inAQuarter) }
    let (count, lead) = (times.count, use.leadTimes)
    times = times.indices.map { time in (0...lead).map { times[(time + $0) % count] }.reduce(0, max) }
    wake(&times, shorterThan: leastSleepHours * CronTimes.inAnHour)
    do throws(ProblemFault) {
      return try RecurringSteps(required: times, actionCost: CronTimes.inAnHour, most: mostActions)
    } catch {
      throw error.error(at: Place(file: "sleep of \(use.service.subject)"))
    }
  }

  /// Fills sleeps that are too short, around the week.
  private static func wake(_ times: inout [Int], shorterThan least: Int) {
    guard let first = times.firstIndex(of: 1) else { return }
    let count = times.count
    var asleep: [Int] = []
    for step in 1...count {
      let time = (first + step) % count
      if times[time] == 0 {
        asleep.append(time)
      } else {
        if asleep.count < least { for time in asleep { times[time] = 1 } }
        asleep = []
      }
    }
  }

  /// Stopped and started by the clock; what nobody used at any time is stopped.
  private static func change(
    _ service: Service, _ week: RecurringSteps, _ plan: FleetPlan, _ zone: String, _ context: AdviceContext
  ) -> [Change] {
    guard week.steps.isEmpty else {
      let steps = week.steps.flatMap { $0.shownAllYear(week.capacity, on: context.clock, from: context.period.end) }
      let actions = steps.map { step in
        SleepAction(recurrence: cronFields(step), timezone: zone, starts: step.capacity > 0)
      }
      return [Change(SleepTimes(service: service.name, resource: service.resource, actions: actions))]
    }
    let runs = plan.runs(of: service).filter { $0.overlap(with: context.period) != nil }
    return Set(runs.map(\.resource)).sorted().map { Change(StopInstance(service: service.name, resource: $0)) }
  }

  /// What goes on costing: charges of the service, and what is reserved for its types.
  private static func stillPaid(_ service: Service, _ plan: FleetPlan, _ context: AdviceContext) -> [String] {
    let charges = context.fleet.charges.filter { $0.service == service.name && $0.quantity.metric == nil }
    let kinds = Set(plan.runs(of: service).map(context.engine.kind))
    let isReserved = plan.commitments.contains { held in kinds.contains { context.covers(held.price.kind, $0) } }
    return charges.map(\.name).sorted() + (isReserved ? ["reserved hours"] : [])
  }
}

/// Whether a service, or the one instance that it speaks of, was used in each slot.
private struct MachineUse {
  let service: Service
  let grid: SampleGrid
  let days: LocalDays
  /// 1 where any machine was busy, 0 where none was; nil where that is not known.
  let used: [Double?]
  let division: RecordDivision
  let isNetworkMeasured: Bool
  private let month: Range<Int>

  init(_ service: Service, _ context: AdviceContext) throws(DataError) {
    let (grid, before) = ScheduleRecord.grid(context)
    var used = [Double?](repeating: nil, count: grid.count)
    var hasNetwork = false
    for run in context.inventory.of(service) {
      guard let overlap = run.overlap(with: grid.period) else { continue }
      func values(_ metric: Metric) throws(DataError) -> [Double?] {
        let key = SeriesKey(service: service.name, resource: run.resource, metric: metric)
        return try context.history.series(key, in: grid.period)?.aligned(to: grid) ?? []
      }
      let (mean, peak) = (try values(.cpuPercent), try values(.cpuMaxPercent))
      let (inward, outward) = (try values(.networkInMbps), try values(.networkOutMbps))
      hasNetwork = hasNetwork || !inward.isEmpty || !outward.isEmpty
      for slot in grid.slots(in: overlap) {
        func value(_ values: [Double?]) -> Double? { values.indices.contains(slot) ? values[slot] : nil }
        guard let busiest = value(peak) ?? value(mean) else { continue }
        let traffic = max(value(inward) ?? 0, value(outward) ?? 0)
        let isQuiet =
          busiest < Double(SleepAdvice.quietCPUPercent) && traffic < Double(SleepAdvice.quietMbps)
        used[slot] = max(used[slot] ?? 0, isQuiet ? 0 : 1)
      }
    }
    let known = used.indices.filter { [used] in used[$0] != nil }
    month = before..<grid.count
    division = RecordDivision(
      grid, measured: known.first.map { $0..<(known.last ?? $0) + 1 } ?? 0..<0, month: month)
    days = LocalDays(grid, clock: context.clock)
    isNetworkMeasured = hasNetwork
    self.used = used
    self.grid = grid
    self.service = service
  }

  /// How long it takes to start, in times at which actions may strike.
  var leadTimes: Int {
    let unit = Int64(CronTimes.minutes) * 60
    return Int((min(86_400, max(0, service.scaling.launch.seconds)) + unit - 1) / unit)
  }

  /// Of the reviewed period.
  var coverage: Coverage { Coverage(seen: month.count { used[$0] != nil }, expected: month.count) }

  func period(_ slots: Range<Int>) -> Period {
    Period(start: grid.instant(slots.lowerBound), end: min(grid.period.end, grid.instant(slots.upperBound)))
  }

  /// Slots in which somebody used it while it would have slept.
  func usedWhileAsleep(_ changes: [Change], in slots: Range<Int>) -> Int {
    let sleeps = changes.compactMap { $0.change as? SleepTimes }
    let isAwake = sleeps.first?.isAwake(on: grid) ?? [Bool](repeating: false, count: grid.count)
    return slots.count { used[$0] == 1 && !isAwake[$0] }
  }
}
