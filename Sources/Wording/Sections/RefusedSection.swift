import Analytics
import Model

/// What was not judged, and why: each verdict where there are few, else each kind of reason.
struct RefusedSection: ReviewSection {
  func longTable(in currency: BillCurrency) -> LongTable? { LongTable("refused_by_reason", .asListed) }

  func section(_ printed: PrintedReview) -> ReportSection? {
    let refused = printed.review.refused
    let why = "Not judged, because the evidence does not carry a judgement"
    let blocks: [ReportBlock] =
      if refused.isEmpty {
        [.paragraph("Nothing: every judgement had the evidence it needs.")]
      } else if refused.count <= ReviewLimit.rows + 1 {
        [.paragraph("\(why)."), .table(table(refused, printed.advice.words))]
      } else {
        [
          .paragraph(
            "\(why): \(grouped(refused.count)) verdicts by kind of reason, the dearest services first; `evidence.md` has each."
          ),
          .table(table(printed.review.refusals, printed)),
        ]
      }
    return ReportSection("refused", title: "Refused", blocks: blocks)
  }

  private func table(_ refused: [Verdict], _ words: VerdictWords) -> ReportTable {
    ReportTable(
      "refused",
      columns: [
        .text("service", "Service"), .text("step", "Advice"), .text("action", "Verdict"), .text("reason", "Why"),
        ReportColumn("coverage", "Coverage", .share), .text("id", "Evidence"),
      ],
      rows: refused.map {
        [
          .text($0.subject.name), .text($0.step.title), .text(words.action($0)), .text(words.reason($0)),
          .coverage($0.evidence.coverage), evidenceLink($0),
        ]
      })
  }

  private func table(_ groups: [RefusalGroup], _ printed: PrintedReview) -> ReportTable {
    ReportTable(
      "refused_by_reason",
      columns: [
        .text("step", "Advice"), ReportColumn("services", "Services", .count), .text("first", "Which"),
        .text("reason", "Why"), printed.currency.column("cost", "They cost, \(printed.currency.code)"),
        .text("id", "Evidence"),
      ],
      rows: groups.map { group in
        let reason = printed.advice.words.reason(group.verdicts[0])
        let cents = group.verdicts.flatMap(\.services).reduce(Cents.zero) { $0 + printed.bill.total(of: $1) }
        return [
          .text(group.step.title), .count(group.verdicts.count), .text(firstOf(group.verdicts.map(\.subject.name))),
          .text(group.haveOneReason ? reason : "for example: \(reason)"), .money(group.cost, printed: cents),
          evidenceLink(group.verdicts[0]),
        ]
      })
  }
}
