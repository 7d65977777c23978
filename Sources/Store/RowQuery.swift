import GRDB
import GRDBSQLite

/// The rows of a query through SQLite's own interface, for tables of which a question reads thousands; what
/// ``RowStatement`` is to writing. Each row is checked as it comes: in SQL that took as long as to read it.
///
/// Lives no longer than the access to the database it was made in.
final class RowQuery {
  private let table: String
  private let statement: OpaquePointer
  /// What each column of the query may hold.
  private let columns: [TableSoundness.Column]

  /// - Parameters:
  ///   - names: columns of the table, which a row has in this order.
  ///   - rest: what follows the table in SQL.
  ///   - arguments: for the marks in it.
  init(_ names: [String], of table: String, _ rest: String, _ arguments: [String], _ db: Database) throws {
    self.table = table
    let sound = try TableSoundness(table, db)
    columns = names.compactMap { name in sound.columns.first { $0.name == name } }
    statement = try preparedStatement(db, "SELECT \(names.joined(separator: ", ")) FROM \(table) \(rest)")
    for (index, text) in arguments.enumerated() { bind(text, to: statement, Int32(index + 1)) }
  }

  deinit { sqlite3_finalize(statement) }

  /// Calls a body with each row, in order.
  /// - Throws: ``DatabaseError`` for a row that no import writes, and what the body throws.
  func forEach(_ body: (QueriedRow) throws -> Void) throws {
    defer { sqlite3_reset(statement) }
    while true {
      let code = sqlite3_step(statement)
      if code == SQLITE_DONE { return }
      guard code == SQLITE_ROW else { throw sqliteError(code) }
      for (index, column) in columns.enumerated() where !column.isSound(statement, Int32(index)) {
        throw damagedTable(table)
      }
      try body(QueriedRow(statement: statement))
    }
  }
}

/// The row that a query is at.
struct QueriedRow {
  fileprivate let statement: OpaquePointer

  func isNull(_ column: Int32) -> Bool { sqlite3_column_type(statement, column) == SQLITE_NULL }

  /// The value of a column that is not NULL.
  func value<Value: ColumnValue>(_ column: Int32) -> Value { Value(statement, column) }
}

/// What the value of a column is read as.
protocol ColumnValue {
  init(_ statement: OpaquePointer, _ column: Int32)
}

extension Int64: ColumnValue {
  init(_ statement: OpaquePointer, _ column: Int32) { self = sqlite3_column_int64(statement, column) }
}

extension Int: ColumnValue {
  init(_ statement: OpaquePointer, _ column: Int32) { self = Int(sqlite3_column_int64(statement, column)) }
}

extension Bool: ColumnValue {
  init(_ statement: OpaquePointer, _ column: Int32) { self = sqlite3_column_int64(statement, column) != 0 }
}

extension Double: ColumnValue {
  init(_ statement: OpaquePointer, _ column: Int32) { self = sqlite3_column_double(statement, column) }
}

extension String: ColumnValue {
  init(_ statement: OpaquePointer, _ column: Int32) {
    // The pointer comes before the length (sqlite.org/c3ref/column_blob.html) and is good until the next step.
    let start = sqlite3_column_text(statement, column)
    let count = Int(sqlite3_column_bytes(statement, column))
    self.init(decoding: UnsafeBufferPointer(start: start, count: start == nil ? 0 : count), as: UTF8.self)
  }
}

extension TableSoundness.Column {
  /// The same as ``TableSoundness/condition`` says in SQL.
  fileprivate func isSound(_ statement: OpaquePointer, _ column: Int32) -> Bool {
    switch sqlite3_column_type(statement, column) {
    case SQLITE_NULL: !isRequired
    case SQLITE_INTEGER: type == "INTEGER" && range?.contains(sqlite3_column_int64(statement, column)) ?? true
    case SQLITE_FLOAT: type == "REAL" && Self.reals.contains(sqlite3_column_double(statement, column))
    case SQLITE_TEXT: type == "TEXT"
    default: type == "BLOB"
    }
  }
}
