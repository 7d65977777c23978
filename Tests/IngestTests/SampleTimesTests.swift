import Ingest
import Testing

/// No fleet was measured before 2000: a timestamp before is a slip, and no format takes it.
@Suite struct SampleTimesTests {
  private static let expected = "a timestamp from 2000-01-01 on; a count since 1970 is one of seconds or milliseconds"

  @Test(
    "A sample before 2000 is refused with its line in every format, and the next one is read",
    arguments: [
      // Epoch minutes for seconds, a clock that was never set, a count of milliseconds cut to seconds.
      ("timestamp,service,resource,metric,value\n", "29847,web,i-1,calls,1\n1790812800,web,i-1,calls,2\n", 2),
      (
        "timestamp,service,resource,calls\n",
        "1999-12-31T23:59:59Z,web,i-1,1\n2000-01-01T00:00:00Z,web,i-1,2\n", 2
      ),
      // The zone moves the first over the bound, in the same day as the one before.
      ("timestamp,value\n", "2000-01-01T00:30:00+01:00,1\n2000-01-01T02:00:00+01:00,2\n", 2),
      ("a ", "1 0\na 2 1790812800\n", 1),
      (
        "[\n", "{\"metric\":{\"__name__\":\"a\"},\"values\":[[1790813,\"1\"],[1790812800,\"2\"]]}]", 2
      ),
      (
        "{\"MetricDataResults\":[\n",
        "{\"Id\":\"a\",\"Timestamps\":[\"1970-01-01T00:00:00Z\",\"2026-10-01T00:00:00Z\"],\"Values\":[1,2]}]}", 2
      ),
      (
        "{\"Label\":\"a\",\"Datapoints\":[\n",
        "{\"Timestamp\":0,\"Average\":1},{\"Timestamp\":1790812800,\"Average\":2}]}", 2
      ),
      (
        "",
        "{\"namespace\":\"x\",\"metric_name\":\"a\",\"timestamp\":5,\"value\":{\"max\":1}}\n"
          + "{\"namespace\":\"x\",\"metric_name\":\"a\",\"timestamp\":1790812800000,\"value\":{\"max\":2}}\n", 1
      ),
    ])
  func early(head: String, rest: String, line: Int) throws {
    let reader = Reader(
      naming: SeriesNaming(service: "web", resource: "i-1", metric: "calls"), badRowLimit: 1)
    let file = try reader.read(head + rest)
    #expect(file.summary.badRows.map(\.line) == [line])
    #expect(file.summary.badRows.map(\.expected.description) == [Self.expected])
    #expect(file.samples.values.flatMap { $0 }.map(\.number.mantissa) == [2])
  }
}
