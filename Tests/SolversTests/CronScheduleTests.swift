import Model
import Testing

@testable import Solvers

@Suite struct CronScheduleTests {
  private func texts(_ cron: String, from start: String, hours: Int, in zone: String = "Etc/UTC") throws -> [String] {
    let (schedule, clock) = (try #require(CronSchedule(cron)), try #require(LocalClock(identifier: zone)))
    let start = try #require(Instant(start))
    let period = Period(start: start, end: start.advanced(by: Int64(hours) * 3600))
    return try #require(schedule.instants(in: period, on: clock, most: 1000)).map { $0.text(offset: 0) }
  }

  @Test("Fields are numbers, ranges, lists, steps and names")
  func fields() throws {
    // 2026-10-01 is a Thursday.
    #expect(
      try texts("0,30 9-10 * * *", from: "2026-10-01T00:00:00Z", hours: 24).map { $0.suffix(5) }
        == ["09:00", "09:30", "10:00", "10:30"])
    #expect(try texts("0 0 * * mon-fri", from: "2026-10-01T00:00:00Z", hours: 7 * 24).count == 5)
    #expect(
      try texts("0 12 1 jan,oct *", from: "2026-09-20T00:00:00Z", hours: 30 * 24).map { $0.prefix(10) } == [
        "2026-10-01"
      ])
    #expect(try texts("*/20 0 * * 7", from: "2026-10-04T00:00:00Z", hours: 24).count == 3)
    // Where both days are restricted either will do: the 2nd, and every Monday (5, 12).
    #expect(
      try texts("0 0 2 * 1", from: "2026-10-01T00:00:00Z", hours: 14 * 24).map { $0.dropFirst(8).prefix(2) } == [
        "02", "05", "12",
      ])
    for text in [
      "", "* * * *", "60 * * * *", "0 24 * * *", "0 0 0 * *", "a * * * *", "5-1 * * * *", "*/0 * * * *", "1- * * * *",
    ] {
      #expect(CronSchedule(text) == nil, "\(text)")
    }
  }

  @Test("A time is the wall clock's, before and after it is set, also when it skips it or shows it twice")
  func daylightSaving() throws {
    // Berlin: UTC+2 until 2026-10-25 01:00Z, then UTC+1; UTC+1 until 2026-03-29 01:00Z, when 02:00 becomes 03:00.
    let zone = "Europe/Berlin"
    #expect(
      try texts("0 9 * * *", from: "2026-10-24T00:00:00Z", hours: 48, in: zone) == [
        "2026-10-24 07:00", "2026-10-25 08:00",
      ])
    #expect(try texts("30 2 * * *", from: "2026-10-25T00:00:00Z", hours: 24, in: zone) == ["2026-10-25 00:30"])
    #expect(try texts("30 2 * * *", from: "2026-03-28T12:00:00Z", hours: 24, in: zone) == ["2026-03-29 01:30"])
  }

  @Test("It acts at the tick that begins then, or next")
  func ticks() throws {
    let schedule = try #require(CronSchedule("10 0,1 * * *"))
    let clock = try #require(LocalClock(identifier: "Etc/UTC"))
    let start = try #require(Instant("2026-10-01T00:00:00Z"))
    #expect(schedule.ticks(from: start, tickSeconds: 300, count: 288, on: clock) == [2, 14])
    #expect(schedule.ticks(from: start, tickSeconds: 900, count: 96, on: clock) == [1, 5])
    #expect(schedule.ticks(from: start, tickSeconds: 900, count: 5, on: clock) == [1])
  }
}
