import Ingest
import Model
import Store

/// Which prices of a store.
public struct PriceQuestion: Sendable {
  /// Instance types.
  public var types: [String]
  /// nil is the region of the fleet in the store.
  public var region: String?
  /// nil is Linux, else Redis, else the first that has a price.
  public var engine: String?
  /// A date, `2026-10-01`; nil is the newest of everything.
  public var date: String?
  /// Prices confirmed more than so many days before the date are named; nil for the fleet's, or 180.
  public var staleAfterDays: Int?

  /// A question about some types.
  public init(types: [String]) { self.types = types }
}

/// What a store knows of the prices of some types: every offer with its break-even, spot and how often it is taken
/// back, what the types offer, since when each is known and from where.
/// - Throws: `DataError` for a type without a price, naming the nearest, an unknown region or engine, and a date that
///   is none.
public func priceReport(store path: String, _ question: PriceQuestion) throws -> Report {
  let store = try Store.open(path: path, mode: .readOnly)
  let scope = try PriceScope(store, region: question.region)
  let date = try question.date.map { try moment($0, option: "--on", example: "2026-10-01") }
  let catalogue = try Catalogue(store.priceBook(region: scope.region, types: Set(question.types)))
  let performance = Dictionary(
    grouping: try store.performance(of: Set(question.types + [ListedType.referenceType])), by: \.type)
  var listed: [ListedType] = []
  for type in question.types {
    let engines = catalogue.engines(of: type, region: scope.region)
    let engine = question.engine ?? ["linux", "redis"].first(where: engines.contains) ?? engines.first
    let kind = InstanceKind(region: scope.region, type: type, engine: engine ?? usualEngine(of: type))
    let one = ListedType(
      kind: kind, offers: catalogue.offers(kind, at: date ?? .lastDay),
      specification: try? catalogue.specification(type), performance: performance[type]?.last,
      reference: performance[ListedType.referenceType]?.last,
      spot: try store.spotPrices(kind).filter { $0.provenance.effectiveFrom <= date ?? .lastDay },
      otherEngines: engines.filter { $0 != engine })
    if one.offers.isEmpty, one.spot.isEmpty { try refuse(kind, at: date ?? .lastDay, store) }
    listed.append(one)
  }
  let staleAfter = try question.staleAfterDays.map(permittedAge) ?? scope.staleAfterDays
  return Report(priceDocument(listed, catalogue, region: scope.region, date: date, staleAfterDays: staleAfter))
}

/// What became known, or changed, between two dates.
/// - Parameters:
///   - types: only instances of these; empty for everything in the region.
/// - Throws: `DataError` for a date that is none, an unknown region, and a type without a price, naming the nearest.
public func priceDifference(
  store path: String, from first: String, to second: String, types: [String], region: String?
) throws -> Report {
  let store = try Store.open(path: path, mode: .readOnly)
  let scope = try PriceScope(store, region: region)
  let dates = (
    try moment(first, option: "--diff", example: "2026-10-01"),
    try moment(second, option: "--diff", example: "2026-10-01")
  )
  guard dates.0 <= dates.1 else {
    throw DataError(
      Place(file: "--diff"), found: "\(first) \(second)", expected: "the earlier date first", kind: .usage)
  }
  let catalogue = try Catalogue(store.priceBook(region: scope.region))
  for type in types where catalogue.engines(of: type, region: scope.region).isEmpty {
    let kind = InstanceKind(region: scope.region, type: type, engine: usualEngine(of: type))
    _ = try catalogue.onDemand(kind, at: .lastDay)
  }
  let changes = catalogue.changes(from: dates.0, to: dates.1, types: Set(types))
  return Report(priceDifferenceDocument(changes, region: scope.region, from: dates.0, to: dates.1))
}

/// Where prices are looked up: what the question says, else the fleet in the store.
private struct PriceScope {
  let region: String
  let staleAfterDays: Int

  init(_ store: Store, region: String?) throws(DataError) {
    let document = try store.storedFleet()
    var fleet: Fleet?
    if let document { fleet = try readFleet(text: document.text, file: document.file) }
    staleAfterDays = fleet?.review.staleAfterDays ?? defaultStaleAfterDays
    let known = try store.pricedRegions()
    guard let wanted = region ?? fleet?.region else {
      throw DataError(
        Place(file: "--region"), found: "none, and no fleet in the store",
        expected: "one of \(known.joined(separator: ", "))", kind: .usage)
    }
    guard known.contains(wanted) else {
      throw DataError(
        Place(file: "--region"), found: "\"\(wanted)\", of which the store has no prices",
        expected: known.isEmpty ? "prices (plimsoll import prices FILE)" : "one of \(known.joined(separator: ", "))",
        kind: .missingInput)
    }
    self.region = wanted
  }
}

/// Throws the error for a kind without a price, which looks through the whole book for the nearest.
private func refuse(_ kind: InstanceKind, at instant: Instant, _ store: Store) throws(DataError) {
  _ = try Catalogue(store.priceBook(region: kind.region, engines: [kind.engine])).onDemand(kind, at: instant)
}

/// The engine to ask for of a type that has no price of any.
private func usualEngine(of type: String) -> String { type.hasPrefix("cache.") ? "redis" : "linux" }
