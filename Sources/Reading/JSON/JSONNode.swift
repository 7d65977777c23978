/// A value of a JSON text as a tree, each with the line it stands on.
///
/// For documents of a size that people read and for parts of larger ones; numbers keep their text, so that decimals
/// stay exact.
package struct JSONNode: Hashable, Sendable {
  package indirect enum Content: Hashable, Sendable {
    /// In the order of the text; of a key that stands twice the first is found.
    case object([Member])
    case array([JSONNode])
    case string(String)
    /// As it is written.
    case number(String)
    case boolean(Bool)
    case null
  }

  package struct Member: Hashable, Sendable {
    package var key: String
    package var value: JSONNode

    package init(key: String, value: JSONNode) {
      self.key = key
      self.value = value
    }
  }

  /// Counted from 1.
  package let line: Int
  package let content: Content

  package init(line: Int, content: Content) {
    self.line = line
    self.content = content
  }

  /// A member of an object; nil for anything else, for a key it does not have, and for `null`.
  package subscript(key: String) -> JSONNode? {
    guard case .object(let members) = content, let value = members.first(where: { $0.key == key })?.value,
      value.content != .null
    else { return nil }
    return value
  }

  /// The elements of an array; empty for anything else.
  package var elements: [JSONNode] {
    if case .array(let elements) = content { elements } else { [] }
  }

  /// The members of an object; empty for anything else.
  package var members: [Member] {
    if case .object(let members) = content { members } else { [] }
  }

  /// A string, or a number as it is written; nil for anything else.
  package var text: String? {
    switch content {
    case .string(let text), .number(let text): text
    default: nil
    }
  }

  /// `true` or `false`; nil for anything else.
  package var boolean: Bool? {
    if case .boolean(let value) = content { value } else { nil }
  }

  /// What it is, for an error: `"Hrs"`, `a list`.
  package var shown: String {
    switch content {
    case .object: "an object"
    case .array: "a list"
    case .string(let text): "\"\(text.prefix(60))\""
    case .number(let text): text
    case .boolean(let value): "\(value)"
    case .null: "null"
    }
  }
}
