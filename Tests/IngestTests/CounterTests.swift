import Ingest
import Model
import Testing

private struct Counting {
  var interpreter: SampleInterpreter

  init(_ key: SourceKey, _ rules: [String: MetricRule] = [:]) throws(DataError) {
    interpreter = SampleInterpreter(
      file: "usage.csv", naming: SeriesNaming(service: "web", mapping: MetricMapping(metrics: rules)), clock: nil)
    var batch = SampleBatch()
    batch.newKeys = [key]
    try interpreter.take(&batch, lane: 0, firstLine: 2)
  }

  /// Rates as `seconds: value`.
  mutating func take(_ values: [(Int64, String)]) throws(DataError) -> [String] {
    var batch = SampleBatch()
    batch.lines = 5
    batch.samples = values.map { seconds, text in
      let number = ScaledDecimal(text)!
      return Sample(series: 0, seconds: seconds, mantissa: number.mantissa, scale: UInt8(number.scale))
    }
    try interpreter.take(&batch, lane: 0, firstLine: 3)
    return batch.samples.map { "\($0.seconds): \(ScaledDecimal(mantissa: $0.mantissa, scale: Int($0.scale)))" }
  }
}

@Suite struct CounterTests {
  @Test("A counter becomes its increase a second, at the start of each interval")
  func rates() throws {
    var counting = try Counting(SourceKey(metric: "http_requests_total"))
    #expect(counting.interpreter.keys.map(\.description) == ["web http_requests_per_second"])
    // 60 in 60 s; 45 in 30 s; 0 in 60 s; 10 in 30 s is 1/3.
    let rates = try counting.take([(0, "100"), (60, "160"), (90, "205"), (150, "205"), (180, "215")])
    #expect(rates == ["0: 1", "60: 1.5", "90: 0", "150: 0.333333333"])
    // On from the batch before: 6 in 60 s.
    #expect(try counting.take([(240, "221")]) == ["180: 0.1"])
    #expect(
      counting.interpreter.notes.lines() == [
        "renamed: http_requests_total to http_requests_per_second",
        "counters as rates: http_requests_total (1 series, 0 resets)",
        "kept, but unknown to analysis: http_requests_per_second "
          + "(1 series; did you mean requests_per_second?)",
      ])
  }

  @Test("A fall is a restart from nothing, and is counted")
  func resets() throws {
    var counting = try Counting(
      SourceKey(metric: "http_requests_total"), ["http_requests_total": MetricRule(.requestsPerSecond)])
    #expect(counting.interpreter.keys.map(\.description) == ["web requests_per_second"])
    // 30 since the restart, in 60 s.
    #expect(try counting.take([(0, "1000"), (60, "30"), (120, "90")]) == ["0: 0.5", "60: 1"])
    #expect(counting.interpreter.notes.counters["http_requests_total"]?.resets == 1)
  }

  @Test("Values of other decimals, and beyond 64 bits together, subtract exactly")
  func decimals() throws {
    var counting = try Counting(SourceKey(metric: "x", isCounter: true))
    #expect(counting.interpreter.keys.map(\.description) == ["web x_per_second"])
    #expect(try counting.take([(0, "1.5"), (1, "2"), (2, "2.25")]) == ["0: 0.5", "1: 0.25"])
    var wide = try Counting(SourceKey(metric: "x", isCounter: true))
    // 9000000000000000000 - 0.000000001 in 10 s: 899999999999999999.9999999999 has room for one decimal: 900000000000000000.0.
    #expect(try wide.take([(0, "0.000000001"), (10, "9000000000000000000")]) == ["0: 900000000000000000"])
  }

  @Test("The same sample again is one sample, and the last gives no rate")
  func repeats() throws {
    var counting = try Counting(SourceKey(metric: "x_total"))
    #expect(try counting.take([(0, "5"), (0, "5.0"), (10, "25"), (10, "25")]) == ["0: 2"])
  }

  @Test("A counter out of the order of time is an error")
  func order() throws {
    let expected = "expected the values of a counter in the order of time, or \"counter: false\" in the mapping"
    var counting = try Counting(SourceKey(metric: "x_total"))
    expectFailure(
      "usage.csv: web x_per_second: found another value at 1970-01-01T00:01:00Z (lines 3 to 7), \(expected)"
    ) { () throws(DataError) in _ = try counting.take([(60, "5"), (60, "6")]) }
    counting = try Counting(SourceKey(metric: "x_total"))
    expectFailure(
      "usage.csv: web x_per_second: found 1970-01-01T00:00:59Z after 1970-01-01T00:01:00Z (lines 3 to 7), \(expected)"
    ) { () throws(DataError) in _ = try counting.take([(60, "5"), (59, "5")]) }
  }

  @Test("The mapping decides before the source, and the source before the name")
  func whatCounts() throws {
    var gauge = try Counting(SourceKey(metric: "x_total"), ["x_total": MetricRule(counter: false)])
    #expect(try gauge.take([(0, "5"), (0, "6")]) == ["0: 5", "0: 6"])
    gauge = try Counting(SourceKey(metric: "x_total", isCounter: false))
    #expect(gauge.interpreter.keys.map(\.description) == ["web x_total"])
    let counter = try Counting(SourceKey(metric: "x", isCounter: false), ["x": MetricRule(counter: true)])
    #expect(counter.interpreter.keys.map(\.description) == ["web x_per_second"])
  }

  @Test("Each series counts for itself")
  func apart() throws {
    var interpreter = SampleInterpreter(file: "usage.csv", naming: SeriesNaming(service: "web"), clock: nil)
    var batch = SampleBatch()
    batch.newKeys = ["a", "b"].map { SourceKey(metric: "x_total", labels: [.init("path", $0)]) }
    batch.samples = [(0, 0, 5), (1, 0, 50), (0, 10, 15), (1, 10, 250)].map {
      Sample(series: $0, seconds: $1, mantissa: $2, scale: 0)
    }
    try interpreter.take(&batch, lane: 0, firstLine: 2)
    // 10 in 10 s, 200 in 10 s.
    #expect(batch.samples.map(\.series) == [0, 1])
    #expect(batch.samples.map(\.mantissa) == [1, 20])
    #expect(interpreter.keys.map(\.metric.rawValue) == ["x_per_second{path=a}", "x_per_second{path=b}"])
  }
}
