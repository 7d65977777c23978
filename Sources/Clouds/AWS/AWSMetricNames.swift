// "Predefined metric specifications" of EC2 Auto Scaling and Application Auto Scaling (API reference), "CloudWatch metrics for
// your instances" (EC2 user guide), "Metrics collected by the CloudWatch agent".

import Model

/// What CloudWatch and the scaling that rests on it call metrics of ours.
package enum AWSMetricNames {
  /// What target tracking knows by name.
  private static let predefined: [String: Metric] = [
    "ASGAverageCPUUtilization": .cpuPercent, "ASGCPUUtilization": .cpuPercent,
    "ECSServiceAverageCPUUtilization": .cpuPercent, "ECSServiceAverageMemoryUtilization": .memoryPercent,
    "ALBRequestCountPerTarget": .requestsPerSecond,
  ]

  /// True for what counts by the minute: requests.
  package static func isPerMinute(_ source: MetricSource) -> Bool {
    source.kind == .predefined && source.name == "ALBRequestCountPerTarget"
  }

  /// Our metric; a metric of the source's own name where we have none.
  package static func metric(of source: MetricSource) -> Metric {
    if source.kind == .predefined { return predefined[source.name] ?? Metric(source.name) }
    switch (source.name, source.statistic ?? "Average") {
    case ("CPUUtilization", "Average"): return .cpuPercent
    case ("CPUUtilization", "Maximum"): return .cpuMaxPercent
    case ("mem_used_percent", "Average"), ("MemoryUtilization", "Average"): return .memoryPercent
    case ("ApproximateNumberOfMessagesVisible", "Average"): return .queueDepthItems
    default: return Metric(source.name)
    }
  }

  /// True for a statistic of a metric that we know by its average alone.
  package static func isOtherStatistic(_ source: MetricSource) -> Bool {
    guard source.kind == .custom, source.statistic ?? "Average" != "Average" else { return false }
    var average = source
    average.statistic = nil
    let (mean, own) = (metric(of: average), metric(of: source))
    return mean.isKnown && (own == mean || !own.isKnown)
  }

  /// One that AWS does not measure is to be published under our name.
  fileprivate static func source(of metric: Metric, following kind: ScalingPolicy.Kind) -> MetricSource {
    switch metric {
    case .cpuPercent where kind == .predictive: MetricSource(.predefined, "ASGCPUUtilization")
    case .cpuPercent where kind == .targetTracking: MetricSource(.predefined, "ASGAverageCPUUtilization")
    case .cpuPercent: MetricSource(.custom, "CPUUtilization", namespace: "AWS/EC2", statistic: "Average")
    case .cpuMaxPercent: MetricSource(.custom, "CPUUtilization", namespace: "AWS/EC2", statistic: "Maximum")
    case .memoryPercent: MetricSource(.custom, "mem_used_percent", namespace: "CWAgent", statistic: "Average")
    default: MetricSource(.custom, metric.rawValue, namespace: "Plimsoll", statistic: "Average")
    }
  }
}

extension AWS: MetricNames {
  package func source(of metric: Metric, following kind: ScalingPolicy.Kind) -> MetricSource {
    AWSMetricNames.source(of: metric, following: kind)
  }
}
