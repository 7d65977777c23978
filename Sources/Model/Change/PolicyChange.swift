/// A service scaled by other rules than those that it ran by: what they would have made of the plan's demand, minute by
/// minute, is what runs.
package struct PolicyChange: PlanChange {
  package var service: String
  /// `configured`, the name of a policy, or a metric and its target, `cpu_percent:60`.
  package var policy: String

  package static let kind = "scaling-policy"
  package static let option = ChangeOption(
    "policy", valueName: "service=policy",
    help: "A service scaled as its file says (configured), by one of its policies, or to a target of a metric.",
    expectation:
      "a service, and configured, a policy's name, or a metric with its target above 0, SERVICE=cpu_percent:60",
    example: "worker=cpu_percent:60")

  package init?(optionText: String) {
    guard let (service, value) = assignment(optionText) else { return nil }
    self.service = service
    policy = value
  }

  package var optionText: String { "\(service)=\(policy)" }
  package var services: [String] { [service] }
  package var sets: String? { service }
  package var fault: String? { scaling == nil ? Self.option.expectation : nil }
  package var words: String {
    switch scaling {
    case .configured: "\(service) scaled as configured"
    case .target(let metric, let target): "\(service) scaled to \(metric.rawValue) \(target)"
    case .named, nil: "\(service) scaled by \(policy) alone"
    }
  }

  /// What is asked for; nil for a target that is none.
  private var scaling: AskedScaling? {
    if policy == "configured" { return .configured }
    let parts = policy.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2 else { return parts.count == 1 ? .named(policy) : nil }
    let names = [parts[0], "\(parts[0])_percent"]
    guard let metric = names.map(Metric.init(_:)).first(where: \.isKnown) else { return .named(policy) }
    guard let target = ScaledDecimal(parts[1]), target.mantissa > 0, target.double <= 1_000_000_000, target.scale <= 3
    else { return nil }
    return .target(metric, target)
  }

  package func apply(to plan: inout FleetPlan, _ context: some ChangeContext) throws(DataError) -> [PlanNote] {
    let service = try context.service(service)
    let scaled = try context.scaledCounts(of: service, by: scaling ?? .configured, in: plan)
    try scaled.apply(to: &plan, service: service.name, context)
    return [.simulated(service: service.name)]
  }

  package func terms(on plan: FleetPlan, _ context: some ChangeContext) -> ChangeTerms {
    ChangeTerms(.configuration, ChangeRisk(.medium, .higherPeaks))
  }
}

extension ScaledCounts {
  /// As many of a service as are billed one by one.
  private static let mostInstances = 2_000

  /// Runs so many of a service in a plan.
  /// - Throws: ``DataError`` for more than are billed one by one.
  func apply(to plan: inout FleetPlan, service: String, _ context: some ChangeContext) throws(DataError) {
    if let most = counts.max(), most > Self.mostInstances {
      throw DataError(
        Place(file: "what-if", key: service), found: "\(grouped(most)) instances at once",
        expected: "\(grouped(Self.mostInstances)) at most; the fleet file's maximum bounds them", kind: .usage)
    }
    plan.setCounts(counts, of: service, on: grid, type: context.mainType(of: service, in: plan), naming: "scaled")
  }
}
