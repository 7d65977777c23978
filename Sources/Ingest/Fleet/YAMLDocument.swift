import Model
import Yams

/// Reads a YAML or JSON text as a tree. Aliases stand for what they name, and merge keys (`<<`) are followed.
///
/// - Throws: ``DataError`` with the line for text that is not YAML, a key written twice, an empty file, and a tree that
///   its aliases make larger than any file that somebody wrote.
package func readDocument(text: String, file: String) throws(DataError) -> DocumentNode {
  let documents = try readDocuments(text: text, file: file, .single)
  guard let document = documents.first else {
    throw DataError(Place(file: file), found: "an empty file", expected: "YAML or JSON")
  }
  return document
}

/// How a YAML text is read.
struct YAMLReading {
  /// False for one that must be a single document.
  var hasSeveral: Bool
  /// True where what a tag says is kept: `!Ref Group` as `Ref: Group`, `!Sub text` as `Fn::Sub: text`, and columns too.
  var keepsTags: Bool
  /// Lines before the text in its file.
  var linesBefore = 0

  static let single = YAMLReading(hasSeveral: false, keepsTags: false)
  static let scaling = YAMLReading(hasSeveral: true, keepsTags: true)
}

/// The documents of a YAML text as trees; none of an empty one.
/// - Throws: ``DataError`` as ``readDocument(text:file:)``.
func readDocuments(text: String, file: String, _ reading: YAMLReading) throws(DataError) -> [DocumentNode] {
  do throws(DataError) {
    try refuseAliasesInKeys(text, file: file)
    var growth = TreeGrowth(file: file, reading)
    var trees: [DocumentNode] = []
    for node in try composed(text, file: file, reading) { trees.append(try growth.tree(node)) }
    return trees
  } catch {
    throw error.moved(by: reading.linesBefore)
  }
}

private func composed(_ text: String, file: String, _ reading: YAMLReading) throws(DataError) -> [Node] {
  do {
    // The basic resolver leaves `1`, `yes` and `~` alone: what they mean is for the asking key to say.
    guard reading.hasSeveral else { return try Yams.compose(yaml: text, .basic).map { [$0] } ?? [] }
    var documents = try Yams.compose_all(yaml: text, .basic)
    var nodes: [Node] = []
    while let node = documents.next() { nodes.append(node) }
    if let error = documents.error { throw error }
    return nodes
  } catch let error as YamlError {
    throw DataError(error, file: file)
  } catch {
    throw DataError(Place(file: file), found: "\(error)", expected: "YAML or JSON")
  }
}

extension DataError {
  /// The same in a text with so many lines more before it.
  fileprivate func moved(by lines: Int) -> DataError {
    var moved = self
    if let line = place.line, lines > 0 { moved.place.line = line + lines }
    return moved
  }
}

/// Refuses an alias in a key: the parser compares keys by all that they stand for, which takes time that doubles with
/// every alias of aliases.
///
/// Judged by the text, before anything is composed: where there is an alias at all, a key that is one, that is told by `?`,
/// or that is a list or a mapping in brackets. No fleet file has such keys.
private func refuseAliasesInKeys(_ text: String, file: String) throws(DataError) {
  var scan = KeyScan()
  for byte in text.utf8 {
    scan.take(byte)
    if scan.hasAlias, scan.suspectLine != nil { break }
  }
  guard scan.hasAlias, let line = scan.suspectLine else { return }
  throw DataError(
    Place(file: file, line: line), found: "a key that is an alias, a list or a mapping", expected: "a word as a key")
}

/// Looks for aliases, and for keys that are no words, in one pass; what it takes for one in a quoted text does no harm
/// where the file has no alias.
private struct KeyScan {
  private(set) var hasAlias = false
  /// Of the first key that is no word.
  private(set) var suspectLine: Int?
  private var line = 1
  /// Of the token at hand: `*` and letters, digits, `-` and `_` behind it.
  private var isAlias = false
  private var length = 0
  private var lastSeen: UInt8 = 0
  private var before: UInt8 = 10

  mutating func take(_ byte: UInt8) {
    let isBlank = byte == 32 || (9...13).contains(byte)
    // What `?` means is said by what follows it.
    if before == UInt8(ascii: "?"), length == 1, isBlank { suspect() }
    if isBlank {
      if byte == 10 { line += 1 }
    } else {
      if byte == UInt8(ascii: ":"), isAlias || lastSeen == UInt8(ascii: "]") || lastSeen == UInt8(ascii: "}") {
        suspect()
      }
      advance(byte)
      lastSeen = byte
    }
    before = byte
  }

  private mutating func advance(_ byte: UInt8) {
    let startsToken = before == 32 || (9...13).contains(before) || ",[]{}:".utf8.contains(before)
    // A colon behind a blank belongs to the token before it, which is then a key.
    if startsToken {
      length = 1
      isAlias = byte == UInt8(ascii: "*")
    } else {
      length += 1
      let isName = byte | 0x20 >= 97 && byte | 0x20 <= 122 || byte >= 48 && byte <= 57 || byte == 45 || byte == 95
      isAlias = isAlias && isName
      if isAlias { hasAlias = true }
    }
  }

  private mutating func suspect() { if suspectLine == nil { suspectLine = line } }
}

/// A tree as it is made of what the parser composed.
private struct TreeGrowth {
  /// More than any fleet file has, and little enough for a text of aliases of aliases to be refused at once.
  private static let mostNodes = 1_000_000

  let file: String
  private let reading: YAMLReading
  private var count = 0

  init(file: String, _ reading: YAMLReading) {
    self.file = file
    self.reading = reading
  }

  mutating func tree(_ node: Node) throws(DataError) -> DocumentNode {
    count += 1
    guard count <= Self.mostNodes else {
      throw DataError(
        Place(file: file, line: node.mark?.line), found: "more than \(Self.mostNodes) values",
        expected: "a file whose aliases do not multiply")
    }
    let line = node.mark?.line
    var tree = DocumentNode(try content(of: node, line), line: line.map { $0 + reading.linesBefore })
    guard reading.keepsTags else { return tree }
    tree.column = node.mark?.column
    let tag = node.tag.description
    guard tag.hasPrefix("!"), tag.count > 1 else { return tree }
    let word = String(tag.dropFirst())
    let function = ["Ref", "Condition"].contains(word) ? word : "Fn::\(word)"
    return DocumentNode(.mapping([DocumentEntry(function, line: tree.line, tree)]), line: tree.line)
  }

  private mutating func content(of node: Node, _ line: Int?) throws(DataError) -> DocumentNode.Content {
    switch node {
    case .scalar(let scalar):
      return .scalar(try text(scalar.string, line), isPlain: scalar.style == .plain)
    case .sequence(let sequence):
      var elements: [DocumentNode] = []
      for element in sequence { elements.append(try tree(element)) }
      return .list(elements)
    case .mapping(let mapping): return .mapping(try entries(mapping))
    case .alias:
      throw DataError(Place(file: file, line: line), found: "an alias", expected: "one whose name is defined before it")
    }
  }

  /// A text in the form in which names are compared; notes may have lines and tabs, and nothing has other control
  /// characters.
  private func text(_ text: String, _ line: Int?) throws(DataError) -> String {
    guard text.controlCharacter != nil else { return text.asName }
    let allowed: Set<Unicode.Scalar> = ["\t", "\n", "\r"]
    let wrong = text.unicodeScalars.first { $0.properties.generalCategory == .control && !allowed.contains($0) }
    guard let wrong else { return text.asName }
    throw DataError(
      Place(file: file, line: line), found: "a text with the control character \(wrong.seen)",
      expected: "text without control characters")
  }

  private mutating func entries(_ mapping: Node.Mapping) throws(DataError) -> [DocumentEntry] {
    var entries: [DocumentEntry] = []
    var merged: [DocumentEntry] = []
    for (key, value) in mapping {
      let node = try tree(value)
      guard let scalar = key.scalar else {
        throw DataError(
          Place(file: file, line: key.mark?.line), found: "\(try tree(key).foundText) as a key", expected: "a word")
      }
      if scalar.string == "<<", scalar.style == .plain {
        merged += try mergedEntries(of: node)
      } else {
        let line = key.mark.map { $0.line + reading.linesBefore }
        entries.append(DocumentEntry(try text(scalar.string, key.mark?.line), line: line, node))
      }
    }
    guard !merged.isEmpty else { return entries }
    // What is said here comes before what is merged in, and of two that are merged in the first.
    var said = Set(entries.map(\.key))
    return entries + merged.filter { said.insert($0.key).inserted }
  }

  private func mergedEntries(of node: DocumentNode) throws(DataError) -> [DocumentEntry] {
    var entries: [DocumentEntry] = []
    let merged = if case .list(let nodes) = node.content { nodes } else { [node] }
    for node in merged {
      guard case .mapping(let own) = node.content else {
        throw DataError(
          Place(file: file, line: node.line, key: "<<"), found: node.foundText,
          expected: "an alias of a mapping, or a list of them")
      }
      entries += own
    }
    return entries
  }
}

extension DataError {
  /// What the YAML reader could not read, with its line.
  fileprivate init(_ error: YamlError, file: String) {
    switch error {
    case .scanner(_, let problem, let mark, _) where problem.contains(Self.nesting),
      .parser(_, let problem, let mark, _) where problem.contains(Self.nesting):
      self.init(
        Place(file: file, line: mark.line), found: "more than 1000 lists and mappings within one another",
        expected: "at most as many")
    case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _):
      let start = context.map { $0.mark.line == mark.line ? "\($0.text), " : "\($0.text) from line \($0.mark.line), " }
      self.init(
        Place(file: file, line: mark.line), found: "a syntax error (\(start ?? "")\(problem))",
        expected: "YAML or JSON")
    case .composer(_, let problem, let mark, _):
      // "but found another document", "found undefined alias"
      let found = problem.split(separator: "found ").last ?? ""
      self.init(
        Place(file: file, line: mark.line), found: "\(found)", expected: "one document whose aliases are defined")
    case .reader(let problem, let offset, _, let yaml):
      let line = offset.map { 1 + yaml.prefix($0).count { $0.isNewline } }
      self.init(Place(file: file, line: line), found: "unreadable text (\(problem))", expected: "YAML or JSON")
    case .duplicatedKeysInMapping(let keys, let context):
      self.init(
        Place(file: file, line: context.mark.line), found: "key \"\(keys[0])\" twice in one mapping",
        expected: "each key once")
    default:
      self.init(Place(file: file), found: "what cannot be read", expected: "YAML or JSON")
    }
  }

  /// What the parser says of more levels than it takes, 1000.
  private static let nesting = "nesting level"
}
