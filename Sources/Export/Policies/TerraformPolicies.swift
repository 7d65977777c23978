// "JSON Configuration Syntax", Terraform documentation; `aws_autoscaling_policy`, `aws_appautoscaling_*` and
// `aws_cloudwatch_metric_alarm` of its AWS provider, whose words are AWS's own in small letters.

import Model

/// A configuration of Terraform in JSON, a `.tf.json` file; the names of the groups are variables.
package struct TerraformPolicies: PolicyExportFormat {
  package let name = "terraform"
  package let summary = "A .tf.json file of policies, their alarms and scheduled actions"
  package init() {}

  package func write(_ policies: ExportedPolicies) -> WrittenPolicies {
    let scaling = AWSWrittenScaling(policies.configuration)
    let words = TerraformText(scaling)
    let groups = scaling.targets.filter { target in
      target.isGroup && (scaling.policies + scaling.actions).contains { $0.target.name == target.name }
    }
    let variables = groups.map { group -> (String, ExportedJSON) in
      (
        words.groups[group.name],
        .object([
          ("type", .string("string")), ("default", words.string(group.name)),
          ("description", words.string("Auto Scaling group of \(group.name)")),
        ])
      )
    }
    let members: [(String, ExportedJSON)] = [
      ("//", words.string(policies.origin)), ("variable", .object(variables)), ("resource", .object(words.resources)),
    ]
    let file = ExportedJSON.object(
      members.filter { if case .object(let parts) = $0.1 { !parts.isEmpty } else { true } })
    let limits = scaling.targets.filter { $0.isGroup && ($0.minimum != nil || $0.maximum != nil) }.map {
      "the limits of \($0.name): they are its group's, which is configured elsewhere"
    }
    return WrittenPolicies(
      bytes: Array((file.text() + "\n").utf8), leftOut: scaling.leftOut + limits, isEmpty: words.resources.isEmpty)
  }
}

/// Resources of AWS in Terraform's words.
private struct TerraformText {
  let scaling: AWSWrittenScaling
  let groups: Identifiers
  private let policyNames, actionNames, targetNames: Identifiers

  init(_ scaling: AWSWrittenScaling) {
    self.scaling = scaling
    groups = Identifiers(scaling.targets.map(\.name)) { "\($0.snakeCase)_group" }
    targetNames = Identifiers(scaling.targets.map(\.name)) { $0.snakeCase }
    policyNames = Identifiers(scaling.policies.map(\.key)) { $0.ownName.snakeCase }
    actionNames = Identifiers(scaling.actions.map(\.key)) { $0.ownName.snakeCase }
  }

  var resources: [(String, ExportedJSON)] {
    func of(_ items: [AWSWrittenScaling.Item], _ isGroup: Bool) -> [AWSWrittenScaling.Item] {
      items.filter { $0.target.isGroup == isGroup }
    }
    let targets = scaling.targets.filter(\.hasServiceLimits).map { target -> (String, ExportedJSON) in
      let limits = [("MinCapacity", target.minimum), ("MaxCapacity", target.maximum)].compactMap { key, count in
        count.map { (key, ExportedJSON.number($0)) }
      }
      return (targetNames[target.name], block(target.serviceWords.map { ($0, ExportedJSON.string($1)) } + limits))
    }
    let kinds: [(String, [(String, ExportedJSON)])] = [
      ("aws_appautoscaling_target", targets),
      ("aws_autoscaling_policy", of(scaling.policies, true).map { (policyNames[$0.key], policy($0)) }),
      ("aws_appautoscaling_policy", of(scaling.policies, false).map { (policyNames[$0.key], policy($0)) }),
      ("aws_cloudwatch_metric_alarm", scaling.alarms.map { (policyNames[$0.key], alarm($0)) }),
      (
        "aws_autoscaling_schedule",
        of(scaling.actions, true).map {
          (actionNames[$0.key], block([group($0), ("ScheduledActionName", .string($0.name))] + $0.properties))
        }
      ),
      (
        "aws_appautoscaling_scheduled_action",
        of(scaling.actions, false).map {
          (actionNames[$0.key], block([("name", .string($0.name))] + place($0) + $0.properties))
        }
      ),
    ]
    return kinds.filter { !$0.1.isEmpty }.map { ($0.0, .object($0.1)) }
  }

  private func policy(_ item: AWSWrittenScaling.Item) -> ExportedJSON {
    block([("name", .string(item.name))] + (item.target.isGroup ? [group(item)] : place(item)) + item.properties)
  }

  private func alarm(_ item: AWSWrittenScaling.Item) -> ExportedJSON {
    let kind = item.target.isGroup ? "aws_autoscaling_policy" : "aws_appautoscaling_policy"
    let action = ExportedJSON.expression("${\(kind).\(policyNames[item.key]).arn}")
    return block(
      [("AlarmName", .string("\(item.target.name)-\(item.name)")), ("AlarmActions", .array([action]))]
        + item.properties.map { key, value in key == "Dimensions" ? (key, pairs(value, item.target)) : (key, value) })
  }

  private func group(_ item: AWSWrittenScaling.Item) -> (String, ExportedJSON) {
    ("AutoScalingGroupName", .expression("${var.\(groups[item.target.name])}"))
  }

  private func place(_ item: AWSWrittenScaling.Item) -> [(String, ExportedJSON)] {
    guard item.target.hasServiceLimits else { return item.target.serviceWords.map { ($0, ExportedJSON.string($1)) } }
    let address = "aws_appautoscaling_target.\(targetNames[item.target.name])"
    return item.target.serviceWords.map { key, _ in (key, .expression("${\(address).\(word(key))}")) }
  }

  /// Dimensions of an alarm are a mapping of names to values.
  private func pairs(_ list: ExportedJSON, _ target: ScaledTarget) -> ExportedJSON {
    guard case .array(let items) = list else { return list }
    let pairs = items.compactMap { item -> (String, ExportedJSON)? in
      guard case .object(let members) = item, members.count == 2, case .string(let name) = members[0].1 else {
        return nil
      }
      return ("=\(name)", members[1].1)
    }
    return .object(pairs)
  }

  private func block(_ properties: [(String, ExportedJSON)]) -> ExportedJSON {
    .object(
      properties.map { key, value in (word(key), translated(value, isMetric: key.hasSuffix("MetricSpecification"))) })
  }

  private func translated(_ value: ExportedJSON, isMetric: Bool) -> ExportedJSON {
    switch value {
    case .string(let text): return string(text)
    case .number, .literal, .expression: return value
    case .array(let items): return .array(items.map { translated($0, isMetric: isMetric) })
    case .object(let members):
      return .object(
        members.map { key, value in
          let word =
            key.hasPrefix("=")
            ? String(key.dropFirst()) : key == "Dimensions" && isMetric ? "metric_dimension" : word(key)
          return (word, translated(value, isMetric: isMetric || key.hasSuffix("MetricSpecification")))
        })
    }
  }

  /// A text in which nothing is a template.
  func string(_ text: String) -> ExportedJSON {
    .string(text.replacing("${", with: "$${").replacing("%{", with: "%%{"))
  }

  private static let specials = [
    "AutoScalingGroupName": "autoscaling_group_name", "StepAdjustments": "step_adjustment",
    "MetricSpecifications": "metric_specification", "Timezone": "timezone", "TimeZone": "time_zone",
  ]

  /// `min_adjustment_magnitude` of `MinAdjustmentMagnitude`.
  private func word(_ key: String) -> String {
    if let special = Self.specials[key] { return special }
    var word = ""
    for character in key {
      if character.isUppercase, !word.isEmpty { word.append("_") }
      word += character.lowercased()
    }
    return word
  }
}
