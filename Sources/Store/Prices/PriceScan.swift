import GRDB
import Model

/// Reads the rows of price tables that hold in some regions, of some types and engines.
struct PriceScan {
  private let db: Database
  private let regions: Set<String>
  private let engines, types: Set<String>?
  private let sources: [Int64: PriceSource]

  init(_ db: Database, regions: Set<String>, engines: Set<String>? = nil, types: Set<String>? = nil) throws {
    self.db = db
    self.regions = regions
    self.engines = engines
    self.types = types
    try TableSoundness.check(["price_source", "source_file"], db)
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

  /// Puts the rows of a kind into a book.
  func add<Price: StoredPrice>(_: Price.Type, to book: inout PriceBook) throws {
    book[keyPath: Price.rows] = try rows()
  }

  /// The rows of a kind, by key and date.
  func rows<Price: StoredPrice>() throws -> [Price] {
    let table = Price.table
    let filter = filter(of: table)
    let order = (table.keys + ["effective_from"]).joined(separator: ", ")
    let columns = ["effective_from", "quality", "source"] + table.keys + table.figures
    let query = try RowQuery(
      columns, of: table.name, "WHERE \(filter.condition) ORDER BY \(order)", filter.arguments, db)
    var prices: [Price] = []
    try query.forEach { row in
      var stored = StoredValues(row, from: 3)
      prices.append(try Price(&stored, provenance(row)))
    }
    return prices
  }

  /// The conditions on region, types and engines, where a table has them.
  private func filter(of table: PriceTable) -> (condition: String, arguments: [String]) {
    var (condition, arguments) = ("true", [String]())
    if table.hasRegion {
      condition = "region IN (\(regions.map { _ in "?, " }.joined())'')"
      arguments += regions.sorted()
    }
    for (column, wanted) in [("type", types), ("engine", engines)] {
      guard let wanted, table.keys.contains(column) else { continue }
      condition += " AND \(column) IN (\(wanted.map { _ in "?" }.joined(separator: ", ")))"
      arguments += wanted.sorted()
    }
    return (condition, arguments)
  }

  /// The first three columns of a row.
  private func provenance(_ row: QueriedRow) throws -> Provenance {
    let (quality, source): (String, Int64) = (row.value(1), row.value(2))
    guard let quality = PriceQuality(rawValue: quality), let source = sources[source] else {
      throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "a price without quality or source")
    }
    return Provenance(effectiveFrom: Instant(seconds: row.value(0)), quality: quality, source: source)
  }
}
