// "HorizontalPodAutoscaler v2 autoscaling", Kubernetes API reference.

import Model

/// A HorizontalPodAutoscaler as a policy of what it scales.
struct PodAutoscalerReading {
  let document: PolicyDocument
  private let root: DocumentFields

  init(_ document: PolicyDocument) {
    self.document = document
    root = DocumentFields(node: document.root, scope: TemplateScope(file: document.file))
  }

  func read(into reading: inout PolicyReading) throws(PolicyFault) {
    guard let spec = try root.fields("spec"), let metadata = try root.fields("metadata") else {
      throw root.wrong("spec", "metadata and spec")
    }
    let version = try root.text("apiVersion") ?? ""
    guard ["autoscaling/v1", "autoscaling/v2", "autoscaling/v2beta2"].contains(version) else {
      throw .refused("its version \(version) has other words than autoscaling/v2")
    }
    var target = try scaledTarget(spec, "scaleTargetRef", namespace: try metadata.text("namespace"))
    target.file = document.file
    target.minimum = try spec.whole("minReplicas", 0...100_000) ?? 1
    guard let most = try spec.whole("maxReplicas", 1...100_000) else {
      throw spec.wrong("maxReplicas", "a whole number")
    }
    target.maximum = most
    guard target.minimum ?? 0 <= most else { throw spec.wrong("minReplicas", "at most maxReplicas, \(most)") }
    var policy = ScalingPolicy()
    (policy.name, policy.kind) = (try metadata.required("name"), .hpa)
    var tracked = try metrics(spec, policy.name, version, target, &reading)
    guard !tracked.isEmpty else { throw .refused("none of its metrics can be followed here") }
    let first = tracked.removeFirst()
    (policy.metric, policy.target, policy.source) = (first.metric, first.target, first.source)
    policy.also = tracked
    if let behaviour = try spec.fields("behavior") {
      policy.scaleUp = try scalingBehaviour(behaviour, "scaleUp")
      policy.scaleDown = try scalingBehaviour(behaviour, "scaleDown")
    }
    refuseUnknown(spec, Self.known, policy.name, &reading)
    target.policies = [policy]
    for (figure, key) in [("minimum", "minReplicas"), ("maximum", "maxReplicas")] {
      guard let node = spec[key] else { continue }
      reading.sites.append(FigureSite(FigureKey(target.name, nil, figure), document.file, node))
    }
    reading.targets.append(target)
  }

  private static let known: Set<String> = [
    "scaleTargetRef", "minReplicas", "maxReplicas", "metrics", "behavior", "targetCPUUtilizationPercentage",
  ]
  private static let knownOfMetrics: Set<String> = [
    "type", "resource", "pods", "object", "external", "containerResource",
  ]

  /// What an autoscaler does not have: mistyped, or newer than what is known here.
  private func refuseUnknown(
    _ fields: DocumentFields, _ known: Set<String>, _ name: String, _ reading: inout PolicyReading
  ) {
    guard case .mapping(let entries) = fields.node.content else { return }
    for entry in entries where !known.contains(entry.key) {
      reading.refuse(
        Place(file: document.file, line: entry.line), "\(entry.key) of autoscaler \(name)", "no such key is known here")
    }
  }

  private func metrics(
    _ spec: DocumentFields, _ name: String, _ version: String, _ target: ScaledTarget, _ reading: inout PolicyReading
  ) throws(PolicyFault) -> [TrackedMetric] {
    guard version != "autoscaling/v1", spec["metrics"] != nil else {
      // Without a metric Kubernetes follows CPU, by itself at 80 %.
      let key = "targetCPUUtilizationPercentage"
      let percent = version == "autoscaling/v1" ? try spec.whole(key, 1...100_000) : nil
      return [
        TrackedMetric(
          metric: .cpuPercent, target: ScaledDecimal(mantissa: Int64(percent ?? 80), scale: 0),
          source: MetricSource(.resource, "cpu"))
      ]
    }
    var tracked: [TrackedMetric] = []
    for fields in try spec.list("metrics") {
      refuseUnknown(fields, Self.knownOfMetrics, name, &reading)
      do throws(PolicyFault) {
        let (metric, node) = try PodMetric(fields).read()
        if let node {
          let key = FigureKey(target.name, name, "targets[\(tracked.count)]")
          reading.sites.append(FigureSite(key, document.file, node))
        }
        tracked.append(metric)
      } catch {
        reading.note(error, "metric of autoscaler \(name)", at: fields.scope.place(fields.node))
      }
    }
    return tracked
  }
}

/// What is scaled, by the reference to it.
func scaledTarget(
  _ spec: DocumentFields, _ key: String, namespace: String?
) throws(PolicyFault) -> ScaledTarget {
  guard let reference = try spec.fields(key) else { throw spec.wrong(key, "what is scaled") }
  let kind = ScaledTarget.Kind.workload(
    kind: try reference.text("kind") ?? "Deployment", version: try reference.text("apiVersion"), namespace: namespace)
  return ScaledTarget(name: try reference.required("name"), kind: kind)
}

/// How fast it changes in a direction; nil where nothing is said.
func scalingBehaviour(_ fields: DocumentFields, _ key: String) throws(PolicyFault) -> ScalingBehaviour? {
  guard let own = try fields.fields(key) else { return nil }
  var behaviour = ScalingBehaviour()
  behaviour.window = try own.span("stabilizationWindowSeconds", 0...3600)
  if let select = try own.text("selectPolicy") {
    guard let word = ScalingBehaviour.Selection(rawValue: select) else {
      throw own.wrong("selectPolicy", "Max, Min or Disabled")
    }
    behaviour.select = word
  }
  if let tolerance = try own.text("tolerance") {
    guard let share = quantity(tolerance), (0...1).contains(share.double),
      let percent = Conversion(100, over: 1).apply(share.mantissa, scale: share.scale)
    else { throw own.wrong("tolerance", "a quantity from 0 to 1") }
    behaviour.tolerancePercent = percent.normalised
  }
  guard own["policies"] != nil else { return behaviour }
  var limits: [ChangeLimit] = []
  for policy in try own.list("policies") {
    var limit = ChangeLimit()
    guard let kind = ChangeLimit.Kind(rawValue: try policy.required("type")) else {
      throw policy.wrong("type", "Pods or Percent")
    }
    guard let value = try policy.whole("value", 1...1_000_000), let period = try policy.span("periodSeconds", 1...1800)
    else { throw policy.wrong("value", "a value above 0 and periodSeconds") }
    (limit.kind, limit.value, limit.period) = (kind, value, period)
    limits.append(limit)
  }
  behaviour.policies = limits
  return behaviour
}

/// One metric of an autoscaler.
struct PodMetric {
  private let fields: DocumentFields

  init(_ fields: DocumentFields) { self.fields = fields }

  /// The metric, and where its target stands.
  func read() throws(PolicyFault) -> (TrackedMetric, DocumentNode?) {
    switch try fields.required("type") {
    case "Resource": try resource()
    case "Pods": try named("pods", .pods)
    case "Object": try named("object", .object)
    case "External": try named("external", .external)
    case "ContainerResource": throw .refused("it is of one container of a pod")
    default: throw fields.wrong("type", "Resource, Pods, Object, External or ContainerResource")
    }
  }

  private func resource() throws(PolicyFault) -> (TrackedMetric, DocumentNode?) {
    guard let own = try fields.fields("resource"), let target = try own.fields("target") else {
      throw fields.wrong("resource", "its name and target")
    }
    let name = try own.required("name")
    guard let metric = ["cpu": Metric.cpuPercent, "memory": .memoryPercent][name] else {
      throw .refused("nothing here measures resource \(name)")
    }
    guard let percent = try target.whole("averageUtilization", 1...100_000) else {
      throw .refused("it holds an amount of \(name) a pod, and not a share of what pods ask for")
    }
    let tracked = TrackedMetric(
      metric: metric, target: ScaledDecimal(mantissa: Int64(percent), scale: 0), source: MetricSource(.resource, name))
    return (tracked, target["averageUtilization"])
  }

  private func named(_ key: String, _ kind: MetricSource.Kind) throws(PolicyFault) -> (TrackedMetric, DocumentNode?) {
    guard let own = try fields.fields(key), let metric = try own.fields("metric"), let target = try own.fields("target")
    else { throw fields.wrong(key, "its metric and target") }
    var source = MetricSource(kind, try metric.required("name"))
    if let selector = try metric.fields("selector") {
      guard selector["matchExpressions"] == nil else { throw .refused("its series are chosen by expressions") }
      source.dimensions = try labels(selector)
    }
    if let object = try own.fields("describedObject") {
      let words = [try object.text("apiVersion"), try object.required("kind"), try object.required("name")]
      source.of = words.compactMap(\.self).joined(separator: "/")
    }
    let type = try target.text("type") ?? (kind == .pods ? "AverageValue" : "Value")
    guard type == "AverageValue" || type == "Value" && kind != .pods else {
      throw target.wrong("type", kind == .pods ? "AverageValue" : "Value or AverageValue")
    }
    let figure = type == "Value" ? "value" : "averageValue"
    guard let value = try target.quantity(figure) else { throw target.wrong(figure, "a quantity") }
    if kind != .pods { source.statistic = type }
    let name = source.name.replacing("-", with: "_")
    return (
      TrackedMetric(metric: builtInNames[name]?.metric ?? Metric(name), target: value, source: source), target[figure]
    )
  }

  private func labels(_ selector: DocumentFields) throws(PolicyFault) -> [String: String]? {
    guard let match = try selector.fields("matchLabels"), case .mapping(let entries) = match.node.content else {
      return nil
    }
    var labels: [String: String] = [:]
    for entry in entries { labels[entry.key] = try match.required(entry.key) }
    return labels
  }
}
