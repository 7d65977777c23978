import Model
import Reading
import TestSupport
import Testing

@testable import Ingest

private func read(_ files: (name: String, text: String)...) throws(DataError) -> ScalingConfiguration {
  try readPolicies(files.map { InputFile(name: $0.name, bytes: Array($0.text.utf8)) }).configuration
}

private func fault(_ name: String, _ text: String) -> String? {
  do throws(DataError) {
    _ = try read((name, text))
    return nil
  } catch {
    return error.description
  }
}

/// What looks like scaling that is known here and means something else is not taken for it.
@Suite struct DoubtfulPolicyTests {
  private func told(_ found: ScalingConfiguration) -> [String] {
    found.refused.map { "\($0.name): \($0.reason)" }
  }

  @Test(
    "An action that holds from or until a date only is not read",
    arguments: [
      ("StartTime: '2027-01-01T00:00:00Z'", "from 2027-01-01T00:00:00Z"),
      ("EndTime: '2027-02-01T00:00:00Z'", "until 2027-02-01T00:00:00Z"),
      (
        "StartTime: '2027-01-01T00:00:00Z', EndTime: '2027-02-01T00:00:00Z'",
        "from 2027-01-01T00:00:00Z until 2027-02-01T00:00:00Z"
      ),
    ])
  func dates(words: String, bounds: String) throws {
    let found = try read(
      (
        "t.yaml",
        """
        Resources:
          Day:
            Type: AWS::AutoScaling::ScheduledAction
            Properties: {AutoScalingGroupName: web, Recurrence: 0 7 * * *, MinSize: 3, \(words)}
        """
      ))
    #expect(told(found) == ["scheduled action Day: it holds \(bounds) only"])
    #expect(found.targets.flatMap(\.actions) == [])
  }

  @Test("The start that the cloud answers with is the next time of what recurs; an end is an end")
  func answeredDates() throws {
    func answer(_ words: String) throws -> ScalingConfiguration {
      try read(
        (
          "a.json",
          """
          {"ScheduledUpdateGroupActions": [{"AutoScalingGroupName": "web", "ScheduledActionName": "day", "MinSize": 2,
            "Recurrence": "0 7 * * *", "StartTime": "2024-01-01T07:00:00Z"\(words)}]}
          """
        ))
    }
    #expect(try answer("").targets.first?.actions.count == 1)
    #expect(
      try told(answer(", \"EndTime\": \"2025-01-01T07:00:00Z\"")) == [
        "scheduled action day: it holds until 2025-01-01T07:00:00Z only"
      ])
  }

  private static let hpa = """
    apiVersion: autoscaling/v2
    kind: HorizontalPodAutoscaler
    metadata: {name: api}
    spec:
      scaleTargetRef: {kind: Deployment, name: api}
      minReplicas: 20
      maxReplicas: 10
    """

  @Test("A minimum above the maximum, and a number desired that is outside, are errors in their place")
  func limits() {
    func group(_ words: String) -> String {
      "Resources:\n  Web:\n    Type: AWS::AutoScaling::AutoScalingGroup\n    Properties: {\(words)}\n"
    }
    #expect(fault("h.yaml", Self.hpa) == "h.yaml:6: minReplicas: found \"20\", expected at most maxReplicas, 10")
    #expect(
      fault("t.yaml", group("MinSize: 5, MaxSize: 2"))
        == "t.yaml:4: MinSize: found \"5\", expected at most MaxSize, 2")
    #expect(
      fault("t.yaml", group("MinSize: 1, MaxSize: 2, DesiredCapacity: 3"))
        == "t.yaml:4: DesiredCapacity: found \"3\", expected a number from MinSize to MaxSize")
    #expect(fault("t.yaml", group("MinSize: 2, MaxSize: 2, DesiredCapacity: 2")) == nil)
  }

  private func alarmed(by words: String, group: String = "MinSize: 1, MaxSize: 3") throws -> ScalingConfiguration {
    try read(
      (
        "t.yaml",
        """
        Resources:
          Web: {Type: AWS::AutoScaling::AutoScalingGroup, Properties: {\(group)}}
          Other: {Type: AWS::AutoScaling::AutoScalingGroup, Properties: {MinSize: 1, MaxSize: 3}}
          Up:
            Type: AWS::AutoScaling::ScalingPolicy
            Properties: {AutoScalingGroupName: !Ref Web, ScalingAdjustment: 1}
          High:
            Type: AWS::CloudWatch::Alarm
            Properties:
              AlarmName: !Sub "${AWS::StackName}-high"
              AlarmActions: [!Sub "arn:aws:sns:${AWS::Region}:1:t", !Ref Up]
              Namespace: AWS/EC2
              MetricName: CPUUtilization
              Period: 60
              EvaluationPeriods: 3
              Threshold: 70
              ComparisonOperator: GreaterThanThreshold
              \(words)
        """
      ))
  }

  @Test(
    "A policy whose alarm is on another group, another machine or another statistic is not read",
    arguments: [
      ("Dimensions: [{Name: AutoScalingGroupName, Value: !Ref Other}]", "is of group Other, not of Web"),
      ("Dimensions: [{Name: InstanceId, Value: i-1}]", "is of InstanceId i-1, not of group Web"),
      ("ExtendedStatistic: p99", "is the p99 of CPUUtilization, which nothing here measures"),
      ("Statistic: Sum", "is the Sum of CPUUtilization, which nothing here measures"),
    ])
  func otherAlarms(words: String, reason: String) throws {
    let found = try alarmed(by: words)
    #expect(told(found) == ["policy Up: its alarm High \(reason)"])
    #expect(found.targets.flatMap(\.policies) == [])
  }

  @Test("A reference to a group means the name that the group has")
  func groupNames() throws {
    let found = try alarmed(
      by: "Dimensions: [{Name: AutoScalingGroupName, Value: !Ref Web}]",
      group: "AutoScalingGroupName: prod-web, MinSize: 1, MaxSize: 3")
    #expect(told(found) == [])
    let policy = try #require(found.targets.first?.policies.first)
    #expect(found.targets.first?.name == "prod-web" && policy.metric == .cpuPercent)
    #expect(policy.source?.dimensions == ["AutoScalingGroupName": "prod-web"])
  }

  @Test("A name that only the cloud works out is not made up: the group has that of its resource")
  func pseudoParameters() throws {
    let found = try alarmed(
      by: "Dimensions: [{Name: AutoScalingGroupName, Value: !Ref Web}]",
      group: "AutoScalingGroupName: !Sub \"${AWS::StackName}-web\", MinSize: 1, MaxSize: 3")
    #expect(
      told(found) == ["name of group Web: its AutoScalingGroupName has AWS::StackName, which only the cloud knows"])
    #expect(found.targets.map(\.name) == ["Web", "Other"] && found.targets.first?.policies.count == 1)
  }

  @Test("What a template does not have is named; of an excerpt in a text it may stand elsewhere")
  func missing() throws {
    let text = """
      Resources:
        Up:
          Type: AWS::AutoScaling::ScalingPolicy
          Properties: {AutoScalingGroupName: !Ref Nowhere, ScalingAdjustment: 1, Cooldwn: 5}
        Own: {Type: AWS::AutoScaling::Whatever}
      """
    let found = try read(("t.yaml", text))
    #expect(
      told(found) == [
        "Cooldwn of policy Up: AWS::AutoScaling::ScalingPolicy has no such property",
        "AWS::AutoScaling::Whatever Own: no such type is known here",
        "policy Up: its AutoScalingGroupName refers to Nowhere: no such resource or parameter",
      ])
    #expect(found.targets == [])
    #expect(try read(("t.md", "```yaml\n\(text)\n```\n")).targets.map(\.name) == ["Nowhere"])
  }

  @Test("Dimensions that a plan does not know yet are those of what they refer to")
  func plannedDimensions() throws {
    func plan(_ type: String) throws -> ScalingConfiguration {
      try read(
        (
          "p.json",
          """
          {"format_version": "1.2", "planned_values": {"root_module": {"resources": [
            {"address": "aws_autoscaling_group.web", "type": "aws_autoscaling_group", "name": "web",
             "values": {"name": "web", "min_size": 1, "max_size": 3}},
            {"address": "aws_autoscaling_policy.o", "type": "aws_autoscaling_policy", "name": "o",
             "values": {"name": "o", "autoscaling_group_name": "web", "scaling_adjustment": 1}},
            {"address": "aws_cloudwatch_metric_alarm.c", "type": "aws_cloudwatch_metric_alarm", "name": "c",
             "values": {"alarm_name": "c", "namespace": "AWS/EC2", "metric_name": "CPUUtilization", "period": 60,
               "evaluation_periods": 3, "threshold": 75, "comparison_operator": "GreaterThanThreshold"}}]}},
           "configuration": {"root_module": {"resources": [{"address": "aws_cloudwatch_metric_alarm.c", "expressions": {
             "dimensions": {"references": ["\(type).web.id", "\(type).web"]},
             "alarm_actions": {"references": ["aws_autoscaling_policy.o.arn", "aws_autoscaling_policy.o"]}}}]}}}
          """
        ))
    }
    let own = try plan("aws_autoscaling_group")
    #expect(told(own) == [])
    #expect(own.targets.first?.policies.first?.source?.dimensions == ["AutoScalingGroupName": "web"])
    #expect(
      try told(plan("aws_instance")) == ["policy o: its alarm c is of aws_instance aws_instance.web, not of group web"])
  }

  @Test("Keys that an autoscaler does not have are named")
  func unknownKeys() throws {
    let found = try read(("h.yaml", Self.hpa.replacing("20", with: "2") + "\n  metricz: []\n"))
    #expect(told(found) == ["metricz of autoscaler api: no such key is known here"])
    #expect(found.targets.first?.policies.count == 1)
  }

  @Test("An alarm that sets off its policy is told of once, and not as one too many")
  func answeredAlarm() throws {
    let found = try read(
      (
        "p.json",
        """
        {"ScalingPolicies": [{"AutoScalingGroupName": "web", "PolicyName": "in", "PolicyARN": "arn:p/in",
          "PolicyType": "SimpleScaling", "ScalingAdjustment": -1}]}
        """
      ),
      (
        "a.json",
        """
        {"MetricAlarms": [{"AlarmName": "low", "AlarmActions": ["arn:p/in"], "Namespace": "AWS/EC2",
          "MetricName": "CPUUtilization", "Statistic": "Average", "Period": 60, "EvaluationPeriods": 1,
          "Threshold": 20, "ComparisonOperator": "LessThanThreshold"}]}
        """
      ))
    #expect(told(found) == [] && found.targets.first?.policies.first?.threshold != nil)
  }

  @Test(
    "Steps that overlap or leave a gap are told by their bound",
    arguments: [
      ("30", "t.json:3: MetricIntervalLowerBound: found \"30\", expected 20, where the step before ends"),
      ("10", "t.json:3: MetricIntervalLowerBound: found \"10\", expected 20, where the step before ends"),
    ])
  func steps(lower: String, message: String) {
    let text = """
      {"P": {"Type": "AWS::AutoScaling::ScalingPolicy", "Properties": {"AutoScalingGroupName": "w", "PolicyType": "StepScaling",
        "StepAdjustments": [{"MetricIntervalLowerBound": 0, "MetricIntervalUpperBound": 20, "ScalingAdjustment": 1},
          {"MetricIntervalLowerBound": \(lower), "ScalingAdjustment": 2}]}}}
      """
    #expect(fault("t.json", text) == message)
  }
}
