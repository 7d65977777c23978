/// Why the reading of a JSON text stopped before its end.
package enum JSONStop: Error {
  /// The text is no JSON at a byte, or not the JSON that makes sense of it.
  case syntax(at: Int, expected: StaticString)
  /// It is JSON, but cannot be used as a whole.
  case refused(at: Int, found: String, expected: String)
  /// There were more bad rows than may be.
  case enough
}

/// A value of a JSON text (RFC 8259), as a range of its bytes.
package struct JSONValue {
  package enum Kind { case missing, string, number, null, word, container }

  /// A value that is not there.
  package static let missing = JSONValue(kind: .missing, start: 0, end: 0)

  package var kind: Kind
  /// Of a string, the content between the quotes.
  package var start: Int
  package var end: Int
  /// True for a string that needs decoding.
  package var hasEscapes: Bool

  @inlinable
  package init(kind: Kind, start: Int, end: Int, hasEscapes: Bool = false) {
    self.kind = kind
    self.start = start
    self.end = end
    self.hasEscapes = hasEscapes
  }
}

/// Goes through a JSON text from front to back, without making anything of what nobody asks for.
///
/// Numbers and strings are handed out as ranges of bytes. Beside JSON's own words it takes `NaN`, `Infinity` and
/// `-Infinity`, which Python writes. Containers may be ``deepest`` deep.
package struct JSONScanner {
  /// So that no text can exhaust the stack.
  package static let deepest = 64

  package let bytes: UnsafeBufferPointer<UInt8>
  /// The next byte to be read.
  @usableFromInline package internal(set) var position: Int
  @usableFromInline var depth = 0
  /// True directly behind the opening bracket of a container.
  @usableFromInline var isFirst = false

  package init(_ bytes: UnsafeBufferPointer<UInt8>, from position: Int = 0) {
    self.bytes = bytes
    self.position = position
  }

  /// The same, at the start of other bytes, which are what was not yet read and more.
  func moved(to bytes: UnsafeBufferPointer<UInt8>) -> JSONScanner {
    var moved = JSONScanner(bytes)
    moved.depth = depth
    moved.isFirst = isFirst
    return moved
  }

  /// The next byte that is no white space, which is not passed; 0 at the end.
  @inline(__always)
  @inlinable
  package mutating func next() -> UInt8 {
    while position < bytes.count {
      let byte = bytes[position]
      if byte > 32 { return byte }
      guard byte == 32 || byte == 10 || byte == 13 || byte == 9 else { return byte }
      position &+= 1
    }
    return 0
  }

  /// The stop for a text that is wrong at the next byte.
  @inlinable
  package func wrong(_ expected: StaticString) -> JSONStop { .syntax(at: position, expected: expected) }

  /// Passes `{`; ``nextKey()`` follows.
  @inlinable
  package mutating func enterObject() throws(JSONStop) { try enter(UInt8(ascii: "{"), "an object") }

  /// Passes `[`; ``nextElement()`` follows.
  @inlinable
  package mutating func enterArray() throws(JSONStop) { try enter(UInt8(ascii: "["), "an array") }

  @inlinable
  mutating func enter(_ bracket: UInt8, _ expected: StaticString) throws(JSONStop) {
    guard next() == bracket else { throw wrong(expected) }
    guard depth < Self.deepest else { throw wrong("at most 64 levels of arrays and objects") }
    position &+= 1
    depth &+= 1
    isFirst = true
  }

  /// Passes the next key of an object and its colon; the value must be read next. nil behind the last.
  @inlinable
  package mutating func nextKey() throws(JSONStop) -> JSONValue? {
    guard try isMore(before: UInt8(ascii: "}"), "a comma or a closing brace") else { return nil }
    guard next() == UInt8(ascii: "\"") else { throw wrong("a key in double quotes") }
    let key = try string()
    guard next() == UInt8(ascii: ":") else { throw wrong("a colon") }
    position &+= 1
    return key
  }

  /// True before another element of an array, which must be read next; false behind the last.
  @inline(__always)
  @inlinable
  package mutating func nextElement() throws(JSONStop) -> Bool {
    try isMore(before: UInt8(ascii: "]"), "a comma or a closing bracket")
  }

  @inline(__always)
  @inlinable
  mutating func isMore(before bracket: UInt8, _ expected: StaticString) throws(JSONStop) -> Bool {
    let byte = next()
    if byte == UInt8(ascii: ","), !isFirst {
      position &+= 1
      return true
    }
    if byte == bracket {
      position &+= 1
      depth &-= 1
      isFirst = false
      return false
    }
    guard isFirst else { throw wrong(expected) }
    isFirst = false
    return true
  }

  /// Passes a value of any kind.
  @inlinable
  package mutating func value() throws(JSONStop) -> JSONValue {
    let byte = next()
    switch byte {
    case UInt8(ascii: "\""): return try string()
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"): return try number()
    case UInt8(ascii: "{"), UInt8(ascii: "["): return try container(byte)
    default: return try word()
    }
  }

  @usableFromInline
  mutating func container(_ bracket: UInt8) throws(JSONStop) -> JSONValue {
    let start = position
    if bracket == UInt8(ascii: "{") {
      try enterObject()
      while try nextKey() != nil { _ = try value() }
    } else {
      try enterArray()
      while try nextElement() { _ = try value() }
    }
    return JSONValue(kind: .container, start: start, end: position)
  }

  /// Passes a string, from its opening quote on.
  @inlinable
  mutating func string() throws(JSONStop) -> JSONValue {
    let start = position &+ 1
    var index = start
    var hasEscapes = false
    while index < bytes.count {
      let byte = bytes[index]
      if byte == UInt8(ascii: "\"") {
        position = index &+ 1
        return JSONValue(kind: .string, start: start, end: index, hasEscapes: hasEscapes)
      }
      if byte == UInt8(ascii: "\\") {
        hasEscapes = true
        let length = escapeLength(at: index)
        guard length > 0 else {
          position = index
          throw wrong("an escape of JSON")
        }
        index &+= length
        continue
      } else if byte >= 0x80 {
        let length = utf8Length(bytes, at: index)
        guard length > 0 else {
          position = index
          throw wrong("UTF-8 text")
        }
        index &+= length
        continue
      } else if byte < 32 {
        position = index
        throw wrong("a closing quote on the same line")
      }
      index &+= 1
    }
    position = bytes.count
    throw wrong("a closing quote")
  }

  @inlinable
  mutating func number() throws(JSONStop) -> JSONValue {
    let start = position
    if bytes[position] == UInt8(ascii: "-") {
      position &+= 1
      if position < bytes.count, bytes[position] == UInt8(ascii: "I") {
        var infinity = try word()
        infinity.start = start
        return infinity
      }
    }
    let firstDigit = position
    try passDigits()
    if bytes[firstDigit] == 48, position > firstDigit &+ 1 {
      position = firstDigit
      throw wrong("a number without leading zeros")
    }
    if position < bytes.count, bytes[position] == UInt8(ascii: ".") {
      position &+= 1
      try passDigits()
    }
    if position < bytes.count, bytes[position] | 0x20 == UInt8(ascii: "e") {
      position &+= 1
      if position < bytes.count, bytes[position] == UInt8(ascii: "-") || bytes[position] == UInt8(ascii: "+") {
        position &+= 1
      }
      try passDigits()
    }
    return JSONValue(kind: .number, start: start, end: position)
  }

  @inline(__always)
  @inlinable
  mutating func passDigits() throws(JSONStop) {
    let start = position
    while position < bytes.count, bytes[position] &- 48 <= 9 { position &+= 1 }
    guard position > start else { throw wrong("a digit") }
  }

  @usableFromInline
  mutating func word() throws(JSONStop) -> JSONValue {
    for word in ["null", "true", "false", "NaN", "Infinity"] as [StaticString] where isNext(word) {
      let start = position
      position &+= word.utf8CodeUnitCount
      return JSONValue(kind: start &+ 4 == position && bytes[start] == 110 ? .null : .word, start: start, end: position)
    }
    throw wrong("a value")
  }

  private func isNext(_ word: StaticString) -> Bool {
    let count = word.utf8CodeUnitCount
    guard bytes.count - position >= count else { return false }
    for index in 0..<count where bytes[position + index] != word.utf8Start[index] { return false }
    return true
  }

  /// Expects nothing but white space.
  package mutating func expectEnd() throws(JSONStop) {
    _ = next()
    guard position == bytes.count else { throw wrong("the end of the document") }
  }
}
