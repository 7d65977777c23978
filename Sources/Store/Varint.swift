extension [UInt8] {
  /// Appends a number, 7 bits a byte, lowest first: 1 byte below 128, at most 10 bytes.
  mutating func appendVarint(_ number: UInt64) {
    var rest = number
    while rest >= 0x80 {
      append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    append(UInt8(truncatingIfNeeded: rest))
  }

  /// Appends a text behind its length in bytes.
  mutating func appendText(_ text: String) {
    appendVarint(UInt64(text.utf8.count))
    append(contentsOf: text.utf8)
  }

  /// Appends the distances of increasing moments as runs (distance, length).
  mutating func appendDistances<Moment: FixedWidthInteger>(of moments: [Moment]) {
    var index = 1
    while index < moments.count {
      let distance = moments[index] - moments[index - 1]
      var end = index + 1
      while end < moments.count, moments[end] - moments[end - 1] == distance { end += 1 }
      appendVarint(UInt64(distance))
      appendVarint(UInt64(end - index))
      index = end
    }
  }
}

/// Numbers near zero as small ones without a sign: 0, -1, 1, -2 as 0, 1, 2, 3.
enum ZigZag {
  @inline(__always)
  static func encoded(_ number: Int64) -> UInt64 { UInt64(bitPattern: (number &<< 1) ^ (number &>> 63)) }

  @inline(__always)
  static func decoded(_ code: UInt64) -> Int64 { Int64(bitPattern: (code &>> 1) ^ (0 &- (code & 1))) }
}

/// Reads numbers that ``Swift/Array/appendVarint(_:)`` wrote, and single bytes.
struct VarintReader {
  let bytes: UnsafeRawBufferPointer
  /// Of the next byte.
  var position = 0

  init(bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  var isAtEnd: Bool { position == bytes.count }

  /// The next byte; nil at the end.
  mutating func byte() -> UInt8? {
    guard position < bytes.count else { return nil }
    position += 1
    return bytes[position - 1]
  }

  /// The next number; nil at the end, within a number that is cut short, or for more than 64 bits.
  mutating func next() -> UInt64? {
    var number: UInt64 = 0
    var shift: UInt64 = 0
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      guard shift < 63 || byte <= 1 else { return nil }
      number |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return number }
      shift += 7
    }
    return nil
  }

  /// A number of things that take a byte each at least.
  mutating func count() -> Int? { next().flatMap { $0 <= bytes.count - position ? Int($0) : nil } }

  /// The bytes behind their length.
  mutating func part() -> UnsafeRawBufferPointer? {
    guard let length = count() else { return nil }
    defer { position += length }
    return UnsafeRawBufferPointer(rebasing: bytes[position..<(position + length)])
  }

  /// The text behind its length; nil where it is no UTF-8.
  mutating func text() -> String? { part().flatMap { String(validating: $0, as: UTF8.self) } }
}
