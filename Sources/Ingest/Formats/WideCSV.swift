import Model

/// One resource and instant a row: `timestamp,service,resource`, then a column for each metric, in any order.
///
/// An empty cell is a gap: no sample, not zero.
package enum WideCSV: UtilisationFormat {
  package static let name = "wide CSV"
  package static let outline = "timestamp,service,resource and a column for each metric"
  package static let example = """
    timestamp,service,resource,cpu_percent,memory_percent
    2026-10-01T00:00:00Z,frontend,i-0a1,42.5,61
    2026-10-01T00:05:00Z,frontend,i-0a1,,61.2
    """

  package static func recognises(_ header: DelimitedHeader) -> Bool {
    header.names.contains("timestamp") && header.names.contains("service")
  }

  package static func read(
    _ reader: inout DelimitedReader, _ header: DelimitedHeader, into samples: inout SampleCollector
  ) throws(DataError) {
    let timestamp = try header.require("timestamp")
    let keyColumns = try [header.require("service"), header.require("resource")]
    var metrics: [(column: Int, metric: Metric)] = []
    for (column, name) in header.names.enumerated() where column != timestamp && !keyColumns.contains(column) {
      metrics.append((column, try metric(named: name, at: reader.place)))
    }
    guard !metrics.isEmpty else {
      throw DataError(reader.place, found: "no metric column", expected: "a column for at least one metric")
    }
    var keys = RowKeys()
    // The series of row key k and metric m stand at k × metrics.count + m; -1 until the first sample.
    var table: [Int] = []
    var resources: [(service: String, resource: String)] = []
    while try reader.nextRow() {
      try header.check(reader)
      var row = keys.find(keyColumns, of: reader)
      if row < 0 {
        row = resources.count
        resources.append((try requiredText(keyColumns[0], "service", of: reader), reader.text(keyColumns[1])))
        table += repeatElement(-1, count: metrics.count)
        keys.remember(row)
      }
      try samples.readInstant(timestamp, of: reader)
      for (index, entry) in metrics.enumerated() where !reader.isEmpty(entry.column) {
        let slot = row * metrics.count + index
        if table[slot] < 0 {
          let (service, resource) = resources[row]
          table[slot] = samples.series(SeriesKey(service: service, resource: resource, metric: entry.metric))
        }
        try samples.readValue(entry.column, of: reader, series: table[slot])
      }
    }
  }
}
