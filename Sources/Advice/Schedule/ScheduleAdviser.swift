// Capacity by the clock.
//
// Where nothing scales a service, the cheapest steps around the week that never fall below what each time of it needed
// (`LevelSchedule`); where something does, floors before a load that comes at a known time and faster than it can
// (`RampFloors`). Both are learned on the first part of the record and judged on the last by replay
// (`ScheduleJudge`); what held there is learned again on all of it, the reviewed month included, and recommended.

import Analysis
import Model
import Solvers

/// Recurring actions on the number of instances.
package struct ScheduleAdviser: ServiceAdviser {
  package let step = AdviceStep.schedule
  package init() {}

  private static let hoursAWeek = 168
  /// By how much more than was ever needed is provided for, in percent of the load: for growth until the schedule is
  /// looked at again, and for weeks unlike those before. The first that holds is taken.
  static let margins = [3, 5, 10, 20, 30]

  /// Machines that do not share their work sleep each by itself.
  package func units(of service: Service, plan: FleetPlan, _ context: AdviceContext) -> [Service] {
    let own = service.maySleep ? context.separateInstances(of: service, in: plan) : []
    return own.isEmpty ? [service] : own
  }

  package func advise(_ service: Service, plan: FleetPlan, _ context: AdviceContext) throws(DataError)
    -> Proposal
  {
    if service.maySleep, let asleep = try SleepAdvice(service, plan: plan, context) {
      return asleep.proposal(by: self)
    }
    let load = try context.load(of: service)
    let coverage = Coverage(seen: load.peakVcpu.count { $0 != nil }, expected: load.grid.count)
    var evidence = Evidence(period: context.period, coverage: coverage, figures: [])
    guard service.approach == .group else {
      let reason = service.maySleep ? ScheduleReason.neverUnused : service.approach == .single ? .single : .holdsData
      return Proposal(verdict(.kept, service, .noWindows, because: .schedule(reason), evidence))
    }
    guard let type = context.mainType(of: service.name, in: plan) else {
      return Proposal(verdict(.refused, service, .notJudged, because: .nothingRan, evidence))
    }
    if let shortfall = try shortfall(of: load, coverage, context) {
      return Proposal(
        verdict(.refused, service, .noWindows, because: .schedule(.shortfall(shortfall)), evidence))
    }
    let specification = try context.catalogue.specification(type)
    let record = try ScheduleRecord(service, type: specification, context)
    let least = context.rules.minimumWeeks
    guard let parts = record.division.parts(learningOn: least) else {
      let reason = ScheduleReason.tooFewWeeks(record.division.weeks, required: least + 1)
      return Proposal(verdict(.kept, service, .noWindows, because: .schedule(reason), evidence))
    }
    evidence.figures = figures(record, parts)
    let judge = try ScheduleJudge(record, on: parts.judged, type: specification, plan: plan, context)
    let running = runningCounts(plan.runs(of: service.name), on: context.grid)
    let trial = ScheduleAttempt(
      record: record, parts: parts, judge: judge, clock: context.clock, least: least,
      actionHours: actionHours(type, of: service, running, context))
    return CapacityAction.isFollowed(running, on: context.grid)
      ? try floors(trial, evidence) : try levels(trial, evidence)
  }

  /// Why too little is known: in every interval something, and in all of them together enough of the instances; what
  /// nobody measured is not idle.
  private func shortfall(
    of load: ServiceLoad, _ coverage: Coverage, _ context: AdviceContext
  ) throws(DataError) -> CoverageShortfall? {
    let memory = Coverage(seen: load.memoryGiB.count { $0 != nil }, expected: load.grid.count)
    for (part, dimension) in [(coverage, SizeDimension.cpu), (memory, .memory)] {
      let metric = dimension == .cpu ? Metric.cpuPercent : .memoryPercent
      if let shortfall = context.shortfall(part, of: .dimensions([dimension])) { return shortfall }
      let samples = try context.samples(of: load.service, metric).coverage
      let seconds = Int64(part.seen) * load.grid.stepSeconds
      if let shortfall = context.shortfall(samples, seconds: seconds, of: .dimensions([dimension])) { return shortfall }
    }
    return nil
  }

  /// Instance-hours a week that each action must save: what a change must save to be worth making.
  private func actionHours(_ type: String, of service: Service, _ running: [Int], _ context: AdviceContext) -> Int {
    let hours = running.reduce(0, +) * Self.hoursAWeek / max(1, running.count)
    let share = hours * (context.rules.minimumSavingPercent ?? defaultMinimumSavingPercent) / 100
    guard let price = context.catalogue.onDemandIfKnown(context.kind(type, of: service), at: context.period.start),
      price.hourly > .zero
    else { return max(1, share) }
    let least = context.rules.minimumSavingUsd.charge(for: Int128(Self.hoursAWeek), per: Int128(hoursAMonth))
    let worth = Int128(max(0, least.nanoDollars)) / Int128(price.hourly.nanoDollars)
    return max(1, min(share, Int(clamping: worth)))
  }

  private func figures(
    _ record: ScheduleRecord, _ parts: (learned: Range<Int>, judged: Range<Int>)
  ) -> [EvidenceFigure] {
    let oneOff = record.oneOffDays(in: record.measured).sorted().map { record.days.days[$0].date }
    let binding = record.comfortable.binding.map { [ScheduleFigure.binding($0)] } ?? []
    let learned: [ScheduleFigure] = [
      .carries(tightest(of: record.comfortable.dimensions)), .learned(record.period(record.measured)),
      .judged(record.period(parts.judged), learned: record.period(parts.learned)),
    ]
    let left: [ScheduleFigure] =
      (oneOff.isEmpty ? [] : [.oneOff(oneOff)])
      + (record.eventNames.isEmpty ? [] : [.events(record.eventNames)])
    return (binding + idle(record.capacity) + learned + left).map { .schedule($0) }
  }

  /// Of each dimension the one that leaves least room: CPU has one for its highest minutes and one for its mean.
  private func tightest(of dimensions: [CapacityDimension]) -> [CapacityDimension] {
    dimensions.indices.filter { place in
      !dimensions.indices.contains { other in
        let (one, two) = (dimensions[other], dimensions[place])
        return one.dimension == two.dimension
          && (one.perInstance, other) < (two.perInstance, place)
      }
    }.map { dimensions[$0] }
  }

  /// What each instance has of memory and CPU without load, where it has any.
  private func idle(_ capacity: InstanceCapacity) -> [ScheduleFigure] {
    let parts: [(SizeDimension, Double?, Double?)] = [
      (.memory, capacity.idle[.memory], capacity.explained[.memory]),
      (.cpu, capacity.idle[.cpu].map { $0 / 100 }, capacity.explained[.cpu]),
    ]
    return parts.compactMap { dimension, each, explained in
      each.flatMap { $0 > 0 ? .idle(dimension, each: $0, explained: explained) : nil }
    }
  }

  private func confidence(_ attempt: ScheduleAttempt) -> Confidence {
    attempt.record.division.weeks > attempt.least + 1 ? .high : .medium
  }

  // MARK: What nothing scales

  /// The cheapest steps that hold; the least margin with which they do.
  private func levels(_ attempt: ScheduleAttempt, _ start: Evidence) throws(DataError) -> Proposal {
    let service = attempt.record.service
    var evidence = start
    let none = try attempt.judge.trial(.none, nil, actions: [])
    var (shortest, second) = (Int64?.none, LevelTrial?.none)
    var best: LevelTrial?
    for margin in Self.margins {
      let learned = try attempt.levels(attempt.parts.learned, margin)
      guard attempt.lowers(learned) else { break }
      let held = try attempt.judge.trial(
        .advised, learned.change(of: service.name), actions: learned.actions, isBilled: false)
      let trial = LevelTrial(margin: margin, learned: learned)
      let added = (held.shortSeconds - held.oneOffSeconds) - (none.shortSeconds - none.oneOffSeconds)
      shortest = min(shortest ?? added, added)
      guard added <= 0 else { continue }
      second = second ?? trial
      guard held.shortSeconds <= none.shortSeconds, held.criticalSeconds <= none.criticalSeconds else { continue }
      best = trial
      break
    }
    // A day like no other is no evidence: what held on all others is advised where nothing holds on it too.
    if let trial = best ?? second {
      let final = try attempt.levels(attempt.record.measured, trial.margin)
      evidence.figures.append(.schedule(.requirement(marginPercent: trial.margin)))
      let held = try attempt.judge.trial(
        .advised, trial.learned.change(of: service.name), actions: trial.learned.actions)
      evidence.figures += try trials(attempt, none, held)
      if attempt.lowers(final) {
        return Proposal(
          verdict(
            .recommended, service, .change, because: .schedule(.held(attempt.judgedCoverage)), evidence,
            confidence(attempt)),
          changes: [final.change(of: service.name)])
      }
    }
    if evidence.figures.count == start.figures.count { evidence.figures += try trials(attempt, none, nil) }
    let reason = shortest.map { $0 > 0 ? ScheduleReason.notHeld(seconds: $0) : .nothingSpare } ?? .nothingSpare
    return Proposal(verdict(.kept, service, .noWindows, because: .schedule(reason), evidence))
  }

  /// The advised actions beside those of the fleet file and none.
  private func trials(
    _ attempt: ScheduleAttempt, _ none: ScheduleTrial, _ advised: ScheduleTrial?
  ) throws(DataError) -> [EvidenceFigure] {
    let service = attempt.record.service
    var all = [none]
    let own = service.scheduledActions.map { CapacityAction($0, of: service) }
    if !own.isEmpty {
      let change = Change(ScheduledCapacity(service: service.name, actions: own))
      all.append(try attempt.judge.trial(.own, change, actions: own))
    }
    return (all + (advised.map { [$0] } ?? [])).map { .schedule(.trial($0)) }
  }

  // MARK: What something scales

  /// Floors that more than halve the time in which too few serve, where they hold.
  private func floors(_ attempt: ScheduleAttempt, _ start: Evidence) throws(DataError) -> Proposal {
    let service = attempt.record.service
    var evidence = start
    let none = try attempt.judge.trial(.none, nil, actions: [])
    let kept = ScheduleReason.followsLoad
    let learned = attempt.floors(attempt.parts.learned)
    guard !learned.isEmpty else {
      evidence.figures += try trials(attempt, none, nil)
      return Proposal(verdict(.kept, service, .noWindows, because: .schedule(kept), evidence))
    }
    let held = try attempt.judge.trial(
      .advised, Change(ScheduledCapacity(service: service.name, actions: learned)), actions: learned)
    evidence.figures += try trials(attempt, none, held)
    let (before, after) = (none.shortSeconds - none.oneOffSeconds, held.shortSeconds - held.oneOffSeconds)
    let final = attempt.floors(attempt.record.measured)
    guard after * 2 <= before, before > 0, !final.isEmpty else {
      return Proposal(verdict(.kept, service, .noWindows, because: .schedule(kept), evidence))
    }
    return Proposal(
      verdict(
        .recommended, service, .change, because: .schedule(.ramp(before: before, after: after)), evidence,
        confidence(attempt)),
      isUnconditional: true, changes: [Change(ScheduledCapacity(service: service.name, actions: final))])
  }
}

/// A margin that held, and what was learned with it.
private struct LevelTrial {
  var margin: Int
  var learned: LevelSchedule
}

/// A record, what of it is learned and judged on, and by whom.
private struct ScheduleAttempt {
  var record: ScheduleRecord
  var parts: (learned: Range<Int>, judged: Range<Int>)
  var judge: ScheduleJudge
  var clock: LocalClock
  var least: Int
  var actionHours: Int

  func levels(_ slots: Range<Int>, _ margin: Int) throws(DataError) -> LevelSchedule {
    try LevelSchedule(
      record, learningOn: slots, marginPercent: margin, most: judge.most, leastWeeks: least, actionHours: actionHours,
      clock: clock)
  }

  /// True for a schedule under which fewer run at some time.
  func lowers(_ schedule: LevelSchedule) -> Bool {
    !schedule.actions.isEmpty || schedule.constant.map { $0 < judge.most } ?? false
  }

  func floors(_ slots: Range<Int>) -> [CapacityAction] {
    RampFloors(record, learningOn: slots, clock: clock).actions
  }

  /// How much of what is judged on was measured.
  var judgedCoverage: Coverage {
    Coverage(
      seen: parts.judged.count { record.needed.values[$0] != nil }, expected: parts.judged.count)
  }
}
