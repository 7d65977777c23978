import Analytics
import Model

/// The recommendations, ranked; the bill after each step; what else is to be decided.
struct WhatToChangeSection: ReviewSection {
  func section(_ printed: PrintedReview) -> ReportSection? {
    let notes =
      printed.review.silent.map { silentNote($0, printed) } + printed.review.expiring.map { note($0, printed) }
    return ReportSection(
      "what-to-change", title: "What to change",
      blocks: [
        .paragraph(
          "Ranked by saving, discounted for confidence (high 1, medium 3/4, low 1/2); each links to its evidence."),
        .table(recommendationTable(printed.advice)),
        .paragraph(
          "Applied in this order, each step re-billed by the engine that made the bill, so no saving is counted twice:"),
        .table(stepTable(printed.advice)),
      ] + (notes.isEmpty ? [] : [.list(notes)]))
  }

  private func recommendationTable(_ printed: PrintedAdvice) -> ReportTable {
    let currency = printed.currency
    return ReportTable(
      "recommendations",
      columns: [
        ReportColumn("rank", "Rank", .count), .text("service", "Service"), .text("action", "What to do"),
        currency.column("saving", "Saves, \(currency.code) a month"), .text("confidence", "Confidence"),
        .text("reason", "Why"), .text("id", "Evidence"),
      ],
      rows: printed.review.recommendations.enumerated().map { index, verdict in
        [
          .count(index + 1), .text(verdict.service), .text(printed.words.action(verdict)), printed.saving(of: verdict),
          .text(verdict.confidence.rawValue), .text(printed.words.reason(verdict)), evidenceLink(verdict),
        ]
      },
      total: [.empty, .text("Total"), .empty, printed.saving, .empty, .empty, .empty])
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

  private func silentNote(_ silent: SilentCost, _ printed: PrintedReview) -> String {
    let (run, instance) = (silent.instance.run, silent.instance)
    let cost: String =
      switch silent.cost {
      case .success(let cost):
        "\(Cents(cost.amount).grouped) \(printed.currency.code) at on-demand\(cost.quality == .derived ? ", derived" : "")"
      case .failure(let error): "at a cost that is not known: \(error.found)"
      }
    return
      "Check that \(run.service)/\(run.resource) (\(run.type)) still exists: it runs by the inventory but is silent since "
      + "\(printed.clock.text(instance.since)), \(durationText(instance.silentSeconds)) billed without a sample, \(cost)."
  }

  private func note(_ held: ExpiringCommitment, _ printed: PrintedReview) -> String {
    let end = "\(held.id) (\(held.count) x \(held.type)): it ends \(printed.clock.date(at: held.ends))"
    switch held.onDemandExcess {
    case .success(let excess):
      return "Decide on \(end); on demand the hours it covered this month cost \(Cents(excess).grouped) "
        + "\(printed.currency.code) more."
    case .failure(let error):
      return "Decide on \(end); what the hours it covered cost on demand is not known: \(error.found)."
    }
  }
}

/// Leads from the review to the evidence of a verdict.
func evidenceLink(_ verdict: Verdict) -> ReportCell { .link(verdict.id, to: "evidence.md#\(verdict.id)") }
