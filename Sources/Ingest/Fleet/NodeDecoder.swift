import Model
import Yams

/// Decodes a YAML or JSON document into a type of the model, strictly.
///
/// Keys are the type's coding keys in snake_case (`scale_out` for `scaleOut`); enum raw values are as they are. A key
/// the type does not ask for, a key written twice, a missing key and a value of another kind are all errors; a missing
/// optional key, or one without a value, is nil. Text may be unquoted, numbers and booleans must be.
///
/// - Throws: ``DataError`` with file, line and key path, what was found, and what was expected.
package func decodeDocument<T: Decodable>(
  _ type: T.Type, from text: String, file: String
) throws(DataError) -> T {
  try Document(text: text, file: file).decode(type)
}

extension Document {
  /// See ``decodeDocument(_:from:file:)``.
  func decode<T: Decodable>(_ type: T.Type) throws(DataError) -> T {
    do {
      return try NodeDecoder(file: file, node: root, path: DocumentPath()).value(type)
    } catch let error as DataError {
      throw error
    } catch {
      throw DataError(Place(file: file), found: "\(error)", expected: "a decodable document")
    }
  }
}

/// The decoder of one node. It lives while its value is decoded, then checks that no key was left unread.
final class NodeDecoder: Decoder {
  let file: String
  let node: Node
  let path: DocumentPath
  /// The keys of the node, once a mapping is asked for.
  private var entries: MappingEntries?
  /// Nested containers, which are checked with this one.
  private var nested: [NodeDecoder] = []

  init(file: String, node: Node, path: DocumentPath) {
    self.file = file
    self.node = node
    self.path = path
  }

  var codingPath: [any CodingKey] { path.steps.map(FileKey.init) }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
    KeyedDecodingContainer(MappingContainer<Key>(decoder: self, entries: try mappingEntries()))
  }

  func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
    guard case .sequence(let list) = node else { throw error(expected: "a list") }
    return ListContainer(decoder: self, nodes: Array(list))
  }

  func singleValueContainer() throws -> any SingleValueDecodingContainer { ScalarContainer(decoder: self) }

  /// Decodes the node as a whole.
  func value<T: Decodable>(_ type: T.Type) throws -> T {
    do {
      let value = try T(from: self)
      try refuseUnreadKeys()
      return value
    } catch let failure as DataError {
      // What a type expects is asked where it was not there: to look it up takes longer than to decode.
      guard node.scalar == nil || node.isNull, let expected = scalarExpectation(of: type, instead: nil) else {
        throw failure
      }
      throw error(expected: expected)
    } catch let failure as DecodingError {
      // Thrown by an initialiser that did not like the text, so this node is the place.
      let expected = scalarExpectation(of: type, instead: node.scalar?.string)
      throw error(expected: expected ?? failure.context.debugDescription)
    }
  }

  /// The decoder of a value inside this one.
  func child(_ node: Node, at path: DocumentPath) -> NodeDecoder {
    NodeDecoder(file: file, node: node, path: path)
  }

  /// The same, for a container that is filled piece by piece and checked at the end.
  func nestedChild(_ node: Node, at path: DocumentPath) -> NodeDecoder {
    let decoder = child(node, at: path)
    nested.append(decoder)
    return decoder
  }

  /// An error at this node, or at another line of it.
  func error(found: String? = nil, expected: String, line: Int? = nil) -> DataError {
    DataError(
      Place(file: file, line: line ?? node.mark?.line, key: path.description), found: found ?? node.foundText,
      expected: expected)
  }

  private func mappingEntries() throws -> MappingEntries {
    if let entries { return entries }
    guard case .mapping(let mapping) = node else { throw error(expected: "a mapping") }
    let entries = MappingEntries()
    for (key, value) in mapping {
      guard let name = key.scalar?.string else {
        throw error(found: "\(key.foundText) as a key", expected: "a word", line: key.mark?.line)
      }
      entries.add(name, line: key.mark?.line, value: value)
    }
    self.entries = entries
    return entries
  }

  private func refuseUnreadKeys() throws {
    for decoder in nested { try decoder.refuseUnreadKeys() }
    guard let entries, let name = entries.unread.first else { return }
    let known = entries.asked
    let near = nearestName(to: name, among: known)
    let hint = near.map { "a known key; did you mean \"\($0)\"?" } ?? "one of \(known.joined(separator: ", "))"
    throw error(found: "unknown key \"\(name)\"", expected: hint, line: entries.line(of: name))
  }
}

/// A step of a path as a coding key.
struct FileKey: CodingKey {
  let stringValue: String
  let intValue: Int?

  init(_ step: DocumentPath.Step) {
    switch step {
    case .key(let name): (stringValue, intValue) = (name, nil)
    case .index(let position): (stringValue, intValue) = ("\(position)", position)
    }
  }
  init?(stringValue: String) { self.init(.key(stringValue)) }
  init?(intValue: Int) { self.init(.index(intValue)) }
}

extension DecodingError {
  fileprivate var context: Context {
    switch self {
    case .typeMismatch(_, let context), .valueNotFound(_, let context), .keyNotFound(_, let context),
      .dataCorrupted(let context):
      context
    @unknown default: Context(codingPath: [], debugDescription: "a value that can be decoded")
    }
  }
}
