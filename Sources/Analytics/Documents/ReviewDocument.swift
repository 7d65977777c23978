import Analysis
import Model
import Reporting

/// The monthly review as a document.
func reviewDocument(_ review: Review) -> ReportDocument {
  let study = review.study
  let bill = PrintedBill(review.current.bill)
  let advice = PrintedAdvice(review)
  let allocation = PrintedAllocation(review.current.allocation, bill)
  var document = ReportDocument(titleBlocks(review))
  document += [.heading(level: 2, "At a glance"), .table(glanceTable(review, bill, advice))]
  document += [.heading(level: 2, "What to change")] + adviceBlocks(advice)
  let notes = silentNotes(review) + expiryNotes(review)
  if !notes.isEmpty { document += [.list(notes)] }
  let purchases = fleetPurchaseBlocks(review.verdicts, study.fleet, in: advice.currency)
  if !purchases.isEmpty { document += [.heading(level: 2, "Purchases beside one another")] + purchases }
  document += [.heading(level: 2, "What changed since \(study.month.previous.name)")] + changeBlocks(review)
  document += [
    .heading(level: 2, "The bill"),
    .paragraph(
      "Effective cost: upfront payments spread over their term. Every line item with its price row is in `bill.csv`."),
    .table(billTable(bill)),
  ]
  document += commitmentBlocks(review)
  document +=
    [.heading(level: 2, "Cost per user")]
    + userBlocks(allocation, marginal: review.marginalCosts.costs, month: study.month)
  document += [.heading(level: 2, "Thresholds")] + thresholdBlocks(review)
  document += [.heading(level: 2, "Refused")] + refusedBlocks(review)
  document += [
    .heading(level: 2, "Kept as it is"),
    .table(verdictTable(review.verdicts.filter { $0.outcome == .kept }, name: "kept")),
  ]
  document += [.heading(level: 2, "Evidence")]
  for verdict in review.recommendations {
    document += evidenceBlocks(verdict, clock: study.context.clock, in: advice.currency, level: 3)
  }
  document += [.heading(level: 2, "Data and prices")] + dataBlocks(review)
  return document
}

private func titleBlocks(_ review: Review) -> [ReportBlock] {
  let study = review.study
  let clock = study.context.clock
  var blocks: [ReportBlock] = [.heading(level: 1, "\(study.fleet.title): review of \(study.month.name)")]
  if let note = study.fleet.note { blocks.append(.paragraph(note)) }
  blocks.append(
    .paragraph(
      "\(clock.text(study.period.start)) to \(clock.text(study.period.end)), \(clock.identifier), \(study.period.seconds / 3600) hours. "
        + "Amounts in \(study.fleet.currency); prices of \(study.fleet.provider) \(study.fleet.region) as dated in the price book."
        + (rateText(review.current.bill.currency).map { " \($0)" } ?? "")
    ))
  return blocks
}

/// The five figures a reviewer wants.
func glanceTable(_ review: Review, _ bill: PrintedBill, _ advice: PrintedAdvice) -> ReportTable {
  let now = review.current
  let before = review.previous
  let critical = review.thresholds.filter { $0.severity == .critical }
  let percent = bill.total == .zero ? 0 : Double(advice.saving.count) / Double(bill.total.count) * 100
  let rows = [
    [
      "Cost", "\(bill.total.grouped) \(bill.bill.currency.code)",
      before.map { changeText(Double(now.bill.total.nanoDollars), from: Double($0.bill.total.nanoDollars)) } ?? "",
      "\(rounded(now.allocation.averageUsers, 1)) average concurrent users",
    ],
    [
      "Cost per user", "\(perUserText(now.allocation.perUser)) \(bill.bill.currency.code)",
      before.map {
        changeText(Double(now.allocation.perUser.nanoDollars), from: Double($0.allocation.perUser.nanoDollars))
      } ?? "",
      "a month, for each average concurrent user",
    ],
    [
      "Saving found", "\(advice.saving.grouped) \(bill.bill.currency.code)", "",
      "\(rounded(percent, 1)) % of the bill, \(review.recommendations.count) changes in sequence",
    ],
    [
      "Time critical", durationText(critical.reduce(0) { $0 + $1.seconds }), "",
      "\(critical.reduce(0) { $0 + $1.episodes.count }) crossings, \(critical.count) critical thresholds",
    ],
    [
      "Data seen", review.data.coverage.percentText, "",
      "of CPU samples; \(review.verdicts.count { $0.outcome == .refused }) verdicts refused",
    ],
  ]
  return ReportTable(
    "glance",
    columns: [
      "Figure|figure", ">\(review.study.month.name)|value", ">Since \(review.study.month.previous.name)|change",
      "Note|note",
    ],
    rows: rows)
}

private func adviceBlocks(_ advice: PrintedAdvice) -> [ReportBlock] {
  [
    .paragraph(
      "Ranked by saving, discounted for confidence (high 1, medium 3/4, low 1/2). `plimsoll why ID` prints the evidence."
    ),
    .table(recommendationTable(advice)),
    .paragraph(
      "Applied in this order, each step re-billed by the engine that made the bill, so no saving is counted twice:"),
    .table(stepTable(advice)),
  ]
}

func userBlocks(_ allocation: PrintedAllocation, marginal: [Money], month: Month) -> [ReportBlock] {
  let suffix = allocation.currency.suffix
  let table = usersTable(allocation, marginal: marginal, month: month)
  return [
    .paragraph(
      "Used is the utilised part of each service, split by what a user type drives; idle is capacity paid for and not used; "
        + "shared is driven by nobody. Per user is for each average concurrent user and month (users seen "
        + "\(allocation.allocation.coverage.percentText)); one more user is what the bill grows by, for each, with 10 % more of that type."
    ),
    .table(
      table.selecting([
        "user_type", "average_concurrent_users", "used_\(suffix)", "idle_\(suffix)", "shared_\(suffix)",
        "total_\(suffix)", "cost_per_user_\(suffix)",
        "marginal_cost_per_user_\(suffix)",
      ])),
    .table(serviceUseTable(allocation)),
  ]
}

private func refusedBlocks(_ review: Review) -> [ReportBlock] {
  let refused = review.verdicts.filter { $0.outcome == .refused }
  guard !refused.isEmpty else { return [.paragraph("Nothing: every judgement had the evidence it needs.")] }
  return [
    .paragraph("Not judged, because the evidence does not carry a judgement."),
    .table(verdictTable(refused, name: "refused")),
  ]
}

/// The files of a review, by name, in the order they are written.
func reviewFiles(_ review: Review) -> [(name: String, text: String)] {
  let bill = PrintedBill(review.current.bill)
  let allocation = PrintedAllocation(review.current.allocation, bill)
  let csv = CSVFormat()
  func export(_ table: ReportTable) -> String { csv.render(ReportDocument([.table(table)])) }
  return [
    ("report.md", MarkdownFormat().render(reviewDocument(review))),
    ("bill.csv", export(lineItemTable(bill, month: review.study.month))),
    (
      "cost-per-user.csv",
      export(usersTable(allocation, marginal: review.marginalCosts.costs, month: review.study.month))
    ),
    ("recommendations.csv", export(verdictExport(PrintedAdvice(review)))),
  ]
}
