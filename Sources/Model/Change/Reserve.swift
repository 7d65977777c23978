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
  /// Whose it is; nil where accounts share, and for the account that runs most of its service.
  package var account: String?

  package init(service: String, count: Int, term: OfferTerm, type: String? = nil) {
    self.service = service
    self.count = count
    self.term = term
    self.type = type
  }

  /// So many of a kind for the account, or for one of several that share nothing.
  package init(_ count: Int, _ term: OfferTerm, of kind: InstanceKind, in account: String? = nil) {
    self.account = account
    self.count = count
    self.term = term
    type = kind.type
    region = kind.region
    engine = kind.engine
  }

  package static let kind = "reserve"
  package static let option = ChangeOption(
    "reserve", valueName: "[service=]n@offer[:type[:account]]",
    help: "Further reservations, for a service or for the account.",
    expectation:
      "a service, a number from 1 to 100,000 and an offer, SERVICE=N@standard-1yr-no-upfront; for the account a type in place of the service, N@standard-1yr-no-upfront:m5.large; behind the type an account, where accounts share nothing",
    example: "api=4@standard-1yr-no-upfront:t3.medium")

  package init?(optionText: String) {
    let named = assignment(optionText)
    guard named != nil || !optionText.contains("=") else { return nil }
    let parts = (named?.value ?? optionText).split(separator: "@", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2, let count = Int(parts[0]) else { return nil }
    let offer = parts[1].split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    guard (named == nil ? 2...3 : 1...3).contains(offer.count), let term = OfferTerm(offer[0]), !offer.contains("")
    else {
      return nil
    }
    self.count = count
    self.term = term
    service = named?.name
    type = offer.count > 1 ? offer[1] : nil
    account = offer.count > 2 ? offer[2] : nil
  }

  package var optionText: String {
    let behind = [type, type == nil ? nil : account].compactMap { $0 }.map { ":\($0)" }.joined()
    return (service.map { "\($0)=" } ?? "") + "\(count)@\(term)" + behind
  }
  package var services: [String] { service.map { [$0] } ?? [] }
  package var fault: String? {
    (1...100_000).contains(count) && (service != nil || type != nil) ? nil : Self.option.expectation
  }
  package var words: String {
    "\(count) more \(term) reservation\(count == 1 ? "" : "s")\(type.map { " of \($0)" } ?? "")"
      + (service.map { " for \($0)" } ?? "")
      + (account.map { " in account \($0)" } ?? "")
  }

  package func apply(to plan: inout FleetPlan, _ context: some ChangeContext) throws(DataError) -> [PlanNote] {
    let price = try price(in: plan, context)
    var commitment = Commitment(
      id: plannedID(service ?? price.kind.type, "\(term)"), service: service ?? Commitment.unassigned,
      type: price.kind.type, count: count, term: term, started: context.grid.period.start)
    if service == nil { (commitment.region, commitment.engine) = (price.kind.region, price.kind.engine) }
    commitment.account = try plan.buyer(account, service, Self.option, context)
    if let account = commitment.account { commitment.id += "-\(account)" }
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

extension FleetPlan {
  /// Whose a purchase is where accounts share nothing: the account that is said, or else that runs most of its service; nil
  /// where they share.
  /// - Throws: ``DataError`` where nothing says it.
  func buyer(
    _ account: String?, _ service: String?, _ option: ChangeOption, _ context: some ChangeContext
  ) throws(DataError) -> String? {
    guard !context.fleet.purchase.sharedBetweenAccounts else { return nil }
    if let account { return account }
    let seconds = service.map { runs(of: $0).seconds(in: context.grid.period) { $0.account ?? "" } } ?? []
    if let most = seconds.first?.word, !most.isEmpty { return most }
    throw DataError(
      Place(parameter: Parameter(option.name)), found: "no account",
      expected:
        "the account that buys, for accounts share no commitments (fleet file: purchase: shared_between_accounts)",
      kind: .usage)
  }
}

/// What a commitment that is only planned is called.
func plannedID(_ service: String, _ offer: String) -> String { "planned-\(service)-\(offer)" }
