extension ComponentModel {
  /// What replicas of a database elsewhere carry: what is divided among nodes for a share of the users, and for all of them
  /// what every node has as much of.
  /// - Parameter share: of all users, those that it reads for; above 0 and at most 1.
  package func reading(for share: Double) -> ComponentModel {
    let loads = loads.map { load -> ComponentLoad in
      var load = load
      if !load.isCopied { load.line.perUser *= share }
      return load
    }
    return ComponentModel(service, loads, types: types, source: source, currentType: currentType, rules)
  }
}
