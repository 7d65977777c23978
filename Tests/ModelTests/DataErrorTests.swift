import Model
import TestSupport
import Testing

@Suite struct DataErrorTests {
  @Test("An error names the place, what was found and what was expected")
  func words() {
    let error = DataError(Place(file: "usage.csv", line: 1042, key: "value"), found: "\"n/a\"", expected: "a number")
    #expect(error.description == "usage.csv:1042: value: found \"n/a\", expected a number")
    #expect(Place(file: "usage.csv").description == "usage.csv")
  }

  @Test("An error quotes at most 80 characters of an input and keeps its own words around them")
  func excerpts() {
    let long = String(repeating: "x", count: 300_000)
    let shown = String(repeating: "x", count: 80) + "…"
    let place = Place(file: "a.yaml")
    func found(_ found: String) -> String { DataError(place, found: found, expected: "").found }
    #expect(found("\"\(long)\"") == "\"\(shown)\"")
    #expect(found("column \"\(long)\" twice") == "column \"\(shown)\" twice")
    #expect(found("\"a \" \(long)\" in quotes") == "\"a \" \(shown.dropFirst(4))\" in quotes")
    #expect(found(long) == shown)
    #expect(found("\(long)/i-1 \"\(long)\"") == "\(shown)\(shown)\"")
    // 80 characters are shown as they are, of whatever letters.
    let eighty = String(repeating: "é", count: 80)
    #expect(found("\"\(eighty)\"") == "\"\(eighty)\"")
    #expect(Place(file: "a", key: long).description == "a: \(shown)")
  }

  @Test("A parameter is named to a library's user, and spelled by whoever shows it to others")
  func parameters() {
    let spelling: (Parameter) -> String = { "/\($0.name)" }
    let stated = DataError(Place(parameter: .service), found: "\"x\"", expected: "a service of the fleet", kind: .usage)
    #expect(stated.description == "parameter service: found \"x\", expected a service of the fleet")
    #expect(stated.text(spelling: spelling) == "/service: found \"x\", expected a service of the fleet")
    let missing = DataError(
      Place(file: "usage.csv"), found: "no metric", expected: "a column \"metric\", or \(parameter: .metric, "NAME")")
    #expect(missing.description == "usage.csv: found no metric, expected a column \"metric\", or parameter metric")
    #expect(
      missing.text(spelling: spelling) == "usage.csv: found no metric, expected a column \"metric\", or /metric NAME")
  }

  @Test("A phrase keeps the parameters of the phrase within it, and equals what reads the same")
  func phrases() {
    let inner: Phrase = "\(parameter: .service) with one that runs"
    let outer: Phrase = "\(phrase: inner) \("redis")"
    #expect(outer.text(spelling: \.name) == "service with one that runs redis")
    #expect(outer == "\(parameter: .service) with one that runs redis")
    #expect(outer != "parameter service with one that runs redis")
    #expect(Phrase("a \(1)") == "a \(1)" && Phrase("") == "\("")")
  }

  @Test("Kinds carry the exit codes of sysexits.h")
  func exitCodes() {
    #expect(DataError.Kind.badData.rawValue == 65)
    #expect(DataError.Kind.missingInput.rawValue == 66)
    #expect(DataError.Kind.unavailable.rawValue == 69)
    #expect(DataError.Kind.inputOutput.rawValue == 74)
  }

  @Test(
    "A misspelt word finds its neighbour, a strange one finds none",
    arguments: [
      ("frontned", "frontend"), ("databse", "database"), ("ap", "api"), ("cache", "cache"), ("kubernetes", nil),
      ("xyz", nil),
    ])
  func nearest(word: String, found: String?) {
    #expect(nearestName(to: word, among: ["frontend", "api", "database", "cache"]) == found)
  }

  @Test("Of two equally near words the first in the alphabet is named")
  func ties() { #expect(nearestName(to: "cat", among: ["hat", "bat"]) == "bat") }

  @Test(
    "A transposition is one edit",
    arguments: [
      ("ab", "ba", 1), ("kitten", "sitting", 3), ("", "abc", 3), ("abc", "", 3), ("", "", 0), ("ca", "abc", 3),
    ])
  func distances(a: String, b: String, edits: Int) { #expect(editDistance(a, b) == edits) }

  @Test("The edit distance is that of the plain recursion", arguments: 0..<100)
  func recursion(seed: Int) {
    var random = SplitMix64(seed: seed)
    let words = (0..<2).map { _ in
      (0..<random.number(0...6)).map { _ in ["a", "b", "c"].randomElement(using: &random)! }.joined()
    }
    #expect(editDistance(words[0], words[1]) == recursive(Array(words[0])[...], Array(words[1])[...]))
  }

  /// Optimal string alignment by its definition, exponential.
  private func recursive(_ a: ArraySlice<Character>, _ b: ArraySlice<Character>) -> Int {
    guard let x = a.last, let y = b.last else { return max(a.count, b.count) }
    let (short, shorter) = (a.dropLast(), b.dropLast())
    var best = min(recursive(short, b) + 1, recursive(a, shorter) + 1, recursive(short, shorter) + (x == y ? 0 : 1))
    if short.last == y, shorter.last == x { best = min(best, recursive(short.dropLast(), shorter.dropLast()) + 1) }
    return best
  }
}
