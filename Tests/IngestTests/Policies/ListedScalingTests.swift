import Ingest
import Model
import Reading
import TestSupport
import Testing

/// Policies of an account, as its answers list them for a fleet file.
@Suite struct ListedScalingTests {
  private func settled(_ texts: [String]) throws -> AccountListing {
    var listing = AccountListing()
    for text in texts { listing.add(try readListing(ByteSource(name: "l", bytes: Array(text.utf8))).listing) }
    listing.settle()
    return listing
  }

  private static let policies = """
    {"ScalingPolicies": [
      {"AutoScalingGroupName": "web", "PolicyName": "out", "PolicyARN": "arn:p/out", "PolicyType": "StepScaling",
       "AdjustmentType": "ChangeInCapacity", "StepAdjustments": [{"MetricIntervalLowerBound": 0, "ScalingAdjustment": 2}]},
      {"AutoScalingGroupName": "web", "PolicyName": "jobs", "PolicyARN": "arn:p/jobs",
       "PolicyType": "TargetTrackingScaling", "TargetTrackingConfiguration": {"TargetValue": 5,
         "CustomizedMetricSpecification": {"MetricName": "Jobs", "Namespace": "Own", "Statistic": "Average"}}}]}
    """
  private static let alarms = """
    {"MetricAlarms": [{"AlarmName": "high", "AlarmActions": ["arn:p/out", "arn:sns"], "Namespace": "AWS/EC2",
      "MetricName": "CPUUtilization", "Statistic": "Average", "Period": 60, "EvaluationPeriods": 3, "Threshold": 75,
      "ComparisonOperator": "GreaterThanThreshold"}]}
    """

  @Test(
    "A step policy has the threshold of its alarm, whichever answer comes first; without it the reason says what helps")
  func joined() throws {
    for order in [[Self.policies, Self.alarms], [Self.alarms, Self.policies]] {
      let listed = try settled(order).policies
      #expect(listed.map(\.name) == ["jobs", "out"])
      #expect(listed.last?.policy?.threshold == decimal("75") && listed.last?.policy?.metric == .cpuPercent)
      #expect(listed.first?.reason == "it follows Jobs, which is no metric that is known here")
    }
    let alone = try settled([Self.policies]).policies
    #expect(alone.last?.policy == nil)
    #expect(
      alone.last?.reason
        == "the threshold that it acts on is with its alarm, which no file lists (aws cloudwatch describe-alarms)")
  }
}
