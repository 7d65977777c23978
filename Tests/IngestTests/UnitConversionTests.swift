import Foundation
import Ingest
import Model
import Testing

private func decimal(_ text: String) -> ScaledDecimal { ScaledDecimal(text)! }

/// What a value of a metric mapped with a unit becomes, or the error.
private func converted(_ value: String, _ unit: String, _ metric: String, counter: Bool = false) -> String {
  do {
    let mapping = try readMapping(
      text: "metrics: {m: {metric: \(metric), unit: \"\(unit)\", counter: \(counter)}}", file: "map.yaml")
    var interpreter = SampleInterpreter(
      file: "usage.csv", naming: SeriesNaming(service: "web", resource: "i-1", mapping: mapping), clock: nil)
    var batch = SampleBatch()
    batch.newKeys = [SourceKey(metric: "m")]
    let number = decimal(value)
    if counter { batch.samples.append(Sample(series: 0, seconds: 0, mantissa: 0, scale: 0)) }
    batch.samples.append(
      Sample(series: 0, seconds: 10, mantissa: number.mantissa, scale: UInt8(number.scale)))
    try interpreter.take(&batch, lane: 0, firstLine: 2)
    return batch.samples.map { "\(ScaledDecimal(mantissa: $0.mantissa, scale: Int($0.scale)))" }.joined(separator: " ")
  } catch {
    return "\(error)"
  }
}

@Suite struct UnitConversionTests {
  @Test(
    "Units convert by the unit in the name of the metric",
    arguments: [
      ("61.25", "percent", "memory_percent", "61.25"),
      ("0.6125", "fraction", "memory_percent", "61.25"),
      ("1", "ratio", "memory_percent", "100"),
      // 125 KB/s × 8000 bit/KB = 1,000,000 bit/s.
      ("125", "KB/s", "network_in_mbps", "1"),
      ("1000000", "Bytes/Second", "network_in_mbps", "8"),
      // 1 KiB/s = 8192 bit/s.
      ("1", "KiB/s", "network_in_mbps", "0.008192"),
      ("1", "MiB/s", "network_out_mbps", "8.388608"),
      ("1500", "Kilobits/Second", "network_out_mbps", "1.5"),
      ("0.25", "Seconds", "latency_p95_ms", "250"),
      ("1500", "us", "latency_p95_ms", "1.5"),
      ("1500", "ms", "replication_lag_seconds", "1.5"),
      ("30", "per_minute", "requests_per_second", "0.5"),
      ("2", "per_second", "jobs_per_minute", "120"),
      ("8589934592", "Bytes", "storage_gib", "8"),
      ("1536", "MiB", "storage_gib", "1.5"),
      ("1500000", "Kilobytes", "transfer_out_gb", "1.5"),
      ("7", "Count/Second", "iops", "7"),
      ("7", "Count", "connections", "7"),
      ("3", "GB", "disk_bytes", "3000000000"),
      ("-0.5", "fraction", "change_percent", "-50"),
    ])
  func values(value: String, unit: String, metric: String, result: String) {
    #expect(converted(value, unit, metric) == result)
  }

  @Test(
    "The rate of a counter is so much of its unit a second",
    arguments: [
      // 12,500,000 bytes in 10 s: 1,250,000 B/s = 10 Mbit/s.
      ("12500000", "bytes", "network_in_mbps", "10"),
      // 5 s of processor time in 10 s.
      ("5", "seconds", "cpu_percent", "50"),
      ("20", "count", "requests_per_second", "2"),
      // 2 a second are 120 a minute.
      ("20", "count", "jobs_per_minute", "120"),
    ])
  func counters(value: String, unit: String, metric: String, result: String) {
    #expect(converted(value, unit, metric, counter: true) == result)
  }

  @Test("A unit of another quantity is an error at its line")
  func misfits() {
    #expect(
      converted("1", "s", "cpu_percent")
        == "map.yaml:1: metrics.m.unit: found unit \"s\" of a value for metric \"cpu_percent\", "
        + "expected a unit that converts to that of the metric")
    #expect(
      converted("1", "percent", "cpu_percent", counter: true)
        == "map.yaml:1: metrics.m.unit: found unit \"percent\" of a counter for metric \"cpu_percent\", "
        + "expected a unit that converts to that of the metric")
    let counts = converted("1", "Count", "requests_per_second")
    #expect(counts.hasPrefix("map.yaml:1: metrics.m.unit: found unit \"Count\""))
    #expect(
      converted("1", "KB/s", "speed").hasPrefix(
        "map.yaml:1: metrics.m.unit: found unit \"KB/s\" of a value for metric \"speed\", "
          + "expected a metric that ends in its unit: _percent_per_minute, _bytes_per_second, "))
  }

  @Test("An unknown unit is an error that lists the known ones")
  func unknown() {
    let text = converted("1", "percnt", "cpu_percent")
    #expect(text.hasPrefix("map.yaml:1: metrics.m.unit: found unit \"percnt\", expected one of percent, %, Percent, "))
    #expect(text.hasSuffix("; did you mean \"percent\"?"))
  }

  @Test("A value that leaves 64 bits is an error that names the series and the instant")
  func outOfRange() {
    #expect(
      converted("9000000000000000000", "TB", "disk_bytes")
        == "usage.csv: web/i-1 disk_bytes: found 9000000000000000000 at 1970-01-01T00:00:10Z (line 2), "
        + "expected a value that fits into 64 bits in our unit")
  }
}

@Suite struct ConversionTests {
  @Test("Only a factor of one is the identity")
  func identity() {
    #expect(Conversion.identity.isIdentity)
    #expect(Conversion(60, over: 60).isIdentity)
    #expect(!Conversion(10, over: 1).isIdentity)
    #expect(Conversion(8000, over: 1_000_000) == Conversion(1, over: 125))
  }

  @Test("A power of ten moves the point, without zeros behind it")
  func powersOfTen() {
    #expect(Conversion(100, over: 1).apply(6120, scale: 4) == ScaledDecimal(mantissa: 6120, scale: 2))
    #expect(Conversion(1000, over: 1).apply(25, scale: 2) == ScaledDecimal(mantissa: 250, scale: 0))
    #expect(Conversion(1, over: 1000).apply(1500, scale: 0) == ScaledDecimal(mantissa: 15, scale: 1))
  }

  @Test("A decimal of 18 digits is exact, one of more is rounded to nine decimals")
  func exactness() {
    // 1 / 64 = 0.015625.
    #expect(Conversion(1, over: 64).apply(1, scale: 0) == decimal("0.015625"))
    // 1 / 2^18 = 0.000003814697265625: 18 decimals.
    #expect(Conversion(1, over: 1 << 18).apply(1, scale: 0) == decimal("0.000003814697265625"))
    // 1 / 2^19 = 0.0000019073…: 19 decimals.
    #expect(Conversion(1, over: 1 << 19).apply(1, scale: 0) == decimal("0.000001907"))
    // 3 × (1/3) comes out, 1 × (1/3) does not.
    #expect(Conversion(1, over: 3).apply(3, scale: 0) == decimal("1"))
    #expect(Conversion(1, over: 3).apply(1, scale: 0) == decimal("0.333333333"))
    #expect(Conversion(2, over: 3).apply(1, scale: 0) == decimal("0.666666667"))
    #expect(Conversion(2, over: 3).apply(-1, scale: 0) == decimal("-0.666666667"))
    #expect(Conversion(1, over: 7).apply(0, scale: 5) == decimal("0"))
    // 10^11 / 3: 9 decimals would be 20 digits, 8 are 19 and fit into 64 bits.
    #expect(Conversion(1, over: 3).apply(100_000_000_000, scale: 0) == decimal("33333333333.33333333"))
  }

  @Test("Ties are rounded to the even digit")
  func ties() {
    let half = Conversion(1, over: 2)
    // 2469135780.000000001 / 2 = 1234567890.0000000005: 20 digits, and a tie between …000 and …001.
    #expect(half.apply(2_469_135_780_000_000_001, scale: 9) == decimal("1234567890"))
    // 2469135780.000000003 / 2 = 1234567890.0000000015: a tie between …001 and …002.
    #expect(half.apply(2_469_135_780_000_000_003, scale: 9) == decimal("1234567890.000000002"))
    #expect(half.apply(-2_469_135_780_000_000_003, scale: 9) == decimal("-1234567890.000000002"))
  }

  @Test("Very small values stay exact up to 40 decimals, and are rounded to nothing beyond")
  func verySmall() {
    let half = Conversion(1, over: 2)
    // 0.000000001000000001 / 2 = 0.0000000005000000005: 19 decimals.
    #expect(half.apply(1_000_000_001, scale: 18) == ScaledDecimal(mantissa: 5_000_000_005, scale: 19))
    // 1.5e-35 x 3/250 = 1.8e-37: 15e-36 x 12e-3 = 180e-39 = 18e-38.
    #expect(Conversion(3, over: 250).apply(15, scale: 36) == ScaledDecimal(mantissa: 18, scale: 38))
    // A third of 10^-35 has no end, and nothing of it reaches the ninth decimal.
    #expect(Conversion(1, over: 3).apply(1, scale: 35) == ScaledDecimal(mantissa: 0, scale: 0))
    #expect(Conversion(1, over: 3_600_000_000_000_000_000).apply(7, scale: 40) == ScaledDecimal(mantissa: 0, scale: 0))
  }

  @Test("Random conversions agree with 128-bit arithmetic of their own")
  func random() {
    var state: UInt64 = 20_261_124
    func next(_ bound: Int64) -> Int64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int64(state >> 33) % bound
    }
    for _ in 0..<20_000 {
      let numerator = next(10_000) + 1, divisor = next(10_000) + 1
      let mantissa = next(2_000_000_000) - 1_000_000_000, scale = Int(next(7))
      guard let result = Conversion(numerator, over: divisor).apply(mantissa, scale: scale) else {
        Issue.record("no result")
        continue
      }
      // |result - mantissa × numerator / (divisor × 10^scale)| is at most half of 10^-9, or of 10^-18 of the result
      // where that is more; all × divisor × 10^18.
      let exact = Int128(mantissa) * Int128(numerator) * Int128(powerOfTen(18 - scale))
      let given = Int128(result.mantissa) * Int128(powerOfTen(18 - result.scale)) * Int128(divisor)
      let unit = max(UInt128(divisor) * 1_000_000_000, exact.magnitude / 1_000_000_000_000_000_000)
      #expect((exact - given).magnitude * 2 <= unit)
    }
  }

  @Test("Division by an interval keeps the fraction in lowest terms, or says that it cannot")
  func dividing() {
    #expect(Conversion(60, over: 1).divided(by: 300) == Conversion(1, over: 5))
    #expect(Conversion(1, over: Int64.max / 2).divided(by: 7) == nil)
  }
}
