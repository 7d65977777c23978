/// The XXH64 of content that comes in parts, with seed 0: what `xxhsum -H64` prints.
///
/// It tells files apart; it does not keep anyone from making two that are alike. About 10 GB/s, four times as fast as
/// zlib's CRC-32.
/// Source: Y. Collet, "xxHash fast digest algorithm", specification 0.1.1.
package struct ContentChecksum: Sendable {
  private static let primes: (UInt64, UInt64, UInt64, UInt64, UInt64) = (
    0x9E37_79B1_85EB_CA87, 0xC2B2_AE3D_27D4_EB4F, 0x1656_67B1_9E37_79F9, 0x85EB_CA77_C2B2_AE63, 0x27D4_EB2F_1656_67C5
  )
  private static let stripe = 32

  private var lanes: (UInt64, UInt64, UInt64, UInt64) = (
    primes.0 &+ primes.1, primes.1, 0, 0 &- primes.0
  )
  /// The start of a stripe whose rest has not come yet.
  private var rest: [UInt8] = []
  package private(set) var count = 0

  package init() {}

  /// Adds the next part of the content.
  package mutating func add(_ part: UnsafeRawBufferPointer) {
    count += part.count
    var part = part
    if !rest.isEmpty {
      let missing = min(Self.stripe - rest.count, part.count)
      rest.append(contentsOf: part[..<missing])
      part = UnsafeRawBufferPointer(rebasing: part[missing...])
      guard rest.count == Self.stripe else { return }
      rest.withUnsafeBytes { lanes = Self.stripes($0, lanes) }
      rest.removeAll(keepingCapacity: true)
    }
    lanes = Self.stripes(part, lanes)
    rest.append(contentsOf: part[(part.count / Self.stripe * Self.stripe)...])
  }

  /// Of all that was added.
  package var value: UInt64 {
    let p = Self.primes
    var hash = p.4
    if count >= Self.stripe {
      hash = rotated(lanes.0, 1) &+ rotated(lanes.1, 7) &+ rotated(lanes.2, 12) &+ rotated(lanes.3, 18)
      for lane in [lanes.0, lanes.1, lanes.2, lanes.3] {
        hash = (hash ^ Self.round(0, lane)) &* p.0 &+ p.3
      }
    }
    hash = rest.withUnsafeBytes { Self.finish(hash &+ UInt64(count), $0) }
    hash = (hash ^ (hash >> 33)) &* p.1
    hash = (hash ^ (hash >> 29)) &* p.2
    return hash ^ (hash >> 32)
  }

  /// Takes in all whole stripes.
  private static func stripes(
    _ bytes: UnsafeRawBufferPointer, _ lanes: (UInt64, UInt64, UInt64, UInt64)
  ) -> (UInt64, UInt64, UInt64, UInt64) {
    var (a, b, c, d) = lanes
    var offset = 0
    while offset + stripe <= bytes.count {
      a = round(a, word(bytes, offset))
      b = round(b, word(bytes, offset + 8))
      c = round(c, word(bytes, offset + 16))
      d = round(d, word(bytes, offset + 24))
      offset += stripe
    }
    return (a, b, c, d)
  }

  /// Takes in what is less than a stripe.
  private static func finish(_ start: UInt64, _ bytes: UnsafeRawBufferPointer) -> UInt64 {
    var hash = start
    var offset = 0
    while offset + 8 <= bytes.count {
      hash = rotated(hash ^ round(0, word(bytes, offset)), 27) &* primes.0 &+ primes.3
      offset += 8
    }
    if offset + 4 <= bytes.count {
      let half = UInt64(UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self)))
      hash = rotated(hash ^ (half &* primes.0), 23) &* primes.1 &+ primes.2
      offset += 4
    }
    for byte in bytes[offset...] { hash = rotated(hash ^ (UInt64(byte) &* primes.4), 11) &* primes.0 }
    return hash
  }

  @inline(__always)
  private static func round(_ lane: UInt64, _ word: UInt64) -> UInt64 {
    rotated(lane &+ word &* primes.1, 31) &* primes.0
  }

  @inline(__always)
  private static func word(_ bytes: UnsafeRawBufferPointer, _ offset: Int) -> UInt64 {
    UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
  }
}

@inline(__always)
private func rotated(_ word: UInt64, _ bits: UInt64) -> UInt64 { word &<< bits | word &>> (64 &- bits) }
