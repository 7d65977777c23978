/// The checksum of what a row keeps: FNV-1a, 64 bits, enough to tell a damaged row, or one in another's place.
///
/// Source: G. Fowler, L. C. Noll, K.-P. Vo, D. Eastlake, "The FNV Non-Cryptographic Hash Algorithm", draft-eastlake-fnv.
struct RowChecksum {
  private(set) var value: UInt64 = 0xCBF2_9CE4_8422_2325

  @inline(__always)
  mutating func add(_ bytes: some Sequence<UInt8>) {
    for byte in bytes { value = (value ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
  }
}

/// The checksum behind the bytes of a day chunk, of the whole row: its key, its number of samples, its bytes.
///
/// In words of 64 bits, so that a scan of all samples hardly notices it. Each step is a bijection of the value before it
/// and of its word (exclusive or, multiplication by an odd number, shift and exclusive or), so that a change within one word
/// always changes the result; one of several words does but for one case in 2^64.
struct ChunkChecksum {
  private(set) var value: UInt64 = 0x9E37_79B9_7F4A_7C15

  /// The bytes of a checksum behind those of a chunk.
  static let length = 8

  /// - Parameter bytes: of the chunk alone.
  init(_ bytes: UnsafeRawBufferPointer, key: Int64, samples: Int64) {
    add(UInt64(bitPattern: key))
    add(UInt64(bitPattern: samples))
    add(UInt64(bytes.count))
    let whole = bytes.count & ~7
    var offset = 0
    while offset < whole {
      add(UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)))
      offset += 8
    }
    var last: UInt64 = 0
    for byte in bytes[whole...].reversed() { last = last << 8 | UInt64(byte) }
    add(last)
  }

  @inline(__always)
  private mutating func add(_ word: UInt64) {
    value = (value ^ word) &* 0xD6E8_FEB8_6659_FD93
    value ^= value >> 32
  }

  /// The chunk within the bytes of a row; nil where the checksum behind it is not the row's.
  static func chunk(in stored: UnsafeRawBufferPointer, key: Int64, samples: Int64) -> UnsafeRawBufferPointer? {
    guard stored.count > length else { return nil }
    let bytes = UnsafeRawBufferPointer(rebasing: stored.dropLast(length))
    let checksum = UInt64(littleEndian: stored.loadUnaligned(fromByteOffset: bytes.count, as: UInt64.self))
    return checksum == ChunkChecksum(bytes, key: key, samples: samples).value ? bytes : nil
  }
}

extension [UInt8] {
  /// Appends the checksum of the row that the bytes so far are the chunk of.
  mutating func appendChunkChecksum(key: Int64, samples: Int64) {
    let checksum = withUnsafeBytes { ChunkChecksum($0, key: key, samples: samples).value }
    Swift.withUnsafeBytes(of: checksum.littleEndian) { append(contentsOf: $0) }
  }
}
