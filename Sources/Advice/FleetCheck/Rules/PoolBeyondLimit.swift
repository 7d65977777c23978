import Model

/// The connections that pools of all instances may open against those that a database allows.
struct PoolBeyondLimit: CheckRule {
  let id = "pool-beyond-limit"
  let about = "The connection pools of all instances that may run open more connections than a database allows."
  let examples: CheckExamples? = CheckExamples(
    contradictory: """
      name: shop
      services:
        - name: web
          maximum: 12
          limits: [{ metric: pool_connections, value: 50, per_instance: true }]
        - name: data
          limits: [{ metric: connections, value: 500 }]
          database: {}
      """,
    consistent: """
      name: shop
      services:
        - name: web
          maximum: 12
          limits: [{ metric: pool_connections, value: 50, per_instance: true }]
        - name: data
          limits: [{ metric: connections, value: 5000 }]
          database: {}
      """)

  func findings(_ facts: CheckFacts) throws(DataError) -> [CheckFinding] {
    let pools = facts.fleet.placedServices.compactMap { path, service -> (DocumentPath, Service, Limit)? in
      let limits = placed(service.limits, path.key("limits"))
      return limits.first { $0.value.metric == .poolConnections && $0.value.perInstance }
        .map { ($0.path, service, $0.value) }
    }
    guard !pools.isEmpty else { return [] }
    let opened = pools.reduce(0.0) { $0 + Double($1.1.maximum) * Double($1.2.value) }
    return try facts.eachService { path, service in
      guard service.database != nil, let (limitPath, limit) = connections(service, path) else { return [] }
      let allowed = allowed(limit, service, facts)
      guard let allowed, opened > allowed.value else { return [] }
      let sum = pools.map { "\($0.1.maximum) x \($0.2.value)" }.joined(separator: " + ")
      return [
        CheckFinding(
          self, .error, service.name,
          "\(figureText(allowed.value)) connections are allowed, where pools may open \(figureText(opened))",
          "\(sum) = \(figureText(opened)) against \(allowed.words)",
          [CheckedPlace(limitPath.key("value"), "\(limit.value)")]
            + pools.map { CheckedPlace($0.0.key("value"), "\($0.2.value) an instance, \($0.1.maximum) at most") },
          weight: opened / max(allowed.value, 1))
      ]
    }
  }

  private func connections(_ service: Service, _ path: DocumentPath) -> (DocumentPath, Limit)? {
    placed(service.limits, path.key("limits")).first { $0.value.metric == .connections }.map { ($0.path, $0.value) }
  }

  /// What the database allows in all, and how that is reckoned; nil where no book says what memory the limit is by.
  private func allowed(_ limit: Limit, _ service: Service, _ facts: CheckFacts) -> (value: Double, words: String)? {
    if limit.perGib == true {
      guard let memory = facts.specification(service.initialType)?.memoryGiB else { return nil }
      let value = Double(limit.value) * memory
      return (value, "\(limit.value) x \(figureText(memory)) GiB = \(figureText(value))")
    }
    let nodes = limit.perInstance ? max(1, service.minimum) : 1
    let value = Double(limit.value) * Double(nodes)
    return (value, nodes == 1 ? figureText(value) : "\(nodes) x \(limit.value) = \(figureText(value))")
  }
}
