/// An exact amount of US dollars, held in integer nano-dollars (10⁻⁹ USD); of a bill in another currency, units of
/// that currency in the same way.
///
/// Range about ±9.2 billion; a result beyond it is the end of the range, which no bill accepts as an amount
/// (``Model/Money/isBeyondRange``).
public struct Money: Hashable, Comparable, Sendable, AdditiveArithmetic {
  /// The amount in units of 10⁻⁹.
  public var nanoDollars: Int64

  /// An amount of so many units of 10⁻⁹.
  public init(nanoDollars: Int64) { self.nanoDollars = nanoDollars }

  /// Nothing.
  public static let zero = Money(nanoDollars: 0)
  package static let nanoPerDollar: Int64 = 1_000_000_000
  package static let nanoPerCent: Int64 = 10_000_000

  /// So many units of 10⁻⁹, or the end of the range that they lie beyond.
  package init(clampingNanoDollars nano: Int128) { nanoDollars = Int64(clamping: nano) }

  /// True at either end of the range, where what the amount would be is not known.
  package var isBeyondRange: Bool { nanoDollars == .max || nanoDollars == .min }

  /// The exact sum, or the end of the range that it lies beyond.
  public static func + (a: Money, b: Money) -> Money {
    let (sum, overflow) = a.nanoDollars.addingReportingOverflow(b.nanoDollars)
    return Money(nanoDollars: overflow ? (a.nanoDollars < 0 ? .min : .max) : sum)
  }
  /// The exact difference, or the end of the range that it lies beyond.
  public static func - (a: Money, b: Money) -> Money {
    let (difference, overflow) = a.nanoDollars.subtractingReportingOverflow(b.nanoDollars)
    return Money(nanoDollars: overflow ? (a.nanoDollars < 0 ? .min : .max) : difference)
  }
  /// True when the one is less than the other.
  public static func < (a: Money, b: Money) -> Bool { a.nanoDollars < b.nanoDollars }

  /// The charge for `quantity` at this price for every `per` units, rounded half-even once.
  ///
  /// `quantity` and `per` are in one unit (seconds per 3,600 seconds, tokens per 1,000,000 tokens).
  /// - Precondition: `per` is positive.
  package func charge(for quantity: Int128, per: Int128) -> Money {
    Money(clampingNanoDollars: roundedHalfEven(saturatedProduct(Int128(nanoDollars), quantity), dividedBy: per))
  }

  /// The same; nil for a billion dollars and more, which a sum of a few would not hold.
  package func chargeIfModest(for quantity: Int128, per: Int128) -> Money? {
    let (product, overflow) = Int128(nanoDollars).multipliedReportingOverflow(by: quantity)
    guard !overflow, product.magnitude / per.magnitude < 1_000_000_000_000_000_000 else { return nil }
    return charge(for: quantity, per: per)
  }

  /// The price of one hour held for a number of seconds.
  package func perHour(seconds: Int64) -> Money { charge(for: Int128(seconds), per: 3600) }
}

/// The product, or the end of 128 bits that it lies beyond.
package func saturatedProduct(_ a: Int128, _ b: Int128) -> Int128 {
  let (product, overflow) = a.multipliedReportingOverflow(by: b)
  return overflow ? ((a < 0) == (b < 0) ? .max : .min) : product
}

/// Integer division rounded to the nearest, ties to the even quotient (IEEE 754 roundTiesToEven).
/// - Precondition: `divisor` is positive.
package func roundedHalfEven(_ dividend: Int128, dividedBy divisor: Int128) -> Int128 {
  // Most amounts fit 64 bits, in which division is many times as fast.
  if let dividend = Int64(exactly: dividend), let divisor = Int64(exactly: divisor) {
    return Int128(halfEven(dividend, dividedBy: divisor))
  }
  return halfEven(dividend, dividedBy: divisor)
}

private func halfEven<Number: FixedWidthInteger & SignedInteger>(_ dividend: Number, dividedBy divisor: Number)
  -> Number
{
  precondition(divisor > 0, "rounding needs a positive divisor")
  var (quotient, remainder) = dividend.quotientAndRemainder(dividingBy: divisor)
  if remainder < 0 {
    quotient -= 1
    remainder += divisor
  }
  // Against what is left of the divisor: twice the remainder of a very large one would leave its bits.
  let rest = divisor - remainder
  if remainder > rest || (remainder == rest && quotient & 1 == 1) { quotient += 1 }
  return quotient
}

extension Money: LosslessStringConvertible {
  /// Parses a plain decimal such as `0.0416` or `-12`, at most nine decimals; nil for anything else.
  public init?(_ text: String) {
    guard let number = ScaledDecimal(text), number.scale <= 9 else { return nil }
    let (value, overflow) = number.mantissa.multipliedReportingOverflow(
      by: powerOfTen(9 - number.scale))
    guard !overflow else { return nil }
    self.init(nanoDollars: value)
  }

  /// All nine decimals without trailing zeros, at least two: `0.0416`, `12.00`.
  public var description: String {
    let magnitude = nanoDollars.magnitude
    var fraction = String(magnitude % 1_000_000_000)
    fraction = String(repeating: "0", count: 9 - fraction.count) + fraction
    while fraction.count > 2, fraction.last == "0" { fraction.removeLast() }
    return "\(nanoDollars < 0 ? "-" : "")\(magnitude / 1_000_000_000).\(fraction)"
  }
}

extension Money: TextDecodable {
  package static let expectation = "an amount in USD such as 0.0416"

  /// Of an amount that is written as one and beyond what ``Money`` holds.
  package static func expectation(inPlaceOf text: String) -> String? {
    let digits = text.hasPrefix("-") ? text.dropFirst() : text[...]
    let isNumber = digits.contains(where: \.isNumber) && digits.allSatisfy { $0.isNumber || $0 == "." }
    return isNumber ? "an amount in USD of at most \(Money(nanoDollars: .max)), with at most nine decimals" : nil
  }
}
