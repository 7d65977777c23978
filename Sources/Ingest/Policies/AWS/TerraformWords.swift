import Model

/// The properties of Terraform's resources in the words of AWS's own: `min_size` is `MinSize`, and a block that may stand
/// once is no list.
struct TerraformWords {
  var scope: TemplateScope
  /// The module's address, with a point behind; empty for the root.
  var prefix: String
  /// What the configuration refers to where the plan knows no value yet.
  var expressions: DocumentNode?
  /// True for plans and states, which write every argument of a resource, and what the provider works out.
  var isPlanned = false

  private static let kinds: [String: AWSResource.Kind] = [
    "aws_autoscaling_group": .group, "aws_autoscaling_policy": .policy, "aws_autoscaling_schedule": .schedule,
    "aws_cloudwatch_metric_alarm": .alarm, "aws_cloudwatch_composite_alarm": .compositeAlarm,
    "aws_appautoscaling_target": .target, "aws_appautoscaling_policy": .servicePolicy,
    "aws_appautoscaling_scheduled_action": .serviceSchedule,
  ]

  /// Why a resource that changes capacity is not read; nil for others.
  static func refusal(_ type: String) -> String? {
    switch type {
    case "aws_autoscalingplans_scaling_plan": "a scaling plan, which makes policies by itself"
    case "aws_scheduler_schedule", "aws_cloudwatch_event_rule": "a schedule of calls, which may do anything"
    case "kubernetes_horizontal_pod_autoscaler", "kubernetes_horizontal_pod_autoscaler_v2":
      "an autoscaler of Kubernetes; kubectl get hpa -o yaml prints it"
    default: nil
    }
  }

  /// A resource by its address; nil for one that scales nothing.
  func resource(_ type: String, address: String, _ values: DocumentNode) -> AWSResource? {
    guard let kind = Self.kinds[type], case .mapping(let entries) = values.content else { return nil }
    var known = entries.compactMap { translated($0, of: kind) }
    known += referred(kind, besides: Set(known.filter { !$0.value.isNull && !$0.value.isEmptyList }.map(\.key)))
    // Last of two counts: what is referred to where the plan knows nothing.
    var seen: Set<String> = []
    known = known.reversed().filter { seen.insert($0.key).inserted }.reversed()
    let node = DocumentNode(.mapping(known), line: values.line)
    var scope = scope
    scope.address = address
    scope.spelling = Self.spelling(values, of: kind)
    let plain = address.hasSuffix("]") ? String(address.prefix { $0 != "[" }) : address
    return AWSResource(kind: kind, id: plain, name: nil, properties: DocumentFields(node: node, scope: scope))
  }

  /// The arguments of a resource and of the blocks in it by AWS's words for them.
  private static func spelling(_ values: DocumentNode, of kind: AWSResource.Kind?) -> [String: String] {
    switch values.content {
    case .scalar: [:]
    case .list(let elements): elements.reduce(into: [:]) { $0.merge(spelling($1, of: nil)) { first, _ in first } }
    case .mapping(let entries):
      entries.reduce(into: [:]) { words, entry in
        words[word(entry.key, of: kind)] = entry.key
        words.merge(spelling(entry.value, of: nil)) { first, _ in first }
      }
    }
  }

  private func translated(_ entry: DocumentEntry, of kind: AWSResource.Kind?) -> DocumentEntry? {
    let key = Self.word(entry.key, of: kind)
    // An empty text is none: Terraform's bounds without an end are such.
    if entry.value.text == "" { return nil }
    return DocumentEntry(key, line: entry.line, value(entry.value, of: key))
  }

  private func value(_ node: DocumentNode, of key: String) -> DocumentNode {
    switch node.content {
    case .scalar: return node
    case .mapping(let entries):
      if key == "Dimensions" { return dimensions(entries, node) }
      return DocumentNode(.mapping(entries.compactMap { translated($0, of: nil) }), line: node.line)
    case .list(let elements):
      if Self.single.contains(key) {
        return elements.first.map { value($0, of: key) } ?? DocumentNode(.scalar("", isPlain: true), line: node.line)
      }
      return DocumentNode(.list(elements.map { value($0, of: key == "Dimensions" ? "" : key) }), line: node.line)
    }
  }

  /// A mapping of names to values as the list of pairs that AWS takes.
  private func dimensions(_ entries: [DocumentEntry], _ node: DocumentNode) -> DocumentNode {
    let pairs = entries.map { entry in
      DocumentNode(
        .mapping([
          DocumentEntry("Name", line: entry.line, .phrase(entry.key)),
          DocumentEntry("Value", line: entry.line, entry.value),
        ]),
        line: entry.line)
    }
    return DocumentNode(.list(pairs), line: node.line)
  }

  /// Blocks that stand once at most, which plans have as lists.
  private static let single: Set<String> = [
    "TargetTrackingConfiguration", "TargetTrackingScalingPolicyConfiguration", "StepScalingPolicyConfiguration",
    "PredictiveScalingConfiguration", "PredefinedMetricSpecification", "CustomizedMetricSpecification",
    "PredefinedMetricPairSpecification", "PredictiveScalingPolicyConfiguration", "ScalableTargetAction",
    "SuspendedState",
  ]

  private static func word(_ key: String, of kind: AWSResource.Kind?) -> String {
    if key == "name", let kind {
      switch kind {
      case .group: return "AutoScalingGroupName"
      case .policy, .servicePolicy: return "PolicyName"
      case .serviceSchedule: return "ScheduledActionName"
      default: break
      }
    }
    if let special = specials[key] { return special }
    return key.split(separator: "_").map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
  }

  private static let specials = [
    "autoscaling_group_name": "AutoScalingGroupName", "step_adjustment": "StepAdjustments",
    "metric_specification": "MetricSpecifications", "metric_dimension": "Dimensions", "dimensions": "Dimensions",
    "metric_query": "Metrics", "arn": "PolicyARN",
  ]

  /// Of what an alarm is whose dimensions the plan does not know yet: of a group, or of something by its type.
  private func dimensions(of addresses: [String], _ entry: DocumentEntry) -> DocumentNode {
    let pairs = addresses.map { address in
      let type = String(address.prefix { $0 != "." })
      let name = type == "aws_autoscaling_group" ? "AutoScalingGroupName" : type
      return DocumentEntry(name, line: entry.line, .phrase(prefix + address))
    }
    return dimensions(pairs, entry.value)
  }

  /// What the configuration refers to, by address.
  private func referred(_ kind: AWSResource.Kind, besides known: Set<String>) -> [DocumentEntry] {
    guard case .mapping(let entries)? = expressions?.content else { return [] }
    return entries.compactMap { entry in
      let key = Self.word(entry.key, of: kind)
      let addresses = (entry.value[key: "references"]?.elements ?? []).compactMap(\.text)
        .filter { $0.split(separator: ".").count == 2 && !$0.hasPrefix("var.") && !$0.hasPrefix("local.") }
      guard !known.contains(key), !addresses.isEmpty else { return nil }
      if key == "Dimensions" { return DocumentEntry(key, line: entry.line, dimensions(of: addresses, entry)) }
      let nodes = addresses.map { DocumentNode(.scalar(prefix + $0, isPlain: false), line: entry.line) }
      return DocumentEntry(
        key, line: entry.line, key == "AlarmActions" ? DocumentNode(.list(nodes), line: entry.line) : nodes[0])
    }
  }
}

extension DocumentNode {
  fileprivate var isEmptyList: Bool { if case .list(let elements) = content { elements.isEmpty } else { false } }
}
