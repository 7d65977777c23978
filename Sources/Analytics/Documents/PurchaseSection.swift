import Advice
import Model

/// What purchases of one service cost over the term, beside one another.
func purchaseTable(_ comparison: PurchaseComparison, chosen: PlanChoice, in currency: BillCurrency) -> ReportTable {
  let rows = comparison.rows.map { row in
    [planName(row.plan, chosen), row.buys] + amounts(row)
      + [row.paybackMonth.map { "month \($0)" } ?? (row.buysNow ? "never" : "")]
  }
  return ReportTable(
    "purchases", columns: ["Plan|plan", "Buys|buys"] + amountColumns(currency) + [">Paid back|payback_month"],
    rows: rows)
}

/// The same of all services together, which share the term and the plans; nil when none has one.
func fleetPurchaseTable(_ verdicts: [Verdict], chosen: PlanChoice, in currency: BillCurrency) -> ReportTable? {
  let all = verdicts.compactMap(\.purchases)
  guard var rows = all.first?.rows else { return nil }
  for comparison in all.dropFirst() {
    for index in rows.indices { rows[index].add(comparison.rows[index]) }
  }
  let best = rows[rows.count - 1]
  for index in rows.indices { rows[index].setWorstRegret(beside: best) }
  return ReportTable(
    "purchases", columns: ["Plan|plan"] + amountColumns(currency),
    rows: rows.map { [planName($0.plan, chosen)] + amounts($0) })
}

/// What the figures of a table of purchases mean.
func purchaseParagraph(months: Int, in currency: BillCurrency) -> ReportBlock {
  .paragraph(
    "\(currency.code) at list prices over the coming \(months) months, what is left on demand or spot included, if the plan is carried out "
      + "whatever happens: the mean of ten equally likely futures, and demand that at once falls by 30 %, stays, or grows "
      + "by 30 %. Regret is the most by which it is dearer, in one of these three, than the best plan for it.")
}

/// Purchases of all services together with what their figures mean; nothing where there are none.
func fleetPurchaseBlocks(_ verdicts: [Verdict], _ fleet: Fleet, in currency: BillCurrency) -> [ReportBlock] {
  guard let months = verdicts.compactMap(\.purchases).first?.months,
    let table = fleetPurchaseTable(verdicts, chosen: fleet.purchase.plan ?? .expected, in: currency)
  else { return [] }
  let missing = verdicts.filter { $0.step == .mix && $0.purchases == nil }.map(\.service)
  let note = missing.isEmpty ? [] : [ReportBlock.paragraph("Without \(missing.joined(separator: ", ")), not judged.")]
  return [purchaseParagraph(months: months, in: currency), .table(table)] + note
}

/// Purchases of one service with what their figures mean; nothing where it has none.
func purchaseBlocks(_ verdict: Verdict, _ fleet: Fleet, in currency: BillCurrency) -> [ReportBlock] {
  guard let comparison = verdict.purchases else { return [] }
  return [
    purchaseParagraph(months: comparison.months, in: currency),
    .table(purchaseTable(comparison, chosen: fleet.purchase.plan ?? .expected, in: currency)),
  ]
}

private func amountColumns(_ currency: BillCurrency) -> [String] {
  [">Expected|expected", ">-30 %|fallen", ">Stays|same", ">+30 %|grown", ">Regret|worst_regret"]
    .map { "\($0)_\(currency.suffix)" }
}

private func amounts(_ row: PurchaseComparison.Row) -> [String] {
  [row.expected, row.fallen, row.same, row.grown, row.worstRegret].map { Cents($0).grouped }
}

private func planName(_ plan: String, _ chosen: PlanChoice) -> String {
  plan == chosen.rawValue ? "\(plan) (chosen)" : plan
}

extension PurchaseComparison.Row {
  fileprivate mutating func add(_ other: PurchaseComparison.Row) {
    expected += other.expected
    fallen += other.fallen
    same += other.same
    grown += other.grown
  }

  fileprivate mutating func setWorstRegret(beside best: PurchaseComparison.Row) {
    worstRegret = max(fallen - best.fallen, same - best.same, grown - best.grown)
  }
}
