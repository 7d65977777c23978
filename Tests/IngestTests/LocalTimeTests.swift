import Ingest
import Model
import Testing

private func interpret(
  _ times: [(UInt32, String)], zone: String?, isLocal: Bool = true
) throws(DataError) -> (instants: [String], notes: [String]) {
  var interpreter = SampleInterpreter(
    file: "usage.csv", naming: SeriesNaming(service: "web"), clock: zone.map { LocalClock(identifier: $0)! })
  var batch = SampleBatch()
  batch.lines = 1
  batch.newKeys = [SourceKey(metric: "calls"), SourceKey(metric: "iops")]
  batch.samples = times.map { series, text in
    Sample(series: series, seconds: Instant(text + ":00Z")!.seconds, mantissa: 1, scale: 0, isLocal: isLocal)
  }
  try interpreter.take(&batch, lane: 0, firstLine: 2)
  return (batch.samples.map { "\($0.series) \(Instant(seconds: $0.seconds))" }, interpreter.notes.lines())
}

@Suite struct LocalTimeTests {
  @Test("A local timestamp is read on the clock, one with a zone as it is")
  func local() throws {
    #expect(
      try interpret([(0, "2026-07-01 12:00")], zone: "America/New_York").instants == ["0 2026-07-01T16:00:00Z"])
    #expect(
      try interpret([(0, "2026-07-01 12:00")], zone: "America/New_York", isLocal: false).instants
        == ["0 2026-07-01T12:00:00Z"])
  }

  @Test("A local timestamp without a clock is an error that says what to give")
  func noClock() {
    expectFailure(
      "usage.csv: found timestamp 2026-07-01 12:00:00 without a zone (line 2), "
        + "expected Z or an offset such as +02:00, or parameter timezone"
    ) { () throws(DataError) in _ = try interpret([(0, "2026-07-01 12:00")], zone: nil) }
  }

  @Test("Of an hour that comes twice each series has the first, then the second")
  func repeated() throws {
    // Back at 02:00 EDT on 1 November: 01:00 is 05:00Z, then 06:00Z. Series 1 starts in the hour, for itself.
    let result = try interpret(
      [
        (0, "2026-11-01 00:30"), (0, "2026-11-01 01:00"), (0, "2026-11-01 01:30"), (1, "2026-11-01 01:30"),
        (0, "2026-11-01 01:00"), (0, "2026-11-01 01:30"), (1, "2026-11-01 01:00"), (0, "2026-11-01 02:00"),
      ], zone: "America/New_York")
    #expect(
      result.instants == [
        "0 2026-11-01T04:30:00Z", "0 2026-11-01T05:00:00Z", "0 2026-11-01T05:30:00Z", "1 2026-11-01T05:30:00Z",
        "0 2026-11-01T06:00:00Z", "0 2026-11-01T06:30:00Z", "1 2026-11-01T06:00:00Z", "0 2026-11-01T07:00:00Z",
      ])
    #expect(
      result.notes == [
        "the clock showed the hour of 2026-11-01 01:00 twice: 6 samples in it, told apart by their order"
      ])
  }

  @Test("In an hour that is skipped the clock is taken to be as before")
  func skipped() throws {
    let result = try interpret([(0, "2026-03-08 02:30")], zone: "America/New_York")
    // 02:30 EST = 07:30Z = 03:30 EDT.
    #expect(result.instants == ["0 2026-03-08T07:30:00Z"])
    #expect(
      result.notes == [
        "the clock skipped the hour of 2026-03-08 02:00: 1 sample in it, taken as if it had not been set forward"
      ])
  }

  @Test("A year of five-minute samples across both changes keeps every moment, in any number of blocks")
  func year() throws {
    let clock = LocalClock(identifier: "Europe/London")!
    let start = Instant("2026-01-01T00:00:00Z")!, end = Instant("2027-01-01T00:00:00Z")!
    let moments = Array(stride(from: start, to: end, by: 300))
    var interpreter = SampleInterpreter(file: "usage.csv", naming: SeriesNaming(service: "web"), clock: clock)
    var found: [Int64] = []
    for first in stride(from: 0, to: moments.count, by: 1009) {
      var batch = SampleBatch()
      if first == 0 { batch.newKeys = [SourceKey(metric: "calls")] }
      batch.samples = moments[first..<min(first + 1009, moments.count)].map {
        Sample(series: 0, seconds: $0.seconds + clock.offset(at: $0), mantissa: 1, scale: 0, isLocal: true)
      }
      try interpreter.take(&batch, lane: 0, firstLine: 2)
      found += batch.samples.map(\.seconds)
    }
    #expect(found == moments.map(\.seconds))
    // 01:00 to 02:00 on 25 October, 12 samples each time round.
    #expect(interpreter.notes.repeatedHours == [Instant("2026-10-25T01:00:00Z")!.seconds: 24])
  }
}
