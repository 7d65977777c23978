import Foundation

/// Reads cron entries by asking of every minute what the wall clock shows: slow, and by nothing that the project
/// computes.
///
/// A time that the clock shows twice counts the first time; one that it skips does not come.
struct CronReader {
  private let fields: [Set<Int>]
  private let calendar: Calendar

  init?(_ text: String, zone: String) {
    let parts = text.split(separator: " ").map(String.init)
    guard parts.count == 5, let timeZone = TimeZone(identifier: zone) else { return nil }
    let ranges = [0...59, 0...23, 1...31, 1...12, 0...7]
    var fields: [Set<Int>] = []
    for (part, range) in zip(parts, ranges) {
      guard let values = Self.values(part, range) else { return nil }
      fields.append(values)
    }
    fields[4] = Set(fields[4].map { $0 % 7 })
    self.fields = fields
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = timeZone
    self.calendar = calendar
  }

  private static func values(_ text: String, _ range: ClosedRange<Int>) -> Set<Int>? {
    if text == "*" { return Set(range) }
    let names = ["SUN": 0, "MON": 1, "TUE": 2, "WED": 3, "THU": 4, "FRI": 5, "SAT": 6]
    var found: Set<Int> = []
    for part in text.split(separator: ",") {
      let ends = part.split(separator: "-").map { Int($0) ?? names[String($0)] }
      guard let first = ends.first ?? nil, let last = ends.last ?? nil, first <= last else { return nil }
      found.formUnion(first...last)
    }
    return found
  }

  /// When it strikes, minute by minute.
  func strikes(from start: Date, to end: Date) -> [Date] {
    var strikes: [Date] = []
    var shown: Set<[Int]> = []
    var moment = start
    while moment < end {
      let parts = calendar.dateComponents([.minute, .hour, .day, .month, .weekday, .year], from: moment)
      let values = [parts.minute, parts.hour, parts.day, parts.month, parts.weekday.map { $0 - 1 }].map { $0 ?? -1 }
      if zip(fields, values).allSatisfy({ $0.contains($1) }), shown.insert(values + [parts.year ?? 0]).inserted {
        strikes.append(moment)
      }
      moment += 60
    }
    return strikes
  }
}
