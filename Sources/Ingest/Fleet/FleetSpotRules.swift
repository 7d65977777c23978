import Model

/// Spot rules are for services that spot may serve, with times and names that can be meant.
func spotRulesCanBeMeant(_ fleet: Fleet) -> [FleetFault] {
  fleet.placedParts.flatMap { path, service -> [FleetFault] in
    guard let rules = service.spot else { return [] }
    let path = path.key("spot")
    guard service.interruptible else {
      return [
        FleetFault(
          path, found: "spot rules of \(service.name), which is not interruptible",
          expected: "none, or interruptible: true")
      ]
    }
    return spans(rules, path) + names(rules.zones, "zone", path.key("zones"))
      + names(rules.types, "type", path.key("types")) + strangers(rules.types ?? [], service, path.key("types"))
  }
}

/// A deadline of nothing would forbid any loss; a day to start an instance is a mistake.
private func spans(_ rules: SpotRules, _ path: DocumentPath) -> [FleetFault] {
  let given = [
    (path.key("deadline"), rules.deadline, Int64(1)...604_800, "from 1s to 168h"),
    (path.key("replacement"), rules.replacement, Int64(0)...86_400, "of at most 24h"),
  ]
  return given.compactMap { path, span, range, words in
    guard let span, !range.contains(span.seconds) else { return nil }
    return FleetFault(path, found: "\(span)", expected: "a duration \(words)")
  }
}

/// A list that is there names something, each once.
private func names(_ names: [String]?, _ what: String, _ path: DocumentPath) -> [FleetFault] {
  guard let names else { return [] }
  guard !names.isEmpty else { return [FleetFault(path, found: "an empty list", expected: "at least one \(what)")] }
  return names.indices.filter { names[..<$0].contains(names[$0]) }.map {
    FleetFault(path.index($0), found: "a second \(what) \"\(names[$0])\"", expected: "each \(what) once")
  }
}

private func strangers(_ types: [String], _ service: Service, _ path: DocumentPath) -> [FleetFault] {
  placed(types, path).filter { !service.instanceTypes.contains($0.value) }.map {
    FleetFault(
      $0.path, found: "\"\($0.value)\"", expected: choice(among: service.instanceTypes, insteadOf: $0.value))
  }
}
