import GRDB
import Model
import Testing

@testable import Store

private struct Killed: Error {}

extension FleetStore {
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
