// "HorizontalPodAutoscaler v2 autoscaling", Kubernetes API reference.

import Model

/// HorizontalPodAutoscalers of policies of the kind `hpa`.
package struct PodAutoscalerPolicies: PolicyExportFormat {
  package let name = "hpa"
  package let summary = "HorizontalPodAutoscalers (autoscaling/v2) of policies of the kind hpa"
  package init() {}

  package func write(_ policies: ExportedPolicies) -> WrittenPolicies {
    var objects: [String] = []
    var leftOut = unwrittenAlerts(policies.configuration, "an autoscaler watches what it scales by")
    for target in policies.configuration.targets {
      for action in target.actions {
        leftOut.append("scheduled action \(action.name) of \(target.name): an autoscaler has no clock")
      }
      for policy in target.policies {
        let what = "policy \(policy.name) of \(target.name)"
        if let reason = reason(against: policy, target) {
          leftOut.append("\(what): \(reason)")
          continue
        }
        let metrics = policy.tracked.map { ($0, PodMetricText($0).lines) }
        leftOut += metrics.filter { $0.1 == nil }.map { "\(what): metric \($0.0.metric.rawValue) has no source there" }
        if policy.cooldown != nil { leftOut.append("\(what): its cooldown, which KEDA has and an autoscaler not") }
        var target = target
        if target.minimum == 0, !metrics.contains(where: { $0.1 != nil && $0.0.isSeenWithoutPods }) {
          target.minimum = 1
          leftOut.append(
            "\(what): its minimum of 0, which is 1: without a pod there is nothing that its metrics are of")
        }
        objects.append(object(policy, target, metrics.compactMap(\.1)))
      }
    }
    let text = "# \(oneLine(policies.origin))\n" + objects.joined()
    return WrittenPolicies(bytes: Array(text.utf8), leftOut: leftOut, isEmpty: objects.isEmpty)
  }

  private func reason(against policy: ScalingPolicy, _ target: ScaledTarget) -> String? {
    guard policy.kind == .hpa else { return "\(policy.kind.rawValue) acts by alarms, which an autoscaler has none of" }
    guard target.maximum != nil else { return "nothing says its maximum, which an autoscaler must have" }
    guard KubernetesPolicyText.isName(policy.name) else { return "its name is none of Kubernetes'" }
    if case .service = target.kind { return "Kubernetes does not scale what the cloud does" }
    return policy.tracked.contains { PodMetricText($0).lines != nil } ? nil : "none of its metrics has a source there"
  }

  private func object(_ policy: ScalingPolicy, _ target: ScaledTarget, _ metrics: [[String]]) -> String {
    let text = KubernetesPolicyText(target: target)
    var lines = ["---", "apiVersion: autoscaling/v2", "kind: HorizontalPodAutoscaler"]
    lines += text.metadata(policy.name) + ["spec:"] + text.reference
    if let minimum = target.minimum { lines.append("  minReplicas: \(minimum)") }
    if let maximum = target.maximum { lines.append("  maxReplicas: \(maximum)") }
    lines.append("  metrics:")
    for metric in metrics {
      for (index, line) in metric.enumerated() { lines.append((index == 0 ? "  - " : "    ") + line) }
    }
    lines += KubernetesPolicyText.behaviour(of: policy, indent: "  ")
    return lines.joined(separator: "\n") + "\n"
  }
}

/// A metric of an autoscaler.
private struct PodMetricText {
  private let tracked: TrackedMetric

  init(_ tracked: TrackedMetric) { self.tracked = tracked }

  /// Its lines; nil for one that an autoscaler cannot follow.
  var lines: [String]? {
    switch tracked.source?.kind {
    case .resource?: resource(tracked.source?.name ?? "")
    case .pods?: named("Pods", "pods")
    case .object?: named("Object", "object")
    case .external?: named("External", "external")
    case .query?, .queue?: nil
    case .predefined?, .custom?, nil:
      switch tracked.metric {
      case .cpuPercent: resource("cpu")
      case .memoryPercent: resource("memory")
      default: nil
      }
    }
  }

  /// Percentages are whole there.
  private func resource(_ name: String) -> [String]? {
    let percent = tracked.target.normalised
    guard percent.scale == 0 else { return nil }
    return [
      "type: Resource", "resource:", "  name: \(name)", "  target:", "    type: Utilization",
      "    averageUtilization: \(percent.mantissa)",
    ]
  }

  private func named(_ type: String, _ key: String) -> [String]? {
    guard let source = tracked.source else { return nil }
    var lines = ["type: \(type)", "\(key):", "  metric:", "    name: \(jsonString(source.name))"]
    if let labels = source.dimensions, !labels.isEmpty {
      lines += ["    selector:", "      matchLabels:"]
      lines += labels.sorted { $0.key < $1.key }.map { "        \(jsonString($0.key)): \(jsonString($0.value))" }
    }
    if let object = source.of {
      let parts = object.split(separator: "/").map(String.init)
      guard parts.count >= 2 else { return nil }
      lines.append("  describedObject:")
      if parts.count > 2 { lines.append("    apiVersion: \(parts.dropLast(2).joined(separator: "/"))") }
      lines += ["    kind: \(parts[parts.count - 2])", "    name: \(jsonString(parts[parts.count - 1]))"]
    }
    let isValue = source.statistic == "Value"
    guard let amount = tracked.target.asQuantity else { return nil }
    return lines + [
      "  target:", "    type: \(isValue ? "Value" : "AverageValue")",
      "    \(isValue ? "value" : "averageValue"): \(amount)",
    ]
  }
}

extension TrackedMetric {
  /// True for what is measured elsewhere than in the pods: Kubernetes takes a minimum of 0 with such only.
  fileprivate var isSeenWithoutPods: Bool { source?.kind == .object || source?.kind == .external }
}

extension ScaledDecimal {
  /// A quantity of Kubernetes, which is finer than thousandths by no more than words: `500m`, `0.0005`.
  fileprivate var asQuantity: String? { jsonString("\(normalised)") }
}
