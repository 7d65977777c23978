import Model
import Testing

@testable import Ingest

private enum Approach: String, CaseIterable, FleetWord { case horizontal, vertical }

private struct Rules: FleetPart {
  var scaleOut: [Condition] = []
  var cooldown = TimeSpan(seconds: 0)
  var note: String?

  static let about = "Rules."
  static let keys: [FleetKey<Rules>] = [
    .required("when_to_grow", \.scaleOut, "When it grows."), .required("cooldown", \.cooldown, "How long it waits."),
    FleetKey("note", \.note, "A remark."),
  ]
}

private struct Pool: FleetPart {
  var name = ""
  var minimumCount = 0
  var maximumCount: Int?
  var approach = Approach.horizontal
  var interruptible = false
  var rules = Rules()

  static let about = "A pool."
  static let keys: [FleetKey<Pool>] = [
    .required("name", \.name, "What it is called."), .required("minimum_count", \.minimumCount, "The fewest."),
    FleetKey("maximum_count", \.maximumCount, "The most."), .required("approach", \.approach, "How it grows."),
    .required("interruptible", \.interruptible, "Whether it may be interrupted."),
    .required("rules", \.rules, "When it grows."),
  ]
}

private struct Pools: FleetPart {
  var pools: [Pool] = []

  static let about = "Pools."
  static let keys: [FleetKey<Pools>] = [.required("pools", \.pools, "The pools.")]
}

/// Lines 1 to 8.
private let pools = """
  pools:
    - name: web
      minimum_count: 2
      approach: horizontal
      interruptible: false
      rules:
        when_to_grow: ["> 70% for 3min"]
        cooldown: 5min
  """

private func read<Part: FleetPart>(_ text: String, as type: Part.Type) throws(DataError) -> Part {
  let reading = DocumentReading(file: "f.yaml")
  let part = Part.read(try readDocument(text: text, file: "f.yaml"), reading)
  guard let part, reading.faults.isEmpty else { throw allOf(reading.faults) }
  return part
}

private func decode(_ text: String) throws -> Pool { try read(text, as: Pools.self).pools[0] }

/// The message for the document above with one piece of text replaced by another.
private func message(_ old: String, _ new: String) -> String {
  let parts = pools.split(separator: old, maxSplits: 1, omittingEmptySubsequences: false)
  #expect(parts.count == 2, "the document does not hold \(old)")
  return message(of: parts.joined(separator: new))
}

private func message(of text: String) -> String {
  do throws(DataError) {
    _ = try read(text, as: Pools.self)
    return "no error"
  } catch {
    return ([error] + error.further).map(\.description).joined(separator: "\n")
  }
}

@Suite("The reading of a document")
struct DocumentReadingTests {
  @Test("Keys fill what they are for, and words become values")
  func keysFill() throws {
    let pool = try decode(pools)
    #expect(pool.minimumCount == 2)
    #expect(pool.approach == .horizontal)
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
      {"pools": [{"name": "web", "minimum_count": 2, "approach": "vertical", "interruptible": true,
      \t"maximum_count": null, "rules": {"when_to_grow": ["> 1%"], "cooldown": "90s"}}]}
      """
    let pool = try decode(text)
    #expect(pool.approach == .vertical)
    #expect(pool.maximumCount == nil)
  }

  @Test("A dictionary keeps its keys as they are written")
  func dictionariesKeepTheirKeys() throws {
    let node = try readDocument(text: "{scaleOut: 1, scale_in: 2, 3: 3}", file: "f.yaml")
    let reading = DocumentReading(file: "f.yaml")
    #expect([String: Int].read(node, reading) == ["scaleOut": 1, "scale_in": 2, "3": 3])
  }

  @Test("An unknown key is an error that suggests the nearest known key")
  func unknownKeysSuggestTheNearest() {
    #expect(
      message("cooldown: 5min", "cooldown: 5min\n      note: a\n      noet: b")
        == "f.yaml:10: pools[0].rules: found unknown key \"noet\", expected a known key; did you mean \"note\"?")
  }

  @Test("An unknown key that resembles none is an error that lists the known keys")
  func unknownKeysListTheKnown() {
    #expect(
      message("cooldown: 5min", "cooldown: 5min\n      colour: red")
        == "f.yaml:9: pools[0].rules: found unknown key \"colour\", expected one of when_to_grow, cooldown, note")
  }

  @Test("A key in camelCase is an unknown key")
  func camelCaseKeysAreUnknown() {
    #expect(
      message("interruptible: false", "maximumCount: 5\n    interruptible: false")
        == "f.yaml:5: pools[0]: found unknown key \"maximumCount\", "
        + "expected a known key; did you mean \"maximum_count\"?")
  }

  @Test("A missing key is an error that says what it should hold")
  func missingKeysSayWhatTheyShouldHold() {
    #expect(
      message("      cooldown: 5min", "")
        == "f.yaml:7: pools[0].rules: found no key \"cooldown\", "
        + "expected \"cooldown\" with a duration such as 300s, 5min or 24h")
  }

  @Test("A missing key whose misspelling is there is an error at the misspelling")
  func missingKeysNameTheirMisspelling() {
    #expect(
      message("cooldown", "cooldwn")
        == "f.yaml:8: pools[0].rules: found unknown key \"cooldwn\", expected a known key; did you mean \"cooldown\"?")
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
      message("approach: horizontal", "approach: horizontal\n    'approach': vertical")
        == "f.yaml:4: found key \"approach\" twice in one mapping, expected each key once")
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
      ("interruptible: false", "interruptible: no", 5, "interruptible", "\"no\"", "true or false"),
      ("name: web", "name: {a: b}", 2, "name", "a mapping", "text"),
      ("name: web", "name: ~", 2, "name", "nothing", "text"),
      ("cooldown: 5min", "cooldown: null", 8, "rules.cooldown", "nothing", "a duration such as 300s, 5min or 24h"),
      ("cooldown: 5min", "cooldown: 5 days", 8, "rules.cooldown", "\"5 days\"", "a duration such as 300s, 5min or 24h"),
      ("[\"> 70% for 3min\"]", "often", 7, "rules.when_to_grow", "\"often\"", "a list"),
      (
        "> 70% for 3min", "above 70", 7, "rules.when_to_grow[0]", "\"above 70\"",
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

  @Test("Lists and mappings within one another beyond what is read are told in our words")
  func nesting() {
    let expected = "found more than 1000 lists and mappings within one another, expected at most as many"
    #expect(message(of: "a: " + String(repeating: "[", count: 1100)) == "f.yaml:1: \(expected)")
    let mappings = (0..<1100).map { String(repeating: " ", count: $0) + "a:\n" }.joined()
    #expect(message(of: mappings) == "f.yaml:1000: \(expected)")
  }

  @Test("What is not YAML is an error with its line")
  func syntaxErrorsHaveALine() {
    #expect(
      message("approach: horizontal", "approach: : horizontal")
        == "f.yaml:4: found a syntax error (mapping values are not allowed in this context), expected YAML or JSON")
    #expect(
      message("cooldown: 5min", "cooldown: [5min\n")
        == "f.yaml:9: found a syntax error (while parsing a flow sequence from line 8, did not find expected ',' or ']'), "
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
