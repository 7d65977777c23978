import Ingest
import Model
import Testing

@Suite struct WideCSVTests {
  private let midnight: Int64 = 1_790_812_800  // 2026-10-01T00:00:00Z

  @Test("Each column is a metric, and an empty cell is a gap")
  func gaps() throws {
    let series = try read(
      """
      timestamp,service,resource,cpu_percent,memory_percent
      2026-10-01T00:00:00Z,web,i-1,1.5,
      2026-10-01T00:00:00Z,web,i-2,3,40
      2026-10-01T00:05:00Z,web,i-1,,60
      2026-10-01T00:05:00Z,web,i-2,4,
      """)
    #expect(
      series.map(\.key.description) == [
        "web/i-1 cpu_percent", "web/i-1 memory_percent", "web/i-2 cpu_percent", "web/i-2 memory_percent",
      ])
    #expect(series.map(\.mantissas) == [[15], [60], [3, 4], [40]])
    #expect(series.map(\.instants) == [[midnight], [midnight + 300], [midnight, midnight + 300], [midnight]])
  }

  @Test("A resource at a time or an instant at a time, the series are the same")
  func order() throws {
    let rows = (0..<50).flatMap { slot in
      ["i-1", "i-2", "i-3"].map { "\(Instant(seconds: midnight + Int64(slot) * 300)),web,\($0),\(slot % 7).25" }
    }
    let head = "timestamp,service,resource,cpu_percent\n"
    let byResource = rows.enumerated().sorted { ($0.offset % 3, $0.offset) < ($1.offset % 3, $1.offset) }.map(\.element)
    let series = try read(head + rows.joined(separator: "\n"))
    #expect(try read(head + byResource.joined(separator: "\n")) == series)
    #expect(try read(head + rows.reversed().joined(separator: "\n")) == series)
    #expect(series.map(\.count) == [50, 50, 50])
  }

  @Test(
    "What cannot be used is named with its line",
    arguments: [
      (
        "cpu_percent\n2026-10-01T00:00:00Z,web,i-1,high", "usage.csv:2: found \"high\", expected a number"
      ),
      (
        "cpu_precent\n", "usage.csv:1: found metric \"cpu_precent\", expected a metric; did you mean \"cpu_percent\"?"
      ),
      (
        "cpu_percent\n\n2026-10-01,,i-1,1", "usage.csv:3: found no service, expected the name of a service"
      ),
      (
        "cpu_percent\n2026-10-32T00:00:00Z,web,i-1,1",
        "usage.csv:2: found \"2026-10-32T00:00:00Z\", expected a timestamp such as 2026-10-01T04:00:00Z"
      ),
      (
        "cpu_percent\n2026-10-01,web,i-1,1\n2026-10-01,web,i-1,2",
        "usage.csv:3: found 2 for web/i-1 cpu_percent at 2026-10-01T00:00:00Z, expected one value for one instant; "
          + "line 2 says 1"
      ),
    ])
  func wrong(rest: String, message: String) {
    expectFailure(message) { () throws(DataError) in _ = try read("timestamp,service,resource," + rest) }
  }

  @Test("A file without a metric column is refused")
  func noMetric() {
    expectFailure("usage.csv:1: found no metric column, expected a column for at least one metric") {
      () throws(DataError) in _ = try read("timestamp,service,resource\n")
    }
  }
}
