import GRDB
import Model

/// What a row of a table may hold: values of the types that its columns are declared with, and numbers that an import could
/// have written. A store that was damaged or changed by another program is refused by it, and not reckoned with.
struct TableSoundness {
  /// What one column may hold.
  struct Column {
    let name: String
    /// As it is declared: TEXT, INTEGER, REAL or BLOB.
    let type: String
    let isRequired: Bool
    /// Of a whole number; nil for any.
    let range: ClosedRange<Int64>?
  }

  let table: String
  /// In the table's order.
  let columns: [Column]

  init(_ table: String, _ db: Database) throws {
    self.table = table
    let declared = try db.cachedStatement(sql: "SELECT name, type, \"notnull\" OR pk FROM pragma_table_info(?)")
    columns = try Row.fetchAll(declared, arguments: [table]).map {
      Column(name: $0[0], type: $0[1], isRequired: $0[2], range: Self.range(of: $0[0]))
    }
  }

  /// An SQL expression, 1 for a sound row.
  var condition: String { columns.isEmpty ? "1" : columns.map(\.condition).joined(separator: " AND ") }

  /// - Throws: ``DatabaseError`` where a row of the table holds what no import writes.
  static func check(_ tables: [String], _ db: Database) throws {
    for table in tables where try TableSoundness(table, db).firstUnsound(db) != nil { throw damagedTable(table) }
  }

  /// The place of the first row, in SQLite's order, that no import writes; nil where all are sound.
  func firstUnsound(_ db: Database) throws -> Int? {
    guard try Bool.fetchOne(db, sql: "SELECT EXISTS (SELECT 1 FROM \(table) WHERE NOT (\(condition)))") == true else {
      return nil
    }
    return try Int.fetchOne(
      db, sql: "SELECT n FROM (SELECT row_number() OVER () AS n, (\(condition)) AS sound FROM \(table)) WHERE NOT sound"
    )
  }

  private static func range(of column: String) -> ClosedRange<Int64>? { ranges[column] ?? range(bySuffixOf: column) }

  private static func range(bySuffixOf name: String) -> ClosedRange<Int64>? {
    if name.hasSuffix("_nano_usd") { return 0...Money.mostPrice.nanoDollars }
    if name.hasSuffix("_mbps") || name.hasSuffix("_iops") { return 0...1_000_000_000_000 }
    return nil
  }

  /// From the year 0 to the year 9999, which dates of files can name.
  private static let moments: ClosedRange<Int64> = -62_167_219_200...253_402_300_799
  private static let days: ClosedRange<Int64> = 0...65_535
  private static let amounts: ClosedRange<Int64> = 0...1_000_000_000_000_000

  /// By the names of columns; what is not here may be any number.
  private static let ranges: [String: ClosedRange<Int64>] = [
    "started": moments, "stopped": moments, "ended": moments, "bought": moments, "effective_from": moments,
    "retrieved": moments, "published": moments, "instant": moments,
    "first_day": days, "last_day": days, "day": days,
    "rows": amounts, "bytes": amounts, "samples": 1...86_400, "tier_from": 0...Int64.max,
    "per_units": 1...1_000_000_000_000, "count": 1...amounts.upperBound, "turn": amounts,
    "input_tokens": amounts, "output_tokens": amounts,
    "threads": 1...1_000_000, "vcpu": 1...1_000_000, "milli_coremark": amounts, "memory_milli_gib": amounts,
    "noise_percent": 0...1_000_000_000, "savings_percent": 0...100, "years": 1...100, "current_generation": 0...1,
  ]
}

extension TableSoundness.Column {
  /// What a real number may be.
  static let reals = 0...1e9

  /// An SQL expression, 1 for a sound value.
  fileprivate var condition: String {
    let column = "\"\(name)\""
    var sound = "typeof(\(column)) = '\(type.lowercased())'"
    if type == "INTEGER", let range {
      sound += " AND \(column) BETWEEN \(range.lowerBound) AND \(range.upperBound)"
    } else if type == "REAL" {
      sound += " AND \(column) BETWEEN 0 AND 1e9"
    }
    return isRequired ? sound : "(\(column) IS NULL OR \(sound))"
  }
}

/// The error for a table with a row that no import writes.
func damagedTable(_ table: String) -> DatabaseError {
  DatabaseError(resultCode: .SQLITE_CORRUPT, message: "a row of \(table) that no import writes")
}
