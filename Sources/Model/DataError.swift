/// Where in the user's input something stands: a file, and a line, column or key where known; or a parameter.
public struct Place: Hashable, Sendable, CustomStringConvertible {
  /// The file, or what stands for one.
  public var file: String
  /// What is wrong where that is no file but a value that was stated beside it.
  public let parameter: Parameter?
  /// Counted from 1.
  public var line: Int?
  /// The key, column or name within it.
  public var key: String?

  /// A place in a file.
  public init(file: String, line: Int? = nil, key: String? = nil) {
    self.file = file
    self.line = line
    self.key = key
    parameter = nil
  }

  /// A parameter, which stands for a file.
  public init(parameter: Parameter) {
    file = parameter.description
    self.parameter = parameter
  }

  /// `usage.csv:1042`, `fleet.yaml:12: services[2].minimum`, `parameter service`.
  public var description: String { text(spelling: \.description) }

  /// The same, with a parameter as its reader states it.
  public func text(spelling: (Parameter) -> String) -> String {
    var text = parameter.map(spelling) ?? file
    if let line { text += ":\(line)" }
    if let key, !key.isEmpty { text += ": \(excerpt(key))" }
    return text
  }
}

/// Input that cannot be used: the place, what was found there, and what was expected.
public struct DataError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What kind of failure it is; decides the exit code (sysexits.h).
  public enum Kind: Int32, Sendable {
    /// A word of the command line that means nothing here.
    case usage = 64
    /// Input whose content is wrong.
    case badData = 65
    /// Input, a price or a sample that is not there.
    case missingInput = 66
    /// Something held by another process.
    case unavailable = 69
    /// Reading or writing failed.
    case inputOutput = 74
  }

  /// What kind of failure it is.
  public var kind: Kind
  /// Where it is.
  public var place: Place
  /// What stands there, of an input as much as ``excerpt(_:)`` leaves.
  public var found: String
  /// What should, and the parameters that would help.
  public var expected: Phrase
  /// What whoever asked can do about it, beside what was expected; no part of what an error is.
  public var remedy: Phrase?
  /// What else is wrong with the same input, in the order it was found.
  public var further: [DataError] = []

  /// An error at a place.
  public init(_ place: Place, found: String, expected: Phrase, kind: Kind = .badData) {
    self.kind = kind
    self.place = place
    self.found = quotingLittle(found)
    self.expected = expected
  }

  /// An error at a place that no parameter helps.
  public init(_ place: Place, found: String, expected: String, kind: Kind = .badData) {
    self.init(place, found: found, expected: Phrase(expected), kind: kind)
  }

  /// `usage.csv:1042: found "n/a", expected a number`.
  public var description: String { "\(place): found \(found), expected \(expected)" }

  /// The same and what can be done about it, with parameters as its reader states them.
  public func text(spelling: (Parameter) -> String) -> String {
    let remedy = remedy.map { "; \($0.text(spelling: spelling))" } ?? ""
    return "\(place.text(spelling: spelling)): found \(found), expected \(expected.text(spelling: spelling))\(remedy)"
  }
}

/// The candidate nearest to a misspelt word, nil when none is near (Damerau–Levenshtein distance at most a third of the
/// word, at least 1).
package func nearestName(to word: String, among candidates: some Sequence<String>) -> String? {
  // By bytes first: a name that nobody wrote by hand is not even counted.
  guard word.utf8.count <= 4 * longestNearName else { return nil }
  let length = word.count
  guard length <= longestNearName else { return nil }
  let limit = max(1, length / 3)
  let close = candidates.filter { abs($0.count - length) <= limit }
  return close.map { (editDistance(word, $0), $0) }.filter { $0.0 <= limit }.min { $0 < $1 }?.1
}

/// The most characters of a word that another one is looked for in place of: a distance takes time and memory of the
/// product of both lengths, and nobody mistypes a longer one.
private let longestNearName = 200

/// Those of some names that are nearest to a word, the nearest first; of equally near ones in their own order.
package func nearestNames(to word: String, among names: some Collection<String>, most: Int) -> [String] {
  guard word.utf8.count <= 4 * longestNearName else { return Array(names.sorted().prefix(most)) }
  let near = names.map { (editDistance(word, $0), $0) }
  return near.sorted { $0 < $1 }.prefix(most).map(\.1)
}

/// Damerau–Levenshtein distance, optimal string alignment.
///
/// Takes time and memory of the product of both lengths: for words of people, not for what a file may hold.
package func editDistance(_ a: String, _ b: String) -> Int {
  let a = Array(a), b = Array(b)
  var rows = Array(repeating: Array(repeating: 0, count: b.count + 1), count: a.count + 1)
  for i in 0...a.count { rows[i][0] = i }
  for j in 0...b.count { rows[0][j] = j }
  guard !a.isEmpty, !b.isEmpty else { return max(a.count, b.count) }
  for i in 1...a.count {
    for j in 1...b.count {
      let cost = a[i - 1] == b[j - 1] ? 0 : 1
      rows[i][j] = min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + cost)
      if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
        rows[i][j] = min(rows[i][j], rows[i - 2][j - 2] + 1)
      }
    }
  }
  return rows[a.count][b.count]
}
