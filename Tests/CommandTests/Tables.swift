import Foundation
import Model
import Reading
import Testing

/// A table of a report as its CSV gives it: rows by column name, figures exact.
struct Table {
  let columns: [String]
  let rows: [[String: String]]

  /// The value of a column in the row that starts with a name.
  func value(_ column: String, of name: String) throws -> String {
    let row = try #require(rows.first { $0[columns[0]] == name }, "\(name)")
    return try #require(row[column], "\(column)")
  }
  func money(_ column: String, of name: String) throws -> Money {
    try #require(Money(try value(column, of: name)), "\(column) of \(name)")
  }
  /// The sum of a column of amounts, in which empty fields are none.
  func sum(_ column: String) throws -> Money {
    try rows.reduce(.zero) { sum, row in
      let text = try #require(row[column], "\(column)")
      return text == "" ? sum : sum + (try #require(Money(text), "\(column): \(text)"))
    }
  }
}

/// The tables of a report printed as CSV; a blank line stands between them.
func tables(_ csv: String) throws -> [Table] {
  try csv.components(separatedBy: "\n\n").map { text in
    var reader = DelimitedReader(bytes: Array(text.utf8), file: "output")
    let header = try DelimitedHeader(&reader)
    var rows: [[String: String]] = []
    while try reader.nextRow() {
      try header.check(reader)
      let values = (0..<reader.fieldCount).map(reader.text)
      rows.append(Dictionary(uniqueKeysWithValues: zip(header.names, values)))
    }
    return Table(columns: header.names, rows: rows)
  }
}
