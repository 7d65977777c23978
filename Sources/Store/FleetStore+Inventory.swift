import GRDB
import Model

extension FleetStore {
  /// Stores runs of instances. A run of the same service, resource and start takes the place of the stored one.
  /// - Throws: ``DataError`` when two runs of one resource overlap afterwards; the store is then as it was.
  package func importInventory(_ runs: [InstanceRun], from file: SourceFile) throws(DataError) -> ImportSummary {
    try writing { db in
      var summary = ImportSummary()
      let find = try db.makeStatement(
        sql: """
          SELECT service, resource, started, stopped, type, zone, lifecycle FROM inventory
          WHERE service = ? AND resource = ? AND started = ?
          """)
      let write = try db.makeStatement(
        sql: """
          INSERT OR REPLACE INTO inventory(service, resource, started, stopped, type, zone, lifecycle)
          VALUES (?, ?, ?, ?, ?, ?, ?)
          """)
      var changed: Set<String> = []
      for run in runs {
        let stored = try Row.fetchOne(find, arguments: [run.service, run.resource, run.started.seconds])
        if let stored, instanceRun(stored) == run {
          summary.alreadyThere += 1
          continue
        }
        if stored == nil { summary.added += 1 } else { summary.updated += 1 }
        changed.insert(run.service)
        try write.execute(arguments: [
          run.service, run.resource, run.started.seconds, run.stopped?.seconds, run.type, run.zone,
          run.lifecycle.rawValue,
        ])
      }
      try ChangedServiceDays.drop(of: changed, db)
      try refuseOverlaps(db, Place(file: file.name))
      try recordSource(file, rows: runs.count, in: db)
      return summary
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
    let ending = (overlap[3] as Int64?).map { "stops at \(Instant(seconds: $0))" } ?? "is still running"
    throw DataError(
      place, found: "\(name) started at \(Instant(seconds: overlap[4]))",
      expected: "a start after its run from \(started), which \(ending)")
  }

  /// All runs, sorted by service, resource and start.
  package func inventory() throws(DataError) -> [InstanceRun] {
    let place = place
    return try reading { db in
      let rows = try Row.fetchCursor(
        db,
        sql: """
          SELECT service, resource, started, stopped, type, zone, lifecycle FROM inventory
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

/// Columns: service, resource, started, stopped, type, zone, lifecycle. Nil for an unknown lifecycle.
private func instanceRun(_ row: Row) -> InstanceRun? {
  guard let lifecycle = Lifecycle(rawValue: row[6]) else { return nil }
  return InstanceRun(
    service: row[0], resource: row[1], type: row[4], zone: row[5],
    lifecycle: lifecycle, started: Instant(seconds: row[2]),
    stopped: (row[3] as Int64?).map(Instant.init(seconds:)))
}
