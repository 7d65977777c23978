import GRDB
import Model

/// Which series: nil stands for all.
package struct SeriesFilter: Hashable, Sendable {
  package var service: String?
  /// Empty for services as a whole.
  package var resource: String?
  package var metric: Metric?

  package init(service: String? = nil, resource: String? = nil, metric: Metric? = nil) {
    self.service = service
    self.resource = resource
    self.metric = metric
  }
}

/// A series of the store by its row.
struct StoredSeries {
  var id: Int64
  var key: SeriesKey

  var rowKeys: ClosedRange<Int64> { (id * 65_536)...(id * 65_536 + 65_535) }
}

extension FleetStore {
  /// What there are series of, sorted; one without a sample is left out.
  /// - Parameter metrics: of these alone; nil for all.
  package func seriesKeys(of metrics: [Metric]? = nil) throws(DataError) -> [SeriesKey] {
    try reading { db in
      let marks = metrics.map { "metric IN (\($0.map { _ in "?" }.joined(separator: ", "))) AND" } ?? ""
      let rows = try Row.fetchAll(
        db,
        sql: """
          SELECT service, resource, metric, \(try TableSoundness("series", db).condition) FROM series
          WHERE \(marks) EXISTS (SELECT 1 FROM day_chunk WHERE key BETWEEN id * 65536 AND id * 65536 + 65535)
          """, arguments: StatementArguments((metrics ?? []).map(\.rawValue)))
      return try rows.map { row in
        guard row[3] as Bool else { throw damagedTable("series") }
        return SeriesKey(service: row[0], resource: row[1], metric: Metric(rawValue: row[2]))
      }.sorted()
    }
  }

  /// One series, with its samples in a period; nil when it has none.
  package func series(_ key: SeriesKey, in period: Period? = nil) throws(DataError) -> Series? {
    try reading { try series(key, in: period, $0) }
  }

  /// The same within a transaction.
  func series(_ key: SeriesKey, in period: Period?, _ db: Database) throws -> Series? {
    let find = try db.cachedStatement(sql: "SELECT id FROM series WHERE service = ? AND resource = ? AND metric = ?")
    let arguments: StatementArguments = [key.service, key.resource, key.metric.rawValue]
    guard let id = try Int64.fetchOne(find, arguments: arguments) else { return nil }
    var samples = SeriesSamples()
    return try SeriesScan(table: chunks(db), period: period).series(StoredSeries(id: id, key: key), &samples)
  }

  /// The resources of a service of which there are samples of a metric that each instance has.
  package func measuredResources(of service: String) throws(DataError) -> Set<String> {
    try reading { db in
      let stored = try storedSeries(SeriesFilter(service: service), db)
      // Labels that keep series apart stand behind the name.
      return Set(
        stored.filter { Metric(String($0.key.metric.rawValue.prefix { $0 != "{" })).isPerInstance }.map(\.key.resource))
    }
  }

  /// The instant of the last sample of all; nil without one. Reads the heads of the last day's chunks only.
  /// - Parameter limit: samples of days (UTC) that end behind it do not count; nil for all.
  package func lastInstant(before limit: Instant? = nil) throws(DataError) -> Instant? {
    try reading { db in
      guard let day = try Self.lastDay(before: limit, db) else { return nil }
      let table = try ChunkTable(db)
      let keys = try Int64.fetchAll(
        db, sql: "SELECT key FROM day_chunk WHERE key % 65536 = ? ORDER BY key", arguments: [day])
      let lasts = try keys.map { key in
        let head = try table.chunk(key) { DayChunkReader.head($0, day: day) { _, _, _ in } }
        guard key % 65_536 == day, let last = head??.last else { throw damagedChunk(key) }
        return last
      }
      return lasts.max().map { Instant(seconds: $0) }
    }
  }

  /// The last day (UTC) with a sample, counted from 1970 on, of those that end by a moment; nil without one.
  package func lastDay(before limit: Instant) throws(DataError) -> Int? {
    try reading { db in try Self.lastDay(before: limit, db) }
  }

  /// By the index of the chunks by day.
  private static func lastDay(before limit: Instant?, _ db: Database) throws -> Int? {
    try Int.fetchOne(
      db, sql: "SELECT key % 65536 FROM day_chunk WHERE key % 65536 <= ? ORDER BY key % 65536 DESC LIMIT 1",
      arguments: [limit.map { max(-1, min(65_535, $0.day - 1)) } ?? 65_535])
  }

  /// The series of a filter, sorted by key.
  func storedSeries(_ filter: SeriesFilter, _ db: Database) throws -> [StoredSeries] {
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT id, service, resource, metric, \(try TableSoundness("series", db).condition) FROM series
        WHERE (?1 IS NULL OR service = ?1) AND (?2 IS NULL OR resource = ?2) AND (?3 IS NULL OR metric = ?3)
        ORDER BY service, resource, metric
        """, arguments: [filter.service?.asName, filter.resource?.asName, filter.metric?.rawValue.asName])
    return try rows.map { row in
      guard row[4] as Bool else { throw damagedTable("series") }
      return StoredSeries(
        id: row[0], key: SeriesKey(service: row[1], resource: row[2], metric: Metric(row[3] as String)))
    }
  }
}

/// Reads the chunks of one series after another.
struct SeriesScan {
  let table: ChunkTable
  let period: Period?

  func series(_ stored: StoredSeries, _ samples: inout SeriesSamples) throws -> Series? {
    try read(stored, &samples)
    return samples.count == 0 ? nil : samples.series(stored.key)
  }

  /// Puts the samples of a series in the place of those that are there.
  func read(_ stored: StoredSeries, _ samples: inout SeriesSamples) throws {
    samples.removeAll()
    let days = dayRange
    guard !days.isEmpty else { return }
    if period != nil { samples.reserve(days: days.count) }
    let first = stored.id * 65_536
    try table.forEach((first + Int64(days.lowerBound))...(first + Int64(days.upperBound) - 1)) { key, bytes in
      guard samples.append(bytes, day: Int(key % 65_536)) else { throw damagedChunk(key) }
      if let period { samples.dropFirst(before: period.start) }
    }
    samples.finish()
    if let period { samples.keep(period) }
  }

  /// The days that hold the period.
  private var dayRange: Range<Int> {
    let all = 0..<65_536
    guard let period else { return all }
    guard period.start < period.end else { return 0..<0 }
    return (period.start.day..<(period.end.advanced(by: -1).day + 1)).clamped(to: all)
  }
}
