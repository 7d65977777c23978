import Analytics
import Model

/// What is to be decided on a day to come: commitments that end, and what the plan of purchases foresees.
struct ComingDecisionsSection: ReviewSection {
  func longTable(in currency: BillCurrency) -> LongTable? { LongTable("coming_decisions", .asListed) }

  func section(_ printed: PrintedReview) -> ReportSection? {
    let later = printed.review.verdicts.flatMap(\.later)
    let ends = printed.review.expiring.filter { held in !later.contains { $0.ending.contains(held.id) } }
    let rows =
      later.map { (date: $0.date, row: row($0, printed)) }
      + ends.map { (date: printed.clock.date(at: $0.ends), row: row($0, printed)) }
    guard !rows.isEmpty else { return nil }
    let table = ReportTable(
      "coming_decisions",
      columns: [
        ReportColumn("date", "On", .date), .text("ending", "Ends"), .text("action", "What is planned"),
        printed.currency.column("on_demand_excess", "Dearer on demand, \(printed.currency.code) a month"),
      ],
      rows: rows.sorted { $0.date < $1.date }.map(\.row))
    return ReportSection("coming-decisions", title: "Decisions to come", blocks: [.table(table)])
  }

  private func row(_ later: LaterPurchase, _ printed: PrintedReview) -> [ReportCell] {
    let held = printed.review.expiring.first { later.ending.contains($0.id) }
    return [
      .date(later.date), .text(later.ending.joined(separator: ", ")), .text(later.change.change.words),
      held.map(excess) ?? .empty,
    ]
  }

  private func row(_ held: ExpiringCommitment, _ printed: PrintedReview) -> [ReportCell] {
    [.date(printed.clock.date(at: held.ends)), .text(held.id), .text("nothing"), excess(held)]
  }

  private func excess(_ held: ExpiringCommitment) -> ReportCell {
    switch held.onDemandExcess {
    case .success(let excess): .money(excess)
    case .failure(let error): .unknown(error.found)
    }
  }
}
