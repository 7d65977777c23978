import Model
import TestSupport
import Testing

@testable import Reporting

@Suite struct CSVFormatTests {
  @Test("Cells are escaped, figures lose their grouping, the total is left to the reader")
  func escapes() {
    #expect(
      CSVFormat().render(awkward) == """
        service,note,cost_usd
        plain,a|b,1234.56
        quoted,"say ""hi\""",-0.05
        listed,"a, b",0.00
        broken,"two
        lines",10.00

        """)
  }

  @Test("A column of costs adds up to the printed total", arguments: 0..<50)
  func columnSums(seed: Int) throws {
    var random = SplitMix64(seed: seed)
    let costs = (0..<random.number(1...12)).map { _ in
      Money(nanoDollars: random.number(-5_000_000_000...9_000_000_000_000))
    }
    let total = Cents(costs.reduce(.zero, +))
    let rows = printedCents(of: costs).map { ["a, \"b\"\n|", $0.grouped] }
    let table = ReportTable(
      "t", columns: ["Service|service", ">Cost|cost_usd"], rows: rows, total: ["", total.grouped])
    let text = CSVFormat().render(ReportDocument([.table(table)]))
    var reader = DelimitedReader(bytes: Array(text.utf8), file: "t.csv")
    let header = try DelimitedHeader(&reader)
    let column = try header.require("cost_usd")
    var sum = Money.zero
    var count = 0
    while try reader.nextRow() {
      sum += try #require(Money(reader.text(column)))
      count += 1
    }
    #expect(count == costs.count)
    #expect(Cents(sum) == total)
  }

  @Test("Tables are separated by a blank line, and prose is left out")
  func severalTables() {
    let table = ReportTable("t", columns: ["A|a"], rows: [["1"]])
    let document = ReportDocument([.heading(level: 1, "T"), .table(table), .paragraph("p"), .table(table)])
    #expect(CSVFormat().render(document) == "a\n1\n\na\n1\n")
  }

  @Test(
    "Only a number loses its grouping; a list of words, dates or numbers keeps its commas",
    arguments: [
      ("1,234,567.89", "1234567.89"), ("-1,234", "-1234"), ("+12,345.60", "+12345.60"), ("12.5", "12.5"),
      ("a, b", "a, b"),
      ("2026-10-01,2026-10-02", "2026-10-01,2026-10-02"), ("1,2", "1,2"), ("4-6,15", "4-6,15"), (",", ","),
    ])
  func plainNumbers(text: String, plain: String) { #expect(plainNumber(text) == plain) }
}
