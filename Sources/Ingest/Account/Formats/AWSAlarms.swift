import Clouds
import Model
import Reading

/// What `aws cloudwatch describe-alarms` prints: the alarms that set off step and simple policies.
///
/// Kept: alarms whose actions are policies, with those policies. What they do besides, such as telling somebody, changes no
/// capacity.
///
/// Source: Amazon CloudWatch API reference, `MetricAlarm`.
enum AWSAlarms: AccountFormat {
  static let name = "aws-alarms"
  static let outline = "alarms (aws cloudwatch describe-alarms)"
  static let noun = "alarm"
  static let example = """
    {
      "MetricAlarms": [
        {
          "AlarmName": "web-high", "AlarmActions": ["arn:aws:autoscaling:us-east-1:123456789012:scalingPolicy:0a:policyName/out"],
          "Namespace": "AWS/EC2", "MetricName": "CPUUtilization", "Statistic": "Average", "Period": 60,
          "EvaluationPeriods": 3, "Threshold": 80.0, "ComparisonOperator": "GreaterThanThreshold"
        }
      ]
    }
    """

  static func recognises(_ start: FileStart) -> Bool { start.startsObject && start.hasKey("MetricAlarms") }

  static func read(_ document: JSONStream, into listing: inout AccountListing) throws {
    try listing.read("MetricAlarms", of: document, plural) { record, listing in
      let resource = AWSResource(kind: .alarm, id: try record.name("AlarmName"), properties: record.fields)
      do throws(PolicyFault) {
        _ = try AWSAlarm(resource)
        listing.scaling.append(resource)
      } catch {
        // What cannot be said of an alarm is told of the policy that waits for it.
        if case .wrong(let error) = error { throw error }
      }
    }
  }
}
