import Model
import Testing

@Suite struct NameTests {
  @Test("A name is one name, composed or decomposed, and ASCII stays as it is")
  func composed() {
    let (nfc, nfd) = ("i-caf\u{E9}", "i-cafe\u{301}")
    #expect(Array(nfd.asName.utf8) == Array(nfc.utf8))
    #expect(Array(nfc.asName.utf8) == Array(nfc.utf8))
    #expect("web/i-1 {a}".asName == "web/i-1 {a}")
  }

  @Test(
    "Control characters of a name are found, and those that turn the direction of writing",
    arguments: [
      ("a\0", "\\x00"), ("\u{1B}[1m", "\\x1B"), ("a\nb", "\\x0A"), ("a\u{202E}b", "\\u{202E}"),
      ("\u{2067}a", "\\u{2067}"), ("a\u{61C}", "\\u{61C}"),
    ])
  func controls(_ name: String, _ seen: String) { #expect(name.controlCharacter == seen) }

  @Test("Letters of any script, blanks and joiners are none of them")
  func letters() {
    for name in ["web-1", "caf\u{E9}", "数据库", "a b", "a/b", "👩\u{200D}🚀"] { #expect(name.controlCharacter == nil) }
  }

  @Test("White space of any length is trimmed in a pass, and long names are compared with none")
  func longTexts() {
    // A million blanks took the square of their number before: an hour and more.
    let padding = String(repeating: " ", count: 1_000_000)
    #expect("\(padding)a b\(padding)".trimmed == "a b")
    #expect(padding.trimmed == "")
    let long = String(repeating: "cpu_percent", count: 100_000)
    #expect(nearestName(to: long, among: [long + "s", "cpu_percent"]) == nil)
    #expect(nearestName(to: "cpu_percnt", among: ["cpu_percent"]) == "cpu_percent")
    #expect(nearestNames(to: long, among: ["b", "a"], most: 1) == ["a"])
  }
}
