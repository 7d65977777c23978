import Model

/// When capacity is added against when users suffer, by the threshold table.
struct TriggerOrder: CheckRule {
  let id = "trigger-order"
  let about = "Capacity is added only where the threshold table is critical already, or before it warns."
  let examples: CheckExamples? = CheckExamples(
    contradictory: """
      name: shop
      services:
        - name: web
          approach: group
          scaling: { scale_out: [{ metric: cpu_percent, when: "> 90%" }] }
          thresholds: [{ metric: cpu_percent, warning: "> 60%", scaling: "> 70%", critical: "> 85%" }]
      """,
    consistent: """
      name: shop
      services:
        - name: web
          approach: group
          scaling: { scale_out: [{ metric: cpu_percent, when: "> 70%" }] }
          thresholds: [{ metric: cpu_percent, warning: "> 60%", scaling: "> 70%", critical: "> 85%" }]
      """)

  func findings(_ facts: CheckFacts) throws(DataError) -> [CheckFinding] {
    try facts.eachService { path, service in
      let table = placed(service.thresholds, path.key("thresholds"))
      return service.additions(path).flatMap { trigger in
        table.filter { $0.value.metric == trigger.metric }.compactMap { finding(trigger, $0.path, $0.value, service) }
      }
    }
  }

  private func finding(
    _ trigger: ScalingTrigger, _ path: DocumentPath, _ row: Threshold, _ service: Service
  ) -> CheckFinding? {
    for (severity, level) in [(Severity.critical, ReportFinding.Level.error), (.warning, .note)] {
      let condition = row.condition(severity)
      guard condition.comparison == .above, trigger.basis == nil || trigger.basis == condition.basis,
        let value = condition.limit(for: row.metric)
      else { continue }
      let isWrong = severity == .critical ? trigger.value >= value : trigger.value < value
      guard isWrong else { continue }
      let when = severity == .critical ? "only when it is critical already" : "before anybody is warned"
      return CheckFinding(
        self, level, service.name, "capacity is added \(when), by \(trigger.metric.rawValue)",
        "\(figureText(trigger.value)) against \(severity.rawValue) \(figureText(value))",
        [
          CheckedPlace(trigger.path, "\(trigger.name) \(figureText(trigger.value))"),
          CheckedPlace(path.key(severity.rawValue), condition.text),
        ], weight: max(trigger.value, value) / max(min(trigger.value, value), 1e-9))
    }
    return nil
  }
}

/// A value at which a service's scaling adds or removes capacity.
struct ScalingTrigger {
  var name: String
  var metric: Metric
  var value: Double
  /// nil where a policy leaves it to its kind.
  var basis: Condition.Basis?
  var path: DocumentPath
}

extension Service {
  /// What adds capacity above a value, of its rules and policies.
  func additions(_ path: DocumentPath) -> [ScalingTrigger] {
    rules(scaling.scaleOut, path.key("scaling").key("scale_out"), .above)
      + placed(policies, path.key("policies")).compactMap { path, policy in
        guard !policy.isBelow, let value = policy.target ?? policy.threshold else { return nil }
        let key = policy.target == nil ? "threshold" : "target"
        return ScalingTrigger(
          name: policy.name, metric: policy.metric, value: value.double, basis: nil, path: path.key(key))
      }
  }

  /// What removes capacity below a value, of its rules and of the policies that say so.
  func removals(_ path: DocumentPath) -> [ScalingTrigger] {
    rules(scaling.scaleIn, path.key("scaling").key("scale_in"), .below)
      + placed(policies, path.key("policies")).compactMap { path, policy in
        guard policy.isBelow, let value = policy.threshold else { return nil }
        return ScalingTrigger(
          name: policy.name, metric: policy.metric, value: value.double, basis: nil, path: path.key("threshold"))
      }
  }

  private func rules(
    _ conditions: [MetricCondition], _ path: DocumentPath, _ comparison: Condition.Comparison
  ) -> [ScalingTrigger] {
    placed(conditions, path).compactMap { path, part in
      guard part.condition.comparison == comparison, let value = part.condition.limit(for: part.metric) else {
        return nil
      }
      return ScalingTrigger(
        name: "the rule at", metric: part.metric, value: value, basis: part.condition.basis, path: path.key("when"))
    }
  }
}
