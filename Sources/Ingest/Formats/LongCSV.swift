import Model

/// One sample a row: `timestamp,service,resource,metric,value`, columns in any order, others passed over.
///
/// The resource is empty for a service as a whole.
package enum LongCSV: UtilisationFormat {
  package static let name = "long CSV"
  package static let outline = "timestamp,service,resource,metric,value"
  package static let example = """
    timestamp,service,resource,metric,value
    2026-10-01T00:00:00Z,frontend,i-0a1,cpu_percent,42.5
    2026-10-01T00:05:00Z,frontend,i-0a1,cpu_percent,43
    2026-10-01T00:00:00Z,frontend,,requests_per_second,310
    """

  package static func recognises(_ header: DelimitedHeader) -> Bool {
    // Either is enough: a file that lacks the other is a long one with a column missing, not a wide one.
    header.names.contains("metric") || header.names.contains("value")
  }

  package static func read(
    _ reader: inout DelimitedReader, _ header: DelimitedHeader, into samples: inout SampleCollector
  ) throws(DataError) {
    let timestamp = try header.require("timestamp")
    let keyColumns = try [header.require("service"), header.require("resource"), header.require("metric")]
    let value = try header.require("value")
    var keys = RowKeys()
    while try reader.nextRow() {
      try header.check(reader)
      var series = keys.find(keyColumns, of: reader)
      if series < 0 {
        let key = SeriesKey(
          service: try requiredText(keyColumns[0], "service", of: reader), resource: reader.text(keyColumns[1]),
          metric: try metric(named: reader.text(keyColumns[2]), at: reader.place))
        series = samples.series(key)
        keys.remember(series)
      }
      try samples.readInstant(timestamp, of: reader)
      try samples.readValue(value, of: reader, series: series)
    }
  }
}
