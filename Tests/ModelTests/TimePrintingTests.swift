import Model
import TestSupport
import Testing

@Suite struct TimePrintingTests {
  @Test(
    "A length of time has its two largest units",
    arguments: [
      (0, "0 min"), (1, "1 s"), (59, "59 s"), (60, "1 min"), (3599, "59 min"), (3600, "1 h"), (16_500, "4 h 35 min"),
      // 47 h 59 min is the last in hours; 74 h are 3 d 2 h.
      (172_799, "47 h 59 min"), (172_800, "2 d"), (266_400, "3 d 2 h"), (-16_500, "-4 h 35 min"), (-1, "-1 s"),
      (.min, "-106751991167300 d 15 h"),
    ] as [(Int64, String)])
  func durations(seconds: Int64, text: String) { #expect(durationText(seconds) == text) }

  @Test(
    "A moment is printed on its clock",
    arguments: [
      ("2026-10-13T20:05:30Z", -14_400, "2026-10-13 16:05", "2026-10-13T16:05:30-04:00"),
      ("2026-10-13T20:05:30Z", 0, "2026-10-13 20:05", "2026-10-13T20:05:30Z"),
      ("2026-12-31T20:00:00Z", 19_800, "2027-01-01 01:30", "2027-01-01T01:30:00+05:30"),
      // Berlin before 1893 was 53 min 28 s ahead.
      ("2026-01-01T00:00:00Z", 3208, "2026-01-01 00:53", "2026-01-01T00:53:00+00:53"),
      ("2026-01-01T00:00:00Z", -9000, "2025-12-31 21:30", "2025-12-31T21:30:00-02:30"),
    ] as [(String, Int64, String, String)])
  func moments(moment: String, offset: Int64, text: String, iso: String) {
    #expect(instant(moment).text(offset: offset) == text)
    #expect(instant(moment).iso8601(offset: offset) == iso)
    #expect(Instant(iso) == instant(moment))
  }

  @Test("The ends of time are printed without a trap")
  func ends() {
    #expect(Instant(seconds: .max).text(offset: 3600).hasSuffix("15:30"))
    #expect(Instant(seconds: .min).iso8601(offset: -3600).hasSuffix("-01:00"))
  }
}
