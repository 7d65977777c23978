import Model
import Reading
import TestSupport
import Testing

@testable import Ingest

private func read(_ name: String, _ text: String) throws(DataError) -> ScalingConfiguration {
  try readPolicies([InputFile(name: name, bytes: Array(text.utf8))]).configuration
}

/// What stands in files that say what scales and is not read: told with its name, its line and the reason.
@Suite struct UnreadPartsTests {
  private func told(_ name: String, _ text: String) throws -> [String] {
    try read(name, text).refused.map { "\($0.place.line ?? 0) \($0.name): \($0.reason)" }
  }

  @Test("Properties of groups and parts of properties that a template cannot have are told, and stacks of their own")
  func template() throws {
    let text = """
      Resources:
        Web:
          Type: AWS::AutoScaling::AutoScalingGroup
          Properties: {MinSize: 1, MaxSize: 3, MaxSiz: 5, VPCZoneIdentifier: [a]}
        Track:
          Type: AWS::AutoScaling::ScalingPolicy
          Properties:
            AutoScalingGroupName: !Ref Web
            PolicyType: TargetTrackingScaling
            TargetTrackingConfiguration:
              TargetValue: 50
              PredefinedMetricSpecification: {PredefinedMetricType: ASGAverageCPUUtilization, Label: x}
              ScaleInCooldwn: 5
        Inner: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: x}}
      """
    #expect(
      try told("t.yaml", text) == [
        "4 MaxSiz of group Web: AWS::AutoScaling::AutoScalingGroup has no such property",
        "12 TargetTrackingConfiguration.PredefinedMetricSpecification.Label of policy Track: "
          + "AWS::AutoScaling::ScalingPolicy has no such property",
        "13 TargetTrackingConfiguration.ScaleInCooldwn of policy Track: AWS::AutoScaling::ScalingPolicy has no such "
          + "property",
        "14 AWS::CloudFormation::Stack Inner: a stack of its own, whose template is another file",
      ])
    #expect(try read("t.yaml", text).targets.first?.policies.count == 1)
  }

  @Test("So are those of Terraform in JSON, and what only Terraform counts")
  func terraform() throws {
    let text = """
      {"resource": {"aws_autoscaling_group": {
        "web": {"name": "web", "min_size": 1, "max_size": 3,
          "max_sizes": 4},
        "many": {"count": 2, "name": "many", "min_size": 1, "max_size": 3}},
       "aws_appautoscaling_scheduled_action": {"night": {"name": "night", "schedule": "cron(0 1 * * ? *)",
         "service_namespace": "ecs", "resource_id": "service/c/web", "scalable_dimension": "ecs:service:DesiredCount",
         "scalable_target_action": {"min_capacity": 1, "least": 2}}}}}
      """
    #expect(
      try told("t.tf.json", text) == [
        "3 max_sizes of aws_autoscaling_group.web: aws_autoscaling_group has no such argument",
        "4 aws_autoscaling_group.many: it is there by count, how often only Terraform works out",
        "7 scalable_target_action.least of aws_appautoscaling_scheduled_action.night: scalable_target_action has no such "
          + "argument",
      ])
  }

  @Test(
    "So are those of a plan of Terraform, which has what the provider works out beside them, and all that is not set")
  func plan() throws {
    let text = """
      {"format_version": "1.2", "planned_values": {"root_module": {"resources": [
        {"address": "aws_autoscaling_policy.cpu", "type": "aws_autoscaling_policy", "name": "cpu", "values": {
          "name": "cpu40", "autoscaling_group_name": "web", "policy_type": "TargetTrackingScaling",
          "id": "cpu40", "arn": "arn:aws:autoscaling:x", "newest": null, "blocks": [],
          "warmth": 3,
          "target_tracking_configuration": [{"target_value": 40, "unset": "", "least": 2,
            "predefined_metric_specification": [{"predefined_metric_type": "ASGAverageCPUUtilization"}]}]}}]}}}
      """
    #expect(
      try told("plan.json", text) == [
        "5 warmth of aws_autoscaling_policy.cpu: aws_autoscaling_policy has no such argument",
        "6 target_tracking_configuration.least of aws_autoscaling_policy.cpu: target_tracking_configuration has no such "
          + "argument",
      ])
  }

  @Test("What is wrong with Terraform's resources is told by their addresses, in Terraform's words")
  func terraformFaults() throws {
    let plan = """
      {"format_version": "1.2", "planned_values": {"root_module": {"child_modules": [{"address": "module.x", "resources": [
        {"address": "module.x.aws_autoscaling_group.web[0]", "type": "aws_autoscaling_group", "name": "web",
         "values": {"name": "web", "min_size": 5, "max_size": 3}},
        {"address": "module.x.aws_autoscaling_policy.cpu", "type": "aws_autoscaling_policy", "name": "cpu",
         "values": {"name": "cpu", "autoscaling_group_name": "b", "policy_type": "StepScaling",
          "adjustment_type": "ChangeInCapacity", "step_adjustment": [{"metric_interval_lower_bound": "x"}]}},
        {"address": "module.x.aws_autoscaling_policy.ram", "type": "aws_autoscaling_policy", "name": "ram",
         "values": {"name": "ram", "autoscaling_group_name": "b", "policy_type": "TargetTrackingScaling",
          "target_tracking_configuration": [{"target_value": 4}]}}]}]}}}
      """
    let fault = #expect(throws: DataError.self) { try read("plan.json", plan) }
    let all = fault.map { [$0] + $0.further } ?? []
    #expect(
      all.map { "\($0.place): found \($0.found), expected \($0.expected)" } == [
        "plan.json:3: module.x.aws_autoscaling_group.web[0].min_size: found \"5\", expected at most max_size, 3",
        "plan.json:6: module.x.aws_autoscaling_policy.cpu.metric_interval_lower_bound: found \"x\" in quotes, expected a number up to 10^12 of at most 18 digits",
        "plan.json:9: module.x.aws_autoscaling_policy.ram: found no \"predefined_metric_specification\", expected it or customized_metric_specification",
      ])
    let text = """
      {"resource": {"aws_autoscaling_policy": {"cpu": {"name": "cpu", "autoscaling_group_name": "${local.group}",
        "policy_type": "Tracking"}}}}
      """
    let other = #expect(throws: DataError.self) { try read("t.tf.json", text) }
    #expect(
      other?.description
        == "t.tf.json:2: aws_autoscaling_policy.cpu.policy_type: found \"Tracking\" in quotes, expected TargetTrackingScaling, "
        + "StepScaling, SimpleScaling or PredictiveScaling")
  }

  @Test(
    "A plan without what a plan holds is no plan without policies",
    arguments: [
      (#"null"#, "1 Terraform plan: it has no root_module with resources"),
      (#"{"root_module": {"resources": "x"}}"#, "1 resources of the module: it is no list"),
      (#"{"root_module": {"child_modules": {}}}"#, "1 child_modules of the module: it is no list"),
      (#"{"root_module": {}}"#, "1 Terraform plan: nothing in it scales"),
    ])
  func emptyPlan(_ values: String, _ reason: String) throws {
    #expect(try told("plan.json", "{\"format_version\": \"1.2\", \"planned_values\": \(values)}") == [reason])
  }

  @Test("So are inputs that a command does not take, and commands that are not known here")
  func inputs() throws {
    let text = """
      {"autoscaling update-auto-scaling-group": [{"AutoScalingGroupName": "web", "MinSize": 1, "Max": 2}],
       "autoscaling put-warm-pool": [{"AutoScalingGroupName": "web"}]}
      """
    #expect(
      try told("i.json", text) == [
        "2 autoscaling put-warm-pool: no command that is known here to scale anything",
        "1 Max of group of web: autoscaling update-auto-scaling-group takes no such input",
      ])
  }

  @Test("Processes that are suspended are told: policies are read as if they acted")
  func suspended() throws {
    let group = #""AutoScalingGroupName": "web", "MinSize": 1, "MaxSize": 3, "DesiredCapacity": 1"#
    let processes = #""SuspendedProcesses": [{"ProcessName": "AlarmNotification"}, {"ProcessName": "AZRebalance"}]"#
    let answer = "{\"AutoScalingGroups\": [{\(group), \(processes)}]}"
    let reason = "AlarmNotification: no policy acts while it is suspended; read as if it was not"
    #expect(try told("a.json", answer) == ["1 suspended processes of group web: \(reason)"])
    let listing = try readListing(ByteSource(name: "a.json", bytes: Array(answer.utf8))).listing
    #expect(listing.groups.first?.suspensions == [reason] && listing.notes == ["group web: \(reason)"])
    let target =
      #"{"ScalableTargets": [{"ServiceNamespace": "ecs", "ResourceId": "service/c/web", "MinCapacity": 1, "MaxCapacity": 2, "#
      + #""ScalableDimension": "ecs:service:DesiredCount", "SuspendedState": {"ScheduledScalingSuspended": true}}]}"#
    #expect(
      try told("t.json", target) == [
        "1 suspended processes of scalable target web: ScheduledScalingSuspended: no scheduled action acts while it is "
          + "suspended; read as if it was not"
      ])
  }

  @Test("A cron trigger of KEDA brings no more than the maximum, and that is told")
  func beyondMaximum() throws {
    let text = """
      apiVersion: keda.sh/v1alpha1
      kind: ScaledObject
      metadata: {name: web}
      spec:
        scaleTargetRef: {name: web}
        maxReplicaCount: 10
        triggers:
          - type: cron
            metadata: {timezone: UTC, start: 0 8 * * *, end: 0 18 * * *, desiredReplicas: "20"}
      """
    #expect(
      try told("k.yaml", text) == [
        "9 desiredReplicas 20 of web: no more than maxReplicaCount, 10, come of it: read as that"
      ])
    #expect(try read("k.yaml", text).targets.first?.actions.map(\.minimum) == [10, 0])
  }

  @Test(
    "A number behind a zero is octal to some readers of YAML and not to others, so it is refused; in quotes it is a text",
    arguments: ["010", "+010", "089"])
  func octal(number: String) throws {
    func text(_ most: String) -> String {
      """
      apiVersion: autoscaling/v2
      kind: HorizontalPodAutoscaler
      metadata: {name: web}
      spec:
        scaleTargetRef: {name: web}
        maxReplicas: \(most)
      """
    }
    #expect {
      _ = try read("h.yaml", text(number))
    } throws: { error in
      let fault = error as? DataError
      return fault?.place.line == 6 && fault?.place.key == "maxReplicas" && "\(fault?.found ?? "")".contains(number)
    }
    #expect(try read("h.yaml", text("10")).targets.first?.maximum == 10)
    #expect(try read("h.yaml", text("\"010\"")).targets.first?.maximum == 10)
  }

  @Test("Blocks of a text in markdown are fenced by backticks or tildes, and end as they began or with the text")
  func fences() throws {
    let group = "AWS:\n  Type: AWS::AutoScaling::AutoScalingGroup\n  Properties: {MinSize: 1, MaxSize: 3}"
    for (open, close) in [("~~~yaml", "~~~"), ("~~~~ YAML title=x", "~~~~~"), ("````yaml", "````"), ("```yaml", "")] {
      let found = try read("t.md", "# Title\n\n\(open)\n\(group)\n\(close)\n")
      #expect(found.targets.map(\.name) == ["AWS"], "\(open)")
    }
    // What is shown within another block is no block, and the end of one kind does not end the other.
    let shown = "~~~\n```yaml\n\(group.replacing("AWS:", with: "No:"))\n```\n~~~\n```yaml\n\(group)\n```\n"
    #expect(try read("t.md", shown).targets.map(\.name) == ["AWS"])
    #expect {
      _ = try read("t.md", "\n~~~yaml\n\(group.replacing("MinSize: 1", with: "MinSize: 9"))\n~~~\n")
    } throws: { ($0 as? DataError)?.place.line == 5 }
  }
}
