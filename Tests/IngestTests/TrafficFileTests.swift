import Ingest
import Model
import Reading
import TestSupport
import Testing

@Suite struct TrafficFileTests {
  private let clock = LocalClock(identifier: "America/New_York")!

  private func read(_ text: String, most: Int = 1000) throws(DataError) -> Traffic {
    try readTraffic(ByteSource(name: "t.csv", bytes: Array(text.utf8)), on: clock, most: most)
  }

  @Test("Rows are intervals, those that are missing gaps, and local times are the fleet's")
  func rows() throws {
    let traffic = try read("minute,requests\n1995-07-01 00:00:00,42\n1995-07-01 00:01:00,61\n1995-07-01 00:03:00,7.5\n")
    #expect(traffic.name == "requests")
    #expect(traffic.values == [42, 61, nil, 7.5])
    #expect(traffic.grid.stepSeconds == 60)
    // Four hours behind UTC in July.
    #expect(traffic.grid.period.start == instant("1995-07-01T04:00:00Z"))
  }

  @Test(
    "What is no traffic is refused with its line",
    arguments: [
      ("a,b,c\n1,2,3\n", "t.csv:1: found 3 columns"), ("a,b\n2026-10-01,1\n", "t.csv: found 1 rows"),
      ("a,b\n2026-10-01,1\n2026-10-01,2\n", "t.csv:3: found \"2026-10-01\""),
      ("a,b\n2026-10-01,x\n", "t.csv:2: found \"x\""), ("a,b\nsoon,1\n", "t.csv:2: found \"soon\""),
      ("a,b\n2026-10-01,1\n2026-10-02,-1\n", "t.csv:3: found \"-1\""),
      ("a,b\n2026-10-01 00:00,1\n2026-10-01 00:02,1\n2026-10-01 00:05,1\n", "t.csv:4: found"),
      ("a,b\n1970-01-01,1\n1970-01-01 00:00:01,1\n2026-10-01,1\n", "t.csv: found intervals"),
    ])
  func faults(text: String, found: String) throws {
    let error = failure { () throws(DataError) in _ = try read(text) }
    #expect(error?.description.hasPrefix(found) ?? false, "\(error?.description ?? "nothing")")
  }

  @Test("More rows than there may be are refused before they are held")
  func mostRows() {
    let rows = (0..<20).map { "\($0 * 60),1\n" }.joined()
    #expect(failure { () throws(DataError) in _ = try read("a,b\n" + rows, most: 10) } != nil)
  }
}
