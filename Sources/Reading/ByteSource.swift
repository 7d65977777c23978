import Model

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The content of an input as a stream; what starts with gzip's magic number comes inflated.
///
/// Not to be read from two threads at a time.
package final class ByteSource {
  /// The path as given, or `standard input`; what errors call it.
  package let name: String
  /// Bytes of the file as it is stored, of a gzip file the packed ones; nil when it cannot be known before the end.
  package let storedSize: Int?
  /// Stored bytes taken so far.
  package private(set) var storedOffset = 0

  /// Of the content given so far.
  package private(set) var checksum = ContentChecksum()
  /// The last byte of the content given so far; nil before there is one.
  package private(set) var lastByte: UInt8?

  // Negative for bytes in memory.
  private let descriptor: Int32
  private let ownsDescriptor: Bool
  private var inflation: GzipInflation?
  // The first bytes, read ahead to see whether the file is gzip; all of them where they are in memory.
  private var ahead: ArraySlice<UInt8> = []

  private init(name: String, descriptor: Int32, ownsDescriptor: Bool) throws(DataError) {
    self.name = name
    self.descriptor = descriptor
    self.ownsDescriptor = ownsDescriptor
    var facts = stat()
    let isFile = fstat(descriptor, &facts) == 0 && facts.st_mode & S_IFMT == S_IFREG
    storedSize = isFile ? Int(facts.st_size) : nil
    var start: (UInt8, UInt8) = (0, 0)
    let count = try withUnsafeMutableBytes(of: &start) { bytes throws(DataError) in try readStored(bytes) }
    ahead = [start.0, start.1].prefix(count)
    if ahead.starts(with: gzipMagic) { inflation = GzipInflation() }
  }

  /// Wraps bytes that are in memory, as a file would hold them.
  package init(name: String, bytes: [UInt8]) {
    self.name = name
    descriptor = -1
    ownsDescriptor = false
    storedSize = bytes.count
    storedOffset = bytes.count
    ahead = bytes[...]
    if bytes.starts(with: gzipMagic) { inflation = GzipInflation() }
  }

  deinit { if ownsDescriptor { close(descriptor) } }

  /// Opens a file, or standard input for `-`.
  ///
  /// - Throws: ``DataError``, kind `missingInput` when there is no such file and `inputOutput` when it cannot be read.
  package static func open(path: String) throws(DataError) -> ByteSource {
    if path == "-" { return try ByteSource(name: "standard input", descriptor: 0, ownsDescriptor: false) }
    let descriptor = openFile(path)
    guard descriptor >= 0 else {
      guard errno == ENOENT || errno == ENOTDIR else { throw unreadable(path) }
      throw DataError(Place(file: path), found: "no such file", expected: "a file to read", kind: .missingInput)
    }
    return try ByteSource(name: path, descriptor: descriptor, ownsDescriptor: true)
  }

  /// Fills a buffer; fewer bytes come only at the end.
  ///
  /// - Throws: ``DataError``, kind `inputOutput` when reading fails, `badData` for gzip that is cut short or damaged.
  package func read(into buffer: UnsafeMutableRawBufferPointer) throws(DataError) -> Int {
    var filled = 0
    while filled < buffer.count {
      let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[filled...])
      let count: Int
      if let inflation {
        count = try inflation.read(into: rest, file: name) { packed throws(DataError) in try self.readAhead(packed) }
      } else {
        count = try readAhead(rest)
      }
      if count == 0 { break }
      filled += count
    }
    checksum.add(UnsafeRawBufferPointer(rebasing: buffer[..<filled]))
    if filled > 0 { lastByte = buffer[filled - 1] }
    return filled
  }

  /// The same into an array, from an index on and up to another.
  package func read(into bytes: inout [UInt8], from start: Int, to end: Int) throws(DataError) -> Int {
    // The standard library's closures for arrays do not pass typed errors on.
    try bytes.withUnsafeMutableBytes { room -> Result<Int, DataError> in
      do throws(DataError) {
        return .success(try read(into: UnsafeMutableRawBufferPointer(rebasing: room[start..<end])))
      } catch { return .failure(error) }
    }.get()
  }

  private func readAhead(_ buffer: UnsafeMutableRawBufferPointer) throws(DataError) -> Int {
    guard !ahead.isEmpty else { return try readStored(buffer) }
    let count = min(ahead.count, buffer.count)
    buffer.copyBytes(from: ahead.prefix(count))
    ahead.removeFirst(count)
    return count
  }

  /// Fills a buffer with bytes as they are stored.
  private func readStored(_ buffer: UnsafeMutableRawBufferPointer) throws(DataError) -> Int {
    guard descriptor >= 0 else { return 0 }
    var filled = 0
    while filled < buffer.count {
      let count = readFile(descriptor, buffer.baseAddress! + filled, buffer.count - filled)
      guard count >= 0 else {
        if errno == EINTR { continue }
        throw unreadable(name)
      }
      if count == 0 { break }
      filled += count
    }
    storedOffset += filled
    return filled
  }
}

private func unreadable(_ name: String) -> DataError {
  DataError(
    Place(file: name), found: "\"\(String(cString: strerror(errno)))\" on reading", expected: "a readable file",
    kind: .inputOutput)
}

// The system's functions, out of reach of methods with their names.
private func openFile(_ path: String) -> Int32 { open(path, O_RDONLY | O_CLOEXEC) }
private func readFile(_ descriptor: Int32, _ bytes: UnsafeMutableRawPointer, _ count: Int) -> Int {
  read(descriptor, bytes, count)
}
