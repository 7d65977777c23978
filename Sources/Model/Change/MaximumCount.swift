/// A service that never runs more instances.
package struct MaximumCount: ServiceCount {
  package var service: String
  package var count: Int

  package init(service: String, count: Int) {
    self.service = service
    self.count = count
  }

  package static let kind = "maximum-count"
  package static let option = ChangeOption(
    "max", valueName: "service=n", help: "Never more instances of a service.",
    expectation: "a service and a whole number from 0 to 1,000, SERVICE=N", example: "worker=8")

  package var words: String { "never more than \(count) instances of \(service)" }

  package func apply(to plan: inout FleetPlan, _ context: some ChangeContext) throws(DataError) -> [PlanNote] {
    let service = try context.service(service)
    guard let type = context.mainType(of: service.name, in: plan) else { return [] }
    let running = runningCounts(plan.runs(of: service.name), on: context.grid)
    guard running.contains(where: { $0 > count }) else { return [] }
    plan.setCounts(running.map { min($0, count) }, of: service.name, on: context.grid, naming: "capped")
    return try context.shortages(of: service, type: type, count: count, in: plan)
  }

  package func terms(on plan: FleetPlan, _ context: some ChangeContext) -> ChangeTerms {
    ChangeTerms(.configuration, ChangeRisk(.medium, .higherPeaks))
  }
}
