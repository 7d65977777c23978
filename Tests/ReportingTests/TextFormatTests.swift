import Model
import TestSupport
import Testing

@testable import Reporting

@Suite struct TextFormatTests {
  @Test("Columns are aligned, figures to the right, the total under a rule")
  func table() {
    let table = ReportTable(
      "t", columns: ["Service|service", ">Cost|cost"], rows: [["frontend", "1.00"], ["db", "10.00"]],
      total: ["Total", "11.00"])
    #expect(
      TextFormat().render(ReportDocument([.table(table)])) == """
        Service    Cost
        --------  -----
        frontend   1.00
        db        10.00
        --------  -----
        Total     11.00

        """)
  }

  @Test("Prose and lists wrap at the width, lists under their text")
  func wraps() {
    let text = Array(repeating: "word", count: 60).joined(separator: " ")
    let lines = TextFormat(width: 40).render(ReportDocument([.paragraph(text), .list([text])])).split(separator: "\n")
    #expect(lines.allSatisfy { $0.count <= 40 })
    #expect(lines.count > 12)
    #expect(lines.count { $0.hasPrefix("- ") } == 1)
    #expect(lines.last?.hasPrefix("  word") == true)
  }

  @Test("The text columns of a wide table wrap, and figures are never broken")
  func wideTable() {
    let long = Array(repeating: "reason", count: 30).joined(separator: " ")
    let table = ReportTable(
      "t", columns: ["Service|service", "Why|why", ">Cost|cost"], rows: [["frontend", long, "1,234,567.89"]])
    let lines = TextFormat(width: 60).render(ReportDocument([.table(table)])).split(separator: "\n")
    #expect(lines.allSatisfy { $0.count <= 60 })
    #expect(lines.contains { $0.contains("1,234,567.89") })
    #expect(lines.joined().matches(of: /reason/).count == 30)
  }

  @Test("A line end in a cell does not break the columns")
  func lineEndInCell() {
    let lines = TextFormat().render(awkward).split(separator: "\n")
    // The figure of the row stands on the row's first line.
    #expect(lines.contains { $0.hasPrefix("broken") && $0.hasSuffix("10.00") })
  }

  @Test(
    "Text is broken at spaces, a longer word stands alone",
    arguments: [
      ("a bb ccc", 4, ["a bb", "ccc"]), ("abcdefgh ij", 4, ["abcdefgh", "ij"]), ("", 4, [""]), ("a  b", 10, ["a b"]),
      ("aaaa bbbb", 4, ["aaaa", "bbbb"]),
    ])
  func breaks(text: String, width: Int, lines: [String]) { #expect(wrapped(text, to: width) == lines) }

  @Test("Wrapping loses no word and exceeds the width for single words alone", arguments: 0..<100)
  func wrapping(seed: Int) {
    var random = SplitMix64(seed: seed)
    let words = (0..<random.number(1...30)).map { _ in String(repeating: "x", count: random.number(1...12)) }
    let lines = wrapped(words.joined(separator: " "), to: 10)
    #expect(lines.joined(separator: " ") == words.joined(separator: " "))
    #expect(lines.allSatisfy { $0.count <= 10 || !$0.contains(" ") })
  }

  @Test("No line ends in blanks")
  func noTrailingBlanks() {
    #expect(TextFormat().render(awkward).split(separator: "\n").allSatisfy { !$0.hasSuffix(" ") })
  }
}
