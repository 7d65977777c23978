import Model
import TestSupport
import Testing

@testable import Reporting

@Suite struct TextBarsTests {
  private func text(_ table: ReportTable, width: Int) -> String {
    TextFormat(width: width).text(report(.chart(ReportChart(.bars, title: "Costs", table))))
  }

  @Test("Bars are in proportion to their figures, and the smallest has a mark")
  func proportion() {
    let table = ReportTable(
      "t", columns: costs.columns,
      rows: [
        [.text("big"), cost("100")], [.text("half"), cost("50")], [.text("tiny"), cost("0.01")],
        [.text("none"), cost("0")],
        [.text("less"), cost("-25")], [.text("lost"), .unknown("no price of it")],
      ], total: [.text("Total"), cost("125.01")])
    // 30 columns less label (5), figure (6) and two gaps leave 15: 100 takes all, 50 half of it, 25 a quarter.
    #expect(
      text(table, width: 30) == """
        Costs
        big    100.00  ###############
        half    50.00  ########
        tiny     0.01  #
        none     0.00
        less   -25.00  ----
        lost   unknown: no price of it
        Total  125.01

        """)
  }

  @Test("Each series has its bar, drawn to one scale with others of its kind")
  func series() {
    let columns = [
      .text("service", "Service"), ReportColumn("now", "Now", dollars), ReportColumn("then", "Then", dollars),
    ]
    let table = ReportTable("t", columns: columns, rows: [[.text("db"), cost("10"), cost("20")]])
    // 40 - 2 - 4 - 5 and three gaps of two leave 23.
    #expect(
      text(table, width: 40) == """
        Costs
        db  Now   10.00  ############
            Then  20.00  #######################

        """)
  }

  @Test("Where there is nothing to draw, or no room, the table stands there")
  func table() {
    let zero = ReportTable("t", columns: costs.columns, rows: [[.text("a"), cost("0")]])
    #expect(text(zero, width: 60) == "Costs\nService  Cost\n-------  ----\na        0.00\n")
    #expect(text(costs, width: 20).contains("Service"))
  }

  @Test("A line chart is for formats with pictures")
  func line() {
    #expect(TextFormat(width: 60).render(report(.chart(ReportChart(.line, title: "Costs", costs)))).isEmpty)
  }
}
