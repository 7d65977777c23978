import Analysis
import Analytics
import Model

/// What a month cost by service, type, region, account or tag.
package func costByDocument(_ answer: CostByAnswer) -> ReportDocument {
  var blocks: [ReportBlock] = answer.currency.rateBlocks
  if !answer.conditions.isEmpty {
    let conditions = answer.conditions.map { condition in
      condition.value.isEmpty ? "no \(condition.key.text)" : "\(condition.key.text) \(condition.value)"
    }
    blocks.append(
      .paragraph(
        "Only what has \(conditions.joined(separator: " and ")): \(Cents(answer.total).grouped) of "
          + "\(Cents(answer.billed).grouped) \(answer.currency.code) that the month cost."))
  }
  return ReportDocument(
    "cost-by", title: "\(answer.scope.fleet): cost of \(answer.scope.month.name) by \(answer.key.text)",
    blocks: blocks + [.table(table(answer))]
  ).lacking(answer.missingPrices)
}

private func table(_ answer: CostByAnswer) -> ReportTable {
  let cents = printedCents(of: answer.rows.map(\.cost))
  let rows = zip(answer.rows, cents).map { row, cents -> [ReportCell] in
    [
      .text(row.value ?? absence(of: answer.key)), .count(row.instances), .decimal(hours(row.seconds)),
      .money(row.cost, printed: cents), share(row.cost, of: answer.total),
    ]
  }
  let table = ReportTable(
    "cost_by",
    columns: [
      .text("value", title(answer.key)), ReportColumn("instances", "Instances", .count),
      ReportColumn("instance_hours", "Instance-hours", .number(unit: "h")),
      answer.currency.column("cost", "Cost, \(answer.currency.code)"), ReportColumn("share", "Share", .share),
    ], rows: rows,
    total: [
      .text("Total"), .empty, .decimal(hours(answer.seconds)),
      .money(answer.total, printed: cents.reduce(.zero, +)), share(answer.total, of: answer.total),
    ])
  return table.markingRows { answer.rows[$0].isIncomplete }
}

private func share(_ cost: Money, of total: Money) -> ReportCell {
  total == .zero
    ? .unknown("nothing was billed") : .share(Double(cost.nanoDollars) / Double(total.nanoDollars))
}

private func hours(_ seconds: Int64) -> ScaledDecimal { quantity(Int128(seconds), per: 3600).normalised }

private func title(_ key: CostKey) -> String {
  switch key {
  case .service: "Service"
  case .type: "Type or charge"
  case .region: "Region"
  case .account: "Account"
  case .namespace: "Namespace"
  case .model: "Model"
  case .tag(let name): name
  }
}

/// What stands for what has no value of a key.
private func absence(of key: CostKey) -> String {
  switch key {
  case .tag: "untagged"
  case .account: "no account known"
  case .namespace: "of no namespace"
  case .region: "of no region"
  case .model: "of no model"
  case .service, .type: ""
  }
}
