import Foundation
import Model
import Testing

/// A table of a report as its CSV gives it: rows by column name.
struct Table {
  let columns: [String]
  let rows: [[String: String]]

  /// The value of a column in the row that starts with a name.
  func value(_ column: String, of name: String) throws -> String {
    let row = try #require(rows.first { $0[columns[0]] == name }, "\(name)")
    return try #require(row[column], "\(column)")
  }
  func cents(_ column: String, of name: String) throws -> Cents { try Table.cents(try value(column, of: name)) }
  func sum(_ column: String) throws -> Cents {
    try rows.reduce(.zero) { try $0 + Table.cents(try #require($1[column])) }
  }

  /// `+12.34` as 1234 cents.
  private static func cents(_ text: String) throws -> Cents {
    Cents(try #require(Money(text.hasPrefix("+") ? String(text.dropFirst()) : text)))
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
