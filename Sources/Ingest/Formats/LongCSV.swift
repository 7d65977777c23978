import Model
import Reading

/// One sample a row: `timestamp,service,resource,metric,value`, columns in any order, others passed over.
///
/// Service, resource and metric may be absent when options give them. An empty resource is the service as a whole.
package enum LongCSV: UtilisationFormat {
  package static let name = "long-csv"
  package static let outline = "timestamp,service,resource,metric,value"
  package static let example = """
    timestamp,service,resource,metric,value
    2026-10-01T00:00:00Z,frontend,i-0a1,cpu_percent,42.5
    2026-10-01T00:05:00Z,frontend,i-0a1,cpu_percent,43
    2026-10-01T00:00:00Z,frontend,,requests_per_second,310

    """

  package static func recognises(_ start: FileStart) -> Bool {
    guard let header = try? HeaderRow(start) else { return false }
    // Either is enough: a file that lacks the other is a long one with a column missing, not a wide one.
    return header.index("metric") != nil || header.index("value") != nil && header.timestamp != nil
  }

  package static func parser(for start: FileStart, _ options: ReadOptions) throws(DataError) -> any SampleParser {
    let header = try HeaderRow(start)
    try header.columns.checkNames()
    var roles = header.names.map { _ in DelimitedLayout.Role.skipped }
    guard let timestamp = header.timestamp else { throw header.columns.missing("timestamp") }
    guard let value = header.index("value") else { throw header.columns.missing("value") }
    roles[timestamp] = .timestamp
    roles[value] = .value(0)
    if let service = header.index("service") { roles[service] = .service }
    if let resource = header.index("resource") { roles[resource] = .resource }
    if let metric = header.index("metric") { roles[metric] = .metric }
    let layout = DelimitedLayout(
      roles: roles, valueMetrics: [nil], emptyIsGap: false, headLength: header.length, headLines: header.lines)
    return RowParser(layout, options)
  }
}
