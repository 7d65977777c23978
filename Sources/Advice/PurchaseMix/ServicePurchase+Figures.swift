import Analysis
import Model

/// A purchase in words, and what a reader recomputes it from.
extension ServicePurchase {
  /// `reserve 2 more m5.large, standard-1yr-no-upfront; 1 more on 2026-11-14`.
  func text(spotHours: Int) -> String {
    var parts = chosen.now.purchases.map { market.offers[$0.option].words($0.count, market.type, engine) }
    if spotHours > 0 { parts.append("run \(spotHours) instance-hours a month as spot") }
    if parts.isEmpty { parts.append("buy nothing now") }
    let later = laterPurchases
    parts += later.prefix(3).map(words(ofLater:))
    if later.count > 3 { parts.append("\(later.count - 3) more later") }
    return parts.joined(separator: "; ")
  }

  /// `reserve 2 m5.large on 2026-11-14, when ri-cache-2025 ends`.
  private func words(ofLater purchase: TermPlan.Purchase) -> String {
    let cause = ends(at: purchase.hour).map { ", when \($0.joined(separator: ", ")) ends" } ?? ""
    let offer = comparedOffers.count > 1 ? ", \(market.offers[purchase.option].name)" : ""
    let bought = market.offers[purchase.option].words(purchase.count, nil, engine)
    return "\(bought) on \(demand.date(ofHour: purchase.hour, context))\(offer)\(cause)"
  }

  /// What is meant to be bought later. What uncertainty alone would buy later is judged anew by then; it is in the evidence.
  private var laterPurchases: [TermPlan.Purchase] {
    chosen.purchases.filter { $0.hour > 0 && (ends(at: $0.hour) != nil || isLaterMeant) }
  }

  /// The same as decisions to come.
  var later: [LaterPurchase] {
    laterPurchases.map { purchase in
      LaterPurchase(
        date: demand.date(ofHour: purchase.hour, context),
        change: market.offers[purchase.option].change(purchase.count, of: service),
        ending: ends(at: purchase.hour) ?? [])
    }
  }

  /// What is held until an hour of the term; nil where nothing ends.
  private func ends(at hour: Int) -> [String]? { demand.ends.first { $0.hour == hour }?.ids }

  /// Whether the fleet file gives a reason to buy later: growth, an end, or a ladder.
  private var isLaterMeant: Bool {
    outlook.demand.growth != 0 || outlook.demand.endsAfter != nil || context.fleet.purchase.ladder != nil
  }

  func reason(spotHours: Int) -> String {
    if chosen.count == 0, spotHours > 0 { return spotReason }
    if chosen.count == 0, demand.isCovered {
      return "existing commitments cover every hour" + (chosen.purchases.isEmpty ? "" : " until then")
    }
    if market.offers.isEmpty { return "no offer that the fleet file allows is for \(market.type)" }
    guard let level = level(max(1, wanted.count)) else { return "nothing is expected to run" }
    if chosen.count == 0, level.isWorthIt, let later = chosen.purchases.first {
      return "what is bought on \(demand.date(ofHour: later.hour, context)) serves for more of its term"
    }
    let (subject, least) = chosen.count > 0 ? ("each", "at least ") : ("a further one", "")
    return spot == nil
      ? "\(subject) is expected to be used \(least)\(level.expectedUse) % of the hours \(level.span), break-even \(breakEven(level.offer)) %"
      : "\(subject) is expected to save \(least)\(level.worth)/h \(level.span), and costs \(rate(level.offer))/h"
  }

  private func rate(_ offer: Int) -> String { engine.rate(market.offers[offer].hourly) }

  private var spotReason: String {
    "interruptible work at \(engine.rate(spot!.hourly))/h (derived) against \(engine.rate(market.onDemand.hourly))/h on-demand"
  }

  private var engine: BillingEngine { context.engine }
  private var term: String { "\(market.months) months" }

  private func breakEven(_ offer: Int) -> String {
    let share = Double(market.offers[offer].hourly.nanoDollars) / Double(market.onDemand.hourly.nanoDollars)
    return rounded(share * 100, 1)
  }

  /// Break-even, the demand ahead, the use of the last levels bought and of the next two, what is bought later, spot.
  func figures() throws(DataError) -> [EvidenceFigure] {
    var figures = comparedOffers.map { EvidenceFigure("break-even", breakEvenWords($0)) }
    figures.append(
      .init("demand ahead", "after right-sizing and schedules; \(outlook.words); ten equally likely paths over \(term)")
    )
    for number in max(1, wanted.count - 1)...(wanted.count + 2) {
      guard let level = level(number) else { break }
      figures.append(.init("level \(number) beyond existing commitments", words(of: level, number)))
    }
    if chosen.count > 0 {
      let saving = Cents(try expectedSaving())
      figures.append(
        .init("expected saving", "\(saving.grouped) \(currency.code) a month over \(term), beside buying nothing"))
    }
    figures += chosen.purchases.filter { $0.hour > 0 }.prefix(4).map { .init("later", words(ofLater: $0)) }
    if let ladder = context.fleet.purchase.ladder { figures.append(.init("ladder", try ladderWords(ladder))) }
    return figures + spotFigures
  }

  private var spotFigures: [EvidenceFigure] {
    switch spotJudgement {
    case .plan(let spot): spot.basis + spot.risk(of: spotCounts)
    case .refused(let reason): [.init("spot", reason)]
    }
  }

  /// `0.0576/h reserved / 0.096/h on-demand = 60.0 % of hours`, derived rates marked.
  private func breakEvenWords(_ offer: Int) -> String {
    func mark(_ quality: PriceQuality) -> String { quality == .derived ? " (derived)" : "" }
    let (price, onDemand) = (market.offers[offer], market.onDemand)
    return
      "\(engine.rate(price.hourly))/h \(price.isReservation ? "reserved" : "savings plan")\(mark(price.quality)) / "
      + "\(engine.rate(onDemand.hourly))/h on-demand\(mark(onDemand.provenance.quality)) = \(breakEven(offer)) % of hours"
  }

  /// A level beyond what is held, in figures.
  private struct Level {
    /// `632 of 744 hours` of the period.
    var hours: String
    /// Percent of the period's hours, and of the hours to come on the mean of the futures.
    var use, expectedUse: String
    /// What covering it saves on the mean, an hour.
    var worth: String
    /// The hours to come that count: the term of what is bought for it, else the time until the next purchase.
    var span: String
    /// What it is held against: the offer bought for it, else the cheapest.
    var offer: Int
    /// Whether it saves more than that costs.
    var isWorthIt: Bool
  }

  /// nil for a level that is used in none of these hours.
  private func level(_ number: Int) -> Level? {
    let bought = offer(ofLevel: number)
    let next = wanted.purchases.first { $0.hour > 0 }?.hour ?? problem.horizon
    let end = bought.map { min(problem.options[$0].termHours, problem.horizon) } ?? next
    let worth = costs.worth(until: end)
    guard let offer = bought ?? market.cheapest, number >= 1, number <= worth.count else { return nil }
    let pattern = demand.phases[0].pattern
    let use = pattern.use(atDemand: 1_000_000)
    let expected = problem.use(on: DemandPath.likely, until: end)
    let seconds = number <= use.count ? use[number - 1] : 0
    // To four decimals, which is what is compared.
    let hourly = Money(
      nanoDollars: 100_000 * Int64(roundedHalfEven(Int128(worth[number - 1]), dividedBy: Int128(end) * 100)))
    return Level(
      hours: "\(rounded(Double(seconds) / 3600, 0)) of \(pattern.seconds / 3600) hours",
      use: rounded(Double(seconds) / Double(pattern.seconds) * 100, 1),
      expectedUse: rounded(expected[number - 1] * 100, 1), worth: engine.rate(hourly),
      span: end % hoursAYear == 0
        ? "over the coming \(end / hoursAMonth) months" : "until \(demand.date(ofHour: end, context))",
      offer: offer, isWorthIt: hourly > market.offers[offer].hourly)
  }

  /// Which of the purchases of now serves a level, the longest terms at the bottom; nil for a level they do not reach.
  private func offer(ofLevel number: Int) -> Int? {
    var top = 0
    for purchase in wanted.now.purchases.sorted(by: {
      problem.options[$0.option].termHours > problem.options[$1.option].termHours
    }) {
      top += purchase.count
      if number <= top { return purchase.option }
    }
    return nil
  }

  private func words(of level: Level, _ number: Int) -> String {
    let isLater = number <= wanted.count || level.isWorthIt && chosen.purchases.contains { $0.hour > 0 }
    let decision = number <= chosen.count ? "bought" : isLater ? "bought later" : "not bought"
    return "used \(level.hours) (\(level.use) %); expected \(level.expectedUse) % of the hours \(level.span), "
      + "worth \(level.worth)/h against \(rate(level.offer))/h: \(decision)"
  }

  private func ladderWords(_ ladder: Ladder) throws(DataError) -> String {
    guard chosen != wanted else { return "nothing that could be bought in parts" }
    let price = problem.cost(of: chosen, costs.expected) - problem.cost(of: wanted, costs.expected)
    return "up to \(ladder.tranches) parts \(ladder.monthsApart) months apart cost "
      + "\(Cents(try amount(abs(price))).grouped) \(currency.code) \(price < 0 ? "less" : "more") over \(term) than each purchase at once"
  }

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
      row.buys = buys(plan)
      row.buysNow = plan.count > 0
      row.paybackMonth = costs.paybackMonth(of: plan.now)
      rows.append(row)
    }
    return PurchaseComparison(months: market.months, rows: rows + [try row(.hindsight, best, best)])
  }

  private func row(_ plan: ComparedPlan, _ costs: TermCosts, _ best: TermCosts) throws(DataError)
    -> PurchaseComparison.Row
  {
    PurchaseComparison.Row(
      plan: plan, buys: "", buysNow: false, expected: try amount(costs.expected), fallen: try amount(costs.scaled[0]),
      same: try amount(costs.scaled[1]), grown: try amount(costs.scaled[2]),
      worstRegret: try amount(costs.worstRegret(beside: best)), paybackMonth: nil)
  }

  /// What the purchases of now save a month of the term on the mean of the futures.
  func expectedSaving() throws(DataError) -> Money {
    let saved = problem.cost(of: TermPlan(), costs.expected) - problem.cost(of: chosen.now, costs.expected)
    return try amount(saved / market.months)
  }

  private func amount(_ microDollars: Int) throws(DataError) -> Money {
    try currency.amount(of: Money(nanoDollars: Int64(microDollars) * 1000))
  }

  private func buys(_ plan: TermPlan) -> String {
    let now = plan.now.purchases.map { "\($0.count) x \(market.offers[$0.option].name)" }
    let later = plan.purchases.reduce(0) { $0 + $1.count } - plan.count
    let parts = (now.isEmpty ? ["nothing"] : now) + (later > 0 ? ["\(later) later"] : [])
    return parts.joined(separator: ", ")
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
