import Model

/// What is claimed of a user is an amount.
func claimsAreAmounts(_ fleet: Fleet) -> [FleetFault] {
  let consumption = placed(fleet.claims.expectedConsumption, fleetRoot.key("claims").key("expected_consumption"))
  return consumption.flatMap { path, claim -> [FleetFault] in
    let loads = placed(claim.loadPerUser, path.key("load_per_user")).flatMap { path, load in
      amountFault(load.value, path.key("value")) + (load.metric.isPerInstance ? [ofInstances(load.metric, path)] : [])
    }
    return loads + (claim.memoryMbPerUser.map { amountFault($0, path.key("memory_mb_per_user")) } ?? [])
  }
}

private func ofInstances(_ metric: Metric, _ path: DocumentPath) -> FleetFault {
  FleetFault(
    path.key("metric"), found: "\(metric.rawValue), which is of each instance",
    expected: "a metric of the service as a whole, such as requests_per_second")
}

private func amountFault(_ amount: ScaledDecimal, _ path: DocumentPath) -> [FleetFault] {
  guard amount.mantissa < 0 || amount.double > 1_000_000_000 else { return [] }
  return [FleetFault(path, found: "\(amount)", expected: "a number from 0 to 1000000000")]
}
