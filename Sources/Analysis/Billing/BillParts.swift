// A bill in parts, so that a change is billed where it touches.
//
// What a service's instances cost is its own affair unless something that is held may pay for one of them: then it is in
// the pool, which is billed together, as the provider shares commitments across the account. Surplus credits are each
// service's own, metered charges each charge's own. Lines are put in order, discounted and converted service by service.
// A plan that differs from another in one service outside the pool is billed by billing that service.

import Model

/// A part of a bill that is made by itself.
private enum BillPart: Hashable {
  case service(String)
  case shared(SharingGroup?)
  case charges
}

/// What a plan costs, service by service, ready to be billed again where another plan differs.
package struct BillParts: Sendable {
  package fileprivate(set) var plan: FleetPlan
  package let period: Period
  fileprivate let currency: BillCurrency
  /// Services with an instance that something held may pay for.
  fileprivate var pool: Set<String> = []
  /// Of each service outside the pool its instances, of each service its surplus credits.
  fileprivate var own: [String: [LineItem]] = [:]
  /// Of the pool and of all that is held, by the service that a line stands under: each group of kinds that share
  /// reservations by itself; all of them together, under nil, where savings plans are held, which reach across groups.
  fileprivate var shared: [SharingGroup?: [String: [LineItem]]] = [:]
  /// Of each charge, in the fleet's order.
  fileprivate var metered: [(items: [LineItem], gaps: [BillGap])] = []
  /// The prices that the book lacks, by the part that needs them; parts that lack none have no entry.
  fileprivate var missing: [BillPart: MissingPrices] = [:]
  /// As the bill has them.
  fileprivate var lines: [String: [LineItem]] = [:]
  private var totals: [String: Money] = [:]
  /// Of each service its amounts without their signs: no sum of any of them is larger.
  private var magnitudes: [String: (cost: Int128, cash: Int128)] = [:]
  private var magnitude: (cost: Int128, cash: Int128) = (0, 0)
  /// In the bill's currency.
  package private(set) var total = Money.zero

  fileprivate init(_ plan: FleetPlan, over period: Period, in currency: BillCurrency) {
    self.plan = plan
    self.period = period
    self.currency = currency
  }

  /// Every price that the bill needs and the book lacks, in the order of kinds and names.
  package var missingPrices: [MissingPrice] { MissingPrice.sorted(missing.values.flatMap(\.all)) }

  /// What a service costs.
  package func total(of service: String) -> Money { totals[service] ?? .zero }

  /// - Throws: ``DataError`` when all lines together are more than ``Money`` holds.
  fileprivate mutating func setLines(_ new: [LineItem], of service: String) throws(DataError) {
    let old = magnitudes[service] ?? (0, 0)
    let magnitudes = new.reduce((cost: Int128(0), cash: Int128(0))) { sum, item in
      (sum.cost + Int128(item.cost.nanoDollars.magnitude), sum.cash + Int128(item.cash.nanoDollars.magnitude))
    }
    magnitude = (magnitude.cost - old.cost + magnitudes.cost, magnitude.cash - old.cash + magnitudes.cash)
    self.magnitudes[service] = new.isEmpty ? nil : magnitudes
    // A line at the end of the range is one that would be beyond it.
    guard max(magnitude.cost, magnitude.cash) < Int128(Int64.max) else { throw currency.tooLarge }
    let cost = new.reduce(Money.zero) { $0 + $1.cost }
    total = total - total(of: service) + cost
    lines[service] = new.isEmpty ? nil : new
    totals[service] = new.isEmpty ? nil : cost
  }

  /// The prices of the lines that only one of two bills has: those that their difference rests on.
  package func pricesDiffering(from other: BillParts) -> [PriceNote] {
    let gone = lines.filter { other.lines[$0.key] != $0.value }.keys
    let new = other.lines.keys.filter { lines[$0] == nil }
    return (gone + new).sorted().flatMap { service in
      (lines[service] ?? []).pricesDiffering(from: other.lines[service] ?? [])
    }
  }
}

extension BillingEngine {
  /// A plan's bill in parts.
  /// - Throws: ``DataError`` for a missing or ambiguous price, and for lines that are together more than ``Money`` holds.
  package func parts(of plan: FleetPlan, over period: Period) throws(DataError) -> BillParts {
    var parts = BillParts(plan, over: period, in: try currency(over: period))
    parts.pool = pool(of: plan, over: period)
    try setOwn(Set(plan.services).union(fleet.services.map(\.name)), in: &parts)
    try setShared(nil, in: &parts)
    let unmetered = setMetered(in: &parts)
    try checkPrices(parts)
    if let unmetered { throw unmetered }
    let charged = parts.metered.flatMap { $0.items.map(\.service) }
    try setLines(of: Set(parts.own.keys).union(parts.shared.values.flatMap(\.keys)).union(charged), in: &parts)
    return parts
  }

  /// Bills every charge. Prices that are missing are all kept, for they are named at once.
  /// - Returns: the first other fault.
  private func setMetered(in parts: inout BillParts) -> DataError? {
    var missing = MissingPrices()
    for price in leftOut { missing.insert(price) }
    var fault: DataError?
    parts.metered = []
    for charge in fleet.charges where !parts.plan.droppedServices.contains(charge.service) {
      do throws(DataError) {
        let items = try meteredItems(charge, of: parts.plan, over: parts.period, &missing)
        parts.metered.append((items.items, items.incomplete))
      } catch {
        fault = fault ?? error
      }
    }
    parts.missing[.charges] = missing.all.isEmpty ? nil : missing
    return fault
  }

  /// Another plan's bill in parts, those of which are kept that it does not touch.
  /// - Throws: ``DataError`` as for a plan's bill from scratch.
  package func parts(of plan: FleetPlan, from old: BillParts) throws(DataError) -> BillParts {
    guard plan.demand == old.plan.demand, plan.priceCuts == old.plan.priceCuts,
      plan.droppedServices == old.plan.droppedServices, plan.chargeRegion == old.plan.chargeRegion
    else {
      return try parts(of: plan, over: old.period)
    }
    var parts = old
    parts.plan = plan
    let holds = plan.commitments == old.plan.commitments && plan.savingsPlans == old.plan.savingsPlans
    let touched = plan.servicesDiffering(from: old.plan)
    if !holds || !touched.isEmpty { parts.pool = pool(of: plan, from: old, touched) }
    let moved = parts.pool.symmetricDifference(old.pool)
    var remade = touched.union(moved)
    try setOwn(remade, in: &parts)
    var unmetered: DataError?
    if plan.tokens != old.plan.tokens {
      unmetered = setMetered(in: &parts)
      remade.formUnion((parts.metered + old.metered).flatMap { $0.items.map(\.service) })
    }
    if !holds || !moved.isEmpty || !touched.isDisjoint(with: parts.pool) {
      let groups = plan.sharesAlone && old.plan.sharesAlone ? groups(of: remade, plan, old.plan) : nil
      try setShared(groups, in: &parts)
      for group in groups ?? Set(parts.shared.keys).union(old.shared.keys) {
        remade.formUnion((parts.shared[group] ?? [:]).keys)
        remade.formUnion((old.shared[group] ?? [:]).keys)
      }
    }
    try checkPrices(parts)
    if let unmetered { throw unmetered }
    try setLines(of: remade, in: &parts)
    return parts
  }

  /// - Throws: ``DataError`` that names every price that is missing, where a bill is not to be made without.
  private func checkPrices(_ parts: BillParts) throws(DataError) {
    guard !allowsUnpriced, let error = MissingPrice.error(naming: parts.missing.values.flatMap(\.all)) else { return }
    throw error
  }

  /// The bill that parts make, its lines in the fleet's order of services.
  package func bill(_ parts: BillParts) -> Bill {
    var order: [String: Int] = [:]
    for service in fleet.services.map(\.name) + fleet.charges.map(\.service) where order[service] == nil {
      order[service] = order.count
    }
    let services = parts.lines.keys.sorted { (order[$0] ?? order.count, $0) < (order[$1] ?? order.count, $1) }
    let items = services.flatMap { parts.lines[$0] ?? [] }
    return Bill(
      period: parts.period, items: items,
      incomplete: parts.missingPrices.map(BillGap.unpriced) + unratedUsage(items, parts.plan, over: parts.period)
        + parts.metered.flatMap(\.gaps),
      currency: parts.currency)
  }

  /// The groups that a change touches: of the runs of services, before and after, and of what is held more or less.
  private func groups(of services: Set<String>, _ plan: FleetPlan, _ old: FleetPlan) -> Set<SharingGroup?> {
    var groups = SharingGroups(by: cloud)
    var touched: Set<SharingGroup?> = []
    for run in services.flatMap({ plan.runs(of: $0) + old.runs(of: $0) }) {
      touched.insert(groups.group(of: kind(run)))
    }
    let kept = zip(plan.commitments, old.commitments).prefix { $0 == $1 }.count
    for held in plan.commitments.dropFirst(kept) + old.commitments.dropFirst(kept) {
      touched.insert(groups.group(of: held.kind))
    }
    return touched
  }

  /// Services with an instance that a commitment of the period may pay for, where that is known of another plan.
  private func pool(of plan: FleetPlan, from old: BillParts, _ touched: Set<String>) -> Set<String> {
    let kept = old.plan.commitments.count
    guard plan.savingsPlans == old.plan.savingsPlans, plan.commitments.starts(with: old.plan.commitments) else {
      return pool(of: plan, over: old.period)
    }
    var more = FleetPlan(runs: [], commitments: Array(plan.commitments.dropFirst(kept)))
    for service in plan.services where !old.pool.contains(service) { more.setRuns(plan.runs(of: service), of: service) }
    var again = FleetPlan(runs: [], commitments: plan.commitments, savingsPlans: plan.savingsPlans)
    for service in touched { again.setRuns(plan.runs(of: service), of: service) }
    return old.pool.subtracting(touched).union(pool(of: more, over: old.period).subtracting(touched))
      .union(pool(of: again, over: old.period))
  }

  /// Services with an instance that a commitment of the period may pay for.
  private func pool(of plan: FleetPlan, over period: Period) -> Set<String> {
    let reservations = plan.commitments.filter { $0.commitment.period.intersection(period) != nil }
    let savingsPlans = plan.savingsPlans.filter { $0.period.intersection(period) != nil }
    guard !reservations.isEmpty || !savingsPlans.isEmpty else { return [] }
    var known: [ZonedKind: Bool] = [:]
    return Set(
      plan.services.filter { service in
        plan.runs(of: service).contains { run in
          let kind = ZonedKind(kind: self.kind(run), zone: run.zone)
          if let isHeld = known[kind] { return isHeld }
          let isHeld =
            reservations.contains { $0.covers(kind.kind, in: kind.zone, by: cloud) }
            || savingsPlans.contains { cloud.applies($0, to: kind.kind) }
          known[kind] = isHeld
          return isHeld
        }
      })
  }

  /// Bills what is each service's own, several at once.
  private func setOwn(_ services: Set<String>, in parts: inout BillParts) throws(DataError) {
    let services = services.sorted()
    let known = parts
    let own = try services.concurrentMap { service throws(DataError) in try ownItems(service, known) }
    for (service, own) in zip(services, own) {
      parts.own[service] = own.items
      parts.missing[.service(service)] = own.missing.all.isEmpty ? nil : own.missing
    }
  }

  /// A service's surplus credits, and its instances where nothing that is held may pay for them.
  private func ownItems(_ name: String, _ parts: BillParts) throws(DataError) -> (
    items: [LineItem], missing: MissingPrices
  ) {
    var missing = MissingPrices()
    var items: [LineItem] = []
    if !parts.pool.contains(name) {
      var bare = FleetPlan(runs: [], commitments: [])
      bare.demand = parts.plan.demand
      items = try instanceItems(bare, of: parts.plan.runs(of: name), over: parts.period, &missing)
    }
    if let service = fleet.service(name) {
      items += try surplusItems(service, parts.plan, over: parts.period, &missing)
    }
    return (items, missing)
  }

  /// Bills the pool, and commitments that nobody uses, group by group.
  /// - Parameter touched: the groups to bill; nil for all there are.
  private func setShared(_ touched: Set<SharingGroup?>?, in parts: inout BillParts) throws(DataError) {
    var groups = SharingGroups(by: cloud)
    let plan = parts.plan
    func group(of kind: InstanceKind) -> SharingGroup? { plan.sharesAlone ? groups.group(of: kind) : nil }
    let runs = Dictionary(grouping: parts.pool.sorted().flatMap { plan.runs(of: $0) }) { group(of: kind($0)) }
    let commitments = Dictionary(grouping: plan.commitments) { group(of: $0.kind) }
    if touched == nil {
      for group in parts.shared.keys { parts.missing[.shared(group)] = nil }
      parts.shared = [:]
    }
    for group in touched ?? Set(runs.keys).union(commitments.keys).union(plan.sharesAlone ? [] : [SharingGroup?.none]) {
      var own = plan
      own.commitments = commitments[group] ?? []
      var missing = MissingPrices()
      let items =
        try instanceItems(own, of: runs[group] ?? [], over: parts.period, &missing)
        + upfrontItems(own, over: parts.period)
      parts.missing[.shared(group)] = missing.all.isEmpty ? nil : missing
      parts.shared[group] = items.isEmpty ? nil : Dictionary(grouping: items, by: \.service)
    }
  }

  /// Puts the lines of some services together anew, from what their parts have.
  private func setLines(of services: Set<String>, in parts: inout BillParts) throws(DataError) {
    let charged = Dictionary(
      grouping: parts.metered.flatMap(\.items).filter { services.contains($0.service) }, by: \.service)
    for service in services { try parts.setLines(try lines(of: service, parts, charged[service] ?? []), of: service) }
  }

  /// A service's lines as the bill has them: in order, with the discounts behind them, in the bill's currency.
  private func lines(of service: String, _ parts: BillParts, _ charged: [LineItem]) throws(DataError) -> [LineItem] {
    let start = parts.period.start
    let items = ((parts.own[service] ?? []) + parts.shared.values.flatMap { $0[service] ?? [] } + charged).sorted {
      a, b in
      precedes(a, b, start)
    }
    let discounts: [((any PriceReduction)?, Bool)] = [(fleet.discounts, false), (parts.plan.priceCuts, true)]
    let all = items + discounts.flatMap { $0.0?.lines(on: items, isSupposed: $0.1) ?? [] }
    return try converted(all, to: parts.currency)
  }
}

/// The order of a service's lines: by how they are bought, what they are of, where, and at which price.
private func precedes(_ a: LineItem, _ b: LineItem, _ start: Instant) -> Bool {
  let (one, other) = (a.region ?? "", b.region ?? "")
  if a.option == b.option, a.item == b.item, one != other { return one < other }
  let (account, otherAccount) = (a.account ?? "", b.account ?? "")
  if a.option == b.option, a.item == b.item, account != otherAccount { return account < otherAccount }
  return (a.option, a.item, a.commitment ?? "", a.price.confirmed ?? start, a.price)
    < (b.option, b.item, b.commitment ?? "", b.price.confirmed ?? start, b.price)
}

/// A kind of instance where it runs.
private struct ZonedKind: Hashable {
  var kind: InstanceKind
  var zone: String
}

extension FleetPlan {
  /// True where only reservations are shared, which keep to their group.
  fileprivate var sharesAlone: Bool { savingsPlans.isEmpty }

  /// Services whose instances, or whose load on them, two plans see differently.
  fileprivate func servicesDiffering(from other: FleetPlan) -> Set<String> {
    let all = Set(services).union(other.services)
    let changed = changedServices.symmetricDifference(other.changedServices)
    return changed.union(all.filter { runs(of: $0) != other.runs(of: $0) })
  }
}
