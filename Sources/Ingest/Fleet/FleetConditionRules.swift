import Model

/// A condition of a fleet file with what it is about: a service, or the fleet as a whole.
private struct PlacedCondition {
  var path: DocumentPath
  var metric: Metric
  var condition: Condition
  var service: Service?

  func fault(found: String, expected: String) -> FleetFault {
    FleetFault(path, found: found, expected: expected)
  }
}

/// A condition is written in a unit its metric can be measured in.
func conditionsFitTheirMetrics(_ fleet: Fleet) -> [FleetFault] {
  conditions(of: fleet).filter { $0.condition.limit(for: $0.metric) == nil }.map {
    let percentOf = if case .percentOf = $0.condition.basis { true } else { false }
    return $0.fault(
      found: "\"\($0.condition)\" on \($0.metric.rawValue)",
      expected: percentOf ? "a percentage of the limit, with %" : "a condition in \(unitText($0.metric.unit))")
  }
}

/// A percentage of a maximum needs the maximum.
func percentagesHaveALimit(_ fleet: Fleet) -> [FleetFault] {
  conditions(of: fleet).compactMap { placed in
    guard case .percentOf(let name) = placed.condition.basis else { return nil }
    let limits = placed.service?.limits ?? fleet.global.limits
    guard !limits.contains(where: { $0.metric == placed.metric }) else { return nil }
    let owner = placed.service?.name ?? "global"
    return placed.fault(
      found: "\"\(placed.condition)\" without a limit on it",
      expected: "a limit on \(placed.metric.rawValue) in the limits of \(owner), to be the \"\(name)\"")
  }
}

/// A figure per instance is about a service that has instances to spread over.
func instancesAreThere(_ fleet: Fleet) -> [FleetFault] {
  conditions(of: fleet).filter { $0.condition.basis == .perInstance && $0.service?.approach != .group }.map {
    let owner = $0.service.map { "vertical service \($0.name)" } ?? "the fleet as a whole"
    return $0.fault(
      found: "\"\($0.condition)\" on \(owner)", expected: "\"per instance\" on horizontal services only")
  }
}

/// Warning comes before scaling, and scaling before critical.
func severitiesAreOrdered(_ fleet: Fleet) -> [FleetFault] {
  let lists =
    fleet.placedServices.map { placed($0.value.thresholds, $0.path.key("thresholds")) }
    + [placed(fleet.global.thresholds, fleetRoot.key("global").key("thresholds"))]
  return lists.flatMap(\.self).flatMap { path, threshold in
    zip(Severity.allCases, Severity.allCases.dropFirst()).compactMap { milder, graver in
      let (a, b) = (threshold.condition(milder), threshold.condition(graver))
      guard !isOrdered(a, b, threshold.metric) else { return nil }
      return FleetFault(
        path.key(graver.rawValue), found: "\"\(b)\" after \(milder.rawValue) \"\(a)\"",
        expected: "a condition of the same form, at least as severe")
    }
  }
}

private func isOrdered(_ milder: Condition, _ graver: Condition, _ metric: Metric) -> Bool {
  guard milder.comparison == graver.comparison, milder.basis == graver.basis else { return false }
  guard let a = milder.limit(for: metric), let b = graver.limit(for: metric) else { return true }
  return milder.comparison == .above ? a <= b : a >= b
}

private func conditions(of fleet: Fleet) -> [PlacedCondition] {
  let global = placed(fleet.global.thresholds, fleetRoot.key("global").key("thresholds"))
  return fleet.placedServices.flatMap(conditions) + global.flatMap { conditions($0.path, $0.value, nil) }
    + placed(fleet.alerts, fleetRoot.key("alerts")).map { path, alert in
      PlacedCondition(
        path: path.key("condition"), metric: alert.metric, condition: alert.condition,
        service: fleet.service(alert.service))
    }
}

private func conditions(_ path: DocumentPath, _ service: Service) -> [PlacedCondition] {
  let scaling = path.key("scaling")
  let rules =
    placed(service.scaling.scaleOut, scaling.key("scale_out"))
    + placed(service.scaling.scaleIn, scaling.key("scale_in"))
    + placed(service.scaling.addReplica, scaling.key("add_replica"))
  return rules.map { path, rule in
    PlacedCondition(
      path: path.key("when"), metric: rule.metric, condition: rule.condition, service: service)
  } + placed(service.thresholds, path.key("thresholds")).flatMap { conditions($0.path, $0.value, service) }
}

private func conditions(_ path: DocumentPath, _ threshold: Threshold, _ service: Service?) -> [PlacedCondition] {
  Severity.allCases.map {
    PlacedCondition(
      path: path.key($0.rawValue), metric: threshold.metric, condition: threshold.condition($0), service: service)
  }
}

private func unitText(_ unit: Metric.Unit) -> String {
  switch unit {
  case .percent: "percent, such as \"> 70%\""
  case .milliseconds: "time, such as \"> 250ms\""
  case .seconds: "time, such as \"> 30s\""
  case .perSecond: "units a second, such as \"> 150/s\""
  case .perMinute: "percent a minute, such as \"> 10% per minute\""
  case .count: "plain numbers, such as \"> 100\""
  }
}
