/// Actions that set a service's capacity at recurring times.
package struct ScheduledCapacity: PlanChange {
  package var service: String
  package var actions: [CapacityAction]

  package init(service: String, actions: [CapacityAction]) {
    self.service = service
    self.actions = actions
  }

  package static let kind = "scheduled-capacity"
  package static let option = ChangeOption(
    "schedule", valueName: "service=actions",
    help:
      "Recurring actions on a service's capacity: cron fields, minimum/desired/maximum and a zone, with ; between them.",
    expectation:
      "a service and actions, SERVICE=\"0 1 * * * 2/2/8 America/New_York; 0 10 * * * 4/4/8 America/New_York\"",
    example: "websocket=0 1 * * * 2/2/8 America/New_York; 0 10 * * MON-FRI 4/4/8 America/New_York")

  package init?(optionText: String) {
    guard let (service, value) = assignment(optionText) else { return nil }
    let actions = value.split(separator: ";").map { CapacityAction(optionText: $0) }
    guard !actions.isEmpty, actions.allSatisfy({ $0 != nil }) else { return nil }
    self.init(service: service, actions: actions.compactMap(\.self))
  }

  package var optionText: String { "\(service)=\(actions.map(\.optionText).joined(separator: "; "))" }
  package var services: [String] { [service] }
  package var sets: String? { service }
  package var fault: String? {
    if actions.count > Self.mostActions { return "\(Self.mostActions) actions of a service at most" }
    if let never = actions.first(where: { CronSchedule($0.recurrence)?.everStrikes == false }) {
      return "days that the months have: \(never.recurrence) never comes"
    }
    return !actions.isEmpty && actions.allSatisfy(\.isSound) ? nil : Self.option.expectation
  }
  /// As many as a scaling group may have ("Quotas for Amazon EC2 Auto Scaling").
  private static let mostActions = 125
  package var words: String { "\(service) by the clock: \(actions.map(\.optionText).joined(separator: "; "))" }

  package func apply(to plan: inout FleetPlan, _ context: some ChangeContext) throws(DataError) -> [PlanNote] {
    let service = try context.service(service)
    let running = runningCounts(plan.runs(of: service.name), on: context.grid)
    let wanted = CapacityAction.counts(actions, from: running, on: context.grid)
    plan.setCounts(
      wanted, of: service.name, on: context.grid, type: context.mainType(of: service.name, in: plan),
      naming: "scheduled")
    plan.recurring[service.name] = actions
    return []
  }

  package func terms(on plan: FleetPlan, _ context: some ChangeContext) -> ChangeTerms {
    let running = runningCounts(plan.runs(of: service), on: context.grid)
    let lowers = zip(CapacityAction.counts(actions, from: running, on: context.grid), running).contains { $0 < $1 }
    return ChangeTerms(.configuration, lowers ? ChangeRisk(.medium, .higherPeaks) : ChangeRisk(.low, .reversible))
  }
}
