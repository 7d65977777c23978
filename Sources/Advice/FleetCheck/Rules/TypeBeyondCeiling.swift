import Model

/// The largest type that a service may be scaled up to against the types that the owners' tables need.
struct TypeBeyondCeiling: CheckRule {
  let id = "type-beyond-ceiling"
  let about = "The document needs a larger type at a number of users than the service may be scaled up to."
  let examples: CheckExamples? = CheckExamples(
    contradictory: """
      name: shop
      services: [{ name: data, instance_types: [m5.large, m5.xlarge, m5.2xlarge], database: { maximum_type: m5.xlarge } }]
      claims:
        expected_consumption: [{ service: data, at: [{ users: 10000, type: m5.2xlarge }] }]
      """,
    consistent: """
      name: shop
      services: [{ name: data, instance_types: [m5.large, m5.xlarge, m5.2xlarge], database: { maximum_type: m5.2xlarge } }]
      claims:
        expected_consumption: [{ service: data, at: [{ users: 10000, type: m5.2xlarge }] }]
      """)

  func findings(_ facts: CheckFacts) throws(DataError) -> [CheckFinding] {
    try facts.eachService { path, service in
      facts.stated(of: service).compactMap { row in
        guard let type = row.type else { return nil }
        if !service.instanceTypes.isEmpty, !service.instanceTypes.contains(type) {
          return notListed(type, row, service, path)
        }
        guard let ceiling = service.ceiling, isLarger(type, ceiling, service, facts) else { return nil }
        let key = service.database?.maximumType == nil ? "cluster" : "database"
        return CheckFinding(
          self, .error, service.name, "scaled up to \(ceiling) at most, where \(type) is needed \(row.at)",
          sizes(type, ceiling, facts),
          [CheckedPlace(path.key(key).key("maximum_type"), ceiling), CheckedPlace(row.typePath, "\(type) \(row.at)")],
          weight: ratio(type, ceiling, facts))
      }
    }
  }

  private func notListed(
    _ type: String, _ row: StatedCapacity, _ service: Service, _ path: DocumentPath
  ) -> CheckFinding {
    CheckFinding(
      self, .error, service.name, "\(type) is needed \(row.at) and is none of the types it may run on",
      "the list has \(service.instanceTypes.joined(separator: ", "))",
      [
        CheckedPlace(path.key("instance_types"), service.instanceTypes.joined(separator: ", ")),
        CheckedPlace(row.typePath, "\(type) \(row.at)"),
      ])
  }

  /// By what both offer where a book says so, else by their order in the list, which is smallest first.
  private func isLarger(_ type: String, _ other: String, _ service: Service, _ facts: CheckFacts) -> Bool {
    if let one = facts.specification(type), let two = facts.specification(other) {
      return one.vcpu > two.vcpu || one.memoryMilliGiB > two.memoryMilliGiB
    }
    let places = [type, other].map { service.instanceTypes.firstIndex(of: $0) }
    guard let one = places[0], let two = places[1] else { return false }
    return one > two
  }

  private func sizes(_ type: String, _ ceiling: String, _ facts: CheckFacts) -> String {
    guard let one = facts.specification(type), let two = facts.specification(ceiling) else {
      return "\(type) stands behind \(ceiling) in the list of its types, smallest first"
    }
    return "\(type) has \(one.vcpu) vCPU and \(figureText(one.memoryGiB)) GiB, \(ceiling) \(two.vcpu) and "
      + "\(figureText(two.memoryGiB))"
  }

  private func ratio(_ type: String, _ ceiling: String, _ facts: CheckFacts) -> Double {
    guard let one = facts.specification(type), let two = facts.specification(ceiling), two.memoryMilliGiB > 0 else {
      return 1
    }
    return one.memoryGiB / two.memoryGiB
  }
}
