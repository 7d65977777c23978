/// The dated price book in memory: what did this cost then? It never guesses.
package struct Catalogue: Sendable {
  /// The cloud whose prices these are.
  package let cloud: any Cloud
  let onDemand: PriceHistory<OnDemandPrice>
  let reserved: PriceHistory<ReservedPrice>
  let savingsPlans: PriceHistory<SavingsPlanRate>
  let spot: PriceHistory<SpotEstimate>
  let spotHistory: PriceHistory<SpotPrice>
  let units: PriceHistory<UnitPrice>
  /// The latest specification of each type, completed by the older ones.
  let specifications: [String: InstanceSpecification]
  /// The latest measurement of each type.
  let performance: [String: InstancePerformance]
  /// The latest word on each language model, by `VENDOR/MODEL`: how long a request may be.
  package let contexts: [String: ModelContext]
  /// Engines that there are prices of beside those read, by type: for errors to name.
  package var otherEngines: [String: Set<String>] = [:]

  /// - Throws: ``DataError`` when one key has two different prices from one date, naming both sources.
  package init(_ book: PriceBook, of cloud: any Cloud) throws(DataError) {
    self.cloud = cloud
    onDemand = try PriceHistory(book.onDemand)
    reserved = try PriceHistory(book.reserved)
    savingsPlans = try PriceHistory(book.savingsPlans)
    spot = try PriceHistory(book.spot)
    spotHistory = try PriceHistory(book.spotPrices)
    units = try PriceHistory(book.units)
    performance = Dictionary(book.performance.map { ($0.type, $0) }) {
      $1.provenance.effectiveFrom < $0.provenance.effectiveFrom ? $0 : $1
    }
    contexts = Dictionary(book.contexts.map { ($0.model, $0) }) {
      $1.provenance.effectiveFrom < $0.provenance.effectiveFrom ? $0 : $1
    }
    let oldestFirst = book.specifications.sorted { $0.provenance.effectiveFrom < $1.provenance.effectiveFrom }
    specifications = oldestFirst.reduce(into: [:]) { $0[$1.type] = $1.completed(by: $0[$1.type]) }
    for (_, prices) in units.all { try Self.checkTiers(prices) }
  }

  /// Each date tells all tiers of its item: without one from 0 on, the first units would have no price.
  private static func checkTiers(_ prices: ArraySlice<UnitPrice>) throws(DataError) {
    for (date, tiers) in Dictionary(grouping: prices, by: \.provenance.effectiveFrom) {
      guard let lowest = tiers.min(by: { $0.tierFrom < $1.tierFrom }), lowest.tierFrom != 0 else { continue }
      throw DataError(
        Place(file: "price book", key: lowest.item),
        found:
          "a lowest tier from \(lowest.tierFrom) \(lowest.unit) on, \(date.date) (\(lowest.provenance.source.file))",
        expected: "every tier of that date, one from 0 on")
    }
  }

  /// The on-demand price in force at a moment.
  /// - Throws: ``DataError`` naming the key and the three nearest that exist.
  package func onDemand(_ kind: InstanceKind, at instant: Instant) throws(DataError)
    -> OnDemandPrice
  {
    if let price = onDemandIfKnown(kind, at: instant) { return price }
    throw missing(
      "on-demand price of \(kind)", at: instant, known: onDemand[kind].first?.provenance,
      nearest: nearestTypes(kind, among: onDemand.keys))
  }

  /// True where an instance of a region has an on-demand price.
  package func hasPrices(in region: String) -> Bool { onDemand.keys.contains { $0.region == region } }

  /// The on-demand price in force at a moment; nil where there is none.
  package func onDemandIfKnown(_ kind: InstanceKind, at instant: Instant) -> OnDemandPrice? {
    onDemand[kind].inForce(at: instant)
  }

  /// The on-demand prices in force over a period, in order, each with the part it covers.
  package func onDemand(_ kind: InstanceKind, over period: Period) throws(DataError) -> [(
    period: Period, price: OnDemandPrice
  )] {
    var parts: [(period: Period, price: OnDemandPrice)] = []
    var start = period.start
    while start < period.end {
      let price = try onDemand(kind, at: start)
      let next = onDemand[kind].first { $0.provenance.effectiveFrom > start }
      let end = min(next?.provenance.effectiveFrom ?? period.end, period.end)
      parts.append((Period(start: start, end: end), price))
      start = end
    }
    return parts
  }

  /// A reservation's price for a purchase at a moment.
  /// - Throws: ``DataError`` naming the key and the offers that exist for the type.
  package func reserved(_ kind: InstanceKind, _ term: OfferTerm, at instant: Instant)
    throws(DataError) -> ReservedPrice
  {
    if let price = reservedIfKnown(kind, term, at: instant) { return price }
    let offered = reserved.keys.filter { $0.kind == kind }.map(\.term.description).sorted()
    let nearest =
      offered.isEmpty
      ? nearestTypes(kind, among: Set(reserved.keys.map(\.kind)))
      : "offers of this type: \(offered.joined(separator: ", "))"
    throw missing(
      "\(term) price of \(kind)", at: instant, known: reservedRows(kind, term).first?.provenance, nearest: nearest)
  }

  /// A reservation's price for a purchase at a moment; nil where none is in force.
  package func reservedIfKnown(_ kind: InstanceKind, _ term: OfferTerm, at instant: Instant) -> ReservedPrice? {
    reservedRows(kind, term).inForce(at: instant)
  }

  /// From when on the book has a reservation's price; nil for never.
  package func firstReserved(_ kind: InstanceKind, _ term: OfferTerm) -> Instant? {
    reservedRows(kind, term).first?.provenance.effectiveFrom
  }

  func reservedRows(_ kind: InstanceKind, _ term: OfferTerm) -> ArraySlice<ReservedPrice> {
    reserved[ReservedPrice.Key(kind: kind, term: term)]
  }

  /// The spot estimate in force; nil when the book has none for the type.
  package func spot(_ kind: InstanceKind, at instant: Instant) -> SpotEstimate? {
    spot[kind].inForce(at: instant)
  }

  /// The price tiers of a unit in force at a moment, lowest tier first. Token prices hold in every region.
  /// - Throws: ``DataError`` naming the item and the nearest that exist, and for a price that has ended its last day.
  package func unit(_ item: String, region: String, at instant: Instant) throws(DataError)
    -> [UnitPrice]
  {
    let prices = unitRows(item, region: region)
    let started = prices.filter { $0.provenance.effectiveFrom <= instant }
    if let latest = started.last {
      guard latest.holds(at: instant) else { throw ended(latest, at: instant) }
      return started.filter { $0.provenance.effectiveFrom == latest.provenance.effectiveFrom }
    }
    let places = Set(units.keys.filter { $0.item == item }.map(\.region)).sorted()
    guard places.isEmpty else {
      throw missing(
        "price of \(item) in \(region)", at: instant, known: prices.first?.provenance,
        nearest: "the book has it in \(Self.first(of: places))")
    }
    let items = Set(units.keys.map(\.item))
    let close = nearestNames(to: item, among: items, most: 3)
    throw missing(
      "price of \(item) in \(region)", at: instant, known: prices.first?.provenance,
      nearest: close.isEmpty ? "the book has none" : "nearest: \(close.joined(separator: ", "))")
  }

  /// That the last price of an item is one of the past.
  private func ended(_ price: UnitPrice, at instant: Instant) -> DataError {
    let since = price.provenance.named.date
    let last = price.ended.map { " (the last known, from \(since), ended before \($0.date))" } ?? ""
    return DataError(
      Place(file: "price book"), found: "no price of \(price.item) in force on \(instant.date)\(last)",
      expected: "an imported price of that day, or another item; a price that has ended is not gone by",
      kind: .missingInput)
  }

  /// The price tiers of a unit in force over a period, in order, each with the part it covers.
  package func unit(_ item: String, region: String, over period: Period) throws(DataError) -> [(
    period: Period, tiers: [UnitPrice]
  )] {
    var parts: [(period: Period, tiers: [UnitPrice])] = []
    var start = period.start
    while start < period.end {
      let tiers = try unit(item, region: region, at: start)
      let dates = unitRows(item, region: region).map(\.provenance.effectiveFrom)
      let next = (dates + tiers.compactMap(\.ended)).filter { $0 > start }.min()
      let end = min(next ?? period.end, period.end)
      parts.append((Period(start: start, end: end), tiers))
      start = end
    }
    return parts
  }

  /// True for an item that has a price of a region's own.
  package func isPricedByRegion(_ item: String, in region: String) -> Bool {
    !units[UnitPrice.Key(region: region, item: item)].isEmpty
  }

  /// True for an item that has a price anywhere.
  package func sells(_ item: String) -> Bool { units.keys.contains { $0.item == item } }

  private func unitRows(_ item: String, region: String) -> ArraySlice<UnitPrice> {
    let own = units[UnitPrice.Key(region: region, item: item)]
    return own.isEmpty ? units[UnitPrice.Key(region: "", item: item)] : own
  }

  /// What a type offers.
  /// - Throws: ``DataError`` when the book has no specification of it.
  package func specification(_ type: String) throws(DataError) -> InstanceSpecification {
    if let specification = specifications[type] { return specification }
    let near = nearestNames(to: type, among: specifications.keys, most: 3).joined(separator: ", ")
    throw DataError(
      Place(file: "price book"), found: "no specification of \(type)",
      expected: "a row for it in a specification file; "
        + (specifications.isEmpty ? "the book has none (plimsoll import prices FILE ...)" : "nearest: \(near)"),
      kind: .missingInput)
  }

  func missing(
    _ what: String, at instant: Instant, known: Provenance?, nearest: String
  ) -> DataError {
    let first = known.map { " (the first known is from \($0.named.date))" } ?? ""
    let when = instant < .lastDay ? " in force on \(instant.date)\(first)" : ""
    return DataError(
      Place(file: "price book"),
      found: "no \(what)\(when)",
      expected: "an imported price; \(nearest)", kind: .missingInput)
  }

  func nearestTypes(_ kind: InstanceKind, among kinds: some Collection<InstanceKind>)
    -> String
  {
    let types = Set(
      kinds.filter { $0.region == kind.region && $0.engine == kind.engine && $0 != kind }.map(\.type))
    let others = Set(kinds.filter { $0.region == kind.region && $0.type == kind.type }.map(\.engine))
      .union(otherEngines[kind.type] ?? []).subtracting([kind.engine]).sorted()
    let near = nearestName(to: kind.engine, among: others).map { "; did you mean \($0)?" } ?? ""
    let engines = others.isEmpty ? "" : "of \(kind.type) it has \(Self.first(of: others))\(near)"
    if types.isEmpty {
      return "the book has none for \(kind.engine) in \(kind.region)" + (engines.isEmpty ? "" : "; \(engines)")
    }
    let nearest = nearestNames(to: kind.type, among: types, most: 3).joined(separator: ", ")
    return engines.isEmpty ? "nearest: \(nearest)" : engines
  }

  /// A price list has dozens of engines.
  private static func first(of names: [String]) -> String {
    let more = names.count > 8 ? ", and \(names.count - 8) more" : ""
    return names.prefix(8).joined(separator: ", ") + more
  }
}
