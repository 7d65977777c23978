import Analytics
import Model

/// What to do: when, for what saving, with what signature, risk and work; then the bill after each step.
struct WhatToChangeSection: ReviewSection {
  func longTable(in currency: BillCurrency) -> LongTable? {
    // What costs more and must be done weighs as much as what saves.
    LongTable("recommendations", .largestAsListed("saving_\(currency.suffix)"), adding: ["hourly_usd"])
  }

  func section(_ printed: PrintedReview) -> ReportSection? {
    guard !printed.review.actions.isEmpty else {
      return ReportSection(
        "what-to-change", title: "What to change", blocks: [.paragraph("Nothing: no change is worth making.")])
    }
    let month = printed.scope.month.name
    return ReportSection(
      "what-to-change", title: "What to change",
      blocks: [
        .paragraph(
          "First what can be done now, each by saving discounted for confidence. As if: what it would have saved in \(month), after "
            + "those of earlier steps. Ahead: what a month of 730 hours is expected to save. Commitments are signed for the hourly "
            + "amount until their last day."),
        .table(actionTable(printed)),
        .table(stepTable(printed.advice)),
      ])
  }

  private func actionTable(_ printed: PrintedReview) -> ReportTable {
    let currency = printed.currency
    let actions = printed.review.rankedActions
    let ahead = actions.reduce(Money.zero) { $0 + $1.savingAhead }
    let aheadCents = printedCents(of: actions.map(\.savingAhead))
    // Commitments are signed in dollars.
    let dollars = currency.rate == nil ? "" : ", USD"
    return ReportTable(
      "recommendations",
      columns: [
        ReportColumn("rank", "Rank", .count), .text("id", "Evidence"), .text("action", "What to do"),
        .text("timing", "When"), currency.column("saving", "As if, \(currency.code)"),
        currency.column("saving_ahead", "Ahead"), BillCurrency.usDollar.column("upfront", "Upfront\(dollars)"),
        BillCurrency.usDollar.column("hourly", "An hour\(dollars)", per: "hour"),
        ReportColumn("last_day", "Until", .date),
        .text("risk", "Risk"), .text("effort", "Effort"),
      ],
      rows: zip(actions, aheadCents).enumerated().map { index, pair in
        let (action, cents) = pair
        return [
          .count(index + 1), evidenceLink(action.verdict),
          .text(
            printed.advice.words.brief(action.verdict) + action.lockInText(in: currency)
              + (printed.advice.words.firstCostText(action.verdict).map { "; \($0)" } ?? "")),
          .text(action.timingText), printed.advice.saving(of: action.verdict),
          .money(action.savingAhead, printed: cents), action.signed.map { .money($0.upfront) } ?? .empty,
          action.signed.map { .rate($0.hourly) } ?? .empty, action.signed.map { .date($0.lastDay) } ?? .empty,
          .text(action.risk.text), .text(action.effort.text),
        ]
      },
      total: [
        .empty, .text("Total"), .empty, .empty, printed.advice.saving,
        .money(ahead, printed: aheadCents.reduce(.zero, +)), .empty, .empty, .empty, .empty, .empty,
      ])
  }

  /// The bill after each step, in the order the steps are applied.
  private func stepTable(_ printed: PrintedAdvice) -> ReportTable {
    let bills = zip([printed.review.current.bill] + printed.review.steps.map(\.bill), printed.bills).map {
      ReportCell.money($0.total, printed: $1)
    }
    let currency = printed.currency
    return ReportTable(
      "steps",
      columns: [
        .text("step", "Step"), currency.column("before", "Bill before"), currency.column("saving", "Saves"),
        currency.column("after", "Bill after"),
      ],
      rows: printed.review.steps.enumerated().map { index, step in
        [
          .text("\(index + 1). \(step.step.title)"), bills[index],
          .money(step.saving, printed: printed.bills[index] - printed.bills[index + 1]), bills[index + 1],
        ]
      },
      total: [.text("All"), bills[0], printed.saving, bills[bills.count - 1]])
  }
}

/// Leads from the review to the evidence of a verdict.
func evidenceLink(_ verdict: Verdict) -> ReportCell {
  // A heading's anchor is its letters, digits, hyphens and underscores, in lower case, a hyphen for each space.
  let name = verdict.id.lowercased().replacing(" ", with: "-")
  let anchor = name.filter { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" }
  return .link(verdict.id, to: "evidence.md#\(anchor)")
}
