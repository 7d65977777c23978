// Which thresholds were crossed, for how long.
//
// A condition holds over an episode of consecutive measured intervals that each satisfy it, lasting at least its duration.
// A gap ends an episode: what was not seen is neither a crossing nor a recovery. With 5-minute samples a condition "for 3min"
// is met by one interval.

import Analysis
import Model

/// A stretch in which a condition held.
package struct Episode: Hashable, Sendable {
  package var start: Instant
  package var seconds: Int64
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
  /// False where it was not judged, because nothing was measured.
  package var isMeasured = true

  package var seconds: Int64 { episodes.reduce(0) { $0 + $1.seconds } }
  package var longest: Episode? { episodes.max { ($0.seconds, $1.start) < ($1.seconds, $0.start) } }
}

/// Every row of every threshold table, in the fleet's order; never an absent row.
package func reviewThresholds(_ context: AdviceContext) throws(DataError) -> [ThresholdFinding] {
  var findings: [ThresholdFinding] = []
  let global = try GlobalMeasures(context)
  for threshold in context.fleet.global.thresholds {
    findings += try judge(threshold, scope: "fleet", context.grid) { condition throws(DataError) in
      try global.values(threshold.metric, condition)
    }
  }
  for service in context.fleet.services {
    let measures = try ServiceMeasures(service, context)
    for threshold in service.thresholds {
      findings += try judge(threshold, scope: service.name, context.grid) { condition throws(DataError) in
        try measures.values(threshold.metric, condition)
      }
    }
  }
  return findings
}

private func judge(
  _ threshold: Threshold, scope: String, _ grid: SampleGrid, measure: (Condition) throws(DataError) -> [Double?]?
) throws(DataError) -> [ThresholdFinding] {
  try Severity.allCases.map { severity throws(DataError) in
    let condition = threshold.condition(severity)
    var finding = ThresholdFinding(
      scope: scope, metric: threshold.metric, severity: severity, condition: condition,
      episodes: [], coverage: Coverage(seen: 0, expected: grid.count))
    guard let values = try measure(condition), values.contains(where: { $0 != nil }) else {
      finding.isMeasured = false
      return finding
    }
    finding.coverage.seen = values.count { $0 != nil }
    if let limit = condition.limit(for: threshold.metric) {
      finding.episodes = episodes(of: condition, limit: limit, in: values, on: grid)
    }
    return finding
  }
}

/// The episodes in which a condition held for at least its duration.
package func episodes(
  of condition: Condition, limit: Double, in values: [Double?], on grid: SampleGrid
) -> [Episode] {
  var found: [Episode] = []
  var start: Int?
  for slot in 0...values.count {
    let value = slot < values.count ? values[slot] : nil
    if let value, condition.holds(value, limit: limit) {
      start = start ?? slot
    } else if let begin = start {
      let seconds = Int64(slot - begin) * grid.stepSeconds
      if seconds >= condition.durationSeconds { found.append(Episode(start: grid.instant(begin), seconds: seconds)) }
      start = nil
    }
  }
  return found
}
