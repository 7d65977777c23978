import GRDB
import GRDBSQLite

/// A statement that writes a row at a time through SQLite's own interface, for tables whose rows come by the 100,000.
///
/// Lives no longer than the access to the database it was made in.
final class RowStatement {
  private let connection: OpaquePointer?
  private let statement: OpaquePointer
  /// Values of the row that is put together.
  private var count: Int32 = 0

  init(_ db: Database, _ sql: String) throws {
    connection = db.sqliteConnection
    statement = try preparedStatement(db, sql)
  }

  deinit { sqlite3_finalize(statement) }

  /// Puts a value to those before it, in the order of the statement's marks.
  func add(_ value: DatabaseValue) {
    count += 1
    bind(value, count)
  }

  /// Writes the row that was put together; false when the database is as it was.
  func changes() throws -> Bool {
    count = 0
    let code = sqlite3_step(statement)
    sqlite3_reset(statement)
    guard code == SQLITE_DONE else { throw sqliteError(code) }
    return sqlite3_changes(connection) > 0
  }

  private func bind(_ value: DatabaseValue, _ index: Int32) {
    switch value.storage {
    case .null: sqlite3_bind_null(statement, index)
    case .int64(let number): sqlite3_bind_int64(statement, index, number)
    case .double(let number): sqlite3_bind_double(statement, index, number)
    case .string(let text): Store.bind(text, to: statement, index)
    case .blob(let data):
      data.withUnsafeBytes { _ = sqlite3_bind_blob(statement, index, $0.baseAddress, Int32($0.count), copied) }
    }
  }
}

/// Binds a text to a mark of a statement, which copies it.
func bind(_ text: String, to statement: OpaquePointer, _ index: Int32) {
  var text = text
  text.withUTF8 { bytes in
    _ = bytes.withMemoryRebound(to: CChar.self) {
      sqlite3_bind_text(statement, index, $0.baseAddress, Int32($0.count), copied)
    }
  }
}

/// Tells SQLite to copy what is bound (SQLITE_TRANSIENT, which Swift does not import).
private let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
