import Model

/// Two values of a series for one instant, of which the store keeps the first.
package struct SampleConflict: Hashable, Sendable {
  package var key: SeriesKey
  package var instant: Instant
  package var kept: ScaledDecimal
  package var refused: ScaledDecimal

  package init(key: SeriesKey, instant: Instant, kept: ScaledDecimal, refused: ScaledDecimal) {
    self.key = key
    self.instant = instant
    self.kept = kept
    self.refused = refused
  }

  /// `frontend/i-1 cpu_percent at 2026-10-01T00:00:00Z: 42.5 kept, 43 refused`.
  package var description: String { "\(key) at \(instant): \(kept) kept, \(refused) refused" }
}

/// The conflicts of one import. What it keeps depends on the order of the samples only, not on when they were written.
struct ConflictLog {
  /// Of the first instants, as many as ``ImportSummary/exampleCount``.
  private var examples: [SeriesKey: [SampleConflict]] = [:]
  private(set) var counts: [SeriesKey: Int] = [:]

  /// Notes a conflict. Those of one instant must come in the order of the samples: the first one is kept as an example.
  mutating func add(_ conflict: SampleConflict) {
    counts[conflict.key, default: 0] += 1
    var list = examples[conflict.key, default: []]
    let place = list.firstIndex { $0.instant >= conflict.instant } ?? list.count
    guard place < ImportSummary.exampleCount, place == list.count || list[place].instant != conflict.instant else {
      return
    }
    list.insert(conflict, at: place)
    examples[conflict.key] = Array(list.prefix(ImportSummary.exampleCount))
  }

  /// The earliest conflict of a series.
  func first(_ key: SeriesKey) -> SampleConflict? { examples[key]?.first }

  /// By key and instant.
  var firstExamples: [SampleConflict] {
    Array(examples.keys.sorted().lazy.flatMap { examples[$0]! }.prefix(ImportSummary.exampleCount))
  }
}
