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
  /// The one instance that moves; nil for all of the service.
  package var resource: String?
  package var type: String
  package var count: Count

  package init(service: String, resource: String? = nil, type: String, count: Count = .kept) {
    self.service = service
    self.resource = resource
    self.type = type
    self.count = count
  }

  package static let kind = "resize"
  package static let option = ChangeOption(
    "instance", valueName: "service=type[:count]",
    help:
      "A service, or one instance of it (service/name), on another instance type: as many as ran, so many nodes, or "
      + "as many as autoscaling would run.",
    expectation: "a service and a type, SERVICE=TYPE, SERVICE/NAME=TYPE, SERVICE=TYPE:N or SERVICE=TYPE:replayed",
    example: "api=t3.large:replayed")

  package init?(optionText text: String) {
    guard let (service, value) = assignment(text) else { return nil }
    let parts = value.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    guard (1...2).contains(parts.count), !parts[0].isEmpty else { return nil }
    guard let count = parts.count == 1 ? .kept : Count(parts[1]) else { return nil }
    let names = service.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    guard !names.contains("") else { return nil }
    self.init(service: names[0], resource: names.count > 1 ? names[1] : nil, type: parts[0], count: count)
  }

  private var subject: String { resource.map { "\(service)/\($0)" } ?? service }
  package var optionText: String { "\(subject)=\(type)" + (count == .kept ? "" : ":\(count)") }
  package var services: [String] { [service] }
  package var sets: String? { subject }
  package var fault: String? {
    if resource != nil, count != .kept { return "no count beside the name of one instance" }
    if case .nodes(let nodes) = count, !(1...1000).contains(nodes) { return "1 to 1,000 nodes" }
    return nil
  }

  package var words: String {
    switch count {
    case .kept: "\(subject) on \(type)"
    case .nodes(let nodes): "\(service) on \(nodes) x \(type)"
    case .replayed: "\(service) on \(type), as many as autoscaling runs of it"
    }
  }

  package func apply(to plan: inout FleetPlan, _ context: some ChangeContext) throws(DataError) -> [PlanNote] {
    let service = try known(in: plan, context).unit(resource)
    let runs = plan.runs(of: service.name)
    if context.catalogue.onDemandIfKnown(context.kind(type, of: service), at: context.asOf) == nil {
      _ = try context.catalogue.specification(type)
    }
    if let resource, !runs.contains(where: { $0.resource == resource && $0.overlap(with: context.grid.period) != nil })
    {
      throw DataError(
        Place(file: "what-if", key: service.name), found: "instance \"\(resource)\"",
        expected: choice(among: Set(runs.map(\.resource)).sorted(), insteadOf: resource), kind: .usage)
    }
    let running = runningCounts(runs, on: context.grid)
    var notes: [PlanNote] = []
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
      let own = context.mainType(of: service, in: plan) ?? service.initialType
      plan.setCounts(wanted, of: service.name, on: context.grid, naming: "resized")
      let term = ReplayedResize(
        own: CountSpan(replayed.own, of: own), other: CountSpan(replayed.other, of: type),
        ran: CountSpan(running, of: own), billed: CountSpan(wanted, of: type))
      notes = [.replayed(service: service.name, term)]
    }
    guard plan.runs(of: service).contains(where: { $0.type != type }) else { return notes }
    plan.setType(type, of: service)
    guard count != .replayed else { return notes }
    if let unknown = unspecified(runs, service, context) {
      return [.unspecified(service: service.subject, type: unknown)]
    }
    let shortfalls = try context.shortfalls(of: type, for: service, in: plan)
    return shortfalls.isEmpty ? [] : [.tooSmall(service: service.subject, type: type, shortfalls: shortfalls)]
  }

  /// A type of which the book does not say what it offers: of what is asked for and what ran; nil where it says all.
  private func unspecified(_ runs: [InstanceRun], _ service: Service, _ context: some ChangeContext) -> String? {
    let ran = runs.filter { service.resource == nil || service.resource == $0.resource }
    return ([type] + Set(ran.map(\.type)).sorted()).first { context.catalogue.specificationIfKnown($0) == nil }
  }

  /// The service, or an error that says how an instance is named where it is one.
  private func known(in plan: FleetPlan, _ context: some ChangeContext) throws(DataError) -> Service {
    do throws(DataError) {
      return try context.service(service)
    } catch {
      let meant = plan.services.filter { name in
        plan.runs(of: name).contains { $0.resource == service && $0.overlap(with: context.grid.period) != nil }
      }
      guard resource == nil, !meant.isEmpty else { throw error }
      let names = meant.map { "\($0)/\(service)" }.joined(separator: " or ")
      var error = error
      error.expected = "a service of the fleet, or an instance behind its service; did you mean \(names)?"
      throw error
    }
  }

  package func terms(on plan: FleetPlan, _ context: some ChangeContext) throws(DataError) -> ChangeTerms {
    let service = try context.service(service)
    let holdsData = service.approach != .group
    let unit = service.unit(resource)
    let own = context.mainType(of: unit, in: plan) ?? service.initialType
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
