import Model

/// What was made of a file that its owner should be told.
package struct InterpretationNotes: Hashable, Sendable {
  package struct Counter: Hashable, Sendable {
    package var series = 0
    /// Times it fell.
    package var resets = 0
  }

  /// Series that are left out, and what they are about.
  package struct LeftOut: Hashable, Sendable {
    package var series = 0
    package var names: Set<String> = []

    package init() {}

    mutating func add(_ name: String) {
      series += 1
      names.insert(name)
    }
  }

  /// Our metrics, by the names they have in the source.
  package var renamed: [String: Metric] = [:]
  /// Series of metrics that analysis does not know, by our names without labels.
  package var unknown: [String: Int] = [:]
  /// The labels that keep series apart from the known metric they measure.
  package var labelled: [String: Set<String>] = [:]
  /// Series of metrics that the mapping leaves out, by the names in the source.
  package var skipped: [String: Int] = [:]
  /// Series that nothing gives a service or a resource.
  package var strangers: [Stranger: LeftOut] = [:]
  /// By the names in the source.
  package var counters: [String: Counter] = [:]
  /// Series of the source that have become one, where they are more.
  package var merged: [SeriesKey: Int] = [:]
  /// Samples in hours that the clock showed twice: by the start of the hour on it, as if it were UTC.
  package var repeatedHours: [Int64: Int] = [:]
  /// The same for hours that it skipped.
  package var skippedHours: [Int64: Int] = [:]

  package init() {}

  mutating func add(_ series: NamedSeries) {
    let name = series.metric.rawValue
    if name != series.sourceMetric { renamed[series.sourceMetric] = series.metric }
    if series.isCounter { counters[series.sourceMetric, default: Counter()].series += 1 }
    if !series.metric.isKnown {
      unknown[name, default: 0] += 1
    } else if !series.labels.isEmpty {
      labelled[name, default: []].formUnion(series.labels.map(\.name))
    }
  }
}

extension InterpretationNotes {
  /// Sentences, each kind of note in its place and sorted; long lists are cut.
  package func lines() -> [String] {
    let lists: [(String, [String])] = [
      ("renamed", sorted(renamed) { "\($0) to \($1.rawValue)" }),
      ("left out as the mapping says", sorted(skipped) { "\($0) (\($1) series)" }),
      ("counters as rates", sorted(counters, counterText)),
      ("kept, but unknown to analysis", sorted(unknown, unknownText)),
      ("kept apart by labels, and so unknown to analysis", sorted(labelled, labelledText)),
    ]
    return lists.compactMap { title, names in names.isEmpty ? nil : "\(title): \(shortened(names))" }
      + strangerLines + mergedLines + hourLines
  }

  private var strangerLines: [String] {
    sorted(strangers) { reason, leftOut in
      let whose =
        switch reason {
        case .noService: "of no known service"
        case .noResource: "of no known resource"
        case .ofMany: "of groups, images, types or accounts, not of an instance"
        }
      return "left out: \(leftOut.series) series \(whose): \(shortened(leftOut.names.sorted()))"
    }
  }

  private var mergedLines: [String] {
    let names = merged.sorted { $0.key < $1.key }.map { "\($0.key) (of \($0.value))" }
    return names.isEmpty ? [] : ["one series from several of the source: \(shortened(names))"]
  }

  private var hourLines: [String] {
    sorted(repeatedHours) { hour, samples in
      "the clock showed the hour of \(localText(hour, length: 16)) twice: \(sampleText(samples)) in it, "
        + "told apart by their order"
    }
      + sorted(skippedHours) { hour, samples in
        "the clock skipped the hour of \(localText(hour, length: 16)): \(sampleText(samples)) in it, "
          + "taken as if it had not been set forward"
      }
  }

  private func counterText(_ name: String, _ counter: Counter) -> String {
    let resets = counter.resets == 1 ? "1 reset" : "\(counter.resets) resets"
    return "\(name) (\(counter.series) series, \(resets))"
  }

  private func unknownText(_ name: String, _ series: Int) -> String {
    let near = Metric(name).nearestKnown.map { "; did you mean \($0.rawValue)?" } ?? ""
    return "\(name) (\(series) series\(near))"
  }

  private func labelledText(_ name: String, _ labels: Set<String>) -> String {
    "\(name) (by \(labels.sorted().joined(separator: ", ")); \"ignore\" among the labels of the mapping drops them)"
  }

  private func sorted<Key: Comparable, Value>(
    _ dictionary: [Key: Value], _ text: (Key, Value) -> String
  ) -> [String] {
    dictionary.sorted { $0.key < $1.key }.map { text($0.key, $0.value) }
  }

}

/// Names in a line; a long list is cut.
package func shortened(_ names: [String], to most: Int = 10) -> String {
  let more = names.count > most ? " and \(names.count - most) more" : ""
  return names.prefix(most).joined(separator: ", ") + more
}

/// `1 sample`, `2 samples`.
func sampleText(_ count: Int) -> String { count == 1 ? "1 sample" : "\(count) samples" }

/// `2026-11-01 01:00`, so many characters of what a clock showed.
func localText(_ seconds: Int64, length: Int) -> String {
  String(Instant(seconds: seconds).description.prefix(length).map { $0 == "T" ? " " : $0 })
}
