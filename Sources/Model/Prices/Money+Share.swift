/// A share as a decimal with six places, half-even; nil of nothing, and of so little that it is no number of 64 bits.
package func millionths(_ part: Int128, of whole: Int128) -> ScaledDecimal? {
  guard whole > 0, let mantissa = Int64(exactly: roundedHalfEven(part * 1_000_000, dividedBy: whole)) else {
    return nil
  }
  return ScaledDecimal(mantissa: mantissa, scale: 6)
}

extension Money {
  /// The fraction of another amount, six decimals, half-even; nil of nothing.
  package func share(of whole: Money) -> ScaledDecimal? {
    millionths(Int128(nanoDollars), of: Int128(whole.nanoDollars))
  }
}
