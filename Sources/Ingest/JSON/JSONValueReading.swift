// What the values of a JSON text say.

import Reading

/// A value as a measurement.
enum JSONMeasurement {
  case measured(mantissa: Int64, scale: UInt8)
  /// `null`, or `NaN` as a word or a string: nothing was measured.
  case notMeasured
  case wrong
}

extension JSONScanner {
  /// A number, or a string that spells one, exactly.
  @inline(__always)
  func measurement(_ value: JSONValue) -> JSONMeasurement {
    if value.kind == .null { return .notMeasured }
    guard value.kind == .number || value.kind == .string else { return wordMeasurement(value) }
    if let decimal = sampleDecimal(span(value)) {
      return .measured(mantissa: decimal.mantissa, scale: decimal.scale)
    }
    return wordMeasurement(value)
  }

  private func wordMeasurement(_ value: JSONValue) -> JSONMeasurement {
    guard value.kind == .word || value.kind == .string else { return .wrong }
    return isNotANumber(span(value)) ? .notMeasured : .wrong
  }

  /// A string in any of the forms, or a count since 1970; nil for anything else, and before any sample can have been
  /// taken.
  @inline(__always)
  func timestamp(_ value: JSONValue) -> ParsedTimestamp? {
    guard value.kind == .number || value.kind == .string, let timestamp = parseTimestamp(span(value)),
      !timestamp.isTooEarly
    else { return nil }
    return timestamp
  }

  /// What to ask for in place of a value that ``timestamp(_:)`` did not take.
  func expectedTime(inPlaceOf value: JSONValue) -> String {
    let isNumeric = value.kind == .number || value.kind == .string
    return isNumeric && parseTimestamp(span(value)) != nil ? expectedSampleTime : expectedTimestamp
  }
}

/// True for `NaN` in any case.
func isNotANumber(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
  bytes.count == 3 && bytes[0] | 0x20 == UInt8(ascii: "n") && bytes[1] | 0x20 == UInt8(ascii: "a")
    && bytes[2] | 0x20 == UInt8(ascii: "n")
}
