extension JSONScanner {
  /// Reads a value of any kind as a tree.
  /// - Parameter line: the line of a byte.
  package mutating func node(line: (Int) -> Int) throws(JSONStop) -> JSONNode {
    let byte = next()
    let start = line(position)
    switch byte {
    case UInt8(ascii: "{"):
      var members: [JSONNode.Member] = []
      var keys = SeenKeys()
      try enterObject()
      while let key = try nextKey(once: &keys) {
        members.append(JSONNode.Member(key: text(key), value: try node(line: line)))
      }
      return JSONNode(line: start, content: .object(members))
    case UInt8(ascii: "["):
      var elements: [JSONNode] = []
      try enterArray()
      while try nextElement() { elements.append(try node(line: line)) }
      return JSONNode(line: start, content: .array(elements))
    default:
      let value = try value()
      return JSONNode(line: start, content: content(of: value))
    }
  }

  private func content(of value: JSONValue) -> JSONNode.Content {
    switch value.kind {
    case .string: return .string(text(value))
    case .number: return .number(text(value))
    case .null, .missing: return .null
    case .word, .container:
      let word = text(value)
      return word == "true" || word == "false" ? .boolean(word == "true") : .string(word)
    }
  }
}
