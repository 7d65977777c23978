// "Scheduled scaling for Amazon EC2 Auto Scaling": a recurrence is a Unix cron expression of five fields in a time zone,
// daylight saving included. What the page leaves open is as in cron(8): where both days are restricted either will do; a
// time that the clock skips is struck when it would have been, one that it shows twice the first time.

/// A recurrence in cron's five fields: minute, hour, day of the month, month, day of the week (0 and 7 are Sunday).
package struct CronSchedule: Hashable, Sendable {
  private let minutes: [Int]
  private let hours: [Int]
  private let days: Set<Int>
  private let months: Set<Int>
  private let weekdays: Set<Int>
  /// True where a day must be one of the month and one of the week, since one of both says "every".
  private let needsBothDays: Bool

  private static let monthNames = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
  ]
  private static let weekdayNames = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]

  /// Parses `0 9 * * 1-5`, `*/15 8-18 1,15 jan-mar *`; nil for anything else.
  package init?(_ text: String) {
    let fields = text.split(separator: " ").map { $0.lowercased() }
    guard fields.count == 5, let minutes = Self.numbers(fields[0], 0...59), let hours = Self.numbers(fields[1], 0...23),
      let days = Self.numbers(fields[2], 1...31), let months = Self.numbers(fields[3], 1...12, Self.monthNames),
      let weekdays = Self.numbers(fields[4], 0...7, Self.weekdayNames)
    else { return nil }
    self.minutes = minutes.sorted()
    self.hours = hours.sorted()
    self.days = days
    self.months = months
    self.weekdays = Set(weekdays.map { $0 % 7 })
    needsBothDays = fields[2].hasPrefix("*") || fields[4].hasPrefix("*")
  }

  private static func numbers(_ field: String, _ range: ClosedRange<Int>, _ names: [String] = []) -> Set<Int>? {
    var numbers: Set<Int> = []
    for part in field.split(separator: ",", omittingEmptySubsequences: false) {
      let halves = part.split(separator: "/", omittingEmptySubsequences: false)
      guard (1...2).contains(halves.count), let span = span(String(halves[0]), range, names) else { return nil }
      guard halves.count == 2 else {
        numbers.formUnion(span)
        continue
      }
      guard let step = Int(halves[1]), (1...60).contains(step) else { return nil }
      // "5/15" is from 5 on.
      let isOpen = span.count == 1 && halves[0] != "*"
      numbers.formUnion(stride(from: span.lowerBound, through: isOpen ? range.upperBound : span.upperBound, by: step))
    }
    return numbers
  }

  private static func span(_ text: String, _ range: ClosedRange<Int>, _ names: [String]) -> ClosedRange<Int>? {
    if text == "*" { return range }
    let ends = text.split(separator: "-", omittingEmptySubsequences: false).map { end in
      Int(end) ?? names.firstIndex(of: String(end)).map { $0 + range.lowerBound }
    }
    guard (1...2).contains(ends.count), let first = ends[0], let last = ends[ends.count - 1], first <= last,
      range.contains(first), range.contains(last)
    else { return nil }
    return first...last
  }

  private func includes(_ date: CivilDate) -> Bool {
    let civil = date.midnightUTC.civil
    // 1970-01-01 was a Thursday.
    let weekday = ((date.day % 7) + 11) % 7
    let (isDay, isWeekday) = (days.contains(civil.day), weekdays.contains(weekday))
    return months.contains(civil.month) && (needsBothDays ? isDay && isWeekday : isDay || isWeekday)
  }

  /// False for days that no month of it has, `0 0 30 2 *`: it never strikes.
  package var everStrikes: Bool {
    let lengths = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    let hasDate = months.contains { month in days.contains { $0 <= lengths[month - 1] } }
    return hasDate || !needsBothDays
  }

  /// The minutes of a week, from Monday 00:00 on, at which it strikes every week; nil where it leaves out some dates.
  package var minutesOfWeek: [Int]? {
    guard days.count == 31, months.count == 12 else { return nil }
    let own = (0..<7).filter { weekdays.contains(($0 + 1) % 7) }
    return own.flatMap { day in hours.flatMap { hour in minutes.map { day * 1440 + hour * 60 + $0 } } }
  }

  /// The moments of a period at which it strikes, in order.
  /// - Parameter most: how many there may be at most.
  /// - Returns: nil when there are more.
  package func instants(in period: Period, on clock: LocalClock, most: Int) -> [Instant]? {
    var reader = LocalClockReader(clock)
    var instants: [Instant] = []
    let (first, last) = (clock.date(at: period.start), clock.date(at: period.end))
    for day in (first.day - 1)...(last.day + 1) where includes(CivilDate(day: day)) {
      for hour in hours {
        for minute in minutes {
          let instant = reader.moment(Int64(day) * 86_400 + Int64(hour * 3600 + minute * 60))
          guard period.contains(instant) else { continue }
          guard instants.count < most else { return nil }
          instants.append(instant)
        }
      }
    }
    return instants.sorted()
  }
}

extension LocalClockReader {
  fileprivate mutating func moment(_ seconds: Int64) -> Instant {
    switch reading(seconds) {
    case .once(let instant), .twice(let instant, _), .skipped(let instant): instant
    }
  }
}

/// The five fields of cron, of which the day of the month is free, as the six of a scheduler that has one for the year and in which
/// one of both days is `?`; itself where there are not five.
///
/// Source: Amazon EventBridge Scheduler user guide, "Schedule types".
package func sixFieldRecurrence(_ recurrence: String) -> String {
  let fields = recurrence.split(separator: " ").map(String.init)
  guard fields.count == 5 else { return recurrence }
  return "\(fields[0]) \(fields[1]) \(fields[4] == "*" ? "* \(fields[3]) ?" : "? \(fields[3]) \(fields[4])") *"
}
