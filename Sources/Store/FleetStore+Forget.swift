import GRDB
import Model

/// What was removed with a file that is taken back.
package struct ForgottenFile: Hashable, Sendable {
  package var name: String
  /// nil for a fleet file.
  package var kind: SourceFile.Kind?
  /// Samples, or rows.
  package var removed = 0
  /// Rows of which an earlier file's word holds again.
  package var restored = 0
  /// Other imports of the same name that are still there.
  package var remaining = 0
  /// True where files that were imported later may have held the same, which counted as there already.
  package var hidesLater = false
}

extension FleetStore {
  /// Takes back the import of a file, by the name it had then: what it brought is removed, and where it took the place
  /// of what another file said, that holds again. Of several imports of one name the last is taken back.
  ///
  /// - Parameter isUnique: as for the import of an inventory.
  /// - Throws: ``DataError``, kind `missingInput`, naming the nearest known file where none has that name, and kind
  ///   `badData` for a file that was imported before the store kept what each brought; the store is then as it was.
  package func forget(_ name: String, isUnique: IsUnique = { _, _ in false }) throws(DataError) -> ForgottenFile {
    let place = place
    defer { shortenLog() }
    return try writing { db in
      try TableSoundness.check(
        ["source_file", "series", "sample_days"]
          + [StatedTable.inventory, .commitments, .savingsPlans].flatMap { [$0.name, $0.words] }, db)
      let files = try Row.fetchAll(
        db, sql: "SELECT id, kind FROM source_file WHERE name = ? ORDER BY id DESC", arguments: [name])
      guard let file = files.first else { return try forgetFleet(name, db, place) }
      guard let kind = SourceFile.Kind(rawValue: file[1]) else {
        throw DataError(
          place, found: "a file of kind \"\(file[1] as String)\"", expected: "a kind that this plimsoll knows")
      }
      let id: Int64 = file[0]
      try checkKnown(id, kind, name, db, place)
      var forgotten = ForgottenFile(name: name, kind: kind, remaining: files.count - 1)
      switch kind {
      case .inventory: (forgotten.removed, forgotten.restored) = try forgetInventory(id, isUnique, db)
      case .commitments: (forgotten.removed, forgotten.restored) = try forgetCommitments(id, db)
      case .prices, .spot: forgotten.removed = try forgetPrices(id, db)
      case .utilisation:
        var removal = try SampleRemoval(db)
        forgotten.removed = try removal.forget(id, db)
      }
      if kind != .inventory, kind != .commitments {
        let others = kind == .utilisation ? "kind = 'utilisation'" : "kind IN ('prices', 'spot')"
        forgotten.hidesLater =
          try Bool.fetchOne(
            db, sql: "SELECT EXISTS (SELECT 1 FROM source_file WHERE id > ? AND \(others))", arguments: [id]) ?? false
      }
      try removeSource(id, db)
      return forgotten
    }
  }

  /// Removes the row of a file; numbers that are free again are those of files of which is known what they bring.
  private func removeSource(_ id: Int64, _ db: Database) throws {
    try db.execute(sql: "DELETE FROM conflict WHERE source = ?", arguments: [id])
    try db.execute(sql: "DELETE FROM source_file WHERE id = ?", arguments: [id])
    try db.execute(
      sql: "UPDATE kept_since SET source = min(source, 1 + (SELECT ifnull(max(id), 0) FROM source_file))")
  }

  private func forgetFleet(_ name: String, _ db: Database, _ place: Place) throws -> ForgottenFile {
    try db.execute(sql: "DELETE FROM fleet_document WHERE file = ?", arguments: [name])
    if db.changesCount > 0 { return ForgottenFile(name: name, kind: nil, removed: db.changesCount) }
    let known = try String.fetchAll(
      db, sql: "SELECT name FROM source_file UNION SELECT file FROM fleet_document ORDER BY 1")
    throw DataError(
      place, found: "no import of \"\(name)\"",
      expected: known.isEmpty ? "a file that was imported; none was" : nearest(name, known), kind: .missingInput)
  }

  private func nearest(_ name: String, _ known: [String]) -> String {
    func last(_ path: String) -> String { path.split(separator: "/").last.map(String.init) ?? path }
    let ofThatName = known.first { last($0) == last(name) }
    let suggestion = (ofThatName ?? nearestName(to: name, among: known)).map { "; did you mean \"\($0)\"?" } ?? ""
    let more = known.count > 10 ? " and \(known.count - 10) more" : ""
    return "the name of a file as it was imported: \(known.prefix(10).joined(separator: ", "))\(more)\(suggestion)"
  }

  /// Refuses a file of which the store does not know what it brought. Prices have said where they come from in every store.
  private func checkKnown(
    _ id: Int64, _ kind: SourceFile.Kind, _ name: String, _ db: Database, _ place: Place
  ) throws {
    let tables: [String]
    switch kind {
    case .prices, .spot: return
    case .inventory: tables = ["inventory_word"]
    case .commitments: tables = ["commitment_word", "savings_plan_word"]
    case .utilisation: tables = ["sample_days", "sample_times"]
    }
    let since = try Int64.fetchOne(db, sql: "SELECT source FROM kept_since") ?? 0
    guard id < since else { return }
    for table in tables {
      let isKnown = try Bool.fetchOne(
        db, sql: "SELECT EXISTS (SELECT 1 FROM \(table) WHERE source = ?)", arguments: [id])
      if isKnown == true { return }
    }
    let way: Phrase =
      kind == .inventory
      ? "; import the right one with \(parameter: .replace), which removes what is stored of its services" : ""
    throw DataError(
      place, found: "\(name), imported before the store kept which rows a file brought",
      expected: "a file that was imported since\(phrase: way)")
  }

  private func forgetCommitments(_ id: Int64, _ db: Database) throws -> (removed: Int, restored: Int) {
    let reservations = try StatedTable.commitments.forget(id, db)
    let plans = try StatedTable.savingsPlans.forget(id, db)
    return (reservations.removed + plans.removed, reservations.restored + plans.restored)
  }

  private func forgetPrices(_ id: Int64, _ db: Database) throws -> Int {
    var removed = 0
    for kind in storedPrices {
      try db.execute(
        sql: "DELETE FROM \(kind.table.name) WHERE source IN (SELECT id FROM price_source WHERE source_file = ?)",
        arguments: [id])
      removed += db.changesCount
    }
    try db.execute(sql: "DELETE FROM price_source WHERE source_file = ?", arguments: [id])
    return removed
  }

  /// A run that the file moved from one service to another goes back.
  private func forgetInventory(_ id: Int64, _ isUnique: IsUnique, _ db: Database) throws -> (
    removed: Int, restored: Int
  ) {
    let stated = try Row.fetchAll(
      db, sql: "SELECT DISTINCT service, resource, started, type FROM inventory_word WHERE source = ?", arguments: [id])
    var (removed, restored) = try StatedTable.inventory.forget(id, db)
    let back = restored
    var services = Set(stated.map { $0[0] as String })
    for row in stated where isUnique(row[1], row[3]) {
      // The last word on an instance and start, of whichever service, is the one that holds.
      let last = try Row.fetchOne(
        db.cachedStatement(
          sql: """
            SELECT service FROM inventory_word WHERE resource = ? AND started = ? AND type <> ''
            ORDER BY turn DESC, service LIMIT 1
            """), arguments: [row[1] as String, row[2] as Int64])
      guard let service: String = last?[0] else { continue }
      services.insert(service)
      let (resource, started): (String, Int64) = (row[1], row[2])
      let key = [service.databaseValue, resource.databaseValue, started.databaseValue]
      if try StatedTable.inventory.settle(key, db) == .restored { restored += 1 }
    }
    try ChangedServiceDays.drop(of: services, db)
    // What went back to another service is not gone.
    removed -= min(removed, restored - back)
    return (removed, restored)
  }
}
