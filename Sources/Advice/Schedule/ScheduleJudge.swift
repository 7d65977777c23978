import Analysis
import Model
import Solvers

/// Judges actions on a part of the record that they were not learned on.
struct ScheduleJudge {
  private let record: ScheduleRecord
  private let slots: Range<Int>
  private let simulation: ServiceSimulation
  private let plan: FleetPlan
  private let base: BillParts
  private let context: AdviceContext
  /// The slots of days that were like no other.
  private let isOneOff: [Bool]
  /// Of the reviewed period: what runs in the plan, and what of it serves.
  private let running, serving: [Int]

  /// - Throws: ``DataError`` when the part cannot be billed or read.
  init(
    _ record: ScheduleRecord, on slots: Range<Int>, type: InstanceSpecification, plan: FleetPlan,
    _ context: AdviceContext
  ) throws(DataError) {
    let service = record.service
    let period = record.period(slots)
    let grid = SampleGrid(period: period, stepSeconds: record.grid.stepSeconds)
    let load =
      period == context.period
      ? try context.load(of: service)
      : try ServiceLoad(
        service, runs: context.inventory[service.name], history: context.history, grid: grid,
        catalogue: context.catalogue)
    let totals = try context.totals(of: service, on: grid)
    let traffic = ServiceTraffic(load, record.capacity, totals: totals, tickSeconds: grid.stepSeconds)
    simulation = ServiceSimulation(service, record.capacity, traffic, context.rules)
    base = try context.judgedBills.parts(of: plan, for: service, over: period, context.engine)
    running = runningCounts(plan.runs(of: service.name), on: context.grid)
    let recorded = record.serving[record.month]
    serving = plan.changedServices.contains(service.name) ? running : zip(running, recorded).map(min)
    let oneOff = record.exceptions(in: record.measured)
    isOneOff = slots.map { oneOff.contains(record.days.day(of: $0)) }
    (self.record, self.slots, self.plan, self.context) = (record, slots, plan, context)
  }

  /// What ran, for as long as is judged.
  var most: Int { running.max() ?? 0 }

  /// What a change of the service's count would have come to.
  /// - Parameters:
  ///   - change: nil for none.
  ///   - actions: those that it makes recur.
  ///   - isBilled: false where nobody asks what it saves.
  func trial(
    _ kind: ScheduleTrial.Kind, _ change: Change?, actions: [CapacityAction], isBilled: Bool = true
  ) throws(DataError) -> ScheduleTrial {
    var changed = base.plan
    _ = try change?.change.apply(to: &changed, context)
    let name = record.service.name
    let counts = change == nil ? running : runningCounts(changed.runs(of: name), on: context.grid)
    let served = served(counts, actions)
    let part = (slots.lowerBound - record.month.lowerBound)..<(slots.upperBound - record.month.lowerBound)
    let (paid, ready) = (Array(counts[part]), Array(served[part]))
    let answer = try simulation.replay(.asRun, initial: ready.first ?? 0, ran: ready)
    let figures = SimulationFigures(answer, of: simulation)
    let short = zip(slots, ready).map { slot, count in
      record.needed.values[slot].map { ServiceNeed.instances($0) > count } ?? false
    }
    let step = record.grid.stepSeconds
    let saving =
      change == nil || !isBilled ? Money.zero : base.total - (try context.engine.parts(of: changed, from: base)).total
    return ScheduleTrial(
      kind, actions: actions.count, instanceSeconds: paid.reduce(Int64(0)) { $0 + Int64($1) * step }, saving: saving,
      shortSeconds: Int64(short.count { $0 }) * step,
      oneOffSeconds: Int64(zip(short, isOneOff).count { $0 && $1 }) * step,
      criticalSeconds: figures.secondsAtLevel.last ?? 0, queueCrossings: simulation.queueCrossings(serving: ready))
  }

  /// How many serve: what a schedule adds takes as long as an instance takes to come.
  private func served(_ counts: [Int], _ actions: [CapacityAction]) -> [Int] {
    let scaling = record.service.scaling
    let lead = max(0, scaling.launch.seconds) + max(0, scaling.warmUp.seconds)
    let period = context.period
    let before = SampleGrid(
      period: Period(start: period.start.advanced(by: -lead), end: period.end.advanced(by: -lead)),
      stepSeconds: context.grid.stepSeconds)
    let asked = actions.isEmpty ? counts : CapacityAction.counts(actions, from: running, on: before)
    return counts.indices.map { serving[$0] + min(counts[$0], asked[$0]) - running[$0] }
  }
}

#if canImport(Synchronization)
  import Synchronization
#endif

/// The bill that schedules are judged beside, made once for a period: a service is judged on what it runs, which is
/// the same in the plans of all.
final class JudgedBills: Sendable {
  private let kept = Mutex<BillParts?>(nil)

  /// - Parameter service: what is judged beside it; of the others' runs any plan's will do.
  func parts(
    of plan: FleetPlan, for service: Service, over period: Period, _ engine: BillingEngine
  ) throws(DataError) -> BillParts {
    if let parts = kept.withLock({ $0 }), parts.period == period,
      parts.plan.runs(of: service.name) == plan.runs(of: service.name), parts.plan.commitments == plan.commitments,
      parts.plan.savingsPlans == plan.savingsPlans
    {
      return parts
    }
    let parts = try engine.parts(of: plan, over: period)
    kept.withLock { $0 = parts }
    return parts
  }
}
