import Yams

/// The elements of a list, one after the other.
struct ListContainer: UnkeyedDecodingContainer {
  let decoder: NodeDecoder
  let nodes: [Node]
  private(set) var currentIndex = 0

  init(decoder: NodeDecoder, nodes: [Node]) {
    self.decoder = decoder
    self.nodes = nodes
  }

  var codingPath: [any CodingKey] { decoder.codingPath }
  var count: Int? { nodes.count }
  var isAtEnd: Bool { currentIndex == nodes.count }

  mutating func decodeNil() throws -> Bool {
    guard !isAtEnd, nodes[currentIndex].isNull else { return false }
    currentIndex += 1
    return true
  }

  mutating func decode<T: Decodable>(_ type: T.Type) throws -> T {
    let (node, path) = try next(expected: expectation(of: type))
    return try decoder.child(node, at: path).value(type)
  }

  mutating func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type
  ) throws -> KeyedDecodingContainer<Nested> {
    try nested(expected: "a mapping").container(keyedBy: type)
  }

  mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
    try nested(expected: "a list").unkeyedContainer()
  }

  mutating func superDecoder() throws -> any Decoder { try nested(expected: "a value") }

  private mutating func nested(expected: @autoclosure () -> String) throws -> NodeDecoder {
    let (node, path) = try next(expected: expected())
    return decoder.nestedChild(node, at: path)
  }

  private mutating func next(expected: @autoclosure () -> String) throws -> (Node, DocumentPath) {
    guard !isAtEnd else {
      throw decoder.error(found: "a list of \(nodes.count)", expected: "\(expected()) after its last element")
    }
    defer { currentIndex += 1 }
    return (nodes[currentIndex], decoder.path.index(currentIndex))
  }
}
