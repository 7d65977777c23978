import Analysis
import Analytics
import Model

/// What was looked for, and what was found.
package func goalDocument(_ answer: GoalAnswer) -> ReportDocument {
  let title = "\(answer.scope.fleet): what is possible, on \(answer.scope.month.name)"
  let currency = answer.currency
  let beside =
    answer.scenario.changes.isEmpty
    ? [] : [ReportBlock.paragraph("With " + answer.scenario.changes.map(\.change.words).joined(separator: ", ") + ".")]
  switch answer.finding {
  case .users(let found):
    return ReportDocument("goal", title: title, blocks: beside + blocks(found, currency, answer.costToday))
  case .growth(let found):
    return ReportDocument("goal", title: title, blocks: beside + blocks(found, currency))
  case .change(let found): return document(found, title: title)
  }
}

private func blocks(_ found: GoalAnswer.FoundUsers, _ currency: BillCurrency, _ today: Money) -> [ReportBlock] {
  func amount(_ money: Money) -> String { "\(Cents(money).grouped) \(currency.code)" }
  let table = ReportTable(
    "goal_users",
    columns: [
      currency.column("budget", "Budget"), ReportColumn("most_users", "Most users at the peak", .count),
      currency.column("cost", "They cost"), currency.column("one_more", "One more"),
      ReportColumn("peak_users", "Measured", .count), currency.column("cost_today", "It cost"),
    ],
    rows: [
      [
        .money(found.budget), .known(found.most, or: "not even one user is within it") { .count($0) },
        found.cost.map { .money($0) } ?? .empty, found.costOfOneMore.map { .money($0) } ?? .empty,
        .count(found.peak), .money(today),
      ]
    ])
  var blocks: [ReportBlock] = [.table(table)]
  if let first = found.dearer.first, let last = found.dearer.last {
    blocks.append(
      .paragraph(
        "Fewer users may cost more: from \(grouped(first)) to \(grouped(last)) numbers were tried that cost more than \(amount(found.budget)), before a change of type makes the fleet cheaper."
      ))
  }
  return blocks
}

private func blocks(_ found: GoalAnswer.FoundGrowth, _ currency: BillCurrency) -> [ReportBlock] {
  let table = ReportTable(
    "goal_growth",
    columns: [
      .text("when", "Demand"), ReportColumn("growth", "Growth", .share, isSigned: true),
      ReportColumn("unused", "Held and unused", .number(unit: "hour")),
      ReportColumn("bought", "On demand and spot", .number(unit: "hour")), currency.column("cost", "Cost"),
    ],
    rows: [
      [
        .text("none more"), .share(0), .measured(found.unusedToday, decimals: 1),
        .measured(found.boughtToday, decimals: 1), .money(found.costToday),
      ],
      [
        .text("most that what is held carries"), .share(Double(found.permille) / 1000),
        .measured(found.unusedThen, decimals: 1), .measured(found.boughtThen, decimals: 1), .money(found.cost),
      ],
    ])
  let words =
    found.permille == 0
    ? "Any growth, from a thousandth on, is bought on demand."
    : "A thousandth more and more instance-hours are bought on demand than are today."
  return [.table(table), .paragraph(words)]
}

private func document(_ found: GoalAnswer.FoundChange, title: String) -> ReportDocument {
  var document = whatIfDocument(found.answer)
  let changes = found.answer.scenario.changes.count
  let minutes = found.limitSeconds / 60
  let words =
    found.isWithin
    ? "The cheapest of \(grouped(found.tried)) changes and all their combinations that leaves at most \(grouped(Int(minutes))) critical minutes, services added up\(changes == 0 ? ": none is needed" : "")."
    : "Nothing of the \(grouped(found.tried)) changes that were tried leaves at most \(grouped(Int(minutes))) critical minutes, services added up; this leaves the fewest."
  document.title = title
  document.blocks.insert(.paragraph(words), at: 0)
  return document
}
