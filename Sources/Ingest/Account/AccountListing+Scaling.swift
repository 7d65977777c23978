import Model

extension AccountListing {
  /// Makes policies of what answers say of them, joined with the alarms that set them off.
  mutating func joinScaling() {
    var joined = AWSScaling(scaling)
    joined.join()
    for target in joined.reading.configuration.targets {
      for policy in target.policies {
        let reason = Self.reason(against: policy)
        policies.append(
          ListedPolicy(group: target.name, name: policy.name, policy: reason == nil ? policy : nil, reason: reason))
      }
    }
    scaling = []
  }

  /// Why a fleet file cannot have a policy; nil where it can.
  private static func reason(against policy: ScalingPolicy) -> String? {
    if policy.target == nil, policy.threshold == nil {
      return "the threshold that it acts on is with its alarm, which no file lists (aws cloudwatch describe-alarms)"
    }
    guard policy.metric.isKnown else {
      return "it follows \(policy.metric.rawValue.asPrintable ?? "a metric"), which is no metric that is known here"
    }
    if let target = policy.target, target.double > 1_000_000 { return "its target is beyond 1,000,000" }
    return policy.adjustment == 0 && policy.adjustmentType != .exact ? "it changes nothing" : nil
  }
}
