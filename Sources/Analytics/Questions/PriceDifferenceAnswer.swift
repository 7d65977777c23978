import Clouds
import Model
import Store

/// What a price book says anew on one date beside another.
public struct PriceDifferenceAnswer: Sendable {
  /// Where the prices hold.
  public let region: String
  /// The two dates, the earlier first.
  public let from, to: Instant
  package let changes: [PriceChange]
}

/// What became known, or changed, between two dates.
/// - Parameters:
///   - types: only instances of these; empty for everything in the region.
/// - Throws: `DataError` for a date that is none, an unknown region, and a type without a price, naming the nearest.
public func priceDifference(
  store path: String, from first: String, to second: String, types: [String], region: String?
) throws -> PriceDifferenceAnswer {
  let store = try FleetStore.open(path: path, mode: .readOnly)
  let scope = try PriceScope(store, region: region)
  let dates = (
    try moment(first, of: .dates, example: "2026-10-01"),
    try moment(second, of: .dates, example: "2026-10-01")
  )
  guard dates.0 <= dates.1 else {
    throw DataError(
      Place(parameter: .dates), found: "\(first) \(second)", expected: "the earlier date first", kind: .usage)
  }
  let catalogue = try Catalogue(store.priceBook(region: scope.region), of: supportedCloud)
  for type in types where catalogue.engines(of: type, region: scope.region).isEmpty {
    let kind = InstanceKind(region: scope.region, type: type, engine: catalogue.cloud.usualEngine(of: type))
    _ = try catalogue.onDemand(kind, at: .lastDay)
  }
  return PriceDifferenceAnswer(
    region: scope.region, from: dates.0, to: dates.1,
    changes: catalogue.changes(from: dates.0, to: dates.1, types: Set(types)))
}
