import Model
import Reading

/// The comment lines at the head of a price file: its kind, and where and when its prices were seen.
struct PriceFileHead {
  let kind: any PriceFileKind.Type
  /// By the keys that the rows refer to them by.
  private let sources: [String: PriceSource]

  /// - Throws: ``DataError`` naming the line when one is unknown or wrong, or the file when one is missing.
  init(_ comments: [(line: Int, text: String)], file: String) throws(DataError) {
    var lines = HeadLines(file: file)
    for comment in comments { try lines.add(comment.text, line: comment.line) }
    let (kindText, kindPlace) = try lines.require("plimsoll-prices", example: "on-demand 1")
    kind = try Self.kind(kindText, at: kindPlace)
    _ = try lines.require("provider", example: "aws")
    let (currency, currencyPlace) = try lines.require("currency", example: "USD")
    guard currency == "USD" else {
      throw DataError(currencyPlace, found: "currency \"\(currency)\"", expected: "USD")
    }
    let (retrievedText, retrievedPlace) = try lines.require("retrieved", example: "2026-11-23")
    guard let retrieved = Instant(retrievedText) else {
      throw DataError(retrievedPlace, found: "\"\(retrievedText)\"", expected: dateExpectation)
    }
    guard !lines.origins.isEmpty else {
      throw lines.missing("source A", example: "owner/repository@commit:path")
    }
    sources = lines.origins.mapValues { PriceSource(file: file, origin: $0, retrieved: retrieved) }
  }

  /// The date, quality and source of a row.
  /// - Throws: ``DataError`` for an unknown date, quality or source key.
  func provenance(of row: DelimitedRecord) throws(DataError) -> Provenance {
    let quality = try row.word("quality", [PriceQuality.published, .derived])
    guard let source = row.written("source").flatMap({ sources[$0] }) else {
      let keys = sources.keys.sorted().joined(separator: ", ")
      throw row.unknown("source", expected: "a source of the head: \(keys)")
    }
    let date = try row.instant("effective_from", expected: dateExpectation)
    return Provenance(effectiveFrom: date, quality: quality, source: source)
  }

  private static func kind(_ text: String, at place: Place) throws(DataError) -> any PriceFileKind.Type {
    let words = text.split(separator: " ").map(String.init)
    guard let kind = priceFileKinds.first(where: { $0.name == words.first }) else {
      let names = priceFileKinds.map { "\($0.name) \($0.version)" }.joined(separator: ", ")
      throw DataError(place, found: "price file kind \"\(text)\"", expected: "one of \(names)")
    }
    guard words.count == 2, words[1] == "\(kind.version)" else {
      throw DataError(place, found: "price file kind \"\(text)\"", expected: "\(kind.name) \(kind.version)")
    }
    return kind
  }
}

/// What an error expects in place of what is no date.
let dateExpectation = "a date such as 2026-11-23"

/// The comment lines by their key.
private struct HeadLines {
  private static let keys: Set = ["plimsoll-prices", "provider", "currency", "retrieved"]

  let file: String
  private var values: [String: (text: String, place: Place)] = [:]
  private(set) var origins: [String: String] = [:]

  init(file: String) { self.file = file }

  mutating func add(_ comment: String, line: Int) throws(DataError) {
    let place = Place(file: file, line: line)
    guard let colon = comment.firstIndex(of: ":") else {
      throw DataError(place, found: "comment \"\(comment)\"", expected: "\"key: value\"")
    }
    let key = comment[..<colon].trimmed
    let text = comment[comment.index(after: colon)...].trimmed
    guard key != "note" else { return }
    let words = key.split(separator: " ")
    let isSource = words.count == 2 && words[0] == "source"
    guard isSource || Self.keys.contains(key) else {
      let known = "plimsoll-prices, provider, currency, retrieved, source KEY or note"
      throw DataError(place, found: "comment key \"\(key)\"", expected: known)
    }
    guard !text.isEmpty else { throw DataError(place, found: "nothing behind \"\(key):\"", expected: "a value") }
    let earlier =
      isSource
      ? origins.updateValue(text, forKey: String(words[1])) : values.updateValue((text, place), forKey: key)?.text
    guard earlier == nil else {
      throw DataError(place, found: "\"\(key)\" twice", expected: "each comment key once")
    }
  }

  func require(_ key: String, example: String) throws(DataError) -> (text: String, place: Place) {
    if let value = values[key] { return value }
    throw missing(key, example: example)
  }

  func missing(_ key: String, example: String) -> DataError {
    DataError(
      Place(file: file, line: 1), found: "no comment line \"# \(key):\"",
      expected: "one at the head such as \"# \(key): \(example)\"")
  }
}
