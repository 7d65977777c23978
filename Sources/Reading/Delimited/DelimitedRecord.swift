import Model

/// A row of a delimited file, its fields by the positions of their columns.
package struct DelimitedRecord: Record {
  package let header: DelimitedHeader
  package let reader: DelimitedReader

  /// The row that a reader is at.
  /// - Throws: ``DataError`` for one that is longer or shorter than the header.
  package init(_ header: DelimitedHeader, _ reader: DelimitedReader) throws(DataError) {
    try header.check(reader)
    self.header = header
    self.reader = reader
  }

  /// Where the row starts.
  package var place: Place { reader.place }

  package func has(_ column: Int) -> Bool { !reader.isEmpty(column) }

  package func written(_ column: Int) -> String? { has(column) ? reader.text(column) : nil }

  /// A plain decimal: digits and a point. A sign or an exponent in a table that people write is a slip of the hand.
  package func number(_ column: Int) -> ScaledDecimal? {
    reader.withBytes(column) { bytes in
      bytes.allSatisfy { ($0 >= 48 && $0 <= 57) || $0 == UInt8(ascii: ".") } ? ScaledDecimal(bytes: bytes) : nil
    }
  }

  package func wrong(_ column: Int, expected: String) -> DataError {
    let name = header.names[column]
    return DataError(place, found: has(column) ? "\"\(reader.text(column))\"" : "no \(name)", expected: expected)
  }

  /// The error for a word that means nothing in its column, which it is shown with.
  package func unknown(_ column: Int, expected: String) -> DataError {
    DataError(place, found: "\(header.names[column]) \"\(reader.text(column))\"", expected: expected)
  }

  /// A text that must not be empty.
  package func text(_ column: Int) throws(DataError) -> String { try value(column, expected: "one") { $0 } }

  /// A text; nil where it is empty, and where there is no such column.
  package func textIfKnown(_ column: Int?) -> String? { column.flatMap { written($0) } }

  /// One word of a closed list.
  /// - Throws: ``DataError`` listing the words, and the nearest one if the word is misspelt.
  package func word<Word: RawRepresentable<String>>(_ column: Int, _ words: [Word]) throws(DataError) -> Word {
    let text = reader.text(column)
    if let word = words.first(where: { $0.rawValue == text }) { return word }
    let known = words.map(\.rawValue)
    throw unknown(column, expected: "one of \(known.joined(separator: ", "))\(suggestion(for: text, among: known))")
  }
}

/// `; did you mean "spot"?`, behind what an error expects; empty where no word is near.
package func suggestion(for word: String, among words: [String]) -> String {
  nearestName(to: word, among: words).map { "; did you mean \"\($0)\"?" } ?? ""
}
