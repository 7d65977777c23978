/// A day of the calendar, on whichever clock: `2026-10-01`.
package struct CivilDate: Hashable, Comparable, Sendable {
  /// Days since 1970-01-01.
  package var day: Int

  package init(day: Int) { self.day = day }

  package static func < (a: CivilDate, b: CivilDate) -> Bool { a.day < b.day }
}

extension CivilDate: TextDecodable {
  package static let expectation = "a date such as 2026-10-01"

  /// Parses `2026-10-01`; nil for anything else, a day that the month lacks too.
  package init?(_ text: String) {
    guard text.utf8.count == 10, let midnight = Instant(text) else { return nil }
    self.init(day: midnight.day)
  }

  package var description: String { midnightUTC.date }
}

extension CivilDate {
  /// The moment at which the day begins in UTC.
  package var midnightUTC: Instant { Instant(seconds: Int64(day) * 86_400) }
}

extension Month {
  /// The last day of the month, on whichever clock.
  package var lastDay: CivilDate { CivilDate(day: Instant(year: next.year, month: next.month, day: 1).day - 1) }
}

extension LocalClock {
  /// The moment at which this clock shows midnight of a day.
  package func midnight(of date: CivilDate) -> Instant {
    let civil = date.midnightUTC.civil
    return midnight(year: civil.year, month: civil.month, day: civil.day)
  }

  /// The day that this clock shows at a moment.
  package func date(at instant: Instant) -> CivilDate { CivilDate(day: instant.advanced(by: offset(at: instant)).day) }
}
