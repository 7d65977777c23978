import GRDB
import Model

extension Store {
  /// Adds prices and specifications, in one transaction.
  ///
  /// One key and date has one price. The same figures again change nothing, from whatever source: the source stored
  /// first is kept.
  /// - Throws: ``DataError`` naming both sources when a key and date is there with other figures; the store is then as
  ///   it was.
  package func importPrices(_ book: PriceBook, from file: SourceFile) throws(DataError) -> ImportSummary {
    try writing { db in
      let load = PriceLoad(db, place: Place(file: file.name))
      try load.onDemand(book.onDemand)
      try load.reserved(book.reserved)
      try load.spot(book.spot)
      try load.units(book.units)
      try load.specifications(book.specifications)
      try recordSource(file, rows: load.summary.rows, in: db)
      return load.summary
    }
  }
}

/// One import of prices: its counts, and the sources it has met.
private final class PriceLoad {
  private let db: Database
  private let place: Place
  private var sources: [PriceSource: Int64] = [:]
  private(set) var summary = ImportSummary()

  init(_ db: Database, place: Place) {
    self.db = db
    self.place = place
  }

  func onDemand(_ prices: [OnDemandPrice]) throws {
    let writer = try PriceWriter(db, .onDemand)
    for price in prices {
      try add(
        writer, [price.kind.region, price.kind.type, price.kind.engine], [price.hourly.nanoDollars], price.provenance
      ) { "\(price.kind)" }
    }
  }

  func reserved(_ prices: [ReservedPrice]) throws {
    let writer = try PriceWriter(db, .reserved)
    for price in prices {
      let term = price.term
      try add(
        writer,
        [
          price.kind.region, price.kind.type, price.kind.engine, term.offerClass.rawValue, term.years,
          term.payment.rawValue,
        ],
        [price.upfront.nanoDollars, price.hourly.nanoDollars], price.provenance
      ) { "\(term) of \(price.kind)" }
    }
  }

  func spot(_ estimates: [SpotEstimate]) throws {
    let writer = try PriceWriter(db, .spot)
    for estimate in estimates {
      try add(
        writer, [estimate.kind.region, estimate.kind.type, estimate.kind.engine],
        [estimate.savingsPercent, estimate.interruption], estimate.provenance
      ) { "spot \(estimate.kind)" }
    }
  }

  func units(_ prices: [UnitPrice]) throws {
    let writer = try PriceWriter(db, .unit)
    for price in prices {
      try add(
        writer, [price.region, price.item, price.tierFrom],
        [price.unit, price.price.nanoDollars, price.perUnits], price.provenance
      ) { "\(price.item)\(price.region.isEmpty ? "" : " in \(price.region)") from \(price.tierFrom) \(price.unit)" }
    }
  }

  func specifications(_ specifications: [InstanceSpecification]) throws {
    let writer = try PriceWriter(db, .specification)
    for one in specifications {
      let burst = one.burst
      let figures: [(any DatabaseValueConvertible)?] = [
        one.vcpu, one.memoryMilliGiB, one.architecture, one.isCurrentGeneration, one.networkBaselineMbps,
        one.networkPeakMbps, one.ebsBaselineMbps, one.ebsBaselineIOPS, burst?.baselinePercentPerVcpu,
        burst?.creditsPerHour, burst?.maximumCredits, burst?.surplusPerVcpuHour?.nanoDollars,
      ]
      try add(writer, [one.type], figures, one.provenance) { "specification of \(one.type)" }
    }
  }

  private func add(
    _ writer: PriceWriter, _ key: [any DatabaseValueConvertible], _ figures: [(any DatabaseValueConvertible)?],
    _ provenance: Provenance, what: () -> String
  ) throws {
    let date = provenance.effectiveFrom
    let source = provenance.source
    let tail: [any DatabaseValueConvertible] = [provenance.quality.rawValue, try identify(source)]
    let dated = StatementArguments(key) + [date.seconds]
    try writer.insert.execute(arguments: dated + StatementArguments(figures) + StatementArguments(tail))
    if db.changesCount > 0 {
      summary.added += 1
      return
    }
    guard let stored = try Row.fetchOne(writer.find, arguments: dated) else { return }
    let names = writer.table.figures
    let own = figures.map { $0?.databaseValue ?? .null }
    let other = names.indices.map { stored[$0] as DatabaseValue }
    let differing = names.indices.filter { own[$0] != other[$0] }
    guard !differing.isEmpty else {
      summary.alreadyThere += 1
      return
    }
    func text(_ values: [DatabaseValue]) -> String {
      differing.map { figureText(names[$0], values[$0]) }.joined(separator: ", ")
    }
    let file: String = stored[names.count]
    let origin: String = stored[names.count + 1]
    throw DataError(
      place, found: "\(what()) from \(date.date): \(text(own)) (\(source.file), \(source.origin))",
      expected: "\(text(other)) as stored (\(file), \(origin)); a new figure needs a later date")
  }

  private func identify(_ source: PriceSource) throws -> Int64 {
    if let id = sources[source] { return id }
    let arguments: StatementArguments = [source.file, source.origin, source.retrieved.seconds]
    try db.execute(
      sql: "INSERT INTO price_source(file, origin, retrieved) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
      arguments: arguments)
    let id = try Int64.fetchOne(
      db, sql: "SELECT id FROM price_source WHERE file = ? AND origin = ? AND retrieved = ?", arguments: arguments)
    sources[source] = id
    return id!
  }
}

/// The statements that write one table.
private struct PriceWriter {
  let table: PriceTable
  let insert, find: Statement

  init(_ db: Database, _ table: PriceTable) throws {
    self.table = table
    insert = try db.makeStatement(sql: table.insertSQL)
    find = try db.makeStatement(sql: table.findSQL)
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
