import Model

/// The mean of samples of which only sum and count are known, as a decimal.
///
/// Exact where the quotient ends within 18 digits and 40 decimals; otherwise rounded half-even to 9 decimals. nil for a
/// count that is not positive, and for a mean beyond `Int64`.
func sampleMean(
  sum: (mantissa: Int64, scale: UInt8), count: (mantissa: Int64, scale: UInt8)
) -> (mantissa: Int64, scale: UInt8)? {
  guard count.mantissa > 0 else { return nil }
  // sum / count = (sum.mantissa / count.mantissa) × 10^-scale
  let count = ScaledDecimal(mantissa: count.mantissa, scale: Int(count.scale)).normalised
  let divisor = count.mantissa
  let scale = Int(sum.scale) - count.scale
  if let exact = exactQuotient(sum.mantissa, divisor, scale) { return exact }
  let shift = 9 - scale
  guard abs(shift) <= 38 else { return shift < 0 ? (0, 9) : nil }
  let factor = widePowerOfTen(abs(shift))
  let (numerator, overflow) =
    shift > 0 ? Int128(sum.mantissa).multipliedReportingOverflow(by: factor) : (Int128(sum.mantissa), false)
  let (denominator, isBeyond) =
    shift < 0 ? Int128(divisor).multipliedReportingOverflow(by: factor) : (Int128(divisor), false)
  if isBeyond { return (0, 9) }
  guard !overflow, let mantissa = Int64(exactly: roundedHalfEven(numerator, dividedBy: denominator)) else { return nil }
  return (mantissa, 9)
}

/// `dividend` / `divisor` × 10^-`scale`, if it has an end within the bounds of a sample.
private func exactQuotient(_ dividend: Int64, _ divisor: Int64, _ scale: Int) -> (mantissa: Int64, scale: UInt8)? {
  var quotient = Int64(dividend.magnitude / divisor.magnitude)
  var rest = dividend.magnitude % divisor.magnitude
  var scale = scale
  while rest != 0 || scale < 0 {
    // rest < divisor < 10^18, so ten times that is below 2^64.
    rest *= 10
    let (tenfold, overflow) = quotient.multipliedReportingOverflow(by: 10)
    let digit = Int64(rest / divisor.magnitude)
    guard !overflow, tenfold < 1_000_000_000_000_000_000 - digit else { return nil }
    quotient = tenfold + digit
    rest %= divisor.magnitude
    scale += 1
    guard scale <= 40 else { return nil }
  }
  guard scale <= 40 else { return nil }
  return (dividend < 0 ? -quotient : quotient, UInt8(scale))
}
