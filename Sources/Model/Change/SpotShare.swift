/// Spot capacity for a service: as much as the loss of a pool leaves enough of, of what no commitment speaks for.
package struct SpotShare: PlanChange {
  package var service: String
  /// The most of what runs, in percent, that may be spot at any time.
  package var maximumPercent: Int

  package init(service: String, maximumPercent: Int) {
    self.service = service
    self.maximumPercent = maximumPercent
  }

  package static let kind = "spot-share"
  package static let option = ChangeOption(
    "spot", valueName: "service=percent", help: "At most so many percent of a service as spot.",
    expectation: "a service that may be interrupted and a percentage from 0 to 100, SERVICE=PERCENT",
    example: "worker=50")

  package init?(optionText: String) {
    guard let (service, value) = assignment(optionText) else { return nil }
    guard let percent = Int(value.hasSuffix("%") ? String(value.dropLast()) : value) else { return nil }
    self.init(service: service, maximumPercent: percent)
  }

  package var optionText: String { "\(service)=\(maximumPercent)" }
  package var services: [String] { [service] }
  package var sets: String? { service }
  package var fault: String? { (0...100).contains(maximumPercent) ? nil : Self.option.expectation }
  package var words: String { "up to \(maximumPercent) % of \(service) as spot" }

  package func apply(to plan: inout FleetPlan, _ context: some ChangeContext) throws(DataError) -> [PlanNote] {
    let service = try context.service(service)
    let counts = try context.spotCounts(of: service, percent: maximumPercent, in: plan)
    if counts.contains(where: { $0 > 0 }) { plan.setSpot(counts, of: service.name, on: context.grid) }
    return []
  }

  package func terms(on plan: FleetPlan, _ context: some ChangeContext) -> ChangeTerms {
    ChangeTerms(.configuration, ChangeRisk(.medium, .interruptions))
  }
}
