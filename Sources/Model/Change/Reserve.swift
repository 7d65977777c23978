/// Further reservations for a service, held all month.
package struct Reserve: PlanChange {
  package var service: String
  package var count: Int
  package var term: OfferTerm
  /// What is reserved; nil for the type that runs most.
  package var type: String?

  package init(service: String, count: Int, term: OfferTerm, type: String? = nil) {
    self.service = service
    self.count = count
    self.term = term
    self.type = type
  }

  package static let kind = "reserve"
  package static let option = ChangeOption(
    "reserve", valueName: "service=n@offer[:type]", help: "Further reservations for a service.",
    expectation: "a service, a number from 1 to 100,000 and an offer, SERVICE=N@standard-1yr-no-upfront",
    example: "api=4@standard-1yr-no-upfront:t3.medium")

  package init?(optionText: String) {
    guard let (service, value) = assignment(optionText) else { return nil }
    let parts = value.split(separator: "@", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2, let count = Int(parts[0]) else { return nil }
    let offer = parts[1].split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    guard (1...2).contains(offer.count), let term = OfferTerm(offer[0]), offer.last != "" else { return nil }
    self.init(service: service, count: count, term: term, type: offer.count == 2 ? offer[1] : nil)
  }

  package var optionText: String { "\(service)=\(count)@\(term)" + (type.map { ":\($0)" } ?? "") }
  package var services: [String] { [service] }
  package var fault: String? { (1...100_000).contains(count) ? nil : Self.option.expectation }
  package var words: String { "\(count) more \(term) reservations\(type.map { " of \($0)" } ?? "") for \(service)" }

  package func apply(to plan: inout FleetPlan, _ context: some ChangeContext) throws(DataError) -> [PlanNote] {
    let (service, type, price) = try priced(in: plan, context)
    let commitment = Commitment(
      id: plannedID(service.name, "\(term)"), service: service.name, type: type, count: count, term: term,
      started: context.grid.period.start)
    var held = PricedCommitment(commitment: commitment, price: price)
    held.isPlanned = true
    plan.commitments.append(held)
    return []
  }

  package func terms(on plan: FleetPlan, _ context: some ChangeContext) throws(DataError) -> ChangeTerms {
    let (_, type, price) = try priced(in: plan, context)
    func all(_ amount: Money) -> Money { amount.charge(for: Int128(count), per: 1) }
    let signed = SignedCommitment(
      upfront: all(price.upfront), hourly: all(price.hourly), effectiveHourly: all(price.effectiveHourly),
      lastDay: context.lastDay(ofYears: term.years), family: context.cloud.family(of: type))
    return ChangeTerms(.purchase, ChangeRisk(term.years > 1 ? .medium : .low, .paidWhateverRuns), signed: signed)
  }

  /// What is reserved for which service, at the price of the day of the advice.
  private func priced(
    in plan: FleetPlan, _ context: some ChangeContext
  ) throws(DataError) -> (service: Service, type: String, price: ReservedPrice) {
    let service = try context.service(service)
    let type = type ?? context.mainType(of: service.name, in: plan) ?? service.initialType
    let kind = context.kind(type, of: service)
    return (service, type, try context.catalogue.reserved(kind, term, at: context.asOf))
  }
}

/// What a commitment that is only planned is called.
func plannedID(_ service: String, _ offer: String) -> String { "planned-\(service)-\(offer)" }
