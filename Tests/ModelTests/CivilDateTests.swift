import Model
import TestSupport
import Testing

@Suite struct CivilDateTests {
  @Test("A date is read and printed as it is written")
  func text() throws {
    let date = try #require(CivilDate("2026-10-01"))
    #expect(date.description == "2026-10-01")
    #expect(try #require(CivilDate("2026-09-30")) < date)
  }

  @Test("Anything else is no date", arguments: ["", "2026-10", "2026-02-29", "2026-10-01T00:00:00Z", "01.10.2026"])
  func refused(text: String) { #expect(CivilDate(text) == nil) }

  @Test("A moment has the date that the clock shows")
  func local() throws {
    let clock = try #require(LocalClock(identifier: "America/New_York"))
    // Four hours behind UTC in summer time.
    #expect(clock.date(at: instant("2026-11-01T03:59:59Z")).description == "2026-10-31")
    #expect(clock.date(at: instant("2026-11-01T04:00:00Z")).description == "2026-11-01")
  }
}
