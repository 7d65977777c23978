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
    return []
  }

  package func terms(on plan: FleetPlan, _ context: some ChangeContext) -> ChangeTerms {
    ChangeTerms(.configuration, ChangeRisk(.high, .mayStillServe))
  }
}
