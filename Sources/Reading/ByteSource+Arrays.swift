import Model

extension ByteSource {
  /// Takes the first 256 KiB of the content, or all of a shorter one, without a byte order mark.
  /// - Throws: ``DataError`` for UTF-16, and what reading throws.
  package func takeStart() throws(DataError) -> FileStart {
    var bytes = [UInt8](repeating: 0, count: 256 << 10)
    let count = try read(into: &bytes, from: 0, to: bytes.count)
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
