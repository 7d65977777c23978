import Model

/// A discount is a percentage off something that the fleet buys.
func discountsAreOffWhatIsUsed(_ fleet: Fleet) -> [FleetFault] {
  guard let discounts = fleet.discounts else { return [] }
  let path = fleetRoot.key("discounts")
  let services = (discounts.services ?? [:]).sorted { $0.key < $1.key }
  let known = fleet.priceServices
  let strangers = services.filter { !known.contains($0.key) }.map { name, _ in
    FleetFault(
      path.key("services").key(name), found: "service \"\(name)\"", expected: choice(among: known, insteadOf: name))
  }
  let given =
    (discounts.percent.map { [(path.key("percent"), $0)] } ?? [])
    + services.map { (path.key("services").key($0.key), $0.value) }
  return strangers + given.compactMap { isPercentage($0.1) ? nil : percentageFault($0.0, $0.1) }
}

/// 0 to 100 with at most four decimals that count.
private func isPercentage(_ number: ScaledDecimal) -> Bool {
  let number = number.normalised
  return number.scale <= 4 && number.mantissa >= 0 && number.mantissa <= 100 * powerOfTen(number.scale)
}

private func percentageFault(_ path: DocumentPath, _ number: ScaledDecimal) -> FleetFault {
  FleetFault(path, found: "\(number)", expected: "a percentage from 0 to 100 with at most 4 decimals")
}
