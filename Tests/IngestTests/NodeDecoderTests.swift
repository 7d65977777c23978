import Model
import Testing

@testable import Ingest

private enum Approach: String, CaseIterable, Decodable { case horizontal, vertical }

private struct Rules: Decodable, Equatable {
  var scaleOut: [Condition]
  var cooldown: TimeSpan
  var note: String?

  enum CodingKeys: String, CodingKey {
    case scaleOut = "when_to_grow"
    case cooldown, note
  }
}

private struct Pool: Decodable {
  var name: String
  var minimumCount: Int
  var maximumCount: Int?
  var approach: Approach
  var share: Double
  var interruptible: Bool
  var rules: Rules
}

private struct Pools: Decodable { var pools: [Pool] }

/// Lines 1 to 9.
private let pools = """
  pools:
    - name: web
      minimum_count: 2
      approach: horizontal
      share: 0.5
      interruptible: false
      rules:
        when_to_grow: ["> 70% for 3min"]
        cooldown: 5min
  """

private func decode(_ text: String) throws -> Pool {
  try decodeDocument(Pools.self, from: text, file: "f.yaml").pools[0]
}

/// The message for the document above with one piece of text replaced by another.
private func message(_ old: String, _ new: String) -> String {
  let parts = pools.split(separator: old, maxSplits: 1, omittingEmptySubsequences: false)
  #expect(parts.count == 2, "the document does not hold \(old)")
  return message(of: parts.joined(separator: new))
}

private func message(of text: String) -> String {
  do {
    _ = try decodeDocument(Pools.self, from: text, file: "f.yaml")
    return "no error"
  } catch {
    return error.description
  }
}

@Suite("The node decoder")
struct NodeDecoderTests {
  @Test("snake_case keys fill camelCase properties, and words become values")
  func snakeCaseKeysFillCamelCaseProperties() throws {
    let pool = try decode(pools)
    #expect(pool.minimumCount == 2)
    #expect(pool.approach == .horizontal)
    #expect(pool.share == 0.5)
    #expect(pool.interruptible == false)
    #expect(pool.rules.scaleOut == [Condition("> 70% for 3min")])
    #expect(pool.rules.cooldown == TimeSpan(seconds: 300))
  }

  @Test("A missing optional key and one without a value are nil", arguments: ["", "note:", "note: ~", "note: null"])
  func missingOptionalKeysAreNil(line: String) throws {
    #expect(try decode(pools + "\n      \(line)\n").rules.note == nil)
  }

  @Test("The word null in quotes is a word")
  func quotedNullIsAWord() throws {
    #expect(try decode(pools + "\n      note: 'null'\n").rules.note == "null")
  }

  @Test("JSON is read as well")
  func jsonIsReadAsWell() throws {
    let text = """
      {"pools": [{"name": "web", "minimum_count": 2, "approach": "vertical", "share": 1, "interruptible": true,
      \t"maximum_count": null, "rules": {"when_to_grow": ["> 1%"], "cooldown": "90s"}}]}
      """
    let pool = try decode(text)
    #expect(pool.approach == .vertical)
    #expect(pool.maximumCount == nil)
  }

  @Test("A dictionary keeps its keys as they are written")
  func dictionariesKeepTheirKeys() throws {
    let text = "{scaleOut: 1, scale_in: 2, 3: 3}"
    #expect(
      try decodeDocument([String: Int].self, from: text, file: "f.yaml") == ["scaleOut": 1, "scale_in": 2, "3": 3])
  }

  @Test("An unknown key is an error that suggests the nearest known key")
  func unknownKeysSuggestTheNearest() {
    #expect(
      message("cooldown: 5min", "cooldown: 5min\n      note: a\n      noet: b")
        == "f.yaml:11: pools[0].rules: found unknown key \"noet\", expected a known key; did you mean \"note\"?")
  }

  @Test("An unknown key that resembles none is an error that lists the known keys")
  func unknownKeysListTheKnown() {
    #expect(
      message("cooldown: 5min", "cooldown: 5min\n      colour: red")
        == "f.yaml:10: pools[0].rules: found unknown key \"colour\", expected one of when_to_grow, cooldown, note")
  }

  @Test("A key in camelCase is an unknown key")
  func camelCaseKeysAreUnknown() {
    #expect(
      message("share: 0.5", "maximumCount: 5\n    share: 0.5")
        == "f.yaml:5: pools[0]: found unknown key \"maximumCount\", "
        + "expected a known key; did you mean \"maximum_count\"?")
  }

  @Test("A missing key is an error that says what it should hold")
  func missingKeysSayWhatTheyShouldHold() {
    #expect(
      message("      cooldown: 5min", "")
        == "f.yaml:8: pools[0].rules: found no key \"cooldown\", "
        + "expected \"cooldown\" with a duration such as 300s, 5min or 24h")
  }

  @Test("A missing key whose misspelling is there is an error at the misspelling")
  func missingKeysNameTheirMisspelling() {
    #expect(
      message("cooldown", "cooldwn")
        == "f.yaml:9: pools[0].rules: found no key \"cooldown\" but a key \"cooldwn\", "
        + "expected \"cooldown\" with a duration such as 300s, 5min or 24h")
  }

  @Test("A missing key is not mistaken for another known key with a similar name")
  func missingKeysAreNotMistakenForKnownOnes() {
    #expect(
      message("minimum_count", "maximum_count")
        == "f.yaml:2: pools[0]: found no key \"minimum_count\", expected \"minimum_count\" with a whole number")
  }

  @Test("A key written twice is an error")
  func duplicateKeysAreErrors() {
    #expect(
      message("share: 0.5", "share: 0.5\n    'share': 0.6")
        == "f.yaml:5: found key \"share\" twice in one mapping, expected each key once")
  }

  @Test(
    "A value of another kind is an error that says what was expected",
    arguments: [
      ("minimum_count: 2", "minimum_count: two", 3, "minimum_count", "\"two\"", "a whole number"),
      ("minimum_count: 2", "minimum_count: 2.0", 3, "minimum_count", "\"2.0\"", "a whole number"),
      ("minimum_count: 2", "minimum_count: 1_0", 3, "minimum_count", "\"1_0\"", "a whole number"),
      (
        "minimum_count: 2", "minimum_count: '2'", 3, "minimum_count", "\"2\" in quotes",
        "a whole number without quotes"
      ),
      ("minimum_count: 2", "minimum_count: [2]", 3, "minimum_count", "a list", "a whole number"),
      ("minimum_count: 2", "minimum_count:", 3, "minimum_count", "nothing", "a whole number"),
      ("share: 0.5", "share: nan", 5, "share", "\"nan\"", "a number"),
      ("interruptible: false", "interruptible: no", 6, "interruptible", "\"no\"", "true or false"),
      ("name: web", "name: {a: b}", 2, "name", "a mapping", "text"),
      ("name: web", "name: ~", 2, "name", "nothing", "text"),
      ("cooldown: 5min", "cooldown: null", 9, "rules.cooldown", "nothing", "a duration such as 300s, 5min or 24h"),
      ("cooldown: 5min", "cooldown: 5 days", 9, "rules.cooldown", "\"5 days\"", "a duration such as 300s, 5min or 24h"),
      ("[\"> 70% for 3min\"]", "often", 8, "rules.when_to_grow", "\"often\"", "a list"),
      (
        "> 70% for 3min", "above 70", 8, "rules.when_to_grow[0]", "\"above 70\"",
        "a condition such as \"> 70% for 5min\", \"> 150/s per instance\" or \"> 75% of max\""
      ),
    ])
  func valuesOfAnotherKind(
    old: String, new: String, line: Int, key: String, found: String, expected: String
  ) {
    #expect(message(old, new) == "f.yaml:\(line): pools[0].\(key): found \(found), expected \(expected)")
  }

  @Test("A value where a mapping is expected is an error")
  func mappingsAreExpected() {
    #expect(message(of: "pools: [web]") == "f.yaml:1: pools[0]: found \"web\", expected a mapping")
    #expect(message(of: "[]") == "f.yaml:1: found a list, expected a mapping")
  }

  @Test("An unknown word is an error that lists the known ones")
  func unknownWordsListTheKnown() {
    #expect(
      message("horizontal", "sideways")
        == "f.yaml:4: pools[0].approach: found \"sideways\", expected one of horizontal, vertical")
  }

  @Test("A misspelt word is an error that suggests the nearest known one")
  func misspeltWordsSuggestTheNearest() {
    #expect(
      message("horizontal", "horizontl")
        == "f.yaml:4: pools[0].approach: found \"horizontl\", "
        + "expected one of horizontal, vertical; did you mean \"horizontal\"?")
  }

  @Test("What is not YAML is an error with its line")
  func syntaxErrorsHaveALine() {
    #expect(
      message("share: 0.5", "share: : 0.5")
        == "f.yaml:5: found a syntax error (mapping values are not allowed in this context), expected YAML or JSON")
    #expect(
      message("cooldown: 5min", "cooldown: [5min\n")
        == "f.yaml:10: found a syntax error (while parsing a flow sequence from line 9, did not find expected ',' or ']'), "
        + "expected YAML or JSON")
    #expect(
      message(of: "a: b\nc: \u{7}")
        == "f.yaml:2: found unreadable text (control characters are not allowed), expected YAML or JSON")
  }

  @Test("An empty file is an error", arguments: ["", "# only a comment\n"])
  func emptyFilesAreErrors(text: String) {
    #expect(message(of: text) == "f.yaml: found an empty file, expected YAML or JSON")
  }

  @Test("A second document is an error")
  func secondDocumentsAreErrors() {
    #expect(
      message(of: "a: b\n---\nc: d\n")
        == "f.yaml:2: found another document, expected one document whose aliases are defined")
  }
}
