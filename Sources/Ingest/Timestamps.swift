import Model

/// A timestamp of a utilisation file.
package struct ParsedTimestamp: Hashable, Sendable {
  /// How it was written. A fraction of zeros only, as in `.000`, is none.
  package enum Form: Hashable, Sendable {
    case calendar, calendarFraction, epochSeconds, epochMilliseconds, epochFraction
    /// Milliseconds that are no whole second.
    case epochMillisecondsCut
  }

  /// Since 1970-01-01T00:00:00Z, or what a local clock showed, as if it were UTC; a fraction is cut.
  package var seconds: Int64
  /// True when no zone was given.
  package var isLocal: Bool
  package var form: Form

  package init(seconds: Int64, isLocal: Bool, form: Form) {
    self.seconds = seconds
    self.isLocal = isLocal
    self.form = form
  }
}

/// The times that a sample can have: from 2000-01-01 up to 2150-01-01.
///
/// No fleet was measured before: what is earlier is a count in another unit than seconds or milliseconds, or a clock that
/// was never set. The store, whose days end on 2149-06-06, looks closer at the other end.
let sampleTimes: Range<Int64> = 946_684_800..<5_680_281_600

/// What to ask for in place of a timestamp that no sample can have.
let expectedSampleTime = "a timestamp from 2000-01-01 on; a count since 1970 is one of seconds or milliseconds"

extension ParsedTimestamp {
  /// True when no sample can have been taken then.
  var isTooEarly: Bool { seconds < sampleTimes.lowerBound }
}

extension TimestampForms {
  /// Counts one more timestamp, where its form is one that a reader should be told.
  @inline(__always)
  package mutating func count(_ form: ParsedTimestamp.Form) {
    switch form {
    case .calendar: break
    case .calendarFraction: fractions &+= 1
    case .epochSeconds: epochSeconds &+= 1
    case .epochMilliseconds: epochMilliseconds &+= 1
    case .epochFraction:
      epochSeconds &+= 1
      fractions &+= 1
    case .epochMillisecondsCut:
      epochMilliseconds &+= 1
      fractions &+= 1
    }
  }
}

/// Parses a timestamp, ISO 8601 or a count since 1970.
///
/// `2026-10-01T04:00:00Z`; a space for the `T`; an offset `+02:00`, `+0200` or `+02` for the `Z`, or neither for what a
/// local clock showed; without seconds; with a fraction; a date alone, which is a local midnight. `1790827200`,
/// `1790827200.25`, `1.7908272e9`: seconds since 1970; from 10^11 on, milliseconds. nil for anything else: a day that
/// the month does not have, hour 24, second 60, a negative count, and counts from 10^14 on, which are not milliseconds.
package func parseTimestamp(_ bytes: UnsafeBufferPointer<UInt8>) -> ParsedTimestamp? {
  bytes.count >= 10 && bytes[4] == UInt8(ascii: "-") ? calendarTimestamp(bytes) : epochTimestamp(bytes)
}

/// The same for bytes in an array.
package func parseTimestamp(_ bytes: ArraySlice<UInt8>) -> ParsedTimestamp? {
  bytes.withUnsafeBufferPointer { parseTimestamp($0) }
}

private func calendarTimestamp(_ bytes: UnsafeBufferPointer<UInt8>) -> ParsedTimestamp? {
  guard let midnight = Instant.midnight(of: bytes)?.seconds else { return nil }
  if bytes.count == 10 { return ParsedTimestamp(seconds: midnight, isLocal: true, form: .calendar) }
  guard bytes.count >= 16, bytes[10] | 0x20 == UInt8(ascii: "t") || bytes[10] == UInt8(ascii: " "),
    bytes[13] == UInt8(ascii: ":")
  else { return nil }
  let hour = twoDigitNumber(bytes, 11)
  let minute = twoDigitNumber(bytes, 14)
  guard hour < 24, minute < 60 else { return nil }
  var seconds = midnight + Int64(hour * 3600 + minute * 60)
  var index = 16
  var form = ParsedTimestamp.Form.calendar
  if bytes.count >= 19, bytes[16] == UInt8(ascii: ":") {
    let second = twoDigitNumber(bytes, 17)
    guard second < 60 else { return nil }
    seconds += Int64(second)
    index = 19
    guard let isCut = fraction(bytes, from: &index) else { return nil }
    if isCut { form = .calendarFraction }
  }
  if index == bytes.count { return ParsedTimestamp(seconds: seconds, isLocal: true, form: form) }
  guard let offset = zoneOffset(bytes, from: index) else { return nil }
  return ParsedTimestamp(seconds: seconds - offset, isLocal: false, form: form)
}

/// The number of two digits; 1000 or more for anything else. The bytes must be there.
@inline(__always)
func twoDigitNumber(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int) -> Int {
  let tens = bytes[start] &- 48
  let ones = bytes[start + 1] &- 48
  return tens <= 9 && ones <= 9 ? Int(tens) * 10 + Int(ones) : 1000
}

/// Passes a point and digits, if they are next; true when a digit is no zero, nil for a point without digits.
@inline(__always)
private func fraction(_ bytes: UnsafeBufferPointer<UInt8>, from index: inout Int) -> Bool? {
  guard index < bytes.count, bytes[index] == UInt8(ascii: ".") else { return false }
  index += 1
  let start = index
  var isCut = false
  while index < bytes.count, bytes[index] &- 48 <= 9 {
    if bytes[index] != 48 { isCut = true }
    index += 1
  }
  return index > start ? isCut : nil
}

/// Seconds ahead of UTC: `Z`, `+02`, `+0200`, `+02:00`, up to the end.
private func zoneOffset(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int64? {
  if bytes[start] | 0x20 == UInt8(ascii: "z") { return start == bytes.count - 1 ? 0 : nil }
  let length = bytes.count - start
  guard bytes[start] == UInt8(ascii: "+") || bytes[start] == UInt8(ascii: "-"), (3...6).contains(length) else {
    return nil
  }
  let hours = twoDigitNumber(bytes, start + 1)
  var minutes = 0
  if length == 5 {
    minutes = twoDigitNumber(bytes, start + 3)
  } else if length == 6, bytes[start + 3] == UInt8(ascii: ":") {
    minutes = twoDigitNumber(bytes, start + 4)
  } else if length != 3 {
    return nil
  }
  guard hours < 24, minutes < 60 else { return nil }
  return Int64(hours * 3600 + minutes * 60) * (bytes[start] == UInt8(ascii: "-") ? -1 : 1)
}

private func epochTimestamp(_ bytes: UnsafeBufferPointer<UInt8>) -> ParsedTimestamp? {
  var index = 0
  var count: Int64 = 0
  while index < bytes.count, bytes[index] &- 48 <= 9 {
    guard index < 15 else { return nil }
    count = count &* 10 &+ Int64(bytes[index] &- 48)
    index += 1
  }
  guard index > 0, let isCut = fraction(bytes, from: &index) else { return nil }
  if index < bytes.count { return exponentTimestamp(bytes) }
  return epochTimestamp(count, isCut: isCut)
}

/// `1.520879607789e+09`, as Go prints a float.
private func exponentTimestamp(_ bytes: UnsafeBufferPointer<UInt8>) -> ParsedTimestamp? {
  guard let decimal = sampleDecimal(bytes), decimal.mantissa >= 0, decimal.scale <= 18 else { return nil }
  let unit = powerOfTen(Int(decimal.scale))
  return epochTimestamp(decimal.mantissa / unit, isCut: decimal.mantissa % unit != 0)
}

private func epochTimestamp(_ count: Int64, isCut: Bool) -> ParsedTimestamp? {
  if count < 100_000_000_000 {
    return ParsedTimestamp(seconds: count, isLocal: false, form: isCut ? .epochFraction : .epochSeconds)
  }
  guard count < 100_000_000_000_000 else { return nil }
  let isWhole = !isCut && count % 1000 == 0
  return ParsedTimestamp(
    seconds: count / 1000, isLocal: false, form: isWhole ? .epochMilliseconds : .epochMillisecondsCut)
}
