/// A service that never runs fewer instances.
package struct MinimumCount: ServiceCount {
  package var service: String
  package var count: Int

  package init(service: String, count: Int) {
    self.service = service
    self.count = count
  }

  package static let kind = "minimum-count"
  package static let option = ChangeOption(
    "min", valueName: "service=n", help: "Never fewer instances of a service.",
    expectation: "a service and a whole number from 0 to 1,000, SERVICE=N", example: "worker=3")

  package var words: String { "never fewer than \(count) instances of \(service)" }

  package func apply(to plan: inout FleetPlan, _ context: some ChangeContext) throws(DataError) -> [PlanNote] {
    let service = try context.service(service)
    guard let type = context.mainType(of: service.name, in: plan) else { return [] }
    let wanted = runningCounts(plan.runs(of: service.name), on: context.grid).map { max($0, count) }
    plan.setCounts(wanted, of: service.name, on: context.grid, type: type, naming: "added")
    return count > service.maximum
      ? [.countOutsideLimits(service: service.name, count: count, minimum: service.minimum, maximum: service.maximum)]
      : []
  }

  package func terms(on plan: FleetPlan, _ context: some ChangeContext) -> ChangeTerms {
    ChangeTerms(.configuration, ChangeRisk(.low, .reversible))
  }
}
