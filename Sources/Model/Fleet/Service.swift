/// How a service grows: by more instances, or by larger ones.
package enum ScalingApproach: String, CaseIterable, Decodable, Sendable { case horizontal, vertical }

/// One service of the fleet.
package struct Service: Decodable, Sendable {
  /// One word: the service of utilisation, inventory and commitments.
  package var name: String
  /// As reports print it.
  package var title: String
  /// How it grows.
  package var approach: ScalingApproach
  /// What runs on the instances, as prices name it: `linux`, `redis`, ...
  package var engine: String
  /// The type it starts with.
  package var initialType: String
  /// The types it may run on, smallest first; advice stays inside this list.
  package var instanceTypes: [String]
  /// The fewest instances or nodes.
  package var minimum: Int
  /// The most instances or nodes.
  package var maximum: Int
  /// True when work survives the loss of an instance at two minutes' notice, so that spot capacity may serve it.
  package var interruptible: Bool
  /// How spot capacity may serve it, where it is interruptible; nil for the defaults.
  package var spot: SpotRules?
  /// What drives its use, for sharing its cost among user types.
  package var driver: CostDriver
  /// When capacity is added and removed.
  package var scaling: ScalingRules
  /// Its automatic scaling, as the cloud is configured with it.
  package var policies: [ScalingPolicy]
  /// Changes of capacity at fixed times.
  package var scheduledActions: [ScheduledAction]
  /// The limits that percentages of its conditions refer to.
  package var limits: [Limit]
  /// Its threshold table.
  package var thresholds: [Threshold]
  /// Percent of the instance's memory that data may not use (Redis `reserved-memory-percent`); nil for 0.
  package var reservedMemoryPercent: Int?
  /// Sharding and replicas; nil where it is no database.
  package var database: DatabaseRules?
  /// Sizes of the cluster; nil where it is no cluster.
  package var cluster: ClusterRules?
  /// What is expected of its demand, in place of the fleet's, point by point; nil for the fleet's.
  package var outlook: Outlook?
  /// What stands before it, in the owners' words; nil for nothing.
  package var loadBalancer: String?
  /// What else is to be thought of, in the owners' words.
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
  /// The least time from a change to the next removal.
  package var cooldown: TimeSpan
  /// Vertical services: any of these adds a read replica or a cluster node instead; empty otherwise.
  package var addReplica: [MetricCondition]
}

/// A condition on one metric of a service.
package struct MetricCondition: Decodable, Sendable {
  /// What is measured.
  package var metric: Metric
  /// When it is met.
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
  /// What the policy is called.
  package var name: String
  /// How it scales.
  package var kind: Kind
  /// What it follows.
  package var metric: Metric
  /// Target tracking: the value to hold; nil where it scales by steps.
  package var target: ScaledDecimal?
  /// Step scaling: the metric value at which the bounds count from; nil where it tracks a target.
  package var threshold: ScaledDecimal?
  /// Step scaling: the steps, lowest first. Empty for target tracking.
  package var steps: [ScalingStep]
}

/// One step of a step-scaling policy; bounds are relative to the policy's threshold.
package struct ScalingStep: Decodable, Sendable {
  /// The bound from which it holds.
  package var lower: Int
  /// The bound below which it holds; nil when open-ended.
  package var upper: Int?
  /// Instances added, or removed where it is negative.
  package var adjustment: Int
}

/// A change of capacity at fixed times.
package struct ScheduledAction: Decodable, Sendable {
  /// What the action is called.
  package var name: String
  /// Instances from then on.
  package var desired: Int
  /// The fewest from then on.
  package var minimum: Int
  /// The most from then on.
  package var maximum: Int
  /// Five-field cron expression.
  package var recurrence: String
  /// IANA zone of the expression.
  package var timezone: String
}

/// Sharding and read-replica rules of a database.
package struct DatabaseRules: Decodable, Sendable {
  /// Replicas beside the primary.
  package var replicas: Int
  /// True when replicas have the primary's type.
  package var replicasSameSizeAsPrimary: Bool
  /// The data, in GiB, that one set of instances can hold.
  package var shardingDatasetGib: Int
  /// Percent of that from which to shard.
  package var shardingAtPercent: Int
  /// The storage engine whose cache must hold what it holds; nil when caches are not looked at.
  package var cache: DatabaseCache?
}

/// Size limits of a cache cluster.
package struct ClusterRules: Decodable, Sendable {
  /// Nodes that it starts with.
  package var initialNodes: Int
  /// The most nodes.
  package var maximumNodes: Int
  /// The largest type of a node.
  package var maximumType: String
}
