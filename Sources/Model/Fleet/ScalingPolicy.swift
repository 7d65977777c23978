/// An automatic scaling policy as the cloud is configured with it.
package struct ScalingPolicy: FleetPart {
  package var name = ""
  package var kind: Kind = .targetTracking
  package var metric: Metric = .unnamed
  package var target: ScaledDecimal?
  package var targetLatency: TimeSpan?
  package var secondsPerItem: ScaledDecimal?
  package var threshold: ScaledDecimal?
  package var isBelow = false
  package var isInclusive = false
  package var duration = ScalingPolicy.usualDuration
  package var period: TimeSpan?
  package var datapoints: Int?
  package var missing: Condition.MissingSamples = .missing
  package var steps: [ScalingStep] = []
  package var adjustment: Int?
  package var adjustmentType: AdjustmentKind = .change
  package var minimumMagnitude = 0
  package var cooldown: TimeSpan?
  package var scalesIn = true
  package var warmUp: TimeSpan?
  package var lead = TimeSpan(seconds: 0)
  package var bufferPercent: Int?
  package var also: [TrackedMetric] = []
  package var scaleUp: ScalingBehaviour?
  package var scaleDown: ScalingBehaviour?
  package var source: MetricSource?

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
      "target_latency", \.targetLatency,
      "Target tracking of `queue_depth_items`, in place of `target`: how long what waits may wait for its turn.",
      absent: "none where it tracks a target"),
    FleetKey(
      "seconds_per_item", \.secondsPerItem,
      "With `target_latency`: how long an instance takes for an item; the target is the one over the other.",
      absent: "none where it tracks a target"),
    FleetKey(
      "threshold", \.threshold, "Step and simple scaling: the value of the metric at which its alarm goes off.",
      absent: "none where it tracks a target"),
    FleetKey("below", \.isBelow, "True where the alarm goes off below the threshold, to scale in."),
    FleetKey("at_threshold", \.isInclusive, "True where the alarm goes off at the threshold too, not beyond it alone."),
    FleetKey(
      "for", \.duration, "Step and simple scaling: for how long the alarm's metric must be beyond the threshold."),
    FleetKey(
      "period", \.period, "The length of the alarm's periods, of which `for` is so many.",
      absent: "a minute where `for` is whole minutes, else all of `for`"),
    FleetKey(
      "datapoints", \.datapoints, "In how many of its periods the alarm's metric must be beyond the threshold.",
      absent: "all of them"),
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
    FleetKey(
      "warm_up", \.warmUp, "From when an instance serves until it counts in what this policy follows.",
      absent: "the service's warm-up"),
    FleetKey("lead", \.lead, "Predictive scaling: how long before an hour its forecast is in force."),
    FleetKey(
      "buffer_percent", \.bufferPercent,
      "Predictive scaling: by how much more than the forecast the maximum may be exceeded.",
      unit: "%", absent: "none where it keeps to the maximum"),
    FleetKey("also", \.also, "`hpa`: what it follows besides; of all metrics the one that asks for most counts."),
    FleetKey("scale_up", \.scaleUp, "`hpa`: how fast it adds.", absent: "as Kubernetes does by itself"),
    FleetKey("scale_down", \.scaleDown, "`hpa`: how fast it removes.", absent: "as Kubernetes does by itself"),
    FleetKey(
      "source", \.source, "What the program that scales calls the metric, for exports.",
      absent: "what the cloud calls such a metric"),
  ]

  /// A bound that steps above a threshold lack is the threshold: nothing acts below it. A latency is a target of items.
  package mutating func settle() {
    target = target ?? latencyTarget
    guard !isBelow, let first = steps.first, first.lower == nil, first.upper.map({ $0.mantissa > 0 }) ?? true else {
      return
    }
    steps[0].lower = ScaledDecimal(mantissa: 0, scale: 0)
  }

  /// So many items wait for each instance that the last of them waits as long as it may: "Scaling policy based on Amazon SQS"
  /// (Amazon EC2 Auto Scaling User Guide) calls it the acceptable backlog. In thousandths, rounded down; nil where nothing says.
  package var latencyTarget: ScaledDecimal? {
    guard let targetLatency, let secondsPerItem, secondsPerItem.mantissa > 0 else { return nil }
    let thousandths =
      Int128(targetLatency.seconds) * 1000 * widePowerOfTen(secondsPerItem.scale) / Int128(secondsPerItem.mantissa)
    return ScaledDecimal(mantissa: Int64(clamping: thousandths), scale: 3).normalised
  }

  /// Tracks another target than its latency comes to.
  package mutating func track(_ target: ScaledDecimal?) {
    self.target = target
    if target?.normalised != latencyTarget { (targetLatency, secondsPerItem) = (nil, nil) }
  }

  /// The length of the alarm's periods, and how many it looks at.
  package var alarmPeriods: (seconds: Int64, count: Int) {
    let usual = duration.seconds % 60 == 0 && duration.seconds > 0 ? 60 : duration.seconds
    let seconds = max(1, period?.seconds ?? usual)
    return (seconds, Int(max(1, duration.seconds / seconds)))
  }

  /// Every metric that it follows, the first of them its own.
  package var tracked: [TrackedMetric] {
    guard let target else { return [] }
    return [TrackedMetric(metric: metric, target: target, source: source)] + also
  }

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
package struct ScalingStep: FleetPart, Hashable {
  package var lower: ScaledDecimal?
  package var upper: ScaledDecimal?
  package var adjustment = 0

  package init() {}

  package static let about = "One step of a step-scaling policy; bounds are relative to the policy's threshold."

  package static let keys: [FleetKey<ScalingStep>] = [
    FleetKey(
      "lower", \.lower, "The bound from which it holds.",
      absent: "0, and no bound where the alarm goes off below the threshold"),
    FleetKey("upper", \.upper, "The bound below which it holds.", absent: "none when open-ended"),
    .required("adjustment", \.adjustment, "Instances added, or removed where it is negative."),
  ]
}

extension ScalingPolicy: Hashable {}
