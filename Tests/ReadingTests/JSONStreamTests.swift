import Model
import Reading
import TestSupport
import Testing

@Suite struct JSONStreamTests {
  @Test("A document read through a window of any size is the document read whole", arguments: 0..<60)
  func anyWindow(seed: Int) throws {
    var random = SplitMix64(seed: seed)
    let document = randomValue(&random, depth: 4)
    let text = document.text(&random)
    for size in [64, 65, 100, 257, 4096] {
      let stream = try JSONStream(source(text), windowSize: size)
      let node = try stream.node()
      try stream.expectEnd()
      #expect(document.isSame(as: node), "seed \(seed), window \(size): \(text)")
    }
  }

  @Test("Members and elements come one by one, and what nobody asks for is passed over")
  func walking() throws {
    let text = #"{"skipped": {"deep": [1, {"a": "}"}]}, "list": [ {"n": 1}, {"n": 2} ], "last": true}"#
    let stream = try JSONStream(source(text), windowSize: 64)
    try stream.enterObject()
    var found: [String] = []
    while let key = try stream.nextKey() {
      guard key == "list" else {
        try stream.skip()
        continue
      }
      try stream.enterArray()
      while try stream.nextElement() { found.append(try #require(try stream.node()["n"]?.text)) }
    }
    try stream.expectEnd()
    #expect(found == ["1", "2"])
  }

  @Test("A key that stands twice in an object is refused with its line, however it is spelt and however many there are")
  func keysOnce() throws {
    let many = (0..<30).map { "\"k\($0)\": 1" }.joined(separator: ", ")
    for (text, key, line) in [
      (#"{"a": 1, "b": 2,"# + "\n" + #""a": 1}"#, "a", 2), (#"[{"x": {"a": 1, "\u0061": 2}}]"#, "a", 1),
      (#"{"\u0061": 1, "a": 2}"#, "a", 1), ("{\(many), \"k3\": 1}", "k3", 1), ("{\(many), \"k29\": 1}", "k29", 1),
    ] {
      #expect(
        throws: DataError(Place(file: "a.json", line: line), found: "key \"\(key)\" twice", expected: "each key once")
      ) {
        _ = try JSONStream(ByteSource(name: "a.json", bytes: Array(text.utf8)), windowSize: 64).node()
      }
    }
    let node = try JSONStream(ByteSource(name: "a.json", bytes: Array("[{\(many)}, {\(many)}]".utf8))).node()
    #expect(node.elements.map(\.members.count) == [30, 30])
  }

  @Test(
    "What is no UTF-8, an escape that is none and half a surrogate pair are refused where they stand",
    arguments: [
      [0xFF], [0xC3], [0xC0, 0xAF], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], Array(#"\x"#.utf8),
      Array(#"\u12"#.utf8),
      Array(#"\ud800"#.utf8), Array(#"\udc00\ud800"#.utf8),
    ] as [[UInt8]])
  func noText(bytes: [UInt8]) throws {
    let text = Array("[1,\n\"é\\ud83d\\ude00 ".utf8) + bytes + Array("\"]".utf8)
    let stream = try JSONStream(ByteSource(name: "a.json", bytes: text), windowSize: 64)
    #expect { _ = try stream.node() } throws: { error in
      (error as? DataError)?.place == Place(file: "a.json", line: 2)
    }
  }

  @Test("A value on the edge of a window is not taken for a shorter one")
  func edges() throws {
    // Numbers and words at every distance from the end of a window of 64 bytes.
    for padding in 40..<70 {
      for value in ["12345678.25", "-7e3", "true", "false", "null", "\"a\\u0041b\""] {
        let stream = try JSONStream(source(String(repeating: " ", count: padding) + value + " "), windowSize: 64)
        let whole = try JSONStream(source(value)).node()
        #expect(try stream.node().content == whole.content)
      }
    }
  }

  @Test("Every node knows its line, whatever was passed before it")
  func lines() throws {
    let text = "{\n\"a\":\n[1,\n2],\n\n\"b\": {\n\"c\": \"x\"}}"
    let stream = try JSONStream(source(text), windowSize: 64)
    let node = try stream.node()
    #expect(node.line == 1)
    #expect(node["a"]?.line == 3)
    #expect(node["a"]?.elements.map(\.line) == [3, 4])
    #expect(node["b"]?["c"]?.line == 7)
  }

  @Test(
    "A text that is no JSON is refused with its line, however far behind the first window it is wrong",
    arguments: [
      ("[1, 2", "the end of the document", "a comma or a closing bracket"),
      ("[1 2]", "\"2]\"", "a comma or a closing bracket"), ("[tru]", "\"tru]\"", "a value"),
      ("[\"open", "the end of the document", "a closing quote"),
    ])
  func wrong(text: String, found: String, expected: String) throws {
    let lines = String(repeating: "\n", count: 5000)
    let stream = try JSONStream(source(lines + text), windowSize: 256)
    let error = #expect(throws: DataError.self) { try stream.node() }
    #expect(error == DataError(Place(file: "d.json", line: 5001), found: found, expected: expected))
  }

  @Test("Something behind the document is refused")
  func trailing() throws {
    let stream = try JSONStream(source("{} \n x"))
    _ = try stream.node()
    #expect(throws: DataError.self) { try stream.expectEnd() }
  }

  private func source(_ text: String) -> ByteSource { ByteSource(name: "d.json", bytes: Array(text.utf8)) }
}

/// A JSON value that a test made.
private indirect enum Value {
  case object([(String, Value)])
  case array([Value])
  case string(String)
  case number(String)
  case boolean(Bool)
  case null

  /// The value as text, with white space here and there.
  func text(_ random: inout SplitMix64) -> String {
    func space() -> String {
      String(repeating: [" ", "\n", "\t"][Int(random.next() % 3)], count: Int(random.next() % 3))
    }
    switch self {
    case .object(let members):
      var parts: [String] = []
      for (key, value) in members {
        parts.append("\(space())\"\(key)\"\(space()):\(space())\(value.text(&random))\(space())")
      }
      return "{\(parts.joined(separator: ","))}"
    case .array(let elements):
      var parts: [String] = []
      for element in elements { parts.append(space() + element.text(&random) + space()) }
      return "[\(parts.joined(separator: ","))]"
    case .string(let text): return "\"\(text)\""
    case .number(let text): return text
    case .boolean(let value): return "\(value)"
    case .null: return "null"
    }
  }

  func isSame(as node: JSONNode) -> Bool {
    switch (self, node.content) {
    case (.object(let own), .object(let others)):
      own.count == others.count && zip(own, others).allSatisfy { $0.0 == $1.key && $0.1.isSame(as: $1.value) }
    case (.array(let own), .array(let others)):
      own.count == others.count && zip(own, others).allSatisfy { $0.isSame(as: $1) }
    case (.string(let own), .string(let other)), (.number(let own), .number(let other)): own == other
    case (.boolean(let own), .boolean(let other)): own == other
    case (.null, .null): true
    default: false
    }
  }
}

private func randomValue(_ random: inout SplitMix64, depth: Int) -> Value {
  switch random.number(0...(depth > 0 ? 7 : 4)) {
  case 0: return .null
  case 1: return .boolean(random.coin())
  case 2: return .number("\(random.number(-99999...99999)).\(random.number(0...999))")
  case 3, 4: return .string(String(repeating: "é{[\"".filter { $0 != "\"" }, count: random.number(0...20)))
  case 5: return .array((0..<random.number(0...6)).map { _ in randomValue(&random, depth: depth - 1) })
  default:
    return .object((0..<random.number(0...5)).map { ("key \($0)", randomValue(&random, depth: depth - 1)) })
  }
}
