import Model

/// How a file starts.
package struct FileStart: Sendable {
  /// What errors call the file.
  package let file: String
  /// The first bytes of the content, inflated and without a byte order mark: all of a short file, else at least 64 KiB.
  package let bytes: [UInt8]

  package init(file: String, bytes: [UInt8]) {
    self.file = file
    self.bytes = bytes
  }
}

extension FileStart {
  /// The first byte that is no white space; nil in an empty file.
  private var firstByte: UInt8? { bytes.first { $0 != 32 && !(9...13).contains($0) } }

  /// True for what may be a JSON object.
  package var startsObject: Bool { firstByte == UInt8(ascii: "{") }
  /// True for what may be a JSON array.
  package var startsArray: Bool { firstByte == UInt8(ascii: "[") }

  /// True when a key of this name is in the first 64 KiB, at any depth.
  package func hasKey(_ name: StaticString) -> Bool {
    let count = name.utf8CodeUnitCount
    let name = UnsafeBufferPointer(start: name.utf8Start, count: count)
    return bytes.withUnsafeBufferPointer { all in
      let bytes = UnsafeBufferPointer(rebasing: all.prefix(1 << 16))
      // The two quotes and the colon behind the second belong to a key.
      for index in bytes.indices.dropLast(count + 2) where bytes[index] == UInt8(ascii: "\"") {
        guard bytes[index + count + 1] == UInt8(ascii: "\"") else { continue }
        guard bytes[(index + 1)...(index + count)].elementsEqual(name) else { continue }
        let behind = bytes[(index + count + 2)...].first { $0 != 32 && !(9...13).contains($0) }
        if behind == UInt8(ascii: ":") { return true }
      }
      return false
    }
  }
}

/// Content without the UTF-8 byte order mark that it may start with.
/// - Throws: ``DataError`` for the mark of UTF-16.
package func withoutByteOrderMark(_ bytes: [UInt8], file: String) throws(DataError) -> [UInt8] {
  if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
    throw DataError(Place(file: file), found: "UTF-16 text", expected: "UTF-8 text (`iconv -f UTF-16 -t UTF-8`)")
  }
  return bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes[3...]) : bytes
}
