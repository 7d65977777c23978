import Analytics
import Model

/// What nothing looked at: lines of the bill without an adviser, with their share of it.
struct UnjudgedSection: ReviewSection {
  func longTable(in currency: BillCurrency) -> LongTable? { LongTable("not_looked_at", .asListed, adding: ["share"]) }

  func section(_ printed: PrintedReview) -> ReportSection? {
    let costs = printed.review.unjudged
    guard !costs.isEmpty else { return nil }
    return ReportSection(
      "not-looked-at", title: "What nothing looked at",
      blocks: [
        .paragraph("No adviser judges these lines of the bill; what could be saved on them is not known."),
        .table(table(costs, printed)),
      ])
  }

  private func table(_ costs: [UnjudgedCost], _ printed: PrintedReview) -> ReportTable {
    let total = costs.reduce(Money.zero) { $0 + $1.cost }
    let cents = printedCents(of: costs.map(\.cost))
    func share(_ cost: Money) -> ReportCell { .fraction(cost.share(of: printed.review.cost)) }
    return ReportTable(
      "not_looked_at",
      columns: [
        .text("service", "Service"), .text("items", "What"), .text("reason", "Why"),
        printed.currency.column("cost", "Cost, \(printed.currency.code)"), ReportColumn("share", "Of the bill", .share),
      ],
      rows: zip(costs, cents).map { cost, cents in
        [
          .text(cost.service), .text(firstOf(cost.items)), words(cost.reason),
          .money(cost.cost, printed: cents), share(cost.cost),
        ]
      },
      total: [
        .text("Total"), .empty, .empty, .money(total, printed: cents.reduce(.zero, +)), share(total),
      ])
  }

  private func words(_ reason: UnjudgedCost.Reason) -> ReportCell {
    switch reason {
    case .charges: .text("a charge")
    case .tokens: .link("tokens, seats", to: "evidence.md#\(tokensEvidenceID)")
    case .outsideTheFleet: .text("of no service")
    }
  }
}
