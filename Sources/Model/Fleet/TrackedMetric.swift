/// What the program that scales calls a metric.
package struct MetricSource: FleetPart, Hashable {
  package var name = ""
  package var kind: Kind = .custom
  package var namespace: String?
  package var statistic: String?
  package var of: String?
  package var perMinute = false
  package var dimensions: [String: String]?

  package init() {}

  package init(
    _ kind: Kind, _ name: String, namespace: String? = nil, statistic: String? = nil, of: String? = nil,
    dimensions: [String: String]? = nil
  ) {
    (self.kind, self.name, self.namespace, self.statistic) = (kind, name, namespace, statistic)
    self.of = of
    self.dimensions = dimensions
  }

  package static let about = "What the program that scales calls a metric."

  package static let keyOfWord: String? = "name"

  package static let keys: [FleetKey<MetricSource>] = [
    .required("name", \.name, "The metric's name; of `query` the query, of `queue` the queue's address."),
    FleetKey(
      "kind", \.kind,
      "Where it is from: known to the scaling by name (`predefined`), published (`custom`), a share of what pods ask for "
        + "(`resource`), of each pod (`pods`), of another object (`object`), from outside (`external`), asked of a server "
        + "(`query`), messages that wait (`queue`)."),
    FleetKey(
      "namespace", \.namespace, "The namespace it is published in, or the server that is asked.", absent: "none"),
    FleetKey("statistic", \.statistic, "Which statistic of it counts, as its program calls it.", absent: "the average"),
    FleetKey("of", \.of, "What it is measured at: a load balancer's target group, another object.", absent: "none"),
    FleetKey(
      "per_minute", \.perMinute, "True where it counts by the minute what our metric counts by the second."),
    FleetKey("dimensions", \.dimensions, "Dimensions or labels that tell it from others of its name.", absent: "none"),
  ]

  /// How many of its units one of ours is.
  package var unitsOfOurs: Int64 { perMinute ? 60 : 1 }

  package enum Kind: String, CaseIterable, FleetWord {
    case predefined, custom, resource, pods, object, external, query, queue
  }
}

/// A metric that a policy follows, and the value it is to have.
package struct TrackedMetric: FleetPart, Hashable {
  package var metric: Metric = .unnamed
  package var target = ScaledDecimal(mantissa: 0, scale: 0)
  package var source: MetricSource?

  package init() {}

  package init(metric: Metric, target: ScaledDecimal, source: MetricSource? = nil) {
    (self.metric, self.target, self.source) = (metric, target, source)
  }

  package static let about = "A metric that a policy follows, and the value it is to have."

  package static let keys: [FleetKey<TrackedMetric>] = [
    .required("metric", \.metric, "What it follows."),
    .required("target", \.target, "The value to hold."),
    FleetKey("source", \.source, "What the program that scales calls the metric.", absent: "by our name"),
  ]
}

/// How fast a pod autoscaler changes capacity in a direction.
package struct ScalingBehaviour: FleetPart, Hashable {
  package var window: TimeSpan?
  package var select: Selection?
  package var tolerancePercent: ScaledDecimal?
  package var policies: [ChangeLimit]?

  package init() {}

  package static let about = "How fast a pod autoscaler changes capacity in a direction."

  package static let keys: [FleetKey<ScalingBehaviour>] = [
    FleetKey(
      "window", \.window, "For how long recommendations are looked back at, of which the least change counts.",
      absent: "none on the way up, 300s on the way down"),
    FleetKey("select", \.select, "Which of the limits counts.", absent: "that of the greatest change"),
    FleetKey(
      "tolerance_percent", \.tolerancePercent, "How far from its target a metric changes nothing.", unit: "%",
      absent: "10"),
    FleetKey(
      "policies", \.policies, "How much may change within a time.",
      absent: "4 pods or 100 percent in 15s on the way up, 100 percent on the way down"),
  ]

  package enum Selection: String, CaseIterable, FleetWord {
    case greatest = "Max"
    case least = "Min"
    case disabled = "Disabled"
  }
}

/// How much a pod autoscaler may change within a time.
package struct ChangeLimit: FleetPart, Hashable {
  package var kind: Kind = .pods
  package var value = 0
  package var period = TimeSpan(seconds: 0)

  package init() {}

  package static let about = "How much a pod autoscaler may change within a time."

  package static let keys: [FleetKey<ChangeLimit>] = [
    .required("kind", \.kind, "Whether the value is of pods or in percent of them."),
    .required("value", \.value, "The most that may change."),
    .required("period", \.period, "Within which time."),
  ]

  package enum Kind: String, CaseIterable, FleetWord {
    case pods = "Pods"
    case percent = "Percent"
  }
}
