import Foundation
import Model
import Reading
import TestSupport
import Testing

@testable import Reporting

@Suite struct CSVFormatTests {
  @Test(
    "Figures are exact and ungrouped, times are ISO 8601, what is not known is empty, the total is left to the reader")
  func exact() {
    #expect(
      CSVFormat().text(report(.table(everyKind))) == """
        name,change_usd,hourly_usd,count,cores,ratio,share,time,began,day,month
        '=1+1,5819.863084,0.0416,12345,2.50,0.3333333333333333,0.9514,5700,2026-10-13T16:05:00-04:00,2026-10-13,2026-10
        "bill, ""exact""\",-0.05,,,,,,,,,

        """)
    #expect(!CSVFormat().text(report(.table(costs))).contains("Total"))
  }

  @Test("Tables are separated by a blank line, those of charts too, and prose is left out")
  func severalTables() {
    let table = ReportTable("t", columns: [ReportColumn("a", "A", .count)], rows: [[.count(1)]])
    let chart = ReportChart(.line, title: "C", table)
    let document = ReportDocument(
      "t", title: "T", blocks: [.table(table), .paragraph("p")],
      sections: [ReportSection("s", title: "S", blocks: [.chart(chart)])])
    #expect(CSVFormat().text(document) == "a\n1\n\na\n1\n")
  }

  @Test("A row whose only field is empty is no blank line")
  func emptyRow() {
    let table = ReportTable("t", columns: [.text("a", "A")], rows: [[.empty], [.text("x")]])
    #expect(CSVFormat().text(report(.table(table))) == "a\n\"\"\nx\n")
  }

  @Test(
    "A text that a spreadsheet would run stands behind an apostrophe",
    arguments: [
      "=1+1", "+1", "-1+1", "@SUM(A1)", "-", "  =1", "\"=1\"", "' =1", "\u{A0}=1", "＝1", "＋1", "－1", "＠x",
    ])
  func formulas(text: String) { #expect(csvText(text) == "'" + text) }

  @Test("One that starts with a tab or a line end does, too, and they are seen")
  func leadingControls() {
    #expect(csvText("\t=1") == "'\\x09=1")
    #expect(csvText("\r1") == "'\\x0D1")
    #expect(csvText("\nx") == "'\nx")
    #expect(csvText("\t") == "'\\x09")
  }

  @Test(
    "Other texts stay as they are, numbers too",
    arguments: ["", "1,234", "007", "a=b", "1-2", "e@x", "two\nlines", " x", "\"q\"", "1e5"])
  func plain(text: String) { #expect(csvText(text) == text) }

  @Test("Control characters are seen as escapes")
  func controls() { #expect(csvText("a\u{1B}[0m\tb\u{202E}") == "a\\x1B[0m\\x09b\\u{202E}") }

  @Test("Figures below zero have no apostrophe")
  func negative() {
    let table = ReportTable("t", columns: [ReportColumn("a", "A", dollars)], rows: [[cost("-5")]])
    #expect(CSVFormat().text(report(.table(table))) == "a\n-5.00\n")
  }

  @Test("The fields are the values of the JSON", arguments: 0..<200)
  func sameAsJSON(seed: Int) throws {
    var random = RandomDocument(seed: seed)
    let table = random.table()
    guard !table.columns.isEmpty else { return }
    let document = report(.table(table))
    let rows = try #require(try JSONValue(JSONFormat().render(document)).tables[0]["rows"]).array
    var reader = DelimitedReader(bytes: CSVFormat().render(document), file: "t.csv")
    let header = try DelimitedHeader(&reader)
    #expect(header.names == table.columns.map(\.name))
    for row in rows {
      try #require(try reader.nextRow())
      try #require(reader.fieldCount == table.columns.count)
      for (index, column) in table.columns.enumerated() {
        #expect(reader.text(index) == field(try #require(row[column.name]), reader.text(index)))
      }
    }
    #expect(try !reader.nextRow())
  }

  /// The field of a JSON value; a number is compared as one, and is then the field itself.
  private func field(_ value: JSONValue, _ field: String) -> String {
    switch value {
    case .number(let number): Decimal(string: field) == number ? field : "\(number)"
    case .double(let number): Double(field) == number ? field : "\(number)"
    case .string(let text): csvText(text)
    case .object(let members): members["text"]?.string.map(csvText) ?? ""
    case .null, .bool, .array: ""
    }
  }

  @Test("A column of costs adds up to the exact total", arguments: 0..<50)
  func columnSums(seed: Int) throws {
    var random = SplitMix64(seed: seed)
    let parts = (0..<random.number(1...12)).map { _ in
      Money(nanoDollars: random.number(-5_000_000_000...9_000_000_000_000))
    }
    let rows = zip(parts, printedCents(of: parts)).map { [ReportCell.text("a, \"b\"\n|"), .money($0, printed: $1)] }
    let bytes = CSVFormat().render(report(.table(ReportTable("t", columns: costs.columns, rows: rows))))
    var reader = DelimitedReader(bytes: bytes, file: "t.csv")
    let column = try DelimitedHeader(&reader).require("cost_usd")
    var sum = Money.zero
    while try reader.nextRow() { sum += try #require(Money(reader.text(column))) }
    #expect(sum == parts.reduce(.zero, +))
  }
}
