/// A service that is given up: its instances, and what is charged under its name. What is committed to is paid on.
package struct DropService: PlanChange {
  package var service: String

  package static let kind = "drop-service"
  package static let option = ChangeOption(
    "drop-service", valueName: "service", help: "A service that is given up: its instances and its charges.",
    expectation: "a service of the fleet or one that is charged", example: "worker")

  package init?(optionText: String) {
    service = optionText
  }

  package var optionText: String { service }
  package var services: [String] { [] }
  package var sets: String? { service }
  package var fault: String? {
    service.contains { $0.isLetter || $0.isNumber } && !service.contains("=") ? nil : Self.option.expectation
  }
  package var words: String { "\(service) given up" }

  package func apply(to plan: inout FleetPlan, _ context: some ChangeContext) throws(DataError) -> [PlanNote] {
    let names = (context.fleet.services.map(\.name) + context.fleet.charges.map(\.service)).eachOnce()
    guard names.contains(service) else {
      throw DataError(
        Place(file: "what-if"), found: "service \"\(service)\"", expected: choice(among: names, insteadOf: service),
        kind: .usage)
    }
    plan.setRuns([], of: service)
    plan.droppedServices.insert(service)
    return stillCharged(in: plan, context)
  }

  /// What is charged for work of the kind that was its own and that no service that is left does.
  private func stillCharged(in plan: FleetPlan, _ context: some ChangeContext) -> [PlanNote] {
    let left = context.fleet.services.filter { $0.name != service && !plan.droppedServices.contains($0.name) }
    guard let driver = context.fleet.service(service)?.driver, driver != .shared, driver != .users,
      !left.contains(where: { $0.driver == driver })
    else { return [] }
    let charges = context.fleet.charges.filter {
      $0.driver == driver && $0.service != service && !plan.droppedServices.contains($0.service)
    }
    guard !charges.isEmpty else { return [] }
    return [
      .stillCharged(
        service: service, driver: driver.fileText, charges: charges.map(\.name), of: charges.map(\.service).eachOnce())
    ]
  }

  package func terms(on plan: FleetPlan, _ context: some ChangeContext) -> ChangeTerms {
    ChangeTerms(.configuration, ChangeRisk(.high, .mayStillServe))
  }
}
