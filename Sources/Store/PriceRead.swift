import GRDB
import Model

extension Store {
  /// The prices of a region and those that hold in every region, all dates, specifications and measured performance;
  /// sorted by key and date. Spot prices are not in it: ``spotPrices(_:)``.
  ///
  /// - Parameters:
  ///   - engines: only instances of these; nil for all. A bulk price list brings dozens that a fleet has no use for.
  ///   - types: only instances of these; nil for all.
  package func priceBook(
    region: String, engines: Set<String>? = nil, types: Set<String>? = nil
  ) throws(DataError) -> PriceBook {
    try reading { db in
      let scan = try PriceScan(db, region: region, engines: engines, types: types)
      var book = PriceBook()
      book.onDemand = try scan.rows("type, engine, hourly_nano_usd", of: .onDemand) {
        OnDemandPrice(
          kind: kind($0, 3), hourly: Money(nanoDollars: $0[5]), provenance: try scan.provenance($0))
      }
      book.reserved = try scan.rows(
        "type, engine, class, years, payment, upfront_nano_usd, hourly_nano_usd", of: .reserved
      ) {
        ReservedPrice(
          kind: kind($0, 3), term: try term($0), upfront: Money(nanoDollars: $0[8]),
          hourly: Money(nanoDollars: $0[9]), provenance: try scan.provenance($0))
      }
      book.savingsPlans = try scan.rows("type, engine, plan, years, payment, hourly_nano_usd", of: .savingsPlan) {
        SavingsPlanRate(
          kind: kind($0, 3), term: try savingsPlanTerm($0), hourly: Money(nanoDollars: $0[8]),
          provenance: try scan.provenance($0))
      }
      book.spot = try scan.rows("type, engine, savings_percent, interruption", of: .spot) {
        SpotEstimate(
          kind: kind($0, 3), savingsPercent: $0[5], interruption: $0[6], provenance: try scan.provenance($0))
      }
      book.units = try scan.rows("item, unit, tier_from, price_nano_usd, per_units", of: .unit) {
        UnitPrice(
          region: $0[$0.count - 1], item: $0[3], unit: $0[4], tierFrom: $0[5], price: Money(nanoDollars: $0[6]),
          perUnits: $0[7], provenance: try scan.provenance($0))
      }
      book.specifications = try scan.specifications()
      book.performance = try scan.performance()
      return book
    }
  }

  /// All spot prices of an instance kind, by zone and moment.
  package func spotPrices(_ kind: InstanceKind) throws(DataError) -> [SpotPrice] {
    try reading { db in
      let scan = try PriceScan(db, region: kind.region, engines: [kind.engine], types: [kind.type])
      return try scan.rows("zone, hourly_nano_usd", of: .spotPrice) {
        SpotPrice(kind: kind, zone: $0[3], hourly: Money(nanoDollars: $0[4]), provenance: try scan.provenance($0))
      }
    }
  }

  /// Measured performance, by type and date.
  /// - Parameter types: only of these; nil for all.
  package func performance(of types: Set<String>? = nil) throws(DataError) -> [InstancePerformance] {
    try reading { db in
      try PriceScan(db, region: "", types: types).performance()
    }
  }

  /// The regions that have a price of an instance, by name.
  package func pricedRegions() throws(DataError) -> [String] {
    try reading { db in
      let regions = [PriceTable.onDemand, .reserved, .savingsPlan, .spot, .spotPrice].map {
        "SELECT DISTINCT region FROM \($0.name)"
      }
      return try String.fetchAll(db, sql: regions.joined(separator: " UNION ") + " ORDER BY region")
    }
  }
}

/// Reads price tables by position: every row is effective_from, quality, source, the columns asked for, and region.
private struct PriceScan {
  private let db: Database
  private let region: String
  private let engines, types: Set<String>?
  private let sources: [Int64: PriceSource]

  init(_ db: Database, region: String, engines: Set<String>? = nil, types: Set<String>? = nil) throws {
    self.db = db
    self.region = region
    self.engines = engines
    self.types = types
    var sources: [Int64: PriceSource] = [:]
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT price_source.id, file, origin, retrieved, published, xxh64
        FROM price_source LEFT JOIN source_file ON source_file.id = source_file
        """)
    while let row = try rows.next() {
      sources[row[0]] = PriceSource(
        file: row[1], origin: row[2], retrieved: Instant(seconds: row[3]),
        published: (row[4] as Int64?).map(Instant.init(seconds:)),
        contentHash: (row[5] as Int64?).map(UInt64.init(bitPattern:)))
    }
    self.sources = sources
  }

  func rows<Price>(_ columns: String, of table: PriceTable, _ make: (Row) throws -> Price) throws -> [Price] {
    let filter = filter(of: table)
    let order = (table.keys + ["effective_from"]).joined(separator: ", ")
    let cursor = try Row.fetchCursor(
      db,
      sql: """
        SELECT effective_from, quality, source, \(columns), region FROM \(table.name)
        WHERE region IN (?, '')\(filter.condition) ORDER BY \(order)
        """, arguments: [region] + filter.arguments)
    var prices: [Price] = []
    while let row = try cursor.next() { prices.append(try make(row)) }
    return prices
  }

  /// The further conditions on types and engines, where a table has them.
  private func filter(of table: PriceTable) -> (condition: String, arguments: StatementArguments) {
    var (condition, arguments) = ("", StatementArguments())
    for (column, wanted) in [("type", types), ("engine", engines)] {
      guard let wanted, table.keys.contains(column) else { continue }
      condition += " AND \(column) IN (\(wanted.map { _ in "?" }.joined(separator: ", ")))"
      arguments += StatementArguments(wanted.sorted())
    }
    return (condition, arguments)
  }

  /// Rows that hold in every region, by type and date.
  func placeless<Fact>(_ table: PriceTable, _ make: (Row) throws -> Fact) throws -> [Fact] {
    let filter = filter(of: table)
    let cursor = try Row.fetchCursor(
      db,
      sql: """
        SELECT effective_from, quality, source, type, \(table.figures.joined(separator: ", "))
        FROM \(table.name) WHERE true\(filter.condition) ORDER BY type, effective_from
        """, arguments: filter.arguments)
    var facts: [Fact] = []
    while let row = try cursor.next() { facts.append(try make(row)) }
    return facts
  }

  func specifications() throws -> [InstanceSpecification] { try placeless(.specification, specification) }

  func performance() throws -> [InstancePerformance] {
    try placeless(.performance) {
      InstancePerformance(
        type: $0[3], milliCoreMark: $0[4], threads: $0[5], noisePercent: $0[6], provenance: try provenance($0))
    }
  }

  private func specification(_ row: Row) throws -> InstanceSpecification {
    var burst: BurstCredits?
    if let baseline: Double = row[14] {
      burst = BurstCredits(
        baselinePercentPerVcpu: baseline, creditsPerHour: row[15], maximumCredits: row[16],
        surplusPerVcpuHour: (row[17] as Int64?).map(Money.init(nanoDollars:)),
        mode: (row[18] as String?).flatMap(CreditMode.init(rawValue:)))
    }
    return InstanceSpecification(
      type: row[3], vcpu: row[4], memoryMilliGiB: row[5], architecture: row[6], isCurrentGeneration: row[7],
      networkBaselineMbps: row[8], networkPeakMbps: row[9], ebsBaselineMbps: row[10], ebsBaselineIOPS: row[11],
      ebsPeakMbps: row[12], ebsPeakIOPS: row[13], burst: burst, provenance: try provenance(row))
  }

  func provenance(_ row: Row) throws -> Provenance {
    guard let quality = PriceQuality(rawValue: row[1]), let source = sources[row[2]] else {
      throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "a price without quality or source")
    }
    return Provenance(effectiveFrom: Instant(seconds: row[0]), quality: quality, source: source)
  }
}

private func kind(_ row: Row, _ column: Int) -> InstanceKind {
  InstanceKind(region: row[row.count - 1], type: row[column], engine: row[column + 1])
}

/// Columns 5 to 7: class, years, payment.
private func term(_ row: Row) throws -> OfferTerm {
  guard let offerClass = OfferTerm.OfferClass(rawValue: row[5]), let payment = OfferTerm.Payment(rawValue: row[7])
  else { throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "an unknown offer") }
  return OfferTerm(offerClass: offerClass, years: row[6], payment: payment)
}

/// Columns 5 to 7: plan, years, payment.
private func savingsPlanTerm(_ row: Row) throws -> SavingsPlanTerm {
  guard let plan = SavingsPlanTerm.Plan(rawValue: row[5]), let payment = OfferTerm.Payment(rawValue: row[7])
  else { throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "an unknown savings plan") }
  return SavingsPlanTerm(plan: plan, years: row[6], payment: payment)
}
