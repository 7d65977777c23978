import GRDB
import Model

/// What was read of a store to see that it is sound.
package struct StoreVerification: Hashable, Sendable {
  /// Days of samples, each with a checksum.
  package var sampleDays = 0
  /// Days of services that were worked out, each with a checksum.
  package var serviceDays = 0
  /// Rows of all other tables.
  package var rows = 0
  /// What is damaged, in the order it was found: `the samples of web/i-1 cpu_percent on 2026-10-03 (row 1 of day_chunk)`.
  package var damages: [String] = []
}

extension FleetStore {
  /// Reads everything that the store holds, and names what is damaged; goes on behind a damage.
  package func verification() throws(DataError) -> StoreVerification {
    try reading { db in
      var verifier = StoreVerifier(db: db)
      try verifier.readPages()
      try verifier.readTables()
      try verifier.readChunks()
      try verifier.readServiceDays()
      try verifier.readOrigins()
      return verifier.found
    }
  }
}

private struct StoreVerifier {
  let db: Database
  var found = StoreVerification()

  /// Runs a part; a damage that ends it is noted, once where it ends several, and everything else thrown.
  private mutating func part(_ body: (inout StoreVerifier) throws -> Void) throws {
    do {
      try body(&self)
    } catch let error as DatabaseError where error.resultCode == .SQLITE_CORRUPT || error.resultCode == .SQLITE_ERROR {
      let damage = error.message ?? "a part of the file"
      if !found.damages.contains(damage) { found.damages.append(damage) }
    }
  }

  /// The pages of the file, its indices, and what tables refer to.
  mutating func readPages() throws {
    try part { verifier in
      let lines = try String.fetchAll(verifier.db, sql: "PRAGMA integrity_check(20)")
      // Several lines in a row, below the name of the database.
      let words = lines.flatMap { $0.split(separator: "\n") }.filter { $0 != "ok" && !$0.hasPrefix("***") }
      // Where a page is lost, those that it led to are used by nothing: one reason is enough.
      let reasons = words.filter { !$0.hasSuffix("is never used") }
      verifier.found.damages += (reasons.isEmpty ? words : reasons).map { "the file's structure: \($0)" }
    }
    try part { verifier in
      let rows = try Row.fetchAll(verifier.db, sql: "PRAGMA foreign_key_check")
      let tables = Set(rows.compactMap { String.fromDatabaseValue($0[0]) }).sorted()
      verifier.found.damages += tables.map { "a row of \($0) that refers to one that is not there" }
    }
  }

  /// Tables of rows without a checksum: what they hold must be what an import could have written.
  mutating func readTables() throws {
    let prices = storedPrices.map { $0.table.name }
    let stated = [StatedTable.inventory, .commitments, .savingsPlans].flatMap { [$0.name, $0.words] }
    let others = ["source_file", "series", "conflict", "fleet_document", "kept_since", "sample_days", "price_source"]
    for table in others + stated + prices {
      try part { verifier in
        let count = try Int.fetchOne(verifier.db, sql: "SELECT count(*) FROM \(table)") ?? 0
        verifier.found.rows += count
        guard let place = try TableSoundness(table, verifier.db).firstUnsound(verifier.db) else { return }
        verifier.found.damages.append("row \(place) of \(table), which no import writes")
      }
    }
  }

  mutating func readChunks() throws {
    try part { verifier in
      var names: [Int64: SeriesKey] = [:]
      for one in try verifier.series() { names[one.id] = one.key }
      let table = try ChunkTable(verifier.db)
      let keys = try Int64.fetchCursor(verifier.db, sql: "SELECT key FROM day_chunk ORDER BY key")
      while let key = try keys.next() {
        verifier.found.sampleDays += 1
        let day = Int(key % 65_536)
        let name = names[floorDivide(key, 65_536)]
        let chunk = (try? table.chunk(key) { DayChunkReader.chunk($0, day: day) }) ?? nil
        guard name == nil || chunk.flatMap({ $0 }) == nil else { continue }
        let date = CivilDate(day: day)
        let what = name.map { "the samples of \($0) on \(date)" } ?? "samples on \(date) of a series that is not there"
        verifier.found.damages.append("\(what) (row \(key) of day_chunk)")
      }
    }
  }

  private func series() throws -> [StoredSeries] {
    let sound = try TableSoundness("series", db).condition
    let rows = try Row.fetchAll(db, sql: "SELECT id, service, resource, metric FROM series WHERE \(sound)")
    return rows.map { StoredSeries(id: $0[0], key: SeriesKey(service: $0[1], resource: $0[2], metric: Metric($0[3]))) }
  }

  mutating func readServiceDays() throws {
    try part { verifier in
      try ChangedServiceDays.refuseStrangers(verifier.db)
      let rows = try Row.fetchCursor(
        verifier.db,
        sql: "SELECT service, day, CASE typeof(blob) WHEN 'blob' THEN blob ELSE x'00' END FROM service_day "
          + "WHERE blob IS NOT NULL ORDER BY service, day")
      while let row = try rows.next() {
        verifier.found.serviceDays += 1
        let (service, day): (String, Int) = (row[0], row[1])
        let isSound = try row.withUnsafeData(atIndex: 2) { data in
          data?.withUnsafeBytes { ServiceDay($0, of: service, day: day) } != nil
        }
        if !isSound { verifier.found.damages.append("day \(CivilDate(day: day)) of \(service) in service_day") }
      }
    }
  }

  mutating func readOrigins() throws {
    try part { verifier in
      let rows = try Row.fetchCursor(
        verifier.db, sql: "SELECT key, hex(instants) FROM sample_times WHERE typeof(key) = 'integer' ORDER BY key")
      while let row = try rows.next() {
        verifier.found.rows += 1
        let (key, digits): (Int64, String) = (row[0], row[1])
        if DayTimes.decoded(bytes(ofHex: digits)) == nil {
          verifier.found.damages.append("row \(key) of sample_times")
        }
      }
    }
  }
}

private func bytes(ofHex digits: String) -> [UInt8] {
  let values = digits.utf8.map { $0 < 58 ? $0 - 48 : $0 - 55 }
  return stride(from: 0, to: values.count - 1, by: 2).map { values[$0] << 4 | values[$0 + 1] }
}
