import Model

/// A row of a delimited file, its fields by the names of their columns.
///
/// White space at either end of a field is no part of it unless the field stands in quotes: people and programs set a
/// blank behind a separator, in the header as in the rows.
package struct DelimitedRecord: Record {
  private let header: DelimitedHeader
  private let reader: DelimitedReader

  /// The row that a reader is at.
  /// - Throws: ``DataError`` for one that is longer or shorter than the header, or no UTF-8.
  init(_ header: DelimitedHeader, _ reader: DelimitedReader) throws(DataError) {
    try header.check(reader)
    try reader.checkUTF8()
    self.header = header
    self.reader = reader
  }

  /// Where the row starts.
  package var place: Place { reader.place }
  /// The line on which the row starts, counted from 1.
  package var line: Int { reader.line }

  /// The position of a column that holds something.
  private func filled(_ column: String) -> Int? {
    guard let index = header.names.firstIndex(of: column) else { return nil }
    return reader.withCell(index) { $0.isEmpty } ? nil : index
  }

  package func has(_ column: String) -> Bool { filled(column) != nil }

  package func written(_ column: String) -> String? { filled(column).map { reader.cell($0) } }

  /// A plain decimal: digits and a point. A sign or an exponent in a table that people write is a slip of the hand.
  package func number(_ column: String) -> ScaledDecimal? {
    guard let index = filled(column) else { return nil }
    return reader.withCell(index) { bytes in
      bytes.allSatisfy { ($0 >= 48 && $0 <= 57) || $0 == UInt8(ascii: ".") } ? ScaledDecimal(bytes: bytes) : nil
    }
  }

  package func wrong(_ column: String, expected: String) -> DataError {
    DataError(place, found: written(column).map { "\"\($0)\"" } ?? "no \(column)", expected: expected)
  }

  /// The error for a word that means nothing in its column, which it is shown with.
  package func unknown(_ column: String, expected: String) -> DataError {
    DataError(place, found: "\(column) \"\(written(column) ?? "")\"", expected: expected)
  }

  /// A text that must not be empty.
  package func text(_ column: String) throws(DataError) -> String { try value(column, expected: "one") { $0 } }

  /// A name that must not be empty, in the form in which names are compared.
  /// - Throws: ``DataError`` for a control character in it.
  package func name(_ column: String) throws(DataError) -> String { try checkedName(try text(column), column) }

  /// A name that may be absent; nil where it is.
  /// - Throws: ``DataError`` for a control character in it.
  package func nameIfKnown(_ column: String) throws(DataError) -> String? {
    guard let text = written(column) else { return nil }
    return try checkedName(text, column)
  }

  /// One word of a closed list.
  /// - Throws: ``DataError`` listing the words, and the nearest one if the word is misspelt.
  package func word<Word: RawRepresentable<String>>(_ column: String, _ words: [Word]) throws(DataError) -> Word {
    let text = written(column) ?? ""
    if let word = words.first(where: { $0.rawValue == text }) { return word }
    let known = words.map(\.rawValue)
    throw unknown(column, expected: "one of \(known.joined(separator: ", "))\(suggestion(for: text, among: known))")
  }
}

/// `; did you mean "spot"?`, behind what an error expects; empty where no word is near.
package func suggestion(for word: String, among words: [String]) -> String {
  nearestName(to: word, among: words).map { "; did you mean \"\($0)\"?" } ?? ""
}
