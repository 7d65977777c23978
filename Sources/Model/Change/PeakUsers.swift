/// Another number of concurrent users at the month's peak; demand follows in proportion, and instances by the rules that
/// advice sizes by.
package struct PeakUsers: PlanChange {
  package var users: Int

  package init(_ users: Int) { self.users = users }

  package static let kind = "peak-users"
  package static let option = ChangeOption(
    "users", valueName: "n", help: "Concurrent users at the month's peak; demand and instances follow.",
    expectation: "a whole number from 1 to 250,000", example: "5000")

  package init?(optionText: String) {
    guard let users = Int(optionText) else { return nil }
    self.init(users)
  }

  package var optionText: String { "\(users)" }
  package var services: [String] { [] }
  package var sets: String? { "" }
  package var fault: String? { (1...250_000).contains(users) ? nil : Self.option.expectation }
  package var words: String { "\(grouped(users)) concurrent users at the month's peak" }

  package func apply(to plan: inout FleetPlan, _ context: some ChangeContext) throws(DataError) -> [PlanNote] {
    let factor = DemandFactor(Int64(users), Int64(try context.peakUsers()))
    return try context.fit(&plan, to: Demand(factor))
  }

  package func terms(on plan: FleetPlan, _ context: some ChangeContext) -> ChangeTerms {
    ChangeTerms(.configuration, ChangeRisk(.low, .reversible))
  }
}
