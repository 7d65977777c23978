import Model

/// What AWS's command line takes of scaling, as `plimsoll export` writes it for aws-cli: lists of inputs by their
/// commands.
///
/// Source: AWS CLI command reference, the JSON input of each command.
enum AWSScalingInputs: PolicyFormat {
  static let name = "aws-inputs"
  static let outline = "inputs of AWS's command line by their commands"
  static let example = """
    {
      "autoscaling put-scheduled-update-group-action": [
        {"AutoScalingGroupName": "web", "ScheduledActionName": "night", "Recurrence": "0 1 * * *", "MinSize": 1}
      ]
    }
    """

  private static let kinds: [(key: String, kind: AWSResource.Kind)] = [
    ("autoscaling update-auto-scaling-group", .group), ("autoscaling put-scaling-policy", .policy),
    ("autoscaling put-scheduled-update-group-action", .schedule),
    ("application-autoscaling register-scalable-target", .target),
    ("application-autoscaling put-scaling-policy", .servicePolicy),
    ("application-autoscaling put-scheduled-action", .serviceSchedule), ("cloudwatch put-metric-alarm", .alarm),
  ]

  static func recognises(_ document: DocumentNode) -> Bool {
    kinds.contains { document[key: $0.key] != nil }
  }

  /// What commands take that templates have elsewhere or not.
  private static let inputsAlone: Set<String> = [
    "DefaultCooldown", "Enabled", "PolicyName", "ScheduledActionName", "Tags", "Time",
  ]

  static func read(_ document: PolicyDocument, into reading: inout PolicyReading) {
    let scope = TemplateScope(file: document.file, key: document.file)
    if case .mapping(let entries) = document.root.content {
      for entry in entries where !kinds.contains(where: { $0.key == entry.key }) {
        reading.refuse(
          Place(file: document.file, line: entry.line), entry.key, "no command that is known here to scale anything")
      }
    }
    for kind in kinds {
      for element in document.root[key: kind.key]?.elements ?? [] {
        let group = element[key: "AutoScalingGroupName"]?.text ?? element[key: "ResourceId"]?.text ?? ""
        let id = kind.kind == .group ? group : policyReference(group, element[key: "PolicyName"]?.text ?? "")
        for property in kind.kind.unknown(element, besides: inputsAlone) {
          reading.refuse(
            Place(file: document.file, line: property.line), "\(property.key) of \(kind.kind.noun) of \(group)",
            "\(kind.key) takes no such input")
        }
        reading.resources.append(
          AWSResource(kind: kind.kind, id: id, properties: DocumentFields(node: element, scope: scope)))
      }
    }
  }
}

/// What alarms call a policy that has no ARN yet, by its group and its name.
func policyReference(_ group: String, _ name: String) -> String { "policy/\(group)/\(name)" }
