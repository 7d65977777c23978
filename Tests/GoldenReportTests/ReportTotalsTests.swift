import Ingest
import Model
import Reading
import Testing

/// What a reviewer and finance check by hand, checked on every report of the gallery.
@Suite struct ReportTotalsTests {
  @Test("The columns of bill.csv and cost-per-user.csv add up to the totals of the report, to the cent")
  func columnsAddUp() throws {
    for example in try RenderedCase.all.get() {
      let bill = try Table(example.files["bill.csv"]!)
      let users = try Table(example.files["cost-per-user.csv"]!)
      let report = example.files["report.md"]!
      let total = try bill.sum("cost_usd")
      #expect(try users.sum("total_usd") == total)
      #expect(try users.sum("used_usd") + users.sum("idle_usd") + users.sum("shared_usd") == total)
      #expect(try bill.sum("cost_exact_usd") == users.sum("total_exact_usd"))
      // What changed, the bill and the cost per user each end in a bold total; the first step starts from it.
      let printed = "**\(Cents(total).grouped)**"
      #expect(report.split(separator: "\n").filter { $0.hasPrefix("| **Total**") && $0.contains(printed) }.count >= 3)
      #expect(report.contains("| 1. Waste | \(Cents(total).grouped) |"))
      #expect(report.contains("| Cost | \(Cents(total).grouped) | USD |"))
    }
  }

  @Test("Printed savings add up to the difference of the printed bills")
  func savingsAddUp() throws {
    for example in try RenderedCase.all.get() {
      let advice = try Table(example.files["recommendations.csv"]!)
      let saving = try advice.sum("saving_usd")
      #expect(example.files["report.md"]!.contains("| Saving found | \(Cents(saving).grouped) | USD |"))
    }
  }

  @Test("What was planted in the shipped dataset is found, and nothing else is touched")
  func plantedTruths() throws {
    let example = try #require(
      try RenderedCase.all.get().first { $0.folder.lastPathComponent == "sketchy-chain-2026-10" })
    let advice = try Table(example.files["recommendations.csv"]!)
    // datasets/sketchy-chain/README.md: database over-provisioned, websocket bound by memory, api without a memory metric.
    let sizes = try advice.rows(where: "step", is: "rightsize")
    let outcomes = try sizes.map { "\(try advice.field("services", $0)) \(try advice.field("outcome", $0))" }
    #expect(
      Set(outcomes) == [
        "frontend kept", "websocket kept", "api kept", "worker kept", "database recommended", "cache kept",
      ])
    let report = example.files["report.md"]!
    // The lost day, 2026-10-07 local, is a gap and lowers every coverage below 100 %.
    #expect(report.contains("2026-10-07 00:00 to 2026-10-08 00:00"))
    #expect(report.contains("| database | 96.7 % |"))
    // The vanished instance: 301.75 h x 0.085 USD = 25.65 USD.
    let waste = try #require(try advice.rows(where: "id", is: "waste-worker").first)
    #expect(try advice.field("action", waste) == "stop i-0d17ecf5b2f89dcf5, if it still exists")
    #expect(try advice.field("saving_usd", waste) == "25.65")
    let api = try #require(sizes.first { try advice.field("services", $0) == "api" })
    #expect(try advice.field("reason", api).hasPrefix("memory is not measured; t3.small has less memory"))
  }
}

/// A rendered CSV file.
struct Table {
  let header: [String]
  private(set) var rows: [[String]] = []

  init(_ text: String) throws {
    var reader = DelimitedReader(bytes: Array(text.utf8), file: "rendered")
    let columns = try DelimitedHeader(&reader)
    header = columns.names
    while try reader.nextRow() {
      try columns.check(reader)
      rows.append((0..<reader.fieldCount).map(reader.text))
    }
  }

  func field(_ name: String, _ row: [String]) throws -> String { row[try #require(header.firstIndex(of: name))] }
  func rows(where name: String, is value: String) throws -> [[String]] {
    try rows.filter { try field(name, $0) == value }
  }
  func sum(_ name: String) throws -> Money {
    try rows.reduce(.zero) { $0 + (try #require(Money(try field(name, $1)))) }
  }
}
