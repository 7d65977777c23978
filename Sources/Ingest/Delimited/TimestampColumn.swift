import Model

/// Reads the timestamps of one column, most of which are like the one before.
struct TimestampColumn {
  private let allowsLocal: Bool
  /// Of the row before: nothing at first.
  private(set) var current = ParsedTimestamp(seconds: 0, isLocal: false, form: .calendar)
  // The text of it and 8 bytes behind it.
  private var text = [UInt8](repeating: 0, count: 8)
  private(set) var length = 0
  // Seconds of its day without hours, minutes and seconds, when it is written `2026-10-01T04:05:06` and more.
  private var midnight: Int64?

  /// - Parameter allowsLocal: whether there is a clock that tells timestamps without a zone.
  init(allowsLocal: Bool) { self.allowsLocal = allowsLocal }

  /// What must stand in the column in place of a text that was not taken.
  func expectation(inPlaceOf text: UnsafeBufferPointer<UInt8>) -> Phrase {
    if parseTimestamp(text)?.isTooEarly == true { return Phrase(expectedSampleTime) }
    return allowsLocal
      ? "a timestamp such as 2026-10-01 04:00:00, or epoch seconds"
      : "a timestamp with a zone, such as 2026-10-01T04:00:00Z, or \(parameter: .timezone), or epoch seconds"
  }

  /// True when the text before stands at an address again.
  ///
  /// - Precondition: at least 8 bytes may be read behind it.
  @inline(__always)
  func isRepeated(at bytes: UnsafePointer<UInt8>) -> Bool {
    length > 0 && text.withUnsafeBufferPointer { bytesAreEqual(bytes, $0.baseAddress!, length) }
  }

  /// Takes another text; false when it is no timestamp, or one that cannot be stored or told.
  mutating func read(_ bytes: UnsafeBufferPointer<UInt8>, forms: inout TimestampForms) -> Bool {
    if readClock(bytes) { return true }
    guard let parsed = parseTimestamp(bytes), sampleTimes.contains(parsed.seconds), allowsLocal || !parsed.isLocal
    else { return false }
    forms.count(parsed.form)
    current = parsed
    midnight = parsed.form == .calendar && bytes.count >= 19 ? clockSeconds(bytes).map { parsed.seconds - $0 } : nil
    remember(bytes)
    return true
  }

  /// The quick way, when only the time of day is another.
  private mutating func readClock(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let midnight, bytes.count == length, bytes[..<11].elementsEqual(text[..<11]),
      bytes[19...].elementsEqual(text[19..<length]), let seconds = clockSeconds(bytes),
      sampleTimes.contains(midnight + seconds)
    else { return false }
    current.seconds = midnight + seconds
    for index in 11..<19 { text[index] = bytes[index] }
    return true
  }

  private mutating func remember(_ bytes: UnsafeBufferPointer<UInt8>) {
    text.removeAll(keepingCapacity: true)
    text.append(contentsOf: bytes)
    text.append(contentsOf: repeatElement(0, count: 8))
    length = bytes.count
  }

  /// Seconds since midnight of `04:05:06` at byte 11; nil for anything else.
  private func clockSeconds(_ bytes: UnsafeBufferPointer<UInt8>) -> Int64? {
    let (hours, minutes, seconds) = (twoDigitNumber(bytes, 11), twoDigitNumber(bytes, 14), twoDigitNumber(bytes, 17))
    guard bytes[13] == 58, bytes[16] == 58, hours < 24, minutes < 60, seconds < 60 else { return nil }
    return Int64(hours * 3600 + minutes * 60 + seconds)
  }
}
