/// Keeps a metric that falls as capacity grows at a target, by two alarms of its own.
package struct TargetPolicy: Sendable {
  /// How many datapoints of how many must breach, of those in a range.
  package struct Window: Sendable {
    package var needed: Int
    package var periods: Int
    package var range: Int

    package init(needed: Int, periods: Int, range: Int) {
      self.needed = needed
      self.periods = periods
      self.range = range
    }
  }

  /// The metric's place in ``ReplayProblem/metrics``.
  package var metric: Int
  /// Both its parts above 0.
  package var target: ExactFraction
  /// False for a policy that only scales out.
  package var scalesIn: Bool
  package var scaleOut: Window
  package var scaleIn: Window
  /// Below how much of the target it scales in, in thousandths of a percent.
  package var inPercent: Int

  package init(metric: Int, target: ExactFraction, scalesIn: Bool, scaleOut: Window, scaleIn: Window, inPercent: Int) {
    self.metric = metric
    self.target = target
    self.scalesIn = scalesIn
    self.scaleOut = scaleOut
    self.scaleIn = scaleIn
    self.inPercent = inPercent
  }

  /// Goes off above the target.
  var highAlarm: ReplayAlarm { alarm(.above, threshold: target, scaleOut) }

  /// Goes off below the policy's part of the target.
  var lowAlarm: ReplayAlarm {
    let threshold = ExactFraction(target.numerator * inPercent, over: target.denominator * 100_000)
    return alarm(.below, threshold: threshold, scaleIn)
  }

  private func alarm(_ comparison: ThresholdComparison, threshold: ExactFraction, _ window: Window) -> ReplayAlarm {
    ReplayAlarm(
      metric: metric, comparison: comparison, threshold: threshold,
      rule: AlarmRule(needed: window.needed, periods: window.periods, treatment: .missing), range: window.range)
  }
}

/// What the target tracking policies of a service do together in a tick: out when any says so, in when all do.
enum TrackingDirection {
  case out, into, none
}
