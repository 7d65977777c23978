/// An alarm on a metric.
package struct ReplayAlarm: Sendable {
  /// The metric's place in ``ReplayProblem/metrics``.
  package var metric: Int
  package var comparison: ThresholdComparison
  /// Of any scale, its denominator above 0.
  package var threshold: ExactFraction
  package var rule: AlarmRule
  /// How many datapoints are looked at, at least the rule's periods.
  package var range: Int

  package init(
    metric: Int, comparison: ThresholdComparison, threshold: ExactFraction, rule: AlarmRule, range: Int
  ) {
    self.metric = metric
    self.comparison = comparison
    self.threshold = threshold
    self.rule = rule
    self.range = range
  }
}

/// A comparison that must hold for some ticks in a row.
package struct ReplayCondition: Sendable {
  /// The metric's place in ``ReplayProblem/metrics``.
  package var metric: Int
  package var comparison: ThresholdComparison
  /// In thousandths.
  package var threshold: Int
  package var forTicks: Int

  package init(metric: Int, comparison: ThresholdComparison, threshold: Int, forTicks: Int) {
    self.metric = metric
    self.comparison = comparison
    self.threshold = threshold
    self.forTicks = forTicks
  }
}

/// An alarm and what it has seen.
struct AlarmWatch {
  let metric: Int
  private let rule: AlarmRule
  private var cut: ThresholdCut
  /// The datapoints that are whole periods from the tick's.
  private var window: AlarmWindow
  /// Those of each place in a period; empty where a period is a tick.
  private var parked: [AlarmWindow]
  private(set) var state = AlarmState.insufficientData
  /// True when a datapoint of the range is there, so that the alarm has a value.
  private(set) var hasValue = false
  /// True while one more datapoint like the others changes nothing: none is missing, and all breach or none does.
  private var isSteady = false

  init(_ alarm: ReplayAlarm, periodTicks: Int) {
    metric = alarm.metric
    rule = alarm.rule
    cut = ThresholdCut(alarm.comparison, alarm.threshold)
    window = AlarmWindow(range: alarm.range)
    parked = [AlarmWindow](repeating: window, count: periodTicks > 1 ? periodTicks : 0)
  }

  /// Takes its state of a tick.
  @inline(__always)
  mutating func update(_ reading: MetricReading) {
    let isBreached = cut.isBreached(by: reading.datapoint)
    if isSteady, reading.isReal, isBreached == (state == .alarm) { return }
    push(reading, isBreached)
  }

  private mutating func push(_ reading: MetricReading, _ isBreached: Bool) {
    // Swapped, for a copy would be made of what is shared.
    if !parked.isEmpty { swap(&window, &parked[reading.phase]) }
    window.push(isReal: reading.isReal, isBreaching: isBreached)
    // Mostly nothing is missing, and no more is looked at than N.
    if window.realCount == rule.periods {
      state = window.breachingCount >= rule.needed ? .alarm : .ok
    } else {
      updateState()
    }
    hasValue = window.realCount > 0
    isSteady = parked.isEmpty && window.isUniform
    if !parked.isEmpty { swap(&window, &parked[reading.phase]) }
  }

  /// Apart, so that the frequent case copies nothing for it.
  @inline(never)
  private mutating func updateState() { state = rule.state(of: window, after: state) }
}

/// A condition and for how many ticks it has held.
struct ConditionWatch {
  let metric: Int
  private let forTicks: Int
  private var cut: ThresholdCut
  private var run = 0
  /// In how many ticks the condition has held.
  private(set) var heldTicks = 0

  init(_ condition: ReplayCondition) {
    metric = condition.metric
    forTicks = condition.forTicks
    cut = ThresholdCut(condition.comparison, ExactFraction(thousandths: condition.threshold))
  }

  var holds: Bool { run >= forTicks }

  @inline(__always)
  mutating func update(_ reading: MetricReading) {
    run = cut.isBreached(by: reading.datapoint) ? run &+ 1 : 0
    if holds { heldTicks &+= 1 }
  }
}
