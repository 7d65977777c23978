import Clouds
import Model
import Reading

/// What `aws autoscaling describe-policies` prints: how groups scale by themselves.
///
/// Kept: what follows a metric that is known here. The threshold of step and simple scaling is with its alarm, which
/// `aws cloudwatch describe-alarms` prints. Left to its owner: other metrics, and expressions of metrics.
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
      let group = try record.name("AutoScalingGroupName")
      let name = try record.name("PolicyName")
      let resource = AWSResource(
        kind: .policy, id: record.written("PolicyARN") ?? "policy/\(group)/\(name)", properties: record.fields)
      do throws(PolicyFault) {
        _ = try AWSPolicy(resource)
        listing.scaling.append(resource)
      } catch {
        if case .wrong(let error) = error { throw error }
        if case .refused(let reason) = error {
          listing.policies.append(ListedPolicy(group: group, name: name, policy: nil, reason: reason))
        }
      }
    }
  }
}

extension JSONRecord {
  /// The object as its properties are read by those of templates.
  var fields: DocumentFields {
    DocumentFields(node: DocumentNode(node, linesBefore: 0), scope: TemplateScope(file: place.file))
  }
}
