import Advice
import Analysis
import Analytics
import Model

/// Scenarios side by side, a row each, below the month as it was.
package func scenarioComparisonDocument(_ comparison: ScenarioComparison) -> ReportDocument {
  let currency = comparison.before.bill.currency
  let unpriced = [comparison.before.unpricedServices] + comparison.scenarios.map { $0.answer.after.unpricedServices }
  let table = ReportTable(
    "scenarios",
    columns: [
      .text("scenario", "Scenario"), currency.column("cost", "Cost"),
      currency.column("difference", "Difference", isSigned: true),
      ReportColumn("change", "Change", .share, isSigned: true),
      currency.column("cost_per_user", "Per user", per: "user"), ReportColumn("critical", "Critical", .duration),
      .text("risk", "Risk"),
    ],
    rows: [asItWas(comparison)] + comparison.scenarios.map { row($0.name, $0.answer) }
  ).markingRows { !unpriced[$0].isEmpty }
  let sections = comparison.scenarios.enumerated().map { index, scenario in
    ReportSection(
      "scenario-\(index + 1)", title: scenario.name,
      blocks: [.list(changes(of: scenario.answer) + scenario.answer.notes.map { $0.words(in: currency) })])
  }
  let missing = MissingPrice.sorted(comparison.scenarios.flatMap { $0.answer.missingPrices })
  return ReportDocument(
    "scenarios", title: "\(comparison.scope.fleet): scenarios, on \(comparison.scope.month.name)",
    blocks: currency.rateBlocks + [.table(table)], sections: sections
  ).lacking(missing)
}

private func asItWas(_ comparison: ScenarioComparison) -> [ReportCell] {
  let before = comparison.before
  let critical = comparison.scenarios.first?.answer.criticalSeconds?.before
  return [
    .text("as it was"), .money(before.bill.total), .money(.zero), .empty, perUser(before),
    critical.map { .duration($0) } ?? .empty, .empty,
  ]
}

private func row(_ name: String, _ answer: WhatIfAnswer) -> [ReportCell] {
  let (before, after) = (answer.costBefore, answer.costAfter)
  return [
    .text(name), .money(after), .money(after - before), .change(after, from: before), perUser(answer.after),
    answer.criticalSeconds.map { .duration($0.after) } ?? .empty,
    answer.gravest.map { .text($0.risk.text) } ?? .empty,
  ]
}

private func perUser(_ outcome: Outcome) -> ReportCell {
  outcome.allocation.perUser.map { .perUser($0) } ?? .empty
}

private func changes(of answer: WhatIfAnswer) -> [String] {
  answer.scenario.changes.isEmpty ? ["nothing is changed"] : answer.scenario.changes.map(\.change.words)
}
