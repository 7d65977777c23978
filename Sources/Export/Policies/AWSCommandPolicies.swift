// The JSON input of each command, AWS CLI command reference. An alarm needs the ARN that AWS gives a policy when it is put;
// until then it has the policy's name, `policy/GROUP/POLICY`, in its place.

import Model

/// Inputs of AWS's command line by their commands.
package struct AWSCommandPolicies: PolicyExportFormat {
  package let name = "aws-cli"
  package let summary =
    "Inputs of AWS's command line by their commands, an alarm's policy by its name where its ARN belongs"
  package init() {}

  package func write(_ policies: ExportedPolicies) -> WrittenPolicies {
    let scaling = AWSWrittenScaling(policies.configuration)
    func of(_ items: [AWSWrittenScaling.Item], _ isGroup: Bool) -> [AWSWrittenScaling.Item] {
      items.filter { $0.target.isGroup == isGroup }
    }
    let groups = scaling.targets.filter { $0.isGroup && ($0.minimum != nil || $0.maximum != nil || $0.desired != nil) }
    let commands: [(String, [ExportedJSON])] = [
      ("autoscaling update-auto-scaling-group", groups.map(limits)),
      ("application-autoscaling register-scalable-target", scaling.targets.filter { !$0.isGroup }.map(limits)),
      ("autoscaling put-scaling-policy", of(scaling.policies, true).map { input($0, "PolicyName") }),
      ("application-autoscaling put-scaling-policy", of(scaling.policies, false).map { input($0, "PolicyName") }),
      ("cloudwatch put-metric-alarm", scaling.alarms.map(alarm)),
      (
        "autoscaling put-scheduled-update-group-action",
        of(scaling.actions, true).map { input($0, "ScheduledActionName") }
      ),
      (
        "application-autoscaling put-scheduled-action",
        of(scaling.actions, false).map { input($0, "ScheduledActionName") }
      ),
    ]
    let said = commands.filter { !$0.1.isEmpty }
    let file = ExportedJSON.object(said.map { ($0.0, .array($0.1)) })
    return WrittenPolicies(
      bytes: Array((file.text() + "\n").utf8), leftOut: scaling.leftOut, isEmpty: said.isEmpty)
  }

  private func place(_ target: ScaledTarget) -> [(String, ExportedJSON)] {
    target.isGroup
      ? [("AutoScalingGroupName", .string(target.name))] : target.serviceWords.map { ($0, ExportedJSON.string($1)) }
  }

  private func limits(_ target: ScaledTarget) -> ExportedJSON {
    let words = target.isGroup ? ["MinSize", "DesiredCapacity", "MaxSize"] : ["MinCapacity", "", "MaxCapacity"]
    let counts = zip(words, [target.minimum, target.isGroup ? target.desired : nil, target.maximum])
    return .object(place(target) + counts.compactMap { word, count in count.map { (word, .number($0)) } })
  }

  private func input(_ item: AWSWrittenScaling.Item, _ nameKey: String) -> ExportedJSON {
    .object(place(item.target) + [(nameKey, .string(item.name))] + item.properties)
  }

  private func alarm(_ item: AWSWrittenScaling.Item) -> ExportedJSON {
    let target = item.target.isGroup ? item.target.name : item.target.serviceWords.last?.1 ?? item.target.name
    return .object(
      [
        ("AlarmName", .string("\(item.target.name)-\(item.name)")),
        ("AlarmActions", .array([.string("policy/\(target)/\(item.name)")])),
      ] + item.properties)
  }
}
