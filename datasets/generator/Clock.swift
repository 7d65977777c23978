/// The period that is covered: local September and October 2026 in America/New_York, in slots of five minutes.
///
/// Local time is UTC-4 throughout: daylight saving ends on 1 November 2026 at 02:00, two hours after the data does. Slot 0
/// begins at local midnight of Tuesday 1 September, so a slot's local day and minute are a division away.
enum Clock {
  static let slotsPerDay = 288
  static let septemberDays = 30
  static let octoberDays = 31
  static let slots = (septemberDays + octoberDays) * slotsPerDay
  static let october = septemberDays * slotsPerDay

  private static let utcOffsetHours = 4

  /// The slots of each local month, with the name its files carry.
  static let months = [
    (name: "2026-09", window: Window(start: 0, end: october)),
    (name: "2026-10", window: Window(start: october, end: slots)),
  ]

  /// The slot that begins at a local time in October.
  static func october(_ day: Int, _ hour: Int, _ minute: Int = 0) -> Int {
    october + (day - 1) * slotsPerDay + (hour * 60 + minute) / 5
  }

  static func localMinute(_ slot: Int) -> Int { slot % slotsPerDay * 5 }
  static func localHour(_ slot: Int) -> Double { Double(localMinute(slot)) / 60 }
  static func localDay(_ slot: Int) -> Int { slot / slotsPerDay }

  /// Saturday or Sunday, by the local date. Day 0 is a Tuesday.
  static func isWeekend(day: Int) -> Bool { (day + 1) % 7 >= 5 }

  /// When the slot starts, in UTC: `2026-09-01T04:00:00Z` for slot 0; the end of the data for slot `slots`.
  static func timestamp(_ slot: Int) -> String {
    let minutes = slot * 5 + utcOffsetHours * 60
    let day = minutes / 1440
    let (month, date) =
      switch day {
      case ..<septemberDays: ("09", day + 1)
      case ..<(septemberDays + octoberDays): ("10", day - septemberDays + 1)
      default: ("11", day - septemberDays - octoberDays + 1)
      }
    return "2026-\(month)-\(pair(date))T\(pair(minutes / 60 % 24)):\(pair(minutes % 60)):00Z"
  }

  private static func pair(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}

/// Slots from `start` up to, but not including, `end`.
struct Window {
  let start: Int
  let end: Int

  var slots: Range<Int> { start..<end }
  func contains(_ slot: Int) -> Bool { slots.contains(slot) }
}
