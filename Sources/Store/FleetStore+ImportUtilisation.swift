import GRDB
import Model

extension FleetStore {
  /// Imports the samples of one file, in one transaction, which is rolled back when the body throws. The store is locked
  /// before the body starts.
  ///
  /// The same sample twice is one sample. Another value for an instant is a conflict: it is counted, and **the value
  /// stored first is kept, then the earliest in the file**. Values are compared as numbers: 0.5 and 0.50 are the same.
  /// When nothing is new, nothing is written. What was imported is on disk when the call returns.
  ///
  /// - Parameter body: hands the samples to the writer in the order of the file, and says which file it was.
  /// - Throws: what the body throws, and ``DataError`` for what the store cannot hold; the store is then as it was.
  package func importUtilisation(
    budget: WriterBudget = WriterBudget(), _ body: (inout UtilisationWriter) throws -> SourceFile
  ) throws(DataError) -> ImportSummary {
    let summary = try writing { db in
      var writer = try UtilisationWriter(db, place: place, budget: budget)
      let file = try body(&writer)
      let (summary, conflicts) = try writer.finish()
      let source = try recordSource(file, rows: summary.rows, in: db)
      try writer.recordOrigins(source)
      for conflict in conflicts { try record(conflict, source: source, in: db) }
      return summary
    }
    shortenLog()
    return summary
  }

  /// Imports series as if they were a file of one after another.
  package func importUtilisation(
    _ series: [Series], from file: SourceFile, budget: WriterBudget = WriterBudget()
  ) throws(DataError) -> ImportSummary {
    try importUtilisation(budget: budget) { writer in
      writer.place = Place(file: file.name)
      try writer.addSeries(series.map(\.key)[...])
      for (number, one) in series.enumerated() {
        try writer.add(
          (0..<one.count).map { index in
            Sample(
              series: UInt32(number), seconds: one.instants[index], mantissa: one.mantissas[index],
              scale: UInt8(one.scale(index)))
          })
      }
      return file
    }
  }

  /// Remembers an imported file; one that was imported before stays as it is.
  /// - Returns: its row.
  @discardableResult
  func recordSource(_ file: SourceFile, rows: Int, in db: Database) throws -> Int64 {
    try db.execute(
      sql: "INSERT INTO source_file(kind, name, bytes, xxh64, rows) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
      arguments: [file.kind.rawValue, file.name, file.byteCount, Int64(bitPattern: file.checksum), rows])
    return try Int64.fetchOne(
      db, sql: "SELECT id FROM source_file WHERE kind = ? AND bytes = ? AND xxh64 = ?",
      arguments: [file.kind.rawValue, file.byteCount, Int64(bitPattern: file.checksum)])!
  }

  private func record(
    _ conflict: (series: Int64, count: Int, first: SampleConflict), source: Int64, in db: Database
  ) throws {
    try db.cachedStatement(
      sql: """
        INSERT INTO conflict(source, series, count, instant, kept, refused) VALUES (?, ?, ?, ?, ?, ?)
        ON CONFLICT DO NOTHING
        """
    ).execute(arguments: [
      source, conflict.series, conflict.count, conflict.first.instant.seconds, conflict.first.kept.description,
      conflict.first.refused.description,
    ])
  }
}
