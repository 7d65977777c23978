// Which thresholds were crossed, for how long, and how far.
//
// Episodes are found by `Analysis/Alarms/Episode.swift`, or, where a condition is written as an alarm, by the alarm's rules. With
// 5-minute samples a condition "for 3min" is met by one interval, and its finding says that this bounds nothing.

import Analysis
import Model

/// The judgement of every row of every threshold table, and what happened in their episodes.
package struct ThresholdReview: Sendable {
  /// In the fleet's order; never an absent row.
  package var findings: [ThresholdFinding]
  /// The weightiest first.
  package var events: [ThresholdEvent]

  /// - Throws: ``DataError`` when a type that ran has no specification, or the samples cannot be read.
  package init(_ context: AdviceContext) throws(DataError) {
    let days = LocalDays(context.grid, clock: context.clock)
    var rows: [JudgedMetric] = []
    let global = try GlobalMeasures(context)
    for threshold in context.fleet.global.thresholds {
      rows.append(
        try JudgedMetric(threshold, scope: "fleet", days) { condition throws(DataError) in
          try global.values(threshold.metric, condition)
        })
    }
    for service in context.fleet.services where !service.thresholds.isEmpty {
      let measures = try ServiceMeasures(service, context)
      for threshold in service.thresholds {
        rows.append(
          try JudgedMetric(threshold, scope: service.name, days) { condition throws(DataError) in
            try measures.values(threshold.metric, condition)
          })
      }
    }
    rows.takeInWhatRecurs(days)
    findings = rows.flatMap(\.findings)
    events = try EventReview(rows, days, context).events
  }
}

/// A row of a threshold table with its three findings.
struct JudgedMetric {
  var findings: [ThresholdFinding] = []
  /// The local days, by their places, on which it was measured.
  var measuredDays: Set<Int> = []

  init(
    _ threshold: Threshold, scope: String, _ days: LocalDays, measure: (Condition) throws(DataError) -> Measure
  ) throws(DataError) {
    var values: MeasuredValues?
    var known: (condition: Condition, measure: Measure)?
    for severity in Severity.allCases {
      let condition = threshold.condition(severity)
      var finding = ThresholdFinding(
        scope: scope, metric: threshold.metric, severity: severity, condition: condition, episodes: [],
        coverage: Coverage(seen: 0, expected: days.grid.count))
      values =
        try finding.judge(on: days.grid) { condition throws(DataError) in
          if let known, known.condition.isMeasured(as: condition) { return known.measure }
          let measure = try measure(condition)
          known = (condition, measure)
          return measure
        } ?? values
      findings.append(finding)
    }
    if let values { look(at: values, days) }
  }

  /// Tells of each episode whether it was out of the ordinary.
  private mutating func look(at measured: MeasuredValues, _ days: LocalDays) {
    let held = findings.map { finding in finding.episodes.map { days.slots(of: $0) } }
    guard held.contains(where: { !$0.isEmpty }) else { return }
    measuredDays = days.measuredDays(measured.values)
    let recurring = recurringStretches(of: held.flatMap(\.self), measured: measured.values, on: days)
    for index in findings.indices {
      for (place, slots) in held[index].enumerated() {
        findings[index].episodes[place].nature = findings[index].episodes[place].nature(
          isRecurring: recurring.contains { $0.contains(slots.lowerBound) }, findings[index].condition.comparison,
          in: measured.values, days)
      }
    }
  }
}

extension Condition {
  /// True where both are held against the same values.
  fileprivate func isMeasured(as other: Condition) -> Bool {
    (basis, statistic, comparison) == (other.basis, other.statistic, other.comparison)
  }
}

extension LocalDays {
  /// The slots of an episode.
  func slots(of episode: Episode) -> Range<Int> {
    let first = grid.slot(episode.start)
    return first..<first + Int(episode.seconds / grid.stepSeconds)
  }

  /// The same in slots since local midnight.
  func timeOfDay(of episode: Episode) -> Range<Int> {
    let slots = slots(of: episode)
    let first = Int(secondOfDay(slots.lowerBound) / grid.stepSeconds)
    return first..<first + slots.count
  }
}

extension [JudgedMetric] {
  /// What happens of a service within a time at which something of it recurs, a slot more or less, is part of that.
  fileprivate mutating func takeInWhatRecurs(_ days: LocalDays) {
    var times: [String: [Range<Int>]] = [:]
    for row in self {
      for finding in row.findings {
        for episode in finding.episodes where episode.nature == .recurring {
          times[finding.scope, default: []].append(days.timeOfDay(of: episode))
        }
      }
    }
    let hulls = times.mapValues { ranges in
      touching(ranges) { _ in 1 }.map { group in
        (group.map { ranges[$0].lowerBound }.min() ?? 0)..<(group.map { ranges[$0].upperBound }.max() ?? 0)
      }
    }
    for row in indices {
      for index in self[row].findings.indices {
        guard let hulls = hulls[self[row].findings[index].scope] else { continue }
        for (place, episode) in self[row].findings[index].episodes.enumerated() {
          let time = days.timeOfDay(of: episode)
          guard hulls.contains(where: { $0.lowerBound <= time.lowerBound + 1 && time.upperBound <= $0.upperBound + 1 })
          else { continue }
          self[row].findings[index].episodes[place].nature = .recurring
        }
      }
    }
  }
}

extension Episode {
  /// - Parameter values: what its condition was held against, or one of the same metric.
  fileprivate func nature(
    isRecurring: Bool, _ comparison: Condition.Comparison, in values: [Double?], _ days: LocalDays
  ) -> Nature {
    if isRecurring { return .recurring }
    guard let usual = UsualComparison(of: values, in: days.slots(of: self), on: days) else { return .unknown }
    return usual.departure == (comparison == .above ? .upwards : .downwards) ? .unusual : .withinUsual
  }
}

extension ThresholdFinding {
  /// Holds the condition against history.
  /// - Returns: what it was held against; nil where it was not judged.
  mutating func judge(
    on grid: SampleGrid, _ measure: (Condition) throws(DataError) -> Measure
  ) throws(DataError) -> MeasuredValues? {
    if let asked = condition.statistic, asked.rawValue != metric.statistic.word {
      unjudged = .statistic(asked: asked, measured: metric.statistic)
      return nil
    }
    guard let level = condition.limit(for: metric) else {
      unjudged = .unit
      return nil
    }
    switch try measure(condition) {
    case .unjudged(let reason):
      unjudged = reason
      return nil
    case .values(let values):
      coverage.seen = values.values.count { $0 != nil }
      guard coverage.seen > 0 else {
        unjudged = .notMeasured
        return nil
      }
      self.level = level
      intervalSeconds = values.intervalSeconds
      peak = values.peak(condition.comparison, in: 0..<values.values.count, on: grid)
      episodes = Advice.episodes(of: condition, limit: level, in: values, on: grid)
      return values
    }
  }
}

extension Metric.Statistic {
  /// As a condition spells it.
  fileprivate var word: String { self == .average ? Condition.Statistic.average.rawValue : rawValue }
}
