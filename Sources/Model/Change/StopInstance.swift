/// An instance that runs no more.
package struct StopInstance: PlanChange {
  package var service: String
  package var resource: String
  /// From when on; nil for the whole period.
  package var from: Instant?

  package init(service: String, resource: String, from: Instant? = nil) {
    self.service = service
    self.resource = resource
    self.from = from
  }

  package static let kind = "stop-instance"
  package static let option = ChangeOption(
    "stop", valueName: "service/resource[@moment]", help: "An instance stopped, from a moment on or all month.",
    expectation: "a service and a resource, SERVICE/RESOURCE or SERVICE/RESOURCE@2026-10-19T10:15:00Z",
    example: "worker/i-0d17ecf5b2f89dcf5@2026-10-19T14:15:00Z")

  package init?(optionText text: String) {
    let parts = text.split(separator: "@", omittingEmptySubsequences: false).map(String.init)
    guard (1...2).contains(parts.count), let slash = parts[0].firstIndex(of: "/") else { return nil }
    service = String(parts[0][..<slash])
    resource = String(parts[0][parts[0].index(after: slash)...])
    guard !service.isEmpty, !resource.isEmpty else { return nil }
    guard parts.count == 2 else { return }
    guard let from = Instant(parts[1]) else { return nil }
    self.from = from
  }

  package var optionText: String { "\(service)/\(resource)" + (from.map { "@\($0)" } ?? "") }
  package var services: [String] { [service] }
  package var sets: String? { "\(service)/\(resource)" }
  package var words: String { "\(resource) of \(service) stopped" + (from.map { " from \($0) on" } ?? "") }

  package func apply(to plan: inout FleetPlan, _ context: some ChangeContext) throws(DataError) -> [PlanNote] {
    let name = try context.service(service).name
    guard plan.stop(resource, of: name, from: from ?? context.grid.period.start) else {
      throw DataError(
        Place(file: "what-if"), found: "\"\(resource)\"", expected: "an instance of \(service) that runs", kind: .usage)
    }
    return []
  }

  package func terms(on plan: FleetPlan, _ context: some ChangeContext) -> ChangeTerms {
    var terms = ChangeTerms(.configuration, ChangeRisk(.medium, .mayStillServe))
    let period = context.grid.period
    let seconds = period.end.seconds - max(from ?? period.start, period.start).seconds
    if seconds > 0 { terms.activeShare = Double(seconds) / Double(period.seconds) }
    return terms
  }
}
