import Advice
import Analysis
import Model

/// What a study rests on: a fleet, its prices, and what was measured.
package struct StudyInputs: Sendable {
  package var fleet: Fleet
  package var catalogue: Catalogue
  package var history: History
  package var inventory: [InstanceRun]
  package var commitments: [Commitment]
  package var savingsPlans: [HeldSavingsPlan]
  /// What the month before is billed by.
  package var before = FleetBefore.same
  /// All that was measured up to the month's end, for what learns on as much as there is; nil for ``history``.
  package var record: History?
  /// Tokens that were measured and that nothing is charged for: their models are none of the price book.
  package var unchargedTokens: [SeriesKey] = []
  /// True where a month is billed without what has no price, which every answer then names; false where that is an error.
  package var allowsUnpriced = false

  package init(
    fleet: Fleet, catalogue: Catalogue, history: History, inventory: [InstanceRun],
    commitments: [Commitment], savingsPlans: [HeldSavingsPlan] = []
  ) {
    self.fleet = fleet
    self.catalogue = catalogue
    self.history = history
    self.inventory = inventory
    self.commitments = commitments
    self.savingsPlans = savingsPlans
  }
}

/// The fleet file that was in force on the last day of the month before.
package enum FleetBefore: Sendable {
  case same
  case other(Fleet, Catalogue)
  /// There was none.
  case none
}

/// What a month cost, or would have cost, and whom.
package struct Outcome: Sendable {
  /// The bill in parts, for another plan to be billed from.
  package var parts: BillParts
  package var bill: Bill
  package var allocation: CostAllocation
  package var users: UserCounts
  package var notes: [PlanNote]
  /// The services whose bill lacks a price, in the fleet's order.
  package var unpricedServices: [String] = []

  package var plan: FleetPlan { parts.plan }
  /// The bill for each hour of an average concurrent user.
  package var perUserHour: Money? { allocation.perUser?.charge(for: 3600, per: Int128(bill.period.seconds)) }
}

/// What one more user of each type costs.
package struct MarginalCosts: Sendable {
  /// Of the types that were measured, in the fleet's order, in the bill's currency; nil where there was none of them.
  package let costs: [Money?]
  /// The prices of the lines that such users change.
  package let prices: [PriceNote]
}

/// One run from start to finish: a month of a fleet, as it was or as a scenario changes it.
///
/// A what-if has no path of its own: the same study runs with the empty scenario and with the changed one.
package struct Study: Sendable {
  package private(set) var inputs: StudyInputs
  package let month: Month
  package let context: AdviceContext
  package var period: Period { context.period }
  package var fleet: Fleet { inputs.fleet }

  /// - Parameter asOf: the date of the advice; nil is the month's last moment.
  /// - Throws: ``DataError`` when neither an instance nor a model ran in the month, or a type that ran has no specification.
  package init(_ inputs: StudyInputs, month: Month, asOf: Instant? = nil) throws(DataError) {
    self.inputs = inputs
    self.month = month
    self.inputs.settleSharing()
    let inputs = self.inputs
    guard let clock = LocalClock(identifier: inputs.fleet.timezone) else {
      throw DataError(
        Place(file: "fleet file", key: "timezone"), found: inputs.fleet.timezone,
        expected: "an IANA time zone")
    }
    let period = clock.period(of: month)
    let ran = inputs.inventory.contains { $0.overlap(with: period) != nil }
    if !ran, try !Self.usedTokens(inputs, period) { throw Self.noInstances(in: month) }
    try Self.checkEngines(inputs, period)
    try inputs.checkAccounts(over: period)
    let unspecified = try Self.unspecified(inputs, period)
    var engine = BillingEngine(
      fleet: inputs.fleet, catalogue: inputs.catalogue, history: inputs.history,
      inventory: try Self.knownRuns(self.inputs, period), creditsFrom: clock.period(of: month.previous).start)
    engine.allowsUnpriced = inputs.allowsUnpriced
    engine.leftOut = unspecified
    context = AdviceContext(
      engine: engine, grid: SampleGrid(period: period), clock: clock, asOf: asOf, record: inputs.record)
  }

  /// True where a month without instances has tokens that are charged for.
  private static func usedTokens(_ inputs: StudyInputs, _ period: Period) throws(DataError) -> Bool {
    for charge in inputs.fleet.charges where charge.tokens != nil {
      guard let key = charge.series, let series = try inputs.history.meteredSeries(key, in: period) else { continue }
      if !series.range(in: period).isEmpty { return true }
    }
    return false
  }

  /// What types that ran in a period offer, where the book does not say and no bill is whole without: of types that have
  /// no price either, and of those whose credits are billed.
  private static func unspecified(_ inputs: StudyInputs, _ period: Period) throws(DataError) -> [MissingPrice] {
    let catalogue = inputs.catalogue
    let ran = inputs.inventory.filter {
      $0.overlap(with: period) != nil && catalogue.specificationIfKnown($0.type) == nil
    }
    var missing = MissingPrices()
    for kind in Set(ran.map { inputs.fleet.kind($0, in: catalogue.cloud) }).sorted() {
      let prices = try missing.found(.onDemand(kind), since: period.start) { () throws(DataError) in
        try catalogue.onDemand(kind, over: period)
      }
      guard prices == nil || catalogue.cloud.billsByCredits(kind.type) else { continue }
      _ = try missing.found(.specification(kind.type), since: period.start) { () throws(DataError) in
        try catalogue.specification(kind.type)
      }
    }
    return MissingPrice.sorted(missing.all)
  }

  /// - Throws: ``DataError`` for a run in the period on which something else runs than the fleet file says of its service.
  private static func checkEngines(_ inputs: StudyInputs, _ period: Period) throws(DataError) {
    guard let written = inputs.fleet.document.map(WrittenServices.init) else { return }
    let cloud = inputs.catalogue.cloud
    for run in inputs.inventory {
      guard let engine = run.engine, let said = written.value("engine", of: run.service)?.text,
        cloud.engine(called: said, on: run.type) != engine, run.overlap(with: period) != nil
      else { continue }
      throw DataError(
        Place(file: "inventory", key: "\(run.service)/\(run.resource)"), found: "engine \(engine)",
        expected: "\(said), which the fleet file says \(run.service) runs; one of the two is to be corrected")
    }
  }

  /// That nothing ran in a month.
  static func noInstances(in month: Month) -> DataError {
    DataError(
      Place(file: "store"), found: "no instance that ran in \(month)",
      expected: "an inventory of the month; import one first", kind: .missingInput)
  }

  /// The runs of the fleet's services. Services that ran in other months only may be of another fleet file.
  /// - Throws: ``DataError`` for a run in the period of a service that the fleet does not have.
  private static func knownRuns(_ inputs: StudyInputs, _ period: Period) throws(DataError) -> [InstanceRun] {
    let names = inputs.fleet.services.map(\.name)
    let known = Set(names)
    let strangers = inputs.inventory.filter { !known.contains($0.service) }
    if let run = strangers.first(where: { $0.overlap(with: period) != nil }) {
      throw DataError(
        Place(file: "inventory", key: run.resource), found: "service \"\(run.service)\"",
        expected: "a service of the fleet file: \(names.joined(separator: ", "))")
    }
    return strangers.isEmpty ? inputs.inventory : inputs.inventory.filter { known.contains($0.service) }
  }

  /// What must be said of prices that a report of this study rests on.
  package func doubts(of prices: some Sequence<PriceNote>) -> PriceDoubts {
    PriceDoubts(of: prices, at: context.asOf, staleAfterDays: fleet.review.staleAfterDays ?? defaultStaleAfterDays)
  }

  /// The study of the month before, by the fleet file of then; nil when there was none, or the store does not hold that
  /// month's instances.
  package func previousMonth() throws(DataError) -> Study? {
    guard let inputs = inputsBefore, let clock = LocalClock(identifier: inputs.fleet.timezone) else { return nil }
    let before = clock.period(of: month.previous)
    let ran = inputs.inventory.contains { $0.overlap(with: before) != nil }
    guard ran else { return nil }
    return try Study(inputs, month: month.previous)
  }

  /// The inputs with the fleet and the prices of the month before; nil where no fleet file was in force.
  private var inputsBefore: StudyInputs? {
    var inputs = inputs
    switch inputs.before {
    case .same: break
    case .none: return nil
    case .other(let fleet, let catalogue): (inputs.fleet, inputs.catalogue) = (fleet, catalogue)
    }
    inputs.before = .same
    return inputs
  }

  /// The plan that history was.
  /// - Parameter part: what ran in it; nil for the month.
  package func asRun(in part: Period? = nil) throws(DataError) -> FleetPlan {
    let period = part ?? period
    var commitments: [PricedCommitment] = []
    for commitment in inputs.commitments.sorted(by: { ($0.started, $0.id) < ($1.started, $1.id) }) {
      // What is held in other months only may be for a service of another fleet file.
      guard isKnown(commitment) || commitment.period.intersection(period) != nil else { continue }
      commitments.append(try priced(commitment))
    }
    return FleetPlan(
      runs: inputs.inventory.filter { $0.overlap(with: period) != nil }, commitments: commitments,
      savingsPlans: inputs.savingsPlans.sorted { ($0.started, $0.id) < ($1.started, $1.id) })
  }

  private func isKnown(_ commitment: Commitment) -> Bool {
    commitment.service == Commitment.unassigned || fleet.service(commitment.service) != nil
  }

  private func priced(_ commitment: Commitment) throws(DataError) -> PricedCommitment {
    let region = commitment.priceRegion(in: context.cloud) ?? fleet.region
    // One for a service that the fleet file does not have covers what it can, and the bill names the service.
    let engine =
      commitment.engine ?? fleet.service(commitment.service)?.engine
      ?? inputs.catalogue.cloud.usualEngine(of: commitment.type)
    let kind = InstanceKind(region: region, type: commitment.type, engine: engine)
    if let paid = commitment.paid {
      return PricedCommitment(commitment: commitment, price: ReservedPrice(paid, for: commitment, of: kind))
    }
    do throws(DataError) {
      let price = try price(of: kind, commitment)
      return PricedCommitment(commitment: commitment, price: price)
    } catch {
      var error = error
      error.place.key = commitment.id
      let missing = MissingPrice(.reserved(kind, commitment.term), since: commitment.started, error)
      return PricedCommitment(commitment: commitment, of: kind, without: missing)
    }
  }

  /// The price that a reservation was bought at; of one that was modified, that of its new start where the book begins
  /// after it was bought.
  private func price(of kind: InstanceKind, _ commitment: Commitment) throws(DataError) -> ReservedPrice {
    if commitment.bought != nil,
      let price = inputs.catalogue.reservedIfKnown(kind, commitment.term, at: commitment.purchase)
    {
      return price
    }
    return try inputs.catalogue.reserved(kind, commitment.term, at: commitment.started)
  }

  /// Prices a plan and shares its cost among the users.
  package func outcome(of plan: FleetPlan, notes: [PlanNote] = []) throws(DataError) -> Outcome {
    let (billed, (users, shares)) = try concurrently(
      { () throws(DataError) in
        let parts = try context.engine.parts(of: plan, over: period)
        return (parts: parts, bill: context.engine.bill(parts))
      }, { () throws(DataError) in try use(of: plan) })
    let (parts, bill) = billed
    let used = Dictionary(zip(fleet.services.map(\.name), shares)) { first, _ in first }
    let allocation = CostAllocation(bill: bill, users: users) { used[$0] ?? nil }
    return Outcome(
      parts: parts, bill: bill, allocation: allocation, users: users, notes: notes,
      unpricedServices: context.engine.services(lacking: bill.missingPrices, in: plan, over: period))
  }

  /// Who uses a plan, and what of each service's capacity is used, in the fleet's order.
  private func use(of plan: FleetPlan) throws(DataError) -> (users: UserCounts, shares: [UsedShare?]) {
    var users = try context.users()
    if let mix = plan.userMix { users.share(by: mix) }
    users.scale(by: plan.demand.factor(of: .users))
    let shares = try fleet.services.concurrentMap { service throws(DataError) in try usedShare(of: service, plan) }
    return (users, shares)
  }

  private func usedShare(of service: Service, _ plan: FleetPlan) throws(DataError) -> UsedShare? {
    let runs = plan.runs(of: service.name)
    let offered = offeredCapacity(runs, on: context.grid, catalogue: inputs.catalogue)
    let load = try context.load(of: service)
    return load.utilisation(
      plannedVcpu: offered.vcpu, plannedMemoryGiB: offered.memoryGiB,
      plannedInstances: load.instancesInUse == nil ? [] : runningCounts(runs, on: context.grid),
      factor: plan.demand.factor(of: service.driver))
  }

  /// What one more average concurrent user of each type costs: the bill with 10 % more of them, less the bill, for each.
  package func marginalCosts(_ outcome: Outcome) throws(DataError) -> MarginalCosts {
    let users = outcome.users
    let types = users.types.indices.filter { users.seconds[$0] > 0 }
    let grown = try DemandGrowth.each(outcome.plan, to: types.map { additional($0, of: users) }, context)
    let bills = try grown.concurrentMap { growth throws(DataError) in
      try context.engine.bill(growth.plan, over: period)
    }
    var costs = [Money?](repeating: nil, count: users.types.count)
    for (type, bill) in zip(types, bills) {
      let more = outcome.allocation.types[type].perUser(bill.total - outcome.bill.total)
      costs[type] = more?.charge(for: 10, per: 1)
    }
    return MarginalCosts(costs: costs, prices: bills.flatMap { outcome.bill.pricesDiffering(from: $0) })
  }

  /// Demand with 10 % more users of one type: each driver grows by that type's share of it.
  private func additional(_ type: Int, of users: UserCounts) -> Demand {
    var factors: [CostDriver: DemandFactor] = [:]
    for driver in CostDriver.named + users.measuredMetrics {
      let weights = zip(users.types, users.seconds).map { $0.weight(for: driver) * $1 / 1_000_000 }
      let total = weights.reduce(0, +)
      guard total > 0 else { continue }
      // Halved as often as 64 bits ask for: not at all below some 8 × 10¹⁷ user-seconds.
      var (more, now) = (10 * total + weights[type], 10 * total)
      while more > Int128(Int64.max) { (more, now) = (more >> 1, now >> 1) }
      factors[driver] = DemandFactor(Int64(more), Int64(now))
    }
    return Demand(factors: factors)
  }
}

extension ReservedPrice {
  /// What an owner pays, in force from the purchase of the reservation.
  fileprivate init(_ paid: PaidPrice, for commitment: Commitment, of kind: InstanceKind) {
    let source = PriceSource(
      file: paid.file, origin: "reservation \(commitment.id)", retrieved: commitment.purchase,
      published: commitment.purchase)
    self.init(
      kind: kind, term: commitment.term, upfront: paid.upfront, hourly: paid.hourly,
      provenance: Provenance(effectiveFrom: commitment.purchase, quality: .published, source: source))
  }
}
