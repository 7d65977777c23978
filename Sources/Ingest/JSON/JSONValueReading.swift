// What the values of a JSON text say.

/// A value as a measurement.
enum JSONMeasurement {
  case measured(mantissa: Int64, scale: UInt8)
  /// `null`, or `NaN` as a word or a string: nothing was measured.
  case notMeasured
  case wrong
}

extension JSONScanner {
  /// The bytes of a value as they stand in the text; of a string, those between the quotes.
  @inline(__always)
  func span(_ value: JSONValue) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(rebasing: bytes[value.start..<value.end])
  }

  /// True for a string, or a key, that says just this. `text` must need no escapes.
  func equals(_ value: JSONValue, _ text: StaticString) -> Bool {
    guard value.kind == .string else { return false }
    if value.hasEscapes { return self.text(value) == "\(text)" }
    guard value.end - value.start == text.utf8CodeUnitCount else { return false }
    for index in 0..<text.utf8CodeUnitCount where bytes[value.start + index] != text.utf8Start[index] { return false }
    return true
  }

  /// A number, or a string that spells one, exactly.
  @inline(__always)
  func measurement(_ value: JSONValue) -> JSONMeasurement {
    if value.kind == .null { return .notMeasured }
    guard value.kind == .number || value.kind == .string else { return wordMeasurement(value) }
    if let decimal = sampleDecimal(span(value)) {
      return .measured(mantissa: decimal.mantissa, scale: decimal.scale)
    }
    return wordMeasurement(value)
  }

  private func wordMeasurement(_ value: JSONValue) -> JSONMeasurement {
    guard value.kind == .word || value.kind == .string else { return .wrong }
    return isNotANumber(span(value)) ? .notMeasured : .wrong
  }

  /// A string in any of the forms, or a count since 1970.
  @inline(__always)
  func timestamp(_ value: JSONValue) -> ParsedTimestamp? {
    value.kind == .number || value.kind == .string ? parseTimestamp(span(value)) : nil
  }

  /// The string that a value is, escapes resolved; of any other value, how it stands in the text. An escape that is
  /// none, a half of a surrogate pair, and bytes that are no UTF-8 become U+FFFD.
  func text(_ value: JSONValue) -> String {
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
}

/// True for `NaN` in any case.
func isNotANumber(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
  bytes.count == 3 && bytes[0] | 0x20 == UInt8(ascii: "n") && bytes[1] | 0x20 == UInt8(ascii: "a")
    && bytes[2] | 0x20 == UInt8(ascii: "n")
}
