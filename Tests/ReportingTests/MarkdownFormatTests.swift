import Model
import TestSupport
import Testing

@testable import Reporting

@Suite struct MarkdownFormatTests {
  @Test("A table has aligned columns, no padding, and a bold total")
  func table() {
    #expect(
      MarkdownFormat().text(report(.table(costs))) == """
        | Service | Cost |
        | --- | --: |
        | frontend | 1.00 |
        | db | 1,234.50 |
        | **Total** | **1,235.50** |

        """)
  }

  @Test("Cells are printed as in text, code and links marked up, and what is not known says why")
  func cells() {
    let table = ReportTable(
      "t",
      columns: [
        .text("id", "Id"), .text("more", "More"), ReportColumn("cost", "Cost", dollars), ReportColumn("n", "N", .count),
      ],
      rows: [[.code("mix-a|b"), .link("the [bill]", to: "bill 1.csv"), .unknown("no price <yet>"), .empty]],
      total: [.empty, .code("x"), cost("1"), .empty])
    #expect(
      MarkdownFormat().lines(report(.table(table))).dropFirst(2).dropLast() == [
        "| `mix-a\\|b` | [the \\[bill\\]](bill%201.csv) | unknown: no price \\<yet\\> | |",
        "| | **`x`** | **1.00** | |",
      ])
  }

  @Test("Headings go down a level with each section, and a section without a title prints none")
  func headings() {
    let untitled = ReportSection(
      "u", title: "", blocks: [.paragraph("More.")], sections: [ReportSection("d", title: "Same")])
    let deep = (1...7).reversed().reduce(ReportSection("deep", title: "Level 9")) {
      ReportSection("s\($1)", title: "Level \($1 + 1)", sections: [$0])
    }
    let document = ReportDocument("t", title: "Top", blocks: [.paragraph("Words.")], sections: [untitled, deep])
    let lines = MarkdownFormat().lines(document).filter { !$0.isEmpty }
    #expect(
      lines == [
        "# Top", "Words.", "More.", "## Same", "## Level 2", "### Level 3", "#### Level 4", "##### Level 5",
        "###### Level 6",
        "###### Level 7", "###### Level 8", "###### Level 9",
      ])
  }

  @Test("Blocks are separated by a blank line, facts are a list, charts are for formats with pictures")
  func blocks() {
    let facts = [
      ReportFact("bill", cost("1234.5"), unit: "USD"), ReportFact("gaps", .unknown("no samples"), unit: "h"),
    ]
    let chart = ReportBlock.chart(ReportChart(.bars, title: "Costs", costs))
    #expect(
      MarkdownFormat().text(report(.paragraph("Text."), chart, .list(["a", "b"]), .facts(facts))) == """
        Text.

        - a
        - b

        - bill: 1,234.50 USD
        - gaps: unknown: no samples

        """)
  }

  @Test("A section that a link leads to has an anchor of its id, and no other")
  func anchors() {
    let link = ReportTable("t", columns: [.text("a", "A")], rows: [[.link("below", to: "#the-bill")]])
    let document = ReportDocument(
      "t", title: "T", blocks: [.table(link)],
      sections: [
        ReportSection("other", title: "Other"),
        ReportSection("outer", title: "Outer", sections: [ReportSection("the-bill", title: "The bill")]),
      ])
    let text = MarkdownFormat().text(document)
    #expect(text.contains("| [below](#the-bill) |"))
    #expect(text.contains("\n\n<a id=\"the-bill\"></a>\n\n### The bill\n"))
    #expect(text.matches(of: /<a id/).count == 1)
  }

  @Test("Every link into the document has its anchor", arguments: 0..<100)
  func linksResolve(seed: Int) {
    var random = RandomDocument(seed: seed)
    let document = random.document()
    let text = MarkdownFormat().text(document)
    let hasSection = document.sections.contains {
      $0.id == "section-0" || $0.sections.contains { $0.id == "section-0" }
    }
    guard hasSection, text.contains("](#section-0)") else { return }
    #expect(text.contains("<a id=\"section-0\"></a>"))
  }

  @Test("Every row of a table has as many cells, whatever the names", arguments: 0..<200)
  func rows(seed: Int) {
    var random = RandomDocument(seed: seed)
    let table = random.table()
    let lines = MarkdownFormat().lines(report(.table(table))).filter { !$0.isEmpty }
    #expect(lines.count == (table.columns.isEmpty ? 0 : table.rows.count + 2 + (table.total == nil ? 0 : 1)))
    #expect(lines.allSatisfy { cellCount($0) == table.columns.count }, "\(lines)")
  }

  /// Cells as GitHub counts them: a backslash and a punctuation mark are one character.
  private func cellCount(_ line: String) -> Int {
    var (pipes, isEscaped) = (0, false)
    for byte in line.utf8 {
      if isEscaped {
        isEscaped = false
      } else if byte == UInt8(ascii: "\\") {
        isEscaped = true
      } else if byte == UInt8(ascii: "|") {
        pipes += 1
      }
    }
    return pipes - 1
  }
}
