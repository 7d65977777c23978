import Analytics
import Model

/// The months up to this one, where they were asked for.
struct MonthsSection: ReviewSection {
  func longTable(in currency: BillCurrency) -> LongTable? { LongTable("months", .lastAsListed) }

  func section(_ printed: PrintedReview) -> ReportSection? {
    guard let trend = printed.review.trend else { return nil }
    return ReportSection(
      "months", title: "Months",
      blocks: [
        .paragraph(
          "Each month by the fleet file and the prices of then, as its own review has it; cost per user and hour does not "
            + "follow a month's length. `months.csv` has each month by service."),
        .table(table(trend, printed.currency)),
      ])
  }

  private func table(_ trend: MonthTrend, _ currency: BillCurrency) -> ReportTable {
    ReportTable(
      "months",
      columns: [
        ReportColumn("month", "Month", .month), currency.column("cost", "Cost, \(currency.code)"),
        currency.column("change", "Change", isSigned: true),
        ReportColumn("change", "Change, %", .share, isSigned: true),
        ReportColumn("average_concurrent_users", "Average users", .number(unit: nil)),
        currency.column("cost_per_user", "Per user", per: "user"),
        currency.column("cost_per_user_hour", "Per user and hour", per: "user-hour"),
        ReportColumn("cpu_coverage", "CPU seen", .share), .text("note", "Note"),
      ],
      rows: trend.rows.indices.map { index in
        let before = index > 0 ? trend.rows[index - 1].known : nil
        return [.month(trend.rows[index].month)] + cells(trend.rows[index], since: before, currency)
      })
  }

  private func cells(_ row: MonthTrend.Row, since before: MonthFigures?, _ currency: BillCurrency) -> [ReportCell] {
    switch row.figures {
    case .failure(let gap): return [.unknown(gap.text)] + [ReportCell](repeating: .empty, count: 7)
    case .success(let month):
      let coverage = ReportCell.coverage(month.cpu)
      guard month.currency.code == currency.code else {
        let average = (try? month.users.get()).map { ReportCell.measured($0.average, decimals: 2) } ?? .empty
        return [
          .unknown("billed in \(month.currency.code)"), .empty, .empty, average, .empty, .empty, coverage, .empty,
        ]
      }
      return [.money(month.cost, printed: month.printed)] + change(month, since: before) + users(month.users)
        + [coverage, note(month)]
    }
  }

  /// Since the month before; empty where that is not known in the same currency.
  private func change(_ month: MonthFigures, since before: MonthFigures?) -> [ReportCell] {
    guard let before, before.currency.code == month.currency.code else { return [.empty, .empty] }
    return [
      .money(month.cost - before.cost, printed: month.printed - before.printed),
      .change(month.cost, from: before.cost),
    ]
  }

  /// Average users, cost per user, the same per hour.
  private func users(_ users: Result<MonthUsers, MonthGap>) -> [ReportCell] {
    switch users {
    case .failure(let gap): return [.unknown(gap.text), .empty, .empty]
    case .success(let users):
      let nobody = "nobody used it"
      return [
        .measured(users.average, decimals: 2), .known(users.cost, or: nobody) { .perUser($0) },
        .known(users.costPerHour, or: nobody) { .rate($0, decimals: 6) },
      ]
    }
  }

  private func note(_ month: MonthFigures) -> ReportCell {
    switch month.incomplete {
    case 0: .empty
    case 1: .text("a charge or rate is not fully known")
    default: .text("\(grouped(month.incomplete)) charges and rates are not fully known")
    }
  }
}

/// Each month's cost by service: `months.csv`. A month that is not known is a row with the reason.
func monthServiceTable(_ trend: MonthTrend, _ currency: BillCurrency) -> ReportTable {
  ReportTable(
    "months",
    columns: [
      ReportColumn("month", "Month", .month), .text("service", "Service"),
      currency.column("cost", "Cost, \(currency.code)"), currency.column("cost_exact", "Exact cost, \(currency.code)"),
      .text("unknown", "Why it is not known"),
    ],
    rows: trend.rows.flatMap { row -> [[ReportCell]] in
      func unknown(_ reason: String) -> [[ReportCell]] {
        [[.month(row.month), .empty, .unknown(reason), .unknown(reason), .text(reason)]]
      }
      switch row.figures {
      case .failure(let gap): return unknown(gap.text)
      case .success(let month):
        guard month.currency.code == currency.code else { return unknown("billed in \(month.currency.code)") }
        return month.services.map {
          [.month(row.month), .text($0.name), .cents($0.printed), .money($0.cost), .empty]
        }
      }
    })
}

extension MonthGap {
  /// `no instances`.
  fileprivate var text: String {
    switch self {
    case .noInstances: "no instances"
    case .noUsers: "no users"
    case .fault(let error): (error.place.key.map { "\($0): " } ?? "") + error.found
    }
  }
}
