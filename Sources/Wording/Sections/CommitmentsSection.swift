import Analysis
import Analytics
import Model

/// How well each commitment was used, and when it ends; then how well all fit what ran, and what of it was paid.
struct CommitmentsSection: ReviewSection {
  func longTable(in currency: BillCurrency) -> LongTable? { LongTable("commitments", .incomplete(["utilisation"])) }

  func section(_ printed: PrintedReview) -> ReportSection? {
    let use = printed.review.commitments
    guard !use.held.isEmpty else {
      return ReportSection("commitments", title: "Commitments", blocks: [.paragraph("No commitment was held.")])
    }
    return ReportSection(
      "commitments", title: "Commitments",
      blocks: [.table(heldTable(use.held, printed.clock))] + rateBlocks(use)
        + (isPaidAsItCosts(printed.bill.bill) ? [] : cashBlocks(printed.bill)))
  }

  private func heldTable(_ held: [CommitmentUse.Held], _ clock: LocalClock) -> ReportTable {
    ReportTable(
      "commitments",
      columns: [
        .text("id", "Commitment"), .text("instances", "What"), .text("offer", "Offer"),
        ReportColumn("utilisation", "Used", .share), ReportColumn("ends", "Ends", .date),
        ReportColumn("days_left", "Days left", .count),
      ],
      rows: held.map { one in
        [
          .text(one.id), .text(content(one.content)), .text(one.offer),
          .known(one.utilisation, or: "the month has no line of it") { .share($0.double) }, clock.dateCell(one.ends),
          .count(Int(one.daysLeft)),
        ]
      })
  }

  /// True where cash when paid is the effective cost, line by line.
  private func isPaidAsItCosts(_ bill: Bill) -> Bool { bill.items.allSatisfy { $0.cash == $0.cost } }

  private func content(_ content: CommitmentUse.Held.Content) -> String {
    switch content {
    case .instances(let count, let type): "\(count) x \(type)"
    case .plan(let hourly, let family, let region):
      ["\(hourly) USD/h", family, region].compactMap { $0 }.joined(separator: " ")
    }
  }
}

/// Utilisation, coverage and effective savings rate of reservations and savings plans; nothing where none was held.
func rateBlocks(_ use: CommitmentUse) -> [ReportBlock] {
  guard let rates = use.rates else { return [] }
  let rows: [[ReportCell]]
  switch rates {
  case .success(let rates):
    let kinds = [
      ("Reservations", rates.reservations), ("Savings plans", rates.savingsPlans), ("Together", rates.together),
    ]
    rows = kinds.compactMap { name, rates in
      rates.map { [.text(name)] + [$0.utilisation, $0.coverage, $0.effectiveSavings].map(ReportCell.fraction) }
    }
  case .failure(let error): rows = [[.text("Together")] + [ReportCell](repeating: .unknown(error.found), count: 3)]
  }
  let table = ReportTable(
    "commitment_rates",
    columns: [
      .text("commitments", "Commitments"), ReportColumn("utilisation", "Utilisation", .share),
      ReportColumn("coverage", "Coverage", .share), ReportColumn("effective_savings", "Effective savings rate", .share),
    ], rows: rows)
  return [.table(table)]
}

/// What the bill costs beside what is paid within the month, where commitments are held; the three figures add up.
func cashBlocks(_ printed: PrintedBill) -> [ReportBlock] {
  guard printed.bill.items.contains(where: { $0.commitment != nil }) else { return [] }
  let currency = printed.currency
  let (cost, cash) = (printed.bill.total, printed.bill.cashTotal)
  let table = ReportTable(
    "cash",
    columns: [
      currency.column("effective", "Effective cost, \(currency.code)"),
      currency.column("upfront_difference", "Upfront difference", isSigned: true),
      currency.column("cash", "Cash when paid"),
    ],
    rows: [
      [
        printed.totalCell, .money(cash - cost, printed: printed.cashTotal - printed.total),
        .money(cash, printed: printed.cashTotal),
      ]
    ])
  return [.table(table)]
}
