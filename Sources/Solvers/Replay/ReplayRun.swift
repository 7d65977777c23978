// Scaling policies over a load, tick by tick, exactly.
//
// Tick t is the span from instant t to instant t + 1. In it, in this order:
//   1. clock    scheduled actions and predictive scaling act, at instant t
//   2. count    what launches, warms up, is warm, drains
//   3. measure  load is carried, waits or is lost; metrics get their values
//   4. watch    alarms and conditions take their states, whether or not anybody asks
//   5. decide   of all that policies propose the largest wins, at instant t + 1 (where AWS: "Conflicts", the largest
//               capacity, for out and in alike), within the limits
//   6. record
// Clouds' own words for each are cited where it is done. A tick in which nothing is decided allocates nothing.

/// A replay of scaling policies.
package struct ReplayRun: ~Copyable {
  /// Where the watches of a policy are: its alarm, or its conditions, in the lists of them.
  private struct Watched {
    /// Of a target tracking policy the high one; the low one follows.
    var alarm: Int
    var alarmCount: Int
    var out = 0..<0
    var into = 0..<0
  }

  private struct Proposal {
    var capacity: Int128
    var policy: Int
  }

  private let problem: ReplayProblem
  private let recordsSeries: Bool
  private let servesWhileWarming: Bool
  private let perInstance: Int
  private let queue: ReplayWork.Queue?
  private var minimum: Int
  private var maximum: Int
  private var fleet: InstanceFleet
  private let series: FixedArray<MetricSeries>
  /// What each metric has to say of the tick.
  private let readings: FixedArray<MetricReading>
  private let alarms: FixedArray<AlarmWatch>
  /// Those of the policies, then those that are counted.
  private let conditions: FixedArray<ConditionWatch>
  private var watched: [Watched] = []
  private var autoscaler: PodAutoscalerRun?
  private var forecast: ForecastClock?
  /// The predictive policy's place among the policies.
  private var predictive = 0
  /// True where a policy may decide without an alarm.
  private var decidesAlways = false
  private var foresees = false
  private var calendar: ActionCalendar
  private var backlog = 0
  private var arriving = 0
  /// Simple policies wait until then.
  private var lockedUntil = 0
  /// The tick of the last decision of a policy that is no clock's.
  private var lastDecision: Int?
  private var answer = ReplayAnswer()

  /// Replays a problem.
  /// - Parameter series: whether to keep capacity tick by tick.
  /// - Throws: ``ProblemFault`` for a problem that makes no sense, or is too large.
  package static func solve(_ problem: ReplayProblem, series: Bool = true) throws(ProblemFault) -> ReplayAnswer {
    try problem.check()
    var run = ReplayRun(problem, recordsSeries: series)
    run.replay()
    return run.answer
  }

  private init(_ problem: ReplayProblem, recordsSeries: Bool) {
    self.problem = problem
    self.recordsSeries = recordsSeries
    servesWhileWarming = problem.service.servesWhileWarming
    (perInstance, queue) = (problem.work.perInstance, problem.work.queue)
    minimum = problem.service.minimum
    maximum = problem.service.maximum
    fleet = InstanceFleet(problem.service)
    series = FixedArray(problem.metrics.map { MetricSeries($0, of: problem) })
    readings = FixedArray(problem.metrics.map { _ in MetricReading.none })
    calendar = ActionCalendar(problem.scheduled, tickCount: problem.tickCount)
    backlog = queue?.initial ?? 0
    answer.levelTicks = problem.levels.map { _ in 0 }
    answer.levelSpans = problem.levels.map { _ in nil }
    func periodTicks(_ metric: Int) -> Int { min(problem.metrics[metric].periodTicks, problem.tickCount) }
    alarms = FixedArray(
      problem.policies.flatMap(\.alarms).map { AlarmWatch($0, periodTicks: periodTicks($0.metric)) })
    conditions = FixedArray(
      (problem.policies.flatMap(\.conditions) + problem.breaches.map(\.condition)).map {
        ConditionWatch($0, periodTicks: periodTicks($0.metric))
      })
    for (index, policy) in problem.policies.enumerated() { watch(policy, at: index) }
    if recordsSeries {
      answer.desired.reserveCapacity(problem.tickCount)
      answer.serving.reserveCapacity(problem.tickCount)
      answer.paid.reserveCapacity(problem.tickCount)
    }
  }

  /// Takes note of where the alarms and conditions of a policy are: in the order of the policies.
  private mutating func watch(_ policy: ReplayPolicy, at index: Int) {
    let last = watched.last
    var watched = Watched(alarm: (last?.alarm ?? 0) + (last?.alarmCount ?? 0), alarmCount: policy.alarms.count)
    watched.out = (last?.into.upperBound ?? 0)..<(last?.into.upperBound ?? 0)
    if case .rule(let rule) = policy.kind {
      watched.out = watched.out.lowerBound..<(watched.out.lowerBound + (rule.scaleOut?.conditions.count ?? 0))
      decidesAlways = true
    }
    watched.into = watched.out.upperBound..<(watched.out.lowerBound + policy.conditions.count)
    if case .predictive(let predictive) = policy.kind {
      forecast = ForecastClock(predictive)
      foresees = true
      self.predictive = index
    }
    if case .podAutoscaler(let autoscaler) = policy.kind {
      self.autoscaler = PodAutoscalerRun(autoscaler)
      decidesAlways = true
    }
    self.watched.append(watched)
  }

  // MARK: A tick

  private mutating func replay() {
    let load = problem.loads[problem.work.load].values
    for tick in load.indices {
      if calendar.next <= tick || foresees { strikeClock(tick) }
      fleet.advance(to: tick)
      let counts = FleetCounts(
        launching: fleet.launching, warming: fleet.warming, warm: fleet.warm, draining: fleet.draining,
        desired: fleet.desired)
      let serving = counts.warm &+ (servesWhileWarming ? counts.warming : 0)
      answer.instanceTicks &+= counts.desired &+ counts.draining
      if load[tick] != ReplayLoad.missing { arriving = load[tick] }
      carry(serving)
      let state = TickState(tick: tick, serving: serving, warm: counts.warm, backlog: backlog)
      for index in series.indices { readings[index] = series[index].measure(state) }
      if updateWatches() || decidesAlways { decide(tick, counts) }
      if !problem.levels.isEmpty { countLevels(tick) }
      if recordsSeries {
        answer.paid.append(Int32(truncatingIfNeeded: counts.desired &+ counts.draining))
        answer.desired.append(Int32(truncatingIfNeeded: fleet.desired))
        answer.serving.append(Int32(truncatingIfNeeded: serving))
      }
    }
    for index in conditions.indices.suffix(problem.breaches.count) {
      answer.breachTicks.append(conditions[index].heldTicks)
    }
  }

  /// "Scheduled scaling": actions of a time are carried out in order, held back by nothing, and within the limits.
  private mutating func strikeClock(_ tick: Int) {
    forecast?.advance(to: tick)
    while let index = calendar.take(tick) {
      let action = problem.scheduled[index]
      let (low, high) = (action.minimum ?? minimum, action.maximum ?? maximum)
      guard low <= high else { continue }
      (minimum, maximum) = (low, high)
      resize(to: bounds.clamped(action.desired ?? fleet.desired), tick, at: tick, action.name)
    }
    if forecast != nil {
      resize(to: bounds.clamped(fleet.desired), tick, at: tick, problem.policies[predictive].name)
    }
  }

  /// Between what capacity is brought in the tick.
  private var bounds: ClosedCapacity {
    forecast?.bounds(minimum: minimum, maximum: maximum) ?? ClosedCapacity(floor: minimum, limit: maximum)
  }

  /// Carries what has arrived and what waits, as far as instances serve.
  @inline(__always)
  private mutating func carry(_ serving: Int) {
    let rest = backlog + arriving - serving * perInstance
    guard let queue else {
      answer.unserved += max(0, rest)
      return
    }
    backlog = max(0, rest)
    if let limit = queue.limit, backlog > limit {
      answer.unserved += backlog - limit
      backlog = limit
    }
    guard backlog > 0 else { return }
    answer.maxBacklog = max(answer.maxBacklog, backlog)
    answer.longestWait = max(answer.longestWait, ceilingQuotient(backlog, max(1, serving) * perInstance))
  }

  private mutating func countLevels(_ tick: Int) {
    let first = conditions.indices.count - problem.breaches.count
    for (level, breaches) in problem.levels.enumerated() {
      guard breaches.contains(where: { conditions[first + $0].holds }) else { continue }
      answer.levelTicks[level] += 1
      answer.levelSpans[level] = (answer.levelSpans[level]?.lowerBound ?? tick)...tick
    }
  }

  /// True when an alarm is on.
  @inline(__always)
  private func updateWatches() -> Bool {
    var isAnyOn = false
    for index in alarms.indices {
      alarms[index].update(readings[alarms[index].metric])
      if alarms[index].state == .alarm { isAnyOn = true }
    }
    for index in conditions.indices { conditions[index].update(readings[conditions[index].metric]) }
    return isAnyOn
  }

  private mutating func resize(to capacity: Int, _ tick: Int, at instant: Int, _ name: String, cooldown: Int? = nil) {
    let desired = fleet.desired
    guard capacity != desired else { return }
    answer.events.append(ReplayAnswer.Event(tick: tick, from: desired, to: capacity, name: name))
    // "Scaling cooldowns": from when the last instance has launched or terminated.
    let end = fleet.resize(to: capacity, at: instant)
    lockedUntil = max(lockedUntil, end + (cooldown ?? problem.service.defaultCooldownTicks))
  }

  // MARK: Decisions

  private mutating func decide(_ tick: Int, _ counts: FleetCounts) {
    guard autoscaler == nil else { return decideByAutoscaler(tick, counts) }
    guard let best = largestProposal(tick, counts) else { return }
    let capacity = bounds.clamped(best.capacity)
    guard capacity != counts.desired else { return }
    let policy = problem.policies[best.policy]
    var cooldown: Int?
    if case .simple(let simple) = policy.kind { cooldown = simple.cooldownTicks }
    resize(to: capacity, tick, at: tick + 1, policy.name, cooldown: cooldown)
    lastDecision = tick
  }

  /// The first listed of the largest.
  private func largestProposal(_ tick: Int, _ counts: FleetCounts) -> Proposal? {
    let bases = CapacityBases(
      desired: counts.desired, scaleOut: counts.warm, scaleIn: counts.warm + counts.draining,
      isBlocked: counts.launching + counts.warming > 0)
    let direction = trackingDirection(bases)
    var best: Proposal?
    for index in problem.policies.indices {
      guard let capacity = proposal(of: index, tick, bases, direction) else { continue }
      if let best, capacity <= best.capacity { continue }
      best = Proposal(capacity: capacity, policy: index)
    }
    return best
  }

  private func proposal(
    of index: Int, _ tick: Int, _ bases: CapacityBases, _ direction: TrackingDirection
  ) -> Int128? {
    let watched = watched[index]
    switch problem.policies[index].kind {
    case .step(let policy):
      guard let value = value(ifOn: watched.alarm) else { return nil }
      return policy.scaling.proposal(at: value, bases).map { Int128($0) }
    case .simple(let policy):
      guard alarms[watched.alarm].state == .alarm, tick + 1 >= lockedUntil else { return nil }
      return policy.proposal(bases).map { Int128($0) }
    case .rule(let policy):
      if let lastDecision, tick < lastDecision + policy.cooldownTicks { return nil }
      let out = policy.scaleOut.map { holds(watched.out, all: $0.needsAll) } ?? false
      let into = policy.scaleIn.map { holds(watched.into, all: $0.needsAll) } ?? false
      return policy.proposal(outHolds: out, inHolds: into, from: bases.desired).map { Int128($0) }
    case .target(let policy): return proposal(of: policy, high: watched.alarm, bases, direction)
    case .predictive, .podAutoscaler: return nil
    }
  }

  private func proposal(
    of policy: TargetPolicy, high: Int, _ bases: CapacityBases, _ direction: TrackingDirection
  ) -> Int128? {
    switch direction {
    case .out:
      guard let value = value(ifOn: high) else { return nil }
      return max(Int128(bases.desired), capacity(tracking: policy.target, from: bases.scaleOut, at: value))
    case .into:
      guard policy.scalesIn, let value = value(ifOn: high + 1) else { return nil }
      return min(Int128(bases.desired), capacity(tracking: policy.target, from: bases.scaleIn, at: value))
    case .none: return nil
    }
  }

  /// "Target tracking": out if any policy is ready to, in only if all are that may.
  private func trackingDirection(_ bases: CapacityBases) -> TrackingDirection {
    var (voters, consents) = (0, 0)
    for (index, policy) in problem.policies.enumerated() {
      guard case .target(let target) = policy.kind else { continue }
      if alarms[watched[index].alarm].state == .alarm { return .out }
      guard target.scalesIn else { continue }
      voters += 1
      if alarms[watched[index].alarm + 1].state == .alarm { consents += 1 }
    }
    return voters > 0 && consents == voters && !bases.isBlocked ? .into : .none
  }

  /// The newest datapoint that an alarm saw, while it is on.
  private func value(ifOn alarm: Int) -> ExactFraction? {
    guard alarms[alarm].state == .alarm, alarms[alarm].hasValue else { return nil }
    return series[alarms[alarm].metric].newestReal
  }

  private func holds(_ range: Range<Int>, all: Bool) -> Bool {
    for index in range where conditions[index].holds != all { return !all }
    return all
  }

  private mutating func decideByAutoscaler(_ tick: Int, _ counts: FleetCounts) {
    guard case .podAutoscaler(let policy)? = problem.policies.first?.kind else { return }
    var recommendations: [Int?] = []
    for metric in policy.metrics {
      let reading = readings[metric.metric]
      recommendations.append(policy.replicas(metric, at: reading.isReal ? reading.datapoint : nil, counts))
    }
    guard
      let capacity = autoscaler?.decide(
        recommendations, at: tick, desired: counts.desired, minimum: minimum, maximum: maximum),
      capacity != counts.desired
    else { return }
    autoscaler?.noteChange(by: capacity - counts.desired, at: tick)
    resize(to: capacity, tick, at: tick + 1, problem.policies[0].name)
  }
}
