import Model
import Testing

@testable import Reporting

@Suite struct MarkdownFormatTests {
  @Test("A table is aligned, its pipes escaped, its total bold")
  func table() {
    let table = ReportTable(
      "t", columns: ["Service|service", ">Cost|cost"], rows: [["a|b", "1.00"], ["c", "10.00"]], total: ["", "11.00"])
    #expect(
      MarkdownFormat().render(ReportDocument([.table(table)])) == """
        | Service |      Cost |
        | ------- | --------: |
        | a\\|b    |      1.00 |
        | c       |     10.00 |
        |         | **11.00** |

        """)
  }

  @Test("Blocks are separated by a blank line")
  func blocks() {
    let document = ReportDocument([.heading(level: 2, "Cost"), .paragraph("Text."), .list(["a", "b"])])
    #expect(MarkdownFormat().render(document) == "## Cost\n\nText.\n\n- a\n- b\n")
  }

  @Test("A line end in a cell does not break its row")
  func lineEndInCell() {
    let lines = MarkdownFormat().render(awkward).split(separator: "\n").filter {
      $0.contains("two") || $0.contains("lines")
    }
    #expect(lines.count == 1)
    #expect(lines.allSatisfy { $0.hasPrefix("| broken") && $0.hasSuffix("|") })
  }

  @Test("Every row of a table has as many unescaped pipes")
  func pipes() {
    let rows = MarkdownFormat().render(awkward).split(separator: "\n").filter { $0.hasPrefix("|") }
    #expect(Set(rows.map { $0.replacing("\\|", with: "").count { $0 == "|" } }) == [4])
  }
}
