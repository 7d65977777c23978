import Model

/// What a store holds of one series.
package struct SeriesStatus: Hashable, Sendable {
  package var key: SeriesKey
  package var samples: Int
  /// Of the first and the last sample.
  package var first, last: Instant
  /// The most common distance between two samples, the shortest of several; nil with one sample.
  package var stepSeconds: Int64?
  /// Samples out of those from the first to the last at the usual step. More than were expected count as all of them.
  package var coverage: Coverage
  /// Distances of at least two steps.
  package var gaps: Int
  /// From the first absent sample to the next one there; of several the earliest. nil without a gap.
  package var longestGap: Period?
  /// Values that imports refused, because their instant had another one.
  package var conflicts: Int
  /// Of packed samples.
  package var bytes: Int
}

/// Gathers the status of a series from the heads of its chunks, in the order of time.
struct SeriesStatusScan {
  private var samples = 0
  private var bytes = 0
  private var first: Int64?
  private var last: Int64 = 0
  /// By distance: how many there are, and from which instant the first one reaches.
  private var distances: [Int64: (count: Int, start: Int64)] = [:]

  /// Of the chunk at hand; kept for its memory.
  private var runs: [(distance: Int64, length: Int)] = []

  /// Adds a chunk; false when it is damaged.
  mutating func add(_ chunk: UnsafeRawBufferPointer, day: Int) -> Bool {
    let before = last
    runs.removeAll(keepingCapacity: true)
    guard let head = DayChunkReader.head(chunk, day: day, run: { runs.append(($1, $2)) }) else { return false }
    if first == nil { first = head.first } else { note(head.first - before, 1, from: before) }
    var instant = head.first
    for (distance, length) in runs {
      note(distance, length, from: instant)
      instant += distance * Int64(length)
    }
    samples += head.count
    bytes += chunk.count
    last = head.last
    return true
  }

  private mutating func note(_ distance: Int64, _ count: Int, from start: Int64) {
    if distances[distance] != nil {
      distances[distance]!.count += count
    } else {
      distances[distance] = (count, start)
    }
  }

  /// - Parameter conflicts: of the series, from the table of conflicts.
  func status(_ key: SeriesKey, conflicts: Int) -> SeriesStatus? {
    guard let first else { return nil }
    var status = SeriesStatus(
      key: key, samples: samples, first: Instant(seconds: first), last: Instant(seconds: last),
      coverage: Coverage(seen: samples, expected: samples), gaps: 0, conflicts: conflicts, bytes: bytes)
    let usual = distances.max { ($0.value.count, $1.key) < ($1.value.count, $0.key) }
    guard let step = usual?.key else { return status }
    status.stepSeconds = step
    let expected = Int((last - first) / step) + 1
    status.coverage = Coverage(seen: min(samples, expected), expected: expected)
    let wide = distances.filter { $0.key >= 2 * step }
    status.gaps = wide.values.reduce(0) { $0 + $1.count }
    status.longestGap = wide.max { $0.key < $1.key }.map { distance, found in
      Period(start: Instant(seconds: found.start + step), end: Instant(seconds: found.start + distance))
    }
    return status
  }
}

extension FleetStore {
  /// The status of each series of a filter, sorted by key. Reads the head of every chunk but no values.
  package func seriesStatus(matching filter: SeriesFilter = SeriesFilter()) throws(DataError) -> [SeriesStatus] {
    let conflicts = try conflictCounts()
    return try scanTables(filter, threads: 2) { () -> @Sendable (StoredSeries, ChunkTable) throws -> SeriesStatus? in
      { stored, table in
        var scan = SeriesStatusScan()
        try table.forEach(stored.rowKeys) { key, bytes in
          guard scan.add(bytes, day: Int(key % 65_536)) else { throw damagedChunk(key) }
        }
        return scan.status(stored.key, conflicts: conflicts[stored.id] ?? 0)
      }
    }
  }
}
