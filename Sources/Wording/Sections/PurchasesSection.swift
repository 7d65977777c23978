import Analytics
import Model

/// What is bought for the account, and what other purchases would cost.
struct PurchasesSection: ReviewSection {
  func section(_ printed: PrintedReview) -> ReportSection? {
    guard let purchases = printed.review.purchases, let comparison = purchases.comparison else { return nil }
    return ReportSection(
      "purchases", title: "Purchases beside one another",
      blocks: [.paragraph(planText(purchases.plan, printed.currency))]
        + comparisonBlocks(comparison, comparison.forReview, without: purchases.missing, printed.currency))
  }
}

extension PurchaseComparison {
  /// The plan that is chosen, beside nothing, renewing, the provider's rule and what nobody could have known; `plimsoll mix`
  /// has all.
  fileprivate var forReview: [Row] {
    rows.filter { [.nothing, .renewal, .costExplorer, .choice(chosen), .hindsight].contains($0.plan) }
  }
}

/// What a plan comes to, in a sentence or two.
func planText(_ plan: AccountPurchasePlan, _ currency: BillCurrency) -> String {
  let now = plan.lines.filter(\.isNow)
  guard !now.isEmpty else {
    let foreseen = "\(counted(plan.lines.count, "purchase")) \(plan.lines.count == 1 ? "is" : "are") foreseen"
    return plan.lines.isEmpty ? "Nothing to sign." : "Nothing to sign now; \(foreseen)."
  }
  let hourly = now.reduce(Money.zero) { $0 + $1.hourly }
  let saving =
    "saves \(Cents(plan.savingPerMonth).grouped) \(currency.code) a month: \(Cents(plan.costOfNow).grouped) in \(plan.months) "
    + "months, the mean of the futures, in place of \(Cents(plan.costOfNothing).grouped)"
  let foreseen = "\(plan.lines.count > now.count ? "with what is foreseen" : "all of it") \(Cents(plan.cost).grouped)"
  let bound =
    if plan.cost > plan.leastCost {
      "the cheapest plan fixed today is \(Cents(plan.leastCost).grouped)"
    } else if plan.gap == .zero {
      "no plan fixed today that the past supports is cheaper"
    } else {
      "no plan fixed today that the past supports is cheaper by more than \(Cents(plan.gap).grouped)"
    }
  let budget = plan.upfrontBudget.map { " of a budget of \(Cents($0).grouped)" } ?? ""
  return
    "To sign: \(now.count) purchase\(now.count == 1 ? "" : "s"), \(Cents(plan.upfrontNow).grouped) USD upfront\(budget) and "
    + "\(currency.listText(hourly: hourly)); \(saving); \(foreseen), and \(bound)."
}

/// What is signed, and when; what is foreseen for a day to come stands under it.
func planTable(_ plan: AccountPurchasePlan, _ currency: BillCurrency) -> ReportTable {
  let dollar = BillCurrency.usDollar
  return ReportTable(
    "purchases",
    columns: [
      .text("pool", "Pool"), .text("type", "Type"), ReportColumn("count", "Count", .count),
      ReportColumn("usd_per_hour", "Committed", .rate(currency: dollar.code, per: "hour")), .text("offer", "Offer"),
      ReportColumn("when", "When", .date), dollar.column("upfront", "Upfront, USD"),
      dollar.column("hourly", "An hour, USD", per: "hour"), ReportColumn("break_even", "Break-even", .share),
      ReportColumn("hours_used", "Used", .share), .text("note", "Note"),
    ],
    rows: plan.lines.map { row($0, currency) })
}

private func row(_ line: AccountPurchasePlan.Line, _ currency: BillCurrency) -> [ReportCell] {
  let (type, count, committed): (ReportCell, ReportCell, ReportCell) =
    switch line.amount {
    case .instances(let count, let type): (.text(type), .count(count), .empty)
    case .hourly(let hourly): (.empty, .empty, .rate(hourly))
    }
  return [
    .text(line.pool), type, count, committed, .text(line.offer.description), .date(line.date), .money(line.upfront),
    .rate(line.hourly), line.breakEven.map { .share($0) } ?? .empty, line.hoursUsed.map { .share($0) } ?? .empty,
    .text(note(line, currency)),
  ]
}

private func note(_ line: AccountPurchasePlan.Line, _ currency: BillCurrency) -> String {
  let watch = line.watchDays > 0 ? ["\(line.watchDays) days after the move"] : []
  let ends = line.ending.isEmpty ? [] : ["when \(line.ending.joined(separator: ", ")) ends"]
  let forgone = line.forgone.map { ["forgoes \($0.type), \(Cents($0.monthly).grouped) \(currency.code) a month less"] }
  return ((line.isNow ? [] : ["foreseen"]) + watch + ends + (forgone ?? [])).joined(separator: "; ")
}

/// What the bill of each service was and is.
func shareTable(_ purchases: AccountPurchases, _ currency: BillCurrency) -> ReportTable {
  let shares = purchases.shares
  let (before, after) = (printedCents(of: shares.map(\.before)), printedCents(of: shares.map(\.after)))
  let sums = (before.reduce(.zero, +), after.reduce(.zero, +))
  let saving = shares.reduce(Money.zero) { $0 + $1.saving }
  return ReportTable(
    "purchase_shares",
    columns: [
      .text("service", "Service"), currency.column("before", "Bill before, \(currency.code)"),
      currency.column("after", "Bill after"), currency.column("saving", "Saves"),
    ],
    rows: shares.indices.map { index in
      [
        .text(shares[index].service), .money(shares[index].before, printed: before[index]),
        .money(shares[index].after, printed: after[index]),
        .money(shares[index].saving, printed: before[index] - after[index]),
      ]
    },
    total: [
      .text("Total"), .money(shares.reduce(Money.zero) { $0 + $1.before }, printed: sums.0),
      .money(shares.reduce(Money.zero) { $0 + $1.after }, printed: sums.1), .money(saving, printed: sums.0 - sums.1),
    ])
}

/// Rules and plans beside one another, with what their figures mean.
/// - Parameters:
///   - rows: those that are printed.
///   - missing: pools that were not judged.
func comparisonBlocks(
  _ comparison: PurchaseComparison, _ rows: [PurchaseComparison.Row], without missing: [String],
  _ currency: BillCurrency
) -> [ReportBlock] {
  let table = ReportTable(
    "rules",
    columns: [.text("plan", "Plan")]
      + [
        ("expected", "Expected"), ("fallen", "-30 %"), ("same", "Stays"), ("grown", "+30 %"),
        ("worst_regret", "Regret"), ("upfront", "Upfront"), ("signed_new", "Signed new"), ("signed_again", "Renewed"),
      ].map { currency.column($0.0, $0.1) },
    rows: rows.map { row in
      [.text(planName(row.plan, comparison.chosen))]
        + [row.expected, row.fallen, row.same, row.grown, row.worstRegret].map { .money($0) }
        + [row.upfront, row.signedNew, row.signedAgain].map { $0.map { .money($0) } ?? .empty }
    })
  let note =
    missing.isEmpty
    ? [] : [ReportBlock.paragraph("Without \(firstOf(missing, most: ReviewLimit.names)), not judged.")]
  return [
    .paragraph(
      "\(currency.code) at list prices over \(comparison.months) months, on demand and spot included. Every rule acts again each "
        + "month, knowing the months before, and may renew; the mean of ten futures, and demand that at once falls by 30 %, "
        + "stays or grows by 30 %. Regret: the most by which it is dearer, in one of these three, than the best plan for it. "
        + "Where demand stays: cash paid upfront, and what is signed over whole terms, new and in place of what ends."),
    .table(table),
  ] + note
}

private func planName(_ plan: ComparedPlan, _ chosen: PlanChoice) -> String {
  switch plan {
  case .nothing: "do nothing"
  case .renewal: "renew what is held"
  case .costExplorer: "Cost Explorer's rule"
  case .azure: "Azure's rule"
  case .leastOf30Days: "least of 30 days"
  case .steadyLevels: "levels used 75 %"
  case .buyingNow: "solve buy alone"
  case .choice(let choice): "ours, \(choice.rawValue)" + (choice == chosen ? " (chosen)" : "")
  case .hindsight: "best in hindsight"
  }
}
