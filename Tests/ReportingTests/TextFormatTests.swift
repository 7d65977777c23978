import Model
import TestSupport
import Testing

@testable import Reporting

@Suite struct TextFormatTests {
  @Test("No line of any report is wider than the terminal", arguments: 0..<150)
  func width(seed: Int) {
    var random = RandomDocument(seed: seed)
    let document = random.document()
    for width in [60, 61 + seed % 79, 140] {
      let wide = TextFormat(width: width).lines(document).filter { terminalWidth(of: $0) > width }
      #expect(wide.isEmpty, "\(width): \(wide)")
    }
  }

  @Test("Below 60 columns lines still keep to the terminal down to 20", arguments: 0..<60)
  func narrow(seed: Int) {
    var random = RandomDocument(seed: seed)
    let document = random.document()
    for width in [20, 21 + seed % 39] {
      let wide = TextFormat(width: width).lines(document).filter { terminalWidth(of: $0) > width }
      #expect(wide.isEmpty, "\(width): \(wide)")
    }
  }

  @Test("Nothing is left out at any width", arguments: [10, 24, 40, 60, 80, 120])
  func complete(width: Int) {
    // Without blanks and rules, which fall where the width has it.
    func squeezed(_ text: String) -> String { text.filter { !" \n".contains($0) } }
    let text = squeezed(TextFormat(width: width).text(everything))
    let printed = [
      "Title", "A paragraph with", "first", "frontend", "1,234.50", "1,235.50", "0.64 vCPU",
      "unknown: nobody measured it",
    ]
    let cells = [
      "5,819.86", "+5,819.86", "0.0416", "12,345", "95.1 %", "1 h 35 min", "2026-10-13 16:05", "no price",
      "bill, \"exact\"",
    ]
    for part in printed + cells { #expect(text.contains(squeezed(part)), "\(part)") }
  }

  @Test("No line ends in blanks", arguments: [40, 60, 100])
  func blanks(width: Int) { #expect(TextFormat(width: width).lines(everything).allSatisfy { !$0.hasSuffix(" ") }) }

  @Test("Blocks are separated by a blank line, sections have their titles, untitled ones none")
  func blocks() {
    let document = ReportDocument(
      "t", title: "Title", blocks: [.paragraph("Words.")],
      sections: [
        ReportSection(
          "a", title: "A", blocks: [.list(["one", "two"])],
          sections: [ReportSection("b", title: "", blocks: [.paragraph("More.")])])
      ])
    #expect(TextFormat(width: 60).text(document) == "Title\n\nWords.\n\nA\n\n- one\n- two\n\nMore.\n")
  }

  @Test("Prose and lists wrap at the width, lists under their text")
  func wraps() {
    let text = Array(repeating: "word", count: 30).joined(separator: " ")
    let lines = TextFormat(width: 40).lines(report(.paragraph(text), .list([text])))
    #expect(lines.count { $0.hasPrefix("- ") } == 1)
    // 40 columns hold eight words of prose, 8 * 5 - 1; behind the dash seven.
    #expect(lines.first?.count == 39)
    #expect(lines.last { !$0.isEmpty }?.hasPrefix("  word") == true)
  }

  @Test("Facts stand below one another, their units beside them, and long ones wrap under themselves")
  func facts() {
    let facts = [
      ReportFact("cost", cost("1234.5"), unit: "USD"), ReportFact("longest silence", .duration(16_500)),
      ReportFact("memory", .unknown("no samples of it in all of October 2026, or before")),
      ReportFact("note", .empty, unit: "GiB"),
    ]
    #expect(
      TextFormat(width: 60).text(report(.facts(facts))) == """
        cost:            1,234.50 USD
        longest silence: 4 h 35 min
        memory:          unknown: no samples of it in all of October
                         2026, or before
        note:

        """)
  }
}
