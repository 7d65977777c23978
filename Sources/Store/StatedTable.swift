import GRDB

/// A table of what files state: each row is the last word on its key, and beside it stands a table of the words of every
/// file (`inventory_word` of `inventory`), so that a file can be taken back and the word before it holds again.
struct StatedTable: Sendable {
  let name: String
  /// The columns that make the key come first.
  let keys: [String]
  let values: [String]
  /// A column that is empty in a word which says that there is no such row; nil where no file says so.
  var absence: String?
  /// Columns that may be empty, where ``absence`` is said.
  private var optionals: Set<String> = []

  static let inventory = StatedTable(
    name: "inventory", keys: ["service", "resource", "started"],
    values: ["stopped", "type", "zone", "lifecycle", "engine", "account", "region", "tags"], absence: "type",
    optionals: ["stopped", "engine", "account", "region", "tags"])
  static let commitments = StatedTable(
    name: "commitment", keys: ["id"],
    values: [
      "service", "type", "count", "offer", "started", "bought", "ended", "region", "zone", "engine",
      "paid_upfront_nano_usd", "paid_hourly_nano_usd", "paid_file", "account",
    ])
  static let savingsPlans = StatedTable(
    name: "savings_plan", keys: ["id"],
    values: ["offer", "family", "region", "hourly_nano_usd", "upfront_nano_usd", "started", "ended", "account"])

  /// The columns of a row, as SQL lists them.
  var columns: String { (keys + values).joined(separator: ", ") }
  var words: String { "\(name)_word" }
  var isKey: String { keys.map { "\($0) = ?" }.joined(separator: " AND ") }
  /// The condition on a word that there is such a row.
  fileprivate var isThere: String { absence.map { "\($0) <> ''" } ?? "true" }
  /// What a word that says that there is no such row has beside the key.
  fileprivate var nothing: [DatabaseValue] { values.map { optionals.contains($0) ? .null : "".databaseValue } }
  fileprivate var marks: String { (keys + values).map { _ in "?" }.joined(separator: ", ") }
}

/// What a row that is stated does to its table.
enum StatedOutcome { case added, updated, alreadyThere }

/// Writes what one file states to one table.
struct StatedRows {
  private let table: StatedTable
  private let source: Int64
  private let turn: Int64
  private let find, findWord, write, writeWord, remove: Statement

  /// - Parameter source: the file, by its row of `source_file`.
  init(_ table: StatedTable, from source: Int64, _ db: Database) throws {
    self.table = table
    self.source = source
    turn = 1 + (try Int64.fetchOne(db, sql: "SELECT max(turn) FROM \(table.words)") ?? 0)
    find = try db.makeStatement(sql: "SELECT \(table.columns) FROM \(table.name) WHERE \(table.isKey)")
    findWord = try db.makeStatement(
      sql: "SELECT \(table.columns) FROM \(table.words) WHERE \(table.isKey) AND source = ?")
    write = try db.makeStatement(
      sql: "INSERT OR REPLACE INTO \(table.name)(\(table.columns)) VALUES (\(table.marks))")
    writeWord = try db.makeStatement(
      sql: "INSERT OR REPLACE INTO \(table.words)(\(table.columns), source, turn) VALUES (\(table.marks), ?, ?)")
    remove = try db.makeStatement(sql: "DELETE FROM \(table.name) WHERE \(table.isKey)")
  }

  /// The row that the table has of a key.
  func stored(_ key: [DatabaseValue]) throws -> Row? { try Row.fetchOne(find, arguments: StatementArguments(key)) }

  /// Takes a row, its values in the order of the table's columns. What is there already in the same words of the same
  /// file changes nothing.
  func state(_ row: [DatabaseValue]) throws -> StatedOutcome {
    let key = Array(row.prefix(table.keys.count))
    let stored = try stored(key).map { Array($0.databaseValues) }
    let word = try Row.fetchOne(findWord, arguments: StatementArguments(key + [source.databaseValue]))
    if stored == row, word.map({ Array($0.databaseValues) }) == row { return .alreadyThere }
    try writeWord.execute(arguments: StatementArguments(row + [source.databaseValue, turn.databaseValue]))
    if stored == row { return .alreadyThere }
    try write.execute(arguments: StatementArguments(row))
    return stored == nil ? .added : .updated
  }

  /// Takes out a row: from here on the file says that there is none.
  func stateAbsence(of key: [DatabaseValue]) throws {
    try writeWord.execute(
      arguments: StatementArguments(key + table.nothing + [source.databaseValue, turn.databaseValue]))
    try remove.execute(arguments: StatementArguments(key))
  }
}

extension ImportSummary {
  mutating func count(_ outcome: StatedOutcome) {
    switch outcome {
    case .added: added += 1
    case .updated: updated += 1
    case .alreadyThere: alreadyThere += 1
    }
  }
}

extension StatedTable {
  /// Takes back the words of a file. Of each of its keys the last word that is left holds again, if there is one.
  /// - Returns: how many rows are gone, and of how many an earlier word holds again.
  func forget(_ source: Int64, _ db: Database) throws -> (removed: Int, restored: Int) {
    let stated = try Row.fetchAll(
      db, sql: "SELECT \(keys.joined(separator: ", ")) FROM \(words) WHERE source = ?", arguments: [source])
    try db.execute(sql: "DELETE FROM \(words) WHERE source = ?", arguments: [source])
    var (removed, restored) = (0, 0)
    for key in stated {
      switch try settle(Array(key.databaseValues), db) {
      case .removed: removed += 1
      case .restored: restored += 1
      case .kept: break
      }
    }
    return (removed, restored)
  }

  enum Settled { case removed, restored, kept }

  /// Makes the row of a key what the last word on it says; without one, and where that says so, there is none.
  func settle(_ key: [DatabaseValue], _ db: Database) throws -> Settled {
    let arguments = StatementArguments(key)
    let last = try Row.fetchOne(
      db.cachedStatement(
        sql: "SELECT \(columns), \(isThere) FROM \(words) WHERE \(isKey) ORDER BY turn DESC LIMIT 1"),
      arguments: arguments)
    let said = last.flatMap { $0[$0.count - 1] ? Array($0.databaseValues.dropLast()) : nil }
    guard let said else {
      try db.cachedStatement(sql: "DELETE FROM \(name) WHERE \(isKey)").execute(arguments: arguments)
      return db.changesCount > 0 ? .removed : .kept
    }
    let stored = try Row.fetchOne(
      db.cachedStatement(sql: "SELECT \(columns) FROM \(name) WHERE \(isKey)"), arguments: arguments)
    if let stored, Array(stored.databaseValues) == said { return .kept }
    try db.cachedStatement(sql: "INSERT OR REPLACE INTO \(name)(\(columns)) VALUES (\(marks))")
      .execute(arguments: StatementArguments(said))
    return .restored
  }
}
