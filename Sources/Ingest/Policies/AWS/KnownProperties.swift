// "AWS::AutoScaling", "AWS::ApplicationAutoScaling" and "AWS::CloudWatch" resource types, CloudFormation template reference.

import Model

extension AWSResource {
  /// Types of the same service that change no capacity by themselves.
  static let scalesNothing: Set<String> = [
    "AWS::AutoScaling::LaunchConfiguration", "AWS::AutoScaling::LifecycleHook", "AWS::AutoScaling::WarmPool",
  ]
}

extension AWSResource.Kind {
  /// Properties that a resource of CloudFormation does not have: mistyped, or newer than what is known here.
  func unknown(_ properties: DocumentNode) -> [DocumentEntry] {
    guard let known = Self.properties[self], case .mapping(let entries) = properties.content else { return [] }
    return entries.filter { !known.contains($0.key) }
  }

  private static let properties: [Self: Set<String>] = [
    .policy: [
      "AdjustmentType", "AutoScalingGroupName", "Cooldown", "EstimatedInstanceWarmup", "MetricAggregationType",
      "MinAdjustmentMagnitude", "PolicyType", "PredictiveScalingConfiguration", "ScalingAdjustment", "StepAdjustments",
      "TargetTrackingConfiguration",
    ],
    .servicePolicy: [
      "PolicyName", "PolicyType", "PredictiveScalingPolicyConfiguration", "ResourceId", "ScalableDimension",
      "ScalingTargetId", "ServiceNamespace", "StepScalingPolicyConfiguration",
      "TargetTrackingScalingPolicyConfiguration",
    ],
    .schedule: [
      "AutoScalingGroupName", "DesiredCapacity", "EndTime", "MaxSize", "MinSize", "Recurrence", "StartTime", "TimeZone",
    ],
    .target: [
      "MaxCapacity", "MinCapacity", "ResourceId", "RoleARN", "ScalableDimension", "ScheduledActions",
      "ServiceNamespace", "SuspendedState",
    ],
    .alarm: [
      "ActionsEnabled", "AlarmActions", "AlarmDescription", "AlarmName", "ComparisonOperator", "DatapointsToAlarm",
      "Dimensions", "EvaluateLowSampleCountPercentile", "EvaluationPeriods", "ExtendedStatistic",
      "InsufficientDataActions", "MetricName", "Metrics", "Namespace", "OKActions", "Period", "Statistic", "Tags",
      "Threshold", "ThresholdMetricId", "TreatMissingData", "Unit",
    ],
  ]
}
