import Model
import Reading

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Content of a block; larger ones gain nothing and leave the processor's cache.
package let defaultBlockSize = 256 << 10

/// Cuts the content of a file into blocks of whole rows, so that they can be parsed apart from each other.
///
/// A line end within a quoted field (RFC 4180) ends no row.
struct BlockCutter {
  private let source: ByteSource
  private let separator: UInt8
  private let blockSize: Int
  private let longestRow: Int
  // Content that was taken from the source before.
  private var ahead: ArraySlice<UInt8>
  // What was read behind the last row of the block before.
  private var carry: [UInt8] = []
  private var isAtEnd = false

  /// - Parameters:
  ///   - ahead: content that was taken from the source already.
  ///   - separator: of fields, for files with quotes; 0 when quotes mean nothing.
  ///   - blockSize: content of a block at first; it grows where a row is longer.
  ///   - longestRow: beyond it a quote counts as one that is never closed, and the block ends behind a line.
  init(
    _ source: ByteSource, ahead: [UInt8], separator: UInt8, blockSize: Int,
    longestRow: Int = 8 << 20
  ) {
    self.source = source
    self.separator = separator
    self.blockSize = blockSize
    self.longestRow = longestRow
    self.ahead = ahead[...]
  }

  /// The next block, nil at the end.
  ///
  /// - Parameter storage: memory of a block that is done with.
  /// - Throws: ``DataError`` of the source, or for a line that is longer than the longest row.
  mutating func next(reusing storage: consuming [UInt8]) throws(DataError) -> Block? {
    guard !isAtEnd else { return nil }
    var bytes = storage
    var size = max(blockSize, carry.count)
    while true {
      resize(&bytes, to: size + Block.padding)
      bytes.withUnsafeMutableBytes { $0.copyBytes(from: carry) }
      let count = carry.count + (try read(into: &bytes, from: carry.count, to: size))
      if count < size {
        isAtEnd = true
        return count == 0 ? nil : block(bytes, count)
      }
      let end = rowEnd(bytes, count, heedingQuotes: 2 * size <= longestRow)
      if end > 0 {
        carry = Array(bytes[end..<count])
        return block(bytes, end)
      }
      carry = Array(bytes[..<count])
      size *= 2
      guard size <= longestRow else {
        throw DataError(
          Place(file: source.name), found: "a line of more than \(longestRow) bytes",
          expected: "line ends between rows")
      }
    }
  }

  private mutating func read(into bytes: inout [UInt8], from start: Int, to end: Int) throws(DataError) -> Int {
    guard start < end else { return 0 }
    let count = min(ahead.count, end - start)
    bytes.replaceSubrange(start..<(start + count), with: ahead.prefix(count))
    ahead = ahead.dropFirst(count)
    // The padding at the end is not the source's to fill.
    return count + (try source.read(into: &bytes, from: start + count, to: end))
  }

  private func resize(_ bytes: inout [UInt8], to count: Int) {
    if bytes.count != count { bytes = [UInt8](repeating: 0, count: count) }
  }

  private func block(_ bytes: consuming [UInt8], _ count: Int) -> Block {
    var bytes = bytes
    for index in count..<min(count + Block.padding, bytes.count) { bytes[index] = 0 }
    return Block(padded: bytes, count: count)
  }

  /// The end of the last whole row, 0 when there is none.
  private func rowEnd(_ bytes: [UInt8], _ count: Int, heedingQuotes: Bool) -> Int {
    bytes.withUnsafeBufferPointer { buffer in
      let content = UnsafeBufferPointer(rebasing: buffer[..<count])
      let hasQuotes = separator != 0 && memchr(buffer.baseAddress!, Int32(UInt8(ascii: "\"")), count) != nil
      guard hasQuotes else { return lastLineEnd(content) }
      var (end, row) = (0, 0)
      while let next = quotedRowEnd(content, from: row, separator: separator) {
        row = next
        if content[next - 1] == 10 { end = next }
      }
      return end == 0 && !heedingQuotes ? lastLineEnd(content) : end
    }
  }

  private func lastLineEnd(_ content: UnsafeBufferPointer<UInt8>) -> Int { (content.lastIndex(of: 10) ?? -1) + 1 }
}

/// The end of the row that starts at an index, behind its line end; nil when it has none outside quotes.
///
/// What stands behind a closing quote, where nothing should, belongs to the field: no quotes are looked for in it.
func quotedRowEnd(_ content: UnsafeBufferPointer<UInt8>, from start: Int, separator: UInt8) -> Int? {
  var index = start
  var startsField = true
  while index < content.count {
    let byte = content[index]
    index += 1
    if byte == UInt8(ascii: "\""), startsField {
      guard let end = closingQuote(content, from: index) else { return nil }
      index = end + 1
      startsField = false
      continue
    }
    if byte == 10 { return index }
    if byte == 13 { return index < content.count && content[index] == 10 ? index + 1 : index }
    // Blanks before a quote are passed over, as the reader does.
    startsField = byte == separator || (startsField && (byte == 32 || byte == 9))
  }
  return nil
}

/// The closing quote of a field, whose text starts at an index; doubled ones stand for one.
private func closingQuote(_ content: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
  var index = start
  while index < content.count {
    if content[index] == UInt8(ascii: "\"") {
      guard index + 1 < content.count, content[index + 1] == UInt8(ascii: "\"") else { return index }
      index += 1
    }
    index += 1
  }
  return nil
}
