import GRDB
import Model

extension Store {
  /// The prices of a region and those that hold in every region, all dates, and all specifications; sorted by key and
  /// date.
  package func priceBook(region: String) throws(DataError) -> PriceBook {
    try reading { db in
      let scan = try PriceScan(db, region: region)
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
      return book
    }
  }
}

/// Reads price tables by position: every row is effective_from, quality, source, the columns asked for, and region.
private struct PriceScan {
  private let db: Database
  private let region: String
  private let sources: [Int64: PriceSource]

  init(_ db: Database, region: String) throws {
    self.db = db
    self.region = region
    var sources: [Int64: PriceSource] = [:]
    let rows = try Row.fetchCursor(db, sql: "SELECT id, file, origin, retrieved FROM price_source")
    while let row = try rows.next() {
      sources[row[0]] = PriceSource(file: row[1], origin: row[2], retrieved: Instant(seconds: row[3]))
    }
    self.sources = sources
  }

  func rows<Price>(_ columns: String, of table: PriceTable, _ make: (Row) throws -> Price) throws -> [Price] {
    let order = (table.keys + ["effective_from"]).joined(separator: ", ")
    let cursor = try Row.fetchCursor(
      db,
      sql: """
        SELECT effective_from, quality, source, \(columns), region FROM \(table.name)
        WHERE region IN (?, '') ORDER BY \(order)
        """, arguments: [region])
    var prices: [Price] = []
    while let row = try cursor.next() { prices.append(try make(row)) }
    return prices
  }

  func specifications() throws -> [InstanceSpecification] {
    let columns = PriceTable.specification.figures.joined(separator: ", ")
    let cursor = try Row.fetchCursor(
      db,
      sql: """
        SELECT effective_from, quality, source, type, \(columns) FROM specification ORDER BY type, effective_from
        """)
    var result: [InstanceSpecification] = []
    while let row = try cursor.next() { result.append(try specification(row)) }
    return result
  }

  private func specification(_ row: Row) throws -> InstanceSpecification {
    var burst: BurstCredits?
    if let baseline: Double = row[12] {
      burst = BurstCredits(
        baselinePercentPerVcpu: baseline, creditsPerHour: row[13], maximumCredits: row[14],
        surplusPerVcpuHour: (row[15] as Int64?).map(Money.init(nanoDollars:)))
    }
    return InstanceSpecification(
      type: row[3], vcpu: row[4], memoryMilliGiB: row[5], architecture: row[6], isCurrentGeneration: row[7],
      networkBaselineMbps: row[8], networkPeakMbps: row[9], ebsBaselineMbps: row[10], ebsBaselineIOPS: row[11],
      burst: burst, provenance: try provenance(row))
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
