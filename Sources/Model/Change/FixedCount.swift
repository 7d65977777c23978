/// A fixed number of instances of a service, all month.
package struct FixedCount: ServiceCount {
  package var service: String
  package var count: Int

  package init(service: String, count: Int) {
    self.service = service
    self.count = count
  }

  package static let kind = "fixed-count"
  package static let option = ChangeOption(
    "count", valueName: "service=n", help: "A fixed number of instances of a service.",
    expectation: "a service and a whole number from 0 to 1,000, SERVICE=N", example: "worker=6")

  package var words: String { "\(count) instances of \(service) all month" }

  package func apply(to plan: inout FleetPlan, _ context: some ChangeContext) throws(DataError) -> [PlanNote] {
    let service = try context.service(service)
    guard let first = plan.runs(of: service.name).first else { return [] }
    var notes: [PlanNote] = []
    if count < service.minimum || count > service.maximum {
      notes.append(
        .countOutsideLimits(
          service: service.name, count: count, minimum: service.minimum, maximum: service.maximum))
    }
    let wanted = [Int](repeating: count, count: context.grid.count)
    guard wanted != runningCounts(plan.runs(of: service.name), on: context.grid) else { return notes }
    let type = context.mainType(of: service.name, in: plan) ?? first.type
    notes += try context.shortages(of: service, type: type, count: count, in: plan)
    plan.setCounts(wanted, of: service.name, on: context.grid, type: type, naming: "counted")
    return notes
  }

  package func terms(on plan: FleetPlan, _ context: some ChangeContext) -> ChangeTerms {
    ChangeTerms(.configuration, ChangeRisk(.medium, .higherPeaks))
  }
}
