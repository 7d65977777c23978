import Foundation

/// The wall clock of an IANA time zone, daylight saving included.
package struct LocalClock: Sendable {
  package let identifier: String
  private let zone: TimeZone

  /// nil for a name that the system's time-zone data does not know.
  package init?(identifier: String) {
    guard let zone = TimeZone(identifier: identifier) else { return nil }
    self.identifier = identifier
    self.zone = zone
  }

  /// Seconds to add to UTC to read this clock at that moment.
  package func offset(at instant: Instant) -> Int64 {
    Int64(zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(instant.seconds))))
  }

  /// The moment at which this clock shows midnight of a civil date.
  package func midnight(year: Int, month: Int, day: Int) -> Instant {
    let naive = Instant(year: year, month: month, day: day)
    let guess = naive.advanced(by: -offset(at: naive))
    return naive.advanced(by: -offset(at: guess))
  }

  /// The month from local midnight to local midnight: 744 hours in most Octobers, 745 where summer time ends in it.
  package func period(of month: Month) -> Period {
    let next = month.next
    return Period(
      start: midnight(year: month.year, month: month.month, day: 1),
      end: midnight(year: next.year, month: next.month, day: 1))
  }

  /// Hours since local Monday 00:00 as the wall clock shows them, 0...167.
  package func hourOfWeek(at instant: Instant) -> Int {
    let local = instant.seconds + offset(at: instant)
    // 1970-01-05 was a Monday.
    let hours = floorDivide(local - 4 * 86_400, 3600)
    return Int(hours - floorDivide(hours, 168) * 168)
  }

  /// `2026-10-13 10:05` on this clock.
  package func text(_ instant: Instant) -> String { instant.text(offset: offset(at: instant)) }
}
