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
    FleetKey(
      "engine", \.engine, "What runs on the type.",
      absent: "linux, or redis of a cache node; of a database what the fleet runs on the type"),
    FleetKey("region", \.region, "Where it holds.", absent: "the fleet's region; every region for an item"),
    .required("usd", \.usd, "What it is, in USD.", unit: "USD"),
    FleetKey("per", \.per, "For how much: `hour` of a type; of an item its unit, such as `hour` or `gb-month`."),
    .required("from", \.from, "The day, on the fleet's clock, from which it holds."),
    FleetKey("note", \.note, "Where it is from, such as a contract.", absent: "nothing"),
  ]
}

extension Fleet {
  /// The book with the prices of the fleet file beside its own, each from the midnight on the fleet's clock with which its
  /// day begins.
  /// - Parameter running: what runs: a price of a type that says no engine is of those, where nobody can say what usually
  ///   runs on such a type.
  /// - Throws: ``DataError`` naming both where the book has another figure of the same thing from that day or a later one.
  package func completed(
    _ book: PriceBook, of cloud: any InstanceServices, running: Set<InstanceKind> = []
  ) throws(DataError) -> PriceBook {
    var book = book
    let clock = LocalClock(identifier: timezone)
    for price in prices {
      let provenance = price.provenance(on: clock)
      if let type = price.type {
        for engine in engines(of: price, on: type, cloud, running) {
          let kind = InstanceKind(region: price.region ?? region, type: type, engine: engine)
          let own = OnDemandPrice(kind: kind, hourly: price.usd, provenance: provenance)
          try add(own, from: price.from, to: &book) { $0.kind == kind }
        }
      } else if let item = price.item {
        let place = price.region ?? ""
        let own = UnitPrice(
          region: place, item: item, unit: price.per, tierFrom: 0, price: price.usd, perUnits: 1,
          provenance: provenance)
        try add(own, from: price.from, to: &book) {
          $0.item == item && ($0.region == place || $0.region.isEmpty || place.isEmpty)
        }
      }
    }
    return book
  }

  /// What a price of a type is for.
  private func engines(
    of price: FleetPrice, on type: String, _ cloud: any InstanceServices, _ running: Set<InstanceKind>
  ) -> [String] {
    if let word = price.engine { return [cloud.engine(called: word, on: type)] }
    let own = cloud.runsAnyEngine(type) ? Set(running.filter { $0.type == type }.map(\.engine)).sorted() : []
    return own.isEmpty ? [cloud.usualEngine(of: type)] : own
  }

  /// Adds a price that nothing of the book contradicts. One that the book has by then agrees and is not added again.
  private func add<Row: PriceRow>(
    _ own: Row, from day: CivilDate, to book: inout PriceBook, isSame: (Row) -> Bool
  ) throws(DataError) {
    // The book's prices are by the day, which begins at midnight UTC.
    let rivals = book[keyPath: Row.rows].filter { isSame($0) && $0.provenance.effectiveFrom >= day.midnightUTC }
    if let same = rivals.first(where: { $0.agrees(with: own) }) {
      let isKnown = same.provenance.effectiveFrom <= own.provenance.effectiveFrom
      if !isKnown { book[keyPath: Row.rows].append(own) }
      return
    }
    if let rival = rivals.min(by: { $0.provenance.effectiveFrom < $1.provenance.effectiveFrom }) {
      throw DataError(
        Place(file: "fleet file", key: "prices"),
        found: "\(own.subject) from \(day), which the price book has at another price from "
          + "\(rival.provenance.effectiveFrom.date) (\(rival.provenance.source.file))",
        expected: "the same price, a later day, or no price in the fleet file")
    }
    book[keyPath: Row.rows].append(own)
  }
}

extension FleetPrice {
  /// By the word of the fleet file, from its day on as a clock shows it; on that of UTC where there is none.
  fileprivate func provenance(on clock: LocalClock?) -> Provenance {
    let start = clock?.midnight(of: from) ?? from.midnightUTC
    let source = PriceSource(
      file: "fleet file", origin: note ?? "the fleet file", retrieved: from.midnightUTC, published: from.midnightUTC)
    return Provenance(effectiveFrom: start, quality: .published, source: source, day: from)
  }
}
