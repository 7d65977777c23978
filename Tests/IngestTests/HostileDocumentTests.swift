import Ingest
import Model
import Testing

@Suite struct HostileDocumentTests {
  @Test(
    "An alias in a key is refused before its aliases are followed",
    arguments: [
      ("a: &a [x]\n*a : 1\n", 2), ("a: &a [x]\n? *a\n: 1\n", 2), ("a: &a x\nb: {[*a, *a]: 1}\n", 2),
      ("a: &a x\nb: {{c: *a} : 1}\n", 2),
    ])
  func aliasKeys(_ text: String, _ line: Int) {
    expectFailure("f.yaml:\(line): found a key that is an alias, a list or a mapping, expected a word as a key") {
      () throws(DataError) in _ = try readDocument(text: text, file: "f.yaml")
    }
  }

  @Test("Aliases of aliases in keys, forty levels deep, end at once")
  func bomb() {
    // Each level hashes the one before twice: 2^40 steps before.
    let levels = (1...40).map { "l\($0): &l\($0) {? [*l\($0 - 1), *l\($0 - 1)] : 1}" }
    let text = "l0: &l0 x\n" + levels.joined(separator: "\n")
    expectFailure("f.yaml:2: found a key that is an alias, a list or a mapping, expected a word as a key") {
      () throws(DataError) in _ = try readDocument(text: text, file: "f.yaml")
    }
  }

  @Test("Aliases as values, merge keys, and words that only look like either are read")
  func values() throws {
    let text = """
      a: &a {b: 1}
      c: *a
      d:
        <<: *a
        note: "what? yes: [1]"
      e: [*a, *a]
      """
    #expect(try readDocument(text: text, file: "f.yaml")[key: "e"]?.elements.count == 2)
  }

  @Test("Texts are composed, and control characters in them refused; notes may have lines")
  func texts() throws {
    let read = try readDocument(text: "name: \"cafe\u{301}\"\nnote: \"a\\nb\\tc\"\n", file: "f.yaml")
    #expect(read[key: "name"]?.text.map { Array($0.utf8) } == Array("caf\u{E9}".utf8))
    #expect(read[key: "note"]?.text == "a\nb\tc")
    expectFailure("f.yaml:2: found a text with the control character \\x00, expected text without control characters") {
      () throws(DataError) in _ = try readDocument(text: "a: b\nname: \"x\\0y\"\n", file: "f.yaml")
    }
  }

  @Test("A provider that nothing is known of is refused")
  func provider() {
    let error = #expect(throws: DataError.self) { try readFleet(text: "name: f\nprovider: gcp\n", file: "f.yaml") }
    #expect(error?.description == "f.yaml:2: provider: found provider \"gcp\", expected aws")
  }

  @Test("A service without a name, and one whose name has a line end, are refused")
  func names() {
    for (name, found) in [
      ("\"\"", "an empty name"), ("\"a\\nb\"", "a name with the control character \\x0A (\"a\\x0Ab\")"),
    ] {
      let text = "name: f\nservices:\n  - name: \(name)\n"
      let error = #expect(throws: DataError.self) { try readFleet(text: text, file: "f.yaml") }
      let all = error.map { [$0] + $0.further } ?? []
      #expect(all.contains { $0.found == found && $0.place.line == 3 }, "\(all)")
    }
  }
}
