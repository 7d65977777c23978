import Model
import Yams

/// The keys of one mapping, and which of them its type has asked for.
final class MappingEntries {
  /// Keys as written, in the order of the file.
  private(set) var names: [String] = []
  /// Keys the type asked for, in the order it did, present or not.
  private(set) var asked: [String] = []
  private var values: [String: Node] = [:]
  private var lines: [String: Int] = [:]

  func add(_ name: String, line: Int?, value: Node) {
    names.append(name)
    values[name] = value
    lines[name] = line
  }

  /// The value of a key, which counts as asked for.
  func value(_ name: String) -> Node? {
    if !asked.contains(name) { asked.append(name) }
    return values[name]
  }

  func line(of name: String) -> Int? { lines[name] }
  var unread: [String] { names.filter { !asked.contains($0) } }
}

/// A mapping as its type reads it: camelCase coding keys, snake_case in the file.
struct MappingContainer<Key: CodingKey>: KeyedDecodingContainerProtocol {
  let decoder: NodeDecoder
  let entries: MappingEntries

  var codingPath: [any CodingKey] { decoder.codingPath }

  /// A dictionary's own keys come back as they are written.
  var allKeys: [Key] {
    entries.names.compactMap { Key(stringValue: $0) ?? Key(stringValue: camelCase($0)) }
  }

  func contains(_ key: Key) -> Bool { entries.value(name(of: key)) != nil }

  func decodeNil(forKey key: Key) throws -> Bool { entries.value(name(of: key))?.isNull ?? true }

  func decode<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T {
    let node = try node(key, expected: expectation(of: type))
    return try decoder.child(node, at: path(to: key)).value(type)
  }

  func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type, forKey key: Key
  ) throws -> KeyedDecodingContainer<Nested> {
    try nested(key, expected: "a mapping").container(keyedBy: type)
  }

  func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
    try nested(key, expected: "a list").unkeyedContainer()
  }

  func superDecoder() throws -> any Decoder { decoder }
  func superDecoder(forKey key: Key) throws -> any Decoder { try nested(key, expected: "a value") }

  private func nested(_ key: Key, expected: @autoclosure () -> String) throws -> NodeDecoder {
    decoder.nestedChild(try node(key, expected: expected()), at: path(to: key))
  }

  private func path(to key: Key) -> DocumentPath { decoder.path.key(name(of: key)) }

  /// The key as the file spells it: in snake_case, but a dictionary's keys, which may be any word, as they are.
  private func name(of key: Key) -> String {
    let takesAnyWord = Key(stringValue: "any word") != nil
    return takesAnyWord ? key.stringValue : snakeCase(key.stringValue)
  }

  /// - Parameter expected: what is said where the key is missing; asked for then alone, for it is dear.
  private func node(_ key: Key, expected: @autoclosure () -> String) throws -> Node {
    let name = name(of: key)
    if let node = entries.value(name) { return node }
    let wanted = "\"\(name)\" with \(expected())"
    // A near name that is a key of the type in its own right is no misspelling.
    let strangers = entries.names.filter { Key(stringValue: camelCase($0)) == nil && Key(stringValue: $0) == nil }
    guard let near = nearestName(to: name, among: strangers) else {
      throw decoder.error(found: "no key \"\(name)\"", expected: wanted)
    }
    throw decoder.error(
      found: "no key \"\(name)\" but a key \"\(near)\"", expected: wanted, line: entries.line(of: near))
  }
}

/// `scaleOut` as `scale_out`; words already in snake_case stay as they are.
func snakeCase(_ name: String) -> String {
  guard name.utf8.contains(where: { $0 < UInt8(ascii: "_") || $0 > 0x7F }) else { return name }
  return name.reduce(into: "") { text, character in
    text += character.isUppercase ? "_\(character.lowercased())" : String(character)
  }
}

/// `scale_out` as `scaleOut`.
func camelCase(_ name: String) -> String {
  let words = name.split(separator: "_")
  return words.prefix(1).joined() + words.dropFirst().map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
}
