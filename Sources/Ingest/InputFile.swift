import CZlib
import Model

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

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

  /// The CRC-32 of the content, as zlib computes it: the same for a file and its gzip. Reads all of the content.
  package var crc32: UInt32 {
    bytes.withUnsafeBufferPointer { UInt32(truncatingIfNeeded: crc32_z(0, $0.baseAddress, $0.count)) }
  }

  /// Reads a file, or standard input for `-`, and inflates it if it starts with gzip's magic number.
  ///
  /// - Throws: ``DataError``, kind `missingInput` when there is no such file, `inputOutput` when it cannot be read, and
  ///   `badData` for gzip that is cut short or damaged.
  package static func read(path: String) throws(DataError) -> InputFile {
    let name = path == "-" ? "standard input" : path
    let raw = path == "-" ? try contents(of: 0, name: name) : try contents(path: path)
    return InputFile(name: name, bytes: isGzip(raw) ? try inflatedGzip(raw, file: name) : raw)
  }

  private static func contents(path: String) throws(DataError) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      guard errno == ENOENT || errno == ENOTDIR else { throw unreadable(path) }
      throw DataError(Place(file: path), found: "no such file", expected: "a file to read", kind: .missingInput)
    }
    defer { close(descriptor) }
    return try contents(of: descriptor, name: path)
  }

  private static func contents(of descriptor: Int32, name: String) throws(DataError) -> [UInt8] {
    var facts = stat()
    let size = fstat(descriptor, &facts) == 0 ? Int(facts.st_size) : 0
    // One byte more than the size, so that the end is seen without growing.
    var bytes = [UInt8](repeating: 0, count: max(size + 1, 1 << 16))
    var used = 0
    while true {
      if used == bytes.count { bytes += [UInt8](repeating: 0, count: used) }
      let count = bytes.withUnsafeMutableBytes { readBytes(descriptor, $0, from: used) }
      guard count >= 0 else {
        if errno == EINTR { continue }
        throw unreadable(name)
      }
      if count == 0 { break }
      used += count
    }
    bytes.removeLast(bytes.count - used)
    return bytes
  }

  private static func unreadable(_ name: String) -> DataError {
    DataError(
      Place(file: name), found: "\"\(String(cString: strerror(errno)))\" on reading", expected: "a readable file",
      kind: .inputOutput)
  }
}

/// The system's `read`, out of reach of ``InputFile/read(path:)`` by name.
private func readBytes(_ descriptor: Int32, _ bytes: UnsafeMutableRawBufferPointer, from start: Int) -> Int {
  read(descriptor, bytes.baseAddress! + start, bytes.count - start)
}
