import Ingest
import Model
import Testing

@Suite struct LongCSVTests {
  private let head = "timestamp,service,resource,metric,value\n"
  private let midnight: Int64 = 1_790_812_800  // 2026-10-01T00:00:00Z

  @Test("Rows in any order become series in time order, at the largest scale")
  func mixed() throws {
    let series = try read(
      head + """
        2026-10-01T00:05:00Z,web,i-1,cpu_percent,5
        2026-10-01T00:00:00Z,web,i-1,cpu_percent,4.25
        2026-10-01T00:00:00Z,web,,requests_per_second,10
        2026-10-01T00:10:00+00:00,web,i-1,cpu_percent,-6.5

        """)
    #expect(
      series == [
        Series(
          key: SeriesKey(service: "web", metric: .requestsPerSecond), instants: [midnight], mantissas: [10], scale: 0),
        Series(
          key: SeriesKey(service: "web", resource: "i-1", metric: .cpuPercent),
          instants: [midnight, midnight + 300, midnight + 600], mantissas: [425, 500, -650], scale: 2),
      ])
  }

  @Test("Columns may stand in any order and others are passed over; CRLF, quotes, a mark and comments are no trouble")
  func shape() throws {
    let text = #"""
      \#u{FEFF}value,region,metric,"resource",service,timestamp\#r
      1,x,cpu_percent,"i-""1""",web,2026-10-01T00:00:00Z\#r
      2,x,cpu_percent,"i-""1""","web",2026-10-01 00:05:00Z\#r

      """#
    let series = try read(text)
    #expect(series.map(\.key) == [SeriesKey(service: "web", resource: "i-\"1\"", metric: .cpuPercent)])
    #expect(series[0].mantissas == [1, 2])
    #expect(try read("# from a test\n" + head + "2026-10-01T00:00:00Z,web,,calls,1").count == 1)
  }

  @Test("A sample that stands twice with one value counts once, in order or not")
  func repeated() throws {
    let rows = [
      "2026-10-01T00:00:00Z,web,,calls,1.50", "2026-10-01T00:05:00Z,web,,calls,2",
      "2026-10-01T00:00:00Z,web,,calls,1.5",
    ]
    #expect(try read(head + rows.joined(separator: "\n")).first?.mantissas == [150, 200])
    #expect(try read(head + [rows[0], rows[2], rows[1]].joined(separator: "\n")).first?.mantissas == [150, 200])
  }

  @Test("An instant with two values is an error that names both lines")
  func twoValues() {
    expectFailure(
      "usage.csv:4: found 1.6 for web calls at 2026-10-01T00:00:00Z, expected one value for one instant; line 2 says 1.5"
    ) { () throws(DataError) in
      _ = try read(
        head + """
          2026-10-01T00:00:00Z,web,,calls,1.50
          2026-10-01T00:05:00Z,web,,calls,2
          2026-10-01T00:00:00Z,web,,calls,1.6
          """)
    }
  }

  @Test("A header without rows is a file without series")
  func noRows() throws { #expect(try read(head) == []) }

  @Test(
    "A field that cannot be used is named with its line",
    arguments: [
      ("2026-10-01T00:00:00Z,web,,calls,n/a", "usage.csv:2: found \"n/a\", expected a number"),
      ("2026-10-01T00:00:00Z,web,,calls,", "usage.csv:2: found \"\", expected a number"),
      ("2026-10-01T00:00:00Z,web,,calls,NaN", "usage.csv:2: found \"NaN\", expected a number"),
      (
        "yesterday,web,,calls,1",
        "usage.csv:2: found \"yesterday\", expected a timestamp such as 2026-10-01T04:00:00Z"
      ),
      (
        "2026-10-01T00:00:00Z,web,,cpu_precent,1",
        "usage.csv:2: found metric \"cpu_precent\", expected a metric; did you mean \"cpu_percent\"?"
      ),
      ("2026-10-01T00:00:00Z,,,calls,1", "usage.csv:2: found no service, expected the name of a service"),
      ("2026-10-01T00:00:00Z,web,calls,1", "usage.csv:2: found 4 fields, expected 5 fields as in the header"),
    ])
  func wrongField(row: String, message: String) {
    expectFailure(message) { () throws(DataError) in _ = try read(head + row + "\n") }
  }

  @Test("A metric unlike any is told all there are")
  func farMetric() {
    let names = Metric.allCases.map(\.rawValue).joined(separator: ", ")
    expectFailure("usage.csv:2: found metric \"blood pressure\", expected one of \(names)") { () throws(DataError) in
      _ = try read(head + "2026-10-01T00:00:00Z,web,,blood pressure,1")
    }
  }

  @Test("Values too far apart in size to share a scale are refused", arguments: [false, true])
  func overflow(largeFirst: Bool) {
    let large = "2026-10-01T00:00:00Z,web,,calls,922337203685477580"
    let fine = "2026-10-01T00:05:00Z,web,,calls,0.25"
    let found = largeFirst ? "0.25" : "922337203685477580"
    expectFailure(
      """
      usage.csv:3: found \(found) for web calls, expected values that share a scale: at most 18 digits from the \
      largest to the last decimal
      """
    ) { () throws(DataError) in
      _ = try read(head + (largeFirst ? "\(large)\n\(fine)" : "\(fine)\n\(large)"))
    }
  }

  @Test("A column that is missing is asked for by name")
  func missingColumn() {
    expectFailure("usage.csv:1: found columns timestamp,service,metric,value, expected a column \"resource\"") {
      () throws(DataError) in _ = try read("timestamp,service,metric,value\n")
    }
    // Without its value column it is still a long file, not a wide one with a metric called "metric".
    expectFailure("usage.csv:1: found columns timestamp,service,resource,metric, expected a column \"value\"") {
      () throws(DataError) in _ = try read("timestamp,service,resource,metric\n")
    }
  }
}
