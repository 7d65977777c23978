import Model

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
    try reader.checkUTF8()
    self.init(namesIn: reader)
  }

  /// Reads the header row of a stream.
  /// - Throws: ``DataError`` when the file has no row, or a column name occurs twice.
  package init(_ stream: inout DelimitedStream) throws(DataError) {
    guard try stream.nextRow() else {
      throw DataError(Place(file: stream.reader.file), found: "an empty file", expected: "a header row")
    }
    try self.init(rowOf: stream.reader)
  }

  /// Takes the row a reader is at for the header row.
  /// - Throws: ``DataError`` when a column name occurs twice.
  package init(rowOf reader: DelimitedReader) throws(DataError) {
    try reader.checkUTF8()
    self.init(namesIn: reader)
    try checkNames()
  }

  private init(namesIn reader: DelimitedReader) {
    names = (0..<reader.fieldCount).map { reader.text($0).trimmed }
    place = reader.place
  }

  /// Refuses a column name that occurs twice: nobody could say which is meant.
  package func checkNames() throws(DataError) {
    var seen: Set<String> = []
    for name in names where !seen.insert(name).inserted {
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

  /// Expects columns, in any order and among others.
  /// - Throws: ``DataError`` naming the header line when one is missing.
  package func expect(_ names: [String]) throws(DataError) {
    for name in names { _ = try require(name) }
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
