import Model
import TestSupport
import Testing

@testable import Reporting

@Suite struct MarkdownEscapingTests {
  @Test(
    "A name formats nothing",
    arguments: [
      ("a|b", "a\\|b"), ("a\\|b", "a\\\\\\|b"), ("<b>", "\\<b\\>"), ("[x](y)", "\\[x\\](y)"), ("# x", "\\# x"),
      ("a # x", "a # x"),
      ("`c`", "\\`c\\`"), ("*b*", "\\*b\\*"), ("2 * 3", "2 * 3"), ("_b_", "\\_b\\_"),
      ("error_rate_percent", "error_rate_percent"),
      ("a _b", "a \\_b"), ("~~s~~", "\\~\\~s\\~\\~"), ("$x$", "\\$x\\$"), ("&lt;", "\\&lt;"), ("R&D", "R&D"),
      ("a & b;", "a & b;"),
      ("two\nlines", "two lines"), ("\u{1B}[0m", "\\x1B\\[0m"), ("\u{202E}x", "\\u{202E}x"), ("  x  ", "x"), ("", ""),
    ])
  func cells(text: String, escaped: String) { #expect(markdownEscaped(text, isInTable: true) == escaped) }

  @Test(
    "In our own words backticks mark code, and nothing else formats",
    arguments: [
      ("Run `plimsoll why <ID>` now.", "Run `plimsoll why <ID>` now."), ("a|b", "a|b"), ("cost > 5", "cost \\> 5"),
      ("`a` or `b`", "`a` or `b`"), ("``a`b`` c", "``a`b`` c"), ("a ` b", "a \\` b"),
      ("[x](javascript:y)", "\\[x\\](javascript:y)"),
      ("# no heading", "\\# no heading"), ("- no list", "\\- no list"), ("* no list", "\\* no list"),
      ("+ no list", "\\+ no list"),
      ("1. no list", "1\\. no list"), ("12) no list", "12\\) no list"), ("1.5 GiB", "1.5 GiB"), ("-5 %", "-5 %"),
      ("---", "\\---"), ("***", "\\*\\*\\*"), ("-", "\\-"), ("2026-10-01", "2026-10-01"),
      ("> no quote", "\\> no quote"), ("two\n\nparagraphs", "two paragraphs"),
      ("`a\nb`", "`a b`"), ("<b> `<c>` <d>", "\\<b\\> `<c>` \\<d\\>"),
    ])
  func prose(text: String, escaped: String) { #expect(markdownProse(text) == escaped) }

  @Test("A heading does not lose its last sharp")
  func headings() {
    #expect(markdownHeading("C #") == "C \\#")
    #expect(markdownHeading("plain") == "plain")
  }

  @Test(
    "Code stands between more backticks than it has",
    arguments: [
      ("a", "`a`"), ("a`b", "``a`b``"), ("`a", "`` `a ``"), ("a|b", "`a\\|b`"), ("a\\b", "`a\\b`"),
      ("a\\|b", "a\\\\\\|b"), ("", ""),
      ("a\u{1B}b", "`a\\x1Bb`"), ("a``b`c", "```a``b`c```"),
    ])
  func code(text: String, marked: String) { #expect(markdownCode(text, isInTable: true) == marked) }

  @Test(
    "A link leads to a file, a section or a web address, never to a script",
    arguments: [
      ("bill.csv", "bill.csv"), ("#the-bill", "#the-bill"), ("a b|c.csv", "a%20b%7Cc.csv"),
      ("javascript:alert(1)", "javascript%3Aalert%281%29"),
      ("x) [y](z", "x%29%20%5By%5D%28z"), ("https://a.b/c?d=e&copy=1#f", "https://a.b/c?d=e\\&copy=1#f"),
      ("é.csv", "%C3%A9.csv"),
      ("50%.csv", "50%25.csv"), ("a\u{1}b", "a%01b"),
    ])
  func targets(target: String, written: String) { #expect(markdownTarget(target) == written) }

  @Test("An accent behind a mark does not hide it")
  func accents() {
    #expect(markdownEscaped("|\u{301}", isInTable: true).unicodeScalars.elementsEqual("\\|\u{301}".unicodeScalars))
    #expect(markdownCode("|\u{301}", isInTable: true).unicodeScalars.elementsEqual("`\\|\u{301}`".unicodeScalars))
    #expect(markdownAttribute("\"\u{301}") == "&quot;\u{301}")
    #expect(markdownProse("- \u{301}").unicodeScalars.first == "\\")
  }

  @Test("A text of many backticks takes time in proportion to it")
  func manyBackticks() {
    // Runs of 1 to 2,000 backticks, each of its own length, so that none is closed: 2,001,000 of them.
    let text = (1...2000).map { String(repeating: "`", count: $0) }.joined(separator: "x")
    #expect(markdownProse(text).utf8.count == 2 * 2_001_000 + 1999)
  }

  @Test("An id stays in its attribute")
  func attributes() { #expect(markdownAttribute("a\"><b>&") == "a&quot;>&lt;b>&amp;") }
}
