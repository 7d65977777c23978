// Kubernetes' HorizontalPodAutoscaler: "Horizontal Pod Autoscaling" (kubernetes.io), and pkg/controller/podautoscaler,
// horizontal.go and replica_calculator.go, for what the page leaves open. Fractions are exact where those use float64.

/// A HorizontalPodAutoscaler.
package struct PodAutoscaler: Sendable {
  /// A metric and what it should be, in thousandths.
  package struct Metric: Sendable {
    /// The metric's place in ``ReplayProblem/metrics``.
    package var metric: Int
    package var target: Int
    /// True where the metric is a total and the target what each instance should have of it.
    package var isTotal: Bool

    package init(metric: Int, target: Int, isTotal: Bool) {
      self.metric = metric
      self.target = target
      self.isTotal = isTotal
    }
  }

  /// Which of the policies of a direction counts.
  package enum Selection: String, CaseIterable, Sendable {
    case greatestChange = "Max"
    case leastChange = "Min"
    case disabled = "Disabled"
  }

  /// How much may change within a period.
  package struct RatePolicy: Sendable {
    /// False where the value is a number of pods.
    package var isPercent: Bool
    package var value: Int
    package var periodTicks: Int

    package init(isPercent: Bool, value: Int, periodTicks: Int) {
      self.isPercent = isPercent
      self.value = value
      self.periodTicks = periodTicks
    }
  }

  /// How it behaves in a direction.
  package struct Behaviour: Sendable {
    /// In thousandths.
    package var tolerance: Int
    package var windowTicks: Int
    package var selection: Selection
    package var policies: [RatePolicy]

    package init(tolerance: Int, windowTicks: Int, selection: Selection, policies: [RatePolicy]) {
      self.tolerance = tolerance
      self.windowTicks = windowTicks
      self.selection = selection
      self.policies = policies
    }
  }

  package var metrics: [Metric]
  package var up: Behaviour
  package var down: Behaviour

  package init(metrics: [Metric], up: Behaviour, down: Behaviour) {
    self.metrics = metrics
    self.up = up
    self.down = down
  }

  /// True for a ratio of metric and target that is near enough to 1.
  private func isTolerable(_ dividend: Int128, over divisor: Int128) -> Bool {
    Int128(1000 - down.tolerance) * divisor <= dividend * 1000
      && dividend * 1000 <= Int128(1000 + up.tolerance) * divisor
  }

  /// The replicas that a metric asks for; nil where it cannot say.
  /// - Parameter datapoint: nil for a missing one.
  func replicas(_ metric: Metric, at datapoint: ExactFraction?, _ fleet: FleetCounts) -> Int? {
    guard let datapoint else { return nil }
    let dividend = Int128(datapoint.numerator) * 1000
    let divisor = Int128(datapoint.denominator) * Int128(metric.target)
    if metric.isTotal {
      if isTolerable(dividend, over: divisor * Int128(fleet.desired)) { return fleet.desired }
      return Int(clamping: ceilingQuotient(dividend, divisor))
    }
    guard fleet.warm > 0 else { return nil }
    let ready = Int128(fleet.warm)
    let unready = Int128(fleet.launching + fleet.warming)
    if unready > 0, dividend > divisor {
      // What is not ready is taken to use nothing, so that it is not scaled out for twice.
      let (damped, all) = (dividend * ready, divisor * (ready + unready))
      if damped < all || isTolerable(damped, over: all) { return fleet.desired }
    } else if isTolerable(dividend, over: divisor) {
      return fleet.desired
    }
    return Int(clamping: ceilingQuotient(dividend * ready, divisor))
  }
}

/// How many instances are in each stage of a tick.
struct FleetCounts {
  var launching: Int
  var warming: Int
  var warm: Int
  var draining: Int
  /// What was asked for.
  var desired: Int
}
