import Model

/// The keys of an object so far: written twice, nobody could say which of the two values is meant.
package struct SeenKeys {
  // Most objects have few keys, which need no memory of their own here.
  private static let few = 8
  private var hashes = SIMD8<UInt64>()
  private var starts = SIMD8<Int>()
  private var count = 0
  private var others: Set<[UInt8]> = []

  package init() {}

  /// Takes a key of the text of a scanner; false for one that was there.
  fileprivate mutating func insert(_ key: JSONValue, of scanner: JSONScanner) -> Bool {
    let span = scanner.span(key)
    guard !key.hasEscapes, count < Self.few else { return insertOther(key, of: scanner) }
    let hash = Self.hash(span)
    for index in 0..<count where hashes[index] == hash && scanner.hasKey(span, at: starts[index]) { return false }
    if !others.isEmpty, others.contains(Array(span)) { return false }
    hashes[count] = hash
    starts[count] = key.start
    count &+= 1
    return true
  }

  private mutating func insertOther(_ key: JSONValue, of scanner: JSONScanner) -> Bool {
    let text = Array(scanner.text(key).utf8)
    let isKnown = text.withUnsafeBufferPointer { text in
      (0..<count).contains { scanner.hasKey(text, at: starts[$0]) }
    }
    return !isKnown && others.insert(text).inserted
  }

  /// FNV-1a; equal keys are compared byte by byte.
  private static func hash(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    return hash
  }
}

extension JSONScanner {
  /// Passes the next key of an object and its colon, as ``nextKey()``.
  /// - Throws: ``JSONStop`` also for a key that the object had before.
  package mutating func nextKey(once keys: inout SeenKeys) throws(JSONStop) -> JSONValue? {
    guard let key = try nextKey() else { return nil }
    guard keys.insert(key, of: self) else {
      throw .refused(at: key.start, found: "key \"\(text(key))\" twice", expected: "each key once")
    }
    return key
  }

  /// Refuses an object, already passed, that has a key twice; anything else is passed over.
  package func checkKeys(of value: JSONValue) throws(JSONStop) {
    guard value.kind == .container, bytes[value.start] == UInt8(ascii: "{") else { return }
    var object = JSONScanner(bytes, from: value.start)
    var keys = SeenKeys()
    try object.enterObject()
    while try object.nextKey(once: &keys) != nil { _ = try object.value() }
  }

  /// True where a key without escapes stands that has these bytes.
  fileprivate func hasKey(_ key: UnsafeBufferPointer<UInt8>, at start: Int) -> Bool {
    let end = start + key.count
    return end < bytes.count && bytes[end] == UInt8(ascii: "\"") && bytes[start..<end].elementsEqual(key)
  }
}

/// The keys so far of an object that has a million of them, such as the products of a price list by their numbers.
///
/// Keys of at most 16 bytes, as such numbers are, take no memory of their own.
package struct ManySeenKeys {
  private struct Short: Hashable {
    var low: UInt64 = 0
    var high: UInt64 = 0
  }

  private var short: Set<Short> = []
  private var others: Set<String> = []

  package init() {}

  /// Takes a key; false for one that was there.
  mutating func insert(_ key: String) -> Bool {
    var key = key
    let packed: Short? = key.withUTF8 { bytes in
      // A zero byte would be one of those that fill up.
      guard bytes.count <= 16, !bytes.contains(0) else { return nil }
      var packed = Short()
      withUnsafeMutableBytes(of: &packed) { $0.copyBytes(from: bytes) }
      return packed
    }
    return packed.map { short.insert($0).inserted } ?? others.insert(key).inserted
  }
}

extension JSONStream {
  /// The next key of an object, as ``nextKey()``.
  /// - Throws: ``DataError`` also for a key that the object had before.
  package func nextKey(once keys: inout Set<String>) throws(DataError) -> String? {
    guard let key = try nextKey() else { return nil }
    guard keys.insert(key).inserted else { throw twice(key) }
    return key
  }

  /// The same of an object with very many keys.
  package func nextKey(once keys: inout ManySeenKeys) throws(DataError) -> String? {
    guard let key = try nextKey() else { return nil }
    guard keys.insert(key) else { throw twice(key) }
    return key
  }

  private func twice(_ key: String) -> DataError {
    DataError(place, found: "key \"\(key)\" twice", expected: "each key once")
  }
}
