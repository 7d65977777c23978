// What errors show of a JSON text.

/// Counts lines up to places that mostly come in order.
struct LineCount {
  private var position = 0
  private var line = 0

  /// Line feeds before a position.
  mutating func line(at position: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Int {
    if position >= self.position {
      line += lineFeeds(in: bytes[self.position..<position])
    } else {
      line -= lineFeeds(in: bytes[position..<self.position])
    }
    self.position = position
    return line
  }
}

extension JSONScanner {
  /// An element as it stands in the text, at most 200 bytes.
  func excerpt(_ element: Range<Int>) -> String { badRowText(UnsafeBufferPointer(rebasing: bytes[element])) }

  /// The line in which a byte stands, at most 100 bytes to either side.
  func excerpt(around position: Int) -> String {
    let before = bytes[max(0, position - 100)..<position]
    let behind = bytes[position..<min(bytes.count, position + 100)]
    let start = before.lastIndex { $0 == 10 || $0 == 13 }.map { $0 + 1 } ?? before.startIndex
    let end = behind.firstIndex { $0 == 10 || $0 == 13 } ?? behind.endIndex
    return String(decoding: bytes[start..<end], as: UTF8.self)
  }

  /// A value in quotes, as errors show it, at most 60 bytes.
  /// - Parameter absence: what to say of a value that is missing.
  func quoted(_ value: JSONValue, or absence: String = "nothing") -> String {
    guard value.kind != .missing else { return absence }
    let end = min(value.end, value.start + 60)
    return "\"\(String(decoding: bytes[value.start..<end], as: UTF8.self))\(end < value.end ? "…" : "")\""
  }

  /// The bad row for a text that is no JSON at a byte.
  func syntaxRow(at position: Int, line: Int, expected: StaticString) -> BadRow {
    var found = "the end of the document"
    if position < bytes.count {
      let byte = bytes[position]
      let rest = bytes[position..<min(position + 20, bytes.count)].prefix { $0 >= 32 }
      found = byte < 32 ? "a control character (byte \(byte))" : "\"\(String(decoding: rest, as: UTF8.self))\""
      if byte == 10 || byte == 13 { found = "the end of the line" }
    }
    return BadRow(line: line, found: found, expected: "\(expected)", text: excerpt(around: position))
  }
}
