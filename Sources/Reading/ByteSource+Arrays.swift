import Model

extension ByteSource {
  /// Takes the first 256 KiB of the content, or all of a shorter one, without a byte order mark; of a table more, up to
  /// the end of its header.
  /// - Throws: ``DataError`` for UTF-16, a header of more than ``DelimitedStream/longestRow`` bytes, and what reading
  ///   throws.
  package func takeStart() throws(DataError) -> FileStart {
    var bytes = [UInt8](repeating: 0, count: 256 << 10)
    var count = try read(into: &bytes, from: 0, to: bytes.count)
    while count == bytes.count, endsInFirstRow(bytes) {
      guard count < DelimitedStream.longestRow else {
        throw DataError(
          Place(file: name, line: 1), found: "a first row of more than \(count) bytes", expected: "a shorter one")
      }
      bytes += [UInt8](repeating: 0, count: count)
      count += try read(into: &bytes, from: count, to: bytes.count)
    }
    bytes.removeLast(bytes.count - count)
    return FileStart(file: name, bytes: try withoutByteOrderMark(bytes, file: name))
  }

  /// Everything that is left.
  /// - Throws: ``DataError`` for more than `most` bytes, of which no more are read, and what reading throws.
  package func readAll(most: Int = .max) throws(DataError) -> [UInt8] {
    // One byte more than the size, so that the end is seen without growing.
    let enough = most == .max ? most : most + 1
    var bytes = [UInt8](repeating: 0, count: min(enough, max((storedSize ?? 0) + 1, 1 << 16)))
    var used = 0
    while true {
      used += try read(into: &bytes, from: used, to: bytes.count)
      if used < bytes.count || used == enough { break }
      bytes += [UInt8](repeating: 0, count: min(used, enough - used))
    }
    guard used <= most else {
      throw DataError(
        Place(file: name), found: "more than \(most >> 20) MiB",
        expected: "at most that, for a file of this kind is read whole")
    }
    bytes.removeLast(bytes.count - used)
    return bytes
  }
}

/// True for the start of a table that ends before its first row does, comments before it passed over.
private func endsInFirstRow(_ bytes: [UInt8]) -> Bool {
  var row = bytes[...]
  while row.first == UInt8(ascii: "#") {
    guard let end = row.firstIndex(of: 10) else { return true }
    row = row[(end + 1)...]
  }
  let first = row.first { $0 > 32 }
  return first != UInt8(ascii: "{") && first != UInt8(ascii: "[") && !row.contains { $0 == 10 || $0 == 13 }
}
