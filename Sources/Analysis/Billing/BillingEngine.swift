import Model

/// Prices any plan of a fleet over any period, from the dated catalogue, exactly.
package struct BillingEngine: Sendable {
  package let fleet: Fleet
  package let catalogue: Catalogue
  package let history: History
  /// The instances as they ran, which the samples belong to.
  package let inventory: RunsByService
  /// From when on credits are followed, for the balances at the period's start.
  package let creditsFrom: Instant
  package let stepSeconds: Int64
  /// What services did, where it is known already: the loads of the grid a bill is asked for are not computed again.
  package var loads: ServiceLoads?
  /// What instances used, for the plans that are billed by this engine and its copies.
  let runUses = RunUses()
  /// True where a bill is made without what has no price, which it names; false where that is an error.
  package var allowsUnpriced = false
  /// False where no surplus credits are to be looked for: of instances that nobody measured.
  package var chargesSurplus = true
  /// What is not known of types that ran: without it no bill is whole.
  package var leftOut: [MissingPrice] = []
  /// The price regions of the zones of the inventory, each worked out once.
  private let places: [String: String]

  package init(
    fleet: Fleet, catalogue: Catalogue, history: History, inventory: [InstanceRun],
    creditsFrom: Instant, stepSeconds: Int64 = 300
  ) {
    self.fleet = fleet.indexed()
    self.catalogue = catalogue
    self.history = history
    self.inventory = RunsByService(inventory)
    let cloud = catalogue.cloud
    places = Set(inventory.map(\.zone)).reduce(into: [:]) { $0[$1] = cloud.priceRegion(ofZone: $1) }
    self.creditsFrom = creditsFrom
    self.stepSeconds = stepSeconds
  }

  /// The bill of a plan.
  /// - Throws: ``DataError`` for a missing or ambiguous price; an unpriced instance is never free.
  package func bill(_ plan: FleetPlan, over period: Period) throws(DataError) -> Bill {
    bill(try parts(of: plan, over: period))
  }

  /// The cloud that bills.
  package var cloud: any Cloud { catalogue.cloud }

  /// What a run is priced as: by the prices of the zone that it is in.
  package func kind(_ run: InstanceRun) -> InstanceKind {
    fleet.kind(run, inPlace: places[run.zone] ?? cloud.priceRegion(ofZone: run.zone))
  }

  /// Everything that instances cost but surplus credits, in no order.
  /// - Parameters:
  ///   - runs: only of these; nil for all of the plan.
  ///   - missing: the prices that the book lacks; what they are of has no line.
  func instanceItems(
    _ plan: FleetPlan, of runs: [InstanceRun]? = nil, over period: Period, _ missing: inout MissingPrices
  ) throws(DataError) -> [LineItem] {
    let sharing = sharing(of: plan)
    let coverage = ReservationCoverage(
      runs: runs ?? plan.runs, commitments: plan.commitments, over: period, by: cloud, sharing: sharing, kind: kind)
    var items = try onDemandItems(plan, coverage, over: period, &missing)
    items += try spotItems(coverage.spot, over: period, &missing)
    for held in plan.commitments where held.commitment.period.intersection(period) != nil {
      if let price = held.missing { missing.insert(price) }
    }
    let covered = coverage.covered.acrossAccounts(sharing) { $0.merge($1, uniquingKeysWith: +) }
    for (key, byCommitment) in covered {
      for (index, units) in byCommitment where plan.commitments[index].missing == nil {
        items.append(
          reservedItem(
            plan.commitments[index], service: key.service, item: key.kind.type, account: key.account, .reserved, units,
            perInstance: cloud.normalisedUnits(of: key.kind)))
      }
    }
    for (index, units) in coverage.unused.enumerated() where units > 0 {
      let held = plan.commitments[index]
      guard held.missing == nil else { continue }
      items.append(
        reservedItem(
          held, service: held.commitment.service, item: held.commitment.type,
          account: buyer(held.commitment.account), .reservedUnused,
          units, perInstance: cloud.normalisedUnits(of: held.kind)))
    }
    return items
  }

  /// What no reservation covers: what savings plans pay for, and the rest on demand.
  private func onDemandItems(
    _ plan: FleetPlan, _ coverage: ReservationCoverage, over period: Period, _ missing: inout MissingPrices
  ) throws(DataError) -> [LineItem] {
    let sharing = sharing(of: plan)
    var items: [LineItem] = []
    var priced: [UsageKey: HourlyUnits] = [:]
    for (key, byHour) in coverage.uncovered where byHour.sum(in: period) > 0 {
      if try onDemand(key.kind, over: period, &missing) != nil { priced[key] = byHour }
    }
    guard plan.savingsPlans.contains(where: { $0.period.intersection(period) != nil }) else {
      let lines = priced.acrossAccounts(sharing) { $0.add($1) }
      for (key, byHour) in lines.sorted(by: { $0.key < $1.key }) {
        let perHour = 3600 * cloud.normalisedUnits(of: key.kind)
        items += try timedItems(key, byHour, perHour: perHour, over: period)
      }
      return items
    }
    let drawn = try SavingsPlanCoverage(
      of: priced, plans: plan.savingsPlans, catalogue: catalogue, over: period, sharing: sharing)
    let remaining = drawn.remaining.acrossAccounts(sharing) { $0.add($1) }
    for (key, byHour) in remaining.sorted(by: { $0.key < $1.key }) {
      items += try timedItems(key, byHour, perHour: 3600 * atomsPerSecond, over: period)
    }
    for (index, held) in plan.savingsPlans.enumerated() {
      items += self.items(of: held, index, in: drawn, sharing, over: period)
    }
    return items
  }

  private func reservedItem(
    _ held: PricedCommitment, service: String, item: String, account: String?, _ option: PurchaseOption,
    _ units: Int128, perInstance: Int128
  ) -> LineItem {
    let price = held.price
    return LineItem(
      service: service, option: option, item: item, region: held.kind.region, engine: held.kind.engine,
      account: account, commitment: held.commitment.id,
      quantity: quantity(units, per: 3600 * perInstance), unit: "instance-hour",
      dollars: price.amortised(unitSeconds: units, unitsPerInstance: cloud.normalisedUnits(of: held.kind)),
      cashDollars: cash(held, units), driver: driver(of: service), price: note(held),
      priceService: cloud.priceService(ofType: held.commitment.type, engine: price.kind.engine))
  }

  /// What a service's cost is driven by; what no service of the fleet owns is shared.
  func driver(of service: String) -> CostDriver { fleet.service(service)?.driver ?? .shared }

  /// The on-demand prices of a kind over a period; nil where the book lacks one.
  func onDemand(_ kind: InstanceKind, over period: Period, _ missing: inout MissingPrices) throws(DataError)
    -> [(period: Period, price: OnDemandPrice)]?
  {
    try missing.found(.onDemand(kind), since: period.start) { () throws(DataError) in
      try catalogue.onDemand(kind, over: period)
    }
  }

  /// On-demand line items of one usage, one for each price in force.
  /// - Parameter perHour: how much of the amounts makes an instance-hour.
  private func timedItems(_ key: UsageKey, _ byHour: HourlyUnits, perHour: Int128, over period: Period)
    throws(DataError) -> [LineItem]
  {
    var items: [LineItem] = []
    for part in try catalogue.onDemand(key.kind, over: period) {
      let used = byHour.sum(in: part.period)
      guard used > 0 else { continue }
      items.append(
        LineItem(
          service: key.service, option: .onDemand, item: key.kind.type, region: key.kind.region,
          engine: key.kind.engine, account: key.account, within: part.period == period ? nil : part.period,
          quantity: quantity(used, per: perHour), unit: "instance-hour",
          dollars: part.price.hourly.charge(for: used, per: perHour),
          driver: driver(of: key.service), price: note(part.price),
          priceService: cloud.priceService(of: key.kind)))
    }
    return items
  }
}
