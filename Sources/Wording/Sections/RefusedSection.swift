import Analytics
import Model

/// What was not judged, and why.
struct RefusedSection: ReviewSection {
  func section(_ printed: PrintedReview) -> ReportSection? {
    let refused = printed.review.verdicts.filter { $0.outcome == .refused }
    let blocks: [ReportBlock] =
      refused.isEmpty
      ? [.paragraph("Nothing: every judgement had the evidence it needs.")]
      : [
        .paragraph("Not judged, because the evidence does not carry a judgement."),
        .table(table(refused, printed.advice.words)),
      ]
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
          .text($0.service), .text($0.step.title), .text(words.action($0)), .text(words.reason($0)),
          .coverage($0.evidence.coverage),
          evidenceLink($0),
        ]
      })
  }
}
