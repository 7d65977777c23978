/// Numbers of a fixed width in bits, one after another, the lowest bit of the first byte first.
extension [UInt8] {
  /// Appends numbers with `width` bits each, filled up with zero bits to whole bytes.
  /// - Precondition: `width` is 0...64 and every number below 2^width.
  mutating func appendPacked(_ numbers: ArraySlice<UInt64>, width: Int) {
    guard width > 0 else { return }
    let start = count
    append(contentsOf: repeatElement(0, count: (numbers.count * width + 7) / 8))
    withUnsafeMutableBytes { bytes in
      var offset = start
      var word: UInt64 = 0
      var filled = 0
      for number in numbers {
        word |= number &<< UInt64(filled)
        filled += width
        guard filled >= 64 else { continue }
        bytes.storeBytes(of: word.littleEndian, toByteOffset: offset, as: UInt64.self)
        offset += 8
        filled -= 64
        word = filled == 0 ? 0 : number &>> UInt64(width - filled)
      }
      while filled > 0 {
        bytes[offset] = UInt8(truncatingIfNeeded: word)
        word >>= 8
        offset += 1
        filled -= 8
      }
    }
  }
}

/// Bytes of numbers of a fixed width, ready to be unpacked. Reading never leaves the bytes.
struct PackedNumbers {
  private let bytes: UnsafeRawBufferPointer
  private let start: Int
  private let width: Int
  private let mask: UInt64

  /// The byte after `count` numbers of `width` bits from byte `start` on.
  static func end(start: Int, count: Int, width: Int) -> Int { start + (count * width + 7) / 8 }

  /// - Precondition: `start` is not negative and `width` is 0...64.
  /// - Returns: nil when the bytes end before the numbers do.
  init?(_ bytes: UnsafeRawBufferPointer, start: Int, count: Int, width: Int) {
    guard Self.end(start: start, count: count, width: width) <= bytes.count else { return nil }
    self.bytes = bytes
    self.start = start
    self.width = width
    mask = width == 0 ? 0 : .max &>> UInt64(64 - width)
  }

  /// Gives each number with its index, of `count` from the first on: by words of 64 bits as long as a whole one is left.
  @inline(__always)
  func forEach(count: Int, _ body: (Int, UInt64) -> Void) {
    var index = 0
    // A number of up to 57 bits lies within the 8 bytes from its first one on, whichever bit it starts at.
    if width <= 57 {
      let room = (bytes.count - start - 8) * 8 + 7
      let quick = width == 0 || room < 0 ? 0 : min(count, room / width + 1)
      var bit = 0
      while index < quick {
        let word = bytes.loadUnaligned(fromByteOffset: start &+ (bit &>> 3), as: UInt64.self)
        body(index, (UInt64(littleEndian: word) &>> UInt64(bit & 7)) & mask)
        bit &+= width
        index &+= 1
      }
    }
    while index < count {
      body(index, number(at: index))
      index += 1
    }
  }

  /// One number, byte by byte.
  private func number(at index: Int) -> UInt64 {
    let bit = index * width
    var number: UInt64 = 0
    var filled = 0
    var position = start + bit / 8
    while filled < bit % 8 + width {
      let byte = UInt64(bytes[position])
      let shift = filled - bit % 8
      number |= shift < 0 ? byte >> UInt64(-shift) : byte << UInt64(shift)
      filled += 8
      position += 1
    }
    return number & mask
  }
}
