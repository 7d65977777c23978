import Model

/// The nodes of a cluster, or of a database and its replicas, against the limits of their service.
struct NodesOutsideLimits: CheckRule {
  let id = "nodes-outside-limits"
  let about =
    "A cluster or a database with its replicas has fewer nodes than its service's minimum, or more than its maximum."
  let examples: CheckExamples? = CheckExamples(
    contradictory: """
      name: shop
      services: [{ name: data, minimum: 1, maximum: 2, database: { replicas: 2 } }]
      """,
    consistent: """
      name: shop
      services: [{ name: data, minimum: 1, maximum: 3, database: { replicas: 2 } }]
      """)

  func findings(_ facts: CheckFacts) throws(DataError) -> [CheckFinding] {
    try facts.eachService { path, service in
      var found: [CheckFinding] = []
      if let database = service.database, database.replicas > 0, database.replicas < 1_000_000 {
        found += outside(
          database.replicas + 1, "a primary and \(database.replicas) replicas",
          path.key("database").key("replicas"), service, path)
      }
      if let cluster = service.cluster {
        let own = path.key("cluster")
        found += outside(cluster.initialNodes, "a cluster to begin with", own.key("initial_nodes"), service, path)
        found += outside(cluster.maximumNodes, "the largest cluster", own.key("maximum_nodes"), service, path)
      }
      return found
    }
  }

  private func outside(
    _ nodes: Int, _ what: String, _ place: DocumentPath, _ service: Service, _ path: DocumentPath
  ) -> [CheckFinding] {
    guard nodes < service.minimum || nodes > service.maximum else { return [] }
    let isTooMany = nodes > service.maximum
    let (bound, key) = isTooMany ? (service.maximum, "maximum") : (service.minimum, "minimum")
    return [
      CheckFinding(
        self, .error, service.name,
        "\(nodes) nodes are \(what), where \(bound) is the \(isTooMany ? "most" : "fewest")",
        "\(max(nodes, bound)) - \(min(nodes, bound)) = \(abs(nodes - bound)) too \(isTooMany ? "many" : "few")",
        [CheckedPlace(place, "\(nodes) nodes"), CheckedPlace(path.key(key), "\(bound)")],
        weight: Double(max(nodes, bound)) / Double(max(1, min(nodes, bound))))
    ]
  }
}
