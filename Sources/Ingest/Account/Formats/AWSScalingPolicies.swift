import Clouds
import Model
import Reading

/// What `aws autoscaling describe-policies` prints: how groups scale by themselves.
///
/// Kept: target tracking and prediction of the average CPU. Left to its owner: other metrics, whose samples have other
/// names here, and step and simple scaling, whose threshold is with the alarm and not in this answer.
///
/// Source: Amazon EC2 Auto Scaling API reference, `ScalingPolicy`, `PredefinedMetricSpecification`.
enum AWSScalingPolicies: AccountFormat {
  static let name = "aws-scaling-policies"
  static let outline = "scaling policies (aws autoscaling describe-policies)"
  static let noun = "policy"
  static let plural = "policies"
  static let example = """
    {
      "ScalingPolicies": [
        {
          "AutoScalingGroupName": "web", "PolicyName": "cpu50", "PolicyType": "TargetTrackingScaling", "Enabled": true,
          "TargetTrackingConfiguration": {
            "PredefinedMetricSpecification": {"PredefinedMetricType": "ASGAverageCPUUtilization"}, "TargetValue": 50.0,
            "DisableScaleIn": false
          }
        }
      ]
    }
    """

  static func recognises(_ start: FileStart) -> Bool {
    start.startsObject && start.hasKey("ScalingPolicies") && !start.hasKey("ServiceNamespace")
  }

  static func read(_ document: JSONStream, into listing: inout AccountListing) throws {
    try listing.read("ScalingPolicies", of: document, plural) { record, listing in
      var one = ListedPolicy(
        group: try record.name("AutoScalingGroupName"), name: try record.name("PolicyName"), policy: nil, reason: nil)
      guard try record.flag("Enabled", absent: true) else {
        one.reason = "it is disabled"
        return listing.policies.append(one)
      }
      switch try record.textIfKnown("PolicyType") ?? "SimpleScaling" {
      case "TargetTrackingScaling": try tracking(record, &one)
      case "PredictiveScaling": try prediction(record, &one)
      default: one.reason = "the threshold that it acts on is with its alarm, not in this answer"
      }
      listing.policies.append(one)
    }
  }

  private static func tracking(_ record: JSONRecord, _ one: inout ListedPolicy) throws(DataError) {
    let configuration = try record.record("TargetTrackingConfiguration")
    let metric =
      configuration.has("PredefinedMetricSpecification")
      ? try configuration.record("PredefinedMetricSpecification").textIfKnown("PredefinedMetricType") : nil
    guard metric == "ASGAverageCPUUtilization" else {
      one.reason = "it tracks \(metric?.asPrintable ?? "a metric of its owner's"), and not CPU"
      return
    }
    var policy = ScalingPolicy()
    policy.name = one.name
    policy.metric = .cpuPercent
    policy.target = try configuration.decimal("TargetValue")
    policy.scalesIn = try !configuration.flag("DisableScaleIn", absent: false)
    one.policy = policy
  }

  private static func prediction(_ record: JSONRecord, _ one: inout ListedPolicy) throws(DataError) {
    let configuration = try record.record("PredictiveScalingConfiguration")
    guard try configuration.textIfKnown("Mode") == "ForecastAndScale" else {
      one.reason = "it forecasts and does not scale"
      return
    }
    let specifications = try configuration.records("MetricSpecifications")
    guard specifications.count == 1, let specification = specifications.first,
      specification.has("PredefinedMetricPairSpecification"),
      try specification.record("PredefinedMetricPairSpecification").textIfKnown("PredefinedMetricType")
        == "ASGCPUUtilization"
    else {
      one.reason = "it predicts something else than CPU"
      return
    }
    var policy = ScalingPolicy()
    policy.name = one.name
    policy.kind = .predictive
    policy.metric = .cpuPercent
    policy.target = try specification.decimal("TargetValue")
    policy.lead = TimeSpan(seconds: Int64(try configuration.wholeIfKnown("SchedulingBufferTime") ?? 0))
    one.policy = policy
  }
}
