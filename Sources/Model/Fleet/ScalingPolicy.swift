/// An automatic scaling policy as the cloud is configured with it.
package struct ScalingPolicy: FleetPart {
  package var name = ""
  package var kind: Kind = .targetTracking
  package var metric: Metric = .unnamed
  package var target: ScaledDecimal?
  package var threshold: ScaledDecimal?
  package var isBelow = false
  package var duration = ScalingPolicy.usualDuration
  package var missing: Condition.MissingSamples = .missing
  package var steps: [ScalingStep] = []
  package var adjustment: Int?
  package var adjustmentType: AdjustmentKind = .change
  package var minimumMagnitude = 0
  package var cooldown: TimeSpan?
  package var scalesIn = true
  package var lead = TimeSpan(seconds: 0)
  package var bufferPercent: Int?

  package init() {}

  /// The period of CloudWatch's basic monitoring, which is what an alarm looks at where nobody asks for more.
  package static let usualDuration = TimeSpan(seconds: 300)

  package static let about = "An automatic scaling policy as the cloud is configured with it."

  package static let keys: [FleetKey<ScalingPolicy>] = [
    .required("name", \.name, "What the policy is called."),
    FleetKey("kind", \.kind, "How it scales."),
    .required("metric", \.metric, "What it follows."),
    FleetKey(
      "target", \.target, "Target tracking, `hpa` and `predictive`: the value to hold.",
      absent: "none where it acts on a threshold"),
    FleetKey(
      "threshold", \.threshold, "Step and simple scaling: the value of the metric at which its alarm goes off.",
      absent: "none where it tracks a target"),
    FleetKey("below", \.isBelow, "True where the alarm goes off below the threshold, to scale in."),
    FleetKey(
      "for", \.duration, "Step and simple scaling: for how long the alarm's metric must be beyond the threshold."),
    FleetKey("missing", \.missing, "What the alarm takes missing samples for, as CloudWatch calls it."),
    FleetKey(
      "steps", \.steps, "Step scaling: the steps, lowest first, bounds counted from the threshold. Empty for others."),
    FleetKey(
      "adjustment", \.adjustment, "Simple scaling: instances added, or removed where it is negative.",
      absent: "none where it has steps or a target"),
    FleetKey("adjustment_type", \.adjustmentType, "What adjustments are: a number, percent, or the capacity itself."),
    FleetKey("minimum_magnitude", \.minimumMagnitude, "Percentages change at least so many instances."),
    FleetKey(
      "cooldown", \.cooldown, "Simple scaling: how long it waits after a change.", absent: "the service's cooldown"),
    FleetKey("scale_in", \.scalesIn, "Target tracking: false where it only adds capacity."),
    FleetKey("lead", \.lead, "Predictive scaling: how long before an hour its forecast is in force."),
    FleetKey(
      "buffer_percent", \.bufferPercent,
      "Predictive scaling: by how much more than the forecast the maximum may be exceeded.",
      unit: "%", absent: "none where it keeps to the maximum"),
  ]

  package enum Kind: String, CaseIterable, FleetWord {
    case targetTracking = "target-tracking"
    case step, simple, predictive, hpa

    /// The keys that such a policy must have, of those that say when it acts and what it does.
    package var requiredKeys: [String] {
      switch self {
      case .targetTracking, .predictive, .hpa: ["target"]
      case .step: ["threshold", "steps"]
      case .simple: ["threshold", "adjustment"]
      }
    }
  }

  /// What adjustments of capacity are.
  package enum AdjustmentKind: String, CaseIterable, FleetWord {
    case change = "change-in-capacity"
    case percentChange = "percent-change-in-capacity"
    case exact = "exact-capacity"
  }

  /// The keys that say when it acts and what it does, of those that are written.
  package var givenKeys: [String] {
    [
      target == nil ? nil : "target", threshold == nil ? nil : "threshold", steps.isEmpty ? nil : "steps",
      adjustment == nil ? nil : "adjustment",
    ].compactMap(\.self)
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
