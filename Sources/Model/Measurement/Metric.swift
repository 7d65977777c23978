/// What a series measures, by its name; the name carries the unit. Any text may be one.
///
/// The metrics that analysis knows have constants here. A series of any other is stored and left alone.
package struct Metric: RawRepresentable, Hashable, Sendable {
  package let rawValue: String

  package init(_ name: String) { rawValue = name }
  package init(rawValue: String) { self.init(rawValue) }
}

extension Metric: CaseIterable {
  // Per instance.
  package static let cpuPercent = Metric("cpu_percent")
  package static let cpuMaxPercent = Metric("cpu_max_percent")
  package static let memoryPercent = Metric("memory_percent")
  package static let networkInMbps = Metric("network_in_mbps")
  package static let networkOutMbps = Metric("network_out_mbps")
  /// Read and written together on the volumes of the instance, in Mbit/s.
  package static let ebsMbps = Metric("ebs_mbps")
  /// What the database holds in a cache of its own, such as WiredTiger's, in GiB.
  package static let cacheGiB = Metric("cache_gib")
  // Per service.
  package static let requestsPerSecond = Metric("requests_per_second")
  package static let latencyP95Milliseconds = Metric("latency_p95_ms")
  package static let errorRatePercent = Metric("error_rate_percent")
  package static let connections = Metric("connections")
  package static let connectionGrowthPercentPerMinute = Metric("connection_growth_percent_per_minute")
  package static let messagesPerSecond = Metric("messages_per_second")
  package static let poolConnections = Metric("pool_connections")
  package static let queueDepthItems = Metric("queue_depth_items")
  package static let processingTimeAverageMilliseconds = Metric("processing_time_avg_ms")
  package static let jobsPerMinute = Metric("jobs_per_minute")
  package static let iops = Metric("iops")
  package static let storageGiB = Metric("storage_gib")
  package static let storagePercent = Metric("storage_percent")
  package static let replicationLagSeconds = Metric("replication_lag_seconds")
  package static let readsPerSecond = Metric("reads_per_second")
  package static let evictionsPerSecond = Metric("evictions_per_second")
  package static let hitRatePercent = Metric("hit_rate_percent")
  package static let concurrentUsers = Metric("concurrent_users")
  // Amounts used in each interval; they add up over time.
  package static let lcuHours = Metric("lcu_hours")
  package static let transferOutGB = Metric("transfer_out_gb")
  package static let natGB = Metric("nat_gb")
  package static let inputTokens = Metric("input_tokens")
  package static let outputTokens = Metric("output_tokens")
  package static let calls = Metric("calls")
  // Of a model that is called: tokens by how they are bought, each in one metric only.
  package static let cachedInputTokens = Metric("cached_input_tokens")
  package static let cacheWriteTokens = Metric("cache_write_tokens")
  package static let cacheWriteHourTokens = Metric("cache_write_1h_tokens")
  package static let batchInputTokens = Metric("batch_input_tokens")
  package static let batchOutputTokens = Metric("batch_output_tokens")
  package static let batchCachedInputTokens = Metric("batch_cached_input_tokens")
  // Parts of those above: of the answers what was thought; of the prompts what repeats the start of an earlier one; of both
  // what calls cost that failed.
  package static let reasoningTokens = Metric("reasoning_tokens")
  package static let repeatedInputTokens = Metric("repeated_input_tokens")
  package static let failedInputTokens = Metric("failed_input_tokens")
  package static let failedOutputTokens = Metric("failed_output_tokens")
  package static let failedCalls = Metric("failed_calls")
  /// Users of a service that is paid for by the seat who used it within the month.
  package static let activeSeats = Metric("active_seats")

  /// The known ones, in the order above.
  package static let allCases: [Metric] = [
    .cpuPercent, .cpuMaxPercent, .memoryPercent, .networkInMbps, .networkOutMbps, .ebsMbps, .cacheGiB,
    .requestsPerSecond, .latencyP95Milliseconds, .errorRatePercent, .connections, .connectionGrowthPercentPerMinute,
    .messagesPerSecond, .poolConnections, .queueDepthItems, .processingTimeAverageMilliseconds, .jobsPerMinute, .iops,
    .storageGiB, .storagePercent, .replicationLagSeconds, .readsPerSecond, .evictionsPerSecond, .hitRatePercent,
    .concurrentUsers,
    .lcuHours, .transferOutGB, .natGB, .inputTokens, .outputTokens, .calls,
    .cachedInputTokens, .cacheWriteTokens, .cacheWriteHourTokens, .batchInputTokens, .batchOutputTokens,
    .batchCachedInputTokens, .reasoningTokens, .repeatedInputTokens, .failedInputTokens, .failedOutputTokens,
    .failedCalls, .activeSeats,
  ]

  private static let known = Set(allCases)

  /// True when analysis knows what it means.
  package var isKnown: Bool { Self.known.contains(self) }

  /// The known metric whose name is nearest to this one's, nil when none is near.
  package var nearestKnown: Metric? {
    nearestName(to: rawValue, among: Self.allCases.map(\.rawValue)).map { Metric($0) }
  }
}

extension Metric: FleetScalar {
  /// Stands where no metric could be read.
  static let unnamed = Metric("")

  package static var form: FleetForm { .metric }

  /// Strict: what a file decides by a metric must be one that is known.
  package init?(fileText: String) {
    self.init(fileText)
    guard isKnown else { return nil }
  }

  package var fileText: String { rawValue }
}

extension Metric {
  /// True for what is counted or measured from 0 on: of what is known all but growth, which may be negative.
  package var isAmount: Bool { isKnown && self != .connectionGrowthPercentPerMinute }

  /// 10^15: more than any instance, service or account has of anything within an interval, and little enough for a month's
  /// sums, times its seconds, to stay within 128 bits.
  package static let mostAmountExponent = 15

  /// The most that a value of so many decimals has for a mantissa; the largest number where no 64 bits reach it.
  package static func mostMantissa(scale: Int) -> Int64 {
    scale <= 18 - mostAmountExponent ? powerOfTen(mostAmountExponent + scale) : .max
  }

  /// The unit a condition on this metric may be written in.
  package enum Unit: String, Sendable {
    case percent, milliseconds, seconds, perSecond, perMinute, count
  }

  /// That of an unknown metric is a count.
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

  /// True when the metric is measured on each instance rather than on the service; false for an unknown one.
  package var isPerInstance: Bool {
    switch self {
    case .cpuPercent, .cpuMaxPercent, .memoryPercent, .networkInMbps, .networkOutMbps, .ebsMbps, .cacheGiB: true
    default: false
    }
  }
  /// What a sample says of the values within its interval.
  package enum Statistic: String, Sendable { case average, p95, maximum }

  /// The statistic that the metric is of, by its name; that of a count, and of an unknown metric, is the average.
  package var statistic: Statistic {
    switch self {
    case .latencyP95Milliseconds: .p95
    case .cpuMaxPercent: .maximum
    default: .average
    }
  }
}
