import Advice
import Analysis
import Model

/// What a study rests on: a fleet, its prices, and what was measured.
package struct StudyInputs: Sendable {
  package var fleet: Fleet
  package var catalogue: Catalogue
  package var series: SeriesSet
  package var inventory: [InstanceRun]
  package var commitments: [Commitment]
  package var savingsPlans: [HeldSavingsPlan]

  package init(
    fleet: Fleet, catalogue: Catalogue, series: SeriesSet, inventory: [InstanceRun],
    commitments: [Commitment], savingsPlans: [HeldSavingsPlan] = []
  ) {
    self.fleet = fleet
    self.catalogue = catalogue
    self.series = series
    self.inventory = inventory
    self.commitments = commitments
    self.savingsPlans = savingsPlans
  }
}

/// What a month cost, or would have cost, and whom.
package struct Outcome: Sendable {
  package var plan: FleetPlan
  package var bill: Bill
  package var allocation: CostAllocation
  package var users: UserCounts
  package var notes: [String]
}

/// What one more user of each type costs.
package struct MarginalCosts: Sendable {
  /// In the fleet's order of types, in the bill's currency.
  package fileprivate(set) var costs: [Money] = []
  /// The prices of the lines that such users change.
  package fileprivate(set) var prices: [PriceNote] = []
}

extension Outcome {
  /// The same outcome with a note for each commitment that is not used in full.
  func notingUnusedCommitments(_ engine: BillingEngine) throws(DataError) -> Outcome {
    var copy = self
    for item in bill.items where item.option == .reservedUnused {
      let hours = rounded(item.quantity.double, 0)
      let cost = Cents(try engine.billed(item.dollars, item.priceService, in: bill.currency))
      copy.notes.append(
        "\(item.commitment ?? item.item): \(hours) reserved hours are paid for and not used, \(cost.grouped) \(bill.currency.code)"
      )
    }
    return copy
  }
}

/// One run from start to finish: a month of a fleet, as it was or as a scenario changes it.
///
/// A what-if has no path of its own: the same study runs with the empty scenario and with the changed one.
package struct Study: Sendable {
  package let inputs: StudyInputs
  package let month: Month
  package let context: AdviceContext
  package var period: Period { context.period }
  package var fleet: Fleet { inputs.fleet }

  /// - Parameter asOf: the date of the advice; nil is the month's last moment.
  /// - Throws: ``DataError`` when nothing ran in the month, or a type that ran has no specification.
  package init(_ inputs: StudyInputs, month: Month, asOf: Instant? = nil) throws(DataError) {
    self.inputs = inputs
    self.month = month
    guard let clock = LocalClock(identifier: inputs.fleet.timezone) else {
      throw DataError(
        Place(file: "fleet file", key: "timezone"), found: inputs.fleet.timezone,
        expected: "an IANA time zone")
    }
    let period = clock.period(of: month)
    guard inputs.inventory.contains(where: { $0.overlap(with: period) != nil }) else {
      throw DataError(
        Place(file: "store"), found: "no instance that ran in \(month)",
        expected: "an inventory of the month; import one first", kind: .missingInput)
    }
    for run in inputs.inventory where inputs.fleet.service(run.service) == nil {
      throw DataError(
        Place(file: "inventory", key: run.resource), found: "service \"\(run.service)\"",
        expected: "a service of the fleet file: \(inputs.fleet.services.map(\.name).joined(separator: ", "))")
    }
    let history = clock.period(of: month.previous).start
    let engine = BillingEngine(
      fleet: inputs.fleet, catalogue: inputs.catalogue, series: inputs.series,
      inventory: inputs.inventory, history: history)
    context = try AdviceContext(engine: engine, grid: SampleGrid(period: period), clock: clock, asOf: asOf)
  }

  /// What must be said of prices that a report of this study rests on.
  package func doubts(of prices: some Sequence<PriceNote>) -> PriceDoubts {
    PriceDoubts(of: prices, at: context.asOf, staleAfterDays: fleet.review.staleAfterDays ?? defaultStaleAfterDays)
  }

  /// The same study of the month before; nil when the store does not hold that month's instances and users, or the
  /// fleet file no exchange rate for it.
  package func previousMonth() throws(DataError) -> Study? {
    let before = context.clock.period(of: month.previous)
    let ran = inputs.inventory.contains { $0.overlap(with: before) != nil }
    let counted = fleet.userTypes.allSatisfy { type in
      let key = SeriesKey(service: "users", resource: type.name, metric: .concurrentUsers)
      return inputs.series[key].map { !$0.range(in: before).isEmpty } ?? false
    }
    let hasRate = (try? context.engine.currency(over: before)) != nil
    return ran && counted && hasRate ? try Study(inputs, month: month.previous) : nil
  }

  /// The plan that history was.
  package func asRun() throws(DataError) -> FleetPlan {
    var commitments: [PricedCommitment] = []
    for commitment in inputs.commitments.sorted(by: { ($0.started, $0.id) < ($1.started, $1.id) }) {
      commitments.append(try priced(commitment))
    }
    return FleetPlan(
      runs: inputs.inventory.filter { $0.overlap(with: period) != nil }, commitments: commitments)
  }

  private func priced(_ commitment: Commitment) throws(DataError) -> PricedCommitment {
    var kind = InstanceKind(region: fleet.region, type: commitment.type, engine: commitment.engine ?? "")
    if let service = fleet.service(commitment.service) {
      kind.engine = commitment.engine ?? service.engine
    } else if commitment.service != Commitment.unassigned || commitment.engine == nil {
      throw DataError(
        Place(file: "commitments", key: commitment.id), found: "service \"\(commitment.service)\"",
        expected: "a service of the fleet file")
    }
    if let paid = commitment.paid {
      return PricedCommitment(commitment: commitment, price: ReservedPrice(paid, for: commitment, of: kind))
    }
    do throws(DataError) {
      let price = try inputs.catalogue.reserved(kind, commitment.term, at: commitment.started)
      return PricedCommitment(commitment: commitment, price: price)
    } catch {
      var error = error
      error.place.key = commitment.id
      throw error
    }
  }

  /// Prices a plan and shares its cost among the users.
  package func outcome(of plan: FleetPlan, notes: [String] = []) throws(DataError) -> Outcome {
    let bill = try context.engine.bill(plan, over: period)
    var users = try UserCounts(fleet: fleet, series: inputs.series, grid: context.grid)
    users.scale(by: plan.demand.factor(of: .users))
    var used: [String: (tenThousandths: Int, basis: String)] = [:]
    for service in fleet.services {
      let offered = try offeredCapacity(
        plan.runs(of: service.name), on: context.grid, catalogue: inputs.catalogue)
      used[service.name] = context.loads[service.name]!.utilisation(
        plannedVcpu: offered.vcpu, plannedMemoryGiB: offered.memoryGiB,
        factor: plan.demand.factor(of: service.driver))
    }
    let allocation = CostAllocation(bill: bill, fleet: fleet, users: users) { used[$0] }
    return Outcome(plan: plan, bill: bill, allocation: allocation, users: users, notes: notes)
  }

  /// The month under a scenario; the empty scenario is the month as it was.
  /// - Throws: ``DataError`` for an unknown service, type or offer, and for a missing price.
  package func outcome(_ scenario: Scenario) throws(DataError) -> Outcome {
    var plan = try asRun()
    for service in scenario.services where fleet.service(service) == nil {
      throw DataError(
        Place(file: "what-if"), found: "service \"\(service)\"",
        expected: "a service of the fleet: \(fleet.services.map(\.name).joined(separator: ", "))", kind: .usage)
    }
    for change in scenario.types where context.mainType(of: change.service, in: plan) != change.type {
      _ = try inputs.catalogue.specification(change.type)
      plan.setType(change.type, of: change.service)
    }
    var notes = try typeNotes(scenario)
    if let peak = scenario.peakUsers {
      let growth = try DemandGrowth(plan, to: try demand(forPeakUsers: peak), context)
      plan = growth.plan
      notes += growth.notes
    }
    for change in scenario.counts { try setCount(change, &plan, &notes) }
    for reservation in scenario.reservations { try reserve(reservation, &plan) }
    let outcome = try outcome(of: plan, notes: notes)
    return scenario.reservations.isEmpty ? outcome : try outcome.notingUnusedCommitments(context.engine)
  }

  private func demand(forPeakUsers peak: Int) throws(DataError) -> Demand {
    let users = try UserCounts(fleet: fleet, series: inputs.series, grid: context.grid)
    guard let measured = users.peak, measured > 0 else {
      throw DataError(
        Place(file: "store", key: "users"), found: "no interval with all user types measured",
        expected: "concurrent users to scale from", kind: .missingInput)
    }
    return Demand(DemandFactor(Int64(peak), Int64(measured)))
  }

  private func setCount(_ change: Scenario.CountChange, _ plan: inout FleetPlan, _ notes: inout [String])
    throws(DataError)
  {
    let runs = plan.runs(of: change.service)
    guard var template = runs.first, let service = fleet.service(change.service) else { return }
    if change.count < service.minimum || change.count > service.maximum {
      notes.append(
        "\(service.name): \(change.count) instances are outside the fleet file's \(service.minimum) to \(service.maximum)"
      )
    }
    let wanted = [Int](repeating: change.count, count: context.grid.count)
    guard wanted != runningCounts(runs, on: context.grid) else { return }
    template.type = context.mainType(of: service.name, in: plan) ?? template.type
    notes += try shortage(service, type: template.type, count: change.count, plan)
    template.resource = "\(service.name)-counted"
    plan.setRuns(reshaped(runs, to: wanted, on: context.grid, template: template), of: service.name)
  }

  /// Says in how many intervals a count of a horizontally scaled service is too small.
  private func shortage(_ service: Service, type: String, count: Int, _ plan: FleetPlan) throws(DataError) -> [String] {
    guard service.approach == .horizontal else { return [] }
    let required = RequiredCount(
      context.loads[service.name]!, type: try inputs.catalogue.specification(type), rules: fleet.review,
      factor: plan.demand.factor(of: service.driver))
    let known = required.perSlot.compactMap { $0 }
    let short = known.filter { $0 > count }
    guard let most = short.max() else { return [] }
    let share = rounded(Double(short.count) / Double(known.count) * 100, 1)
    return [
      "\(service.name): \(count) instances are too few in \(share) % of measured intervals, which needed up to \(most) (\(required.binding))"
    ]
  }

  private func reserve(_ reservation: Scenario.Reservation, _ plan: inout FleetPlan) throws(DataError) {
    let service = fleet.service(reservation.service)!
    let type = context.mainType(of: service.name, in: plan) ?? service.initialType
    let price = try inputs.catalogue.reserved(
      context.kind(type, of: service), reservation.term, at: context.asOf)
    let commitment = Commitment(
      id: "what-if-\(service.name)-\(reservation.term)", service: service.name, type: type,
      count: reservation.count, term: reservation.term, started: period.start)
    plan.commitments.append(PricedCommitment(commitment: commitment, price: price))
  }

  /// Warns where a type carries less than was needed.
  private func typeNotes(_ scenario: Scenario) throws(DataError) -> [String] {
    var notes: [String] = []
    for change in scenario.types {
      let service = fleet.service(change.service)!
      let failures = try fit(of: change.type, service, context)
      notes += failures.map { "\(service.name): \(change.type) is too small: \($0)" }
    }
    return notes
  }

  /// What one more average concurrent user of each type costs: the bill with 10 % more of them, less the bill, for each.
  package func marginalCosts(_ outcome: Outcome) throws(DataError) -> MarginalCosts {
    var marginal = MarginalCosts()
    for index in fleet.userTypes.indices {
      let demand = additional(index, of: outcome.users)
      let grown = try DemandGrowth(outcome.plan, to: demand, context)
      let bill = try context.engine.bill(grown.plan, over: period)
      let more = outcome.allocation.types[index].perUser(bill.total - outcome.bill.total)
      marginal.costs.append(more.charge(for: 10, per: 1))
      marginal.prices += outcome.bill.pricesDiffering(from: bill)
    }
    return marginal
  }

  /// Demand with 10 % more users of one type: each driver grows by that type's share of it.
  private func additional(_ type: Int, of users: UserCounts) -> Demand {
    var factors: [CostDriver: DemandFactor] = [:]
    for driver in CostDriver.allCases {
      let weights = zip(fleet.userTypes, users.seconds).map { $0.weight(for: driver) * $1 / 1_000_000 }
      let total = weights.reduce(0, +)
      guard total > 0 else { continue }
      factors[driver] = DemandFactor(Int64(10 * total + weights[type]), Int64(10 * total))
    }
    return Demand(factors: factors)
  }
}

extension Scenario {
  /// Every service it names.
  var services: [String] { types.map(\.service) + counts.map(\.service) + reservations.map(\.service) }
}

extension Study {
  /// The savings plans held in the month, which no bill applies yet.
  package var savingsPlanNotes: [String] {
    inputs.savingsPlans.filter { $0.period.intersection(period) != nil }.map {
      "savings plan \($0.id) (\($0.hourly) USD/h) is held and not applied to this bill yet"
    }
  }
}

extension ReservedPrice {
  /// What an owner pays, in force from the start of the reservation.
  fileprivate init(_ paid: PaidPrice, for commitment: Commitment, of kind: InstanceKind) {
    let source = PriceSource(
      file: paid.file, origin: "reservation \(commitment.id)", retrieved: commitment.started,
      published: commitment.started)
    self.init(
      kind: kind, term: commitment.term, upfront: paid.upfront, hourly: paid.hourly,
      provenance: Provenance(effectiveFrom: commitment.started, quality: .published, source: source))
  }
}
