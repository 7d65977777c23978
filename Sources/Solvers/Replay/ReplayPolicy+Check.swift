extension ReplayPolicy {
  /// The alarms that it watches.
  var alarms: [ReplayAlarm] {
    switch kind {
    case .step(let policy): [policy.alarm]
    case .simple(let policy): [policy.alarm]
    case .target(let policy): [policy.highAlarm, policy.lowAlarm]
    case .rule, .predictive, .podAutoscaler: []
    }
  }

  /// The conditions that it watches, those for out first.
  var conditions: [ReplayCondition] {
    guard case .rule(let policy) = kind else { return [] }
    return (policy.scaleOut?.conditions ?? []) + (policy.scaleIn?.conditions ?? [])
  }

  /// How many alarms and conditions are followed for it, itself included.
  var watchCount: Int {
    switch kind {
    case .rule: 1 + conditions.count
    case .podAutoscaler(let policy): 1 + policy.metrics.count + policy.up.policies.count + policy.down.policies.count
    case .step(let policy): 2 + policy.scaling.steps.count
    case .simple, .target, .predictive: 1 + alarms.count
    }
  }
}

extension ReplayProblem {
  func checkTicks(_ ticks: Int, _ key: String) throws(ProblemFault) { try within(ticks, 0...Self.longest, key) }

  func check(_ condition: ReplayCondition) throws(ProblemFault) {
    try checkMetric(condition.metric)
    try checkThreshold(condition.threshold, "threshold")
    try within(condition.forTicks, 1...Self.longest, "for_ticks")
    if let alarm = condition.alarm { try alarm.rule.check(range: alarm.range) }
  }

  func check(_ policy: ReplayPolicy) throws(ProblemFault) {
    switch policy.kind {
    case .step(let step): try check(step)
    case .simple(let simple):
      try check(simple.alarm)
      try simple.adjustment.check()
      try checkTicks(simple.cooldownTicks ?? 0, "cooldown_ticks")
    case .rule(let rule):
      try checkTicks(rule.cooldownTicks, "cooldown_ticks")
      for case let side? in [rule.scaleOut, rule.scaleIn] {
        try side.adjustment.check()
        try within(side.conditions.count, 1...Self.mostWork, "conditions")
        for condition in side.conditions { try check(condition) }
      }
    case .target(let target): try check(target)
    case .predictive(let predictive): try check(predictive)
    case .podAutoscaler(let autoscaler): try check(autoscaler)
    }
  }

  private func check(_ step: StepPolicy) throws(ProblemFault) {
    try check(step.alarm)
    try checkThreshold(step.scaling.threshold, "threshold")
    try step.scaling.check()
  }

  private func check(_ alarm: ReplayAlarm) throws(ProblemFault) {
    try checkMetric(alarm.metric)
    try alarm.rule.check(range: alarm.range)
    try checkThreshold(alarm.threshold.numerator, "threshold")
  }

  private func check(_ target: TargetPolicy) throws(ProblemFault) {
    try checkMetric(target.metric)
    try target.target.checkAsTarget()
    try within(target.inPercent, 1...10_000_000, "percent", areThousandths: true)
    for alarm in [target.highAlarm, target.lowAlarm] { try alarm.rule.check(range: alarm.range) }
  }

  private func check(_ predictive: PredictivePolicy) throws(ProblemFault) {
    let most = Self.mostInstances
    try within(predictive.slotTicks, 1...Self.longest, "slot_ticks")
    try checkTicks(predictive.leadTicks, "lead_ticks")
    for capacity in predictive.capacity { try within(capacity, -most...most, "capacity") }
    try within(predictive.bufferPercent ?? 0, -100...Self.mostAdjustment, "buffer_percent")
    let forecast = max(0, predictive.capacity.max() ?? 0)
    try within(predictive.bounds(forecast: forecast, minimum: 0, maximum: 1).limit, 1...most, "buffer_percent")
  }

  private func check(_ autoscaler: PodAutoscaler) throws(ProblemFault) {
    try within(autoscaler.metrics.count, 1...Self.mostWork, "metrics")
    for metric in autoscaler.metrics {
      try checkMetric(metric.metric)
      try within(
        metric.target, 1...Self.mostThreshold, metric.isTotal ? "target_average" : "target", areThousandths: true)
    }
    for behaviour in [autoscaler.up, autoscaler.down] {
      try within(behaviour.tolerance, -10_000...10_000, "tolerance", areThousandths: true)
      try checkTicks(behaviour.windowTicks, "window_ticks")
      guard !behaviour.policies.isEmpty || behaviour.selection == .disabled else {
        throw ProblemFault(key: "policies", found: "none of an hpa", expected: "one at least, or \"Disabled\"")
      }
      for policy in behaviour.policies {
        try within(policy.value, 0...Self.mostAdjustment, "value")
        try within(policy.periodTicks, 1...Self.longest, "period_ticks")
      }
    }
  }

  private func checkMetric(_ metric: Int) throws(ProblemFault) {
    try within(metric, 0...max(0, metrics.count - 1), "metric")
    guard !metrics.isEmpty else { throw ProblemFault(key: "metrics", found: "none", expected: "a metric") }
  }

  private func checkThreshold(_ threshold: Int, _ key: String) throws(ProblemFault) {
    try within(threshold, -Self.mostThreshold...Self.mostThreshold, key, areThousandths: true)
  }
}

extension ExactFraction {
  /// - Throws: ``ProblemFault`` for what no metric can be held at.
  package func checkAsTarget() throws(ProblemFault) {
    try within(numerator, 1...ReplayProblem.mostThreshold, "target", areThousandths: true)
    try within(denominator, 1...10_000_000, "seconds_per_item", areThousandths: true)
  }
}

extension AlarmRule {
  /// - Throws: ``ProblemFault`` for numbers of datapoints that make no sense together.
  package func check(range: Int) throws(ProblemFault) {
    try within(range, 1...AlarmWindow.longestRange, "range")
    try within(periods, 1...range, "n")
    try within(needed, 1...periods, "m")
  }
}

extension CapacityAdjustment {
  /// - Throws: ``ProblemFault`` for an adjustment that makes no sense.
  package func check() throws(ProblemFault) {
    let most = ReplayProblem.mostAdjustment
    try within(amount, (type == .exactCapacity ? 0 : -most)...most, "adjustment")
    try within(minimumMagnitude, 0...most, "minimum_magnitude")
  }
}

extension StepScaling {
  /// - Throws: ``ProblemFault`` for steps that leave a gap or overlap.
  package func check() throws(ProblemFault) {
    let bound = -ReplayProblem.mostThreshold...ReplayProblem.mostThreshold
    try within(steps.count, 1...1_000, "steps")
    var end: Int?
    for (index, step) in steps.enumerated() {
      let adjustment = CapacityAdjustment(type: type, amount: step.adjustment, minimumMagnitude: minimumMagnitude)
      try adjustment.check()
      try within(step.lower ?? 0, bound, "lower", areThousandths: true)
      try within(step.upper ?? 0, bound, "upper", areThousandths: true)
      let isOpen = (step.lower == nil && index > 0) || (step.upper == nil && index < steps.count - 1)
      guard !isOpen else { throw fault("no bound between two steps", "bounds") }
      guard index == 0 || step.lower == end else { throw fault("an overlap or a gap", "steps without either") }
      if let lower = step.lower, let upper = step.upper, lower >= upper {
        throw fault("a step that ends before it begins", "lower bounds below upper ones")
      }
      end = step.upper
    }
  }

  private func fault(_ found: String, _ expected: String) -> ProblemFault {
    ProblemFault(key: "steps", found: found, expected: expected)
  }
}
