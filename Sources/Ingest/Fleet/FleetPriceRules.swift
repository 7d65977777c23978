import Model

/// A price of the fleet file is of a type or of an item, above zero, and of a type by the hour.
func pricesAreOfOneThing(_ fleet: Fleet) -> [FleetFault] {
  placed(fleet.prices, fleetRoot.key("prices")).flatMap { path, price -> [FleetFault] in
    var faults: [FleetFault] = []
    switch (price.type, price.item) {
    case (nil, nil): faults.append(FleetFault(path, found: "a price of nothing", expected: "a type or an item"))
    case (.some, .some): faults.append(FleetFault(path, found: "a type and an item", expected: "one of the two"))
    case (nil, let item?):
      let parts = item.split(separator: "/", omittingEmptySubsequences: false)
      if parts.count < 2 || parts.contains("") {
        faults.append(
          FleetFault(path.key("item"), found: "\"\(item)\"", expected: "SERVICE/ITEM, as a charge names it"))
      }
      if price.engine != nil {
        faults.append(FleetFault(path.key("engine"), found: "an engine of an item", expected: "one of a type only"))
      }
    case (_?, nil):
      if price.per != "hour" {
        faults.append(FleetFault(path.key("per"), found: "\"\(price.per)\"", expected: "hour: types are priced by it"))
      }
    }
    if price.usd <= .zero {
      faults.append(FleetFault(path.key("usd"), found: "\(price.usd)", expected: "an amount above zero"))
    }
    return faults
  } + repeated(fleet)
}

/// Two prices of one thing from one day.
private func repeated(_ fleet: Fleet) -> [FleetFault] {
  var seen: Set<[String]> = []
  return placed(fleet.prices, fleetRoot.key("prices")).compactMap { path, price in
    let key = [price.type ?? "", price.item ?? "", price.engine ?? "", price.region ?? "", "\(price.from)"]
    guard !seen.insert(key).inserted else { return nil }
    return FleetFault(path, found: "the same type or item from the same day again", expected: "each once")
  }
}
