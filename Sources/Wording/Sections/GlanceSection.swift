import Analysis
import Analytics
import Model

/// The figures a reviewer wants first.
struct GlanceSection: ReviewSection {
  func section(_ printed: PrintedReview) -> ReportSection? {
    ReportSection("at-a-glance", title: "At a glance", blocks: [.table(table(printed))])
  }

  func table(_ printed: PrintedReview) -> ReportTable {
    let month = printed.scope.month
    return ReportTable(
      "glance",
      columns: [
        .text("figure", "Figure"), ReportColumn("value", month.name, .number(unit: nil)), .text("unit", "Unit"),
        ReportColumn("change", "Since \(month.previous.name)", .share, isSigned: true), .text("note", "Note"),
      ],
      rows: costs(printed) + [saving(printed), critical(printed), data(printed)])
  }

  private func costs(_ printed: PrintedReview) -> [[ReportCell]] {
    let (now, before) = (printed.review.current, printed.review.previous)
    let code = printed.currency.code
    func since(_ amount: (Outcome) -> Money) -> ReportCell {
      before.map { .change(amount(now), from: amount($0)) } ?? .empty
    }
    return [
      [
        .text("Cost"), printed.bill.totalCell, .text(code), since(\.bill.total),
        .text("\(rounded(now.allocation.averageUsers, 1)) average concurrent users"),
      ],
      [
        .text("Cost per user"), .perUser(now.allocation.perUser), .text(code), since(\.allocation.perUser),
        .text("a month, for each average concurrent user"),
      ],
      [
        .text("Cost per user and hour"), .rate(now.perUserHour, decimals: 6), .text(code), since(\.perUserHour),
        .text("the same for each of \(printed.scope.period.seconds / 3600) hours"),
      ],
    ]
  }

  private func saving(_ printed: PrintedReview) -> [ReportCell] {
    let review = printed.review
    let share = review.cost == .zero ? 0 : Double(review.saving.nanoDollars) / Double(review.cost.nanoDollars)
    return [
      .text("Saving found"), printed.advice.saving, .text(printed.currency.code), .empty,
      .text("\(percentText(share)) of the bill, \(review.recommendations.count) changes in sequence"),
    ]
  }

  private func critical(_ printed: PrintedReview) -> [ReportCell] {
    let time = printed.review.criticalTime
    return [
      .text("Time critical"), .duration(time.seconds), .empty, .empty,
      .text("\(time.crossings) crossings, added up \(durationText(time.sum))"),
    ]
  }

  private func data(_ printed: PrintedReview) -> [ReportCell] {
    let refused = printed.review.refused.count
    return [
      .text("Data seen"), .coverage(printed.review.data.coverage), .empty, .empty,
      .text("of CPU samples; \(refused) verdicts refused"),
    ]
  }
}
