import GRDB
import Model

/// True where a name is the id of an instance of a type, which no other instance has.
package typealias IsUnique = (_ resource: String, _ type: String) -> Bool

extension FleetStore {
  /// Stores runs of instances. A run of the same service, resource and start takes the place of the stored one; of an
  /// instance whose name is unique, one of the same start does of whichever service.
  ///
  /// - Parameters:
  ///   - replacing: true where the file says all there is of each service it names: what the store has of them besides
  ///     is removed, until the file is taken back.
  ///   - isUnique: whether a name is the provider's id; such an instance runs for one service at a time.
  /// - Throws: ``DataError`` when two runs of one resource overlap afterwards; the store is then as it was.
  package func importInventory(
    _ runs: [InstanceRun], from file: SourceFile, replacing: Bool = false, isUnique: IsUnique = { _, _ in false }
  ) throws(DataError) -> ImportSummary {
    try writing { db in
      let source = try recordSource(file, rows: runs.count, in: db)
      try TableSoundness.check([StatedTable.inventory.name, StatedTable.inventory.words], db)
      var changes = InventoryChanges()
      let rows = try StatedRows(.inventory, from: source, db)
      if replacing { try replace(by: runs, rows, &changes, db) }
      let others = try StartedRuns(db)
      for run in runs {
        if isUnique(run.resource, run.type) { try takeFromOthers(run, others, &changes, db) }
        let outcome = try rows.state(run.stored)
        changes.summary.count(outcome)
        if outcome != .alreadyThere {
          changes.services.insert(run.service)
          changes.resources.insert(run.resource)
        }
      }
      try ChangedServiceDays.drop(of: changes.services, db)
      let place = Place(file: file.name)
      try refuseOverlaps(db, place)
      try refuseShared(changes.resources, isUnique, db, place)
      return changes.summary
    }
  }

  /// Removes the runs of the services of a file that it does not have.
  private func replace(
    by runs: [InstanceRun], _ rows: StatedRows, _ changes: inout InventoryChanges, _ db: Database
  ) throws {
    let keys = Set(runs.map { Array($0.stored.prefix(3)) })
    for service in Set(runs.map(\.service)).sorted() {
      let stored = try Row.fetchAll(
        db, sql: "SELECT service, resource, started FROM inventory WHERE service = ? ORDER BY resource, started",
        arguments: [service])
      for key in stored.map({ Array($0.databaseValues) }) where !keys.contains(key) {
        try rows.stateAbsence(of: key)
        changes.remove(String.fromDatabaseValue(key[1])!, of: service)
      }
    }
  }

  /// Removes a run that the store has for another service: one that starts at the same moment is an older word on it.
  private func takeFromOthers(
    _ run: InstanceRun, _ others: StartedRuns, _ changes: inout InventoryChanges, _ db: Database
  ) throws {
    for service in others.services(of: run) where service != run.service {
      try db.cachedStatement(sql: "DELETE FROM inventory WHERE \(StatedTable.inventory.isKey)")
        .execute(arguments: [service, run.resource, run.started.seconds])
      changes.move(run.resource, from: service, to: run.service)
    }
  }

  private func refuseOverlaps(_ db: Database, _ place: Place) throws {
    let overlap = try Row.fetchOne(
      db,
      sql: """
        SELECT service, resource, started, stopped, next FROM (
          SELECT *, lead(started) OVER (PARTITION BY service, resource ORDER BY started) AS next FROM inventory)
        WHERE next IS NOT NULL AND (stopped IS NULL OR stopped > next)
        ORDER BY service, resource, started LIMIT 1
        """)
    guard let overlap else { return }
    let name = "\(overlap[0] as String)/\(overlap[1] as String)"
    let started = Instant(seconds: overlap[2])
    throw DataError(
      place, found: "\(name) started at \(Instant(seconds: overlap[4]))",
      expected: "a start after its run from \(started), which \(ending(overlap[3]))")
  }

  /// Refuses instances that run for two services at a time, of those that changed: what a store had before stays as it is.
  private func refuseShared(_ changed: Set<String>, _ isUnique: IsUnique, _ db: Database, _ place: Place) throws {
    guard !changed.isEmpty else { return }
    let overlaps = try Row.fetchCursor(
      db,
      sql: """
        SELECT service, resource, started, stopped, type, other, next FROM (
          SELECT *, lead(started) OVER run AS next, lead(service) OVER run AS other FROM inventory
          WINDOW run AS (PARTITION BY resource ORDER BY started, service))
        WHERE other <> service AND (stopped IS NULL OR stopped > next) ORDER BY resource, started
        """)
    while let row = try overlaps.next() {
      let resource: String = row[1]
      guard changed.contains(resource), isUnique(resource, row[4]) else { continue }
      let (service, other): (String, String) = (row[0], row[5])
      throw DataError(
        place, found: "\(other)/\(resource) started at \(Instant(seconds: row[6]))",
        expected: Phrase(
          "one service at a time; it runs for \(service) from \(Instant(seconds: row[2])), and \(ending(row[3]))"))
    }
  }

  private func ending(_ stopped: Int64?) -> String {
    stopped.map { "stops at \(Instant(seconds: $0))" } ?? "is still running"
  }

  /// All runs, sorted by service, resource and start.
  package func inventory() throws(DataError) -> [InstanceRun] {
    let place = place
    return try reading { db in
      try TableSoundness.check(["inventory"], db)
      let rows = try Row.fetchCursor(
        db,
        sql: """
          SELECT service, resource, started, stopped, type, zone, lifecycle, engine, account, region, tags FROM inventory
          ORDER BY service, resource, started
          """)
      var runs: [InstanceRun] = []
      while let row = try rows.next() {
        guard let run = instanceRun(row) else {
          throw DataError(place, found: "lifecycle \"\(row[6] as String)\"", expected: "on-demand or spot")
        }
        runs.append(run)
      }
      return runs
    }
  }
}

/// Which services the store had runs of, by resource and start: read once, since no index of the table leads to them.
private struct StartedRuns {
  private struct Start: Hashable {
    var resource: String
    var seconds: Int64
  }
  private var services: [Start: [String]] = [:]

  init(_ db: Database) throws {
    let rows = try Row.fetchCursor(db, sql: "SELECT resource, started, service FROM inventory ORDER BY service")
    while let row = try rows.next() {
      services[Start(resource: row[0], seconds: row[1]), default: []].append(row[2])
    }
  }

  /// Sorted.
  func services(of run: InstanceRun) -> [String] {
    services[Start(resource: run.resource, seconds: run.started.seconds)] ?? []
  }
}

/// What an import of an inventory changes.
private struct InventoryChanges {
  var summary = ImportSummary()
  var services: Set<String> = []
  var resources: Set<String> = []

  mutating func remove(_ resource: String, of service: String) {
    summary.removed.append("\(service)/\(resource)")
    services.insert(service)
  }

  mutating func move(_ resource: String, from service: String, to other: String) {
    summary.moved.append(MovedInstance(resource: resource, from: service, to: other))
    services.formUnion([service, other])
    resources.insert(resource)
  }
}

/// Columns: service, resource, started, stopped, type, zone, lifecycle, engine, account, region, tags. Nil for an unknown
/// lifecycle.
private func instanceRun(_ row: Row) -> InstanceRun? {
  guard let lifecycle = Lifecycle(rawValue: row[6]) else { return nil }
  return InstanceRun(
    service: row[0], resource: row[1], type: row[4], zone: row[5],
    lifecycle: lifecycle, started: Instant(seconds: row[2]),
    stopped: (row[3] as Int64?).map(Instant.init(seconds:)), engine: row[7], account: row[8], region: row[9],
    tags: (row[10] as String?).map(tags(stored:)) ?? [])
}

private func tags(stored text: String) -> [ResourceTag] {
  text.split(separator: "\n").map { line in
    let words = line.split(separator: "\t", maxSplits: 1, omittingEmptySubsequences: false)
    return ResourceTag(String(words[0]), words.count > 1 ? String(words[1]) : "")
  }
}

extension InstanceRun {
  /// Its values in the order of the columns of ``StatedTable/inventory``.
  fileprivate var stored: [DatabaseValue] {
    [
      service.databaseValue, resource.databaseValue, started.seconds.databaseValue,
      stopped?.seconds.databaseValue ?? .null, type.databaseValue, zone.databaseValue,
      lifecycle.rawValue.databaseValue, engine?.databaseValue ?? .null, account?.databaseValue ?? .null,
      region?.databaseValue ?? .null, storedTags?.databaseValue ?? .null,
    ]
  }

  /// Neither key nor value has a control character: readers leave such tags out.
  private var storedTags: String? {
    tags.isEmpty ? nil : tags.map { "\($0.key)\t\($0.value)" }.joined(separator: "\n")
  }
}
