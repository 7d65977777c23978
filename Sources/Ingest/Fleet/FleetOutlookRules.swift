import Model

/// What is expected of demand lies where it means something.
func outlooksAreInRange(_ fleet: Fleet) -> [FleetFault] {
  let outlooks =
    [(fleetRoot.key("outlook"), fleet.outlook)]
    + fleet.placedParts.map { ($0.path.key("outlook"), $0.value.outlook) }
  return outlooks.flatMap { path, outlook in
    outside(outlook?.growthPercentAYear ?? 0, -99...1000, path.key("growth_percent_a_year"))
      + outside(
        outlook?.uncertaintyPercentAYear ?? 0, 0...greatestUncertaintyPercent, path.key("uncertainty_percent_a_year"))
  }
}

/// An event does not end before it begins.
func eventsEnd(_ fleet: Fleet) -> [FleetFault] {
  placed(fleet.events, fleetRoot.key("events")).compactMap { path, event in
    guard let last = event.last, last < event.from else { return nil }
    return FleetFault(path.key("last"), found: "\(last)", expected: "\(event.from), its first day, or a later one")
  }
}

/// A ladder has parts, and is done before what it bought first ends.
func laddersEndInTime(_ fleet: Fleet) -> [FleetFault] {
  guard let ladder = fleet.purchase.ladder else { return [] }
  let path = fleetRoot.key("purchase").key("ladder")
  let faults =
    outside(ladder.tranches, 2...12, path.key("tranches"))
    + outside(ladder.monthsApart, 1...11, path.key("months_apart"))
  guard faults.isEmpty, (ladder.tranches - 1) * ladder.monthsApart >= 12 else { return faults }
  return [
    FleetFault(
      path, found: "\(ladder.tranches) parts \(ladder.monthsApart) months apart",
      expected: "the last part within 11 months of the first")
  ]
}

/// What may be bought stands once in its list, and the cash for it is an amount.
func purchasesAreClear(_ fleet: Fleet) -> [FleetFault] {
  let (purchase, path) = (fleet.purchase, fleetRoot.key("purchase"))
  let budget = purchase.upfrontBudgetUsd.flatMap { amount in
    amount < .zero
      ? FleetFault(
        path.key("upfront_budget_usd"), found: "\(amount)",
        expected: "an amount in USD from 0 to \(Money(nanoDollars: .max))")
      : nil
  }
  return repeats(purchase.offers.map(\.description), in: path.key("offers"))
    + repeats((purchase.savingsPlans ?? []).map(\.description), in: path.key("savings_plans"))
    + (budget.map { [$0] } ?? [])
}

private func repeats(_ terms: [String], in list: DocumentPath) -> [FleetFault] {
  var seen: Set<String> = []
  return terms.indices.filter { !seen.insert(terms[$0]).inserted }.map {
    FleetFault(list.index($0), found: "\(terms[$0]) twice", expected: "each once")
  }
}
