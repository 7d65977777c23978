import GRDB
import Model
import Testing

@testable import Store

private struct Killed: Error {}

extension FleetStore {
  /// All series, sorted by key, with their samples in a period (in all of time for nil); one without a sample is left out.
  func series(in period: Period? = nil) throws(DataError) -> [Series] {
    try reading { db in
      let scan = SeriesScan(table: try ChunkTable(db), period: period)
      var samples = SeriesSamples()
      return try storedSeries(SeriesFilter(), db).compactMap { try scan.series($0, &samples) }
    }
  }

  /// Lets the database grow to no more than a number of pages, as a full disk would.
  func limitPages(_ count: Int) throws {
    try reading { try $0.execute(sql: "PRAGMA max_page_count = \(count)") }
  }

  /// Runs a body in a transaction that is then rolled back.
  func interrupted(_ body: (Database) throws -> Void) throws {
    let error = failure { () throws(DataError) in
      try writing { db in
        try body(db)
        throw Killed()
      }
    }
    if let error, !error.found.contains("Killed") { throw error }
  }
}

extension DayChunk {
  /// The chunk as bytes.
  func encoded() -> [UInt8] {
    var bytes: [UInt8] = []
    var encoder = DayChunkEncoder()
    encoder.append(self, to: &bytes)
    return bytes
  }
}
