/// One service of the fleet.
package struct Service: FleetPart {
  package var name = ""
  package var title = ""
  package var statedApproach: ScalingApproach?
  /// What the inventory shows, where the file does not say.
  package var shownApproach = ScalingApproach.group
  package var engine = ""
  package var initialType = ""
  package var instanceTypes: [String] = []
  package var minimum = 1
  package var maximum = 100_000
  package var regionMaximum = 1_000
  package var interruptible = false
  package var maySleep = false
  package var spot: SpotRules?
  package var driver: CostDriver = .users
  package var scaling = ScalingRules()
  package var policies: [ScalingPolicy] = []
  package var scheduledActions: [ScheduledAction] = []
  package var limits: [Limit] = []
  package var thresholds: [Threshold] = []
  package var reservedMemoryPercent: Int?
  package var database: DatabaseRules?
  package var cluster: ClusterRules?
  package var outlook: Outlook?
  package var namespaces: [String: ScaledDecimal]?
  package var loadBalancer: String?
  package var considerations: [String] = []

  package init() {}

  package static let about = "One service of the fleet."

  package static let keys: [FleetKey<Service>] = [
    .required("name", \.name, "One word: the service of utilisation, inventory and commitments."),
    FleetKey("title", \.title, "As reports print it.", absent: "the name"),
    FleetKey(
      "approach", \.statedApproach,
      "What is judged together: each instance by itself (`single`), instances that share the work (`group`, or "
        + "`horizontal`), nodes that hold data (`cluster`, or `vertical`).",
      absent: "what the inventory shows"),
    FleetKey(
      "engine", \.engine, "What runs on the instances, as prices name it: `linux`, `redis`, ...",
      absent: "what the inventory says, else what mostly runs on such a type: `linux`, on cache nodes `redis`"),
    FleetKey("initial_type", \.initialType, "The type it starts with.", absent: "the first of its types"),
    FleetKey(
      "instance_types", \.instanceTypes, "The types it may run on, smallest first; advice stays inside this list."),
    FleetKey("minimum", \.minimum, "The fewest instances or nodes."),
    FleetKey("maximum", \.maximum, "The most instances or nodes."),
    FleetKey(
      "region_maximum", \.regionMaximum,
      "The most instances or nodes that one region may hold; by default as many as one load balancer may have for targets by the quota of Elastic Load Balancing."
    ),
    FleetKey(
      "interruptible", \.interruptible,
      "True when work survives the loss of an instance at two minutes' notice, so that spot capacity may serve it."),
    FleetKey(
      "may_sleep", \.maySleep,
      "True for what is not for production: its machines may be stopped at times when nobody uses them."),
    FleetKey("spot", \.spot, "How spot capacity may serve it, where it is interruptible.", absent: "the defaults"),
    FleetKey("driver", \.driver, "What drives its use, for sharing its cost among user types."),
    FleetKey("scaling", \.scaling, "When capacity is added and removed."),
    FleetKey("policies", \.policies, "Its automatic scaling, as the cloud is configured with it."),
    FleetKey("scheduled_actions", \.scheduledActions, "Changes of capacity at fixed times."),
    FleetKey("limits", \.limits, "The limits that percentages of its conditions refer to."),
    FleetKey("thresholds", \.thresholds, "Its threshold table."),
    FleetKey(
      "reserved_memory_percent", \.reservedMemoryPercent,
      "Percent of the instance's memory that data may not use (Redis `reserved-memory-percent`).", unit: "%",
      absent: "0"),
    FleetKey("database", \.database, "Sharding and replicas.", absent: "none where it is no database"),
    FleetKey("cluster", \.cluster, "Sizes of the cluster.", absent: "none where it is no cluster"),
    FleetKey(
      "outlook", \.outlook, "What is expected of its demand, in place of the fleet's, point by point.",
      absent: "the fleet's"),
    FleetKey(
      "namespaces", \.namespaces,
      "Which part of it each namespace of Kubernetes asks for, as fractions that are together at most 1; the rest is idle.",
      absent: "none where it is no pool of nodes"),
    FleetKey("load_balancer", \.loadBalancer, "What stands before it, in the owners' words.", absent: "nothing"),
    FleetKey("considerations", \.considerations, "What else is to be thought of, in the owners' words."),
  ]

  package static let keyOfWord: String? = "name"

  /// What is judged together.
  package var approach: ScalingApproach {
    get { statedApproach ?? shownApproach }
    set { statedApproach = newValue }
  }

  /// The one instance that this speaks of, where each is judged by itself; nil for all.
  package var resource: String?

  package mutating func settle() {
    if title.isEmpty { title = name }
    if initialType.isEmpty { initialType = instanceTypes.first ?? "" }
  }

  /// The service as one of its instances; the service itself for none.
  package func unit(_ resource: String?) -> Service {
    guard let resource else { return self }
    var unit = self
    unit.resource = resource
    unit.minimum = 1
    unit.maximum = 1
    return unit
  }

  /// What it is called where an instance may be spoken of: `shop`, `shop/web-1`.
  package var subject: String { resource.map { "\(name)/\($0)" } ?? name }

  /// The longest time that its instances, or one of its policies, takes an instance to warm up.
  package var slowestWarmUp: TimeSpan {
    TimeSpan(seconds: ([scaling.warmUp] + policies.compactMap(\.warmUp)).map(\.seconds).max() ?? 0)
  }

  package func limit(for metric: Metric) -> Limit? { limits.first { $0.metric == metric } }
}

/// What services share where they do not say otherwise: a service without a name.
package struct ServiceDefaults: FleetPart {
  /// What a service is before its own words are read.
  package var service = Service()

  package init() {}

  package static let about = "What services share: every key of a service but its name."

  package func share(with reading: DocumentReading) { reading.start(Service.self, from: service) }

  package static let keys = Service.keys.filter { $0.name != "name" }.map { $0.within(\ServiceDefaults.service) }
}

/// How spot capacity may serve an interruptible service. Every key is optional.
package struct SpotRules: FleetPart {
  package var deadline: TimeSpan?
  package var replacement: TimeSpan?
  package var zones: [String]?
  package var types: [String]?

  package init() {}

  package static let about = "How spot capacity may serve an interruptible service. Every key is optional."

  package static let keys: [FleetKey<SpotRules>] = [
    FleetKey(
      "deadline", \.deadline, "Queue workers: how soon after a loss the queue must be as short as before.",
      absent:
        "none where work cannot wait, and the instances that are left must stay below their critical CPU threshold instead"
    ),
    FleetKey("replacement", \.replacement, "From the loss of an instance until another serves.", absent: "5min"),
    FleetKey(
      "zones", \.zones, "Availability zones it may run in, as the spot prices call them.",
      absent: "those the price book has spot prices of"),
    FleetKey(
      "types", \.types, "Types it may run on as spot, among its instance types.",
      absent: "all that are as large as the one that runs"),
  ]

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

/// Sharding and read-replica rules of a database.
package struct DatabaseRules: FleetPart {
  package var replicas = 0
  package var replicasSameSizeAsPrimary = true
  package var shardingDatasetGib = 0
  package var shardingAtPercent = 80
  package var maximumType: String?
  package var cache: DatabaseCache?

  package init() {}

  package static let about = "Sharding and read-replica rules of a database."

  package static let keys: [FleetKey<DatabaseRules>] = [
    FleetKey("replicas", \.replicas, "Replicas beside the primary."),
    FleetKey(
      "replicas_same_size_as_primary", \.replicasSameSizeAsPrimary, "True when replicas have the primary's type."),
    FleetKey(
      "sharding_dataset_gib", \.shardingDatasetGib, "The data, in GiB, that one set of instances can hold.", unit: "GiB"
    ),
    FleetKey("sharding_at_percent", \.shardingAtPercent, "Percent of that from which to shard.", unit: "%"),
    FleetKey(
      "maximum_type", \.maximumType, "The largest type that the document would have it scaled up to.",
      absent: "none where it names none"),
    FleetKey(
      "cache", \.cache, "The storage engine whose cache must hold what it holds.",
      absent: "none when caches are not looked at"),
  ]
}

/// Size limits of a cache cluster.
package struct ClusterRules: FleetPart {
  package var initialNodes = 1
  package var maximumNodes = 1
  package var maximumType = ""
  package var refill: TimeSpan?
  package var backedBy: String?

  package init() {}

  package static let about = "Size limits of a cache cluster, and what stands behind it."

  package static let keys: [FleetKey<ClusterRules>] = [
    FleetKey("initial_nodes", \.initialNodes, "Nodes that it starts with."),
    FleetKey("maximum_nodes", \.maximumNodes, "The most nodes."),
    FleetKey("maximum_type", \.maximumType, "The largest type of a node."),
    FleetKey(
      "refill", \.refill, "How long a node that begins empty takes until it finds as much as before.",
      absent: "none where nobody knows"),
    FleetKey(
      "backed_by", \.backedBy, "The service that is asked for what it does not find.", absent: "none where nothing is"),
  ]
}
