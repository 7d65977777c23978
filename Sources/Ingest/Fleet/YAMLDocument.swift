import Model
import Yams

/// Reads a YAML or JSON text as a tree. Aliases stand for what they name, and merge keys (`<<`) are followed.
///
/// - Throws: ``DataError`` with the line for text that is not YAML, a key written twice, an empty file, and a tree that
///   its aliases make larger than any file that somebody wrote.
package func readDocument(text: String, file: String) throws(DataError) -> DocumentNode {
  let composed: Node?
  do {
    // The basic resolver leaves `1`, `yes` and `~` alone: what they mean is for the asking key to say.
    composed = try Yams.compose(yaml: text, .basic)
  } catch let error as YamlError {
    throw DataError(error, file: file)
  } catch {
    throw DataError(Place(file: file), found: "\(error)", expected: "YAML or JSON")
  }
  guard let composed else { throw DataError(Place(file: file), found: "an empty file", expected: "YAML or JSON") }
  var growth = TreeGrowth(file: file)
  return try growth.tree(composed)
}

/// A tree as it is made of what the parser composed.
private struct TreeGrowth {
  /// More than any fleet file has, and little enough for a text of aliases of aliases to be refused at once.
  private static let mostNodes = 1_000_000

  let file: String
  private var count = 0

  init(file: String) { self.file = file }

  mutating func tree(_ node: Node) throws(DataError) -> DocumentNode {
    count += 1
    guard count <= Self.mostNodes else {
      throw DataError(
        Place(file: file, line: node.mark?.line), found: "more than \(Self.mostNodes) values",
        expected: "a file whose aliases do not multiply")
    }
    let line = node.mark?.line
    switch node {
    case .scalar(let scalar):
      return DocumentNode(.scalar(scalar.string, isPlain: scalar.style == .plain), line: line)
    case .sequence(let sequence):
      var elements: [DocumentNode] = []
      for element in sequence { elements.append(try tree(element)) }
      return DocumentNode(.list(elements), line: line)
    case .mapping(let mapping):
      return DocumentNode(.mapping(try entries(mapping)), line: line)
    case .alias:
      throw DataError(Place(file: file, line: line), found: "an alias", expected: "one whose name is defined before it")
    }
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
        entries.append(DocumentEntry(scalar.string, line: key.mark?.line, node))
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
      self.init(Place(file: file), found: "\(error)", expected: "YAML or JSON")
    }
  }
}
