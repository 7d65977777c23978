import Model

/// Which defaults of the fleet file decided something.
struct DefaultsUsed {
  private let fleet: Fleet
  /// What the file says of each service, by name; none of a service that is one word.
  private let services: [String: DocumentNode]
  private let shared: DocumentNode?

  init(_ fleet: Fleet) {
    self.fleet = fleet
    shared = fleet.document?[key: "defaults"]
    let elements = fleet.document?[key: "services"]?.elements ?? []
    services = Dictionary(elements.compactMap { node in node[key: "name"]?.text.map { ($0, node) } }) { first, _ in
      first
    }
  }

  /// Those that a step of advice on a service goes by and that nobody said, in the order of the reference; none for a fleet
  /// that was not read from a file.
  func deciding(_ step: AdviceStep, _ service: Service) -> [DefaultUsed] {
    guard let document = fleet.document else { return [] }
    return of(step.serviceKeys, of: service.node, said: [services[service.name], shared], at: "")
      + of(step.reviewKeys, of: fleet.review.node, said: [document[key: "review"]], at: "review.")
      + of(step.purchaseKeys, of: fleet.purchase.node, said: [document[key: "purchase"]], at: "purchase.")
      + (step == .rightsize && services[service.name]?[key: "approach"] == nil && shared?[key: "approach"] == nil
        ? [DefaultUsed(key: "approach", value: service.approach.rawValue)] : [])
  }

  private func of(_ keys: [String], of part: @autoclosure () -> DocumentNode?, said: [DocumentNode?], at path: String)
    -> [DefaultUsed]
  {
    let unsaid = keys.filter { key in !said.contains { $0?[key: key] != nil } }
    guard !unsaid.isEmpty, let part = part() else { return [] }
    return unsaid.compactMap { key in
      guard let value = part[key: key] else { return nil }
      let text = value.text ?? value.elements.compactMap(\.text).joined(separator: ", ")
      return DefaultUsed(key: path + key, value: text)
    }
  }
}

extension AdviceStep {
  fileprivate var serviceKeys: [String] { self == .rightsize ? ["engine"] : [] }

  fileprivate var reviewKeys: [String] {
    switch self {
    case .rightsize:
      [
        "required_coverage_percent", "minimum_hours", "percentile", "cpu_headroom_percent", "memory_headroom_percent",
      ]
    case .schedule: ["required_coverage_percent", "minimum_weeks", "cpu_headroom_percent", "memory_headroom_percent"]
    default: []
    }
  }

  fileprivate var purchaseKeys: [String] { self == .mix ? ["offers"] : [] }
}
