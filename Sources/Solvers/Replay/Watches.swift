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

/// A comparison that must hold for some ticks in a row, or as an alarm does.
package struct ReplayCondition: Sendable {
  /// M of N datapoints, looked at as CloudWatch looks at them.
  package struct Alarm: Sendable {
    package var rule: AlarmRule
    /// How many datapoints are looked at, at least the rule's periods.
    package var range: Int

    package init(_ rule: AlarmRule, range: Int) {
      self.rule = rule
      self.range = range
    }
  }

  /// The metric's place in ``ReplayProblem/metrics``.
  package var metric: Int
  package var comparison: ThresholdComparison
  /// In thousandths.
  package var threshold: Int
  /// Of one without an alarm.
  package var forTicks: Int
  /// Of datapoints of the metric's period; nil where it must hold for ``forTicks``.
  package var alarm: Alarm?

  package init(
    metric: Int, comparison: ThresholdComparison, threshold: Int, forTicks: Int, alarm: Alarm? = nil
  ) {
    self.metric = metric
    self.comparison = comparison
    self.threshold = threshold
    self.forTicks = forTicks
    self.alarm = alarm
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

/// A condition and for how many ticks it has held, or the alarm that it is.
struct ConditionWatch {
  let metric: Int
  private let forTicks: Int
  private var cut: ThresholdCut
  private var run = 0
  private var alarm: AlarmWatch?
  /// True where there is an alarm, which is dear to ask of the alarm itself in every tick.
  private let isAlarm: Bool
  /// In how many ticks the condition has held.
  private(set) var heldTicks = 0

  /// - Parameter periodTicks: of its metric.
  init(_ condition: ReplayCondition, periodTicks: Int) {
    metric = condition.metric
    forTicks = condition.forTicks
    let threshold = ExactFraction(thousandths: condition.threshold)
    cut = ThresholdCut(condition.comparison, threshold)
    isAlarm = condition.alarm != nil
    alarm = condition.alarm.map { alarm in
      let watched = ReplayAlarm(
        metric: condition.metric, comparison: condition.comparison, threshold: threshold, rule: alarm.rule,
        range: alarm.range)
      return AlarmWatch(watched, periodTicks: periodTicks)
    }
  }

  @inline(__always)
  var holds: Bool { run >= forTicks }

  @inline(__always)
  mutating func update(_ reading: MetricReading) {
    if isAlarm {
      alarm?.update(reading)
      run = alarm?.state == .alarm ? forTicks : 0
    } else {
      run = cut.isBreached(by: reading.datapoint) ? run &+ 1 : 0
    }
    if holds { heldTicks &+= 1 }
  }
}
