import Foundation
import Model
import TestSupport
import Testing

@Suite struct InstantTests {
  @Test("Every day's civil date leads back to the day", arguments: 0..<20)
  func civilRoundTrip(seed: Int) {
    var random = SplitMix64(seed: seed)
    for _ in 0..<100 {
      let instant = Instant(seconds: random.number(-4_000_000...4_000_000) * 86_400)
      let (year, month, day) = instant.civil
      #expect(Instant(year: year, month: month, day: day) == instant)
      #expect((1...12).contains(month) && (1...31).contains(day))
    }
  }

  @Test("Civil dates are those of Foundation's ISO 8601 calendar", arguments: 0..<20)
  func agreesWithFoundation(seed: Int) throws {
    var calendar = Calendar(identifier: .iso8601)
    calendar.timeZone = try #require(TimeZone(identifier: "UTC"))
    var random = SplitMix64(seed: seed)
    for _ in 0..<50 {
      // From 1600 to 9999: before 1582-10-15 Foundation counts in the Julian calendar.
      let instant = Instant(seconds: random.number(-11_676_096_000...253_402_300_799))
      let date = Date(timeIntervalSince1970: Double(instant.seconds))
      let parts = calendar.dateComponents([.year, .month, .day], from: date)
      #expect(instant.civil == (parts.year!, parts.month!, parts.day!))
    }
  }

  @Test("A moment from the year 1000 on comes back from its text", arguments: 0..<200)
  func textRoundTrip(seed: Int) {
    var random = SplitMix64(seed: seed)
    // 1000-01-01T00:00:00Z ... 9999-12-31T23:59:59Z.
    let instant = Instant(seconds: random.number(-30_610_224_000...253_402_300_799))
    #expect(Instant(instant.description) == instant)
  }

  @Test(
    "An offset, a space, a fraction and a bare date are understood",
    arguments: [
      ("2026-10-01T04:00:00Z", "2026-10-01T04:00:00Z"), ("2026-10-01T04:00:00+02:00", "2026-10-01T02:00:00Z"),
      ("2026-10-01T00:30:00-05:30", "2026-10-01T06:00:00Z"), ("2026-10-01 04:00:00z", "2026-10-01T04:00:00Z"),
      ("2026-10-01T04:00:00.999Z", "2026-10-01T04:00:00Z"), ("2026-10-01", "2026-10-01T00:00:00Z"),
      ("2026-12-31T23:00:00-02:00", "2027-01-01T01:00:00Z"), ("2028-02-29", "2028-02-29T00:00:00Z"),
      ("2000-02-29", "2000-02-29T00:00:00Z"),
    ])
  func parses(text: String, utc: String) { #expect(Instant(text)?.description == utc) }

  @Test(
    "A date that does not exist and a time without a zone are refused",
    arguments: [
      "2026-02-29", "2100-02-29", "2026-04-31", "2026-13-01", "2026-00-10", "2026-01-00", "26-01-01", "2026/01/01",
      "2026-10-01T24:00:00Z", "2026-10-01T23:60:00Z", "2026-10-01T23:59:60Z", "2026-10-01T04:00:00",
      "2026-10-01T04:00Z", "2026-10-01T04:00:00+0200", "2026-10-01T04:00:00Zx", "2026-10-01x", "", "yesterday",
    ])
  func rejects(text: String) { #expect(Instant(text) == nil) }

  @Test("1970 began on the day numbered 0, and the day before is numbered -1")
  func days() {
    #expect(instant("1970-01-01T23:59:59Z").day == 0)
    #expect(instant("1969-12-31T23:59:59Z").day == -1)
  }

  @Test("A period holds its start and not its end")
  func halfOpen() {
    #expect(october.contains(october.start))
    #expect(!october.contains(october.end))
    #expect(october.contains(october.end.advanced(by: -1)))
  }

  @Test("Periods that only touch do not overlap")
  func intersections() {
    let november = period("2026-11-01", "2026-12-01")
    #expect(october.intersection(november) == nil)
    #expect(october.intersection(period("2026-10-31", "2026-11-05")) == period("2026-10-31", "2026-11-01"))
  }

  @Test("Division rounds towards minus infinity", arguments: [(7, 2, 3), (-7, 2, -4), (-8, 2, -4), (7, -2, -4)])
  func floors(a: Int64, b: Int64, quotient: Int64) { #expect(floorDivide(a, b) == quotient) }
}
