import Model
import Solvers

/// Why a part of a service's scaling cannot be replayed.
package enum UnreplayedReason: Hashable, Sendable {
  /// Nothing of the metric was measured, or nothing says of which limit it is a share.
  case unmeasured(Metric)
  /// All of several conditions must hold, and one of them is of a metric that was not measured: it never acts.
  case neverHolds(Metric)
  /// The metric does not fall as capacity grows, so that no target can be tracked by it.
  case doesNotFollow(Metric)
  /// What should be five cron fields is none, or strikes more often than may be replayed.
  case noRecurrence(String)
  /// Nothing says at which value of which metric it acts: its alarm is not known.
  case noAlarm
}

/// A part of a service's scaling that is not replayed.
package struct Unreplayed: Hashable, Sendable {
  /// The policy or action, or ``ServicePolicies/rulesName``.
  package var name: String
  package var reason: UnreplayedReason
}

/// A service's scaling, as a replay takes it.
package struct ServicePolicies: Sendable {
  /// What the strategy's own rules are called.
  package static let rulesName = "scaling rules"
  /// Below how many percent of its target a policy that tracks one removes capacity, as AWS makes its alarm.
  package static let scaleInPercentOfTarget = 90

  package var policies: [ReplayPolicy] = []
  package var actions: [ReplayAction] = []
  package var unreplayed: [Unreplayed] = []
}

extension ReplayMetrics {
  /// Everything that a service's file says of its scaling: rules, policies, scheduled actions.
  /// - Parameter known: the same service's, whose scheduled actions are taken as they are; nil to make them.
  package mutating func policies(
    of service: Service, on grid: SampleGrid, keepingActionsOf known: ServicePolicies? = nil
  ) -> ServicePolicies {
    var all = ServicePolicies()
    addRules(service.scaling, to: &all)
    for policy in service.policies { add(policy, of: service, on: grid, to: &all) }
    if let known {
      all.actions = known.actions
      all.unreplayed += known.unreplayed.filter { if case .noRecurrence = $0.reason { true } else { false } }
    } else {
      for action in service.scheduledActions { add(action, on: grid, to: &all) }
    }
    return all
  }

  // MARK: Rules

  /// Any condition scales out by one, all together scale in by one.
  private mutating func addRules(_ rules: ScalingRules, to all: inout ServicePolicies) {
    let out = conditions(rules.scaleOut, needsAll: false, &all)
    let into = conditions(rules.scaleIn, needsAll: true, &all)
    guard !out.isEmpty || !into.isEmpty else { return }
    func side(_ conditions: [ReplayCondition], needsAll: Bool, by amount: Int) -> RulePolicy.Side? {
      guard !conditions.isEmpty else { return nil }
      return RulePolicy.Side(
        needsAll: needsAll, conditions: conditions,
        adjustment: CapacityAdjustment(type: .changeInCapacity, amount: amount))
    }
    let rule = RulePolicy(
      scaleOut: side(out, needsAll: false, by: 1), scaleIn: side(into, needsAll: true, by: -1),
      cooldownTicks: ticks(rules.cooldown.seconds))
    all.policies.append(ReplayPolicy(name: ServicePolicies.rulesName, kind: .rule(rule)))
  }

  private mutating func conditions(
    _ written: [MetricCondition], needsAll: Bool, _ all: inout ServicePolicies
  ) -> [ReplayCondition] {
    var conditions: [ReplayCondition] = []
    for part in written {
      if let condition = condition(part.condition, on: part.metric) {
        conditions.append(condition)
      } else {
        let reason = needsAll ? UnreplayedReason.neverHolds(part.metric) : .unmeasured(part.metric)
        all.unreplayed.append(Unreplayed(name: ServicePolicies.rulesName, reason: reason))
        if needsAll { return [] }
      }
    }
    return conditions
  }

  // MARK: Policies

  private mutating func add(
    _ policy: ScalingPolicy, of service: Service, on grid: SampleGrid, to all: inout ServicePolicies
  ) {
    var unreplayed: [UnreplayedReason] = []
    defer { all.unreplayed += unreplayed.map { Unreplayed(name: policy.name, reason: $0) } }
    guard policy.target != nil || policy.threshold != nil else { return unreplayed.append(.noAlarm) }
    if policy.kind == .hpa {
      let targets = podTargets(policy, of: service, &unreplayed)
      guard !targets.isEmpty else { return }
      let kind = ReplayPolicy.Kind.podAutoscaler(podAutoscaler(policy, targets))
      return all.policies.append(ReplayPolicy(name: policy.name, kind: kind))
    }
    let tracks = policy.target != nil
    let basis = Self.basis(of: policy.metric, tracks: tracks, in: service)
    guard let metric = metric(policy.metric, basis, isEach: tracks && policy.metric == .queueDepthItems) else {
      return unreplayed.append(.unmeasured(policy.metric))
    }
    guard metric.follows || !tracks else { return unreplayed.append(.doesNotFollow(policy.metric)) }
    let kind: ReplayPolicy.Kind =
      switch policy.kind {
      case .targetTracking, .hpa: .target(target(policy, metric))
      case .step: .step(step(policy, metric))
      case .simple: .simple(simple(policy, metric))
      case .predictive: .predictive(predictive(policy, metric, on: grid))
      }
    all.policies.append(ReplayPolicy(name: policy.name, kind: kind))
  }

  /// The metrics of a pod autoscaler that are measured and follow capacity; the others are told.
  private mutating func podTargets(
    _ policy: ScalingPolicy, of service: Service, _ unreplayed: inout [UnreplayedReason]
  ) -> [PodAutoscaler.Metric] {
    var targets: [PodAutoscaler.Metric] = []
    for tracked in policy.tracked {
      let basis = Self.basis(of: tracked.metric, tracks: true, in: service)
      guard let metric = metric(tracked.metric, basis, isEach: tracked.metric == .queueDepthItems) else {
        unreplayed.append(.unmeasured(tracked.metric))
        continue
      }
      guard metric.follows else {
        unreplayed.append(.doesNotFollow(tracked.metric))
        continue
      }
      targets.append(
        PodAutoscaler.Metric(
          metric: metric.index, target: max(1, thousandths(tracked.target, metric)), isTotal: false))
    }
    return targets
  }

  /// What a policy's number is of: what the service's threshold table measures, else an instance where it tracks a total.
  static func basis(of metric: Metric, tracks: Bool, in service: Service) -> Condition.Basis {
    if let row = service.thresholds.first(where: { $0.metric == metric }) { return row.scaling.basis }
    return tracks && metric != .queueDepthItems ? .perInstance : .whole
  }

  /// Target tracking's own alarms: 3 of 3 minutes above the target, 15 of 15 below nine tenths of it, as AWS makes them.
  private func target(_ policy: ScalingPolicy, _ metric: SimulatedMetric) -> TargetPolicy {
    let (out, into) = (ticks(180), ticks(900))
    return TargetPolicy(
      metric: metric.index, target: ExactFraction(thousandths: max(1, thousandths(policy.target, metric))),
      scalesIn: policy.scalesIn, scaleOut: TargetPolicy.Window(needed: out, periods: out, range: out),
      scaleIn: TargetPolicy.Window(needed: into, periods: into, range: into),
      inPercent: ServicePolicies.scaleInPercentOfTarget * 1000)
  }

  /// Datapoints of a tick each: a period of several ticks is beyond the threshold where all of them are.
  private func alarm(_ policy: ScalingPolicy, _ metric: SimulatedMetric) -> ReplayAlarm {
    let (seconds, count) = policy.alarmPeriods
    let needed = ticks(seconds * Int64(policy.datapoints ?? count))
    let periods = max(needed, ticks(policy.duration.seconds))
    let comparison: ThresholdComparison =
      policy.isBelow ? (policy.isInclusive ? .atMost : .below) : (policy.isInclusive ? .atLeast : .above)
    return ReplayAlarm(
      metric: metric.index, comparison: comparison,
      threshold: ExactFraction(thousandths: thousandths(policy.threshold, metric)),
      rule: AlarmRule(needed: needed, periods: periods, treatment: MissingDataTreatment(policy.missing)),
      range: periods)
  }

  private func step(_ policy: ScalingPolicy, _ metric: SimulatedMetric) -> StepPolicy {
    let steps = policy.steps.map { step in
      StepAdjustment(
        lower: step.lower.map { thousandths($0, metric) }, upper: step.upper.map { thousandths($0, metric) },
        adjustment: step.adjustment)
    }
    return StepPolicy(
      alarm: alarm(policy, metric),
      scaling: StepScaling(
        type: policy.adjustmentType.replayed, minimumMagnitude: policy.minimumMagnitude,
        threshold: thousandths(policy.threshold, metric), isUpward: !policy.isBelow, steps: steps))
  }

  private func simple(_ policy: ScalingPolicy, _ metric: SimulatedMetric) -> SimplePolicy {
    SimplePolicy(
      alarm: alarm(policy, metric),
      adjustment: CapacityAdjustment(
        type: policy.adjustmentType.replayed, amount: policy.adjustment ?? 0, minimumMagnitude: policy.minimumMagnitude),
      cooldownTicks: policy.cooldown.map { ticks($0.seconds) })
  }

  /// Behaviours and, where the policy does not say, Kubernetes' own: "Horizontal Pod Autoscaling", default behaviour.
  private func podAutoscaler(_ policy: ScalingPolicy, _ targets: [PodAutoscaler.Metric]) -> PodAutoscaler {
    let whole = PodAutoscaler.RatePolicy(isPercent: true, value: 100, periodTicks: ticks(15))
    let four = PodAutoscaler.RatePolicy(isPercent: false, value: 4, periodTicks: ticks(15))
    return PodAutoscaler(
      metrics: targets, up: behaviour(policy.scaleUp, window: 0, limits: [four, whole]),
      down: behaviour(policy.scaleDown, window: 300, limits: [whole]))
  }

  private func behaviour(
    _ said: ScalingBehaviour?, window: Int64, limits: [PodAutoscaler.RatePolicy]
  ) -> PodAutoscaler.Behaviour {
    let seconds = said?.window?.seconds ?? window
    let tolerance = said?.tolerancePercent.map { wholeNumber(($0.double * 10).rounded()) }
    let selection: PodAutoscaler.Selection =
      switch said?.select {
      case .greatest?, nil: .greatestChange
      case .least?: .leastChange
      case .disabled?: .disabled
      }
    return PodAutoscaler.Behaviour(
      tolerance: tolerance ?? 100, windowTicks: seconds > 0 ? ticks(seconds) : 0, selection: selection,
      policies: said?.policies?.map { limit in
        PodAutoscaler.RatePolicy(
          isPercent: limit.kind == .percent, value: limit.value, periodTicks: ticks(limit.period.seconds))
      } ?? limits)
  }

  private func thousandths(_ number: ScaledDecimal?, _ metric: SimulatedMetric) -> Int {
    thousandths(number?.double ?? 0, metric)
  }

  private func thousandths(_ number: Double, _ metric: SimulatedMetric) -> Int {
    wholeNumber((number * metric.factor * 1000).rounded())
  }

  // MARK: Forecast and schedule

  /// Each hour asks for what it needed a week before, or a day before where that was not measured: nothing is known of the
  /// first day.
  private func predictive(_ policy: ScalingPolicy, _ metric: SimulatedMetric, on grid: SampleGrid) -> PredictivePolicy {
    let slotTicks = ticks(3600)
    let target = Double(thousandths(policy.target, metric)) / 1000
    let needed = stride(from: 0, to: grid.count, by: slotTicks).map { start in
      (start..<min(start + slotTicks, grid.count)).compactMap { instances(metric.index, at: $0, keeping: target) }.max()
    }
    let capacity = needed.indices.map { hour -> Int in
      for before in [168, 24] where hour >= before {
        if let known = needed[hour - before] { return known }
      }
      return 0
    }
    return PredictivePolicy(
      slotTicks: slotTicks, leadTicks: policy.lead.seconds > 0 ? ticks(policy.lead.seconds) : 0, capacity: capacity,
      bufferPercent: policy.bufferPercent)
  }

  private func add(_ action: ScheduledAction, on grid: SampleGrid, to all: inout ServicePolicies) {
    guard let schedule = CronSchedule(action.recurrence), let clock = LocalClock(identifier: action.timezone),
      let ticks = schedule.ticks(
        from: grid.period.start, tickSeconds: Int(grid.stepSeconds), count: grid.count, on: clock)
    else {
      all.unreplayed.append(Unreplayed(name: action.name, reason: .noRecurrence(action.recurrence)))
      return
    }
    all.actions.append(
      ReplayAction(
        name: action.name.isEmpty ? action.recurrence : action.name, ticks: ticks, minimum: action.minimum,
        maximum: action.maximum, desired: action.desired))
  }
}

extension ScalingPolicy.AdjustmentKind {
  fileprivate var replayed: AdjustmentType {
    switch self {
    case .change: .changeInCapacity
    case .percentChange: .percentChangeInCapacity
    case .exact: .exactCapacity
    }
  }
}
