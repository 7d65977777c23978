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
    func since(_ amount: (Outcome) -> Money?) -> ReportCell {
      guard let now = amount(now), let before = before.flatMap(amount) else { return .empty }
      return .change(now, from: before)
    }
    let users = now.allocation.averageUsers.map { "\(rounded($0, 1)) average concurrent users" }
    let cost: [ReportCell] = [
      .text("Cost"), printed.bill.totalCell, .text(code), since(\.bill.total), users.map { .text($0) } ?? .empty,
    ]
    guard now.allocation.gap != .noTypes else { return [cost] }
    let gap = now.allocation.gap.map(gapWords) ?? ""
    return [
      cost,
      [
        .text("Cost per user"), .known(now.allocation.perUser, or: gap) { .perUser($0) }, .text(code),
        since(\.allocation.perUser), .text("a month, for each average concurrent user"),
      ],
      [
        .text("Cost per user and hour"), .known(now.perUserHour, or: gap) { .rate($0, decimals: 6) }, .text(code),
        since(\.perUserHour), .text("the same for each of \(printed.scope.period.seconds / 3600) hours"),
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
    guard time.thresholds > 0 else {
      return [
        .text("Time critical"), .unknown("no thresholds"), .empty, .empty,
        .text("no threshold says from when anything is critical"),
      ]
    }
    return [
      .text("Time critical"), .duration(time.seconds), .empty, .empty,
      .text("\(counted(time.crossings, "crossing")), added up \(durationText(time.sum))"),
    ]
  }

  private func data(_ printed: PrintedReview) -> [ReportCell] {
    let refused = printed.review.refused.count
    return [
      .text("Data seen"), .coverage(printed.review.data.coverage), .empty, .empty,
      .text("of CPU samples; \(counted(refused, "verdict")) refused"),
    ]
  }
}
