/// A service on another instance type.
package struct Resize: PlanChange {
  /// How many instances run on it.
  package enum Count: Hashable, Sendable {
    /// As many as ran.
    case kept
    /// So many wherever any ran: the nodes of a cluster.
    case nodes(Int)
    /// As many, in proportion, as an autoscaler would have run of it beside what ran: what was short of that or beyond
    /// it stays so. Where two or more ran, no fewer than the minimum do.
    case replayed
  }
  package var service: String
  package var type: String
  package var count: Count

  package init(service: String, type: String, count: Count = .kept) {
    self.service = service
    self.type = type
    self.count = count
  }

  package static let kind = "resize"
  package static let option = ChangeOption(
    "instance", valueName: "service=type[:count]",
    help: "A service on another instance type: as many as ran, so many nodes, or as many as autoscaling would run.",
    expectation: "a service and a type, SERVICE=TYPE, SERVICE=TYPE:N or SERVICE=TYPE:replayed",
    example: "api=t3.large:replayed")

  package init?(optionText text: String) {
    guard let (service, value) = assignment(text) else { return nil }
    let parts = value.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    guard (1...2).contains(parts.count), !parts[0].isEmpty else { return nil }
    guard let count = parts.count == 1 ? .kept : Count(parts[1]) else { return nil }
    self.init(service: service, type: parts[0], count: count)
  }

  package var optionText: String { "\(service)=\(type)" + (count == .kept ? "" : ":\(count)") }
  package var services: [String] { [service] }
  package var sets: String? { service }
  package var fault: String? {
    if case .nodes(let nodes) = count, !(1...1000).contains(nodes) { return "1 to 1,000 nodes" }
    return nil
  }

  package var words: String {
    switch count {
    case .kept: "\(service) on \(type)"
    case .nodes(let nodes): "\(service) on \(nodes) x \(type)"
    case .replayed: "\(service) on \(type), as many as autoscaling runs of it"
    }
  }

  package func apply(to plan: inout FleetPlan, _ context: some ChangeContext) throws(DataError) -> [PlanNote] {
    let service = try context.service(service)
    let runs = plan.runs(of: service.name)
    _ = try context.catalogue.specification(type)
    let running = runningCounts(runs, on: context.grid)
    switch count {
    case .kept: break
    case .nodes(let nodes):
      plan.setCounts(running.map { $0 == 0 ? 0 : nodes }, of: service.name, on: context.grid, naming: "added")
    case .replayed:
      let replayed = try context.replayedCounts(of: service, on: type, in: plan)
      let wanted = running.indices.map { slot in
        let (old, new) = (max(1, replayed.own[slot]), replayed.other[slot])
        return max(min(running[slot], replayed.minimum), (running[slot] * new + old - 1) / old)
      }
      plan.setCounts(wanted, of: service.name, on: context.grid, naming: "resized")
    }
    guard plan.runs(of: service.name).contains(where: { $0.type != type }) else { return [] }
    plan.setType(type, of: service.name)
    guard count != .replayed else { return [] }
    let shortfalls = try context.shortfalls(of: type, for: service)
    return shortfalls.isEmpty ? [] : [.tooSmall(service: service.name, type: type, shortfalls: shortfalls)]
  }

  package func terms(on plan: FleetPlan, _ context: some ChangeContext) throws(DataError) -> ChangeTerms {
    let service = try context.service(service)
    let holdsData = service.approach == .vertical
    let own = context.mainType(of: service.name, in: plan) ?? service.initialType
    let migration = MigrationEffort(
      from: try context.catalogue.specification(own), to: try context.catalogue.specification(type),
      in: context.cloud)
    switch migration {
    case .none where !holdsData: return ChangeTerms(.rollingReplacement, ChangeRisk(.low, .reversible))
    case .none: return ChangeTerms(.restart, ChangeRisk(.medium, .restartOfData))
    case .otherFamily:
      return ChangeTerms(holdsData ? .restart : .rollingReplacement, ChangeRisk(.medium, .otherHardware))
    case .otherArchitecture: return ChangeTerms(.rebuild, ChangeRisk(.high, .otherHardware))
    }
  }
}

extension Resize.Count: LosslessStringConvertible, Codable {
  /// `kept`, `replayed`, or a number of nodes.
  package init?(_ text: String) {
    switch text {
    case "kept": self = .kept
    case "replayed": self = .replayed
    default:
      guard let nodes = Int(text) else { return nil }
      self = .nodes(nodes)
    }
  }

  package var description: String {
    switch self {
    case .kept: "kept"
    case .nodes(let nodes): "\(nodes)"
    case .replayed: "replayed"
    }
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let nodes = try? container.decode(Int.self) {
      self = .nodes(nodes)
    } else if let count = Self(try container.decode(String.self)) {
      self = count
    } else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "kept, replayed or a number of nodes")
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    if case .nodes(let nodes) = self { try container.encode(nodes) } else { try container.encode(description) }
  }
}
