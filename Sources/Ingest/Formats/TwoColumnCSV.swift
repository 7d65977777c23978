import Model
import Reading

/// One series a file: a timestamp and a value, with a header or without.
///
/// The service, the resource and the metric come from options; without one a header that names the metric is enough.
package enum TwoColumnCSV: UtilisationFormat {
  package static let name = "two-column-csv"
  package static let outline = "timestamp,value; service, resource and metric are stated"
  package static let example = """
    timestamp,value
    2026-10-01T00:00:00Z,42.5
    2026-10-01T00:05:00Z,43

    """

  package static func recognises(_ start: FileStart) -> Bool {
    // A list of numbers, a line each, is two columns of which the second is empty; in JSON it is no table.
    guard !start.startsObject, !start.startsArray else { return false }
    guard let header = try? HeaderRow(start), header.names.count == 2 else { return false }
    guard header.timestamp != 1, header.index("metric", "value") != 0 else { return false }
    return header.timestamp == 0 || isTimestamp(header.names[0]) || startsWithTimestamp(start, header)
  }

  package static func parser(for start: FileStart, _ options: ReadOptions) throws(DataError) -> any SampleParser {
    let header = try HeaderRow(start)
    guard header.names.count == 2 else {
      throw DataError(
        header.columns.place, found: "\(header.names.count) columns", expected: "two: a timestamp and a value")
    }
    let hasHeader = !isTimestamp(header.names[0])
    let isNamed = hasHeader && !options.hasMetric && header.index("value") == nil
    return RowParser(
      DelimitedLayout(
        roles: [.timestamp, .value(0)], valueMetrics: [isNamed ? header.names[1] : nil], emptyIsGap: true,
        headLength: hasHeader ? header.length : header.commentLength,
        headLines: hasHeader ? header.lines : header.commentLines), options)
  }

  /// True when the row behind the header begins with a timestamp.
  private static func startsWithTimestamp(_ start: FileStart, _ header: HeaderRow) -> Bool {
    var reader = DelimitedReader(bytes: start.bytes, file: start.file)
    reader.move(to: header.length)
    guard (try? reader.nextRow()) == true, reader.fieldCount == 2 else { return false }
    return isTimestamp(reader.text(0))
  }

  private static func isTimestamp(_ text: String) -> Bool {
    var text = text
    return text.withUTF8 { parseTimestamp($0) } != nil
  }
}
