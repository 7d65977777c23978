/// A YAML or JSON text as a tree that remembers its lines. What a word means is for the key that asks to say.
package struct DocumentNode: Hashable, Sendable {
  package indirect enum Content: Hashable, Sendable {
    /// A word or phrase; plain where it stands without quotes.
    case scalar(String, isPlain: Bool)
    case list([DocumentNode])
    case mapping([DocumentEntry])
  }

  package var content: Content
  /// Counted from 1; nil for what no file says.
  package var line: Int?
  /// Counted from 1; nil where nobody asked for it.
  package var column: Int?

  package init(_ content: Content, line: Int? = nil) {
    self.content = content
    self.line = line
  }

  /// A word that no file says, written plainly.
  package static func word(_ text: String) -> DocumentNode { DocumentNode(.scalar(text, isPlain: true)) }

  /// A phrase that no file says, written in quotes.
  package static func phrase(_ text: String) -> DocumentNode { DocumentNode(.scalar(text, isPlain: false)) }

  /// True for what YAML reads as no value: nothing at all, `~` or `null`, without quotes.
  package var isNull: Bool {
    guard case .scalar(let text, isPlain: true) = content else { return false }
    return ["", "~", "null", "Null", "NULL"].contains(text)
  }

  /// The word or phrase; nil for a list, a mapping and no value.
  package var text: String? {
    guard case .scalar(let text, _) = content, !isNull else { return nil }
    return text
  }

  /// What stands here, in words for the "found" half of an error.
  package var foundText: String {
    switch content {
    case .scalar(let text, let isPlain): isNull ? "nothing" : "\"\(text)\"\(isPlain ? "" : " in quotes")"
    case .mapping: "a mapping"
    case .list: "a list"
    }
  }

  /// The value of a key of a mapping; nil where there is none.
  package subscript(key key: String) -> DocumentNode? {
    guard case .mapping(let entries) = content else { return nil }
    return entries.first { $0.key == key }?.value
  }

  /// The values of a list; none of anything else.
  package var elements: [DocumentNode] {
    guard case .list(let elements) = content else { return [] }
    return elements
  }

  /// The place of a path below: its line, or that of the nearest enclosing value when the path itself is not written.
  package func line(of path: DocumentPath) -> Int? {
    var node = self
    for step in path.steps {
      switch step {
      case .key(let name):
        guard let next = node[key: name] else { return node.line }
        node = next
      case .index(let position):
        guard node.elements.indices.contains(position) else { return node.line }
        node = node.elements[position]
      }
    }
    return node.line
  }
}

/// A key of a mapping with its value.
package struct DocumentEntry: Hashable, Sendable {
  package var key: String
  /// Of the key.
  package var line: Int?
  package var value: DocumentNode

  package init(_ key: String, line: Int? = nil, _ value: DocumentNode) {
    self.key = key
    self.line = line
    self.value = value
  }
}

/// A way into a document: `services[2].minimum`.
package struct DocumentPath: Hashable, Sendable, CustomStringConvertible {
  package enum Step: Hashable, Sendable {
    case key(String)
    case index(Int)
  }

  package private(set) var steps: [Step] = []

  package init() {}

  /// The value of a key of the mapping at this path.
  package func key(_ name: String) -> DocumentPath { adding(.key(name)) }

  /// An element of the list at this path, the first being 0.
  package func index(_ position: Int) -> DocumentPath { adding(.index(position)) }

  /// The mapping or list that this stands in; itself at the top.
  package var parent: DocumentPath {
    var shorter = self
    _ = shorter.steps.popLast()
    return shorter
  }

  private func adding(_ step: Step) -> DocumentPath {
    var longer = self
    longer.steps.append(step)
    return longer
  }

  package var description: String {
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
