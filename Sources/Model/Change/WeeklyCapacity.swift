/// Hours of the week in which no more than so many instances of a service run.
package struct WeeklyCapacity: PlanChange {
  package var service: String
  package var capacity: WeekOfCapacity

  package init(service: String, capacity: WeekOfCapacity) {
    self.service = service
    self.capacity = capacity
  }

  package static let kind = "weekly-capacity"
  package static let option = ChangeOption(
    "weekly", valueName: "service=windows",
    help:
      "The most instances of a service by local hour of the week, such as worker=\"Mon-Fri 00:00-06:00 2, else 4\".",
    expectation: "a service and windows, SERVICE=\"Mon-Fri 00:00-06:00 2, Sat+Sun 00:00-24:00 1, else 4\"",
    example: "worker=Mon-Fri 00:00-06:00 2, Sat+Sun 00:00-24:00 1, else 4")

  package init?(optionText: String) {
    guard let (service, value) = assignment(optionText), let capacity = WeekOfCapacity(value) else { return nil }
    self.init(service: service, capacity: capacity)
  }

  package var optionText: String { "\(service)=\(capacity)" }
  package var services: [String] { [service] }
  package var sets: String? { service }
  package var words: String { "\(service) capped by the hour: \(capacity)" }

  package func apply(to plan: inout FleetPlan, _ context: some ChangeContext) throws(DataError) -> [PlanNote] {
    let service = try context.service(service)
    let running = runningCounts(plan.runs(of: service.name), on: context.grid)
    let wanted = running.indices.map { slot in
      min(running[slot], capacity.hours[context.clock.hourOfWeek(at: context.grid.instant(slot))])
    }
    plan.setCounts(wanted, of: service.name, on: context.grid, naming: "capped")
    return []
  }

  package func terms(on plan: FleetPlan, _ context: some ChangeContext) -> ChangeTerms {
    ChangeTerms(.configuration, ChangeRisk(.medium, .higherPeaks))
  }
}
