import Model

/// The bytes of an input, inflated if they came as gzip, under the name errors call it by.
package struct InputFile: Hashable, Sendable {
  /// The path as given, or `standard input`.
  package let name: String
  /// The content; of a gzip file, what it holds.
  package let bytes: [UInt8]

  /// Wraps bytes that are already in memory; they are not inflated.
  package init(name: String, bytes: [UInt8]) {
    self.name = name
    self.bytes = bytes
  }

  /// The XXH64 of the content: the same for a file and its gzip. Reads all of the content.
  package var checksum: UInt64 {
    var checksum = ContentChecksum()
    bytes.withUnsafeBytes { checksum.add($0) }
    return checksum.value
  }

  /// The most bytes of a file that people write by hand, such as a fleet file: 16 MiB, some 100,000 services.
  package static let mostOfDocument = 16 << 20

  /// The content as text.
  /// - Throws: ``DataError`` naming the first line that is no UTF-8.
  package func text() throws(DataError) -> String {
    let fault = bytes.withUnsafeBufferPointer { firstFault(inUTF8: $0) }
    guard let fault else { return String(decoding: bytes, as: UTF8.self) }
    _ = try withoutByteOrderMark(bytes, file: name)
    throw DataError(
      Place(file: name, line: 1 + bytes[..<fault].count { $0 == 10 }), found: foundNoUTF8, expected: expectedUTF8)
  }

  /// Reads a file, or standard input for `-`, whole; inflated if it starts with gzip's magic number.
  ///
  /// - Parameter most: bytes of the content that are read at most, for it is held in memory as a whole.
  /// - Throws: ``DataError``, kind `missingInput` when there is no such file, `inputOutput` when it cannot be read, and
  ///   `badData` for gzip that is cut short or damaged, and for a longer file.
  package static func read(path: String, most: Int = mostOfDocument) throws(DataError) -> InputFile {
    let source = try ByteSource.open(path: path)
    return InputFile(name: source.name, bytes: try source.readAll(most: most))
  }
}
