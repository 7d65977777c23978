/// The decimal number that bytes spell, exactly: the value is `mantissa` × 10^-`scale`.
///
/// Accepts `-12.340`, `7`, `.5`, `5.`, `1.5e3`, `4.9406564584124654e-05`, a leading `+`; decimals stay as written, so
/// `12.340` has a scale of 3. At most 18 significant digits, zeros at the end not counted, and a scale of 0...40; `-0`
/// is 0. nil for anything else, `NaN` and `Inf` too, and for values beyond `Int64` such as `1e25`.
package func sampleDecimal(_ bytes: UnsafeBufferPointer<UInt8>) -> (mantissa: Int64, scale: UInt8)? {
  var index = 0
  var isNegative = false
  if let sign = bytes.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
    isNegative = sign == UInt8(ascii: "-")
    index = 1
  }
  guard let digits = decimalDigits(bytes, from: &index) else { return nil }
  var scale = digits.scale
  if index < bytes.count {
    guard let exponent = decimalExponent(bytes, from: index) else { return nil }
    scale -= exponent
  }
  guard scale < 0 || scale > 40 else {
    return (isNegative ? -digits.mantissa : digits.mantissa, UInt8(truncatingIfNeeded: scale))
  }
  guard let moved = decimalInRange(digits.mantissa, scale) else { return nil }
  return (isNegative ? -moved.mantissa : moved.mantissa, moved.scale)
}

/// The same for bytes in an array.
package func sampleDecimal(_ bytes: ArraySlice<UInt8>) -> (mantissa: Int64, scale: UInt8)? {
  bytes.withUnsafeBufferPointer { sampleDecimal($0) }
}

/// What to ask for in place of bytes that are no sample's value: digits that are too many are told how many may be.
func expectedNumber(inPlaceOf bytes: UnsafeBufferPointer<UInt8>) -> String {
  let isNumeric = bytes.allSatisfy { ($0 >= 48 && $0 <= 57) || "+-.eE".utf8.contains($0) }
  let hasDigit = bytes.contains { $0 >= 48 && $0 <= 57 }
  return isNumeric && hasDigit ? "a number of at most 18 digits and 40 decimals" : "a number"
}

/// Digits around at most one point, up to the first byte that is neither; the mantissa stays below 10^18.
/// nil without a digit, or with more digits than fit.
@inline(__always)
private func decimalDigits(
  _ bytes: UnsafeBufferPointer<UInt8>, from index: inout Int
) -> (mantissa: Int64, scale: Int)? {
  var mantissa: Int64 = 0
  var scale = 0
  var hasDigit = false
  var decimalsPerDigit = 0
  while index < bytes.count {
    let digit = bytes[index] &- 48
    if digit <= 9 {
      hasDigit = true
      if mantissa < 100_000_000_000_000_000 {
        mantissa = mantissa &* 10 &+ Int64(digit)
        scale &+= decimalsPerDigit
      } else if digit == 0 {
        // One zero more before the point is a factor of ten; behind it, nothing.
        scale &-= 1 &- decimalsPerDigit
      } else {
        return nil
      }
    } else if bytes[index] == UInt8(ascii: "."), decimalsPerDigit == 0 {
      decimalsPerDigit = 1
    } else {
      break
    }
    index &+= 1
  }
  return hasDigit ? (mantissa, scale) : nil
}

/// `e-05` to the end of the bytes; nil for anything else. Beyond ±10,000 it is no longer exact, and too far either way.
private func decimalExponent(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
  guard bytes[start] | 0x20 == UInt8(ascii: "e") else { return nil }
  var index = start + 1
  var isNegative = false
  if index < bytes.count, bytes[index] == UInt8(ascii: "-") || bytes[index] == UInt8(ascii: "+") {
    isNegative = bytes[index] == UInt8(ascii: "-")
    index += 1
  }
  guard index < bytes.count else { return nil }
  var exponent = 0
  while index < bytes.count {
    let digit = bytes[index] &- 48
    guard digit <= 9 else { return nil }
    exponent = min(exponent * 10 + Int(digit), 10_000)
    index += 1
  }
  return isNegative ? -exponent : exponent
}

/// The same value with a scale of 0...40; nil when there is none.
private func decimalInRange(_ mantissa: Int64, _ scale: Int) -> (mantissa: Int64, scale: UInt8)? {
  guard mantissa != 0 else { return (0, UInt8(min(max(scale, 0), 40))) }
  var (mantissa, scale) = (mantissa, scale)
  while scale < 0 {
    let (product, overflow) = mantissa.multipliedReportingOverflow(by: 10)
    if overflow { return nil }
    mantissa = product
    scale += 1
  }
  while scale > 40 {
    guard mantissa % 10 == 0 else { return nil }
    mantissa /= 10
    scale -= 1
  }
  return (mantissa, UInt8(scale))
}
