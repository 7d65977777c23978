import Model

/// Multiplies a decimal by a positive fraction.
///
/// The result is exact where it is a decimal of at most 18 digits and 40 decimals, and has no zeros at its end that the
/// value did not have; a power of ten just moves the point. Any other result is rounded half-even to 9 decimals, or to as
/// many as 64 bits have room for.
package struct Conversion: Sendable {
  package static let identity = Conversion(1, over: 1)

  /// In lowest terms.
  private let numerator: Int64
  /// `remainder` × 2^`twos` × 5^`fives`.
  private let divisor: Int64
  private let remainder: Int64
  private let twos: Int
  private let fives: Int
  /// n for 10^n.
  private let shift: Int?

  /// - Precondition: both are positive.
  package init(_ numerator: Int64, over divisor: Int64) {
    precondition(numerator > 0 && divisor > 0, "a conversion multiplies by a positive fraction")
    let common = greatestCommonDivisor(numerator, divisor)
    self.numerator = numerator / common
    self.divisor = divisor / common
    twos = self.divisor.trailingZeroBitCount
    var rest = self.divisor >> twos
    var fives = 0
    while rest % 5 == 0 {
      rest /= 5
      fives += 1
    }
    self.fives = fives
    remainder = rest
    shift = (-18...18).first { [numerator = self.numerator, divisor = self.divisor] exponent in
      exponent < 0
        ? numerator == 1 && divisor == powerOfTen(-exponent) : divisor == 1 && numerator == powerOfTen(exponent)
    }
  }

  package var isIdentity: Bool { shift == 0 }

  /// The same, divided by a positive number; nil when the fraction's terms leave 64 bits.
  package func divided(by number: Int64) -> Conversion? {
    let common = greatestCommonDivisor(numerator, number)
    let (product, overflow) = divisor.multipliedReportingOverflow(by: number / common)
    return overflow ? nil : Conversion(numerator / common, over: product)
  }

  /// nil for a result beyond 64 bits.
  /// - Parameter scale: 0...40.
  package func apply(_ mantissa: Int64, scale: Int) -> ScaledDecimal? {
    if let shift, let moved = Self.move(mantissa, scale, by: shift) { return moved }
    let (product, overflow) = mantissa.multipliedReportingOverflow(by: numerator)
    if !overflow, let result = exact(product, scale) { return result }
    return apply(wide: Int128(mantissa), scale: scale)
  }

  /// The same for more than 64 bits.
  package func apply(wide mantissa: Int128, scale: Int) -> ScaledDecimal? {
    let (product, overflow) = mantissa.multipliedReportingOverflow(by: Int128(numerator))
    return overflow ? nil : exact(product, scale) ?? rounded(product, scale)
  }

  private static func move(_ mantissa: Int64, _ scale: Int, by shift: Int) -> ScaledDecimal? {
    var moved = ScaledDecimal(mantissa: mantissa, scale: scale - shift)
    // Places that the shift has added may be taken back.
    while moved.scale > scale, moved.mantissa % 10 == 0 {
      moved.mantissa /= 10
      moved.scale -= 1
    }
    guard moved.scale < 0 else { return moved.scale <= 40 ? moved : nil }
    let (longer, overflow) = mantissa.multipliedReportingOverflow(by: powerOfTen(-moved.scale))
    return overflow ? nil : ScaledDecimal(mantissa: longer, scale: 0)
  }

  /// nil when the quotient has no end, or more than 18 digits.
  private func exact<Wide: FixedWidthInteger & SignedInteger>(_ product: Wide, _ scale: Int) -> ScaledDecimal? {
    var (rest, left) = remainder == 1 ? (product, 0) : product.quotientAndRemainder(dividingBy: Wide(remainder))
    guard left == 0 else { return nil }
    let halved = min(twos, rest.trailingZeroBitCount)
    rest >>= Wide(halved)
    var fives = fives
    while fives > 0, rest % 5 == 0 {
      rest /= 5
      fives -= 1
    }
    let decimals = max(twos - halved, fives)
    guard decimals <= 18 else { return nil }
    var factor = Int64(1) << (decimals - (twos - halved))
    for _ in fives..<decimals { factor *= 5 }
    let (mantissa, overflow) = rest.multipliedReportingOverflow(by: Wide(factor))
    return overflow ? nil : Self.shortest(mantissa, scale + decimals, most: 999_999_999_999_999_999)
  }

  private func rounded(_ product: Int128, _ scale: Int) -> ScaledDecimal? {
    for decimals in stride(from: 9, through: 0, by: -1) {
      let power = widePowerOfTen(abs(decimals - scale))
      let (dividend, overflow) =
        scale < decimals ? product.multipliedReportingOverflow(by: power) : (product, false)
      let (whole, tooLong) = Int128(divisor).multipliedReportingOverflow(by: scale > decimals ? power : 1)
      // A divisor beyond 128 bits leaves less than half of the last place of what is within them.
      if tooLong, product.magnitude < Int128.max.magnitude / 2 { return ScaledDecimal(mantissa: 0, scale: 0) }
      if overflow || tooLong || whole > Int128.max / 2 { continue }
      let quotient = roundedHalfEven(dividend, dividedBy: whole)
      if let result = Self.shortest(quotient, decimals, most: Int64.max) { return result }
    }
    return nil
  }

  /// Without zeros at the end; nil for more than 40 decimals or a mantissa above `most`.
  private static func shortest<Wide: FixedWidthInteger & SignedInteger>(
    _ mantissa: Wide, _ scale: Int, most: Int64
  ) -> ScaledDecimal? {
    var mantissa = mantissa
    var scale = mantissa == 0 ? 0 : scale
    while scale > 0 {
      let (shorter, digit) = mantissa.quotientAndRemainder(dividingBy: 10)
      guard digit == 0 else { break }
      mantissa = shorter
      scale -= 1
    }
    guard scale <= 40, mantissa.magnitude <= Wide.Magnitude(most) else { return nil }
    return ScaledDecimal(mantissa: Int64(mantissa), scale: scale)
  }
}

extension Conversion: Hashable {
  package static func == (a: Conversion, b: Conversion) -> Bool {
    a.numerator == b.numerator && a.divisor == b.divisor
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(numerator)
    hasher.combine(divisor)
  }
}
