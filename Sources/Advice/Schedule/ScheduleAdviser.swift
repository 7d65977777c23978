// Weekly windows in which fewer instances suffice.
//
// Each hour of the local week requires the most that any of its intervals needed in any week of the history (the maximum, not
// a mean: a peak in one week of four keeps its hour). A capacity that changes at most twice a day is laid over those
// requirements at least cost (WeeklyStepCapacity); it caps what ran.

import Analysis
import Model
import Solvers

/// Scheduled caps on the number of instances.
package struct ScheduleAdviser: ServiceAdviser {
  package let step = AdviceStep.schedule
  package init() {}

  /// Two changes a day.
  static let maximumChanges = 14
  /// A change must save at least four instance-hours a week to be worth making.
  static let changeCost = 4

  package func advise(_ service: Service, plan: FleetPlan, _ context: AdviceContext) throws(DataError)
    -> Proposal
  {
    let load = try context.load(of: service)
    let coverage = Coverage(seen: load.peakVcpu.count { $0 != nil }, expected: load.grid.count)
    var evidence = Evidence(period: context.period, coverage: coverage, figures: [])
    guard service.approach == .group else {
      let reason = service.approach == .single ? ScheduleReason.single : .holdsData
      return Proposal(verdict(.kept, service, .noWindows, because: .schedule(reason), evidence))
    }
    guard let type = context.mainType(of: service.name, in: plan) else {
      return Proposal(verdict(.refused, service, .notJudged, because: .nothingRan, evidence))
    }
    let memory = Coverage(seen: load.memoryGiB.count { $0 != nil }, expected: load.grid.count)
    for (part, dimension) in [(coverage, SizeDimension.cpu), (memory, .memory)] {
      // In every interval something, and in all of them together enough of the instances: what nobody measured is not idle.
      let metric = dimension == .cpu ? Metric.cpuPercent : .memoryPercent
      var shortfall = context.shortfall(part, of: .dimensions([dimension]))
      if shortfall == nil {
        shortfall = context.shortfall(
          try context.samples(of: service, metric).coverage, seconds: Int64(part.seen) * load.grid.stepSeconds,
          of: .dimensions([dimension]))
      }
      guard let shortfall else { continue }
      return Proposal(
        verdict(.refused, service, .noWindows, because: .schedule(.shortfall(shortfall)), evidence))
    }
    let required = RequiredCount(
      load, type: try context.catalogue.specification(type), rules: context.rules)
    let week = WeekProfile(
      required: required.perSlot, running: runningCounts(plan.runs(of: service.name), on: load.grid), context)
    let problem = ScheduleProblem(
      required: week.required, maximumChanges: Self.maximumChanges, changeCost: Self.changeCost)
    let steps: WeeklyStepCapacity
    do throws(ProblemFault) { steps = try WeeklyStepCapacity(problem) } catch {
      throw error.error(at: Place(file: "schedule of \(service.name)"))
    }
    let figures: [ScheduleFigure] = [
      .requirement, .binding(required.binding), .carries(required.dimensions),
      .weeks(week.fewestWeeks...week.mostWeeks, required: context.rules.minimumWeeks),
      .capacity(WeekOfCapacity(hours: steps.capacity)),
    ]
    evidence.figures = figures.map { .schedule($0) }
    return judge(service, plan: plan, week, steps, evidence, context)
  }

  private func judge(
    _ service: Service, plan: FleetPlan, _ week: WeekProfile, _ steps: WeeklyStepCapacity,
    _ evidence: Evidence, _ context: AdviceContext
  ) -> Proposal {
    let grid = context.grid
    let running = runningCounts(plan.runs(of: service.name), on: grid)
    let wanted = running.indices.map { min(running[$0], steps.capacity[week.hours[$0]]) }
    guard wanted != running else {
      return Proposal(verdict(.kept, service, .noWindows, because: .schedule(.nothingSpare), evidence))
    }
    let capacity = WeekOfCapacity(hours: steps.capacity)
    return Proposal(
      verdict(
        .recommended, service, .change, because: .schedule(.heldEveryWeek), evidence,
        week.fewestWeeks > context.rules.minimumWeeks ? .high : .medium),
      changes: [Change(WeeklyCapacity(service: service.name, capacity: capacity))])
  }
}

/// The requirement of each local hour of the week.
struct WeekProfile {
  /// Local hour of the week of each slot.
  let hours: [Int]
  let required: [Int]
  let fewestWeeks: Int
  let mostWeeks: Int

  /// Hours seen in too few weeks, or not at all, require the most that ran in them.
  init(required perSlot: [Int?], running: [Int], _ context: AdviceContext) {
    let grid = context.grid
    hours = (0..<grid.count).map { context.clock.hourOfWeek(at: grid.instant($0)) }
    var most = [Int](repeating: 0, count: 168)
    var ran = most
    var weeks = [Set<Int>](repeating: [], count: 168)
    for slot in hours.indices {
      ran[hours[slot]] = max(ran[hours[slot]], running[slot])
      guard let needed = perSlot[slot] else { continue }
      most[hours[slot]] = max(most[hours[slot]], needed)
      weeks[hours[slot]].insert(slot / Int(168 * 3600 / grid.stepSeconds))
    }
    required = (0..<168).map { weeks[$0].count < context.rules.minimumWeeks ? ran[$0] : most[$0] }
    fewestWeeks = weeks.map(\.count).min()!
    mostWeeks = weeks.map(\.count).max()!
  }
}
