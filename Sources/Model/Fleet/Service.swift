/// How a service grows: by more instances, or by larger ones.
package enum ScalingApproach: String, CaseIterable, Decodable, Sendable { case horizontal, vertical }

/// One service of the fleet.
package struct Service: Decodable, Sendable {
  package var name: String
  package var title: String
  package var approach: ScalingApproach
  /// What runs on the instances, as prices name it: `linux`, `redis`, ...
  package var engine: String
  /// The type it starts with.
  package var initialType: String
  /// The types it may run on, smallest first; advice stays inside this list.
  package var instanceTypes: [String]
  package var minimum: Int
  package var maximum: Int
  /// True when work survives the loss of an instance at two minutes' notice, so that spot capacity may serve it.
  package var interruptible: Bool
  /// How spot capacity may serve it; nil for the defaults, and where it is not interruptible.
  package var spot: SpotRules?
  /// What drives its use, for sharing its cost among user types.
  package var driver: CostDriver
  package var scaling: ScalingRules
  package var policies: [ScalingPolicy]
  package var scheduledActions: [ScheduledAction]
  package var limits: [Limit]
  package var thresholds: [Threshold]
  /// Percent of the instance's memory that data may not use (Redis `reserved-memory-percent`); 0 when absent.
  package var reservedMemoryPercent: Int?
  /// Present on databases only.
  package var database: DatabaseRules?
  /// Present on clustered caches only.
  package var cluster: ClusterRules?
  /// In place of the fleet's, point by point.
  package var outlook: Outlook?
  package var loadBalancer: String?
  package var considerations: [String]

  package func limit(for metric: Metric) -> Limit? { limits.first { $0.metric == metric } }
}

/// How spot capacity may serve an interruptible service. Every key is optional.
package struct SpotRules: Decodable, Sendable {
  /// Queue workers: how soon after a loss the queue must be as short as before. nil where work cannot wait, and the
  /// instances that are left must stay below their critical CPU threshold instead.
  package var deadline: TimeSpan?
  /// From the loss of an instance until another serves; nil for ``defaultReplacement``.
  package var replacement: TimeSpan?
  /// Availability zones it may run in, as the spot prices call them; nil for those the price book has spot prices of.
  package var zones: [String]?
  /// Types it may run on as spot, among its instance types; nil for all that are as large as the one that runs.
  package var types: [String]?

  /// Time to launch an instance and start the service on it, where the fleet file does not say: five minutes.
  package static let defaultReplacement = TimeSpan(seconds: 300)

  package init(
    deadline: TimeSpan? = nil, replacement: TimeSpan? = nil, zones: [String]? = nil, types: [String]? = nil
  ) {
    self.deadline = deadline
    self.replacement = replacement
    self.zones = zones
    self.types = types
  }
}

/// When capacity is added and removed.
package struct ScalingRules: Decodable, Sendable {
  /// Any of these adds capacity.
  package var scaleOut: [MetricCondition]
  /// All of these together remove capacity; empty when it never shrinks by itself.
  package var scaleIn: [MetricCondition]
  package var cooldown: TimeSpan
  /// Vertical services: any of these adds a read replica or a cluster node instead; empty otherwise.
  package var addReplica: [MetricCondition]
}

/// A condition on one metric of a service.
package struct MetricCondition: Decodable, Sendable {
  package var metric: Metric
  package var condition: Condition

  enum CodingKeys: String, CodingKey {
    case metric
    case condition = "when"
  }
}

/// An automatic scaling policy as the cloud is configured with it.
package struct ScalingPolicy: Decodable, Sendable {
  package enum Kind: String, CaseIterable, Decodable, Sendable {
    case targetTracking = "target-tracking"
    case step
  }
  package var name: String
  package var kind: Kind
  package var metric: Metric
  /// Target tracking: the value to hold. Absent for step policies.
  package var target: ScaledDecimal?
  /// Step scaling: the metric value at which the bounds count from. Absent for target tracking.
  package var threshold: ScaledDecimal?
  package var steps: [ScalingStep]
}

/// One step of a step-scaling policy; bounds are relative to the policy's threshold.
package struct ScalingStep: Decodable, Sendable {
  package var lower: Int
  /// nil when open-ended.
  package var upper: Int?
  package var adjustment: Int
}

/// A change of capacity at fixed times.
package struct ScheduledAction: Decodable, Sendable {
  package var name: String
  package var desired: Int
  package var minimum: Int
  package var maximum: Int
  /// Five-field cron expression.
  package var recurrence: String
  /// IANA zone of the expression.
  package var timezone: String
}

/// Sharding and read-replica rules of a database.
package struct DatabaseRules: Decodable, Sendable {
  package var replicas: Int
  package var replicasSameSizeAsPrimary: Bool
  package var shardingDatasetGib: Int
  package var shardingAtPercent: Int
  /// The storage engine whose cache must hold what it holds; nil when caches are not looked at.
  package var cache: DatabaseCache?
}

/// Size limits of a cache cluster.
package struct ClusterRules: Decodable, Sendable {
  package var initialNodes: Int
  package var maximumNodes: Int
  package var maximumType: String
}
