import Model

/// Alerts, claims and reservations speak of services the fleet has. A charge may be anybody's.
func servicesAreKnown(_ fleet: Fleet) -> [FleetFault] {
  let claims = fleetRoot.key("claims")
  let references =
    placed(fleet.purchase.reservedBaseline.map(\.service), fleetRoot.key("purchase").key("reserved_baseline"))
    + placed(fleet.alerts.map(\.service), fleetRoot.key("alerts"))
    + placed(fleet.claims.expectedConsumption.map(\.service), claims.key("expected_consumption"))
    + placed(fleet.claims.allocations, claims.key("allocations")).flatMap {
      placed($0.value.rows.map(\.service), $0.path.key("rows"))
    }
  let known = fleet.services.map(\.name)
  // A file that names no services leaves them to the inventory.
  guard !known.isEmpty else { return [] }
  return references.filter { !known.contains($0.value) }.map {
    FleetFault(
      $0.path.key("service"), found: "service \"\($0.value)\"", expected: choice(among: known, insteadOf: $0.value))
  }
}

/// A charge is priced by the price book or by contract, not by both.
func chargesHaveOnePrice(_ fleet: Fleet) -> [FleetFault] {
  placed(fleet.charges, fleetRoot.key("charges")).compactMap { path, charge in
    let given = [charge.price == nil ? nil : "price", charge.fixedUsd == nil ? nil : "fixed_usd"].compactMap(\.self)
    return exactlyOne(of: ["price", "fixed_usd"], given: given, path)
  }
}

/// A quantity is counted in one way, and `per` is said of an amount.
func quantitiesHaveOneKey(_ fleet: Fleet) -> [FleetFault] {
  placed(fleet.charges.map(\.quantity), fleetRoot.key("charges")).compactMap { path, quantity in
    let given = [
      quantity.amount == nil ? nil : "amount", quantity.units == nil ? nil : "units",
      quantity.gbMonths == nil ? nil : "gb_months",
      quantity.metric == nil ? nil : "metric",
    ].compactMap(\.self)
    if let fault = exactlyOne(of: ["amount", "units", "gb_months", "metric"], given: given, path.key("quantity")) {
      return fault
    }
    if let resource = quantity.resource, given != ["metric"] {
      return FleetFault(
        path.key("quantity").key("resource"), found: "resource: \(resource) with \(given[0])",
        expected: "resource beside metric")
    }
    guard let per = quantity.per, given == ["metric"] || given == ["gb_months"] else { return nil }
    return FleetFault(
      path.key("quantity").key("per"), found: "per: \(per) with \(given[0])", expected: "per beside amount or units")
  }
}

/// Tags have keys, as nobody can ask for one without.
func tagsHaveKeys(_ fleet: Fleet) -> [FleetFault] {
  placed(fleet.charges, fleetRoot.key("charges")).compactMap { path, charge in
    charge.tags.keys.contains("")
      ? FleetFault(path.key("tags"), found: "a tag without a key", expected: "KEY: VALUE, such as team: shop") : nil
  }
}

private func exactlyOne(of keys: [String], given: [String], _ path: DocumentPath) -> FleetFault? {
  guard given.count != 1 else { return nil }
  let found = given.isEmpty ? "none of \(keys.joined(separator: ", "))" : given.joined(separator: " and ")
  return FleetFault(path, found: found, expected: "exactly one of \(keys.joined(separator: ", "))")
}

/// A policy that tracks holds a target; a step policy counts its steps from a threshold; a simple one has an adjustment.
func policiesSuitTheirKind(_ fleet: Fleet) -> [FleetFault] {
  let policies = fleet.placedServices.flatMap { placed($0.value.policies, $0.path.key("policies")) }
  return policies.compactMap { path, policy in
    let (given, wanted) = (policy.givenKeys, policy.kind.requiredKeys)
    // What is wrong with a latency is said by itself.
    guard given != wanted, policy.targetLatency == nil, policy.secondsPerItem == nil else { return nil }
    let found = given.isEmpty ? "no target, threshold or steps" : given.joined(separator: " and ")
    return FleetFault(
      path, found: "\(policy.kind.rawValue) policy \"\(policy.name)\" with \(found)",
      expected: wanted.joined(separator: " and ") + " only")
  }
}

/// A target that is a latency is one of what waits, tracked, and says how long an item takes.
func latenciesAreTargets(_ fleet: Fleet) -> [FleetFault] {
  let policies = fleet.placedServices.flatMap { placed($0.value.policies, $0.path.key("policies")) }
  return policies.compactMap { path, policy in
    guard policy.targetLatency != nil || policy.secondsPerItem != nil else { return nil }
    func fault(_ found: String, _ expected: String) -> FleetFault {
      FleetFault(path, found: "policy \"\(policy.name)\" with \(found)", expected: expected)
    }
    guard policy.kind == .targetTracking, policy.metric == .queueDepthItems, policy.threshold == nil,
      policy.steps.isEmpty, policy.adjustment == nil
    else {
      return fault(
        "target_latency or seconds_per_item",
        "a target-tracking policy on \(Metric.queueDepthItems.rawValue), without threshold, steps or adjustment")
    }
    guard let latency = policy.targetLatency, let each = policy.secondsPerItem else {
      return fault(
        policy.targetLatency == nil ? "seconds_per_item alone" : "target_latency alone",
        "target_latency and seconds_per_item together")
    }
    guard each.mantissa > 0, latency.seconds > 0, let target = policy.latencyTarget, target.mantissa > 0 else {
      return fault(
        "target_latency: \(latency), seconds_per_item: \(each)", "times above 0, of which the first is longer")
    }
    guard policy.target?.normalised == target else {
      return fault("target and target_latency", "one of target and target_latency")
    }
    return nil
  }
}

/// What is asked for what a cache does not find is another service that the fleet has.
func backingServicesAreKnown(_ fleet: Fleet) -> [FleetFault] {
  let names = fleet.placedServices.map(\.value.name)
  return fleet.placedServices.flatMap { path, service -> [FleetFault] in
    let own = path.key("cluster")
    var faults: [FleetFault] = []
    if let refill = service.cluster?.refill, refill.seconds <= 0 {
      faults.append(FleetFault(own.key("refill"), found: "\(refill)", expected: "a time above 0"))
    }
    if let behind = service.cluster?.backedBy, behind == service.name || !names.contains(behind) {
      let others = names.filter { $0 != service.name }
      let found = behind == service.name ? "the service itself" : "service \"\(behind)\""
      faults.append(
        FleetFault(own.key("backed_by"), found: found, expected: choice(among: others, insteadOf: behind)))
    }
    return faults
  }
}
