import Model
import TestSupport
import Testing

@testable import Wording

@Suite struct ShorteningTests {
  @Test("The rows that weigh most stand in the report, the others as one row with their sums, so that columns add up")
  func addsUp() throws {
    // Amounts 1 to 100, and a refund of 1000, which is what matters most.
    let table = table(amounts: (1...100).map { $0 } + [-1000])
    let short = try #require(
      LongTable("costs", .largest("cost_usd"), adding: ["count", "seconds"])
        .shortened(table, leadingTo: "evidence.md#costs"))
    #expect(short.rows.count == 21)
    #expect(short.rows.prefix(3).map { $0[2] } == [-1000, 100, 99].map(amount))
    // The first 20 are the refund and 82 to 100; 1 to 81 are left: 81 × 82 / 2 = 3321. All have one share.
    #expect(
      short.rows[20] == [
        .empty, .link("81 others", to: "evidence.md#costs"), amount(3321), .count(81), .duration(81 * 60), .share(0.5),
      ])
    #expect(short.total == table.total)
    #expect(short.rows.reduce(.zero) { $0 + cents($1[2]) } == cents(try #require(table.total)[2]))
  }

  @Test("A row for a single other would take as much room as that one, which is shown")
  func one() {
    let long = LongTable("costs", .largest("cost_usd"))
    #expect(long.shortened(table(amounts: Array(1...21)), leadingTo: "") == nil)
    #expect(long.shortened(table(amounts: Array(1...22)), leadingTo: "")?.rows.count == 21)
  }

  @Test("A table that is ranked keeps its order, and yet shows the largest: what costs most may be ranked last")
  func order() throws {
    let table = table(amounts: [3, 1, 2] + (10...40).map { $0 } + [-1000])
    func shown(_ order: LongTable.Order) throws -> [ReportCell] {
      try #require(LongTable("costs", order).shortened(table, leadingTo: "")).rows.dropLast().map { $0[2] }
    }
    #expect(try shown(.asListed) == ([3, 1, 2] + (10...26)).map(amount))
    // 19 from 22 to 40, and the last.
    #expect(try shown(.largestAsListed("cost_usd")) == ((22...40) + [-1000]).map(amount))
  }

  @Test("Of shares those are shown that lack most, unknown ones all; what is complete is counted, even if all is")
  func incomplete() throws {
    var table = table(amounts: Array(1...30))
    for index in table.rows.indices { table.rows[index][5] = .share(1) }
    let long = LongTable("costs", .incomplete(["share"]))
    let complete = try #require(long.shortened(table, leadingTo: "evidence.md#costs"))
    #expect(complete.rows.map { [$0[1], $0[5]] } == [[.link("all 30", to: "evidence.md#costs"), .share(1)]])
    table.rows[7][5] = .share(0.9)
    table.rows[9][5] = .unknown("not measured")
    let short = try #require(long.shortened(table, leadingTo: ""))
    #expect(short.rows.map { $0[5] } == [.unknown("not measured"), .share(0.9), .share(1)])
    #expect(short.rows[2][1] == .link("28 others", to: ""))
  }

  @Test("What is not known of one is not known of the others together")
  func unknown() throws {
    var table = table(amounts: Array(1...30))
    table.rows[29][2] = .unknown("no price")
    let short = try #require(LongTable("costs", .asListed).shortened(table, leadingTo: ""))
    #expect(short.rows[20][2] == .unknown("not known of all"))
  }

  @Test("Of many sentences the weightiest are said, and the others counted; few are said in their order")
  func sentences() {
    func said(_ facts: [Int64]) -> [String] {
      firstOf(facts, weight: { $0 }, text: { "\($0)" }, others: { "\($0.count) others, \($0.reduce(0, +))" })
    }
    #expect(said([1, 3, 2]) == ["1", "3", "2"])
    // 1 + 2 + 3 = 6.
    #expect(said([1, 8, 2, 7, 3, 6, 5, 4]) == ["8", "7", "6", "5", "4", "3 others, 6"])
  }

  @Test("The first names of a list are said, and how many more there are")
  func names() {
    #expect(firstOf(["a", "b", "c"]) == "a, b, c")
    #expect(firstOf(["a", "b", "c", "d"]) == "a, b, 2 more")
    #expect(firstOf((1...2000).map { "s\($0)" }, most: 4, separator: "; ") == "s1; s2; s3; 1,997 more")
  }

  private func table(amounts: [Int64]) -> ReportTable {
    let sum = amounts.reduce(0, +)
    return ReportTable(
      "costs",
      columns: [
        ReportColumn("rank", "Rank", .count), .text("service", "Service"),
        ReportColumn("cost_usd", "Cost", .money(currency: "USD")), ReportColumn("count", "Count", .count),
        ReportColumn("seconds", "Time", .duration), ReportColumn("share", "Share", .share),
      ],
      rows: amounts.enumerated().map { index, dollars in
        [.count(index + 1), .text("s\(index)"), amount(dollars), .count(1), .duration(60), .share(0.5)]
      },
      total: [.empty, .text("Total"), amount(sum), .count(amounts.count), .empty, .empty])
  }

  private func amount(_ dollars: Int64) -> ReportCell { .cents(Cents(dollars * 100)) }
  private func cents(_ cell: ReportCell) -> Cents { if case .money(_, let cents) = cell { cents } else { .zero } }
}
