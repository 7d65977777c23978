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
  }

  /// The rows of one kind of price, in all regions.
  package struct Prices: Hashable, Sendable {
    /// `on-demand prices`.
    package var kind: String
    package var rows: Int
    /// The latest date from which a row holds; nil without rows.
    package var newest: Instant?
  }

  /// A file that was imported, and the samples or rows it held.
  package struct Source: Hashable, Sendable {
    package var file: SourceFile
    package var rows: Int
  }

  /// Sorted by name.
  package var services: [Service]
  package var prices: [Prices]
  package var inventoryRuns: Int
  package var commitments: Int
  /// In the order of their first import.
  package var sources: [Source]
  /// Of the database; a write-ahead log not yet merged comes on top.
  package var fileBytes: Int
  /// Of packed samples.
  package var sampleBytes: Int

  /// All samples.
  package var samples: Int { services.map(\.samples).reduce(0, +) }
  /// Packed bytes for a sample, on average; nil without samples.
  package var bytesPerSample: Double? { samples == 0 ? nil : Double(sampleBytes) / Double(samples) }
}

extension Store {
  /// What the store holds. Reads every row's head but unpacks only the first and last day of each series.
  package func status() throws(DataError) -> StoreStatus {
    try reading { db in
      func count(_ sql: String) throws -> Int { try Int.fetchOne(db, sql: sql) ?? 0 }
      return StoreStatus(
        services: try services(db), prices: try prices(db),
        inventoryRuns: try count("SELECT count(*) FROM inventory"),
        commitments: try count("SELECT count(*) FROM commitment"), sources: try sources(db),
        fileBytes: try count("PRAGMA page_count") * count("PRAGMA page_size"),
        sampleBytes: try count("SELECT sum(length(blob)) FROM day_chunk"))
    }
  }

  private func services(_ db: Database) throws -> [StoreStatus.Service] {
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT service, sum(samples), min(key), max(key) FROM day_chunk JOIN series ON series.id = key / 65536
        GROUP BY series.id ORDER BY service
        """)
    var services: [StoreStatus.Service] = []
    while let row = try rows.next() {
      let first = try ends(of: row[2], db).first
      let last = try ends(of: row[3], db).last
      var one = StoreStatus.Service(service: row[0], series: 1, samples: row[1], first: first, last: last)
      if let other = services.last, other.service == one.service {
        services.removeLast()
        one.series += other.series
        one.samples += other.samples
        one.first = min(first, other.first)
        one.last = max(last, other.last)
      }
      services.append(one)
    }
    return services
  }

  /// The instants of the first and the last sample of a chunk.
  private func ends(of number: Int64, _ db: Database) throws -> (first: Instant, last: Instant) {
    let statement = try db.cachedStatement(sql: "SELECT blob FROM day_chunk WHERE key = ?")
    let row = try Row.fetchOne(statement, arguments: [number])
    let chunk = try row?.withUnsafeData(atIndex: 0) { data in
      data?.withUnsafeBytes { DayChunkReader().chunk($0, day: Int(number % 65_536)) }
    }
    guard let chunk else { throw damagedChunk(number) }
    return (Instant(seconds: chunk.instants.first!), Instant(seconds: chunk.instants.last!))
  }

  private func prices(_ db: Database) throws -> [StoreStatus.Prices] {
    try PriceTable.all.map { table in
      let row = try Row.fetchOne(db, sql: "SELECT count(*), max(effective_from) FROM \(table.name)")!
      return StoreStatus.Prices(
        kind: table.plural, rows: row[0], newest: (row[1] as Int64?).map(Instant.init(seconds:)))
    }
  }

  private func sources(_ db: Database) throws -> [StoreStatus.Source] {
    try Row.fetchAll(db, sql: "SELECT kind, name, bytes, crc32, rows FROM source_file ORDER BY id").map { row in
      guard let kind = SourceFile.Kind(rawValue: row[0]) else {
        throw DataError(
          place, found: "a file of kind \"\(row[0] as String)\"", expected: "a kind that this plimsoll knows")
      }
      let file = SourceFile(
        kind: kind, name: row[1], byteCount: row[2], crc32: UInt32(truncatingIfNeeded: row[3] as Int64))
      return StoreStatus.Source(file: file, rows: row[4])
    }
  }
}
