import Model
import TestSupport
import Testing

@Suite struct MonthTests {
  @Test("A month parses and prints as it is written")
  func parses() {
    #expect(Month("2026-10") == Month(year: 2026, month: 10))
    #expect(Month(year: 2026, month: 3).description == "2026-03")
    #expect(Month(year: 2026, month: 10).name == "October 2026")
  }

  @Test(
    "What is no month is refused",
    arguments: ["2026-13", "2026-00", "26-10", "2026-1", "2026-10-01", "2026", "", "2026-ab", "2026-+1"])
  func rejects(text: String) { #expect(Month(text) == nil) }

  @Test("The year turns with December")
  func neighbours() {
    #expect(Month("2026-12")!.next == Month("2027-01"))
    #expect(Month("2027-01")!.previous == Month("2026-12"))
    #expect(Month("2026-12")! < Month("2027-01")!)
  }

  @Test(
    "A month has its real hours, with the hour that summer time adds or takes",
    arguments: [
      // New York leaves summer time on 1 November 2026 (the first Sunday) and enters it on 8 March.
      ("America/New_York", "2026-10", 744), ("America/New_York", "2026-11", 721), ("America/New_York", "2026-03", 743),
      // Berlin leaves on 25 October (the last Sunday) and enters on 29 March.
      ("Europe/Berlin", "2026-10", 745), ("Europe/Berlin", "2026-03", 743), ("Europe/Berlin", "2026-02", 672),
      ("UTC", "2026-10", 744), ("Asia/Kolkata", "2026-10", 744), ("UTC", "2028-02", 696),
    ])
  func hours(zone: String, month: String, hours: Int) throws {
    let clock = try #require(LocalClock(identifier: zone))
    #expect(clock.period(of: Month(month)!).hours == hours)
  }

  @Test(
    "A month starts when the wall clock shows midnight of its first day",
    arguments: ["America/New_York", "Europe/Berlin", "Asia/Kolkata", "Australia/Lord_Howe", "Pacific/Auckland", "UTC"])
  func startsAtMidnight(zone: String) throws {
    let clock = try #require(LocalClock(identifier: zone))
    for year in 2020...2030 {
      for number in 1...12 {
        let month = Month(year: year, month: number)
        #expect(clock.text(clock.period(of: month).start) == "\(month)-01 00:00")
      }
    }
  }

  @Test("A zone that nobody knows has no clock")
  func unknownZone() { #expect(LocalClock(identifier: "America/Gotham") == nil) }

  @Test(
    "The hour of the week follows the wall clock across both changes of it",
    arguments: [
      // Monday 00:00 EDT is 04:00 UTC.
      ("2026-10-05T04:00:00Z", 0), ("2026-10-05T03:59:59Z", 167),
      // Sunday 1 November: 01:00 EDT, 01:00 EST, 02:00 EST. Sunday 01:00 is hour 6 × 24 + 1 = 145.
      ("2026-11-01T05:00:00Z", 145), ("2026-11-01T06:00:00Z", 145), ("2026-11-01T07:00:00Z", 146),
      // Sunday 8 March: 01:00 EST, then 03:00 EDT.
      ("2026-03-08T06:00:00Z", 145), ("2026-03-08T07:00:00Z", 147),
      // Before 1970: Sunday 1969-12-28 23:00 EST.
      ("1969-12-29T04:00:00Z", 167),
    ])
  func hourOfWeek(text: String, hour: Int) throws {
    let clock = try #require(LocalClock(identifier: "America/New_York"))
    #expect(clock.hourOfWeek(at: instant(text)) == hour)
  }
}
