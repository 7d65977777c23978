import Analytics
import Model

/// Types, engines and architectures beyond what the fleet file lists that would carry the load for less.
struct CheaperTypesSection: ReviewSection {
  func longTable(in currency: BillCurrency) -> LongTable? { LongTable("cheaper_types", .asListed) }

  func section(_ printed: PrintedReview) -> ReportSection? {
    let rows = printed.review.cheaperTypes
    guard !rows.isEmpty else { return nil }
    return ReportSection(
      "cheaper-types", title: "Cheaper beyond the lists",
      blocks: [
        .paragraph(
          "The best of each service that its list lacks, on demand, for a month of 730 hours; "
            + "`plimsoll rightsize` with the candidates `catalogue` advises among all."),
        .table(table(rows, printed.currency)),
      ])
  }

  private func table(_ rows: [CheaperType], _ currency: BillCurrency) -> ReportTable {
    ReportTable(
      "cheaper_types",
      columns: [
        .text("service", "Service"), .text("instead_of", "In place of"), .text("type", "Type"),
        .text("effort", "What it is"), currency.column("saving", "Saves, \(currency.code) a month"),
        ReportColumn("share", "Of its cost", .share),
      ],
      rows: rows.map { row in
        let one = row.alternative
        let migration = Migration(one.effort, architecture: one.architecture)
        return [
          .text(row.service), .text(one.insteadOf), .text(one.type), .text(migration.text),
          .money(row.saving), .fraction(one.saving.share(of: one.monthly)),
        ]
      })
  }
}
