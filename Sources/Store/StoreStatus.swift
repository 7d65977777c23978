import GRDB
import Model

/// What a store holds.
package struct StoreStatus: Hashable, Sendable {
  /// The samples of one service, its resources included.
  package struct Service: Hashable, Sendable {
    package var service: String
    package var series: Int
    package var samples: Int
    /// Of the first and the last sample.
    package var first, last: Instant
    /// The usual step of most of its series, by their samples, the shortest of several; nil when each has one sample.
    package var stepSeconds: Int64?
    /// Of its series together, each from its own first sample to its last at its own usual step.
    package var coverage: Coverage
    /// Of its series together.
    package var gaps: Int
    /// Of any of its series, the earliest of several; nil without a gap.
    package var longestGap: Period?
    /// Values that imports refused, because their instant had another one.
    package var conflicts: Int
    /// Of packed samples.
    package var bytes: Int
  }

  /// The rows of one kind of price, in all regions.
  package struct Prices: Hashable, Sendable {
    /// `on-demand prices`.
    package var kind: String
    package var rows: Int
    /// The latest date from which a row holds; nil without rows.
    package var newest: Instant?
  }

  /// A fleet file, and since when it holds.
  package struct FleetFile: Hashable, Sendable {
    package var fleet: String
    package var file: String
    /// nil for all time before the first file with a date.
    package var effectiveFrom: CivilDate?
  }

  /// A file that was imported, and the samples or rows it held.
  package struct Source: Hashable, Sendable {
    package var file: SourceFile
    package var rows: Int
  }

  /// Sorted by name.
  package var services: [Service]
  /// In the order of their dates, the one without first.
  package var fleets: [FleetFile]
  package var prices: [Prices]
  package var inventoryRuns: Int
  package var commitments: Int
  package var savingsPlans: Int
  /// In the order of their first import.
  package var sources: [Source]
  /// Of the database; a write-ahead log not yet merged comes on top.
  package var fileBytes: Int

  /// All samples.
  package var samples: Int { services.map(\.samples).reduce(0, +) }
  /// Of packed samples.
  package var sampleBytes: Int { services.map(\.bytes).reduce(0, +) }
  /// Packed bytes for a sample, on average; nil without samples.
  package var bytesPerSample: Double? { samples == 0 ? nil : Double(sampleBytes) / Double(samples) }
}

extension FleetStore {
  /// What the store holds. Reads the head of every chunk but no values.
  package func status() throws(DataError) -> StoreStatus {
    let services = serviceStatus(try seriesStatus())
    let fleets = try storedFleets().map {
      StoreStatus.FleetFile(fleet: $0.name, file: $0.file, effectiveFrom: $0.effectiveFrom)
    }
    return try reading { db in
      func count(_ sql: String) throws -> Int { try Int.fetchOne(db, sql: sql) ?? 0 }
      return StoreStatus(
        services: services, fleets: fleets, prices: try prices(db),
        inventoryRuns: try count("SELECT count(*) FROM inventory"),
        commitments: try count("SELECT count(*) FROM commitment"),
        savingsPlans: try count("SELECT count(*) FROM savings_plan"), sources: try sources(db),
        fileBytes: try count("PRAGMA page_count") * count("PRAGMA page_size"))
    }
  }

  /// How many values of each series imports refused, by its row.
  func conflictCounts() throws(DataError) -> [Int64: Int] {
    try reading { db in
      try TableSoundness.check(["conflict"], db)
      let rows = try Row.fetchAll(db, sql: "SELECT series, sum(count) FROM conflict GROUP BY series")
      return Dictionary(rows.map { ($0[0], $0[1]) }) { first, _ in first }
    }
  }

  private func prices(_ db: Database) throws -> [StoreStatus.Prices] {
    try storedPrices.map { kind in
      let name = kind.table.name
      let newest = try Int64.fetchOne(
        db, sql: "SELECT max(effective_from) FROM \(name) WHERE typeof(effective_from) = 'integer'")
      return StoreStatus.Prices(
        kind: kind.plural, rows: try Int.fetchOne(db, sql: "SELECT count(*) FROM \(name)") ?? 0,
        newest: newest.map(Instant.init(seconds:)))
    }
  }

  private func sources(_ db: Database) throws -> [StoreStatus.Source] {
    try TableSoundness.check(["source_file"], db)
    return try Row.fetchAll(db, sql: "SELECT kind, name, bytes, xxh64, rows FROM source_file ORDER BY id").map { row in
      guard let kind = SourceFile.Kind(rawValue: row[0]) else {
        throw DataError(
          place, found: "a file of kind \"\(row[0] as String)\"", expected: "a kind that this plimsoll knows")
      }
      let file = SourceFile(
        kind: kind, name: row[1], byteCount: row[2], checksum: UInt64(bitPattern: row[3] as Int64))
      return StoreStatus.Source(file: file, rows: row[4])
    }
  }
}

/// What the series of each service are together.
/// - Parameter series: sorted by key.
func serviceStatus(_ series: [SeriesStatus]) -> [StoreStatus.Service] {
  var services: [StoreStatus.Service] = []
  var start = 0
  while start < series.count {
    let name = series[start].key.service
    let end = series[start...].firstIndex { $0.key.service != name } ?? series.count
    let own = series[start..<end]
    var steps: [Int64: Int] = [:]
    for one in own { if let step = one.stepSeconds { steps[step, default: 0] += one.samples } }
    services.append(
      StoreStatus.Service(
        service: name, series: own.count, samples: own.reduce(0) { $0 + $1.samples },
        first: own.map(\.first).min()!, last: own.map(\.last).max()!,
        stepSeconds: steps.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key,
        coverage: own.map(\.coverage).reduce(Coverage(seen: 0, expected: 0), +), gaps: own.reduce(0) { $0 + $1.gaps },
        longestGap: longest(own.compactMap(\.longestGap)), conflicts: own.reduce(0) { $0 + $1.conflicts },
        bytes: own.reduce(0) { $0 + $1.bytes }))
    start = end
  }
  return services
}

private func longest(_ periods: [Period]) -> Period? {
  periods.max { ($0.seconds, $1.start) < ($1.seconds, $0.start) }
}
