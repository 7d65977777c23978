import GRDB
import Model

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Which samples one import brings, so that they can be taken back.
///
/// Days of which the store had nothing are kept as ranges, a few for each series; where it had samples of a day, the
/// moments of the new ones are written as they come, under the number that the import's file will have if it is a new one.
struct SampleOrigins {
  private let source: Int64
  private let find, write: Statement
  /// By the row of the series.
  private var days: [Int64: DayRanges] = [:]
  private var hasTimes = false

  init(_ db: Database) throws {
    source = 1 + (try Int64.fetchOne(db, sql: "SELECT max(id) FROM source_file") ?? 0)
    find = try db.makeStatement(sql: "SELECT instants FROM sample_times WHERE key = ? AND source = ?")
    write = try db.makeStatement(
      sql: "INSERT OR REPLACE INTO sample_times(key, source, instants) VALUES (?, ?, ?)")
  }

  /// Notes samples of a day of a series.
  /// - Parameters:
  ///   - before: the seconds after midnight of those that the store had, in order.
  ///   - now: of those it has now, in order.
  mutating func note(series: Int64, day: Int, before: [Int32], now: [DaySample]) throws {
    if before.isEmpty { return note(series: series, newDay: day) }
    guard days[series]?.contains(day) != true else { return }
    var known = 0
    var brought: [Int32] = []
    for sample in now {
      if known < before.count, before[known] == sample.second { known += 1 } else { brought.append(sample.second) }
    }
    guard !brought.isEmpty else { return }
    try add(brought, key: series * 65_536 + Int64(day), of: source)
    hasTimes = true
  }

  /// Notes a day of which the store had nothing.
  mutating func note(series: Int64, newDay day: Int) { days[series, default: DayRanges()].insert(day) }

  /// Writes the days, and gives all to the file that the import turned out to be of.
  func finish(_ file: Int64, _ db: Database) throws {
    let insert = try db.makeStatement(
      sql: "INSERT OR REPLACE INTO sample_days(source, series, first_day, last_day) VALUES (?, ?, ?, ?)")
    for (series, days) in days.sorted(by: { $0.key < $1.key }) {
      for range in days.ranges {
        try insert.execute(arguments: [file, series, range.lowerBound, range.upperBound - 1])
      }
    }
    guard hasTimes, file != source else { return }
    let rows = try Row.fetchAll(
      db, sql: "SELECT key, instants FROM sample_times WHERE source = ? ORDER BY key", arguments: [source])
    try db.execute(sql: "DELETE FROM sample_times WHERE source = ?", arguments: [source])
    for row in rows {
      guard let seconds = DayTimes.decoded([UInt8](row[1] as Data)) else { throw damagedTimes(row[0]) }
      try add(seconds, key: row[0], of: file)
    }
  }

  /// Adds moments of a day to those that are known of a file.
  private func add(_ seconds: [Int32], key: Int64, of file: Int64) throws {
    var all = seconds
    if let stored = try Data.fetchOne(find, arguments: [key, file]) {
      guard let known = DayTimes.decoded([UInt8](stored)) else { throw damagedTimes(key) }
      all = Set(known).union(seconds).sorted()
    }
    try write.execute(arguments: [key, file, Data(DayTimes.encoded(all))])
  }
}

/// The error for moments whose bytes cannot be read.
func damagedTimes(_ key: Int64) -> DatabaseError {
  DatabaseError(resultCode: .SQLITE_CORRUPT, message: "row \(key) of sample_times")
}
