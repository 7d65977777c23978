/// Which types right-sizing may propose: all that every word permits, one of the patterns names where there are any, and
/// none of the patterns with a `!` does. What runs is always among them.
package struct CandidateRange: Hashable, Sendable {
  package enum Word: String, CaseIterable, Sendable {
    /// Those of the service's `instance_types`.
    case list
    /// All of the price book that may stand in their place, ``Catalogue/types(like:)``.
    case catalogue
    /// Of the book, those of the family of what runs.
    case sameFamily = "same-family"
    /// Of the book, those of the architecture of what runs.
    case sameArchitecture = "same-architecture"
    /// Of the book, those of the current generation.
    case currentGeneration = "current-generation"
  }

  /// A word or a pattern.
  package enum Term: Hashable, Sendable {
    case word(Word)
    case pattern(TypePattern)

    /// nil for what is neither: a word has letters and hyphens alone, a pattern something else besides.
    package init?(_ text: String) {
      if let word = Word(rawValue: text) {
        self = .word(word)
      } else if let pattern = TypePattern(text) {
        self = .pattern(pattern)
      } else {
        return nil
      }
    }
  }

  /// In the order that they are written in; at least one.
  package let terms: [Term]

  /// nil where there is no text, or one of them is neither word nor pattern.
  package init?(_ texts: [String]) {
    terms = texts.compactMap(Term.init)
    if texts.isEmpty || terms.count < texts.count { return nil }
  }

  private init(_ word: Word) { terms = [.word(word)] }

  package static let list = CandidateRange(.list)
  package static let catalogue = CandidateRange(.catalogue)
  package static let sameFamily = CandidateRange(.sameFamily)
  package static let sameArchitecture = CandidateRange(.sameArchitecture)
  package static let currentGeneration = CandidateRange(.currentGeneration)

  package var words: [Word] { terms.compactMap { if case .word(let word) = $0 { word } else { nil } } }
  package var patterns: [TypePattern] { terms.compactMap { if case .pattern(let one) = $0 { one } else { nil } } }

  /// True where types are permitted that the service does not list.
  package var isBeyondList: Bool { !words.contains(.list) }

  /// Whether a type may be proposed in place of what runs.
  /// - Parameter isListed: whether it is one of the service's own list.
  package func permits(
    _ type: InstanceSpecification, insteadOf own: InstanceSpecification, isListed: Bool, in cloud: any TypeNames
  ) -> Bool {
    let isOfFamily = cloud.family(of: type.type) == cloud.family(of: own.type)
    let byWords = words.allSatisfy { word in
      switch word {
      case .list: isListed
      case .catalogue: true
      case .sameFamily: isOfFamily
      case .sameArchitecture: isOfFamily || type.architecture != nil && type.architecture == own.architecture
      case .currentGeneration: type.isCurrentGeneration
      }
    }
    let (excluding, naming) = (patterns.filter(\.isExcluded), patterns.filter { !$0.isExcluded })
    func matches(_ pattern: TypePattern) -> Bool { pattern.matches(type.type, in: cloud) }
    return byWords && (naming.isEmpty || naming.contains(where: matches)) && !excluding.contains(where: matches)
  }

  /// The parts of a text between commas, without the spaces around them.
  package static func terms(_ text: String) -> [String] {
    text.split(separator: ",", omittingEmptySubsequences: false).map { $0.trimmed }
  }

  /// What is expected in place of a text that is no term.
  package static func expectation(insteadOf text: String) -> String {
    choice(among: Word.allCases.map(\.rawValue) + ["a pattern such as m6* or !x2gd*"], insteadOf: text)
  }
}

extension CandidateRange: CustomStringConvertible {
  /// As it is written: `m6*, !x2gd*`.
  package var description: String { texts.joined(separator: ", ") }

  private var texts: [String] {
    terms.map { term in
      switch term {
      case .word(let word): word.rawValue
      case .pattern(let pattern): pattern.text
      }
    }
  }
}

extension CandidateRange: FleetValue {
  package static var form: FleetForm {
    .word(
      "one of \(Word.allCases.map(\.rawValue).joined(separator: ", ")), or a list of them and of patterns such as "
        + "[m6*, \"!x2gd*\"]")
  }

  package static func read(_ node: DocumentNode, _ reading: DocumentReading) -> CandidateRange? {
    if let text = node.text { return read(terms(text), at: node, reading) }
    guard case .list(let nodes) = node.content, !nodes.isEmpty else {
      reading.refuse(node, expected: form.expectation)
      return nil
    }
    let texts = nodes.enumerated().compactMap { index, node in reading.at(.index(index)) { word(node, reading) } }
    return texts.count == nodes.count ? CandidateRange(texts) : nil
  }

  private static func word(_ node: DocumentNode, _ reading: DocumentReading) -> String? {
    guard let text = node.text else {
      reading.refuse(node, expected: expectation(insteadOf: ""))
      return nil
    }
    return read([text], at: node, reading) == nil ? nil : text
  }

  private static func read(_ texts: [String], at node: DocumentNode, _ reading: DocumentReading) -> CandidateRange? {
    guard let unknown = texts.first(where: { Term($0) == nil }) else { return CandidateRange(texts) }
    reading.refuse(node, found: "\"\(unknown)\"", expected: expectation(insteadOf: unknown))
    return nil
  }

  package var node: DocumentNode? {
    texts.count == 1 ? .phrase(texts[0]) : DocumentNode(.list(texts.map { .phrase($0) }))
  }
}

/// A pattern of names of types: `*` stands for any letters, `?` for one; with a `!` before it for all others.
package struct TypePattern: Hashable, Sendable {
  /// As it is written.
  package let text: String
  package let isExcluded: Bool
  private let letters: [Character]

  /// nil for a text that can name no type: one without a star, a question mark, a dot or a digit.
  package init?(_ text: String) {
    isExcluded = text.first == "!"
    letters = Array(isExcluded ? text.dropFirst() : text[...])
    self.text = text
    let isMeant = letters.contains { "*?.".contains($0) || $0.isASCII && $0.isNumber }
    let isPossible = letters.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "*?.-".contains($0)) }
    if !isMeant || !isPossible { return nil }
  }

  /// Whether it matches a type, or the instance that a node of a managed service runs on.
  package func matches(_ type: String, in cloud: any TypeNames) -> Bool {
    matches(type) || matches(cloud.hardware(of: type))
  }

  private func matches(_ type: String) -> Bool {
    let name = Array(type)
    var (place, at) = (0, 0)
    // Where the last star stands, and up to where it reaches.
    var star: (place: Int, at: Int)?
    while at < name.count {
      if place < letters.count, letters[place] == "*" {
        star = (place, at)
        place += 1
      } else if place < letters.count, letters[place] == "?" || letters[place] == name[at] {
        (place, at) = (place + 1, at + 1)
      } else if let last = star {
        star = (last.place, last.at + 1)
        (place, at) = (last.place + 1, last.at + 1)
      } else {
        return false
      }
    }
    return letters[place...].allSatisfy { $0 == "*" }
  }
}

extension Catalogue {
  /// The first pattern of a range that no type of the book matches; nil where all match one.
  package func unmatched(in range: CandidateRange) -> TypePattern? {
    let types = Set(specifications.keys).union(onDemand.keys.map(\.type))
    return range.patterns.first { pattern in !types.contains { pattern.matches($0, in: cloud) } }
  }
}
