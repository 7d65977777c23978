/// Reads delimited text (RFC 4180: quotes, doubled quotes, CRLF; a UTF-8 byte order mark is skipped) row by row.
///
/// Fields are ranges into the bytes until asked for, so a column nobody reads costs nothing. Blank lines are skipped.
package struct DelimitedReader {
  private struct Field {
    var start: Int
    var end: Int
    var quoted: Bool
  }

  package let file: String
  private let bytes: [UInt8]
  // Where the content ends; a block of a file has padding behind it.
  private let end: Int
  private let separator: UInt8
  /// Where the next row starts.
  package private(set) var position = 0
  private var nextLine = 1
  private var fields: [Field] = []
  /// The line on which the current row starts, counted from 1.
  package private(set) var line = 0

  /// - Parameter count: how many of the bytes are content; nil for all.
  package init(bytes: [UInt8], count: Int? = nil, file: String, separator: UInt8 = UInt8(ascii: ",")) {
    self.bytes = bytes
    end = count ?? bytes.count
    self.file = file
    self.separator = separator
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
  }

  /// Line ends passed so far.
  package var linesRead: Int { nextLine - 1 }

  /// Goes on at the start of another row.
  package mutating func move(to position: Int) { self.position = position }

  package var place: Place { Place(file: file, line: line) }
  package var fieldCount: Int { fields.count }

  /// Takes the leading lines that start with `#`, without the mark and the space behind it.
  package mutating func leadingComments() -> [(line: Int, text: String)] {
    var comments: [(line: Int, text: String)] = []
    while position < end, bytes[position] == UInt8(ascii: "#") {
      let lineEnd = bytes[position..<end].firstIndex(of: 10) ?? end
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
    fields.removeAll(keepingCapacity: true)
    while position < end, bytes[position] == 10 || bytes[position] == 13 {
      if bytes[position] == 10 { nextLine += 1 }
      position += 1
    }
    guard position < end else { return false }
    line = nextLine
    while true {
      try readField()
      guard position < end else { return true }
      let byte = bytes[position]
      position += 1
      if byte == separator {
        if position == end {
          fields.append(Field(start: position, end: position, quoted: false))
          return true
        }
        continue
      }
      if byte == 13, position < end, bytes[position] == 10 { position += 1 }
      nextLine += 1
      return true
    }
  }

  private mutating func readField() throws(DataError) {
    if bytes[position] == UInt8(ascii: "\"") { return try readQuotedField() }
    let start = position
    while position < end {
      let byte = bytes[position]
      if byte == separator || byte == 10 || byte == 13 { break }
      position += 1
    }
    fields.append(Field(start: start, end: position, quoted: false))
  }

  private mutating func readQuotedField() throws(DataError) {
    position += 1
    let start = position
    while position < end {
      let byte = bytes[position]
      if byte == 10 { nextLine += 1 }
      position += 1
      guard byte == UInt8(ascii: "\"") else { continue }
      if position < end, bytes[position] == byte {
        position += 1
        continue
      }
      fields.append(Field(start: start, end: position - 1, quoted: true))
      if position < end,
        ![separator, 10, 13].contains(bytes[position])
      {
        throw DataError(place, found: "text behind a closing quote", expected: "a separator")
      }
      return
    }
    throw DataError(place, found: "a quote that is never closed", expected: "a closing quote")
  }

  /// The text of a field of the current row, quotes resolved.
  package func text(_ column: Int) -> String {
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

  /// True when the field stands in quotes.
  package func isQuoted(_ column: Int) -> Bool { fields[column].quoted }

  /// True when the field holds nothing.
  package func isEmpty(_ column: Int) -> Bool { fields[column].start == fields[column].end }

  /// Gives the raw bytes of a field (quotes around it taken off) without copying.
  package func withBytes<T>(_ column: Int, _ body: (UnsafeBufferPointer<UInt8>) -> T) -> T {
    let field = fields[column]
    return bytes.withUnsafeBufferPointer { body(.init(rebasing: $0[field.start..<field.end])) }
  }
}

/// The header row of a delimited file: column names and where they stand.
package struct DelimitedHeader {
  package private(set) var names: [String]
  package let place: Place

  /// Reads the header row.
  /// - Throws: ``DataError`` when the file has no row, or a column name occurs twice.
  package init(_ reader: inout DelimitedReader) throws(DataError) {
    try self.init(anyNames: &reader)
    try checkNames()
  }

  /// Reads what may be a header row, whatever its names are.
  /// - Throws: ``DataError`` when the file has no row.
  package init(anyNames reader: inout DelimitedReader) throws(DataError) {
    guard try reader.nextRow() else {
      throw DataError(Place(file: reader.file), found: "an empty file", expected: "a header row")
    }
    names = (0..<reader.fieldCount).map { reader.text($0).trimmed }
    place = reader.place
  }

  /// Refuses a column name that occurs twice: nobody could say which is meant.
  package func checkNames() throws(DataError) {
    for (index, name) in names.enumerated() where names[..<index].contains(name) {
      throw DataError(place, found: "column \"\(name)\" twice", expected: "each column once")
    }
  }

  package func renaming(_ name: String, to other: String) -> DelimitedHeader {
    var copy = self
    copy.names = names.map { $0 == name ? other : $0 }
    return copy
  }

  /// The position of a column.
  /// - Throws: ``DataError`` naming the header line when the column is missing.
  package func require(_ name: String) throws(DataError) -> Int {
    if let index = names.firstIndex(of: name) { return index }
    throw missing(name)
  }

  /// The error for a column that is not there; of very many that are, the first twenty are named.
  package func missing(_ name: String) -> DataError {
    let more = names.count > 20 ? " and \(names.count - 20) more" : ""
    return DataError(
      place, found: "columns \(names.prefix(20).joined(separator: ","))\(more)", expected: "a column \"\(name)\"")
  }

  /// Refuses rows that are longer or shorter than the header.
  package func check(_ reader: DelimitedReader) throws(DataError) {
    guard reader.fieldCount == names.count else {
      throw DataError(
        reader.place, found: "\(reader.fieldCount) fields", expected: "\(names.count) fields as in the header")
    }
  }
}

/// Writes delimited rows (RFC 4180, LF), quoting only where needed.
package func delimitedText(_ rows: [[String]]) -> String {
  var text = ""
  for row in rows {
    for (column, field) in row.enumerated() {
      if column > 0 { text += "," }
      text += delimitedField(field)
    }
    text += "\n"
  }
  return text
}

private func delimitedField(_ field: String) -> String {
  let (comma, quote) = (UInt8(ascii: ","), UInt8(ascii: "\""))
  guard field.utf8.contains(where: { $0 == comma || $0 == quote || $0 == 10 || $0 == 13 }) else { return field }
  let doubled = field.utf8.flatMap { $0 == quote ? [quote, quote] : [$0] }
  return String(decoding: [quote] + doubled + [quote], as: UTF8.self)
}

extension StringProtocol {
  /// Without white space at either end.
  package var trimmed: String {
    var slice = self[...]
    while let first = slice.first, first.isWhitespace { slice = slice.dropFirst() }
    while let last = slice.last, last.isWhitespace { slice = slice.dropLast() }
    return String(slice)
  }
}
