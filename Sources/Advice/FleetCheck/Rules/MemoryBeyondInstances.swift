import Model

/// The memory that every user is said to take, times users, against what the stated instances or nodes offer.
struct MemoryBeyondInstances: CheckRule {
  let id = "memory-beyond-instances"
  let about = "The memory that each user is said to take is more than the stated instances or nodes have together."
  let examples: CheckExamples? = CheckExamples(
    contradictory: """
      name: shop
      services: [{ name: cache, approach: cluster, minimum: 3, maximum: 6, engine: redis }]
      claims:
        expected_consumption:
          - service: cache
            memory_mb_per_user: 50
            at: [{ users: 1000, type: cache.m5.xlarge }]
      """,
    consistent: """
      name: shop
      services: [{ name: cache, approach: cluster, minimum: 3, maximum: 6, engine: redis }]
      claims:
        expected_consumption:
          - service: cache
            memory_mb_per_user: 5
            at: [{ users: 1000, type: cache.m5.xlarge }]
      """)

  /// A stated row that does not hold its users' memory.
  private struct Row {
    var stated: StatedCapacity
    var type: String
    var count: Int
    /// What the users take, and what so many instances offer, in GiB.
    var needed, offered: Double
    var arithmetic: String
  }

  func findings(_ facts: CheckFacts) throws(DataError) -> [CheckFinding] {
    try facts.eachService { _, service in
      facts.perUser(service).compactMap { path, claim in
        guard let each = claim.memoryMbPerUser else { return nil }
        let rows = facts.stated(of: service).compactMap { row($0, each, service, facts) }
          .filter { $0.needed > $0.offered * (1 + 1e-9) }
        guard let first = rows.first else { return nil }
        return CheckFinding(
          self, .error, service.name,
          "\(each) MB a user are more than \(first.count) x \(first.type) hold \(first.stated.at)",
          rows.map(\.arithmetic).joined(separator: "; "),
          [CheckedPlace(path.key("memory_mb_per_user"), "\(each) MB a user")]
            + rows.map { CheckedPlace($0.stated.typePath, "\($0.type) \($0.stated.at)") },
          weight: rows.map { $0.needed / max($0.offered, 1e-9) }.max() ?? 1)
      }
    }
  }

  /// nil where the row is words alone, names no count that bounds it, or a type that no book specifies.
  private func row(
    _ stated: StatedCapacity, _ each: ScaledDecimal, _ service: Service, _ facts: CheckFacts
  ) -> Row? {
    let own = stated.count.map { $0.upper } ?? (service.approach == .cluster ? service.nodesAtFirst : nil)
    let type = stated.type ?? service.initialType
    guard stated.type != nil || stated.count != nil, let count = own, let specification = facts.specification(type)
    else { return nil }
    let reserved = service.reservedMemoryPercent ?? 0
    let usable = specification.memoryGiB * Double(100 - reserved) / 100
    let needed = Double(stated.users) * each.double * bytesOfMB / bytesOfGiB
    let share = reserved > 0 ? " x \(100 - reserved) %" : ""
    let arithmetic =
      "\(stated.at) \(grouped(stated.users)) x \(each) MB = \(figureText(needed)) GiB against \(count) x "
      + "\(figureText(specification.memoryGiB)) GiB\(share) = \(figureText(Double(count) * usable)) GiB of \(type)"
    return Row(
      stated: stated, type: type, count: count, needed: needed, offered: Double(count) * usable, arithmetic: arithmetic)
  }
}

/// A megabyte as the document counts, and a gibibyte as types are sold by.
let bytesOfMB = 1e6
let bytesOfGiB = 1_073_741_824.0

extension Service {
  /// The nodes that a cluster begins with, where a row of a table names none.
  fileprivate var nodesAtFirst: Int { cluster?.initialNodes ?? max(1, minimum) }
}
