/// Further reservations, for the account or for a service, held all month.
package struct Reserve: PlanChange {
  /// The service that they are bought for; nil for none in particular. They cover what they can of any.
  package var service: String?
  package var count: Int
  package var term: OfferTerm
  /// What is reserved; nil for the type that runs most of the service.
  package var type: String?
  /// Where, and what runs on it, of what is bought for no service; nil for the fleet's region and what mostly runs on the
  /// type.
  package var region, engine: String?

  package init(service: String, count: Int, term: OfferTerm, type: String? = nil) {
    self.service = service
    self.count = count
    self.term = term
    self.type = type
  }

  /// So many of a kind for the account.
  package init(_ count: Int, _ term: OfferTerm, of kind: InstanceKind) {
    self.count = count
    self.term = term
    type = kind.type
    region = kind.region
    engine = kind.engine
  }

  package static let kind = "reserve"
  package static let option = ChangeOption(
    "reserve", valueName: "[service=]n@offer[:type]", help: "Further reservations, for a service or for the account.",
    expectation:
      "a service, a number from 1 to 100,000 and an offer, SERVICE=N@standard-1yr-no-upfront; for the account a type in place of the service, N@standard-1yr-no-upfront:m5.large",
    example: "api=4@standard-1yr-no-upfront:t3.medium")

  package init?(optionText: String) {
    let named = assignment(optionText)
    guard named != nil || !optionText.contains("=") else { return nil }
    let parts = (named?.value ?? optionText).split(separator: "@", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2, let count = Int(parts[0]) else { return nil }
    let offer = parts[1].split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    guard (named == nil ? 2...2 : 1...2).contains(offer.count), let term = OfferTerm(offer[0]), offer.last != "" else {
      return nil
    }
    self.count = count
    self.term = term
    service = named?.name
    type = offer.count == 2 ? offer[1] : nil
  }

  package var optionText: String {
    (service.map { "\($0)=" } ?? "") + "\(count)@\(term)" + (type.map { ":\($0)" } ?? "")
  }
  package var services: [String] { service.map { [$0] } ?? [] }
  package var fault: String? {
    (1...100_000).contains(count) && (service != nil || type != nil) ? nil : Self.option.expectation
  }
  package var words: String {
    "\(count) more \(term) reservations\(type.map { " of \($0)" } ?? "")" + (service.map { " for \($0)" } ?? "")
  }

  package func apply(to plan: inout FleetPlan, _ context: some ChangeContext) throws(DataError) -> [PlanNote] {
    let price = try price(in: plan, context)
    var commitment = Commitment(
      id: plannedID(service ?? price.kind.type, "\(term)"), service: service ?? Commitment.unassigned,
      type: price.kind.type, count: count, term: term, started: context.grid.period.start)
    if service == nil { (commitment.region, commitment.engine) = (price.kind.region, price.kind.engine) }
    var held = PricedCommitment(commitment: commitment, price: price)
    held.isPlanned = true
    plan.commitments.append(held)
    return []
  }

  package func terms(on plan: FleetPlan, _ context: some ChangeContext) throws(DataError) -> ChangeTerms {
    let price = try price(in: plan, context)
    func all(_ amount: Money) -> Money { amount.charge(for: Int128(count), per: 1) }
    let signed = SignedCommitment(
      upfront: all(price.upfront), hourly: all(price.hourly), effectiveHourly: all(price.effectiveHourly),
      lastDay: context.lastDay(ofYears: term.years), family: context.cloud.family(of: price.kind.type))
    return ChangeTerms(.purchase, ChangeRisk(term.years > 1 ? .medium : .low, .paidWhateverRuns), signed: signed)
  }

  /// The price of the day of the advice of what is reserved.
  private func price(in plan: FleetPlan, _ context: some ChangeContext) throws(DataError) -> ReservedPrice {
    try context.catalogue.reserved(try reservedKind(in: plan, context), term, at: context.asOf)
  }

  /// What is reserved, and where.
  package func reservedKind(in plan: FleetPlan, _ context: some ChangeContext) throws(DataError) -> InstanceKind {
    var kind: InstanceKind
    if let service {
      let service = try context.service(service)
      let type = type ?? context.mainType(of: service.name, in: plan) ?? service.initialType
      kind = context.kind(type, of: service)
      kind.region = plan.newRegion(of: service.name) ?? kind.region
    } else {
      let type = type ?? ""
      kind = InstanceKind(
        region: region ?? context.fleet.region, type: type, engine: engine ?? context.cloud.usualEngine(of: type))
    }
    return kind
  }
}

/// What a commitment that is only planned is called.
func plannedID(_ service: String, _ offer: String) -> String { "planned-\(service)-\(offer)" }
