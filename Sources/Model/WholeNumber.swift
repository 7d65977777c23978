/// A whole number of a fraction that is rounded already, or the end of the range that it lies beyond; 0 for what is no number.
///
/// `Int(_:)` ends the program on all of those: whatever comes of samples, prices or options goes through this.
package func wholeNumber<Whole: FixedWidthInteger>(_ value: Double) -> Whole {
  if let exact = Whole(exactly: value.rounded(.towardZero)) { return exact }
  return value.isNaN ? 0 : value > 0 ? .max : .min
}

/// The same of the usual type: whoever asks for it in a loop has no generic call in it.
package func wholeNumber(_ value: Double) -> Int {
  if value.magnitude < 0x1p52 { return Int(value) }
  if let exact = Int(exactly: value.rounded(.towardZero)) { return exact }
  return value.isNaN ? 0 : value > 0 ? .max : .min
}

/// The nearest whole number, the one further from zero of two that are as near; what lies beyond the range, and what is no
/// number, as ``wholeNumber(_:)-(Double)`` has it.
///
/// The same as of `value.rounded()`, which is a call of the C library on processors that a binary for all of them must expect.
package func nearestWholeNumber(_ value: Double) -> Int {
  // Whatever is this near to zero has its whole part exactly, and so what is beyond it.
  guard value.magnitude < 0x1p52 else { return wholeNumber(value.rounded()) }
  let whole = Int(value)
  let beyond = value - Double(whole)
  return beyond >= 0.5 ? whole + 1 : beyond <= -0.5 ? whole - 1 : whole
}

/// The largest number that divides two that are not negative; the other of one that is 0.
package func greatestCommonDivisor<Whole: FixedWidthInteger>(_ first: Whole, _ second: Whole) -> Whole {
  var (first, second) = (first, second)
  while second != 0 { (first, second) = (second, first % second) }
  return first
}
