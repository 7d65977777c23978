import Analytics
import Model

/// Types, engines and architectures beyond what the fleet file lists that would carry the load for less.
struct CheaperTypesSection: ReviewSection {
  func section(_ printed: PrintedReview) -> ReportSection? {
    let rows = printed.review.verdicts.compactMap { verdict in
      verdict.alternatives.max { $0.saving < $1.saving }.map { (service: verdict.service, alternative: $0) }
    }.sorted { ($1.alternative.saving, $0.service) < ($0.alternative.saving, $1.service) }
    guard !rows.isEmpty else { return nil }
    return ReportSection(
      "cheaper-types", title: "Cheaper beyond the lists",
      blocks: [
        .paragraph(
          "The best of each service that its list lacks, on demand, for a month of 730 hours; "
            + "`plimsoll rightsize --candidates catalogue` advises among all."),
        .table(table(rows)),
      ])
  }

  private func table(_ rows: [(service: String, alternative: SizeAlternative)]) -> ReportTable {
    ReportTable(
      "cheaper_types",
      columns: [
        .text("service", "Service"), .text("instead_of", "In place of"), .text("type", "Type"),
        .text("effort", "What it is"), BillCurrency.usDollar.column("saving", "Saves, USD a month"),
        ReportColumn("share", "Of its cost", .share),
      ],
      rows: rows.map { service, one in
        [
          .text(service), .text(one.insteadOf), .text(one.type), .text(one.effort.text(one.architecture)),
          .money(one.saving), .fraction(one.saving.share(of: one.monthly)),
        ]
      })
  }
}
