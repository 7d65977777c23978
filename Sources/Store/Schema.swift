import GRDB
import Model

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
    ("008 checksums of samples", sealedChunks),
    ("009 names in one form", composedNames),
  ]

  /// Of stores that trial versions made before the first release; nothing reads them any more.
  private static let trials: Set<String> = ["001 first tables", "001 tables, chunks packed by bits"]

  private static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    for migration in migrations {
      migrator.registerMigration(migration.name) { db in
        for function in functions { db.add(function: function) }
        try db.execute(sql: migration.sql)
        let insert = try db.makeStatement(sql: "INSERT INTO about(\"table\", \"column\", sentence) VALUES (?, ?, ?)")
        for row in about(migration.sql) { try insert.execute(arguments: [row.table, row.column, row.sentence]) }
      }
    }
    return migrator
  }

  /// Checks that the file is a store of ours and brings its schema up to date where it may write.
  static func prepare(_ queue: DatabaseQueue, place: Place, mayWrite: Bool) throws {
    let owner = try queue.read { db in
      (
        id: try Int32.fetchOne(db, sql: "PRAGMA application_id") ?? 0,
        tables: try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_schema") ?? 0
      )
    }
    guard owner.id == applicationID || (owner.id == 0 && owner.tables == 0) else {
      throw DataError(
        place, found: "an SQLite database of another program", expected: "a store made by `plimsoll import`")
    }
    let names = try queue.read { try migrator.appliedIdentifiers($0) }
    if let trial = names.intersection(trials).min() {
      throw DataError(
        place, found: "a store of a trial version (its schema is \"\(trial)\")",
        expected: "one made by this plimsoll; remove it and import again")
    }
    let known = Set(migrations.map(\.name))
    if let newer = names.subtracting(known).min() {
      throw DataError(
        place, found: "a store of a newer plimsoll (its schema has \"\(newer)\")",
        expected: "a schema up to \"\(migrations.last!.name)\"; use the newer plimsoll, or import into a new store")
    }
    guard names != known else { return }
    guard mayWrite else {
      throw DataError(
        place, found: "a store without the schema \"\(known.subtracting(names).min()!)\"",
        expected: "an up-to-date store; any `plimsoll import` brings it up to date")
    }
    if owner.tables == 0 {
      try queue.writeWithoutTransaction { db in
        try db.execute(sql: "PRAGMA application_id = \(applicationID); PRAGMA journal_mode = WAL")
      }
    }
    try migrator.migrate(queue)
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
