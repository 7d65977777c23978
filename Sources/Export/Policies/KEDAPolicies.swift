// "ScaledObject specification" and the scalers "CPU", "Memory", "Cron", "Prometheus", "AWS SQS Queue", KEDA documentation.

import Model

/// KEDA's ScaledObjects of policies of the kind `hpa` and of scheduled actions that have more run at some times of the week.
package struct KEDAPolicies: PolicyExportFormat {
  package let name = "keda"
  package let summary = "KEDA ScaledObjects of policies of the kind hpa and of recurring actions"
  package init() {}

  package func write(_ policies: ExportedPolicies) -> WrittenPolicies {
    var objects: [String] = []
    var leftOut = unwrittenAlerts(policies.configuration, "a ScaledObject watches what it scales by")
    for target in policies.configuration.targets {
      var object = ScaledObjectText(target)
      if let text = object.text() { objects.append(text) }
      leftOut += object.leftOut
    }
    let text = "# \(oneLine(policies.origin))\n" + objects.joined()
    return WrittenPolicies(bytes: Array(text.utf8), leftOut: leftOut, isEmpty: objects.isEmpty)
  }
}

/// The object of a target.
private struct ScaledObjectText {
  private let target: ScaledTarget
  private(set) var leftOut: [String] = []

  init(_ target: ScaledTarget) { self.target = target }

  private mutating func leave(_ what: String, _ reason: String) {
    leftOut.append("\(what) of \(target.name): \(reason)")
  }

  /// nil where nothing of it can be written.
  mutating func text() -> String? {
    if case .service = target.kind {
      let names = target.policies.map { "policy \($0.name)" } + target.actions.map { "scheduled action \($0.name)" }
      leave(
        names.isEmpty ? "the scaling" : names.joined(separator: ", "), "Kubernetes does not scale what the cloud does")
      return nil
    }
    var policy = ownPolicy()
    var triggers = policy.map { metrics(of: $0) } ?? []
    if let lost = policy, triggers.isEmpty {
      leave("policy \(lost.name)", "KEDA has a trigger for none of its metrics")
      policy = nil
    }
    triggers += clock(policy != nil)
    guard !triggers.isEmpty else { return nil }
    let text = KubernetesPolicyText(target: target)
    let name = policy?.name ?? target.name.dnsLabel
    var lines = ["---", "apiVersion: keda.sh/v1alpha1", "kind: ScaledObject"] + text.metadata(name) + ["spec:"]
    lines += text.reference
    let least = target.actions.compactMap(\.minimum).min() ?? target.minimum
    if let least { lines.append("  minReplicaCount: \(least)") }
    if let maximum = target.maximum { lines.append("  maxReplicaCount: \(maximum)") }
    if let cooldown = policy?.cooldown { lines.append("  cooldownPeriod: \(cooldown.seconds)") }
    if let policy {
      let behaviour = KubernetesPolicyText.behaviour(of: policy, indent: "      ")
      if !behaviour.isEmpty { lines += ["  advanced:", "    horizontalPodAutoscalerConfig:"] + behaviour }
    }
    lines.append("  triggers:")
    for trigger in triggers {
      for (index, line) in trigger.enumerated() { lines.append((index == 0 ? "  - " : "    ") + line) }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// A target has one object.
  private mutating func ownPolicy() -> ScalingPolicy? {
    var own: ScalingPolicy?
    for policy in target.policies {
      if policy.kind != .hpa {
        leave("policy \(policy.name)", "\(policy.kind.rawValue) acts by alarms, which KEDA has none of")
      } else if own != nil {
        leave("policy \(policy.name)", "a target has one ScaledObject, and that is \(own?.name ?? "another")")
      } else if !KubernetesPolicyText.isName(policy.name) {
        leave("policy \(policy.name)", "its name is none of Kubernetes'")
      } else {
        own = policy
      }
    }
    return own
  }

  private mutating func metrics(of policy: ScalingPolicy) -> [[String]] {
    var triggers: [[String]] = []
    for tracked in policy.tracked {
      if let trigger = trigger(tracked) {
        triggers.append(trigger)
      } else {
        leave("metric \(tracked.metric.rawValue)", "KEDA has no trigger for such a source")
      }
    }
    return triggers
  }

  private func trigger(_ tracked: TrackedMetric) -> [String]? {
    let value = jsonString("\(tracked.target.normalised)")
    let source = tracked.source
    let words = [Metric.cpuPercent: "cpu", .memoryPercent: "memory"]
    if source?.kind == .resource || source == nil || source?.kind == .predefined || source?.kind == .custom,
      let word = words[tracked.metric]
    {
      return ["type: \(word)", "metricType: Utilization", "metadata:", "  value: \(value)"]
    }
    guard let source, source.kind == .query || source.kind == .queue else { return nil }
    let isQueue = source.kind == .queue
    var lines = ["type: \(isQueue ? "aws-sqs-queue" : "prometheus")"]
    if let type = source.statistic { lines.append("metricType: \(type)") }
    if let authentication = source.of { lines += ["authenticationRef:", "  name: \(jsonString(authentication))"] }
    lines.append("metadata:")
    if let server = source.namespace { lines.append("  serverAddress: \(jsonString(server))") }
    lines.append("  \(isQueue ? "queueURL" : "query"): \(jsonString(source.name))")
    lines.append("  \(isQueue ? "queueLength" : "threshold"): \(value)")
    return lines
      + (source.dimensions ?? [:]).sorted { $0.key < $1.key }.map { "  \($0.key): \(jsonString($0.value))" }
  }

  /// Cron triggers for the stretches of a week in which actions have more run than at others.
  private mutating func clock(_ isScaled: Bool) -> [[String]] {
    var written: [CapacityAction] = []
    for action in target.actions {
      guard let minimum = action.minimum else {
        leave("scheduled action \(action.name)", "it sets no minimum, which is all that a cron trigger asks for")
        continue
      }
      guard CronSchedule(action.recurrence)?.minutesOfWeek != nil else {
        leave("scheduled action \(action.name)", "it is on some dates only, and not every week")
        continue
      }
      if let maximum = action.maximum, maximum != target.maximum {
        leave("the maximum of scheduled action \(action.name)", "a cron trigger sets none")
      }
      if let desired = action.desired, desired > minimum {
        leave(
          "the desired \(desired) of scheduled action \(action.name)",
          "a cron trigger holds a least number all the time, here the minimum, \(minimum)")
      }
      written.append(
        CapacityAction(
          recurrence: action.recurrence, timezone: action.timezone, minimum: minimum, desired: minimum,
          maximum: max(minimum, action.maximum ?? minimum)))
    }
    let windows = KEDAWindow.all(of: written)
    if windows.isEmpty, !written.isEmpty {
      let names = target.actions.map(\.name).joined(separator: ", ")
      leave("scheduled actions \(names)", "their minima are alike, so that no trigger has more run at any time")
    }
    return windows.map { window in
      [
        "type: cron", "metadata:", "  timezone: \(jsonString(window.timezone))", "  start: \(jsonString(window.start))",
        "  end: \(jsonString(window.end))", "  desiredReplicas: \"\(window.replicas)\"",
      ]
    }
  }
}
