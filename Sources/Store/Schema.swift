import GRDB
import Model

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The schema of the store: numbered migrations, applied once each and never changed after a release.
enum Schema {
  /// `PLIM`, in the header of the file: whose database it is.
  static let applicationID: Int32 = 0x504C_494D

  /// In order; a new one goes to the end.
  static let migrations: [(name: String, sql: String)] = [
    ("001 tables, prices of every offer", firstTables),
    ("002 days of services", serviceDayTable),
    ("003 fleet files by date", fleetFilesByDate),
    ("004 fleet files as trees", fleetFilesAsTrees),
    ("005 days of services by the interval of the data", serviceDaysAnew),
    ("006 reservations as they were bought", reservationsAsBought),
    ("007 what each file brought", fileWords),
    ("008 what runs on instances", inventoryEngines),
    ("009 checksums of samples", sealedChunks),
    ("010 names in one form", composedNames),
    ("011 prices that end", pricesThatEnd),
    ("012 contexts of models", modelContexts),
    ("013 accounts, regions and tags", inventoryOwners),
    ("014 accounts of commitments", commitmentOwners),
    ("015 samples by day", chunksByDay),
  ]

  /// Of stores that trial versions made before the first release; nothing reads them any more.
  private static let trials: Set<String> = ["001 first tables", "001 tables, chunks packed by bits"]

  private static let known = Set(migrations.map(\.name))

  /// Checks that the file is a store of ours and brings its schema up to date where it may write.
  static func prepare(_ queue: DatabaseQueue, place: Place, mayWrite: Bool) throws {
    let names = try queue.read { try applied($0, place) }
    guard names != known else { return }
    guard mayWrite else {
      throw DataError(
        place, found: "a store without the schema \"\(known.subtracting(names).min()!)\"",
        expected: "an up-to-date store; any `plimsoll import` brings it up to date")
    }
    try queue.writeWithoutTransaction { db in
      if names.isEmpty { try logAhead(db) }
      // Tables that others refer to are renamed and made anew.
      try db.execute(sql: "PRAGMA foreign_keys = OFF")
      try db.inTransaction(.immediate) {
        // Asked again: whoever had the lock before may have brought it up to date.
        try migrate(db, from: try applied(db, place))
        try db.checkForeignKeys()
        return .commit
      }
      try db.execute(sql: "PRAGMA foreign_keys = ON")
    }
  }

  /// The migrations that the file has.
  /// - Throws: ``DataError`` for a file that is no store, and one that a trial or a newer version made.
  private static func applied(_ db: Database, _ place: Place) throws -> Set<String> {
    let id = try Int32.fetchOne(db, sql: "PRAGMA application_id") ?? 0
    let tables = try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_schema") ?? 0
    guard id == applicationID || (id == 0 && tables == 0) else {
      throw DataError(
        place, found: "an SQLite database of another program", expected: "a store made by `plimsoll import`")
    }
    // Not GRDB's `tableExists`, which remembers what it found before another process was first.
    let isMigrated = try Bool.fetchOne(
      db, sql: "SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE name = 'grdb_migrations')")
    guard isMigrated == true else { return [] }
    let names = try String.fetchSet(db, sql: "SELECT identifier FROM grdb_migrations")
    if let trial = names.intersection(trials).min() {
      throw DataError(
        place, found: "a store of a trial version (its schema is \"\(trial)\")",
        expected: "one made by this plimsoll; remove it and import again")
    }
    if let newer = names.subtracting(known).min() {
      throw DataError(
        place, found: "a store of a newer plimsoll (its schema has \"\(newer)\")",
        expected: "a schema up to \"\(migrations.last!.name)\"; use the newer plimsoll, or import into a new store")
    }
    return names
  }

  /// Lets the file have a write-ahead log. SQLite does not wait for another process that does the same.
  private static func logAhead(_ db: Database) throws {
    for attempt in 1... {
      do { return try db.execute(sql: "PRAGMA journal_mode = WAL") } catch let error as DatabaseError {
        guard error.resultCode == .SQLITE_BUSY, attempt < 250 else { throw error }
        usleep(20_000)
      }
    }
  }

  /// Applies what is missing, within a transaction. The table of what was applied is as GRDB's `DatabaseMigrator` has it.
  private static func migrate(_ db: Database, from names: Set<String>) throws {
    guard names != known else { return }
    try db.execute(
      sql: """
        PRAGMA application_id = \(applicationID);
        CREATE TABLE IF NOT EXISTS grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY)
        """)
    for function in functions { db.add(function: function) }
    for migration in migrations where !names.contains(migration.name) {
      try db.execute(sql: migration.sql)
      let insert = try db.makeStatement(sql: "INSERT INTO about(\"table\", \"column\", sentence) VALUES (?, ?, ?)")
      for row in about(migration.sql) { try insert.execute(arguments: [row.table, row.column, row.sentence]) }
      try db.execute(sql: "INSERT INTO grdb_migrations(identifier) VALUES (?)", arguments: [migration.name])
    }
  }

  /// What the comments in the SQL say of tables, views and columns: the rows of the table `about`.
  ///
  /// A comment on a line of its own is about the table or view just begun, one behind a column about that column.
  static func about(_ sql: String) -> [(table: String, column: String, sentence: String)] {
    var rows: [(table: String, column: String, sentence: String)] = []
    var table = ""
    for line in sql.split(separator: "\n") {
      let words = line.split(separator: " ").map { $0.trimmed }
      if words.first == "CREATE" || words.first == "ALTER", words.count > 2 { table = words[2] }
      guard let mark = words.firstIndex(of: "--") else { continue }
      let column = mark == 0 ? "" : words[0].replacing("\"", with: "")
      rows.append((table, column, words[(mark + 1)...].joined(separator: " ")))
    }
    return rows
  }
}
