import GRDB
import Model

extension FleetStore {
  /// The prices of a region and those that hold in every region, all dates, specifications and measured performance;
  /// sorted by key and date. Spot prices are not in it: ``spotPrices(_:)``.
  ///
  /// - Parameters:
  ///   - engines: only instances of these; nil for all. A bulk price list brings dozens that a fleet has no use for.
  ///   - types: only instances of these; nil for all.
  package func priceBook(
    region: String, engines: Set<String>? = nil, types: Set<String>? = nil
  ) throws(DataError) -> PriceBook {
    try priceBook(regions: [region], engines: engines, types: types)
  }

  /// The same of several regions.
  package func priceBook(
    regions: Set<String>, engines: Set<String>? = nil, types: Set<String>? = nil
  ) throws(DataError) -> PriceBook {
    try reading { db in
      let scan = try PriceScan(db, regions: regions, engines: engines, types: types)
      var book = PriceBook()
      for kind in storedPrices where kind != SpotPrice.self { try scan.add(kind, to: &book) }
      return book
    }
  }

  /// All spot prices of an instance kind, by zone and moment.
  package func spotPrices(_ kind: InstanceKind) throws(DataError) -> [SpotPrice] {
    try reading { db in
      try PriceScan(db, regions: [kind.region], engines: [kind.engine], types: [kind.type]).rows()
    }
  }

  /// Measured performance, by type and date.
  /// - Parameter types: only of these; nil for all.
  package func performance(of types: Set<String>? = nil) throws(DataError) -> [InstancePerformance] {
    try reading { db in try PriceScan(db, regions: [], types: types).rows() }
  }

  /// The engines that some types have an on-demand price of in some regions.
  package func pricedEngines(of types: Set<String>, in regions: Set<String>) throws(DataError) -> [String: Set<String>]
  {
    try reading { db in
      func marks(_ count: Int) -> String { databaseQuestionMarks(count: count) }
      let rows = try Row.fetchAll(
        db,
        sql: """
          SELECT DISTINCT type, engine FROM on_demand_price
          WHERE type IN (\(marks(types.count))) AND region IN (\(marks(regions.count)))
          """, arguments: StatementArguments(types.sorted() + regions.sorted()))
      return rows.reduce(into: [:]) { $0[$1[0] as String, default: []].insert($1[1]) }
    }
  }

  /// The regions that have a price of an instance, by name.
  package func pricedRegions() throws(DataError) -> [String] {
    try reading { db in
      let regions = storedPrices.map { $0.table }.filter { $0.hasRegion && $0.keys.contains("type") }.map {
        "SELECT DISTINCT region FROM \($0.name)"
      }
      return try String.fetchAll(db, sql: regions.joined(separator: " UNION ") + " ORDER BY region")
    }
  }
}
