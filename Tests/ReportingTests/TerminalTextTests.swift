import TestSupport
import Testing

@testable import Reporting

@Suite struct TerminalTextTests {
  @Test(
    "Text is broken at spaces, and a word longer than the line anywhere",
    arguments: [
      ("a bb ccc", 4, ["a bb", "ccc"]), ("abcdefgh ij", 4, ["abcd", "efgh", "ij"]), ("", 4, [""]),
      ("a  b", 10, ["a b"]),
      ("aaaa bbbb", 4, ["aaaa", "bbbb"]), ("漢字テスト", 5, ["漢字", "テス", "ト"]), ("two\nlines", 20, ["two lines"]),
    ])
  func breaks(text: String, width: Int, lines: [String]) {
    #expect(TerminalText(text).lines(within: width).map(\.text) == lines)
  }

  @Test("A percent sign stays with its number")
  func percent() {
    #expect(TerminalText("even 63.0 %, or").lines(within: 11).map(\.text) == ["even", "63.0 %, or"])
    #expect(TerminalText("what % is").lines(within: 6).map(\.text) == ["what %", "is"])
  }

  @Test("A figure is broken only where a line cannot hold it")
  func figures() {
    #expect(
      (TerminalText("in") + TerminalText(figure: "4 h 35 min")).lines(within: 10).map(\.text) == ["in", "4 h 35 min"])
    #expect(TerminalText(figure: "4 h 35 min").lines(within: 6).map(\.text) == ["4 h 35", "min"])
  }

  @Test("Wrapping loses nothing, and no line is wider than it may be", arguments: 0..<200)
  func wrapping(seed: Int) {
    var random = SplitMix64(seed: seed)
    let pieces = ["x", "字", "🚢", "e\u{301}", "-"]
    let words = (0..<random.number(1...30)).map { _ in
      (0..<random.number(1...24)).map { _ in pieces[random.number(0...4)] }.joined()
    }
    let lines = TerminalText(words.joined(separator: " ")).lines(within: 10)
    #expect(lines.map(\.text).joined().filter { $0 != " " } == words.joined())
    #expect(lines.allSatisfy { $0.width <= 10 && $0.width == terminalWidth(of: $0.text) })
  }

  @Test(
    "A character takes as many columns as a terminal shows",
    arguments: [
      ("a", 1), ("é", 1), ("e\u{301}", 1), ("漢", 2), ("ｶ", 1), ("カ", 2), ("한", 2), ("한", 2), ("🚢", 2), ("🇩🇪", 2),
      ("👨‍👩‍👧", 2),
      ("👍🏽", 2), ("❤️", 2), ("1️⃣", 2), ("！", 2), ("…", 1), ("☃", 1), ("⌚", 2), ("я", 1), ("ש", 1), ("\u{AD}", 1),
    ])
  func widths(character: Character, width: Int) { #expect(terminalWidth(of: character) == width) }

  @Test(
    "What would steer a terminal is seen as an escape, and a line end as a space",
    arguments: [
      ("plain", "plain"), ("\u{1B}[31mred", "\\x1B[31mred"), ("\u{7}", "\\x07"), ("\u{7F}", "\\x7F"),
      ("\u{9B}2J", "\\x9B2J"),
      ("\u{202E}evil", "\\u{202E}evil"), ("\u{FEFF}x", "\\u{FEFF}x"), ("a\nb\rc\td\u{2028}e\u{85}f", "a b c d e f"),
      ("👨‍👩‍👧", "👨‍👩‍👧"), ("می‌خواهم", "می‌خواهم"), ("\u{0}", "\\x00"),
    ])
  func escapes(text: String, seen: String) { #expect(shown(text) == seen) }
}
