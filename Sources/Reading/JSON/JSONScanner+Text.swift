// What the values of a JSON text say, and what errors show of it.

import Model

extension JSONScanner {
  /// The bytes of a value as they stand in the text; of a string, those between the quotes.
  @inlinable
  package func span(_ value: JSONValue) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(rebasing: bytes[value.start..<value.end])
  }

  /// True for a string, or a key, that says just this. `text` must need no escapes.
  package func equals(_ value: JSONValue, _ text: StaticString) -> Bool {
    guard value.kind == .string else { return false }
    if value.hasEscapes { return self.text(value) == "\(text)" }
    guard value.end - value.start == text.utf8CodeUnitCount else { return false }
    for index in 0..<text.utf8CodeUnitCount where bytes[value.start + index] != text.utf8Start[index] { return false }
    return true
  }

  /// The string that a value is, escapes resolved; of any other value, how it stands in the text.
  package func text(_ value: JSONValue) -> String {
    guard value.hasEscapes else { return String(decoding: span(value), as: UTF8.self) }
    var units: [UInt8] = []
    var index = value.start
    while index < value.end {
      if bytes[index] == UInt8(ascii: "\\") {
        units += Array(String(unescaped(at: &index, before: value.end)).utf8)
      } else {
        units.append(bytes[index])
        index += 1
      }
    }
    return String(decoding: units, as: UTF8.self)
  }

  /// The character of an escape; passes it.
  private func unescaped(at index: inout Int, before end: Int) -> Character {
    guard index + 1 < end else {
      index = end
      return "\u{FFFD}"
    }
    let letter = bytes[index + 1]
    index += 2
    switch letter {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Character(Unicode.Scalar(letter))
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"): return unicode(at: &index, before: end)
    default: return "\u{FFFD}"
    }
  }

  /// The character of `0041`, or of the pair `D83D\uDE00`; passes what belongs to it.
  private func unicode(at index: inout Int, before end: Int) -> Character {
    guard let unit = hexadecimal(at: index, before: end) else { return "\u{FFFD}" }
    index += 4
    if let scalar = Unicode.Scalar(unit) { return Character(scalar) }
    guard unit < 0xDC00, index + 2 <= end, bytes[index] == UInt8(ascii: "\\"), bytes[index + 1] == UInt8(ascii: "u"),
      let low = hexadecimal(at: index + 2, before: end), (0xDC00...0xDFFF).contains(low),
      let scalar = Unicode.Scalar(0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00))
    else { return "\u{FFFD}" }
    index += 6
    return Character(scalar)
  }

  /// The bytes of an escape, or of the two of a surrogate pair; 0 for what is none, such as `\\x` or half a pair.
  @usableFromInline
  func escapeLength(at index: Int) -> Int {
    guard index + 1 < bytes.count else { return 0 }
    guard bytes[index + 1] == UInt8(ascii: "u") else {
      return "\"\\/bfnrt".utf8.contains(bytes[index + 1]) ? 2 : 0
    }
    guard let unit = hexadecimal(at: index + 2, before: bytes.count) else { return 0 }
    guard (0xD800...0xDFFF).contains(unit) else { return 6 }
    guard unit < 0xDC00, index + 12 <= bytes.count, bytes[index + 6] == UInt8(ascii: "\\"),
      bytes[index + 7] == UInt8(ascii: "u"), let low = hexadecimal(at: index + 8, before: bytes.count),
      (0xDC00...0xDFFF).contains(low)
    else { return 0 }
    return 12
  }

  private func hexadecimal(at start: Int, before end: Int) -> UInt32? {
    guard start + 4 <= end else { return nil }
    var value: UInt32 = 0
    for byte in bytes[start..<(start + 4)] {
      switch byte {
      case 48...57: value = value << 4 | UInt32(byte - 48)
      case 65...70, 97...102: value = value << 4 | UInt32((byte | 0x20) - 87)
      default: return nil
      }
    }
    return value
  }

  /// The line in which a byte stands, at most 100 bytes to either side.
  package func excerpt(around position: Int) -> String {
    let before = bytes[max(0, position - 100)..<position]
    let behind = bytes[position..<min(bytes.count, position + 100)]
    let start = before.lastIndex { $0 == 10 || $0 == 13 }.map { $0 + 1 } ?? before.startIndex
    let end = behind.firstIndex { $0 == 10 || $0 == 13 } ?? behind.endIndex
    return String(decoding: bytes[start..<end], as: UTF8.self)
  }

  /// A value in quotes, as errors show it, at most 60 bytes.
  /// - Parameter absence: what to say of a value that is missing.
  package func quoted(_ value: JSONValue, or absence: String = "nothing") -> String {
    guard value.kind != .missing else { return absence }
    let end = min(value.end, value.start + 60)
    return "\"\(String(decoding: bytes[value.start..<end], as: UTF8.self))\(end < value.end ? "…" : "")\""
  }

  /// The error for a text that could not be read.
  /// - Parameter place: where a byte stands.
  package func error(_ stop: JSONStop, place: (_ position: Int) -> Place) -> DataError {
    switch stop {
    case .syntax(let position, let expected):
      DataError(place(position), found: found(at: position), expected: "\(expected)")
    case .refused(let position, let found, let expected):
      DataError(place(position), found: found, expected: expected)
    case .enough: DataError(place(position), found: "too many bad rows", expected: "fewer")
    }
  }

  /// What stands at a byte where something else should, for an error.
  package func found(at position: Int) -> String {
    guard position < bytes.count else { return "the end of the document" }
    let byte = bytes[position]
    if byte == 10 || byte == 13 { return "the end of the line" }
    if byte < 32 { return "a control character (byte \(byte))" }
    if byte >= 0x80, utf8Length(bytes, at: position) == 0 { return foundNoUTF8 }
    let rest = bytes[position..<min(position + 20, bytes.count)].prefix { $0 >= 32 }
    return "\"\(String(decoding: rest, as: UTF8.self))\""
  }
}
