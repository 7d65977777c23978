import Ingest
import Testing

@Suite struct TimestampsTests {
  private func parsed(_ text: String) -> ParsedTimestamp? { parseTimestamp(Array(text.utf8)[...]) }

  // `date -u -d 2026-10-01T04:00:00Z +%s` is 1790827200.
  @Test(
    "One instant is the same in all its spellings",
    arguments: [
      "2026-10-01T04:00:00Z", "2026-10-01 04:00:00z", "2026-10-01T06:00:00+02:00", "2026-10-01T06:00:00+0200",
      "2026-10-01T06:00+02", "2026-09-30T22:30:00-05:30", "2026-10-01T04:00:00.000Z",
    ])
  func calendar(text: String) {
    #expect(parsed(text) == ParsedTimestamp(seconds: 1_790_827_200, isLocal: false, form: .calendar))
  }

  @Test(
    "Without a zone it is what a local clock showed",
    arguments: [
      ("2026-10-01T04:00:00", 1_790_827_200), ("2026-10-01 04:00", 1_790_827_200),
      // Four hours earlier.
      ("2026-10-01", 1_790_812_800),
    ] as [(String, Int64)])
  func local(text: String, seconds: Int64) {
    #expect(parsed(text) == ParsedTimestamp(seconds: seconds, isLocal: true, form: .calendar))
  }

  @Test("A fraction is cut, towards the past before 1970 too")
  func fractions() {
    #expect(
      parsed("2026-10-01T04:00:00.999Z")
        == ParsedTimestamp(seconds: 1_790_827_200, isLocal: false, form: .calendarFraction))
    #expect(parsed("1969-12-31T23:59:59.5Z")?.seconds == -1)
    #expect(
      parsed("1790827200.781") == ParsedTimestamp(seconds: 1_790_827_200, isLocal: false, form: .epochFraction))
  }

  @Test("A count since 1970 is in milliseconds from 10^11 on")
  func epoch() {
    #expect(parsed("1790827200") == ParsedTimestamp(seconds: 1_790_827_200, isLocal: false, form: .epochSeconds))
    #expect(parsed("1790827200.0")?.form == .epochSeconds)
    #expect(parsed("1.790827200781e+09") == parsed("1790827200.781"))
    #expect(
      parsed("1790827200000") == ParsedTimestamp(seconds: 1_790_827_200, isLocal: false, form: .epochMilliseconds))
    #expect(parsed("1790827200781")?.form == .epochMillisecondsCut)
    #expect(parsed("99999999999")?.form == .epochSeconds)
    #expect(parsed("100000000000")?.seconds == 100_000_000)
  }

  @Test("29 February is there in leap years only")
  func leapYears() {
    #expect(parsed("2024-02-29") != nil && parsed("2000-02-29") != nil)
    #expect(parsed("2026-02-29") == nil && parsed("1900-02-29") == nil)
  }

  @Test(
    "Anything else is no timestamp",
    arguments: [
      "", "-1", "yesterday", "2026-02-30", "2026-13-01", "2026-00-10", "2026-10-00", "2026-04-31T00:00:00Z",
      "2026-10-01T24:00:00Z", "2026-10-01T04:60:00Z", "2026-10-01T04:00:60Z", "2026-10-01T04", "2026-10-01T04:00:00.",
      "2026-10-01T04:00:00.Z", "2026-10-01T04:00:00+2", "2026-10-01T04:00:00+24:00", "2026-10-01T04:00:00Zx",
      "2026/10/01", "2026-10/01", "1790827200.", ".5", "100000000000000", "9999999999999999999999", "1e30", "٣",
    ])
  func refused(text: String) { #expect(parsed(text) == nil) }

  @Test("Forms that a reader should be told are counted")
  func counts() {
    var forms = TimestampForms()
    for text in ["2026-10-01", "2026-10-01T04:00:00.5Z", "1790827200", "1790827200.5", "1790827200000"] {
      if let parsed = parsed(text) { forms.count(parsed.form) }
    }
    // Seconds: the third and the fourth; fractions: the second and the fourth.
    #expect(forms.epochSeconds == 2 && forms.fractions == 2 && forms.epochMilliseconds == 1)
  }
}
