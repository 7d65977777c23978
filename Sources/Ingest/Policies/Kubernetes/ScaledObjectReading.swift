// "ScaledObject specification" and the scalers "CPU", "Memory", "Cron", "Prometheus", "AWS SQS Queue", KEDA documentation. KEDA
// makes an autoscaler of Kubernetes of them; of several cron triggers the one that asks for most counts.

import Model

/// A ScaledObject of KEDA as a policy and scheduled actions of what it scales.
struct ScaledObjectReading {
  let document: PolicyDocument
  private let root: DocumentFields
  private var tracked: [TrackedMetric] = []
  private var windows: [Window] = []
  private var name = ""

  /// A cron trigger, and the minutes of the week at which it asks for replicas.
  private struct Window {
    var start, end, timezone: String
    var replicas: Int
    var minutes: [Bool]
  }

  init(_ document: PolicyDocument) {
    self.document = document
    root = DocumentFields(node: document.root, scope: TemplateScope(file: document.file))
  }

  private static let known: Set<String> = [
    "scaleTargetRef", "minReplicaCount", "maxReplicaCount", "cooldownPeriod", "triggers", "advanced",
  ]

  mutating func read(into reading: inout PolicyReading) throws(PolicyFault) {
    guard let spec = try root.fields("spec"), let metadata = try root.fields("metadata") else {
      throw root.wrong("spec", "metadata and spec")
    }
    name = try metadata.required("name")
    var target = try scaledTarget(spec, "scaleTargetRef", namespace: try metadata.text("namespace"))
    target.file = document.file
    target.minimum = try spec.whole("minReplicaCount", 0...100_000) ?? 0
    let most = try spec.whole("maxReplicaCount", 1...100_000) ?? 100
    target.maximum = most
    guard target.minimum ?? 0 <= most else { throw spec.wrong("minReplicaCount", "at most maxReplicaCount, \(most)") }
    for (index, trigger) in try spec.list("triggers").enumerated() {
      do throws(PolicyFault) {
        try add(trigger, target, &reading)
      } catch {
        reading.note(error, "trigger \(index + 1) of \(name)", at: trigger.scope.place(trigger.node))
      }
    }
    let cooldown = try spec.span("cooldownPeriod")
    if !tracked.isEmpty { target.policies = [try policy(spec, cooldown)] }
    target.actions = actions(least: target.minimum ?? 0)
    refuseOthers(spec, cooldown, &reading)
    for (figure, key) in [("minimum", "minReplicaCount"), ("maximum", "maxReplicaCount")] {
      guard let node = spec[key] else { continue }
      reading.sites.append(FigureSite(FigureKey(target.name, nil, figure), document.file, node))
    }
    reading.targets.append(target)
  }

  private func refuseOthers(_ spec: DocumentFields, _ cooldown: TimeSpan?, _ reading: inout PolicyReading) {
    guard case .mapping(let entries) = spec.node.content else { return }
    for entry in entries where !Self.known.contains(entry.key) && entry.key != "pollingInterval" {
      reading.refuse(
        Place(file: document.file, line: entry.line), "\(entry.key) of \(name)", "it has no like here")
    }
    if tracked.isEmpty, let cooldown, cooldown.seconds != 300 {
      reading.refuse(
        spec.scope.place(spec.node), "cooldownPeriod of \(name)", "nothing scales it but the clock")
    }
  }

  private func policy(_ spec: DocumentFields, _ cooldown: TimeSpan?) throws(PolicyFault) -> ScalingPolicy {
    var policy = ScalingPolicy()
    (policy.name, policy.kind, policy.cooldown) = (name, .hpa, cooldown)
    (policy.metric, policy.target, policy.source) = (tracked[0].metric, tracked[0].target, tracked[0].source)
    policy.also = Array(tracked.dropFirst())
    if let advanced = try spec.fields("advanced") {
      guard advanced["scalingModifiers"] == nil else { throw .refused("its metrics are put into a formula") }
      if let own = try advanced.fields("horizontalPodAutoscalerConfig")?.fields("behavior") {
        policy.scaleUp = try scalingBehaviour(own, "scaleUp")
        policy.scaleDown = try scalingBehaviour(own, "scaleDown")
      }
    }
    return policy
  }

  // MARK: Triggers

  private mutating func add(
    _ trigger: DocumentFields, _ target: ScaledTarget, _ reading: inout PolicyReading
  ) throws(PolicyFault) {
    guard let metadata = try trigger.fields("metadata") else { throw trigger.wrong("metadata", "a mapping") }
    let figure: String
    switch try trigger.required("type") {
    case "cron": return try addWindow(metadata, most: target.maximum ?? .max, &reading)
    case "cpu": figure = try addShare(trigger, metadata, .cpuPercent, "cpu")
    case "memory": figure = try addShare(trigger, metadata, .memoryPercent, "memory")
    case "prometheus":
      figure = "threshold"
      try addOutside(trigger, metadata, .query, nameKey: "query", figure: figure)
    case "aws-sqs-queue":
      figure = "queueLength"
      try addOutside(trigger, metadata, .queue, nameKey: "queueURL", figure: figure)
    case let other: throw .refused("a \(other.asPrintable ?? "nameless") trigger follows what nothing here measures")
    }
    if let node = metadata[figure] {
      let key = FigureKey(target.name, name, "targets[\(tracked.count - 1)]")
      reading.sites.append(FigureSite(key, document.file, node))
    }
  }

  private mutating func addShare(
    _ trigger: DocumentFields, _ metadata: DocumentFields, _ metric: Metric, _ word: String
  ) throws(PolicyFault) -> String {
    // Older versions say the type among the metadata.
    let types = [try trigger.text("metricType"), try metadata.text("type")].compactMap(\.self)
    guard types.allSatisfy({ $0 == "Utilization" }) else {
      throw .refused("it holds an amount of \(word) a pod, and not a share")
    }
    guard metadata["containerName"] == nil else { throw .refused("it is of one container of a pod") }
    guard let value = try metadata.quantity("value") else { throw metadata.wrong("value", "a percentage") }
    tracked.append(TrackedMetric(metric: metric, target: value, source: MetricSource(.resource, word)))
    return "value"
  }

  private mutating func addOutside(
    _ trigger: DocumentFields, _ metadata: DocumentFields, _ kind: MetricSource.Kind, nameKey: String, figure: String
  ) throws(PolicyFault) {
    var source = MetricSource(kind, try metadata.required(nameKey))
    source.namespace = try metadata.text("serverAddress")
    source.statistic = try trigger.text("metricType")
    source.of = try trigger.fields("authenticationRef")?.text("name")
    let target = try metadata.quantity(figure) ?? (kind == .queue ? ScaledDecimal(mantissa: 5, scale: 0) : nil)
    guard let target else { throw metadata.wrong(figure, "a number") }
    var others: [String: String] = [:]
    if case .mapping(let entries) = metadata.node.content {
      for entry in entries where ![nameKey, figure, "serverAddress"].contains(entry.key) {
        others[entry.key] = try metadata.text(entry.key) ?? ""
      }
    }
    if !others.isEmpty { source.dimensions = others }
    let name = kind == .queue ? Metric.queueDepthItems.rawValue : firstMetric(ofQuery: source.name) ?? source.name
    tracked.append(
      TrackedMetric(metric: builtInNames[name]?.metric ?? Metric(name), target: target, source: source))
  }

  // MARK: The clock

  private mutating func addWindow(
    _ metadata: DocumentFields, most: Int, _ reading: inout PolicyReading
  ) throws(PolicyFault) {
    let (start, end) = (try metadata.required("start"), try metadata.required("end"))
    let zone = try metadata.required("timezone")
    guard LocalClock(identifier: zone) != nil else { throw metadata.wrong("timezone", "an IANA time zone") }
    guard let replicas = try metadata.whole("desiredReplicas", 0...100_000) else {
      throw metadata.wrong("desiredReplicas", "a whole number")
    }
    guard let from = CronSchedule(start) else { throw metadata.wrong("start", "five cron fields") }
    guard let to = CronSchedule(end) else { throw metadata.wrong("end", "five cron fields") }
    guard let starts = from.minutesOfWeek, let ends = to.minutesOfWeek, !starts.isEmpty, !ends.isEmpty else {
      throw .refused("it is on some dates only, and not every week")
    }
    guard windows.count < Self.mostWindows else { throw .refused("it is one of more than \(Self.mostWindows)") }
    let minutes = Self.minutes(from: Set(starts), to: Set(ends))
    let overlaps = windows.contains { other in
      other.timezone != zone || zip(other.minutes, minutes).contains { $0 && $1 }
    }
    guard !overlaps else { throw .refused("its times overlap those of another cron trigger, or are on another clock") }
    if replicas > most {
      reading.refuse(
        metadata.scope.place(metadata["desiredReplicas"] ?? metadata.node), "desiredReplicas \(replicas) of \(name)",
        "no more than maxReplicaCount, \(most), come of it: read as that")
    }
    windows.append(
      Window(start: start, end: end, timezone: zone, replicas: min(replicas, most), minutes: minutes))
  }

  /// More cron triggers than a week has hours to tell apart.
  private static let mostWindows = 168

  /// The minutes of the week from each start to the next end; the week before says how it begins.
  private static func minutes(from starts: Set<Int>, to ends: Set<Int>) -> [Bool] {
    let week = 7 * 1440
    var active = [Bool](repeating: false, count: week)
    var isActive = false
    for minute in 0..<2 * week {
      if ends.contains(minute % week) { isActive = false }
      if starts.contains(minute % week) { isActive = true }
      active[minute % week] = isActive
    }
    return active
  }

  /// Where nothing else scales it, the end of a window takes away what its start brought.
  private func actions(least: Int) -> [ScheduledAction] {
    windows.enumerated().flatMap { index, window -> [ScheduledAction] in
      var start = ScheduledAction()
      start.name = "cron-\(index + 1)-start"
      (start.recurrence, start.timezone, start.minimum) = (window.start, window.timezone, window.replicas)
      var end = ScheduledAction()
      end.name = "cron-\(index + 1)-end"
      (end.recurrence, end.timezone, end.minimum) = (window.end, window.timezone, least)
      if tracked.isEmpty { end.desired = least }
      return [start, end]
    }
  }
}
