import Analysis
import Model

/// What other purchases would cost.
extension ServicePurchase {
  /// The plans beside doing nothing, Cost Explorer's rule, and the best plan for each demand; in the bill's currency.
  func comparison() throws(DataError) -> PurchaseComparison {
    let best = costs.hindsight
    let choice = context.fleet.purchase.plan ?? .expected
    let compared: [(ComparedPlan, TermPlan)] =
      [(.nothing, TermPlan()), (.costExplorer, market.cheapest.map(costExplorer) ?? TermPlan())]
      + PlanChoice.allCases.map { (.choice($0), $0 == choice ? chosen : plans[$0]!) }
    var rows: [PurchaseComparison.Row] = []
    for (name, plan) in compared {
      var row = try row(name, costs.costs(of: plan), best)
      row.buys = purchases(of: plan)
      row.paybackMonth = costs.paybackMonth(of: plan.now)
      rows.append(row)
    }
    return PurchaseComparison(
      months: market.months, chosen: choice, rows: rows + [try row(.hindsight, best, best)])
  }

  private func row(_ plan: ComparedPlan, _ costs: TermCosts, _ best: TermCosts) throws(DataError)
    -> PurchaseComparison.Row
  {
    PurchaseComparison.Row(
      plan: plan, buys: nil, expected: try amount(costs.expected), fallen: try amount(costs.scaled[0]),
      same: try amount(costs.scaled[1]), grown: try amount(costs.scaled[2]),
      worstRegret: try amount(costs.worstRegret(beside: best)), paybackMonth: nil)
  }

  private func purchases(of plan: TermPlan) -> PurchaseComparison.Purchases {
    PurchaseComparison.Purchases(
      now: plan.now.purchases.map(instances), later: plan.purchases.reduce(0) { $0 + $1.count } - plan.count)
  }

  /// What the purchases of now save a month of the term on the mean of the futures.
  func expectedSaving() throws(DataError) -> Money {
    let saved = problem.cost(of: TermPlan(), costs.expected) - problem.cost(of: chosen.now, costs.expected)
    return try amount(saved / market.months)
  }

  /// Micro-USD in the bill's currency.
  func amount(_ microDollars: Int) throws(DataError) -> Money {
    try currency.amount(of: Money(nanoDollars: Int64(microDollars) * 1000))
  }

  /// What Cost Explorer would say: the number that would have been cheapest over the last 30 days, on demand for the
  /// rest, without a forecast.
  private func costExplorer(_ option: Int) -> TermPlan {
    let recent = demand.hours.suffix(30 * 24).map { hour in
      DemandPattern.Hour(demand: hour.demand, held: hour.held, length: hour.length)
    }
    let past = TermProblem(
      phases: [HeldPhase(end: .max, pattern: DemandPattern(recent))],
      rates: HourlyRates(onDemand: market.onDemand.hourly), options: [market.options[option]],
      outlook: DemandOutlook(monthlySpread: 0), months: 12)
    let count = past.cheapestPlan(on: [DemandPath()], onlyNow: true).count
    return TermPlan([.init(option: option, hour: 0, count: count)])
  }
}
