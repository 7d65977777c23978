/// A moment in UTC, in whole seconds since 1970-01-01T00:00:00Z.
public struct Instant: Hashable, Comparable, Sendable, Strideable {
  /// Since 1970-01-01T00:00:00Z.
  public var seconds: Int64
  /// The moment so many seconds after 1970-01-01T00:00:00Z.
  public init(seconds: Int64) { self.seconds = seconds }

  /// True when the one is earlier than the other.
  public static func < (a: Instant, b: Instant) -> Bool { a.seconds < b.seconds }
  /// Seconds until another moment.
  public func distance(to other: Instant) -> Int64 {
    let (distance, overflow) = other.seconds.subtractingReportingOverflow(seconds)
    return overflow ? (seconds < 0 ? .max : .min) : distance
  }
  /// The moment so many seconds later; no later than the last that 64 bits hold.
  public func advanced(by seconds: Int64) -> Instant {
    let (sum, overflow) = self.seconds.addingReportingOverflow(seconds)
    return Instant(seconds: overflow ? (seconds < 0 ? .min : .max) : sum)
  }

  /// Midnight UTC of a civil date; proleptic Gregorian (days-from-civil, H. Hinnant, "chrono-Compatible
  /// Low-Level Date Algorithms").
  package init(year: Int, month: Int, day: Int) {
    let y = month <= 2 ? year - 1 : year
    let era = (y >= 0 ? y : y - 399) / 400
    let yearOfEra = y - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    self.init(seconds: Int64(era * 146_097 + dayOfEra - 719_468) * 86_400)
  }

  /// The civil date in UTC (civil-from-days, same source).
  package var civil: (year: Int, month: Int, day: Int) {
    let days = Int(floorDivide(seconds, 86_400)) + 719_468
    let era = (days >= 0 ? days : days - 146_096) / 146_097
    let dayOfEra = days - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shifted = (5 * dayOfYear + 2) / 153
    let month = shifted < 10 ? shifted + 3 : shifted - 9
    return (
      yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shifted + 2) / 5 + 1
    )
  }

  /// Later than any price: the last day that a date can name.
  package static let lastDay = Instant(year: 9999, month: 12, day: 31)

  /// Days since 1970-01-01 in UTC.
  package var day: Int { Int(floorDivide(seconds, 86_400)) }
}

/// Division rounded towards minus infinity.
@inlinable package func floorDivide(_ a: Int64, _ b: Int64) -> Int64 {
  let quotient = a / b
  return a % b != 0 && (a < 0) != (b < 0) ? quotient - 1 : quotient
}

/// A half-open span of time, `start` included and `end` excluded.
public struct Period: Hashable, Sendable {
  /// The first moment of it.
  public var start: Instant
  /// The first moment behind it.
  public var end: Instant
  /// - Precondition: `start` is not after `end`.
  public init(start: Instant, end: Instant) {
    precondition(start <= end, "a period cannot end before it starts")
    self.start = start
    self.end = end
  }
  /// Its length.
  public var seconds: Int64 { start.distance(to: end) }
  package func contains(_ instant: Instant) -> Bool { start <= instant && instant < end }

  /// True when another lies in it from start to end.
  package func contains(_ other: Period) -> Bool { start <= other.start && other.end <= end }

  /// The part that both cover, nil when they do not overlap.
  package func intersection(_ other: Period) -> Period? {
    let start = max(self.start, other.start)
    let end = min(self.end, other.end)
    return start < end ? Period(start: start, end: end) : nil
  }
}

extension Instant: LosslessStringConvertible {
  /// Parses `2026-10-01T04:00:00Z`, `2026-10-01T04:00:00+02:00`, a space in place of the `T`, fractional seconds
  /// (cut), or a bare date (midnight UTC); nil for anything else.
  public init?(_ text: String) {
    var text = text
    guard let value = text.withUTF8({ Instant(bytes: $0) }) else { return nil }
    self = value
  }

  package init?(bytes: UnsafeBufferPointer<UInt8>) {
    guard let date = Self.midnight(of: bytes) else { return nil }
    if bytes.count == 10 {
      self = date
      return
    }
    guard bytes.count >= 20, bytes[10] == UInt8(ascii: "T") || bytes[10] == UInt8(ascii: " "),
      let hour = Self.number(bytes, 11, 2), let minute = Self.number(bytes, 14, 2),
      let second = Self.number(bytes, 17, 2), bytes[13] == 58, bytes[16] == 58,
      hour < 24, minute < 60, second < 60
    else { return nil }
    var index = 19
    if bytes[index] == UInt8(ascii: ".") {
      index += 1
      while index < bytes.count, bytes[index] >= 48, bytes[index] <= 57 { index += 1 }
    }
    guard let offset = Self.offset(bytes, from: index) else { return nil }
    self.init(seconds: date.seconds + Int64(hour * 3600 + minute * 60 + second) - offset)
  }

  /// Midnight UTC of the `2026-10-01` that bytes start with; nil for anything else, a day that the month lacks too.
  package static func midnight(of bytes: UnsafeBufferPointer<UInt8>) -> Instant? {
    guard bytes.count >= 10, bytes[4] == 45, bytes[7] == 45, let year = number(bytes, 0, 4),
      let month = number(bytes, 5, 2), let day = number(bytes, 8, 2), (1...12).contains(month),
      (1...31).contains(day)
    else { return nil }
    let instant = Instant(year: year, month: month, day: day)
    let civil = instant.civil
    return civil.month == month && civil.day == day ? instant : nil
  }

  private static func offset(_ bytes: UnsafeBufferPointer<UInt8>, from index: Int) -> Int64? {
    guard index < bytes.count else { return nil }
    if bytes[index] | 0x20 == UInt8(ascii: "z") { return index == bytes.count - 1 ? 0 : nil }
    guard bytes.count == index + 6, bytes[index] == 43 || bytes[index] == 45,
      bytes[index + 3] == 58, let hours = number(bytes, index + 1, 2),
      let minutes = number(bytes, index + 4, 2), hours < 24, minutes < 60
    else { return nil }
    return Int64(hours * 3600 + minutes * 60) * (bytes[index] == 45 ? -1 : 1)
  }

  private static func number(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ count: Int)
    -> Int?
  {
    var value = 0
    for index in start..<(start + count) {
      let digit = bytes[index] &- 48
      guard digit <= 9 else { return nil }
      value = value * 10 + Int(digit)
    }
    return value
  }

  /// `2026-10-01T04:00:00Z`.
  public var description: String {
    // Not from the day's midnight, which the least that 64 bits hold lies behind.
    let time = Int((seconds % 86_400 + 86_400) % 86_400)
    return "\(date)T\(twoDigits(time / 3600)):\(twoDigits(time / 60 % 60)):\(twoDigits(time % 60))Z"
  }

  /// `2026-10-01`, in UTC.
  package var date: String {
    let (year, month, day) = civil
    return "\(year)-\(twoDigits(month))-\(twoDigits(day))"
  }
}

/// `07`; two digits with a leading zero.
package func twoDigits(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
