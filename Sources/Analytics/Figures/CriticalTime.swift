import Advice
import Analysis
import Model

/// How long anything was critical: an hour in which three thresholds were is one hour, and three added up.
package struct CriticalTime: Hashable, Sendable {
  /// Seconds in which at least one critical condition held, over all services and thresholds.
  package let seconds: Int64
  /// Seconds of each condition added up.
  package let sum: Int64
  /// How often one began to hold.
  package let crossings: Int
  /// How many there are.
  package let thresholds: Int

  package init(_ findings: [ThresholdFinding]) {
    let critical = findings.filter { $0.severity == .critical }
    let episodes = critical.flatMap(\.episodes)
    seconds = coveredSeconds(episodes.map { Period(start: $0.start, end: $0.end) })
    sum = episodes.reduce(0) { $0 + $1.seconds }
    crossings = episodes.count
    thresholds = critical.count
  }
}
