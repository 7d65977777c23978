import Analysis
import Model
import StudySupport
import TestSupport
import Testing

@testable import Analytics
@testable import Wording

@Suite struct MonthsSectionTests {
  @Test("There are no months where none were asked for")
  func none() throws {
    let review = try TinyMonth().review()
    #expect(MonthsSection().section(PrintedReview(review)) == nil)
    #expect(try !reviewFiles(review).map(\.name).contains("months.csv"))
  }

  @Test("A month that is not known is a row with the reason, and what is beside it is not compared with it")
  func gaps() throws {
    let error = DataError(Place(file: "prices"), found: "no on-demand price", expected: "one", kind: .missingInput)
    let rows = try table(
      [
        .failure(.noInstances), .failure(.fault(error)), .success(month(["100.004", "50"], users: .failure(.noUsers))),
        .success(month(["100", "65"], users: .success(users(30)))),
        .success(month(["100", "65"], users: .success(users(0)), in: "EUR")),
        .success(month(["1", "2"], users: .success(users(0)))),
      ]
    ).rows
    #expect(rows.map { $0[0] } == (5...10).map { .month(Month(year: 2026, month: $0)) })
    #expect(rows[0][1] == .unknown("no instances") && rows[0][2...].allSatisfy { $0 == .empty })
    #expect(rows[1][1] == .unknown("no on-demand price"))
    #expect(rows[2][1] == .money(usd("150.004"), printed: Cents(15_000)))
    #expect(rows[2][2...3] == [.empty, .empty] && rows[2][4] == .unknown("no users"))
    // 165 - 150.004; 165 / 150.004 - 1.
    #expect(rows[3][2] == .money(usd("14.996"), printed: Cents(1500)))
    #expect(rows[3][3] == .share(165 / 150.004 - 1))
    #expect(rows[3][4...6] == [.measured(30, decimals: 2), .perUser(usd("5.5")), .rate(usd("0.007639"), decimals: 6)])
    #expect(rows[3][8] == .text("2 charges and rates are not fully known"))
    #expect(rows[4][1] == .unknown("billed in EUR"))
    #expect(rows[5][2] == .empty && rows[5][5] == .unknown("nobody used it"))
  }

  @Test("Of many months the report has the last, the others counted with their sum, and the evidence all")
  func many() throws {
    let printed = try printed((0..<60).map { _ in .success(month(["1", "2"], users: .success(users(3)))) })
    let short = try #require(reviewDocument(printed).tables.first { $0.name == "months" })
    #expect(short.rows.count == 21)
    #expect(short.rows[19][0] == .month(Month("2026-10")!) && short.rows[0][0] == .month(Month("2025-03")!))
    #expect(short.rows[20][1] == .money(usd("120"), printed: Cents(12_000)))
    #expect(short.rows[20][8] == .link("40 others", to: "evidence.md#months"))
    let whole = try #require(evidenceDocument(printed).tables.first { $0.name == "months" })
    #expect(whole.rows.count == 60)
  }

  @Test(
    "months.csv has a row a month and service, which add up to the month's printed cost, and one for what is unknown")
  func file() throws {
    let printed = try printed([
      .failure(.noInstances), .success(month(["10.004", "20.004", "30.004"], users: .failure(.noUsers))),
    ])
    let files = try reviewFiles(printed.review)
    #expect(files.last?.name == "months.csv")
    guard case .document(let document, "csv") = files.last?.content else {
      Issue.record("a table of CSV")
      return
    }
    let rows = document.tables[0].rows
    #expect(rows[0][1...] == [.empty, .unknown("no instances"), .unknown("no instances"), .text("no instances")])
    #expect(rows.dropFirst().map { $0[1] } == [.text("s0"), .text("s1"), .text("s2")])
    // 60.012 prints as 60.01: one cent goes to the first of equal remainders.
    #expect(rows.dropFirst().map { $0[2] } == [1001, 2000, 3000].map { .cents(Cents($0)) })
    #expect(rows[3][3] == .money(usd("30.004")))
  }

  private func table(_ figures: [Result<MonthFigures, MonthGap>]) throws -> ReportTable {
    let printed = try printed(figures)
    let section = try #require(MonthsSection().section(printed))
    guard case .table(let table) = section.blocks[1] else { throw MonthGap.noUsers }
    return table
  }

  /// A review of October 2026 with months up to it.
  private func printed(_ figures: [Result<MonthFigures, MonthGap>]) throws -> PrintedReview {
    var review = try TinyMonth().review()
    var month = review.scope.month
    var rows: [MonthTrend.Row] = []
    for figures in figures.reversed() {
      rows.insert(MonthTrend.Row(month: month, figures: figures), at: 0)
      month = month.previous
    }
    review.trend = MonthTrend(rows: rows)
    return PrintedReview(review)
  }

  /// A month of services of such costs, in which two charges are not fully known where there were users.
  private func month(
    _ costs: [String], users: Result<MonthUsers, MonthGap>, in currency: String = "USD"
  ) -> MonthFigures {
    let costs = costs.map { usd($0) }
    let cents = printedCents(of: costs)
    let rate = ExchangeRate(from: CivilDate("2026-01-01")!, perUsd: decimal("0.9"))
    return MonthFigures(
      currency: currency == "USD" ? .usDollar : BillCurrency(code: currency, rate: rate),
      services: costs.indices.map { MonthFigures.Service(name: "s\($0)", cost: costs[$0], printed: cents[$0]) },
      users: users, cpu: Coverage(seen: 1, expected: 2), incomplete: (try? users.get()) == nil ? 0 : 2)
  }

  private func users(_ count: Int) -> MonthUsers {
    MonthUsers(
      average: Double(count), cost: count == 0 ? nil : usd("5.5"), costPerHour: count == 0 ? nil : usd("0.007639"))
  }
}
