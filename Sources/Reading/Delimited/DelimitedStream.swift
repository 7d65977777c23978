import Model

/// A delimited file of any size, row by row through a window on it.
package struct DelimitedStream {
  /// A longer row is refused, before twice as much of it is read.
  package static let longestRow = 8 << 20

  private let source: ByteSource
  private let windowSize: Int
  private let separator: UInt8
  private var window: [UInt8]
  private var isAtEnd = false
  // Of the content taken so far.
  private var lastByte: UInt8?
  /// The current row.
  package private(set) var reader: DelimitedReader

  /// - Parameters:
  ///   - ahead: content that was taken from the source already.
  ///   - windowSize: bytes that are looked at together; it grows where a row is longer.
  package init(
    _ source: ByteSource, ahead: [UInt8] = [], separator: UInt8 = UInt8(ascii: ","), windowSize: Int = 1 << 20
  ) throws(DataError) {
    self.source = source
    self.windowSize = windowSize
    self.separator = separator
    window = ahead
    lastByte = ahead.last
    reader = DelimitedReader(bytes: [], file: source.name)
    if ahead.isEmpty {
      try fill(from: 0, firstLine: 1)
    } else {
      reader = DelimitedReader(bytes: ahead, file: source.name, separator: separator)
    }
  }

  /// Takes the leading lines that start with `#`; they must lie in the first window.
  /// - Throws: ``DataError`` for one that is no UTF-8.
  package mutating func leadingComments() throws(DataError) -> [(line: Int, text: String)] {
    try reader.leadingComments()
  }

  /// Moves to the next row, which ``reader`` then is at; false at the end.
  /// - Throws: ``DataError`` for a quote that is never closed, text behind a closing quote, a row that is too long, and
  ///   what the source throws.
  package mutating func nextRow() throws(DataError) -> Bool {
    while true {
      let (start, line) = (reader.position, reader.linesRead + 1)
      do throws(DataError) {
        let isRow = try reader.nextRow()
        if isAtEnd || reader.position < window.count { return isRow }
      } catch {
        if isAtEnd || reader.position < window.count { throw error }
      }
      // The row, or what looked like its end, may go on behind the window.
      try fill(from: start, firstLine: line)
    }
  }

  /// Moves to the next row; nil at the end.
  /// - Throws: ``DataError`` for a row that is longer or shorter than the header, and what ``nextRow()`` throws.
  package mutating func nextRecord(under header: DelimitedHeader) throws(DataError) -> DelimitedRecord? {
    try nextRow() ? DelimitedRecord(header, reader) : nil
  }

  /// Expects, behind the last row, that the file ended with a line end, as files of a program that always writes one
  /// do: without it the last row may be the start of one, and look whole.
  /// - Throws: ``DataError`` naming the last row.
  package func expectLineEnd() throws(DataError) {
    guard lastByte != 10, lastByte != 13 else { return }
    throw DataError(
      Place(file: source.name, line: reader.linesRead + 1), found: "a last row without a line end",
      expected: "one; the file may have been cut short")
  }

  /// Lets the bytes before a position go, and takes more behind the last.
  private mutating func fill(from start: Int, firstLine: Int) throws(DataError) {
    let rest = window.count - start
    guard rest < Self.longestRow else {
      throw DataError(
        Place(file: source.name, line: firstLine), found: "a row of more than \(Self.longestRow) bytes",
        expected: "shorter ones")
    }
    // The reader lets go of the window, which then can be written without a copy.
    reader = DelimitedReader(bytes: [], file: source.name)
    let size = window.count
    if size >= windowSize, rest <= size / 2 {
      window.withUnsafeMutableBytes { $0.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[start...])) }
    } else {
      let more = max(windowSize, rest)
      window.removeFirst(start)
      window += [UInt8](repeating: 0, count: more)
    }
    let count = try source.read(into: &window, from: rest, to: window.count)
    if rest + count < window.count {
      isAtEnd = true
      window.removeLast(window.count - rest - count)
    }
    if count > 0 { lastByte = window[rest + count - 1] }
    reader = DelimitedReader(bytes: window, file: source.name, separator: separator, firstLine: firstLine)
  }
}
