/// What spot capacity of a kind cost on average in a zone, from its price history.
package struct SpotMean: Hashable, Sendable {
  /// Time-weighted mean over the part of the span in which a price is known.
  package var hourly: Money
  /// The newest price it rests on.
  package var newest: Provenance

  package init(hourly: Money, newest: Provenance) {
    self.hourly = hourly
    self.newest = newest
  }
}

extension Catalogue {
  /// The zones that a kind can be had in as spot, as far as its prices before a moment tell; sorted.
  ///
  /// Sources call zones by name or by id, and one zone may have prices under both: only those of one way are returned,
  /// that of the newest price, ids where both are as new. A zone whose newest price was confirmed more than 30 days before
  /// the newest of the kind is left out: the kind is no longer offered there.
  package func spotZones(_ kind: InstanceKind, before instant: Instant) -> [String] {
    var confirmed: [String: Instant] = [:]
    for (key, prices) in spotHistory.all where key.kind == kind {
      confirmed[key.zone] = prices.map(\.provenance).filter { $0.effectiveFrom < instant }.map(\.confirmed).max()
    }
    guard let newest = confirmed.values.max() else { return [] }
    let areIDs = confirmed.contains { $0.value == newest && isZoneID($0.key) }
    let oldest = newest.advanced(by: -30 * 86_400)
    return confirmed.filter { isZoneID($0.key) == areIDs && $0.value >= oldest }.keys.sorted()
  }

  /// The spot price of a kind in a zone at a moment that its history covers; nil before its first price, and later than its
  /// last one is known to have held.
  package func recordedSpot(_ kind: InstanceKind, zone: String, at instant: Instant) -> SpotPrice? {
    let prices = spotHistory[SpotPrice.Key(kind: kind, zone: zone)]
    let later = prices.firstIndex { $0.provenance.effectiveFrom > instant }
    guard let index = later.map({ $0 - 1 }) ?? prices.indices.last, index >= prices.startIndex else { return nil }
    let price = prices[index]
    return later != nil || instant <= price.provenance.confirmed ? price : nil
  }

  /// The mean spot price of a kind in a zone over a span: each price holds until the next of its zone, and counts for the
  /// seconds it was in force; `Σ price × seconds / Σ seconds`, half-even once. nil when none was in force.
  package func meanSpot(_ kind: InstanceKind, zone: String, over span: Period) -> SpotMean? {
    let prices = spotHistory[SpotPrice.Key(kind: kind, zone: zone)].filter {
      $0.provenance.effectiveFrom < span.end
    }
    guard let newest = prices.last else { return nil }
    let ends = prices.dropFirst().map(\.provenance.effectiveFrom) + [span.end]
    var (total, seconds) = (Int128(0), Int128(0))
    for (price, end) in zip(prices, ends) {
      let part = Int128(max(0, end.seconds - max(price.provenance.effectiveFrom, span.start).seconds))
      total += Int128(price.hourly.nanoDollars) * part
      seconds += part
    }
    guard seconds > 0 else { return nil }
    let mean = Money(clampingNanoDollars: roundedHalfEven(total, dividedBy: seconds))
    return SpotMean(hourly: mean, newest: newest.provenance)
  }
}

/// True for `use1-az1`, false for `us-east-1a`.
private func isZoneID(_ zone: String) -> Bool {
  let end = zone.split(separator: "-").last ?? ""
  return end.hasPrefix("az") && end.count > 2 && end.dropFirst(2).allSatisfy(\.isNumber)
}
