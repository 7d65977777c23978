import GRDB
import GRDBSQLite
import Model

/// The table `day_chunk` through SQLite's own interface: beside ``RowStatement`` and ``RowQuery`` what does not go through
/// GRDB, whose statements box every value they bind. A trial with rows of ten columns wrote 368,000 to 501,000 a second this way and 182,000 to
/// 212,000 with GRDB's cached statements; for this table it was not compared.
///
/// Lives no longer than the connection to the database it was made in.
final class ChunkTable {
  private let range: OpaquePointer
  private let write: OpaquePointer?

  /// - Parameter mayWrite: false for reading alone, which needs one statement less.
  init(_ db: Database, mayWrite: Bool = false) throws {
    range = try preparedStatement(
      db, "SELECT key, blob, samples FROM day_chunk WHERE key BETWEEN ?1 AND ?2 ORDER BY key")
    write =
      mayWrite
      ? try preparedStatement(db, "INSERT OR REPLACE INTO day_chunk(key, samples, blob) VALUES (?, ?, ?)") : nil
  }

  deinit {
    sqlite3_finalize(range)
    sqlite3_finalize(write)
  }

  /// The chunk of a key, as a body makes something of its bytes; nil when there is none.
  /// - Throws: ``DatabaseError`` for a row whose checksum is not that of what it holds, and what the body throws.
  func chunk<Result>(_ key: Int64, _ body: (UnsafeRawBufferPointer) throws -> Result) throws -> Result? {
    var result: Result?
    try rows(of: range, key, key) { _, bytes in result = try body(bytes) }
    return result
  }

  /// Every chunk of a range of keys, in their order.
  func forEach(_ keys: ClosedRange<Int64>, _ body: (Int64, UnsafeRawBufferPointer) throws -> Void) throws {
    try rows(of: range, keys.lowerBound, keys.upperBound, body)
  }

  /// Writes a chunk in the place of what its key had, with a checksum behind it.
  func write(_ key: Int64, samples: Int, bytes chunk: [UInt8]) throws {
    var bytes = chunk
    bytes.appendChunkChecksum(key: key, samples: Int64(samples))
    let code = bytes.withUnsafeBytes { bytes in
      sqlite3_bind_int64(write, 1, key)
      sqlite3_bind_int64(write, 2, Int64(samples))
      // No destructor: SQLite need not copy what outlives the step.
      sqlite3_bind_blob(write, 3, bytes.baseAddress, Int32(bytes.count), nil)
      let code = sqlite3_step(write)
      sqlite3_reset(write)
      sqlite3_bind_null(write, 3)
      return code
    }
    guard code == SQLITE_DONE else { throw sqliteError(code) }
  }

  private func rows(
    of statement: OpaquePointer, _ first: Int64, _ last: Int64, _ body: (Int64, UnsafeRawBufferPointer) throws -> Void
  ) throws {
    sqlite3_bind_int64(statement, 1, first)
    sqlite3_bind_int64(statement, 2, last)
    defer { sqlite3_reset(statement) }
    while true {
      let code = sqlite3_step(statement)
      if code == SQLITE_DONE { return }
      guard code == SQLITE_ROW else { throw sqliteError(code) }
      // The pointer comes before the length (sqlite.org/c3ref/column_blob.html) and is good until the next step.
      let start = sqlite3_column_blob(statement, 1)
      let count = Int(sqlite3_column_bytes(statement, 1))
      let key = sqlite3_column_int64(statement, 0)
      let stored = UnsafeRawBufferPointer(start: start, count: start == nil ? 0 : count)
      guard let chunk = ChunkChecksum.chunk(in: stored, key: key, samples: sqlite3_column_int64(statement, 2)) else {
        throw damagedChunk(key)
      }
      try body(key, chunk)
    }
  }
}

/// Copies a write-ahead log into the database and cuts it to nothing, if nobody reads it just now; does not wait.
func truncateLog(_ db: Database, waitSeconds: Double) {
  guard let connection = db.sqliteConnection else { return }
  sqlite3_busy_timeout(connection, 0)
  // A reader that holds the log is no error: the log is safe on disk, and the next import tries again.
  _ = sqlite3_wal_checkpoint_v2(connection, nil, SQLITE_CHECKPOINT_TRUNCATE, nil, nil)
  sqlite3_busy_timeout(connection, Int32(waitSeconds * 1000))
}

/// A statement of SQLite's own, which whoever asked for it finalises.
func preparedStatement(_ db: Database, _ sql: String) throws -> OpaquePointer {
  guard let connection = db.sqliteConnection else {
    throw DatabaseError(resultCode: .SQLITE_MISUSE, message: "the connection is closed")
  }
  var statement: OpaquePointer?
  let code = sqlite3_prepare_v2(connection, sql, -1, &statement, nil)
  guard code == SQLITE_OK, let statement else { throw sqliteError(code) }
  return statement
}

/// - Parameter code: what the failing call returned; the connection may have forgotten it.
func sqliteError(_ code: Int32) -> DatabaseError {
  DatabaseError(resultCode: ResultCode(rawValue: code), message: String(cString: sqlite3_errstr(code)))
}
