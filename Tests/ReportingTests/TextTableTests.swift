import Model
import TestSupport
import Testing

@testable import Reporting

@Suite struct TextTableTests {
  private func text(_ table: ReportTable, width: Int) -> String { TextFormat(width: width).text(report(.table(table))) }

  @Test("Columns are aligned, figures to the right, the total under a rule")
  func aligned() {
    #expect(
      text(costs, width: 60) == """
        Service       Cost
        --------  --------
        frontend      1.00
        db        1,234.50
        --------  --------
        Total     1,235.50

        """)
  }

  @Test("Text wraps in its column where the table is too wide, and titles of figures on the rule")
  func wraps() {
    let table = ReportTable(
      "t",
      columns: [.text("service", "Service"), .text("why", "Why"), ReportColumn("cost", "Saves, USD a month", dollars)],
      rows: [
        [.text("frontend"), .text("needs 2.08 vCPU an instance"), cost("1234567.89")],
        [.text("db"), .text("idle"), cost("1")],
      ])
    // Saves, USD a month (18) becomes two lines of the 12 of its figures; the text keeps 44 - 8 - 12 - 4 = 20.
    #expect(
      text(table, width: 44) == """
                                        Saves, USD a
        Service   Why                          month
        --------  --------------------  ------------
        frontend  needs 2.08 vCPU an    1,234,567.89
                  instance
        db        idle                          1.00

        """)
  }

  @Test("Long text moves below its row where that takes less lines, with its title")
  func below() {
    let reason = Array(repeating: "reason", count: 12).joined(separator: " ")
    let columns =
      [.text("service", "Service"), .text("why", "Why")]
      + ["Before", "After", "Saves"].map {
        ReportColumn($0, $0, dollars, isSigned: $0 == "Saves")
      }
    let (million, one) = (cost("1000000"), cost("1"))
    let table = ReportTable(
      "t", columns: columns,
      rows: [[.text("frontend"), .text(reason), million, million, one], [.text("db"), .empty, one, one, one]],
      total: [.text("Total"), .empty, million, million, one])
    // Beside the others a column of 60 - 8 - 12 - 12 - 5 - 8 = 15 would take six lines for two words each.
    #expect(
      text(table, width: 60) == """
        Service         Before         After  Saves
        --------  ------------  ------------  -----
        frontend  1,000,000.00  1,000,000.00  +1.00
            Why: reason reason reason reason reason reason
                reason reason reason reason reason reason
        db                1.00          1.00  +1.00
        --------  ------------  ------------  -----
        Total     1,000,000.00  1,000,000.00  +1.00

        """)
  }

  @Test("Where the figures do not fit side by side, each row is a record, its fields below one another")
  func records() {
    let columns = [.text("service", "Service")] + (1...6).map { ReportColumn("c\($0)", "Column \($0)", dollars) }
    let rows = [
      [.text("frontend")] + (1...6).map { cost("\($0)234567.89") },
      [.text("db"), cost("1"), cost("2"), .empty, .empty, cost("5"), .empty],
    ]
    #expect(
      text(ReportTable("t", columns: columns, rows: rows), width: 60) == """
        Service
        --------
        frontend
            Column 1: 1,234,567.89  Column 2: 2,234,567.89
            Column 3: 3,234,567.89  Column 4: 4,234,567.89
            Column 5: 5,234,567.89  Column 6: 6,234,567.89
        db
            Column 1:         1.00  Column 2:         2.00
            Column 5:         5.00

        """)
  }

  @Test("A rank before the name stands in the heading of a record")
  func ranked() {
    let columns = [ReportColumn("rank", "#", .count), .text("name", "Name"), .text("why", "Why")]
    let long = String(repeating: "x", count: 50)
    let table = ReportTable("t", columns: columns, rows: [[.count(1), .text(long), .text("idle")]])
    #expect(
      text(table, width: 40) == """
        # Name
        \(String(repeating: "-", count: 40))
        1
        \(String(repeating: "x", count: 40))
        xxxxxxxxxx
            Why: idle

        """)
  }

  @Test("Columns without a value give way first, and are named")
  func emptyColumns() {
    let columns = [.text("service", "Service")] + (1...5).map { ReportColumn("c\($0)", "Column\($0)", dollars) }
    let row: [ReportCell] = [
      .text("frontend"), cost("1234567.89"), .empty, cost("1234567.89"), .empty, cost("1234567.89"),
    ]
    #expect(
      text(ReportTable("t", columns: columns, rows: [row]), width: 60) == """
        Service        Column1       Column3       Column5
        --------  ------------  ------------  ------------
        frontend  1,234,567.89  1,234,567.89  1,234,567.89
        left out, being empty: Column2; Column4

        """)
    #expect(text(ReportTable("t", columns: columns, rows: [row]), width: 100).contains("Column4"))
  }

  @Test("A reason that would widen a column of figures is told once, below the table")
  func unknowns() {
    let columns = [.text("service", "Service"), ReportColumn("share", "Coverage", .share), .text("note", "Note")]
    let rows: [[ReportCell]] = [
      [.text("a"), .unknown("nothing was expected"), .unknown("short")],
      [.text("b"), .unknown("nothing was expected"), .empty],
      [.text("c"), .unknown("no fleet"), .empty],
    ]
    #expect(
      text(ReportTable("t", columns: columns, rows: rows), width: 60) == """
        Service     Coverage  Note
        -------  -----------  --------------
        a        unknown [1]  unknown: short
        b        unknown [1]
        c        unknown [2]
        [1] nothing was expected
        [2] no fleet

        """)
  }

  @Test("A reason that fits under its title stands in its cell")
  func shortUnknowns() {
    let columns = [.text("service", "Service"), ReportColumn("share", "Coverage of samples", .share)]
    let table = ReportTable("t", columns: columns, rows: [[.text("a"), .unknown("no samples")]])
    #expect(text(table, width: 60).hasSuffix("a        unknown: no samples\n"))
  }

  @Test("A line end in a cell does not break the columns")
  func lineEnds() {
    let table = ReportTable("t", columns: costs.columns, rows: [[.text("two\nlines"), cost("10")]])
    #expect(text(table, width: 60).hasSuffix("two lines  10.00\n"))
  }

  @Test("Wide characters keep the columns below one another")
  func wideCharacters() {
    let table = ReportTable(
      "t", columns: costs.columns, rows: [[.text("漢字"), cost("1")], [.text("ascii"), cost("2")]])
    #expect(text(table, width: 60).hasSuffix("漢字     1.00\nascii    2.00\n"))
  }

  @Test("No figure is broken into two lines from 60 columns on", arguments: 0..<200)
  func unbroken(seed: Int) {
    var random = RandomDocument(seed: seed)
    let table = random.table()
    let lines = TextFormat(width: 60).lines(report(.table(table)))
    for (row, cell) in (table.rows + (table.total.map { [$0] } ?? [])).flatMap({
      zip($0, $0.indices).map { ($0.1, $0.0) }
    }) {
      guard case .figure(let text) = PrintedCell(cell, isSigned: table.columns[row].isSigned) else { continue }
      #expect(lines.contains { $0.contains(text) }, "\(text)")
    }
  }
}
