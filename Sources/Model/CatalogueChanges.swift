/// A price that differs between two dates.
package struct PriceChange: Hashable, Sendable {
  /// An instance kind in words, or the item of a unit price.
  package var item: String
  /// `on-demand`, a reservation's or savings plan's term, or the unit.
  package var offer: String
  /// nil when the price was not known on the first date.
  package var before: Money?
  package var after: Money
  /// Of the later price.
  package var provenance: Provenance

  /// In hundredths of a percent, half-even; nil when there is nothing to compare with.
  package var basisPoints: Int64? {
    guard let before, before != .zero else { return nil }
    let change = Int128(after.nanoDollars) - Int128(before.nanoDollars)
    return Int64(exactly: roundedHalfEven(change * 10_000, dividedBy: Int128(before.nanoDollars)))
  }
}

extension Catalogue {
  /// What a price book says anew on a later date than on an earlier one: prices that changed or became known, by item
  /// and offer. Reservations are compared by their effective rate. Spot prices, which change by the hour, are not
  /// compared.
  ///
  /// - Parameter types: only instances of these; empty for all, and unit prices too.
  package func changes(from first: Instant, to second: Instant, types: Set<String> = []) -> [PriceChange] {
    func isMeant(_ kind: InstanceKind) -> Bool { types.isEmpty || types.contains(kind.type) }
    func words(_ kind: InstanceKind) -> String { "\(kind.type) (\(kind.engine))" }
    var changes: [PriceChange] = []
    for (kind, prices) in onDemand where isMeant(kind) {
      changes += change(prices, words(kind), "on-demand", first, second, \.provenance, \.hourly)
    }
    for (key, prices) in reserved where isMeant(key.kind) {
      changes += change(
        prices, words(key.kind), key.term.description, first, second, \.provenance, \.effectiveHourly)
    }
    for (key, rates) in savingsPlans where isMeant(key.kind) {
      changes += change(rates, words(key.kind), key.term.description, first, second, \.provenance, \.hourly)
    }
    if types.isEmpty {
      for prices in units.values where !prices.isEmpty { changes += unitChanges(prices, first, second) }
    }
    return changes.sorted { ($0.item, $0.offer) < ($1.item, $1.offer) }
  }

  private func unitChanges(_ prices: [UnitPrice], _ first: Instant, _ second: Instant) -> [PriceChange] {
    Dictionary(grouping: prices, by: \.tierFrom).values.flatMap { tier in
      let from = tier[0].tierFrom == 0 ? "" : " from \(grouped(Int(tier[0].tierFrom)))"
      let per = tier[0].perUnits == 1 ? tier[0].unit : "\(grouped(Int(tier[0].perUnits))) \(tier[0].unit)s"
      return change(tier, tier[0].item, "\(per)\(from)", first, second, \.provenance, \.price)
    }
  }

  private func change<Price>(
    _ prices: [Price], _ item: String, _ offer: String, _ first: Instant, _ second: Instant,
    _ provenance: KeyPath<Price, Provenance>, _ amount: KeyPath<Price, Money>
  ) -> [PriceChange] {
    guard let after = inForce(prices, at: second, provenance) else { return [] }
    let before = inForce(prices, at: first, provenance)?[keyPath: amount]
    guard before != after[keyPath: amount] else { return [] }
    return [
      PriceChange(
        item: item, offer: offer, before: before, after: after[keyPath: amount],
        provenance: after[keyPath: provenance])
    ]
  }
}
