/// A price that the fleet's owners know and the price book lacks: of an instance type for what runs on it, or of something
/// that a charge is metered by.
package struct FleetPrice: FleetPart, Hashable {
  package var type: String?
  package var item: String?
  package var engine: String?
  package var region: String?
  package var usd: Money = .zero
  package var per = "hour"
  package var from = CivilDate(day: 0)
  package var note: String?

  package init() {}

  package static let about = "A price that the price book lacks: of an instance type, or of something that is metered."

  package static let keys: [FleetKey<FleetPrice>] = [
    FleetKey("type", \.type, "The instance type that it is of.", absent: "none when it is of an item"),
    FleetKey(
      "item", \.item, "What a charge names as its `price`: `SERVICE/ITEM`.", absent: "none when it is of a type"),
    FleetKey("engine", \.engine, "What runs on the type.", absent: "linux, or redis of a cache node"),
    FleetKey("region", \.region, "Where it holds.", absent: "the fleet's region; every region for an item"),
    .required("usd", \.usd, "What it is, in USD.", unit: "USD"),
    FleetKey("per", \.per, "For how much: `hour` of a type; of an item its unit, such as `hour` or `gb-month`."),
    .required("from", \.from, "The day from which it holds."),
    FleetKey("note", \.note, "Where it is from, such as a contract.", absent: "nothing"),
  ]
}

extension Fleet {
  /// The book with the prices of the fleet file beside its own.
  /// - Throws: ``DataError`` naming both where the book has another figure of the same thing from that day or a later one.
  package func completed(_ book: PriceBook, of cloud: any InstanceServices) throws(DataError) -> PriceBook {
    var book = book
    for price in prices {
      if let type = price.type {
        let kind = InstanceKind(
          region: price.region ?? region, type: type, engine: price.engine ?? cloud.usualEngine(of: type))
        let own = OnDemandPrice(kind: kind, hourly: price.usd, provenance: price.provenance)
        try add(own, to: &book) { $0.kind == kind }
      } else if let item = price.item {
        let place = price.region ?? ""
        let own = UnitPrice(
          region: place, item: item, unit: price.per, tierFrom: 0, price: price.usd, perUnits: 1,
          provenance: price.provenance)
        try add(own, to: &book) { $0.item == item && ($0.region == place || $0.region.isEmpty || place.isEmpty) }
      }
    }
    return book
  }

  /// Adds a price that nothing of the book contradicts. One that the book has agrees and is not added again.
  private func add<Row: PriceRow>(_ own: Row, to book: inout PriceBook, isSame: (Row) -> Bool) throws(DataError) {
    let start = own.provenance.effectiveFrom
    let rivals = book[keyPath: Row.rows].filter { isSame($0) && $0.provenance.effectiveFrom >= start }
    guard !rivals.contains(where: { $0.agrees(with: own) }) else { return }
    if let rival = rivals.min(by: { $0.provenance.effectiveFrom < $1.provenance.effectiveFrom }) {
      throw DataError(
        Place(file: "fleet file", key: "prices"),
        found: "\(own.subject) from \(start.date), which the price book has at another price from "
          + "\(rival.provenance.effectiveFrom.date) (\(rival.provenance.source.file))",
        expected: "the same price, a later day, or no price in the fleet file")
    }
    book[keyPath: Row.rows].append(own)
  }
}

extension FleetPrice {
  /// By the word of the fleet file, from its day on.
  fileprivate var provenance: Provenance {
    let start = from.midnightUTC
    let source = PriceSource(file: "fleet file", origin: note ?? "the fleet file", retrieved: start, published: start)
    return Provenance(effectiveFrom: start, quality: .published, source: source)
  }
}
