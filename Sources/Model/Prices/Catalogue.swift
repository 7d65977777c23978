/// The dated price book in memory: what did this cost then? It never guesses.
package struct Catalogue: Sendable {
  struct ReservedKey: Hashable {
    var kind: InstanceKind
    var term: OfferTerm
  }
  struct UnitKey: Hashable {
    var region: String
    var item: String
  }

  struct SavingsPlanKey: Hashable {
    var kind: InstanceKind
    var term: SavingsPlanTerm
  }

  struct SpotKey: Hashable {
    var kind: InstanceKind
    var zone: String
  }

  /// The cloud whose prices these are.
  package let cloud: any Cloud
  // Each list in order of effective date.
  private(set) var onDemand: [InstanceKind: [OnDemandPrice]]
  private(set) var reserved: [ReservedKey: [ReservedPrice]]
  private(set) var savingsPlans: [SavingsPlanKey: [SavingsPlanRate]]
  private(set) var spot: [InstanceKind: [SpotEstimate]]
  private(set) var spotHistory: [SpotKey: [SpotPrice]]
  private(set) var units: [UnitKey: [UnitPrice]]
  private(set) var specifications: [String: InstanceSpecification]
  /// The latest measurement of each type.
  private(set) var performance: [String: InstancePerformance]

  /// - Throws: ``DataError`` when one key has two different prices from one date, naming both sources.
  package init(_ book: PriceBook, of cloud: any Cloud) throws(DataError) {
    self.cloud = cloud
    self.onDemand = Dictionary(grouping: book.onDemand, by: \.kind)
    self.reserved = Dictionary(grouping: book.reserved) { ReservedKey(kind: $0.kind, term: $0.term) }
    self.savingsPlans = Dictionary(grouping: book.savingsPlans) { SavingsPlanKey(kind: $0.kind, term: $0.term) }
    self.spot = Dictionary(grouping: book.spot, by: \.kind)
    self.spotHistory = Dictionary(grouping: book.spotPrices) { SpotKey(kind: $0.kind, zone: $0.zone) }
    self.units = Dictionary(grouping: book.units) { UnitKey(region: $0.region, item: $0.item) }
    self.performance = Dictionary(book.performance.map { ($0.type, $0) }) {
      $1.provenance.effectiveFrom < $0.provenance.effectiveFrom ? $0 : $1
    }
    self.specifications = [:]
    for specification in book.specifications.sorted(by: {
      $0.provenance.effectiveFrom < $1.provenance.effectiveFrom
    }) {
      self.specifications[specification.type] = specification.completed(by: self.specifications[specification.type])
    }
    try Self.order(&self.onDemand, \.provenance) { "\($0.kind) at \($0.hourly)" }
    try Self.order(&self.reserved, \.provenance) {
      "\($0.kind) \($0.term) at \($0.upfront) + \($0.hourly)"
    }
    try Self.order(&self.savingsPlans, \.provenance) { "\($0.kind) \($0.term) at \($0.hourly)" }
    try Self.order(&self.spot, \.provenance) { "\($0.kind) at \($0.savingsPercent) % below" }
    try Self.order(&self.spotHistory, \.provenance) { "spot \($0.kind) in \($0.zone) at \($0.hourly)" }
    for key in self.units.keys {
      self.units[key]!.sort {
        ($0.provenance.effectiveFrom, $0.tierFrom) < ($1.provenance.effectiveFrom, $1.tierFrom)
      }
      for (a, b) in zip(self.units[key]!, self.units[key]!.dropFirst())
      where a.provenance.effectiveFrom == b.provenance.effectiveFrom && a.tierFrom == b.tierFrom && a.price != b.price {
        throw Self.ambiguous([a, b].map { ("\($0.item) at \($0.price)", $0.provenance) })
      }
      try Self.checkTiers(self.units[key]!)
    }
  }

  /// Each date tells all tiers of its item: without one from 0 on, the first units would have no price.
  private static func checkTiers(_ prices: [UnitPrice]) throws(DataError) {
    for (date, tiers) in Dictionary(grouping: prices, by: \.provenance.effectiveFrom) {
      guard let lowest = tiers.min(by: { $0.tierFrom < $1.tierFrom }), lowest.tierFrom != 0 else { continue }
      throw DataError(
        Place(file: "price book", key: lowest.item),
        found:
          "a lowest tier from \(lowest.tierFrom) \(lowest.unit) on, \(date.date) (\(lowest.provenance.source.file))",
        expected: "every tier of that date, one from 0 on")
    }
  }

  private static func order<Key, Price>(
    _ table: inout [Key: [Price]], _ provenance: KeyPath<Price, Provenance>,
    text: (Price) -> String
  ) throws(DataError) {
    for key in table.keys {
      let sorted = table[key]!.sorted {
        $0[keyPath: provenance].effectiveFrom < $1[keyPath: provenance].effectiveFrom
      }
      for (a, b) in zip(sorted, sorted.dropFirst())
      where a[keyPath: provenance].effectiveFrom == b[keyPath: provenance].effectiveFrom && text(a) != text(b) {
        throw ambiguous([a, b].map { (text($0), $0[keyPath: provenance]) })
      }
      table[key] = sorted
    }
  }

  private static func ambiguous(_ prices: [(text: String, provenance: Provenance)]) -> DataError {
    let sources = prices.map { "\($0.text) (\($0.provenance.source.file))" }
    return DataError(
      Place(file: "price book"), found: sources.joined(separator: " and "),
      expected: "one price from \(prices[0].provenance.effectiveFrom.date) on")
  }

  /// The on-demand price in force at a moment.
  /// - Throws: ``DataError`` naming the key and the three nearest that exist.
  package func onDemand(_ kind: InstanceKind, at instant: Instant) throws(DataError)
    -> OnDemandPrice
  {
    if let price = onDemandIfKnown(kind, at: instant) { return price }
    throw missing(
      "on-demand price of \(kind)", at: instant, known: onDemand[kind]?.first?.provenance,
      nearest: nearestTypes(kind, among: onDemand.keys))
  }

  /// The same; nil where no price is in force.
  package func onDemandIfKnown(_ kind: InstanceKind, at instant: Instant) -> OnDemandPrice? {
    inForce(onDemand[kind] ?? [], at: instant, \.provenance)
  }

  /// The on-demand prices in force over a period, in order, each with the part it covers.
  package func onDemand(_ kind: InstanceKind, over period: Period) throws(DataError) -> [(
    period: Period, price: OnDemandPrice
  )] {
    var parts: [(period: Period, price: OnDemandPrice)] = []
    var start = period.start
    while start < period.end {
      let price = try onDemand(kind, at: start)
      let next = onDemand[kind]!.first { $0.provenance.effectiveFrom > start }
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
      "\(term) price of \(kind)", at: instant, known: reserved[ReservedKey(kind: kind, term: term)]?.first?.provenance,
      nearest: nearest)
  }

  /// The same; nil where no price is in force.
  package func reservedIfKnown(_ kind: InstanceKind, _ term: OfferTerm, at instant: Instant) -> ReservedPrice? {
    inForce(reserved[ReservedKey(kind: kind, term: term)] ?? [], at: instant, \.provenance)
  }

  /// From when on the book has a reservation's price; nil for never.
  package func firstReserved(_ kind: InstanceKind, _ term: OfferTerm) -> Instant? {
    reserved[ReservedKey(kind: kind, term: term)]?.first?.provenance.effectiveFrom
  }

  /// The spot estimate in force; nil when the book has none for the type.
  package func spot(_ kind: InstanceKind, at instant: Instant) -> SpotEstimate? {
    inForce(spot[kind] ?? [], at: instant, \.provenance)
  }

  /// The price tiers of a unit in force at a moment, lowest tier first. Token prices hold in every region.
  /// - Throws: ``DataError`` naming the item and the nearest that exist.
  package func unit(_ item: String, region: String, at instant: Instant) throws(DataError)
    -> [UnitPrice]
  {
    let prices = unitRows(item, region: region)
    let started = prices.filter { $0.provenance.effectiveFrom <= instant }
    if let latest = started.last?.provenance.effectiveFrom {
      return started.filter { $0.provenance.effectiveFrom == latest }
    }
    let items = Set(units.keys.map(\.item))
    let close = items.sorted { (editDistance(item, $0), $0) < (editDistance(item, $1), $1) }
    throw missing(
      "price of \(item) in \(region)", at: instant, known: prices.first?.provenance,
      nearest: "nearest: \(close.prefix(3).joined(separator: ", "))")
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
      let end = min(dates.filter { $0 > start }.min() ?? period.end, period.end)
      parts.append((Period(start: start, end: end), tiers))
      start = end
    }
    return parts
  }

  private func unitRows(_ item: String, region: String) -> [UnitPrice] {
    units[UnitKey(region: region, item: item)] ?? units[UnitKey(region: "", item: item)] ?? []
  }

  /// What a type offers.
  /// - Throws: ``DataError`` when the book has no specification of it.
  package func specification(_ type: String) throws(DataError) -> InstanceSpecification {
    if let specification = specifications[type] { return specification }
    let near = nearestNames(type, among: specifications.keys)
    throw DataError(
      Place(file: "price book"), found: "no specification of \(type)",
      expected: "a row for it in a specification file; nearest: \(near)", kind: .missingInput)
  }

  func inForce<Price>(
    _ prices: [Price], at instant: Instant, _ provenance: KeyPath<Price, Provenance>
  ) -> Price? {
    prices.last { $0[keyPath: provenance].effectiveFrom <= instant }
  }

  func missing(
    _ what: String, at instant: Instant, known: Provenance?, nearest: String
  ) -> DataError {
    let first = known.map { " (the first known is from \($0.effectiveFrom.date))" } ?? ""
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
    guard !types.isEmpty else { return "the book has none for \(kind.engine) in \(kind.region)" }
    return "nearest: \(nearestNames(kind.type, among: types))"
  }

  private func nearestNames(_ name: String, among names: some Collection<String>) -> String {
    names.sorted { (editDistance(name, $0), $0) < (editDistance(name, $1), $1) }.prefix(3)
      .joined(separator: ", ")
  }
}
