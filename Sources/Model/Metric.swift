/// What a series measures. The name carries the unit.
package enum Metric: String, CaseIterable, Decodable, Hashable, Sendable {
  // Per instance.
  case cpuPercent = "cpu_percent"
  case cpuMaxPercent = "cpu_max_percent"
  case memoryPercent = "memory_percent"
  case networkInMbps = "network_in_mbps"
  case networkOutMbps = "network_out_mbps"
  // Per service.
  case requestsPerSecond = "requests_per_second"
  case latencyP95Milliseconds = "latency_p95_ms"
  case errorRatePercent = "error_rate_percent"
  case connections = "connections"
  case connectionGrowthPercentPerMinute = "connection_growth_percent_per_minute"
  case messagesPerSecond = "messages_per_second"
  case poolConnections = "pool_connections"
  case queueDepthItems = "queue_depth_items"
  case processingTimeAverageMilliseconds = "processing_time_avg_ms"
  case jobsPerMinute = "jobs_per_minute"
  case iops = "iops"
  case storageGiB = "storage_gib"
  case storagePercent = "storage_percent"
  case replicationLagSeconds = "replication_lag_seconds"
  case readsPerSecond = "reads_per_second"
  case evictionsPerSecond = "evictions_per_second"
  case hitRatePercent = "hit_rate_percent"
  case concurrentUsers = "concurrent_users"
  // Amounts used in each interval; they add up over time.
  case lcuHours = "lcu_hours"
  case transferOutGB = "transfer_out_gb"
  case natGB = "nat_gb"
  case inputTokens = "input_tokens"
  case outputTokens = "output_tokens"
  case calls = "calls"

  /// The unit a condition on this metric may be written in.
  package enum Unit: String, Sendable {
    case percent, milliseconds, seconds, perSecond, perMinute, count
  }

  package var unit: Unit {
    switch self {
    case .cpuPercent, .cpuMaxPercent, .memoryPercent, .errorRatePercent, .hitRatePercent,
      .storagePercent:
      .percent
    case .connectionGrowthPercentPerMinute: .perMinute
    case .latencyP95Milliseconds, .processingTimeAverageMilliseconds: .milliseconds
    case .replicationLagSeconds: .seconds
    case .requestsPerSecond, .messagesPerSecond, .readsPerSecond, .evictionsPerSecond: .perSecond
    default: .count
    }
  }

  /// True when the metric is measured on each instance rather than on the service.
  package var isPerInstance: Bool {
    switch self {
    case .cpuPercent, .cpuMaxPercent, .memoryPercent, .networkInMbps, .networkOutMbps: true
    default: false
    }
  }
}
