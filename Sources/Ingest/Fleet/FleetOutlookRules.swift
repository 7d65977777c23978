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
