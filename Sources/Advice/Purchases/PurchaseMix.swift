import Analysis
import Model
import Solvers

/// Reserved, savings plan, on-demand and spot capacity of least expected cost over the coming term, for the account.
///
/// What existing commitments already cover is taken off until they end, by the bill engine's own rules. Demand is summed
/// over services as the provider shares what is bought (``PurchasePool``), so that no answer depends on which service
/// comes first. Spot is offered only to services the fleet file calls interruptible. An offer that the book does not
/// price is named and left out.
package struct PurchaseMix: AccountAdviser {
  package let step = AdviceStep.mix
  package init() {}

  /// Months over which purchases are judged: the longest term that the fleet file allows, so that all compare.
  package static func months(_ policy: PurchasePolicy) -> Int { AccountMarket.months(policy) }

  package func advise(on plan: FleetPlan, comparing compares: Bool, _ context: AdviceContext) throws(DataError)
    -> AccountProposal
  {
    let account = try AccountPurchase(of: plan, context)
    let pools = try account.futures.places.concurrentMap { (place) throws(DataError) in
      try PoolPurchase(account, part: place.part, index: place.index)
    }
    let plans = PlanPurchase.all(account)
    var proposals: [Proposal] = []
    for (index, use) in account.use.pools.enumerated() {
      if let own = pools.first(where: { $0.poolIndex == index }) {
        proposals.append(try proposal(own))
      } else if case .failure(let error) = account.market.pools[index] {
        proposals.append(refused(use.pool, .lacking(error), account))
      }
    }
    for plan in plans { proposals.append(try proposal(plan, account)) }
    return AccountProposal(
      proposals: proposals, plan: try account.signed(pools, plans),
      comparison: compares ? try account.comparison() : nil)
  }

  private func proposal(_ purchase: PoolPurchase) throws(DataError) -> Proposal {
    let (account, use, market) = (purchase.account, purchase.use, purchase.market)
    if let date = use.gone(account.context) { return refused(use.pool, .purchase(.decommissioned(date)), account) }
    let mayBeSpot = use.services.contains { $0.service.interruptible }
    if market.offers.isEmpty, !market.leftOut.isEmpty, !mayBeSpot, !account.paysByPlan(purchase.poolIndex) {
      return refused(use.pool, .purchase(.offersMissing(market.leftOut)), account)
    }
    var evidence = account.evidence
    evidence.figures = market.leftOut.map { .purchase(.leftOut($0)) } + (try purchase.figures())
    evidence.prices = purchase.prices
    return try advice(purchase, evidence)
  }

  private func refused(_ pool: PurchasePool, _ reason: VerdictReason, _ account: AccountPurchase) -> Proposal {
    Proposal(verdict(.refused, pool.subject, .notJudged, because: reason, account.evidence))
  }

  private func advice(_ purchase: PoolPurchase, _ evidence: Evidence) throws(DataError) -> Proposal {
    let changes = purchase.now.map(purchase.change)
    let spot = try purchase.spot()
    var evidence = evidence
    evidence.figures += spot.figures.map { .spot($0) }
    let isBuying = !changes.isEmpty || !spot.changes.isEmpty
    var verdict = verdict(
      isBuying ? .recommended : .kept, purchase.pool.subject, isBuying ? .change : .buyNothing,
      because: .purchase(purchase.reason), evidence, purchase.isSafe ? .medium : .low)
    verdict.later = purchase.later
    guard isBuying else { return Proposal(verdict) }
    return Proposal(verdict, expectedSaving: try purchase.expectedSaving(), changes: changes + spot.changes)
  }

  private func proposal(_ plan: PlanPurchase, _ account: AccountPurchase) throws(DataError) -> Proposal {
    let subject = Verdict.Subject.pool(plan.name, services: plan.services)
    var evidence = account.evidence
    evidence.prices = plan.prices
    let isBuying = !plan.now.isEmpty
    let saving = isBuying ? try plan.expectedSaving() : .zero
    if isBuying { evidence.figures = [.purchase(.expectedSaving(saving, months: account.market.months))] }
    var verdict = verdict(
      isBuying ? .recommended : .kept, subject, isBuying ? .change : .buyNothing,
      because: .purchase(.sharedPlan(saving: saving, months: account.market.months)), evidence,
      plan.isSafe ? .medium : .low)
    verdict.later = plan.later()
    guard isBuying else { return Proposal(verdict) }
    return Proposal(verdict, expectedSaving: saving, changes: plan.now.map(plan.change))
  }
}

extension PurchasePool {
  var subject: Verdict.Subject { .pool(name, services: services) }
}

extension PooledUse {
  /// The last day on which something of it was to run by the fleet file, where that has come for all of it.
  fileprivate func gone(_ context: AdviceContext) -> CivilDate? {
    let today = context.clock.date(at: context.asOf)
    let ends = services.map { context.fleet.outlook(of: $0.service).decommission }
    guard ends.allSatisfy({ $0.map { $0 <= today } ?? false }) else { return nil }
    return ends.compactMap { $0 }.max()
  }
}

extension AccountPurchase {
  /// What every verdict on purchases rests on, before what is its own.
  fileprivate var evidence: Evidence {
    let hours = Int(context.period.seconds / 3600)
    return Evidence(period: context.period, coverage: Coverage(seen: hours, expected: hours), figures: [])
  }

  fileprivate func paysByPlan(_ pool: Int) -> Bool {
    market.plans.contains { $0.isOffered && $0.rates[pool] != nil }
  }

  /// The plan as a list to sign.
  fileprivate func signed(_ pools: [PoolPurchase], _ plans: [PlanPurchase]) throws(DataError) -> AccountPurchasePlan {
    var lines: [AccountPurchasePlan.Line] = []
    for pool in pools {
      for purchase in pool.purchases {
        var line = try line(
          purchase, pool.pool.name, pool.instances(purchase).term,
          .instances(purchase.count, type: pool.pool.kind.type), pool.change(purchase))
        line.breakEven = pool.breakEvenShare(purchase)
        line.hoursUsed = pool.hoursUsed(purchase)
        line.ending = pool.ending(at: purchase.hour)
        lines.append(line)
      }
    }
    for plan in plans {
      for purchase in plan.purchases {
        lines.append(
          try line(
            purchase, plan.name, .savingsPlan(plan.market(purchase).term), .hourly(plan.hourly(purchase)),
            plan.change(purchase)))
      }
    }
    let ofNow = cost(of: now(chosen))
    return AccountPurchasePlan(
      lines: lines.sorted { ($0.date, $0.pool, $0.offer.description) < ($1.date, $1.pool, $1.offer.description) },
      savingPerMonth: try amount((costOfNothing - ofNow) / market.months), costOfNothing: try amount(costOfNothing),
      costOfNow: try amount(ofNow), gap: try amount(gap), cost: try amount(cost(of: chosen)),
      leastCost: try amount(leastCost), months: market.months,
      savings: try savings(
        pools.map { ($0.pool.name, $0.part, $0.now) } + plans.map { ($0.name, $0.part, $0.now) }),
      upfrontBudget: context.fleet.purchase.upfrontBudgetUsd)
  }

  /// What purchases of now add to the plan's saving, one after the other.
  private func savings(
    _ bought: [(name: String, part: Int, purchases: [AccountPlan.Purchase])]
  ) throws(DataError) -> [String: Money] {
    var savings: [String: Money] = [:]
    var before = problems.map { _ in [AccountPlan.Purchase]() }
    var costs = zip(problems, before).map { $0.cost(of: $1) }
    var (saved, last) = (0, Money.zero)
    for (name, part, purchases) in bought where !purchases.isEmpty {
      before[part] += purchases
      let cost = problems[part].cost(of: before[part])
      saved += costs[part] - cost
      costs[part] = cost
      let all = try amount(saved / market.months)
      savings[name] = all - last
      last = all
    }
    return savings
  }

  /// A purchase as it is signed, by the terms of the change that makes it.
  private func line(
    _ purchase: AccountPlan.Purchase, _ pool: String, _ offer: CommitmentTerm,
    _ amount: AccountPurchasePlan.Line.Amount, _ change: Change
  ) throws(DataError) -> AccountPurchasePlan.Line {
    let signed = try change.change.terms(on: plan, context).signed
    return AccountPurchasePlan.Line(
      pool: pool, offer: offer, amount: amount, date: date(ofHour: purchase.hour), isNow: purchase.hour == 0,
      upfront: signed?.upfront ?? .zero, hourly: signed?.hourly ?? .zero,
      effectiveHourly: signed?.effectiveHourly ?? .zero)
  }
}
