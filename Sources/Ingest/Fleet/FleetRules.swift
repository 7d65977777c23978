import Model

/// Every time zone is one the system knows.
func timezonesAreKnown(_ fleet: Fleet) -> [FleetFault] {
  let own = [(fleetRoot.key("timezone"), fleet.timezone)]
  let scheduled = placedActions(fleet).map { ($0.path.key("timezone"), $0.value.timezone) }
  return (own + scheduled).filter { LocalClock(identifier: $0.1) == nil }.map {
    FleetFault($0.0, found: "time zone \"\($0.1)\"", expected: "an IANA name such as America/New_York")
  }
}

/// The provider is the one whose prices and rules there are: that of a file that names none.
func providerIsKnown(_ fleet: Fleet) -> [FleetFault] {
  let known = Fleet().provider
  guard fleet.provider != known else { return [] }
  return [
    FleetFault(fleetRoot.key("provider"), found: "provider \"\(fleet.provider)\"", expected: known)
  ]
}

/// A name is something, and in one line: reports and inventories call things by it.
func namesAreNames(_ fleet: Fleet) -> [FleetFault] {
  faults(of: fleet.services.map(\.name), in: fleetRoot.key("services"), "service")
    + faults(of: fleet.userTypes.map(\.name), in: fleetRoot.key("user_types"), "user type")
    + faults(of: fleet.charges.map(\.name), in: fleetRoot.key("charges"), "charge")
    + faults(of: fleet.loadTests.map(\.name), in: fleetRoot.key("load_tests"), "load test")
    + faults(of: fleet.alerts.map(\.name), in: fleetRoot.key("alerts"), "alert")
}

private func faults(of names: [String], in list: DocumentPath, _ kind: String) -> [FleetFault] {
  names.enumerated().compactMap { index, name in
    let path = list.index(index).key("name")
    if name.trimmed.isEmpty { return FleetFault(path, found: "an empty name", expected: "the name of the \(kind)") }
    guard let character = name.controlCharacter else { return nil }
    let fault = controlCharacterFault(character, in: name)
    return FleetFault(path, found: fault.found, expected: fault.expected)
  }
}

/// No two things of a kind share a name.
func namesAreUnique(_ fleet: Fleet) -> [FleetFault] {
  repeats(fleet.services.map(\.name), in: fleetRoot.key("services"), "service")
    + fleet.placedServices.flatMap { path, service in
      repeats(service.policies.map(\.name), in: path.key("policies"), "policy")
        + repeats(service.scheduledActions.map(\.name), in: path.key("scheduled_actions"), "scheduled action")
        + repeats(service.limits.map(\.metric.rawValue), in: path.key("limits"), key: "metric", "limit")
    }
    + repeats(fleet.global.limits.map(\.metric.rawValue), in: globalPath.key("limits"), key: "metric", "limit")
    + repeats(fleet.userTypes.map(\.name), in: fleetRoot.key("user_types"), "user type")
    + repeats(fleet.charges.map(\.name), in: fleetRoot.key("charges"), "charge")
    + repeats(fleet.loadTests.map(\.name), in: fleetRoot.key("load_tests"), "load test")
    + repeats(fleet.alerts.map(\.name), in: fleetRoot.key("alerts"), "alert")
}

private func repeats(
  _ names: [String], in list: DocumentPath, key: String = "name", _ kind: String
) -> [FleetFault] {
  var seen: Set<String> = []
  return names.indices.filter { !seen.insert(names[$0]).inserted }.map {
    FleetFault(
      list.index($0).key(key), found: "a second \(kind) \"\(names[$0])\"", expected: "each \(kind) once")
  }
}

/// Percentages, counts and limits lie where they mean something.
func numbersAreInRange(_ fleet: Fleet) -> [FleetFault] {
  var faults = fleet.placedParts.flatMap(serviceNumbers)
  faults += placed(fleet.global.limits, globalPath.key("limits")).flatMap(limitNumbers)
  for type in placed(fleet.userTypes, fleetRoot.key("user_types")) {
    faults += outside(type.value.sessionMinutes, 1...1440, type.path.key("session_minutes"))
  }
  faults += placed(fleet.charges, fleetRoot.key("charges")).flatMap(chargeNumbers)
  faults += placed(fleet.loadTests, fleetRoot.key("load_tests")).flatMap(loadTestNumbers)
  let purchase = fleetRoot.key("purchase")
  for baseline in placed(fleet.purchase.reservedBaseline, purchase.key("reserved_baseline")) {
    faults += outside(baseline.value.count, 0...100_000, baseline.path.key("count"))
  }
  faults += outside(fleet.purchase.maximumSpotPercent, 0...100, purchase.key("maximum_spot_percent"))
  faults += outside(fleet.purchase.spotReworkPercent, 0...100, purchase.key("spot_rework_percent"))
  return faults
}

private func serviceNumbers(_ path: DocumentPath, _ service: Service) -> [FleetFault] {
  outside(service.minimum, 0...100_000, path.key("minimum"))
    + outside(service.reservedMemoryPercent ?? 0, 0...99, path.key("reserved_memory_percent"))
    + placed(service.limits, path.key("limits")).flatMap(limitNumbers)
    + (service.database.map {
      outside($0.shardingAtPercent, 1...100, path.key("database").key("sharding_at_percent"))
        + outside($0.shardingDatasetGib, 0...1_000_000_000, path.key("database").key("sharding_dataset_gib"))
    } ?? [])
    + (service.cluster.map {
      outside($0.initialNodes, clusterNodes, path.key("cluster").key("initial_nodes"))
        + outside($0.maximumNodes, clusterNodes, path.key("cluster").key("maximum_nodes"))
    } ?? [])
    + outside(service.maximum, 0...100_000, path.key("maximum"))
    + outside(service.regionMaximum, 1...1_000_000, path.key("region_maximum"))
    + namespaceFaults(path.key("namespaces"), service)
    + policiesNumbers(path.key("policies"), service.policies)
}

/// Parts of one whole, of six decimals at most.
private func namespaceFaults(_ path: DocumentPath, _ service: Service) -> [FleetFault] {
  let parts = service.namespaces ?? [:]
  let wrong = parts.filter { !(0...1).contains($0.value.double) || $0.value.scale > 6 }.sorted { $0.key < $1.key }
  guard wrong.isEmpty else {
    return wrong.map {
      FleetFault(path.key($0.key), found: "\($0.value)", expected: "a number from 0 to 1 with at most six decimals")
    }
  }
  let millionths = parts.values.reduce(Int64(0)) { $0 + $1.mantissa * powerOfTen(6 - $1.scale) }
  return millionths > 1_000_000
    ? [FleetFault(path, found: "parts of more than the whole", expected: "parts that are together at most 1")] : []
}

private func policiesNumbers(_ path: DocumentPath, _ policies: [ScalingPolicy]) -> [FleetFault] {
  placed(policies, path).flatMap(policyNumbers)
}

private func loadTestNumbers(_ path: DocumentPath, _ test: LoadTest) -> [FleetFault] {
  placed(test.stages, path.key("stages")).flatMap { path, stage in
    outside(stage.percentOfCapacity, 0...100_000, path.key("percent_of_capacity"))
  }
}

private func policyNumbers(_ path: DocumentPath, _ policy: ScalingPolicy) -> [FleetFault] {
  let target = policy.target.flatMap { target -> FleetFault? in
    guard target.mantissa <= 0 || target.double > 1_000_000 else { return nil }
    return FleetFault(
      path.key("target"), found: "\(target)", expected: "a number above 0 and at most 1000000")
  }
  let adjustment =
    policy.adjustment == 0 && policy.adjustmentType != .exact
    ? [FleetFault(path.key("adjustment"), found: "0", expected: "instances to add or remove")] : []
  var faults = [target].compactMap { $0 } + adjustment
  faults += outside(policy.adjustment ?? 0, -1_000_000...1_000_000, path.key("adjustment"))
  faults += outside(policy.minimumMagnitude, 0...100_000, path.key("minimum_magnitude"))
  faults += outside(policy.bufferPercent ?? 0, 0...1000, path.key("buffer_percent"))
  faults += alarmFaults(path, policy)
  for step in placed(policy.steps, path.key("steps")) {
    faults += outside(step.value.adjustment, -1_000_000...1_000_000, step.path.key("adjustment"))
  }
  return faults
}

/// An alarm looks at whole periods, a day of them at most.
private func alarmFaults(_ path: DocumentPath, _ policy: ScalingPolicy) -> [FleetFault] {
  let (seconds, count) = policy.alarmPeriods
  var faults = outside(policy.datapoints ?? 1, 1...count, path.key("datapoints"))
  if policy.duration.seconds % seconds != 0 || policy.period?.seconds == 0 {
    faults.append(
      FleetFault(
        path.key("period"), found: "\(policy.period ?? policy.duration) in \(policy.duration)",
        expected: "a period of which \"for\" is so many"))
  }
  for metric in placed(policy.also, path.key("also")) where metric.value.target.mantissa <= 0 {
    faults.append(
      FleetFault(metric.path.key("target"), found: "\(metric.value.target)", expected: "a number above 0"))
  }
  let limits = [policy.scaleUp, policy.scaleDown].compactMap { $0?.policies }.flatMap(\.self)
  if let limit = limits.first(where: { $0.value < 0 || $0.value > 1_000_000 || $0.period.seconds < 1 }) {
    faults.append(
      FleetFault(
        path, found: "a limit of \(limit.value) in \(limit.period)", expected: "0 to 1000000 in a second or more"))
  }
  return faults
}

/// No provider runs larger clusters as one: ElastiCache has 500 nodes at most.
private let clusterNodes = 1...500

private func chargeNumbers(_ path: DocumentPath, _ charge: Charge) -> [FleetFault] {
  let amount = charge.fixedUsd.map { $0 < .zero } ?? false
  return outside(charge.quantity.units ?? 0, 0...1_000_000_000, path.key("quantity").key("units"))
    + outside(charge.freeUnits, 0...1_000_000_000_000, path.key("free_units"))
    + outside(charge.quantity.gbMonths ?? 0, 0...1_000_000_000, path.key("quantity").key("gb_months"))
    + amountFaults(path.key("quantity"), charge.quantity)
    + (amount
      ? [FleetFault(path.key("fixed_usd"), found: "\(charge.fixedUsd!)", expected: "an amount of 0 or more")] : [])
}

private func amountFaults(_ path: DocumentPath, _ quantity: ChargeQuantity) -> [FleetFault] {
  var faults: [FleetFault] = []
  if let amount = quantity.amount?.normalised {
    let most = ChargeQuantity.mostAmount
    let isFine = (0...most).contains(amount.mantissa) && amount.scale <= ChargeQuantity.mostDecimals
    if !isFine {
      faults.append(
        FleetFault(
          path.key("amount"), found: "\(amount)",
          expected: "a number from 0 to \(most) of at most 12 digits, \(ChargeQuantity.mostDecimals) of them decimals"))
    }
  }
  if quantity.per?.trimmed.isEmpty == true {
    faults.append(FleetFault(path.key("per"), found: "nothing", expected: "a unit such as hour, month or gb-month"))
  }
  return faults
}

private func limitNumbers(_ path: DocumentPath, _ limit: Limit) -> [FleetFault] {
  let isTwice = limit.perInstance && limit.perGib == true
  return outside(limit.value, 1...1_000_000_000, path.key("value"))
    + (isTwice
      ? [
        FleetFault(
          path.key("per_gib"), found: "per_gib with per_instance",
          expected: "per_instance: false where the value is for each GiB of memory")
      ] : [])
}

/// A fault where a number lies beyond a range.
func outside(_ value: Int, _ range: ClosedRange<Int>, _ path: DocumentPath) -> [FleetFault] {
  guard !range.contains(value) else { return [] }
  let expected = "a whole number from \(range.lowerBound) to \(range.upperBound)"
  return [FleetFault(path, found: "\(value)", expected: expected)]
}

/// A service starts with a type it may run on.
func initialTypesAreOffered(_ fleet: Fleet) -> [FleetFault] {
  let chosen = fleet.placedParts.filter { _, service in
    !service.instanceTypes.isEmpty && !service.instanceTypes.contains(service.initialType)
  }
  return chosen.map { path, service in
    FleetFault(
      path.key("initial_type"), found: "\"\(service.initialType)\"",
      expected: choice(among: service.instanceTypes, insteadOf: service.initialType))
  }
}

/// Sizes can be met: minimum ≤ maximum, and a schedule's desired count between its own.
func minimaAreBelowMaxima(_ fleet: Fleet) -> [FleetFault] {
  let services = fleet.placedParts.filter { $0.value.minimum > $0.value.maximum }.map { path, service in
    FleetFault(
      path.key("minimum"), found: "minimum \(service.minimum) above maximum \(service.maximum)",
      expected: "at most \(service.maximum)")
  }
  let actions = placedActions(fleet).filter { !$0.value.isOrdered }
  return services
    + actions.map { path, action in
      FleetFault(
        path.key("desired"), found: action.counts,
        expected: "minimum <= desired <= maximum")
    }
}

extension ScheduledAction {
  /// `4, minimum 5, maximum 8`, as far as they are said.
  fileprivate var counts: String {
    [desired.map { "\($0)" }, minimum.map { "minimum \($0)" }, maximum.map { "maximum \($0)" }]
      .compactMap(\.self).joined(separator: ", ")
  }
}

/// Only a vertical service grows by replicas or nodes beside its own scaling.
func horizontalServicesHaveNoReplicas(_ fleet: Fleet) -> [FleetFault] {
  fleet.placedServices.filter { $0.value.approach == .group && !$0.value.scaling.addReplica.isEmpty }.map {
    FleetFault(
      $0.path.key("scaling").key("add_replica"), found: "replica conditions on a horizontal service",
      expected: "an empty list")
  }
}

/// Cron expressions have five fields that mean something.
func recurrencesHaveFiveFields(_ fleet: Fleet) -> [FleetFault] {
  placedActions(fleet).compactMap { path, action in
    let schedule = CronSchedule(action.recurrence)
    if schedule?.everStrikes == true { return nil }
    return FleetFault(
      path.key("recurrence"), found: "\"\(action.recurrence)\"\(schedule == nil ? "" : ", which never comes")",
      expected: schedule == nil ? "five cron fields such as \"0 12 * * *\"" : "days that the months have")
  }
}

private let globalPath = fleetRoot.key("global")

private func placedActions(_ fleet: Fleet) -> [(path: DocumentPath, value: ScheduledAction)] {
  fleet.placedServices.flatMap { placed($0.value.scheduledActions, $0.path.key("scheduled_actions")) }
}
