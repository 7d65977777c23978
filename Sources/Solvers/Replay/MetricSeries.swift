/// What a metric has to say of a tick.
struct MetricReading {
  /// Its denominator is 0 where there is none.
  var datapoint: ExactFraction
  /// The tick's place in a period.
  var phase: Int

  @inline(__always)
  var isReal: Bool { datapoint.denominator != 0 }

  /// Of a tick without a datapoint.
  static let none = MetricReading(datapoint: ExactFraction(0, over: 0), phase: 0)
}

/// The datapoints of a metric, tick by tick.
struct MetricSeries {
  private let kind: ReplayMetric.Kind
  /// The load that is measured, or by which what waits is known to be measured.
  private let load: [Int]
  private let periodTicks: Int
  /// What earlier ticks measured; nil where a datapoint is the tick itself.
  private var history: MeasuredTicks?
  /// True where there is any.
  private let keepsHistory: Bool
  /// The newest datapoint that is there; the denominator of none is 0.
  private var latest = MetricReading.none.datapoint
  /// The same of the ticks that are a whole number of periods from each tick of a period; empty where a period is a tick.
  private var newest: [ExactFraction]
  private var phase = 0

  init(_ metric: ReplayMetric, of problem: ReplayProblem) {
    kind = metric.kind
    load = problem.loads[metric.load ?? problem.work.load].values
    periodTicks = metric.periodTicks
    newest = [ExactFraction](
      repeating: latest, count: periodTicks > 1 ? min(periodTicks, problem.tickCount) : 0)
    keepsHistory = metric.periodTicks > 1 || metric.delayTicks > 0
    if keepsHistory { history = MeasuredTicks(metric) }
  }

  /// The newest datapoint that is there. Where an alarm has one in its range, it is in it.
  var newestReal: ExactFraction { newest.isEmpty ? latest : newest[phase] }

  /// Measures a tick; each in its turn.
  @inline(__always)
  mutating func measure(_ state: TickState) -> MetricReading {
    var datapoint = measured(state)
    if periodTicks > 1 {
      phase &+= 1
      if phase >= newest.count { phase = 0 }
    }
    if keepsHistory { datapoint = history?.datapoint(adding: datapoint, at: state.tick) ?? datapoint }
    if datapoint.denominator != 0 {
      if periodTicks > 1 { newest[phase] = datapoint } else { latest = datapoint }
    }
    return MetricReading(datapoint: datapoint, phase: phase)
  }

  /// The tick's own value.
  @inline(__always)
  private func measured(_ state: TickState) -> ExactFraction {
    let load = load[state.tick]
    guard load != ReplayLoad.missing else { return ExactFraction(0, over: 0) }
    switch kind {
    case .utilisation(_, let perInstance, let idle, let cap):
      guard state.warm > 0 else { break }
      let carried = state.serving * perInstance
      let use = 100_000 * (load + state.serving * idle)
      return ExactFraction(cap.map { min(use, $0 * carried) } ?? use, over: 1000 * carried)
    case .perInstance:
      guard state.warm > 0 else { break }
      return ExactFraction(load, over: 1000 * state.serving)
    case .value: return ExactFraction(load, over: 1000)
    case .backlog: return ExactFraction(state.backlog, over: 1000)
    case .backlogPerInstance:
      guard state.warm > 0 else { break }
      return ExactFraction(state.backlog, over: 1000 * state.serving)
    case .growth(_, let over):
      guard state.tick >= over else { break }
      let before = self.load[state.tick - over]
      guard before > 0 else { break }
      return ExactFraction(100 * (load - before), over: before)
    }
    return ExactFraction(0, over: 0)
  }
}

/// What a metric measured in the ticks of a period, and in those by which its datapoints are late.
struct MeasuredTicks {
  private let periodTicks: Int
  private let delayTicks: Int
  private let statistic: ReplayMetric.Statistic
  private var ticks: [ExactFraction] = []
  /// Of the ticks of the period that were measured.
  private var sum = ExactFraction(0, over: 0)
  private var extreme: SlidingExtreme<ExactFraction>

  init(_ metric: ReplayMetric) {
    periodTicks = metric.periodTicks
    delayTicks = metric.delayTicks
    statistic = metric.statistic
    extreme = SlidingExtreme(isGreatest: metric.statistic == .maximum)
  }

  /// The datapoint of a tick, of the ticks up to `delayTicks` before it.
  mutating func datapoint(adding value: ExactFraction, at tick: Int) -> ExactFraction {
    ticks.append(value)
    let last = tick - delayTicks
    guard last >= 0 else { return ExactFraction(0, over: 0) }
    let (new, old) = (ticks[last], last - periodTicks)
    guard statistic != .average else {
      sum.numerator += new.numerator - (old >= 0 ? ticks[old].numerator : 0)
      sum.denominator += new.denominator - (old >= 0 ? ticks[old].denominator : 0)
      return sum
    }
    extreme.forget(before: old + 1)
    if new.denominator > 0 { extreme.push(new, at: last) }
    return extreme.value ?? ExactFraction(0, over: 0)
  }
}
