/// Numbers the distinct texts that rows begin a series with, by their raw bytes.
///
/// Files repeat keys in runs (a resource at a time) or in rounds (an instant at a time): the key that followed the last one
/// the time before is compared first, and the hash table is asked only when that is wrong.
struct KeyTable {
  // Texts one behind the other, each with 8 bytes behind it, so that a word can be read from any byte of it.
  private var texts: [UInt8] = [UInt8](repeating: 0, count: 8)
  private var offsets: [Int] = []
  private var lengths: [Int] = []
  private var successors: [Int] = []
  private var hashes: [UInt64] = []
  // Open addressing: key numbers, -1 where free; a power of two, at most half full.
  private var table = [Int32](repeating: -1, count: 64)
  private var current = -1

  var count: Int { offsets.count }

  /// The length of the text that is expected next, and whether it stands at an address: its number, or -1.
  ///
  /// - Precondition: at least 8 bytes may be read behind the text.
  @inline(__always)
  func predicted(at text: UnsafePointer<UInt8>, length: inout Int) -> Int {
    guard current >= 0 else { return -1 }
    let next = successors[current]
    guard next >= 0 else { return -1 }
    length = lengths[next]
    let offset = offsets[next]
    return texts.withUnsafeBufferPointer { bytesAreEqual(text, $0.baseAddress! + offset, length) } ? next : -1
  }

  /// Says which key the current row has.
  @inline(__always)
  mutating func follow(_ number: Int) { current = number }

  /// The number of a text, -1 when it is new; remembers what followed what.
  mutating func find(_ text: UnsafePointer<UInt8>, length: Int) -> Int {
    let hash = hashed(text, length)
    var slot = Int(truncatingIfNeeded: hash) & (table.count - 1)
    while true {
      let number = Int(table[slot])
      if number < 0 { return -1 }
      if hashes[number] == hash, lengths[number] == length, equals(number, text) {
        if current >= 0 { successors[current] = number }
        current = number
        return number
      }
      slot = (slot + 1) & (table.count - 1)
    }
  }

  /// Gives a new text the next number.
  mutating func insert(_ text: UnsafePointer<UInt8>, length: Int) -> Int {
    if 2 * (count + 1) > table.count { grow() }
    let number = count
    let hash = hashed(text, length)
    offsets.append(texts.count - 8)
    lengths.append(length)
    hashes.append(hash)
    successors.append(-1)
    texts.removeLast(8)
    texts.append(contentsOf: UnsafeBufferPointer(start: text, count: length))
    texts.append(contentsOf: repeatElement(0, count: 8))
    place(number, hash)
    if current >= 0 { successors[current] = number }
    current = number
    return number
  }

  private func equals(_ number: Int, _ text: UnsafePointer<UInt8>) -> Bool {
    texts.withUnsafeBufferPointer { bytesAreEqual(text, $0.baseAddress! + offsets[number], lengths[number]) }
  }

  private mutating func place(_ number: Int, _ hash: UInt64) {
    var slot = Int(truncatingIfNeeded: hash) & (table.count - 1)
    while table[slot] >= 0 { slot = (slot + 1) & (table.count - 1) }
    table[slot] = Int32(number)
  }

  private mutating func grow() {
    table = [Int32](repeating: -1, count: table.count * 2)
    for number in 0..<count { place(number, hashes[number]) }
  }
}

/// True when two texts are equal; reads whole words, so up to 7 bytes behind their ends.
@inline(__always)
func bytesAreEqual(_ a: UnsafePointer<UInt8>, _ b: UnsafePointer<UInt8>, _ count: Int) -> Bool {
  let (a, b) = (UnsafeRawPointer(a), UnsafeRawPointer(b))
  var index = 0
  while index + 8 <= count {
    if a.loadUnaligned(fromByteOffset: index, as: UInt64.self)
      != b.loadUnaligned(fromByteOffset: index, as: UInt64.self)
    {
      return false
    }
    index += 8
  }
  guard index < count else { return true }
  let difference =
    a.loadUnaligned(fromByteOffset: index, as: UInt64.self) ^ b.loadUnaligned(fromByteOffset: index, as: UInt64.self)
  // Little-endian: the bytes that count are the lowest.
  return difference << UInt64(8 * (8 - (count - index))) == 0
}

/// A hash of a text by 64 x 64 bit products; reads up to 7 bytes behind its end.
private func hashed(_ text: UnsafePointer<UInt8>, _ count: Int) -> UInt64 {
  let bytes = UnsafeRawPointer(text)
  var hash = UInt64(count) &* 0x9E37_79B9_7F4A_7C15
  var index = 0
  while index < count {
    var word = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self))
    if count - index < 8 { word &= (1 << UInt64(8 * (count - index))) - 1 }
    let product = (hash ^ word).multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93)
    hash = product.low ^ product.high
    index += 8
  }
  return hash ^ (hash >> 32)
}
