extension ComponentModel {
  /// What replicas of a database elsewhere carry: what is divided among nodes for a share of the users, and for all of them
  /// what every node has as much of.
  /// - Parameter share: of all users, those that it reads for; above 0 and at most 1.
  package func reading(for share: Double) -> ComponentModel {
    with(
      loads.map { load in
        var load = load
        guard !load.isCopied else { return load }
        load.line.perUser *= share
        for index in load.margins.indices { load.margins[index].above *= share }
        return load
      })
  }

  /// The same with other loads.
  func with(_ loads: [ComponentLoad]) -> ComponentModel {
    ComponentModel(service, loads, types: types, source: source, currentType: currentType, rules)
  }
}
