/// Another number of seats of a service that is paid for by the seat.
package struct SeatCount: PlanChange {
  /// The charge, by its name.
  package var charge: String
  package var seats: Int

  package init(_ charge: String, seats: Int) {
    self.charge = charge
    self.seats = seats
  }

  package static let kind = "seat-count"
  package static let option = ChangeOption(
    "seats", valueName: "charge=n", help: "So many seats in place of those that a charge states.",
    expectation: "a charge of a stated amount and a whole number from 0 to 1,000,000, CHARGE=N",
    example: "GitHub Enterprise seats=30")

  package init?(optionText: String) {
    guard let (charge, value) = assignment(optionText), let seats = Int(value) else { return nil }
    self.init(charge, seats: seats)
  }

  package var optionText: String { "\(charge)=\(seats)" }
  package var services: [String] { [] }
  package var sets: String? { charge }
  package var fault: String? { (0...1_000_000).contains(seats) ? nil : Self.option.expectation }
  package var words: String { "\(grouped(seats)) of \(charge)" }

  package func apply(to plan: inout FleetPlan, _ context: some ChangeContext) throws(DataError) -> [PlanNote] {
    let known = context.fleet.charges.filter { $0.quantity.stated != nil }.map(\.name)
    guard known.contains(charge) else {
      throw DataError(
        Place(file: "what-if"), found: "charge \"\(charge)\"",
        expected: known.isEmpty
          ? "a fleet with a charge of a stated amount" : choice(among: known, insteadOf: charge), kind: .usage)
    }
    plan.tokens.seats[charge] = seats
    return []
  }

  package func terms(on plan: FleetPlan, _ context: some ChangeContext) -> ChangeTerms {
    ChangeTerms(.configuration, ChangeRisk(.low, .reversible))
  }
}
