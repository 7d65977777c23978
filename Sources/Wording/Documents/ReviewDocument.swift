import Analytics
import Model

/// The monthly review: what three minutes of a reviewer can use, the evidence a link away.
func reviewDocument(_ printed: PrintedReview) -> ReportDocument {
  let review = printed.review
  return ReportDocument(
    "review", title: "\(review.scope.fleet): review of \(review.scope.month.name)", blocks: opening(printed),
    sections: reviewSections.compactMap { $0.shortSection(printed) }
  ).lacking(review.missingPrices, of: review.current.unpricedServices)
}

private func opening(_ printed: PrintedReview) -> [ReportBlock] {
  let (fleet, period) = (printed.review.study.fleet, printed.scope.period)
  let rate = printed.currency.rateText.map { " \($0)" } ?? ""
  let since = fleet.effectiveFrom.map { " The fleet file holds from \($0)." } ?? ""
  return (fleet.note.map { [.paragraph($0)] } ?? []) + [
    .paragraph(
      "\(printed.clock.text(period)), \(printed.clock.identifier), \(period.seconds / 3600) hours. Amounts in "
        + "\(fleet.currency); prices of \(fleet.provider) \(fleet.region) as dated in the price book.\(since)\(rate)")
  ]
}

/// The figures of a review that its command prints.
package func glanceDocument(_ review: Review) -> ReportDocument {
  ReportDocument(
    "glance", title: "", blocks: [.table(GlanceSection().table(PrintedReview(review)))]
  ).lacking(review.missingPrices)
}

/// The evidence of every recommendation and refusal, the reasons of what was kept, all rows of what the report has the first
/// of, and the prices to be doubted.
func evidenceDocument(_ printed: PrintedReview) -> ReportDocument {
  let review = printed.review
  let kept = review.verdicts.filter { $0.outcome == .kept }
  let judged = (review.recommendations + review.refused).map {
    verdictSection($0, in: printed.advice.words)
  }
  return ReportDocument(
    "evidence", title: "\(review.scope.fleet): evidence of \(review.scope.month.name)",
    blocks: [
      .paragraph(
        "What each recommendation and refusal of `report.md` rests on, to be recomputed by hand; a saving is the bill before "
          + "the change less the bill after it. `plimsoll why ID` prints the same of every verdict, with how its samples are "
          + "spread.")
    ] + printed.currency.rateBlocks,
    sections: judged + (kept.isEmpty ? [] : [keptEvidence(kept, in: printed.advice.words)])
      + reviewSections.compactMap { $0.evidence(printed) }
      + [tokensEvidence(review.tokens)].compactMap(\.self) + doubtSections(review.doubts, in: printed.currency))
}
