/// A whole number of a fraction that is rounded already, or the end of the range that it lies beyond; 0 for what is no number.
///
/// `Int(_:)` ends the program on all of those: whatever comes of samples, prices or options goes through this.
package func wholeNumber<Whole: FixedWidthInteger>(_ value: Double) -> Whole {
  if let exact = Whole(exactly: value.rounded(.towardZero)) { return exact }
  return value.isNaN ? 0 : value > 0 ? .max : .min
}

/// The same of the usual type: whoever asks for it in a loop has no generic call in it.
package func wholeNumber(_ value: Double) -> Int {
  if let exact = Int(exactly: value.rounded(.towardZero)) { return exact }
  return value.isNaN ? 0 : value > 0 ? .max : .min
}

/// The largest number that divides two that are not negative; the other of one that is 0.
package func greatestCommonDivisor<Whole: FixedWidthInteger>(_ first: Whole, _ second: Whole) -> Whole {
  var (first, second) = (first, second)
  while second != 0 { (first, second) = (second, first % second) }
  return first
}
