// How well commitments fit what runs, over a period.
//
//     utilisation            = what was used of the commitment / the commitment
//     coverage               = on-demand cost of what is covered / on-demand cost of what could be
//     effective savings rate = 1 - actual cost / on-demand cost
//
// Costs are line items at list price, of the same plan billed without commitments (E), with reservations (R) and with
// savings plans too. Reservations could cover all instances but spot ones, and are compared with E; savings plans could
// cover what reservations leave of the service that they pay for, and are compared with that.
// Sources: AWS Cost Management user guide, "Savings Plans utilization" and "coverage" reports (used commitment; eligible
// spend by on-demand cost); FinOps Foundation, "Determine Effective Savings Rate",
// <https://finops.org/assets/use-cases/effective-savings-rate-services>.

import Model

/// The three rates of one kind of commitment, or of all; nil where there is nothing to divide by.
package struct CommitmentRates: Hashable, Sendable {
  /// What was used of the commitment, and all of it.
  package var used, committed: Money
  /// On-demand cost of what was covered, and of what could be.
  package var covered, eligible: Money
  /// What the eligible usage and the commitment cost.
  package var actual: Money

  /// A fraction with six decimals, half-even.
  package var utilisation: ScaledDecimal? { used.share(of: committed) }
  /// A fraction with six decimals, half-even.
  package var coverage: ScaledDecimal? { covered.share(of: eligible) }
  /// A fraction with six decimals, half-even; negative where commitments cost more than they save.
  package var effectiveSavings: ScaledDecimal? {
    millionths(Int128(eligible.nanoDollars) - Int128(actual.nanoDollars), of: Int128(eligible.nanoDollars))
  }
}

/// The rates of a plan's reservations, of its savings plans, and of both together.
package struct PlanRates: Hashable, Sendable {
  package var reservations, savingsPlans, together: CommitmentRates
}

extension BillingEngine {
  /// How well a plan's commitments fit what runs.
  /// - Throws: ``DataError`` where a type has no on-demand price, even if commitments cover all of it.
  package func rates(of plan: FleetPlan, over period: Period) throws(DataError) -> PlanRates {
    var bare = plan
    bare.savingsPlans = []
    let held = plan.savingsPlans
    @Sendable func isEligible(_ item: LineItem) -> Bool {
      if item.priceService == cloud.savingsPlanService { return true }
      let kind = fleet.kind(item.item, of: item.service, in: item.region)
      return held.contains { cloud.applies($0, to: kind) }
    }
    let isReservedAlone = !plan.savingsPlans.contains { $0.period.intersection(period) != nil }
    var plans = [bare] + (isReservedAlone ? [] : [plan])
    bare.commitments = []
    plans.insert(bare, at: 0)
    let billed = try plans.concurrentMap { plan throws(DataError) in
      var missing = MissingPrices()
      let items = try instanceItems(plan, over: period, &missing)
      return (sums: InstanceSums(items, isEligible: isEligible), missing: missing.all)
    }
    if let error = MissingPrice.error(naming: billed.flatMap(\.missing)) { throw error }
    let (onDemand, reserved, actual) = (billed[0].sums, billed[1].sums, billed[billed.count - 1].sums)
    let paid = reserved.used + reserved.unused
    let drawn = actual.drawn + actual.undrawn
    return PlanRates(
      reservations: CommitmentRates(
        used: reserved.used, committed: paid, covered: onDemand.onDemand - reserved.onDemand,
        eligible: onDemand.onDemand, actual: reserved.onDemand + paid),
      savingsPlans: CommitmentRates(
        used: actual.drawn, committed: drawn, covered: reserved.planEligible - actual.planEligible,
        eligible: reserved.planEligible, actual: actual.planEligible + drawn),
      together: CommitmentRates(
        used: reserved.used + actual.drawn, committed: paid + drawn, covered: onDemand.onDemand - actual.onDemand,
        eligible: onDemand.onDemand, actual: actual.onDemand + paid + drawn))
  }
}

/// The instances of a bill by how they are bought, at list price.
private struct InstanceSums {
  var onDemand = Money.zero
  /// On demand, of what savings plans could pay for.
  var planEligible = Money.zero
  var used = Money.zero
  var unused = Money.zero
  var drawn = Money.zero
  var undrawn = Money.zero

  /// - Parameter isEligible: whether savings plans could pay for a line.
  init(_ items: [LineItem], isEligible: (LineItem) -> Bool) {
    for item in items {
      switch item.option {
      case .onDemand:
        onDemand += item.dollars
        if isEligible(item) { planEligible += item.dollars }
      case .reserved: used += item.dollars
      case .reservedUnused: unused += item.dollars
      case .savingsPlan: drawn += item.dollars
      case .savingsPlanUnused: undrawn += item.dollars
      case .upfront, .spot, .surplusCredits, .spotRework, .metered, .negotiatedDiscount: break
      }
    }
  }
}
