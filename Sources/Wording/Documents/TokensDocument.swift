import Advice
import Analysis
import Analytics
import Model

/// The part of the evidence of a review that tokens, seats and limits have; nil where there are none.
func tokensEvidence(_ answer: TokensAnswer) -> ReportSection? {
  guard !answer.review.isEmpty || !answer.uncharged.isEmpty else { return nil }
  let parts = [findingsSection(answer)] + unchargedSection(answer) + limitSections(answer)
  let use: [ReportBlock] = answer.review.models.isEmpty ? [] : [.table(useTable(answer))]
  let blocks = use + parts.flatMap(\.blocks)
  let notes = [
    ReportBlock.paragraph(
      "No saving here is in the sum of the report. `plimsoll tokens` compares models and users too.")
  ]
  return ReportSection(tokensEvidenceID, title: tokensEvidenceTitle, blocks: notes + blocks)
}

/// Where the evidence of tokens stands, and its heading, which links lead to.
let tokensEvidenceID = "tokens-seats-and-limits"
private let tokensEvidenceTitle = "Tokens seats and limits"

/// What tokens, seats and calls of external services cost, what could be saved, and which limits are near.
package func tokensDocument(_ answer: TokensAnswer) -> ReportDocument {
  let title = "\(answer.scope.fleet): tokens, seats and limits of \(answer.scope.month.name)"
  guard !answer.review.isEmpty || !answer.uncharged.isEmpty else {
    let none =
      "No tokens were measured by model, and the fleet file has no charge for tokens (price: tokens/VENDOR/MODEL/KIND) or seats (per: user-month), no rate_limits "
      + "and no call_pools."
    return ReportDocument("tokens", title: title, blocks: [.paragraph(none)])
  }
  var sections = [findingsSection(answer)] + usersOfTokens(answer)
  for (index, model) in answer.review.models.enumerated() { sections.append(marketSection(model, index, answer)) }
  sections += unchargedSection(answer) + limitSections(answer)
  return ReportDocument(
    "tokens", title: title,
    blocks: answer.currency.rateBlocks + (answer.review.models.isEmpty ? [] : [.table(useTable(answer))]),
    sections: sections.filter { !$0.blocks.isEmpty } + doubtSections(answer.doubts, in: answer.currency)
  ).lacking(answer.missingPrices)
}

/// What of each model was used, kind by kind, and what that cost.
private func useTable(_ answer: TokensAnswer) -> ReportTable {
  let rows = answer.review.models.indices.flatMap { index -> [[ReportCell]] in
    let (model, cost) = (answer.review.models[index], answer.costs[index])
    let use = model.use
    let name: [ReportCell] = [.text(use.service), .text(use.model)]
    let kinds = use.amounts.map { amount -> [ReportCell] in
      let cost = answer.costsByKind[index][amount.kind] ?? .zero
      return name + [
        .text(amount.kind.rawValue), .measured(amount.tokens.double, decimals: 0), .money(cost),
        .each(cost, of: amount.tokens.double),
      ]
    }
    let sum: [ReportCell] = [
      .text("all tokens"), .measured(use.allTokens, decimals: 0), .money(cost), .each(cost, of: use.allTokens),
    ]
    return kinds + [name + sum] + perUnitRows(model, cost).map { name + $0 }
  }
  return ReportTable(
    "use",
    columns: [
      .text("service", "Service"), .text("model", "Model"), .text("what", "What"),
      ReportColumn("amount", "Amount", .number(unit: nil)), answer.currency.column("cost", "Cost"),
      answer.currency.column("cost_each", "Each", per: "one"),
    ], rows: rows)
}

/// What a job and a call cost, and the parts of the tokens that were counted.
private func perUnitRows(_ model: TokenReview.Model, _ cost: Money) -> [[ReportCell]] {
  func row(_ what: String, _ count: Double) -> [ReportCell] {
    [.text(what), .measured(count, decimals: 0), .empty, .each(cost, of: count)]
  }
  var rows: [[ReportCell]] = []
  switch model.jobs {
  case .success(let jobs): rows.append(row("jobs of \(jobs.service)", jobs.count))
  case .failure(let gap): rows.append([.text("jobs"), .unknown(words(gap)), .empty, .empty])
  }
  if let calls = model.use.counted[.calls] { rows.append(row("calls", calls.double)) }
  let parts: [(Metric, String)] = [
    (.failedCalls, "calls that failed"), (.reasoningTokens, "output: reasoning"),
    (.repeatedInputTokens, "input: repeated"), (.failedInputTokens, "input: in calls that failed"),
    (.failedOutputTokens, "output: in calls that failed"),
  ]
  for (metric, what) in parts {
    if let amount = model.use.counted[metric] {
      rows.append([.text(what), .measured(amount.double, decimals: 0), .empty, .empty])
    }
  }
  return rows
}

extension ReportCell {
  /// An amount for each of so many.
  fileprivate static func each(_ amount: Money, of count: Double) -> ReportCell {
    let whole: Int64 = wholeNumber(count.rounded())
    guard whole > 0 else { return .unknown("there was none") }
    return .rate(amount.charge(for: 1, per: Int128(whole)), decimals: 9)
  }
}

private func words(_ gap: TokenJobs.Gap) -> String {
  switch gap {
  case .unmeasured: "no jobs_per_minute of a service with the charges' driver"
  case .several(let names): "jobs of \(names.joined(separator: ", ")): token_rules does not say which"
  }
}

/// What could be saved, a finding a row.
private func findingsSection(_ answer: TokensAnswer) -> ReportSection {
  guard !answer.savings.isEmpty else { return ReportSection("findings", title: "What could be saved") }
  let currency = answer.currency
  let table = ReportTable(
    "findings",
    columns: [
      .text("finding", "Finding"), .text("of", "Of"), currency.column("saving", "Saves a month", isSigned: true),
      .text("counted", "Counted"), .text("change", "As an option of what-if"),
    ],
    rows: answer.savings.map { saving in
      [
        .text(words(saving.finding.subject)), .text(saving.finding.of), cell(saving), .text(counted(saving)),
        saving.finding.change.map { .code("\(type(of: $0.change).option.name) \($0.change.optionText)") } ?? .empty,
      ]
    },
    total: [.text("Advised together"), .empty, .money(answer.saving), .empty, .empty])
  var remarks = [
    "Counted is what is measured or stated to be so and leaves answers as they are. Another model is compared by price "
      + "alone: what its answers are worth is yours to judge."
  ]
  for (model, cost) in zip(answer.review.models, answer.costs) {
    remarks += cachingWords(model) + selfHostedWords(model, cost, answer.scope)
  }
  return ReportSection("findings", title: "What could be saved", blocks: [.table(table), .list(remarks)])
}
