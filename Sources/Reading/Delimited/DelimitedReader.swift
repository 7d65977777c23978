import Model

/// Reads delimited text (RFC 4180: quotes, doubled quotes, CRLF; a UTF-8 byte order mark is skipped) row by row.
///
/// Blanks and tabs between a separator and a quote are passed over, before the opening one as behind the closing one.
/// Fields are ranges into the bytes until asked for, so a column nobody reads costs nothing. Blank lines are skipped.
package struct DelimitedReader {
  package let file: String
  private let bytes: [UInt8]
  // Where the content ends; a block of a file has padding behind it.
  private let end: Int
  private let separator: UInt8
  /// Where the next row starts.
  package private(set) var position = 0
  private var nextLine = 1
  // The first `fieldCount` are those of the current row.
  private var fields = [Field](repeating: Field(start: 0, end: 0, quoted: false), count: 32)
  package private(set) var fieldCount = 0
  /// The line on which the current row starts, counted from 1.
  package private(set) var line = 0

  /// - Parameters:
  ///   - count: how many of the bytes are content; nil for all.
  ///   - firstLine: the line of the file on which they start; a byte order mark is looked for on the first only.
  package init(
    bytes: [UInt8], count: Int? = nil, file: String, separator: UInt8 = UInt8(ascii: ","), firstLine: Int = 1
  ) {
    self.bytes = bytes
    end = count ?? bytes.count
    self.file = file
    self.separator = separator
    nextLine = firstLine
    if firstLine == 1, bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
  }

  /// Line ends passed so far.
  package var linesRead: Int { nextLine - 1 }

  /// Goes on at the start of another row.
  package mutating func move(to position: Int) { self.position = position }

  package var place: Place { Place(file: file, line: line) }

  /// Takes the leading lines that start with `#`, without the mark and the space behind it.
  /// - Throws: ``DataError`` for one that is no UTF-8.
  package mutating func leadingComments() throws(DataError) -> [(line: Int, text: String)] {
    var comments: [(line: Int, text: String)] = []
    while position < end, bytes[position] == UInt8(ascii: "#") {
      let lineEnd = bytes[position..<end].firstIndex(of: 10) ?? end
      let isText = bytes.withUnsafeBufferPointer { firstFault(inUTF8: .init(rebasing: $0[position..<lineEnd])) == nil }
      guard isText else {
        throw DataError(Place(file: file, line: nextLine), found: foundNoUTF8, expected: expectedUTF8)
      }
      let text = String(decoding: bytes[(position + 1)..<lineEnd], as: UTF8.self)
      comments.append((nextLine, text.trimmed))
      position = min(lineEnd + 1, end)
      nextLine += 1
    }
    return comments
  }

  /// Moves to the next row; false at the end.
  /// - Throws: ``DataError`` for a quote that is never closed or text behind a closing quote.
  package mutating func nextRow() throws(DataError) -> Bool {
    fieldCount = 0
    while position < end, bytes[position] == 10 || bytes[position] == 13 {
      if bytes[position] == 10 { nextLine += 1 }
      position += 1
    }
    guard position < end else { return false }
    line = nextLine
    while true {
      let scan = RowScan(position: position, end: end, separator: separator)
      let outcome = bytes.withUnsafeBufferPointer { bytes in
        fields.withUnsafeMutableBufferPointer { scan.row(of: bytes, into: $0) }
      }
      switch outcome {
      case .row(let fieldCount, let position, let lineEnds):
        (self.fieldCount, self.position) = (fieldCount, position)
        nextLine += lineEnds
        return true
      case .more: fields += Array(repeating: Field(start: 0, end: 0, quoted: false), count: fields.count)
      case .unclosed:
        position = end
        throw DataError(place, found: "a quote that is never closed", expected: "a closing quote")
      case .text(let position):
        self.position = position
        throw DataError(place, found: "text behind a closing quote", expected: "a separator")
      }
    }
  }

  /// The text of a field of the current row, quotes resolved.
  package func text(_ column: Int) -> String {
    precondition(column < fieldCount)
    let field = fields[column]
    guard field.quoted else { return String(decoding: bytes[field.start..<field.end], as: UTF8.self) }
    // Byte by byte: a quote may stand under a combining mark and be no Character of its own.
    var plain: [UInt8] = []
    var index = field.start
    while index < field.end {
      plain.append(bytes[index])
      index += bytes[index] == UInt8(ascii: "\"") ? 2 : 1
    }
    return String(decoding: plain, as: UTF8.self)
  }

  /// The text of a field without white space at either end, which belongs to a field in quotes only.
  package func cell(_ column: Int) -> String { fields[column].quoted ? text(column) : text(column).trimmed }

  /// True when the field stands in quotes.
  package func isQuoted(_ column: Int) -> Bool { fields[column].quoted }

  /// True when the field holds nothing.
  package func isEmpty(_ column: Int) -> Bool { fields[column].start == fields[column].end }

  /// - Throws: ``DataError`` for a row that is no UTF-8.
  package func checkUTF8() throws(DataError) {
    guard fieldCount > 0 else { return }
    let isText = bytes.withUnsafeBufferPointer {
      firstFault(inUTF8: .init(rebasing: $0[fields[0].start..<fields[fieldCount - 1].end])) == nil
    }
    guard isText else { throw DataError(place, found: foundNoUTF8, expected: expectedUTF8) }
  }

  /// Gives the raw bytes of a field (quotes around it taken off) without copying.
  package func withBytes<T>(_ column: Int, _ body: (UnsafeBufferPointer<UInt8>) -> T) -> T {
    let field = fields[column]
    return bytes.withUnsafeBufferPointer { body(.init(rebasing: $0[field.start..<field.end])) }
  }

  /// Gives the raw bytes of a field (quotes around it taken off) without blanks and tabs at either end, which belong to
  /// a field in quotes only.
  package func withCell<T>(_ column: Int, _ body: (UnsafeBufferPointer<UInt8>) -> T) -> T {
    withBytes(column) { bytes in
      guard !fields[column].quoted else { return body(bytes) }
      var (start, end) = (0, bytes.count)
      while start < end, isBlank(bytes[start]) { start += 1 }
      while end > start, isBlank(bytes[end - 1]) { end -= 1 }
      return body(UnsafeBufferPointer(rebasing: bytes[start..<end]))
    }
  }
}

/// True for a space or a tab.
@inline(__always)
private func isBlank(_ byte: UInt8) -> Bool { byte == 32 || byte == 9 }

/// Where a field stands, without its quotes.
private struct Field {
  var start: Int
  var end: Int
  var quoted: Bool
}

/// Finds the fields of a row, looking at each byte once.
private struct RowScan {
  enum Outcome {
    /// Fields, the position behind the row, and the line ends passed.
    case row(Int, Int, Int)
    /// There was not room for every field.
    case more
    case unclosed
    /// Something else than a separator stands behind a quote.
    case text(Int)
  }

  let position: Int
  let end: Int
  let separator: UInt8

  func row(of bytes: UnsafeBufferPointer<UInt8>, into fields: UnsafeMutableBufferPointer<Field>) -> Outcome {
    var (at, count, lineEnds) = (position, 0, 0)
    while true {
      // Two: a separator at the end of the content has an empty field behind it.
      guard count + 2 <= fields.count else { return .more }
      let quote = passBlanks(bytes, from: at)
      let isQuoted = quote < end && bytes[quote] == UInt8(ascii: "\"")
      let start = isQuoted ? quote + 1 : at
      at = start
      if isQuoted {
        guard passQuoted(bytes, &at, &lineEnds) else { return .unclosed }
        fields[count] = Field(start: start, end: at - 1, quoted: true)
        at = passBlanks(bytes, from: at)
        if at < end, !isFieldEnd(bytes[at]) { return .text(at) }
      } else {
        while at < end, !isFieldEnd(bytes[at]) { at &+= 1 }
        fields[count] = Field(start: start, end: at, quoted: false)
      }
      count &+= 1
      guard at < end else { return .row(count, at, lineEnds) }
      let byte = bytes[at]
      at &+= 1
      if byte == separator {
        guard at == end else { continue }
        fields[count] = Field(start: at, end: at, quoted: false)
        return .row(count + 1, at, lineEnds)
      }
      if byte == 13, at < end, bytes[at] == 10 { at += 1 }
      return .row(count, at, lineEnds + 1)
    }
  }

  /// The position behind blanks and tabs; where the separator is one of them, it is none.
  @inline(__always)
  private func passBlanks(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    var at = start
    while at < end, isBlank(bytes[at]), bytes[at] != separator { at &+= 1 }
    return at
  }

  @inline(__always)
  private func isFieldEnd(_ byte: UInt8) -> Bool { byte == separator || byte == 10 || byte == 13 }

  /// Passes a closing quote; false when there is none.
  @inline(__always)
  private func passQuoted(_ bytes: UnsafeBufferPointer<UInt8>, _ at: inout Int, _ lineEnds: inout Int) -> Bool {
    while true {
      // Eight bytes at a time, as long as none of them is a quote or a line feed.
      while at &+ 8 <= end {
        let word = UnsafeRawPointer(bytes.baseAddress! + at).loadUnaligned(as: UInt64.self)
        let eight = UInt64(littleEndian: word)
        let marks = zeroBytes(eight ^ 0x2222_2222_2222_2222) | zeroBytes(eight ^ 0x0A0A_0A0A_0A0A_0A0A)
        if marks != 0 {
          at &+= marks.trailingZeroBitCount &>> 3
          break
        }
        at &+= 8
      }
      while at < end, bytes[at] != UInt8(ascii: "\"") {
        if bytes[at] == 10 { lineEnds &+= 1 }
        at &+= 1
      }
      guard at < end else { return false }
      at &+= 1
      guard at < end, bytes[at] == UInt8(ascii: "\"") else { return true }
      at &+= 1
    }
  }
}

/// The high bit of every byte that is zero; bytes behind the first one that is may have theirs, too.
@inline(__always)
private func zeroBytes(_ word: UInt64) -> UInt64 {
  (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080
}
