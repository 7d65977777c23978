// What is paid within a period, beside what it costs.
//
//     cost = upfront spread over the hours of the term + recurring part        (effective, amortised)
//     cash = upfront, all of it, where the commitment is bought in the period + recurring part of every hour it is held
//
// A reservation that was modified goes on as another one, which starts then and was bought before: nothing is paid again.
// Everything else is paid for in the month it is used, so that cash is cost. The recurring part of a savings plan is its
// commitment less what was paid at the start, spread over the hours of its term. Both totals are sums of line items.
// Source: AWS Cost and Usage Report user guide, lineItem/LineItemType (Fee and SavingsPlanUpfrontFee once, RIFee and
// SavingsPlanRecurringFee every month), <https://docs.aws.amazon.com/cur/latest/userguide/Lineitem-columns.html>.

import Model

extension ReservedPrice {
  /// The recurring part of ``amortised(unitSeconds:unitsPerInstance:)``, rounded half-even once.
  package func recurring(unitSeconds: Int128, unitsPerInstance: Int128) -> Money {
    hourly.charge(for: unitSeconds, per: 3600 * unitsPerInstance)
  }
}

extension HeldSavingsPlan {
  /// The recurring part of the commitment of so many seconds, rounded half-even once; zero where all was paid upfront.
  package func recurring(seconds: Int64) -> Money {
    let hours = Int128(term.hours)
    let wholeTerm = max(0, Int128(hourly.nanoDollars) * hours - Int128(upfront.nanoDollars))
    let product = saturatedProduct(wholeTerm, Int128(seconds))
    return Money(clampingNanoDollars: roundedHalfEven(product, dividedBy: 3600 * hours))
  }
}

extension BillingEngine {
  /// What is paid for a line of a reservation; nil where nothing was paid upfront.
  func cash(_ held: PricedCommitment, _ units: Int128) -> Money? {
    guard held.price.upfront != .zero else { return nil }
    return held.price.recurring(unitSeconds: units, unitsPerInstance: cloud.normalisedUnits(of: held.kind))
  }

  /// The lines of a savings plan with what is paid for each: the recurring part in proportion to what they cost.
  func paid(_ items: [LineItem], of plan: HeldSavingsPlan, seconds: Int64) -> [LineItem] {
    guard plan.upfront != .zero, !items.isEmpty else { return items }
    let parts = apportion(plan.recurring(seconds: seconds), by: items.map { Int128($0.dollars.nanoDollars) })
    return zip(items, parts).map { item, cash in
      var item = item
      item.cashDollars = cash
      return item
    }
  }

  /// A line for each upfront payment of a commitment that is bought in the period.
  func upfrontItems(_ plan: FleetPlan, over period: Period) -> [LineItem] {
    let reservations = plan.commitments.filter {
      $0.commitment.bought == nil && period.contains($0.commitment.started) && $0.missing == nil
        && $0.price.upfront != .zero
        && $0.commitment.count > 0
    }.map { held in
      let commitment = held.commitment
      return LineItem(
        service: commitment.service, option: .upfront, item: commitment.type, region: held.kind.region,
        account: buyer(commitment.account), commitment: commitment.id,
        quantity: quantity(Int128(commitment.count), per: 1), unit: "reservation", dollars: .zero,
        cashDollars: held.price.upfront.charge(for: Int128(commitment.count), per: 1),
        driver: driver(of: commitment.service), price: note(held),
        priceService: cloud.priceService(ofType: commitment.type, engine: held.price.kind.engine))
    }
    let plans = plan.savingsPlans.filter { period.contains($0.started) && $0.upfront != .zero }.map { plan in
      LineItem(
        service: savingsPlanService, option: .upfront, item: "\(plan.term)", account: buyer(plan.account),
        commitment: plan.id,
        quantity: quantity(1, per: 1), unit: "savings-plan", dollars: .zero, cashDollars: plan.upfront, driver: .shared,
        price: note(plan), priceService: cloud.savingsPlanService)
    }
    return reservations + plans
  }
}
