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
  package func readAll() throws(DataError) -> [UInt8] {
    // One byte more than the size, so that the end is seen without growing.
    var bytes = [UInt8](repeating: 0, count: max((storedSize ?? 0) + 1, 1 << 16))
    var used = 0
    while true {
      used += try read(into: &bytes, from: used, to: bytes.count)
      if used < bytes.count { break }
      bytes += [UInt8](repeating: 0, count: used)
    }
    bytes.removeLast(bytes.count - used)
    return bytes
  }
}
