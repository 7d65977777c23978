import Analysis
import Model

/// Why a condition was not judged.
package enum UnjudgedReason: Hashable, Sendable {
  /// There is no sample of the metric in the period.
  case notMeasured
  /// It is a percentage of a limit on this metric, which the fleet file does not state.
  case noLimit(Metric)
  /// It asks for one statistic, and the metric is another.
  case statistic(asked: Condition.Statistic, measured: Metric.Statistic)
  /// The fleet file does not say which service the fleet as a whole is measured at.
  case noPlace
  /// It is of each instance, and the fleet as a whole has none.
  case notOfTheFleet
  /// Its unit is none of the metric's.
  case unit
}

/// One severity of one threshold row, held against history.
package struct ThresholdFinding: Hashable, Sendable {
  /// The service, or `fleet` for the global table.
  package var scope: String
  package var metric: Metric
  package var severity: Severity
  package var condition: Condition
  package var episodes: [Episode]
  package var coverage: Coverage
  /// Why it was not judged; nil where it was.
  package var unjudged: UnjudgedReason?
  /// What measured values are compared with, in their unit; nil where it was not judged.
  package var level: Double?
  /// The value that went furthest in the period, met or not; nil where it was not judged.
  package var peak: Peak?
  /// The interval of the samples, a slot at the least; nil where it was not judged.
  package var intervalSeconds: Int64?

  package init(
    scope: String, metric: Metric, severity: Severity, condition: Condition, episodes: [Episode], coverage: Coverage
  ) {
    self.scope = scope
    self.metric = metric
    self.severity = severity
    self.condition = condition
    self.episodes = episodes
    self.coverage = coverage
  }

  package var seconds: Int64 { episodes.reduce(0) { $0 + $1.seconds } }
  package var longest: Episode? { episodes.max { ($0.seconds, $1.start) < ($1.seconds, $0.start) } }

  /// The interval of the samples where it is longer than the condition's duration: an interval that meets it may have met it
  /// for less, and one that does not may hide that it was met.
  package var tooCoarse: Int64? {
    guard let intervalSeconds, condition.samples == nil, condition.durationSeconds > 0,
      condition.durationSeconds < intervalSeconds
    else { return nil }
    return intervalSeconds
  }
}
