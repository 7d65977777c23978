import Analysis
import Model

/// What is bought for one service, and what else might have been.
struct ServicePurchase {
  let service: Service
  let market: PurchaseMarket
  let demand: ServiceDemand
  let problem: TermProblem
  let spotJudgement: SpotJudgement
  /// nil when spot may not serve it.
  var spot: SpotPlan? { spotJudgement.plan }
  /// Instances that are spot in each slot: of those that no commitment, held or bought, speaks for.
  let spotCounts: [Int]
  /// The plan that the fleet file asks for.
  let wanted: TermPlan
  /// The same on its ladder.
  let chosen: TermPlan
  let plans: [PlanChoice: TermPlan]
  let outlook: ServiceOutlook
  /// Purchases of the problem beside one another.
  let costs: TermComparison
  /// Of the bill, for amounts; prices stay in USD.
  let currency: BillCurrency
  let context: AdviceContext

  init(_ service: Service, _ market: PurchaseMarket, plan: FleetPlan, _ context: AdviceContext) throws(DataError) {
    (self.service, self.market, self.context) = (service, market, context)
    currency = try context.engine.currency(over: context.period)
    spotJudgement = try judgeSpot(service, type: market.type, plan: plan, context)
    let spot = spotJudgement.plan
    demand = try ServiceDemand(
      of: service, type: market.type, plan: plan, spotLimits: spot?.limits ?? [], months: market.months, context)
    outlook = ServiceOutlook(service, from: demand.start, context)
    problem = TermProblem(
      phases: demand.phases, rates: HourlyRates(onDemand: market.onDemand.hourly, spot: spot?.hourly),
      options: market.options, outlook: outlook.demand, months: market.months)
    costs = TermComparison(problem)
    var plans: [PlanChoice: TermPlan] = [:]
    for choice in PlanChoice.allCases {
      plans[choice] = problem.cheapestPlan(choice == .expected ? costs.expected : problem.savings(on: choice.paths))
    }
    self.plans = plans
    let wanted = plans[context.fleet.purchase.plan ?? .expected]!
    let horizon = problem.horizon
    let chosen = context.fleet.purchase.ladder.map { wanted.laddered($0, horizon: horizon) } ?? wanted
    (self.wanted, self.chosen) = (wanted, chosen)
    spotCounts = demand.spotCounts(within: spot?.limits ?? [], beyond: chosen.count, plan: plan, service, context)
  }

  /// Whether even the cautious plan buys as much now.
  var isSafe: Bool { plans[.cautious]!.count >= chosen.count }

  /// The price rows it rests on, each once.
  var prices: [PriceNote] {
    let engine = context.engine
    // Break-even is at list prices: one discount is off all that is compared here, and off its ratios nothing.
    let notes =
      [engine.note(market.onDemand)] + comparedOffers.map { market.offers[$0].note(engine) } + (spot?.prices ?? [])
      + engine.discountNotes(market.onDemand.kind)
    return notes.enumerated().filter { index, note in !notes[..<index].contains(note) }.map(\.element)
  }

  /// The offers bought at any time, or else the cheapest.
  var comparedOffers: [Int] {
    let bought = Set(chosen.purchases.map(\.option)).sorted()
    return bought.isEmpty ? market.cheapest.map { [$0] } ?? [] : bought
  }
}

extension PlanChoice {
  /// The futures on whose mean it is cheapest.
  var paths: [DemandPath] {
    switch self {
    case .cautious: [.low]
    case .expected: DemandPath.likely
    case .bold: [.high]
    }
  }
}

/// The demand ahead of a service, and where that is known from.
struct ServiceOutlook {
  let demand: DemandOutlook
  /// Weeks of history the spread rests on; nil when the fleet file states it.
  let weeks: Int?
  private let stated: Outlook

  init(_ service: Service, from start: Instant, _ context: AdviceContext) {
    stated = context.fleet.outlook(of: service)
    let means = context.weeklyUnits(of: service.name)
    weeks = stated.uncertaintyPercentAYear == nil ? means.count : nil
    let spread =
      stated.uncertaintyPercentAYear.map { DemandOutlook.monthlySpread(percentAYear: $0) }
      ?? DemandOutlook.spread(
        weeklyMeans: means, prior: DemandOutlook.monthlySpread(percentAYear: assumedUncertaintyPercent))
    let end = stated.decommission.map { date in
      Int(max(0, (context.clock.midnight(of: date).seconds - start.seconds) / 3600))
    }
    demand = DemandOutlook(
      growth: Double(stated.growthPercentAYear ?? 0) / 100, monthlySpread: spread, endsAfter: end)
  }

  /// What is known of it over a term of so many months.
  func figure(months: Int) -> DemandAhead {
    DemandAhead(
      growthPercentAYear: stated.growthPercentAYear, monthlySpread: demand.monthlySpread, weeks: weeks,
      decommission: stated.decommission, months: months)
  }
}

/// The standard deviation of a year's demand where nothing is stated, in percent: the prior that history is added to.
package let assumedUncertaintyPercent = 25

extension AdviceContext {
  /// Mean normalised units that ran of a service in each whole week before the period's end, oldest first.
  fileprivate func weeklyUnits(of service: String) -> [Double] {
    let runs = inventory[service]
    guard let first = runs.map(\.started).min() else { return [] }
    let weeks = Int((period.end.seconds - first.seconds) / 604_800)
    return (0..<max(0, min(weeks, 104))).reversed().map { ago in
      let end = period.end.advanced(by: -Int64(ago) * 604_800)
      let week = Period(start: end.advanced(by: -604_800), end: end)
      let units = runs.reduce(Int128(0)) { sum, run in
        sum + Int128(run.overlap(with: week)?.seconds ?? 0) * cloud.normalisedUnits(of: engine.kind(run))
      }
      return Double(units) / 604_800
    }
  }
}
