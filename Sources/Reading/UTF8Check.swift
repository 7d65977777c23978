/// The bytes of the character that starts at an index, 0 where they are no UTF-8 (RFC 3629).
@usableFromInline
func utf8Length(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> Int {
  func follows(_ offset: Int, _ least: UInt8 = 0x80, _ most: UInt8 = 0xBF) -> Bool {
    index + offset < bytes.count && least <= bytes[index + offset] && bytes[index + offset] <= most
  }
  switch bytes[index] {
  case 0x00...0x7F: return 1
  case 0xC2...0xDF: return follows(1) ? 2 : 0
  // Neither longer than need be nor half of a surrogate pair.
  case 0xE0: return follows(1, 0xA0) && follows(2) ? 3 : 0
  case 0xED: return follows(1, 0x80, 0x9F) && follows(2) ? 3 : 0
  case 0xE1...0xEF: return follows(1) && follows(2) ? 3 : 0
  case 0xF0: return follows(1, 0x90) && follows(2) && follows(3) ? 4 : 0
  case 0xF1...0xF3: return follows(1) && follows(2) && follows(3) ? 4 : 0
  case 0xF4: return follows(1, 0x80, 0x8F) && follows(2) && follows(3) ? 4 : 0
  default: return 0
  }
}

/// Where bytes stop being UTF-8; nil where all of them are.
package func firstFault(inUTF8 bytes: UnsafeBufferPointer<UInt8>) -> Int? {
  var index = 0
  while index < bytes.count {
    if index &+ 8 <= bytes.count {
      let eight = UnsafeRawPointer(bytes.baseAddress! + index).loadUnaligned(as: UInt64.self)
      if eight & 0x8080_8080_8080_8080 == 0 {
        index &+= 8
        continue
      }
    }
    let length = utf8Length(bytes, at: index)
    if length == 0 { return index }
    index &+= length
  }
  return nil
}

/// What an error says of bytes that are no UTF-8.
package let foundNoUTF8 = "bytes that are no UTF-8"
package let expectedUTF8 = "UTF-8 text"
