import GRDB
import Model

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension Store {
  /// All series, sorted by key, with their samples in a period (in all of time for nil). A series without a sample in
  /// the period is left out. About 15 million samples a second.
  package func series(in period: Period? = nil) throws(DataError) -> [Series] {
    try reading { db in
      let chunks = try ChunkScan(db, period: period)
      var result: [Series] = []
      let rows = try Row.fetchCursor(
        db, sql: "SELECT id, service, resource, metric, decimals FROM series ORDER BY service, resource, metric")
      while let row = try rows.next() {
        let name: String = row[3]
        guard let metric = Metric(rawValue: name) else {
          throw DataError(place, found: "metric \"\(name)\"", expected: "a metric that this plimsoll knows")
        }
        let key = SeriesKey(service: row[1], resource: row[2], metric: metric)
        if let series = try chunks.series(row[0], key: key, scale: row[4]) { result.append(series) }
      }
      return result
    }
  }
}

/// Reads the chunks of one series after another.
private struct ChunkScan {
  private let period: Period?
  private let statement: Statement
  private let reader = DayChunkReader()

  init(_ db: Database, period: Period?) throws {
    self.period = period
    statement = try db.makeStatement(sql: "SELECT key, blob FROM day_chunk WHERE key BETWEEN ? AND ? ORDER BY key")
  }

  func series(_ id: Int64, key: SeriesKey, scale: Int) throws -> Series? {
    let days = dayRange
    guard !days.isEmpty else { return nil }
    var instants: [Int64] = []
    var mantissas: [Int64] = []
    let first = id * 65_536 + Int64(days.lowerBound)
    let rows = try Row.fetchCursor(statement, arguments: [first, id * 65_536 + Int64(days.upperBound) - 1])
    while let row = try rows.next() {
      let number: Int64 = row[0]
      let start = mantissas.count
      let chunkScale = try row.withUnsafeData(atIndex: 1) { data in
        data?.withUnsafeBytes {
          reader.read($0, day: Int(number % 65_536), instants: &instants, mantissas: &mantissas)
        }
      }
      guard let chunkScale, chunkScale <= scale else { throw damagedChunk(number) }
      guard chunkScale < scale else { continue }
      let factor = powerOfTen(scale - chunkScale)
      for index in start..<mantissas.count {
        let (product, overflow) = mantissas[index].multipliedReportingOverflow(by: factor)
        guard !overflow else { throw damagedChunk(number) }
        mantissas[index] = product
      }
    }
    return trimmed(Series(key: key, instants: instants, mantissas: mantissas, scale: scale))
  }

  /// The days that hold the period.
  private var dayRange: Range<Int> {
    guard let period else { return 0..<65_536 }
    let all = 0..<65_536
    guard period.start < period.end else { return 0..<0 }
    return (period.start.day..<(period.end.advanced(by: -1).day + 1)).clamped(to: all)
  }

  private func trimmed(_ series: Series) -> Series? {
    guard let period, !series.instants.isEmpty else { return series.instants.isEmpty ? nil : series }
    let range = series.range(in: period)
    if range.count == series.count { return series }
    guard !range.isEmpty else { return nil }
    return Series(
      key: series.key, instants: Array(series.instants[range]), mantissas: Array(series.mantissas[range]),
      scale: series.scale)
  }
}
