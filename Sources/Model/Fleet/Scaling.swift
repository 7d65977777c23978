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

  package init() {}

  package static let about = "When capacity is added and removed."

  package static let keys: [FleetKey<ScalingRules>] = [
    FleetKey("scale_out", \.scaleOut, "Any of these adds capacity."),
    FleetKey("scale_in", \.scaleIn, "All of these together remove capacity; empty when it never shrinks by itself."),
    FleetKey("cooldown", \.cooldown, "The least time from a change to the next removal."),
    FleetKey(
      "add_replica", \.addReplica,
      "Vertical services: any of these adds a read replica or a cluster node instead; empty otherwise."),
  ]
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

/// An automatic scaling policy as the cloud is configured with it.
package struct ScalingPolicy: FleetPart {
  package var name = ""
  package var kind: Kind = .targetTracking
  package var metric: Metric = .unnamed
  package var target: ScaledDecimal?
  package var threshold: ScaledDecimal?
  package var steps: [ScalingStep] = []

  package init() {}

  package static let about = "An automatic scaling policy as the cloud is configured with it."

  package static let keys: [FleetKey<ScalingPolicy>] = [
    .required("name", \.name, "What the policy is called."),
    FleetKey("kind", \.kind, "How it scales."),
    .required("metric", \.metric, "What it follows."),
    FleetKey("target", \.target, "Target tracking: the value to hold.", absent: "none where it scales by steps"),
    FleetKey(
      "threshold", \.threshold, "Step scaling: the metric value at which the bounds count from.",
      absent: "none where it tracks a target"),
    FleetKey("steps", \.steps, "Step scaling: the steps, lowest first. Empty for target tracking."),
  ]

  package enum Kind: String, CaseIterable, FleetWord {
    case targetTracking = "target-tracking"
    case step
  }
}

/// One step of a step-scaling policy; bounds are relative to the policy's threshold.
package struct ScalingStep: FleetPart {
  package var lower = 0
  package var upper: Int?
  package var adjustment = 0

  package init() {}

  package static let about = "One step of a step-scaling policy; bounds are relative to the policy's threshold."

  package static let keys: [FleetKey<ScalingStep>] = [
    FleetKey("lower", \.lower, "The bound from which it holds."),
    FleetKey("upper", \.upper, "The bound below which it holds.", absent: "none when open-ended"),
    .required("adjustment", \.adjustment, "Instances added, or removed where it is negative."),
  ]
}

/// A change of capacity at fixed times.
package struct ScheduledAction: FleetPart {
  package var name = ""
  package var desired = 0
  package var minimum = 0
  package var maximum = 0
  package var recurrence = ""
  package var timezone: String = "UTC"

  package init() {}

  package static let about = "A change of capacity at fixed times."

  package static let keys: [FleetKey<ScheduledAction>] = [
    FleetKey("name", \.name, "What the action is called.", absent: "its recurrence"),
    .required("desired", \.desired, "Instances from then on."),
    .required("minimum", \.minimum, "The fewest from then on."),
    .required("maximum", \.maximum, "The most from then on."),
    .required("recurrence", \.recurrence, "Five-field cron expression."),
    FleetKey("timezone", \.timezone, "IANA zone of the expression."),
  ]
}
