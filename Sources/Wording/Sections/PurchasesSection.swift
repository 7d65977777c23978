import Analytics
import Model

/// What the purchases of all services cost together, plan beside plan.
struct PurchasesSection: ReviewSection {
  func section(_ printed: PrintedReview) -> ReportSection? {
    printed.review.purchases.map {
      ReportSection(
        "purchases", title: "Purchases beside one another",
        blocks: fleetPurchaseBlocks($0.forReview, printed.currency))
    }
  }
}

extension FleetPurchases {
  /// The plan that is chosen, beside nothing, the provider's rule and what nobody could have known; `plimsoll mix` has all.
  fileprivate var forReview: FleetPurchases {
    var copy = self
    copy.rows = rows.filter { row in
      if case .choice = row.plan { row.plan == .choice(chosen) } else { true }
    }
    return copy
  }
}

/// Purchases of all services together, with what their figures mean.
func fleetPurchaseBlocks(_ purchases: FleetPurchases, _ currency: BillCurrency) -> [ReportBlock] {
  let table = ReportTable(
    "purchases", columns: [.text("plan", "Plan")] + amountColumns(currency),
    rows: purchases.rows.map { [planCell($0.plan, purchases.chosen)] + amounts($0) })
  let note =
    purchases.missing.isEmpty
    ? [] : [ReportBlock.paragraph("Without \(firstOf(purchases.missing, most: ReviewLimit.names)), not judged.")]
  return [meaning(months: purchases.months, currency), .table(table)] + note
}

/// Purchases of one service, with what their figures mean.
func purchaseBlocks(_ comparison: PurchaseComparison, _ currency: BillCurrency) -> [ReportBlock] {
  let table = ReportTable(
    "purchases",
    columns: [.text("plan", "Plan"), .text("buys", "Buys")] + amountColumns(currency)
      + [ReportColumn("payback_month", "Paid back in month", .count)],
    rows: comparison.rows.map { row in
      [planCell(row.plan, comparison.chosen), row.buys.map { .text($0.text) } ?? .empty] + amounts(row)
        + [
          row.paybackMonth.map { .count($0) }
            ?? (row.buys?.now.isEmpty == false ? .unknown("not within the term") : .empty)
        ]
    })
  return [meaning(months: comparison.months, currency), .table(table)]
}

private func meaning(months: Int, _ currency: BillCurrency) -> ReportBlock {
  .paragraph(
    "\(currency.code) at list prices over \(months) months, on demand and spot included, if the plan is carried out whatever "
      + "happens: the mean of ten futures, and demand that at once falls by 30 %, stays or grows by 30 %. Regret: the most by "
      + "which it is dearer, in one of these three, than the best plan for it.")
}

private func amountColumns(_ currency: BillCurrency) -> [ReportColumn] {
  [("expected", "Expected"), ("fallen", "-30 %"), ("same", "Stays"), ("grown", "+30 %"), ("worst_regret", "Regret")]
    .map { currency.column($0.0, $0.1) }
}

private func amounts(_ row: PurchaseComparison.Row) -> [ReportCell] {
  [row.expected, row.fallen, row.same, row.grown, row.worstRegret].map { .money($0) }
}

private func planCell(_ plan: ComparedPlan, _ chosen: PlanChoice) -> ReportCell {
  switch plan {
  case .nothing: .text("do nothing")
  case .costExplorer: .text("Cost Explorer's rule")
  case .choice(let choice): .text(choice == chosen ? "\(choice.rawValue) (chosen)" : choice.rawValue)
  case .hindsight: .text("best in hindsight")
  }
}
