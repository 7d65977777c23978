/// What a price is of, and as what it is bought.
private struct ChangeKey {
  var item: String
  var engine: String?
  var offer: PriceChange.Offer

  init(_ kind: InstanceKind, _ offer: PriceChange.Offer) {
    item = kind.type
    engine = kind.engine
    self.offer = offer
  }

  init(_ price: UnitPrice) {
    item = price.item
    offer = .unit(count: price.perUnits, price.unit, tierFrom: price.tierFrom)
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
    var changes: [PriceChange] = []
    for (kind, prices) in onDemand.all where isMeant(kind) {
      changes += change(prices, ChangeKey(kind, .onDemand), first, second, \.hourly)
    }
    for (key, prices) in reserved.all where isMeant(key.kind) {
      changes += change(prices, ChangeKey(key.kind, .reserved(key.term)), first, second, \.effectiveHourly)
    }
    for (key, rates) in savingsPlans.all where isMeant(key.kind) {
      changes += change(rates, ChangeKey(key.kind, .savingsPlan(key.term)), first, second, \.hourly)
    }
    if types.isEmpty {
      for (_, prices) in units.all { changes += unitChanges(prices, first, second) }
    }
    return changes.sorted()
  }

  private func unitChanges(_ prices: ArraySlice<UnitPrice>, _ first: Instant, _ second: Instant) -> [PriceChange] {
    Dictionary(grouping: prices, by: \.tierFrom).values.flatMap { tier in
      change(tier[...], ChangeKey(tier[0]), first, second, \.price)
    }
  }

  private func change<Price: DatedPrice>(
    _ prices: ArraySlice<Price>, _ key: ChangeKey, _ first: Instant, _ second: Instant, _ amount: KeyPath<Price, Money>
  ) -> [PriceChange] {
    guard let after = prices.inForce(at: second) else { return [] }
    let before = prices.inForce(at: first)?[keyPath: amount]
    guard before != after[keyPath: amount] else { return [] }
    return [
      PriceChange(
        item: key.item, engine: key.engine, offer: key.offer, before: before, after: after[keyPath: amount],
        provenance: after.provenance)
    ]
  }
}
