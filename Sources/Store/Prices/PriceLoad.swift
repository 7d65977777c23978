import GRDB
import Model

/// One import of prices: its counts, and the sources it has met.
final class PriceLoad {
  /// In nano-dollars: what effective rates and their ratios can be computed of in 64 bits.
  private static let largestAmount = 1_000_000_000 * Money.nanoPerDollar

  private let db: Database
  private let place: Place
  /// By the name of the table.
  private var writers: [String: PriceWriter] = [:]
  private let firstSource: Int64
  /// In the order they were met, and the numbers that rows refer to them by, from `firstSource` on.
  private var sources: [PriceSource] = []
  private var ids: [PriceSource: Int64] = [:]
  /// Sources of the store that were asked for, by their number.
  private var stored: [Int64: PriceSource] = [:]
  /// How many rows came to refer to a source, by its number.
  private var uses: [Int64: Int] = [:]
  // Of the row before: most rows of a file share one.
  private var lastSource: (source: PriceSource, id: Int64)?
  private(set) var summary = ImportSummary()

  init(_ db: Database, place: Place) throws {
    self.db = db
    self.place = place
    firstSource = 1 + (try Int64.fetchOne(db, sql: "SELECT max(id) FROM price_source") ?? 0)
  }

  func add(_ book: PriceBook) throws {
    for kind in storedPrices { try add(kind, of: book) }
  }

  private func add<Price: StoredPrice>(_: Price.Type, of book: PriceBook) throws {
    let rows = book[keyPath: Price.rows]
    guard !rows.isEmpty else { return }
    let writer = try writer(Price.table)
    for row in rows { try add(row, writer) }
  }

  /// Takes out tiers without their first one, which this import must have brought.
  func dropOrphanTiers() throws {
    let sources = try Int64.fetchAll(
      db,
      sql: """
        DELETE FROM unit_price WHERE (region, item, effective_from) IN (
          SELECT region, item, effective_from FROM unit_price
          GROUP BY region, item, effective_from HAVING min(tier_from) > 0)
        RETURNING source
        """)
    for source in sources { uses[source, default: 0] -= 1 }
    summary.added -= sources.count
    summary.orphanTiers = sources.count
  }

  /// Writes the sources that a row refers to, with the content they are of.
  func finish(content: Int64) throws {
    for (index, source) in sources.enumerated() where uses[firstSource + Int64(index), default: 0] > 0 {
      try db.execute(
        sql: "INSERT INTO price_source(id, file, origin, retrieved, published, source_file) VALUES (?, ?, ?, ?, ?, ?)",
        arguments: [
          firstSource + Int64(index), source.file, source.origin, source.retrieved.seconds, source.published?.seconds,
          content,
        ])
    }
  }

  private func add(_ row: some StoredPrice, _ writer: PriceWriter) throws {
    let (key, figures, provenance) = (row.storedKey, row.storedFigures, row.provenance)
    for index in writer.amounts where Int64.fromDatabaseValue(figures[index]) ?? 0 > Self.largestAmount {
      throw DataError(
        place, found: "\(row.subject): \(figureText(writer.table.figures[index], figures[index]))",
        expected: "a price of at most 1,000,000,000 USD")
    }
    let source = number(of: provenance.source)
    for value in key { writer.insert.add(value) }
    writer.insert.add(provenance.effectiveFrom.seconds.databaseValue)
    for value in figures { writer.insert.add(value) }
    writer.insert.add(provenance.quality.rawValue.databaseValue)
    writer.insert.add(source.databaseValue)
    if try writer.insert.changes() {
      uses[source, default: 0] += 1
      summary.added += 1
      return
    }
    let dated = key + [provenance.effectiveFrom.seconds.databaseValue]
    let stored = try Row.fetchOne(writer.find, arguments: StatementArguments(dated))!
    try compare(row, figures, with: stored, of: writer.table)
    for figure in writer.table.unknown(of: stored, where: figures) {
      try db.execute(
        sql: writer.table.completeSQL(figure.name), arguments: StatementArguments([figure.value] + dated))
    }
    summary.alreadyThere += 1
    guard try isBetterKnown(provenance, than: stored, of: writer.table) else { return }
    uses[source, default: 0] += 1
    try writer.confirm.execute(
      arguments: StatementArguments([source.databaseValue, provenance.quality.rawValue.databaseValue] + dated))
  }

  /// True when a source says more of a price than the one that the store has for it.
  private func isBetterKnown(_ provenance: Provenance, than stored: Row, of table: PriceTable) throws -> Bool {
    guard let quality = String.fromDatabaseValue(stored[table.figures.count]),
      let number = Int64.fromDatabaseValue(stored[table.figures.count + 1])
    else { throw damagedTable(table.name) }
    let isDerived = quality == PriceQuality.derived.rawValue
    guard isDerived == (provenance.quality == .derived) else { return isDerived }
    guard let published = provenance.source.published else { return false }
    return try published > source(number).published ?? provenance.effectiveFrom
  }

  /// Throws when the store has other figures.
  private func compare(
    _ row: some PriceRow, _ figures: [DatabaseValue], with stored: Row, of table: PriceTable
  ) throws {
    let names = table.figures
    let other = names.indices.map { stored[$0] as DatabaseValue }
    let completed = Set(table.unknown(of: stored, where: figures).map(\.name))
    let differing = names.indices.filter { figures[$0] != other[$0] && !completed.contains(names[$0]) }
    guard !differing.isEmpty else { return }
    func text(_ values: [DatabaseValue]) -> String {
      differing.map { figureText(names[$0], values[$0]) }.joined(separator: ", ")
    }
    guard let number = Int64.fromDatabaseValue(stored[names.count + 1]) else { throw damagedTable(table.name) }
    let (own, earlier) = (row.provenance.source, try source(number))
    throw DataError(
      place,
      found: "\(row.subject) from \(row.provenance.effectiveFrom.date): \(text(figures)) (\(own.file), \(own.origin))",
      expected: "\(text(other)) as \(number < firstSource ? "stored" : "before in the file") (\(earlier.file), "
        + "\(earlier.origin)); a new figure needs a later date")
  }

  /// The source that rows refer to by a number.
  private func source(_ number: Int64) throws -> PriceSource {
    if number >= firstSource { return sources[Int(number - firstSource)] }
    if let known = stored[number] { return known }
    let row = try Row.fetchOne(
      db, sql: "SELECT file, origin, retrieved, published FROM price_source WHERE id = ?", arguments: [number])
    guard let row else { throw damagedTable("price_source") }
    let source = PriceSource(
      file: row[0], origin: row[1], retrieved: Instant(seconds: row[2]),
      published: (row[3] as Int64?).map(Instant.init(seconds:)))
    stored[number] = source
    return source
  }

  private func writer(_ table: PriceTable) throws -> PriceWriter {
    if let writer = writers[table.name] { return writer }
    let writer = try PriceWriter(db, table)
    writers[table.name] = writer
    return writer
  }

  private func number(of source: PriceSource) -> Int64 {
    if let lastSource, lastSource.source == source { return lastSource.id }
    let id = ids[source] ?? firstSource + Int64(sources.count)
    if ids.updateValue(id, forKey: source) == nil { sources.append(source) }
    lastSource = (source, id)
    return id
  }
}

/// The statements that write one table.
private struct PriceWriter {
  let table: PriceTable
  let insert: RowStatement
  let find, confirm: Statement
  /// Which of the figures are money.
  let amounts: [Int]

  init(_ db: Database, _ table: PriceTable) throws {
    self.table = table
    insert = try RowStatement(db, table.insertSQL)
    find = try db.makeStatement(sql: table.findSQL)
    confirm = try db.makeStatement(sql: table.confirmSQL)
    amounts = table.figures.indices.filter { table.figures[$0].hasSuffix("_nano_usd") }
  }
}

extension PriceTable {
  /// The figures that a stored row leaves open, for want of a column when it was written, and a file says.
  fileprivate func unknown(of stored: Row, where figures: [DatabaseValue]) -> [(name: String, value: DatabaseValue)] {
    self.figures.indices.compactMap { index in
      let isOpen = addedLater.contains(self.figures[index]) && (stored[index] as DatabaseValue).isNull
      return isOpen && !figures[index].isNull ? (self.figures[index], figures[index]) : nil
    }
  }
}

/// `hourly 0.0416 USD`, `vcpu 2`, `architecture unknown`.
private func figureText(_ column: String, _ value: DatabaseValue) -> String {
  let suffix = "_nano_usd"
  if column.hasSuffix(suffix), let nano = Int64.fromDatabaseValue(value) {
    return "\(column.dropLast(suffix.count)) \(Money(nanoDollars: nano)) USD"
  }
  if value.isNull { return "\(column) unknown" }
  return "\(column) \(String.fromDatabaseValue(value) ?? "\(value)")"
}
