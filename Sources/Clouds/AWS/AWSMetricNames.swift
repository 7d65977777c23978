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

  /// By how much a figure of the source is divided to be one of ours: requests are counted by the minute.
  package static func divisor(of source: MetricSource) -> Int64 {
    source.kind == .predefined && source.name == "ALBRequestCountPerTarget" ? 60 : 1
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

  /// What a metric of a group is published as; one that AWS does not measure is to be published under our name.
  /// - Parameter tracks: whether a target is tracked, which knows some metrics by name.
  package static func source(of metric: Metric, tracks: Bool, predicts: Bool = false) -> MetricSource {
    switch metric {
    case .cpuPercent where predicts: MetricSource(.predefined, "ASGCPUUtilization")
    case .cpuPercent where tracks: MetricSource(.predefined, "ASGAverageCPUUtilization")
    case .cpuPercent: MetricSource(.custom, "CPUUtilization", namespace: "AWS/EC2", statistic: "Average")
    case .cpuMaxPercent: MetricSource(.custom, "CPUUtilization", namespace: "AWS/EC2", statistic: "Maximum")
    case .memoryPercent: MetricSource(.custom, "mem_used_percent", namespace: "CWAgent", statistic: "Average")
    default: MetricSource(.custom, metric.rawValue, namespace: "Plimsoll", statistic: "Average")
    }
  }
}
