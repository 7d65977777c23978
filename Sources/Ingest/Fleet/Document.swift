import Model
import Yams

/// A YAML or JSON text as a tree of nodes that remember their lines. Scalars are text until a type asks for more.
struct Document {
  let file: String
  let root: Node

  /// - Throws: ``DataError`` with the line for text that is not YAML, a key written twice, or an empty file.
  init(text: String, file: String) throws(DataError) {
    let composed: Node?
    do {
      // The basic resolver leaves `1`, `yes` and `~` alone: what they mean is for the asking type to say.
      composed = try Yams.compose(yaml: text, .basic)
    } catch let error as YamlError {
      throw DataError(error, file: file)
    } catch {
      throw DataError(Place(file: file), found: "\(error)", expected: "YAML or JSON")
    }
    guard let composed else {
      throw DataError(Place(file: file), found: "an empty file", expected: "YAML or JSON")
    }
    self.file = file
    self.root = composed
  }

  /// The place of a path: its line, or that of the nearest enclosing value when the path itself is not written.
  func place(_ path: DocumentPath) -> Place {
    var node = root
    for step in path.steps {
      guard let next = node.child(step) else { break }
      node = next
    }
    return Place(file: file, line: node.mark?.line, key: path.description)
  }
}

/// A way into a document: `services[2].minimum`.
struct DocumentPath: Hashable, Sendable, CustomStringConvertible {
  enum Step: Hashable, Sendable {
    case key(String)
    case index(Int)
  }

  private(set) var steps: [Step] = []

  /// The value of a key of the mapping at this path.
  func key(_ name: String) -> DocumentPath { adding(.key(name)) }

  /// An element of the list at this path, the first being 0.
  func index(_ position: Int) -> DocumentPath { adding(.index(position)) }

  private func adding(_ step: Step) -> DocumentPath {
    var longer = self
    longer.steps.append(step)
    return longer
  }

  var description: String {
    var text = ""
    for step in steps {
      switch step {
      case .key(let name): text += text.isEmpty ? name : ".\(name)"
      case .index(let position): text += "[\(position)]"
      }
    }
    return text
  }
}

extension Node {
  /// True for what YAML reads as no value: nothing at all, `~` or `null`, unquoted.
  var isNull: Bool {
    guard case .scalar(let scalar) = self, scalar.style == .plain else { return false }
    return ["", "~", "null", "Null", "NULL"].contains(scalar.string)
  }

  /// What stands here, in words for the "found" half of an error.
  var foundText: String {
    switch self {
    case .scalar(let scalar): isNull ? "nothing" : "\"\(scalar.string)\""
    case .mapping: "a mapping"
    case .sequence: "a list"
    case .alias: "an alias"
    }
  }

  fileprivate func child(_ step: DocumentPath.Step) -> Node? {
    switch (step, self) {
    case (.key(let name), .mapping(let mapping)): mapping.first { $0.key.scalar?.string == name }?.value
    case (.index(let position), .sequence(let list)): list.indices.contains(position) ? list[position] : nil
    default: nil
    }
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
