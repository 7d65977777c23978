/// What of a service is judged together.
package enum ScalingApproach: String, Hashable, Sendable, CaseIterable {
  /// Each instance by itself: a machine with a name and a purpose of its own.
  case single
  /// Instances that share the work, of which there may be more or fewer.
  case group
  /// Nodes of one type that hold data: a database, a cache.
  case cluster
}

extension ScalingApproach: FleetScalar {
  package static var form: FleetForm { .oneOf(allCases.map(\.rawValue)) }

  /// `horizontal` is another word for a group, `vertical` for a cluster.
  package init?(fileText: String) {
    switch fileText {
    case "horizontal": self = .group
    case "vertical": self = .cluster
    default: self.init(rawValue: fileText)
    }
  }

  package var fileText: String { rawValue }
}

/// When capacity is added and removed.
package struct ScalingRules: FleetPart {
  package var scaleOut: [MetricCondition] = []
  package var scaleIn: [MetricCondition] = []
  package var cooldown = TimeSpan(seconds: 300)
  package var addReplica: [MetricCondition] = []
  package var launch: TimeSpan = SpotRules.defaultReplacement
  package var warmUp = TimeSpan(seconds: 0)
  package var drain: TimeSpan?

  package init() {}

  package static let about = "When capacity is added and removed."

  package static let keys: [FleetKey<ScalingRules>] = [
    FleetKey("scale_out", \.scaleOut, "Any of these adds capacity."),
    FleetKey("scale_in", \.scaleIn, "All of these together remove capacity; empty when it never shrinks by itself."),
    FleetKey("cooldown", \.cooldown, "The least time from a change to the next removal."),
    FleetKey(
      "add_replica", \.addReplica,
      "Vertical services: any of these adds a read replica or a cluster node instead; empty otherwise."),
    FleetKey("launch", \.launch, "From the request of an instance until it serves."),
    FleetKey("warm_up", \.warmUp, "From then until it counts in the metrics that policies follow."),
    FleetKey(
      "drain", \.drain, "How long an instance that is taken out is still paid for, its connections draining.",
      absent: "300s behind a load balancer, else 0s"),
  ]

  /// The deregistration delay of a target group where nobody sets another (Elastic Load Balancing user guide).
  package static let usualDrain = TimeSpan(seconds: 300)
}

/// A condition on one metric of a service.
package struct MetricCondition: FleetPart {
  package var metric: Metric = .unnamed
  package var condition: Condition = .unwritten

  package init() {}

  package static let about = "A condition on one metric of a service."

  package static let keys: [FleetKey<MetricCondition>] = [
    .required("metric", \.metric, "What is measured."),
    .required("when", \.condition, "When it is met."),
  ]
}

/// A change of capacity at fixed times.
package struct ScheduledAction: FleetPart, Hashable {
  package var name = ""
  package var desired: Int?
  package var minimum: Int?
  package var maximum: Int?
  package var recurrence = ""
  package var timezone: String = "UTC"

  package init() {}

  package static let about = "A change of capacity at fixed times."

  package static let keys: [FleetKey<ScheduledAction>] = [
    FleetKey("name", \.name, "What the action is called.", absent: "its recurrence"),
    FleetKey("desired", \.desired, "Instances from then on.", absent: "as many as there are, within the limits"),
    FleetKey("minimum", \.minimum, "The fewest from then on.", absent: "what it was"),
    FleetKey("maximum", \.maximum, "The most from then on.", absent: "what it was"),
    .required("recurrence", \.recurrence, "Five-field cron expression."),
    FleetKey("timezone", \.timezone, "IANA zone of the expression."),
  ]

  package var correction: String? {
    desired == nil && minimum == nil && maximum == nil ? "at least one of desired, minimum and maximum" : nil
  }

  /// True for counts that go together, as far as they are said.
  package var isOrdered: Bool {
    let said = [minimum, desired, maximum].compactMap(\.self)
    return zip(said, said.dropFirst()).allSatisfy { $0 <= $1 }
  }

  /// An action that a change makes recur.
  package init(_ action: CapacityAction, named name: String) {
    self.name = name
    (desired, minimum, maximum) = (action.desired, action.minimum, action.maximum)
    (recurrence, timezone) = (action.recurrence, action.timezone)
  }
}
