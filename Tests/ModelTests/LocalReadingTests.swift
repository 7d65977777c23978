import Model
import TestSupport
import Testing

private func reader(_ zone: String) throws -> LocalClockReader {
  LocalClockReader(try #require(LocalClock(identifier: zone)))
}

@Suite struct LocalReadingTests {
  @Test(
    "A wall clock shows a time once, twice where it was set back, never where it was set forward",
    arguments: [
      // UTC-5 in winter, UTC-4 in summer; back on 1 November 2026 at 06:00Z, forward on 8 March at 07:00Z.
      ("America/New_York", "2026-01-15T12:00:00Z", LocalReading.once(instant("2026-01-15T17:00:00Z"))),
      ("America/New_York", "2026-07-15T12:00:00Z", .once(instant("2026-07-15T16:00:00Z"))),
      ("America/New_York", "2026-11-01T00:59:59Z", .once(instant("2026-11-01T04:59:59Z"))),
      (
        "America/New_York", "2026-11-01T01:30:00Z",
        .twice(instant("2026-11-01T05:30:00Z"), instant("2026-11-01T06:30:00Z"))
      ),
      ("America/New_York", "2026-11-01T02:00:00Z", .once(instant("2026-11-01T07:00:00Z"))),
      // 02:30 EST would be 07:30Z, when the clock showed 03:30 EDT.
      ("America/New_York", "2026-03-08T02:30:00Z", .skipped(instant("2026-03-08T07:30:00Z"))),
      ("America/New_York", "2026-03-08T03:00:00Z", .once(instant("2026-03-08T07:00:00Z"))),
      // Lord Howe is set by half an hour: back from 02:00 (UTC+11) to 01:30 (UTC+10:30) on 5 April, at 15:00Z before.
      (
        "Australia/Lord_Howe", "2026-04-05T01:45:00Z",
        .twice(instant("2026-04-04T14:45:00Z"), instant("2026-04-04T15:15:00Z"))
      ),
      ("Australia/Lord_Howe", "2026-04-05T01:15:00Z", .once(instant("2026-04-04T14:15:00Z"))),
      // Forward from 02:00 (UTC+10:30) to 02:30 on 4 October.
      ("Australia/Lord_Howe", "2026-10-04T02:15:00Z", .skipped(instant("2026-10-03T15:45:00Z"))),
      // Samoa had no 30 December 2011: from UTC-10 to UTC+14.
      ("Pacific/Apia", "2011-12-30T12:00:00Z", .skipped(instant("2011-12-30T22:00:00Z"))),
      ("Pacific/Apia", "2011-12-31T12:00:00Z", .once(instant("2011-12-30T22:00:00Z"))),
      ("UTC", "1969-12-31T23:59:59Z", .once(instant("1969-12-31T23:59:59Z"))),
    ])
  func readings(zone: String, shown: String, reading: LocalReading) throws {
    var reader = try reader(zone)
    #expect(reader.reading(instant(shown).seconds) == reading)
    // From memory too.
    #expect(reader.reading(instant(shown).seconds) == reading)
  }

  @Test(
    "Every five minutes of 2026, read off the clock, lead back to the same moments",
    arguments: ["America/New_York", "Europe/London", "Australia/Lord_Howe", "Asia/Kolkata", "UTC"])
  func thereAndBack(zone: String) throws {
    let clock = try #require(LocalClock(identifier: zone))
    var reader = LocalClockReader(clock)
    var moments: [Int64: [Instant]] = [:]
    let start = instant("2026-01-01T00:00:00Z"), end = instant("2027-01-01T00:00:00Z")
    for moment in stride(from: start, to: end, by: 300) {
      moments[moment.seconds + clock.offset(at: moment), default: []].append(moment)
    }
    // Without the day at each end, whose moments may lie in another year.
    var wrong: [Int64] = []
    for shown in stride(from: start.seconds + 86_400, to: end.seconds - 86_400, by: 300) {
      let found: [Instant] =
        switch reader.reading(shown) {
        case .skipped: []
        case .once(let moment): [moment]
        case .twice(let first, let second): [first, second]
        }
      if found != moments[shown] ?? [] { wrong.append(shown) }
    }
    #expect(wrong.isEmpty)
  }
}
