import Model

/// The service of the bill that unused commitments of savings plans stand under, for no service of the fleet owns them.
package let savingsPlanService = "savings-plans"

extension BillingEngine {
  /// The lines of one savings plan: what it pays for, by service and type, and what nobody drew.
  ///
  /// Together they are commitment × hours held, rounded half-even once; each line is its exact share, rounded down or up
  /// to a nano-dollar so that they add up (largest remainder).
  func items(
    of plan: HeldSavingsPlan, _ index: Int, in coverage: SavingsPlanCoverage, _ sharing: CommitmentSharing,
    over period: Period
  ) -> [LineItem] {
    guard let held = plan.period.intersection(period), held.seconds > 0 else { return [] }
    let drawn = coverage.covered[index].acrossAccounts(sharing) { share, more in
      share.atoms += more.atoms
      share.drawn += more.drawn
    }
    let usages = drawn.sorted { $0.key < $1.key }
    let total = plan.hourly.perHour(seconds: held.seconds)
    let parts = largestRemainders(
      total, usages.map(\.value.drawn) + [coverage.unused[index]], per: 3600 * atomsPerSecond)
    var items = zip(usages, parts).map { usage, dollars in
      usedItem(plan, usage.key, usage.value, coverage.rates[index][usage.key.kind]!, dollars)
    }
    if coverage.unused[index] > 0 { items.append(unusedItem(plan, coverage.unused[index], parts.last!)) }
    return paid(items, of: plan, seconds: held.seconds)
  }

  /// What runs on demand although a savings plan of the time applies to it, for want of a rate at the plan's start.
  func unratedUsage(_ items: [LineItem], _ plan: FleetPlan, over period: Period) -> [BillGap] {
    let lines = items.filter { $0.option == .onDemand }
    return plan.savingsPlans.filter { $0.period.intersection(period) != nil }.flatMap { held in
      let served = lines.filter { $0.account == nil || $0.account == held.account }
      let kinds = Set(served.map { fleet.kind($0.item, of: $0.service, in: $0.region) }).sorted()
      return kinds.filter { cloud.applies(held, to: $0) && held.rate(of: $0, in: catalogue) == nil }.map { kind in
        BillGap.unrated(plan: held.id, held.term, kind, since: held.started)
      }
    }
  }

  private func usedItem(
    _ plan: HeldSavingsPlan, _ key: UsageKey, _ share: SavingsPlanCoverage.Share, _ rate: SavingsPlanRate,
    _ dollars: Money
  ) -> LineItem {
    LineItem(
      service: key.service, option: .savingsPlan, item: key.kind.type, region: key.kind.region,
      engine: key.kind.engine, account: key.account, commitment: plan.id,
      quantity: quantity(share.atoms, per: 3600 * atomsPerSecond), unit: "instance-hour", dollars: dollars,
      driver: driver(of: key.service), price: note(rate),
      priceService: cloud.priceService(of: key.kind))
  }

  /// Commitment that was paid for and not drawn; its quantity is in hours of the whole commitment.
  private func unusedItem(_ plan: HeldSavingsPlan, _ unused: Int128, _ dollars: Money) -> LineItem {
    let hour = Int128(plan.hourly.nanoDollars) * 3600
    return LineItem(
      service: savingsPlanService, option: .savingsPlanUnused, item: "\(plan.term)", account: buyer(plan.account),
      commitment: plan.id,
      quantity: quantity(roundedHalfEven(unused, dividedBy: atomsPerSecond), per: hour), unit: "commitment-hour",
      dollars: dollars, driver: .shared, price: note(plan),
      priceService: cloud.savingsPlanService)
  }
}

/// Exact shares `part / divisor` of a total as whole nano-dollars that add up to it: each is rounded down, and what the total
/// lacks goes to the largest remainders, ties to the earlier share.
/// - Precondition: the total is the rounded sum of the exact shares, none of which is negative.
package func largestRemainders(_ total: Money, _ parts: [Int128], per divisor: Int128) -> [Money] {
  let divided = parts.map { $0.quotientAndRemainder(dividingBy: divisor) }
  return completed(divided.map { Int64($0.quotient) }, to: total.nanoDollars, by: divided.map(\.remainder))
    .map { Money(nanoDollars: $0) }
}
