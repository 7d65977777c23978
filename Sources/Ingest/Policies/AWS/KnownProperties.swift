// "AWS::AutoScaling", "AWS::ApplicationAutoScaling" and "AWS::CloudWatch" resource types, CloudFormation template reference.

import Model

extension AWSResource {
  /// Types of the same service that change no capacity by themselves.
  static let scalesNothing: Set<String> = [
    "AWS::AutoScaling::LaunchConfiguration", "AWS::AutoScaling::LifecycleHook", "AWS::AutoScaling::WarmPool",
  ]
}

extension AWSResource.Kind {
  /// Properties that a resource does not have: mistyped, or newer than what is known here.
  /// - Parameter besides: what else the file's form has.
  func unknown(_ properties: DocumentNode, besides: Set<String> = []) -> [DocumentEntry] {
    guard let known = Self.properties[self], case .mapping(let entries) = properties.content else { return [] }
    let own = entries.filter { !known.contains($0.key) && !besides.contains($0.key) }
    let parts = unknownParts(properties).map { part in
      DocumentEntry((part.path + [part.entry.key]).joined(separator: "."), line: part.entry.line, part.entry.value)
    }
    return (own + parts).sorted { $0.line ?? 0 < $1.line ?? 0 }
  }

  /// The same of the parts within them, each with the properties that it is within.
  /// - Parameter path: that leads to the properties.
  func unknownParts(_ properties: DocumentNode, in path: [String] = []) -> [(path: [String], entry: DocumentEntry)] {
    typealias Part = (path: [String], entry: DocumentEntry)
    guard case .mapping(let entries) = properties.content else { return [] }
    return entries.flatMap { entry -> [Part] in
      guard let known = Self.parts[entry.key] else { return [] }
      let within = path + [entry.key]
      let parts = if case .list(let elements) = entry.value.content { elements } else { [entry.value] }
      return parts.flatMap { part -> [Part] in
        guard case .mapping(let own) = part.content else { return [] }
        // A function of a template stands for a part.
        if own.count == 1, own[0].key == "Ref" || own[0].key.hasPrefix("Fn::") { return [] }
        return own.filter { !known.contains($0.key) }.map { (within, $0) } + unknownParts(part, in: within)
      }
    }
  }

  private static let properties: [Self: Set<String>] = [
    .group: [
      "AutoScalingGroupName", "AvailabilityZoneDistribution", "AvailabilityZoneImpairmentPolicy", "AvailabilityZones",
      "CapacityRebalance", "CapacityReservationSpecification", "Context", "Cooldown", "DefaultInstanceWarmup",
      "DeletionProtection", "DesiredCapacity", "DesiredCapacityType", "HealthCheckGracePeriod", "HealthCheckType",
      "InstanceId", "InstanceLifecyclePolicy", "InstanceMaintenancePolicy", "LaunchConfigurationName",
      "LaunchTemplate", "LifecycleHookSpecificationList", "LoadBalancerNames", "MaxInstanceLifetime", "MaxSize",
      "MetricsCollection", "MinSize", "MixedInstancesPolicy", "NewInstancesProtectedFromScaleIn",
      "NotificationConfiguration", "NotificationConfigurations", "PlacementGroup", "ServiceLinkedRoleARN",
      "SkipZonalShiftValidation", "Tags", "TargetGroupARNs", "TerminationPolicies", "TrafficSources",
      "VPCZoneIdentifier",
    ],
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
    .serviceSchedule: [
      "EndTime", "ResourceId", "ScalableDimension", "ScalableTargetAction", "Schedule", "ScheduledActionName",
      "ServiceNamespace", "StartTime", "Timezone",
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

  /// What stands within a property.
  private static let parts: [String: Set<String>] = [
    "TargetTrackingConfiguration": [
      "CustomizedMetricSpecification", "DisableScaleIn", "PredefinedMetricSpecification", "TargetValue",
    ],
    "TargetTrackingScalingPolicyConfiguration": [
      "CustomizedMetricSpecification", "DisableScaleIn", "PredefinedMetricSpecification", "ScaleInCooldown",
      "ScaleOutCooldown", "TargetValue",
    ],
    "StepScalingPolicyConfiguration": [
      "AdjustmentType", "Cooldown", "MetricAggregationType", "MinAdjustmentMagnitude", "StepAdjustments",
    ],
    "StepAdjustments": ["MetricIntervalLowerBound", "MetricIntervalUpperBound", "ScalingAdjustment"],
    "PredefinedMetricSpecification": ["PredefinedMetricType", "ResourceLabel"],
    "CustomizedMetricSpecification": [
      "Dimensions", "MetricName", "Metrics", "Namespace", "Period", "Statistic", "Unit",
    ],
    "Dimensions": ["Name", "Value"],
    "PredictiveScalingConfiguration": predictive, "PredictiveScalingPolicyConfiguration": predictive,
    "PredefinedMetricPairSpecification": ["PredefinedMetricType", "ResourceLabel"],
    "MetricSpecifications": [
      "CustomizedCapacityMetricSpecification", "CustomizedLoadMetricSpecification",
      "CustomizedScalingMetricSpecification", "PredefinedLoadMetricSpecification",
      "PredefinedMetricPairSpecification", "PredefinedScalingMetricSpecification", "TargetValue",
    ],
    "ScalableTargetAction": ["MaxCapacity", "MinCapacity"],
    "ScheduledActions": [
      "EndTime", "ScalableTargetAction", "Schedule", "ScheduledActionName", "StartTime", "Timezone",
    ],
    "SuspendedState": ["DynamicScalingInSuspended", "DynamicScalingOutSuspended", "ScheduledScalingSuspended"],
  ]

  private static let predictive: Set<String> = [
    "MaxCapacityBreachBehavior", "MaxCapacityBuffer", "MetricSpecifications", "Mode", "SchedulingBufferTime",
  ]
}
