import Foundation
import Model
import Reading
import TestSupport
import Testing

@testable import Ingest

/// Reads texts as files of these names.
private func read(_ files: (name: String, text: String)...) throws(DataError) -> ScalingConfiguration {
  try readPolicies(files.map { InputFile(name: $0.name, bytes: Array($0.text.utf8)) }).configuration
}

@Suite struct PolicyFormatTests {
  @Test(
    "Each format is the one that recognises its example, and something is read from it",
    arguments: policyFormats.indices)
  func readsExample(index: Int) throws {
    let format = policyFormats[index]
    let file = InputFile(name: "example", bytes: Array(format.example.utf8))
    for document in try policyDocuments(file) {
      #expect(policyFormats.firstIndex { $0.recognises(document.root) } == index)
    }
    let found = try readPolicies([file]).configuration
    #expect(found.refused == [])
    let parts = found.targets.reduce(0) { $0 + $1.policies.count + $1.actions.count } + found.alerts.count
    #expect(parts == 1)
  }

  @Test("Formats have names and outlines of their own, and the list has a line for every file of the folder")
  func listIsComplete() throws {
    #expect(Set(policyFormats.map { $0.name }).count == policyFormats.count)
    #expect(Set(policyFormats.map { $0.outline }).count == policyFormats.count)
    let folder = packageFolder.appending(path: "Sources/Ingest/Policies/Formats")
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    #expect(Set(files) == Set(policyFormats.map { "\($0).swift" }))
  }

  @Test("A template's alarm gives its threshold to the policy that its action refers to")
  func templateAlarm() throws {
    let found = try read(
      (
        "t.yaml",
        """
        Parameters:
          Limit: {Type: Number, Default: "90"}
        Resources:
          Web:
            Type: AWS::AutoScaling::AutoScalingGroup
            Properties: {MinSize: "1", MaxSize: "3"}
          Up:
            Type: AWS::AutoScaling::ScalingPolicy
            Properties:
              AutoScalingGroupName: !Ref Web
              PolicyType: StepScaling
              StepAdjustments:
                - {MetricIntervalLowerBound: 10, ScalingAdjustment: 2}
                - {MetricIntervalUpperBound: 10, ScalingAdjustment: 1}
          High:
            Type: AWS::CloudWatch::Alarm
            Properties:
              AlarmActions: [!Ref Up, !Ref Topic]
              Namespace: AWS/EC2
              MetricName: CPUUtilization
              Dimensions: [{Name: AutoScalingGroupName, Value: !Ref Web}]
              Period: 300
              EvaluationPeriods: 4
              DatapointsToAlarm: 3
              Threshold: !Ref Limit
              TreatMissingData: breaching
              ComparisonOperator: GreaterThanOrEqualToThreshold
        """
      ))
    let target = try #require(found.targets.first)
    #expect(target.name == "Web" && target.minimum == 1 && target.maximum == 3)
    let policy = try #require(target.policies.first)
    #expect(policy.metric == .cpuPercent && policy.threshold == decimal("90") && policy.isInclusive && !policy.isBelow)
    // Four periods of five minutes, three of which must be beyond.
    #expect(policy.duration.seconds == 1200 && policy.alarmPeriods == (300, 4) && policy.datapoints == 3)
    #expect(policy.missing == .breaching)
    // Lowest first; the first begins at the threshold, below which nothing acts.
    #expect(policy.steps.map(\.lower) == [decimal("0"), decimal("10")])
    #expect(policy.steps.map(\.adjustment) == [1, 2])
    #expect(policy.source?.dimensions == ["AutoScalingGroupName": "Web"])
  }

  @Test("Answers of two commands are joined by the policy's ARN, whatever their order")
  func answers() throws {
    let policies = """
      {"ScalingPolicies": [{"AutoScalingGroupName": "web", "PolicyName": "in", "PolicyARN": "arn:p/in",
        "PolicyType": "SimpleScaling", "AdjustmentType": "ChangeInCapacity", "ScalingAdjustment": -1, "Cooldown": 60}]}
      """
    let alarms = """
      {"MetricAlarms": [{"AlarmName": "low", "AlarmActions": ["arn:p/in"], "Namespace": "AWS/EC2",
        "MetricName": "CPUUtilization", "Statistic": "Average", "Period": 60, "EvaluationPeriods": 10, "Threshold": 20.5,
        "Metrics": [],
        "ComparisonOperator": "LessThanThreshold"}]}
      """
    let one = try read(("p.json", policies), ("a.json", alarms))
    #expect(try read(("a.json", alarms), ("p.json", policies)).targets.map(\.policies) == one.targets.map(\.policies))
    let policy = try #require(one.targets.first?.policies.first)
    #expect(policy.isBelow && policy.threshold == decimal("20.5") && policy.adjustment == -1)
    #expect(policy.duration.seconds == 600 && policy.period == nil && policy.cooldown?.seconds == 60)
    // By itself the policy is known, and what sets it off is not.
    let alone = try #require(try read(("p.json", policies)).targets.first?.policies.first)
    #expect(alone.threshold == nil && alone.adjustment == -1)
    let left = try read(("a.json", alarms)).refused
    #expect(left.map(\.name) == ["alarm low"] && left.first?.reason == "it sets off no policy of these files")
  }

  @Test("Requests by the minute become requests by the second, and are the same again when they are written")
  func requests() throws {
    let found = try read(
      (
        "p.json",
        """
        {"ScalingPolicies": [{"AutoScalingGroupName": "web", "PolicyName": "r", "PolicyType": "TargetTrackingScaling",
          "TargetTrackingConfiguration": {"TargetValue": 1000, "PredefinedMetricSpecification":
            {"PredefinedMetricType": "ALBRequestCountPerTarget", "ResourceLabel": "app/a/1/targetgroup/b/2"}}}]}
        """
      ))
    let policy = try #require(found.targets.first?.policies.first)
    // 1000 / 60 = 16.6666..., kept to nine decimals; times 60 it is 1000.00000002, and to six decimals 1000.
    #expect(policy.metric == .requestsPerSecond && policy.target == decimal("16.666666667"))
    #expect(policy.target?.multiplied(by: 60) == decimal("1000"))
  }

  @Test("A plan's references join what it does not know yet; in modules too")
  func plan() throws {
    let found = try read(
      (
        "plan.json",
        """
        {"format_version": "1.2", "planned_values": {"root_module": {"child_modules": [{"address": "module.app", "resources": [
          {"address": "module.app.aws_autoscaling_group.web", "type": "aws_autoscaling_group", "name": "web",
           "values": {"name": "web-group", "min_size": 2, "max_size": 9}},
          {"address": "module.app.aws_autoscaling_policy.out", "type": "aws_autoscaling_policy", "name": "out",
           "values": {"name": "out", "policy_type": "StepScaling", "adjustment_type": "PercentChangeInCapacity",
             "min_adjustment_magnitude": 2, "step_adjustment": [
               {"metric_interval_lower_bound": "0", "metric_interval_upper_bound": "", "scaling_adjustment": 20}]}},
          {"address": "module.app.aws_autoscaling_schedule.night", "type": "aws_autoscaling_schedule", "name": "night",
           "values": {"scheduled_action_name": "night", "autoscaling_group_name": "web-group", "recurrence": "0 1 * * *",
             "min_size": -1, "max_size": -1, "desired_capacity": 2, "time_zone": "Europe/Berlin"}},
          {"address": "module.app.aws_cloudwatch_metric_alarm.cpu", "type": "aws_cloudwatch_metric_alarm", "name": "cpu",
           "values": {"alarm_name": "cpu", "namespace": "AWS/EC2", "metric_name": "CPUUtilization", "statistic": "Average",
             "period": 60, "evaluation_periods": 3, "threshold": 75, "comparison_operator": "GreaterThanThreshold",
             "dimensions": {"AutoScalingGroupName": "web-group"}}}]}]}},
         "configuration": {"root_module": {"module_calls": {"app": {"module": {"resources": [
          {"address": "aws_autoscaling_policy.out", "expressions": {"autoscaling_group_name":
             {"references": ["aws_autoscaling_group.web.name", "aws_autoscaling_group.web"]}}},
          {"address": "aws_cloudwatch_metric_alarm.cpu", "expressions": {"alarm_actions":
             {"references": ["aws_autoscaling_policy.out.arn", "aws_autoscaling_policy.out"]}}}]}}}}}}
        """
      ))
    #expect(found.refused == [])
    let target = try #require(found.targets.first)
    #expect(found.targets.count == 1 && target.name == "web-group" && target.maximum == 9)
    let policy = try #require(target.policies.first)
    #expect(policy.threshold == decimal("75") && policy.minimumMagnitude == 2 && policy.steps.first?.upper == nil)
    let action = try #require(target.actions.first)
    #expect(action.desired == 2 && action.minimum == nil && action.maximum == nil && action.timezone == "Europe/Berlin")
  }

  @Test("Several cron triggers of KEDA are actions at the start and the end of each; those that overlap are refused")
  func cron() throws {
    func object(_ second: String) -> String {
      """
      apiVersion: keda.sh/v1alpha1
      kind: ScaledObject
      metadata: {name: shop}
      spec:
        scaleTargetRef: {name: shop}
        minReplicaCount: 1
        triggers:
          - type: cron
            metadata: {timezone: UTC, start: 0 6 * * *, end: 0 20 * * *, desiredReplicas: "10"}
          - type: cron
            metadata: {timezone: UTC, start: \(second), end: 0 23 * * *, desiredReplicas: "4"}
      """
    }
    let apart = try #require(try read(("k.yaml", object("0 21 * * *"))).targets.first)
    #expect(apart.actions.map(\.minimum) == [10, 1, 4, 1])
    #expect(apart.actions.map(\.desired) == [nil, 1, nil, 1])
    let over = try read(("k.yaml", object("0 19 * * *")))
    #expect(over.refused.map(\.name) == ["trigger 2 of shop"])
    #expect(over.targets.first?.actions.count == 2)
  }

  @Test("What cannot be said here is refused by name, with its place and the reason")
  func refusals() throws {
    let found = try read(
      (
        "t.yaml",
        """
        Parameters: {Goal: {Type: Number}}
        Resources:
          Math:
            Type: AWS::AutoScaling::ScalingPolicy
            Properties:
              AutoScalingGroupName: web
              PolicyType: TargetTrackingScaling
              TargetTrackingConfiguration: {TargetValue: 5, CustomizedMetricSpecification: {Metrics: [{Id: m1}]}}
          Open:
            Type: AWS::AutoScaling::ScalingPolicy
            Properties:
              AutoScalingGroupName: web
              PolicyType: TargetTrackingScaling
              TargetTrackingConfiguration:
                PredefinedMetricSpecification: {PredefinedMetricType: ASGAverageCPUUtilization}
                TargetValue: !Ref Goal
          Plan: {Type: AWS::AutoScalingPlans::ScalingPlan}
          Once:
            Type: AWS::AutoScaling::ScheduledAction
            Properties: {AutoScalingGroupName: web, MinSize: 1}
        """
      ), ("v.yaml", "apiVersion: autoscaling.k8s.io/v1\nkind: VerticalPodAutoscaler\nmetadata: {name: v}\n"),
      ("main.tf", "resource \"aws_autoscaling_policy\" \"a\" {}\n"))
    #expect(
      found.refused.map { "\($0.place) \($0.name): \($0.reason)" }.sorted()
        == [
          "main.tf Terraform configuration: it has expressions to be evaluated; terraform show -json prints the plan of it",
          "t.yaml:17 AWS::AutoScalingPlans::ScalingPlan Plan: a scaling plan, which makes policies by itself",
          "t.yaml:20 scheduled action Once: it happens once",
          "t.yaml:6 policy Math: it tracks an expression of metrics, not one metric",
          "t.yaml:12 policy Open: its TargetValue is parameter Goal, which has no default",
          "v.yaml:1 VerticalPodAutoscaler v: it changes what pods ask for, and not how many there are",
        ].sorted())
  }
}

@Suite struct ExpressionParserTests {
  @Test(
    "Comparisons of metrics, functions over a time and shares, with the number on either side, are what they say",
    arguments: [
      ("avg_over_time(mongodb_cpu_usage[15m]) > 75", "avg_over_time(mongodb_cpu_usage[15m]) > 75"),
      ("a / b > 0.75", "a / b > 0.75"), ("(a / b)>=75e-2", "a / b >= 0.75"), ("30 < m", "m > 30"),
      ("-1 >= rate(m{job=\"x\"}[90s])", "rate(m{job=\"x\"}[90s]) <= -1"),
      (
        "sum(rate(m{a!~'b.*', c=\"d\"}[1h30m]))\n  / max(n) < 5 # why",
        "sum(rate(m{a!~\"b.*\",c=\"d\"}[90m])) / max(n) < 5"
      ),
    ])
  func reads(text: String, expected: String) throws {
    #expect("\(try ExpressionParser.read(text))" == expected)
    #expect("\(try ExpressionParser.read(expected))" == expected)
  }

  @Test(
    "Anything else is refused, and nothing of it takes long",
    arguments: [
      "up == 0", "1", "", "a > b", "sum by (x) (a) > 1", "a + b > 1", "histogram_quantile(0.9, m) > 1",
      "a offset 5m > 1",
      "rate(m) > 1", "m[5m] > 1", "a / b / c > 1", "a > 1 and b > 2", "m{a=b} > 1", "m{a=\"b > 1", "a > 1e99",
      "a > 1 > 0",
      String(repeating: "(", count: 100_000), String(repeating: "a / ", count: 100_000), "m > 5m",
      "count_over_time(m[5m:]) > 1",
    ])
  func refuses(text: String) {
    do throws(PolicyFault) {
      Issue.record("read as \(try ExpressionParser.read(text))")
    } catch {
      guard case .refused(let reason) = error else {
        Issue.record("no refusal")
        return
      }
      #expect(reason.utf8.count < 200)
    }
  }
}

/// Files that are wrong or mean harm: an error in its place, soon.
@Suite struct HostilePolicyTests {
  private func fault(_ name: String, _ text: String) -> DataError? {
    do throws(DataError) {
      _ = try read((name, text))
      return nil
    } catch {
      return error
    }
  }

  private static let template = """
    Resources:
      P:
        Type: AWS::AutoScaling::ScalingPolicy
        Properties:
          AutoScalingGroupName: web
          PolicyType: TargetTrackingScaling
          TargetTrackingConfiguration:
            PredefinedMetricSpecification: {PredefinedMetricType: ASGAverageCPUUtilization}
            TargetValue: VALUE
    """

  @Test(
    "Wrong values are told with their line and key",
    arguments: [
      ("abc", "t.yaml:9: TargetValue: found \"abc\", expected a number up to 10^12 of at most 18 digits"),
      ("1e30", "t.yaml:9: TargetValue: found \"1e30\", expected a number up to 10^12 of at most 18 digits"),
      ("0", "t.yaml:9: TargetValue: found \"0\", expected a number above 0"),
      ("[1]", "t.yaml:9: TargetValue: found a list, expected a word or a number"),
      ("{a: 1, b: 2}", "t.yaml:9: TargetValue: found a mapping, expected a word or a number"),
      ("\"\\0\"", "t.yaml:9: found a text with the control character \\x00, expected text without control characters"),
    ])
  func values(value: String, message: String) {
    #expect(fault("t.yaml", Self.template.replacing("VALUE", with: value))?.description == message)
  }

  @Test("Keys twice, deep nesting, and aliases that multiply are errors with a line")
  func structures() {
    #expect(fault("t.yaml", "Resources: {}\nResources: {}\n")?.found == "key \"Resources\" twice in one mapping")
    #expect(fault("t.json", "{\"Resources\": {}, \"Resources\": {}}")?.found == "key \"Resources\" twice")
    let deep = String(repeating: "[", count: 200_000)
    #expect(fault("t.yaml", "groups: \(deep)")?.place.line == 1)
    #expect(fault("t.json", "{\"a\": \(deep)")?.place.line == 1)
    let bomb = (1...30).map { "a\($0): &a\($0) [\(Array(repeating: "*a\($0 - 1)", count: 9).joined(separator: ", "))]" }
    #expect(fault("t.yaml", "a0: &a0 x\n" + bomb.joined(separator: "\n"))?.found == "more than 1000000 values")
  }

  @Test("A file that says nothing of scaling is an error that names what would; an empty one too")
  func nothing() {
    #expect(fault("t.yaml", "a: 1\n")?.found == "no document that says what scales")
    #expect(fault("t.yaml", "")?.found == "no document that says what scales")
    #expect(fault("t.md", "# Text\n```yaml\na: 1\n```\n")?.found == "no document that says what scales")
    #expect(fault("t.json", "{\"a\": tru}")?.place.line == 1)
    #expect(fault("t.yaml", "\u{0}") != nil)
  }

  @Test("Four thousand actions of ten groups are read, each once")
  func many() throws {
    let rows = (0..<4_000).map {
      "{\"AutoScalingGroupName\": \"g\($0 % 10)\", \"ScheduledActionName\": \"a\($0)\", \"Recurrence\": \"0 1 * * *\", \"MinSize\": 1}"
    }
    let text = "{\"ScheduledUpdateGroupActions\": [\(rows.joined(separator: ",\n"))]}"
    let found = try read(("s.json", text))
    #expect(found.targets.count == 10 && found.targets.map(\.actions.count).reduce(0, +) == 4_000)
  }
}
