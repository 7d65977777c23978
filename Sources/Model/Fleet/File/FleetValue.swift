/// A value that can stand behind a key of a file.
package protocol FleetValue: Sendable {
  /// Reads what stands there; nil, and a fault in the reading, for what means nothing.
  static func read(_ node: DocumentNode, _ reading: DocumentReading) -> Self?
  /// The same as a file would say it; nil for no value.
  var node: DocumentNode? { get }
  /// What a file has for it.
  static var form: FleetForm { get }
}

/// What a file has behind a key.
package indirect enum FleetForm: Sendable {
  /// One word or phrase, in words for the "expected" half of an error: `a whole number`.
  case word(String)
  /// One of these words.
  case oneOf([String])
  /// A metric that is known.
  case metric
  /// A list, each of whose elements is one.
  case list(FleetForm)
  /// A mapping of any names to one each.
  case names(FleetForm)
  /// A mapping of known keys. It is asked for when somebody wants to know.
  case part(@Sendable () -> FleetPartDescription)

  /// In words for the "expected" half of an error.
  package var expectation: String {
    switch self {
    case .word(let words): words
    case .oneOf, .metric: "one of \(words.joined(separator: ", "))"
    case .list: "a list"
    case .names, .part: "a mapping"
    }
  }
}

/// A value that stands in a file as one word or phrase.
package protocol FleetScalar: FleetValue {
  init?(fileText: String)
  var fileText: String { get }
  /// True for what means something without quotes alone: numbers, and true and false.
  static var isPlain: Bool { get }
  /// What is expected in place of a text that is nearly one, such as a number beyond a limit that ``form`` does not say; nil
  /// for what that says.
  static func expectation(inPlaceOf text: String) -> String?
}

extension FleetScalar {
  package static var isPlain: Bool { false }
  package static func expectation(inPlaceOf text: String) -> String? { nil }

  package static func read(_ node: DocumentNode, _ reading: DocumentReading) -> Self? {
    guard let text = node.text else {
      reading.refuse(node, expected: form.expectation)
      return nil
    }
    if isPlain, case .scalar(_, isPlain: false) = node.content {
      reading.refuse(node, expected: "\(form.expectation) without quotes")
      return nil
    }
    if let value = Self(fileText: text) { return value }
    reading.refuse(
      node, found: "\"\(text)\"", expected: expectation(inPlaceOf: text) ?? form.expectation(insteadOf: text))
    return nil
  }

  package var node: DocumentNode? { Self.isPlain ? .word(fileText) : .phrase(fileText) }
}

extension FleetForm {
  /// What is expected in place of a word, with the nearest of the known ones.
  fileprivate func expectation(insteadOf word: String) -> String {
    words.isEmpty ? expectation : choice(among: words, insteadOf: word)
  }

  /// The words of which it is one; none where it is something else.
  private var words: [String] {
    switch self {
    case .oneOf(let known): known
    case .metric: Metric.allCases.map(\.rawValue)
    default: []
    }
  }
}

/// `one of a, b, c`, followed by the nearest to a misspelt word when there is one.
package func choice(among known: [String], insteadOf word: String) -> String {
  let list = "one of \(known.joined(separator: ", "))"
  return nearestName(to: word, among: known).map { "\(list); did you mean \"\($0)\"?" } ?? list
}

extension String: FleetScalar {
  package static var form: FleetForm { .word("text") }
  package init?(fileText: String) { self = fileText }
  package var fileText: String { self }
}

extension Int: FleetScalar {
  package static var form: FleetForm { .word("a whole number") }
  package static var isPlain: Bool { true }
  package init?(fileText: String) { self.init(fileText, radix: 10) }
  package var fileText: String { description }
}

extension Bool: FleetScalar {
  package static var form: FleetForm { .word("true or false") }
  package static var isPlain: Bool { true }
  package init?(fileText: String) { self.init(fileText) }
  package var fileText: String { description }
}

/// A word of a known set.
package protocol FleetWord: FleetScalar, RawRepresentable, CaseIterable where RawValue == String {}

extension FleetWord {
  package static var form: FleetForm { .oneOf(allCases.map(\.rawValue)) }
  package init?(fileText: String) { self.init(rawValue: fileText) }
  package var fileText: String { rawValue }
}

extension Optional: FleetValue where Wrapped: FleetValue {
  package static var form: FleetForm { Wrapped.form }
  package static func read(_ node: DocumentNode, _ reading: DocumentReading) -> Wrapped?? {
    Wrapped.read(node, reading).map { .some($0) }
  }
  package var node: DocumentNode? { flatMap(\.node) }
}

extension Array: FleetValue where Element: FleetValue {
  package static var form: FleetForm { .list(Element.form) }

  package static func read(_ node: DocumentNode, _ reading: DocumentReading) -> [Element]? {
    guard case .list(let nodes) = node.content else {
      reading.refuse(node, expected: form.expectation)
      return nil
    }
    return nodes.enumerated().compactMap { index, node in reading.at(.index(index)) { Element.read(node, reading) } }
  }

  package var node: DocumentNode? { DocumentNode(.list(compactMap(\.node))) }
}

extension Dictionary: FleetValue where Key == String, Value: FleetValue {
  package static var form: FleetForm { .names(Value.form) }

  package static func read(_ node: DocumentNode, _ reading: DocumentReading) -> [String: Value]? {
    guard case .mapping(let entries) = node.content else {
      reading.refuse(node, expected: form.expectation)
      return nil
    }
    var values: [String: Value] = [:]
    for entry in entries {
      values[entry.key] = reading.at(.key(entry.key)) { Value.read(entry.value, reading) }
    }
    return values
  }

  package var node: DocumentNode? {
    DocumentNode(
      .mapping(sorted { $0.key < $1.key }.compactMap { key, value in value.node.map { DocumentEntry(key, $0) } }))
  }
}
