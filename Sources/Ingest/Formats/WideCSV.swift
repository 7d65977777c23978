import Model
import Reading

/// One resource and instant a row: `timestamp,service,resource`, then a column for each metric, in any order.
///
/// Service and resource may be absent when options give them. An empty cell is a gap: no sample, not zero.
package enum WideCSV: UtilisationFormat {
  package static let name = "wide-csv"
  package static let outline = "timestamp,service,resource and a column for each metric"
  package static let example = """
    timestamp,service,resource,cpu_percent,memory_percent
    2026-10-01T00:00:00Z,frontend,i-0a1,42.5,61
    2026-10-01T00:05:00Z,frontend,i-0a1,,61.2

    """

  package static func recognises(_ start: FileStart) -> Bool {
    guard let header = try? HeaderRow(start) else { return false }
    return header.timestamp != nil && header.names.count > 1
  }

  package static func parser(for start: FileStart, _ options: ReadOptions) throws(DataError) -> any SampleParser {
    try parser(try HeaderRow(start), resource: nil, separator: UInt8(ascii: ","), options)
  }

  static func parser(_ header: HeaderRow, resource: String?, separator: UInt8, _ options: ReadOptions)
    throws(DataError) -> any SampleParser
  {
    try header.columns.checkNames()
    guard let timestamp = header.timestamp else { throw header.columns.missing("timestamp") }
    let (service, resourceColumn) = (header.index("service"), header.index("resource"))
    var roles: [DelimitedLayout.Role] = []
    var metrics: [String] = []
    for (column, name) in header.names.enumerated() {
      switch column {
      case timestamp: roles.append(.timestamp)
      case service: roles.append(.service)
      case resourceColumn: roles.append(.resource)
      default:
        guard !name.isEmpty else {
          throw DataError(header.columns.place, found: "a column without a name", expected: "the name of a metric")
        }
        roles.append(.value(metrics.count))
        metrics.append(name)
      }
    }
    guard !metrics.isEmpty else {
      throw DataError(header.columns.place, found: "no metric column", expected: "a column for at least one metric")
    }
    return RowParser(
      DelimitedLayout(
        roles: roles, valueMetrics: metrics, separator: separator, emptyIsGap: true, resource: resource,
        headLength: header.length, headLines: header.lines), options)
  }
}
