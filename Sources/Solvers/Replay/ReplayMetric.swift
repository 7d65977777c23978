/// A metric of a replay: what is measured in each tick, and of how many ticks a datapoint is made.
///
/// Loads are named by their place in ``ReplayProblem/loads``; numbers are thousandths.
package struct ReplayMetric: Sendable {
  package enum Kind: Sendable {
    /// Percent of what serving instances carry, at most `cap`: of the load, and of what each is filled by without any.
    case utilisation(load: Int, perInstance: Int, idle: Int = 0, cap: Int?)
    /// The load of a serving instance.
    case perInstance(load: Int)
    /// A load as it is.
    case value(load: Int)
    /// What waits at the end of the tick.
    case backlog
    /// What waits, for each serving instance.
    case backlogPerInstance
    /// Percent by which a load is above what it was some ticks before.
    case growth(load: Int, over: Int)
  }

  /// What a datapoint of several ticks is.
  package enum Statistic: String, CaseIterable, Sendable {
    case average = "Average"
    case maximum = "Maximum"
    case minimum = "Minimum"
  }

  package var name: String
  package var kind: Kind
  package var periodTicks: Int
  package var statistic: Statistic
  package var delayTicks: Int

  package init(
    name: String, kind: Kind, periodTicks: Int = 1, statistic: Statistic = .average, delayTicks: Int = 0
  ) {
    self.name = name
    self.kind = kind
    self.periodTicks = periodTicks
    self.statistic = statistic
    self.delayTicks = delayTicks
  }

  /// The load that is measured; nil for what waits.
  var load: Int? {
    switch kind {
    case .utilisation(let load, _, _, _), .perInstance(let load), .value(let load), .growth(let load, _): load
    case .backlog, .backlogPerInstance: nil
    }
  }
}

/// What is true of a tick before anything is measured.
struct TickState {
  var tick: Int
  var serving: Int
  var warm: Int
  /// At the end of the tick, in thousandths.
  var backlog: Int
}
