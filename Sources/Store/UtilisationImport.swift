import GRDB
import Model

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension Store {
  /// Merges samples with those that are stored, in one transaction.
  ///
  /// The same sample twice is one sample. Another value for an instant that is stored is a conflict: it is counted, and
  /// **the value stored first is kept**. Values are compared as numbers: 0.5 and 0.50 are the same.
  /// - Throws: ``DataError`` for an instant before 1970 or after 2149-06-06, or when the samples of a series are too far
  ///   apart in size to share a scale; the store is then as it was.
  package func importUtilisation(_ series: [Series], from file: SourceFile) throws(DataError) -> ImportSummary {
    try writing { db in
      var merge = try UtilisationMerge(db, place: Place(file: file.name))
      for one in series { try merge.add(one) }
      try recordSource(file, rows: merge.summary.rows, in: db)
      return merge.summary
    }
  }

  /// Remembers an imported file; one that was imported before stays as it is.
  func recordSource(_ file: SourceFile, rows: Int, in db: Database) throws {
    try db.execute(
      sql: "INSERT INTO source_file(kind, name, bytes, crc32, rows) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
      arguments: [file.kind.rawValue, file.name, file.byteCount, Int64(file.crc32), rows])
  }
}

/// One import of samples: its statements and its counts.
private struct UtilisationMerge {
  private let db: Database
  private let place: Place
  private let findSeries, addSeries, setDecimals, allChunks, findChunk, writeChunk: Statement
  private let deflater = Deflater()
  private let chunks = DayChunkReader()
  private(set) var summary = ImportSummary()

  init(_ db: Database, place: Place) throws {
    self.db = db
    self.place = place
    findSeries = try db.makeStatement(
      sql: "SELECT id, decimals FROM series WHERE service = ? AND resource = ? AND metric = ?")
    addSeries = try db.makeStatement(
      sql: "INSERT INTO series(service, resource, metric, decimals) VALUES (?, ?, ?, ?)")
    setDecimals = try db.makeStatement(sql: "UPDATE series SET decimals = ? WHERE id = ?")
    allChunks = try db.makeStatement(sql: "SELECT key, blob FROM day_chunk WHERE key BETWEEN ? AND ?")
    findChunk = try db.makeStatement(sql: "SELECT blob FROM day_chunk WHERE key = ?")
    writeChunk = try db.makeStatement(sql: "INSERT OR REPLACE INTO day_chunk(key, samples, blob) VALUES (?, ?, ?)")
  }

  mutating func add(_ series: Series) throws {
    guard !series.instants.isEmpty else { return }
    let (id, decimals) = try identify(series)
    if series.scale > decimals { try checkStored(id, series.key, scale: series.scale) }
    let factor = powerOfTen(max(decimals - series.scale, 0))
    if let large = series.mantissas.first(where: { $0.multipliedReportingOverflow(by: factor).overflow }) {
      throw tooFarApart(ScaledDecimal(mantissa: large, scale: series.scale), series.key, scale: decimals)
    }
    let before = summary.added
    var start = 0
    while start < series.count {
      let day = Instant(seconds: series.instants[start]).day
      let next = Int64(day + 1) * DayChunk.secondsPerDay
      var end = start + 1
      while end < series.count, series.instants[end] < next { end += 1 }
      try merge(
        DayChunk(
          day: day, scale: series.scale, instants: Array(series.instants[start..<end]),
          mantissas: Array(series.mantissas[start..<end])), into: id, series.key)
      start = end
    }
    if series.scale > decimals, summary.added > before {
      try setDecimals.execute(arguments: [series.scale, id])
    }
  }

  private func identify(_ series: Series) throws -> (id: Int64, decimals: Int) {
    let key = series.key
    let arguments: StatementArguments = [key.service, key.resource, key.metric.rawValue]
    if let row = try Row.fetchOne(findSeries, arguments: arguments) { return (row[0], row[1]) }
    try addSeries.execute(arguments: arguments + [series.scale])
    return (db.lastInsertedRowID, series.scale)
  }

  private mutating func merge(_ new: DayChunk, into id: Int64, _ key: SeriesKey) throws {
    guard (0..<65_536).contains(new.day) else {
      throw DataError(
        place, found: "\(key) at \(Instant(seconds: new.instants[0]))", expected: "a date from 1970 to 2149-06-06")
    }
    let number = id * 65_536 + Int64(new.day)
    guard let stored = try storedChunk(number, day: new.day) else {
      summary.added += new.instants.count
      return try write(new, number)
    }
    let (merged, counts) = merged(stored, new)
    summary = summary + counts
    if counts.added > 0 { try write(merged, number) }
  }

  private func storedChunk(_ number: Int64, day: Int) throws -> DayChunk? {
    guard let row = try Row.fetchOne(findChunk, arguments: [number]) else { return nil }
    return try chunk(row, column: 0, day: day, number)
  }

  private func chunk(_ row: Row, column: Int, day: Int, _ number: Int64) throws -> DayChunk {
    let chunk = try row.withUnsafeData(atIndex: column) { $0?.withUnsafeBytes { chunks.chunk($0, day: day) } }
    guard let chunk else { throw damagedChunk(number) }
    return chunk
  }

  private func write(_ chunk: DayChunk, _ number: Int64) throws {
    try writeChunk.execute(
      arguments: [number, chunk.instants.count, Data(chunk.encoded(deflater))])
  }

  /// Makes sure that what is stored of a series can be told at a larger scale.
  private func checkStored(_ id: Int64, _ key: SeriesKey, scale: Int) throws {
    let rows = try Row.fetchCursor(allChunks, arguments: [id * 65_536, id * 65_536 + 65_535])
    while let row = try rows.next() {
      let number: Int64 = row[0]
      let stored = try chunk(row, column: 1, day: Int(number % 65_536), number)
      let factor = powerOfTen(max(scale - stored.scale, 0))
      if let large = stored.mantissas.first(where: { $0.multipliedReportingOverflow(by: factor).overflow }) {
        throw tooFarApart(ScaledDecimal(mantissa: large, scale: stored.scale), key, scale: scale)
      }
    }
  }

  private func tooFarApart(_ value: ScaledDecimal, _ key: SeriesKey, scale: Int) -> DataError {
    DataError(
      place, found: "\(key) with \(value.normalised) beside values of \(scale) decimals",
      expected: "values that share a scale: at most 18 digits from the largest to the last decimal")
  }
}

/// The stored chunk with the samples of the new one that it lacks. Both must fit the larger scale of the two.
private func merged(_ stored: DayChunk, _ new: DayChunk) -> (chunk: DayChunk, counts: ImportSummary) {
  var result = DayChunk(day: stored.day, scale: max(stored.scale, new.scale), instants: [], mantissas: [])
  let storedFactor = powerOfTen(result.scale - stored.scale)
  let newFactor = powerOfTen(result.scale - new.scale)
  var counts = ImportSummary()
  var i = 0
  var j = 0
  while i < stored.instants.count || j < new.instants.count {
    let isNew = i == stored.instants.count || (j < new.instants.count && new.instants[j] < stored.instants[i])
    if isNew {
      result.instants.append(new.instants[j])
      result.mantissas.append(new.mantissas[j] * newFactor)
      counts.added += 1
      j += 1
      continue
    }
    result.instants.append(stored.instants[i])
    result.mantissas.append(stored.mantissas[i] * storedFactor)
    if j < new.instants.count, new.instants[j] == stored.instants[i] {
      let isSame = new.mantissas[j] * newFactor == stored.mantissas[i] * storedFactor
      if isSame { counts.alreadyThere += 1 } else { counts.conflicts += 1 }
      j += 1
    }
    i += 1
  }
  return (result, counts)
}

/// The error for a chunk whose bytes cannot be read.
func damagedChunk(_ number: Int64) -> DatabaseError {
  DatabaseError(resultCode: .SQLITE_CORRUPT, message: "row \(number) of day_chunk")
}
