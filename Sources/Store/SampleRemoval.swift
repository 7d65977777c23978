import GRDB
import Model

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Takes the samples of a file out of the store.
struct SampleRemoval {
  private let table: ChunkTable
  private let others, delete, find: Statement
  private var encoder = DayChunkEncoder()
  private var changed = ChangedServiceDays()
  private var keys: [Int64: SeriesKey] = [:]
  private var removed = 0

  init(_ db: Database) throws {
    table = try ChunkTable(db, mayWrite: true)
    others = try db.makeStatement(sql: "SELECT instants FROM sample_times WHERE key = ? AND source <> ?")
    delete = try db.makeStatement(sql: "DELETE FROM day_chunk WHERE key = ?")
    find = try db.makeStatement(sql: "SELECT service, resource, metric FROM series WHERE id = ?")
  }

  /// Removes what a file brought, and series of which nothing is left.
  /// - Returns: how many samples are gone.
  mutating func forget(_ source: Int64, _ db: Database) throws -> Int {
    let days = try Row.fetchAll(
      db, sql: "SELECT series, first_day, last_day FROM sample_days WHERE source = ?", arguments: [source])
    for row in days {
      let series: Int64 = row[0]
      for day in (row[1] as Int)...(row[2] as Int) { try removeDay(series * 65_536 + Int64(day), source) }
    }
    let times = try Row.fetchAll(
      db, sql: "SELECT key, instants FROM sample_times WHERE source = ? ORDER BY key", arguments: [source])
    for row in times {
      let gone = Set(try seconds(row[1], key: row[0]))
      try keep(row[0]) { !gone.contains($0) }
    }
    try db.execute(sql: "DELETE FROM sample_days WHERE source = ?", arguments: [source])
    try db.execute(sql: "DELETE FROM sample_times WHERE source = ?", arguments: [source])
    try removeEmptySeries(db)
    try changed.drop(db)
    return removed
  }

  /// Removes a day but for the samples that other files brought to it.
  private mutating func removeDay(_ key: Int64, _ source: Int64) throws {
    var kept: Set<Int32> = []
    for stored in try Data.fetchAll(others, arguments: [key, source]) { kept.formUnion(try seconds(stored, key: key)) }
    try keep(key) { kept.contains($0) }
  }

  private func seconds(_ stored: Data, key: Int64) throws -> [Int32] {
    guard let seconds = DayTimes.decoded([UInt8](stored)) else { throw damagedTimes(key) }
    return seconds
  }

  /// Keeps the samples of a day whose second after midnight a body wants.
  private mutating func keep(_ key: Int64, _ isWanted: (Int32) -> Bool) throws {
    let day = Int(key % 65_536)
    guard let read = try table.chunk(key, { DayChunkReader.chunk($0, day: day) }) else { return }
    guard let chunk = read else { throw damagedChunk(key) }
    let samples = chunk.samples
    let left = samples.filter { isWanted($0.second) }
    guard left.count < samples.count else { return }
    removed += samples.count - left.count
    if left.isEmpty {
      try delete.execute(arguments: [key])
    } else {
      var bytes: [UInt8] = []
      encoder.append(DayChunk(day: day, samples: left), to: &bytes)
      try table.write(key, samples: left.count, bytes: bytes)
    }
    if let series = try seriesKey(key / 65_536) { changed.note(series, day: day) }
  }

  private mutating func seriesKey(_ id: Int64) throws -> SeriesKey? {
    if let known = keys[id] { return known }
    guard let row = try Row.fetchOne(find, arguments: [id]) else { return nil }
    let key = SeriesKey(service: row[0], resource: row[1], metric: Metric(rawValue: row[2]))
    keys[id] = key
    return key
  }

  private func removeEmptySeries(_ db: Database) throws {
    let isEmpty = try db.makeStatement(
      sql: "SELECT NOT EXISTS (SELECT 1 FROM day_chunk WHERE key BETWEEN ? AND ?)")
    for id in keys.keys.sorted()
    where try Bool.fetchOne(isEmpty, arguments: [id * 65_536, id * 65_536 + 65_535]) == true {
      try db.execute(sql: "DELETE FROM conflict WHERE series = ?", arguments: [id])
      try db.execute(sql: "DELETE FROM series WHERE id = ?", arguments: [id])
    }
  }
}
