import Model
import Reading

/// What the columns of a delimited file mean.
package struct DelimitedLayout: Sendable {
  /// What a column holds.
  package enum Role: Hashable, Sendable {
    case timestamp, service, resource, metric
    /// A value; the number counts the value columns.
    case value(Int)
    /// Passed over.
    case skipped
  }

  /// By column.
  package var roles: [Role]
  /// For each value column, the metric it holds; nil when a column or an option says.
  package var valueMetrics: [String?]
  package var separator = UInt8(ascii: ",")
  /// True when an empty value is a gap; false when it is an error.
  package var emptyIsGap: Bool
  /// For files of one resource whose name is not in them.
  package var resource: String?
  package var headLength: Int
  package var headLines: Int

  /// Columns whose text tells a row's series from others.
  var keyColumns: [Int] { roles.indices.filter { [.service, .resource, .metric].contains(roles[$0]) } }
  var timestampColumn: Int { roles.firstIndex(of: .timestamp)! }
}

/// The first row of a delimited file, comments before it passed over.
struct HeaderRow {
  private(set) var columns: DelimitedHeader
  /// Bytes and line ends before the second row.
  let length: Int
  let lines: Int
  /// Of the comments alone.
  let commentLength: Int
  let commentLines: Int

  var names: [String] { columns.names }

  /// - Throws: ``DataError`` when there is no row, it has a quote that is never closed, or text that is no UTF-8.
  init(_ start: FileStart, separator: UInt8 = UInt8(ascii: ",")) throws(DataError) {
    var reader = DelimitedReader(bytes: start.bytes, file: start.file, separator: separator)
    _ = try reader.leadingComments()
    (commentLength, commentLines) = (reader.position, reader.linesRead)
    columns = try DelimitedHeader(anyNames: &reader)
    length = reader.position
    lines = reader.linesRead
  }

  func renaming(_ name: String, to other: String) -> HeaderRow {
    var copy = self
    copy.columns = columns.renaming(name, to: other)
    return copy
  }

  /// The position of a column, in any case; nil when there is none.
  func index(_ names: String...) -> Int? {
    self.names.firstIndex { name in names.contains { $0 == name.lowercased() } }
  }

  /// The column of timestamps.
  var timestamp: Int? { index("timestamp", "time", "datetime", "date", "ts") }
}
