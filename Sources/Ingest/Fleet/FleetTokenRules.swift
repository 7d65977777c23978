import Model

/// Limits of external services, and what is known of calls of models, lie where they mean something.
func externalLimitsAreInRange(_ fleet: Fleet) -> [FleetFault] {
  var faults = placed(fleet.rateLimits, fleetRoot.key("rate_limits")).flatMap { path, limit in
    outside(limit.most, 1...1_000_000_000_000, path.key("most"))
  }
  let known = fleet.services.map(\.name)
  for (path, pool) in placed(fleet.callPools, fleetRoot.key("call_pools")) {
    faults += outside(pool.connections, 1...1_000_000, path.key("connections"))
    faults += percentage(pool.callsPercent, 0...100_000, path.key("calls_percent"))
    faults += pool.callMs.map { outside($0, 1...86_400_000, path.key("call_ms")) } ?? []
    faults += stranger(pool.service, known, path.key("service"))
  }
  for (path, rules) in placed(fleet.tokenRules, fleetRoot.key("token_rules")) {
    faults += rules.jobs.map { stranger($0, known, path.key("jobs")) } ?? []
    faults += percentage(rules.deferrablePercent, 0...100, path.key("deferrable_percent"))
    faults += rules.repeatedPercent.map { percentage($0, 0...100, path.key("repeated_percent")) } ?? []
    faults +=
      rules.longestPromptTokens.map { outside($0, 1...1_000_000_000, path.key("longest_prompt_tokens")) } ?? []
  }
  return faults
}

/// A file that names no services leaves them to the inventory.
private func stranger(_ name: String, _ known: [String], _ path: DocumentPath) -> [FleetFault] {
  guard !known.isEmpty, !known.contains(name) else { return [] }
  return [FleetFault(path, found: "service \"\(name)\"", expected: choice(among: known, insteadOf: name))]
}

private func percentage(_ number: ScaledDecimal, _ range: ClosedRange<Double>, _ path: DocumentPath) -> [FleetFault] {
  guard !number.isPercentage(in: range) else { return [] }
  let most: Int = wholeNumber(range.upperBound)
  return [FleetFault(path, found: "\(number)", expected: "a percentage from 0 to \(most) with at most 2 decimals")]
}
