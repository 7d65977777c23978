import Clouds
import Model
import Store

/// Which prices of a store.
public struct PriceQuestion: Sendable {
  /// Instance types.
  public var types: [String]
  /// nil is the region of the fleet in the store.
  public var region: String?
  /// nil is the usual one of the type, else the first that has a price.
  public var engine: String?
  /// A date, `2026-10-01`; nil is the newest of everything.
  public var date: String?
  /// Prices confirmed more than so many days before the date are named; nil for the fleet's, or 180.
  public var staleAfterDays: Int?

  /// A question about some types.
  public init(types: [String]) { self.types = types }
}

/// What a store knows of the prices of some types.
public struct PricesAnswer: Sendable {
  /// One type and everything that is known of it.
  package struct ListedType: Sendable {
    /// What speed is compared with.
    package static let referenceType = supportedCloud.referenceType

    package let kind: InstanceKind
    package let offers: [ListedOffer]
    package let specification: InstanceSpecification?
    /// What the size counts in normalised units; nil for one without a factor.
    package let sizeFactor: ScaledDecimal?
    package let performance, reference: InstancePerformance?
    /// By zone.
    package let spot: [ZonePrices]
    /// What else runs on it and has prices.
    package let otherEngines: [String]
  }

  /// Where the prices hold.
  public let region: String
  /// When they are in force; nil for the newest of everything.
  public let date: Instant?
  /// The age in days above which a price is named.
  package let staleAfterDays: Int
  /// In the order of the question.
  package let types: [ListedType]

  /// Offers that were last confirmed too long before the date; none without one.
  package var stale: [(type: String, offer: ListedOffer)] {
    guard let date else { return [] }
    let limit = date.advanced(by: -86_400 * Int64(staleAfterDays))
    return types.flatMap { type in
      type.offers.filter { $0.provenance.confirmed < limit }.map { (type.kind.type, $0) }
    }
  }
}

/// What a store knows of the prices of some types: every offer with its break-even, spot and how often it is taken
/// back, what the types offer, since when each is known and from where.
/// - Throws: `DataError` for a type without a price, naming the nearest, an unknown region or engine, and a date that
///   is none.
public func prices(store path: String, _ question: PriceQuestion) throws -> PricesAnswer {
  let store = try FleetStore.open(path: path, mode: .readOnly)
  let scope = try PriceScope(store, region: question.region)
  let date = try question.date.map { try moment($0, of: .date, example: "2026-10-01") }
  let types = Set(question.types)
  let lookup = PriceLookup(
    store: store,
    catalogue: try Catalogue(store.priceBook(region: scope.region, types: types), of: supportedCloud),
    performance: Dictionary(
      grouping: try store.performance(of: types.union([PricesAnswer.ListedType.referenceType])), by: \.type),
    region: scope.region, engine: question.engine, instant: date ?? .lastDay)
  return PricesAnswer(
    region: scope.region, date: date,
    staleAfterDays: try question.staleAfterDays.map(permittedAge) ?? scope.staleAfterDays,
    types: try question.types.map(lookup.listed))
}

/// Where the facts about each type are found.
private struct PriceLookup {
  let store: FleetStore
  let catalogue: Catalogue
  let performance: [String: [InstancePerformance]]
  let region: String
  let engine: String?
  let instant: Instant

  /// - Throws: ``DataError`` for a type without a price, naming the nearest.
  func listed(_ type: String) throws -> PricesAnswer.ListedType {
    let engines = catalogue.engines(of: type, region: region)
    let usual = catalogue.cloud.usualEngine(of: type)
    let engine = engine ?? (engines.contains(usual) ? usual : engines.first)
    let kind = InstanceKind(region: region, type: type, engine: engine ?? usual)
    let offers = catalogue.listedOffers(kind, at: instant)
    let spot = try store.spotPrices(kind).filter { $0.provenance.effectiveFrom <= instant }
    if offers.isEmpty, spot.isEmpty { try refuse(kind) }
    return PricesAnswer.ListedType(
      kind: kind, offers: offers, specification: catalogue.specificationIfKnown(type),
      sizeFactor: catalogue.cloud.quarterUnits(of: type).map {
        ScaledDecimal(mantissa: Int64($0) * 25, scale: 2).normalised
      },
      performance: performance[type]?.last, reference: performance[PricesAnswer.ListedType.referenceType]?.last,
      spot: ZonePrices.all(spot), otherEngines: engines.filter { $0 != engine })
  }

  /// Throws the error for a kind without a price, which looks through the whole book for the nearest.
  private func refuse(_ kind: InstanceKind) throws(DataError) {
    let all = try Catalogue(store.priceBook(region: kind.region, engines: [kind.engine]), of: catalogue.cloud)
    _ = try all.onDemand(kind, at: instant)
  }
}
