// What spot capacity of a type cost in a zone.
//
//     mean = Σ price × seconds it held / Σ seconds,  from the first price to the last change, rounded half-even once

import Model

/// The spot prices of a type in one zone.
package struct ZonePrices: Sendable {
  package let zone: String
  package let first, lastChange: Instant
  package let count: Int
  package let lowest, mean, highest, last: Money
  package let source: PriceSource

  /// One for each zone, by name.
  /// - Parameter prices: of one kind, each zone's in the order of time.
  static func all(_ prices: [SpotPrice]) -> [ZonePrices] {
    Dictionary(grouping: prices, by: \.zone).sorted { $0.key < $1.key }.map { ZonePrices($0.key, $0.value) }
  }

  /// - Precondition: there is a price.
  private init(_ zone: String, _ prices: [SpotPrice]) {
    let newest = prices[prices.count - 1]
    self.zone = zone
    first = prices[0].provenance.effectiveFrom
    lastChange = newest.provenance.effectiveFrom
    count = prices.count
    lowest = prices.map(\.hourly).min()!
    mean = Self.mean(prices)
    highest = prices.map(\.hourly).max()!
    last = newest.hourly
    source = newest.provenance.source
  }

  private static func mean(_ prices: [SpotPrice]) -> Money {
    var sum: Int128 = 0
    for (price, next) in zip(prices, prices.dropFirst()) {
      let seconds = next.provenance.effectiveFrom.seconds - price.provenance.effectiveFrom.seconds
      sum += Int128(price.hourly.nanoDollars) * Int128(seconds)
    }
    let span = prices[prices.count - 1].provenance.effectiveFrom.seconds - prices[0].provenance.effectiveFrom.seconds
    return span == 0 ? prices[0].hourly : Money(clampingNanoDollars: roundedHalfEven(sum, dividedBy: Int128(span)))
  }
}
