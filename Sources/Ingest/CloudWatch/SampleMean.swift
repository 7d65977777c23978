/// The mean of samples of which only sum and count are known, as a decimal.
///
/// Exact where the quotient ends within 18 digits and 40 decimals; otherwise rounded half-even to 9 decimals. nil for a
/// count that is not positive, and for a mean beyond `Int64`.
func sampleMean(
  sum: (mantissa: Int64, scale: UInt8), count: (mantissa: Int64, scale: UInt8)
) -> (mantissa: Int64, scale: UInt8)? {
  guard count.mantissa > 0 else { return nil }
  // sum / count = (sum.mantissa / count.mantissa) × 10^-scale
  let (divisor, countScale) = withoutTrailingZeros(count.mantissa, Int(count.scale))
  let scale = Int(sum.scale) - countScale
  if let exact = exactQuotient(sum.mantissa, divisor, scale) { return exact }
  let shift = 9 - scale
  guard let factor = wideTen(abs(shift)) else { return shift < 0 ? (0, 9) : nil }
  let (numerator, overflow) =
    shift > 0 ? Int128(sum.mantissa).multipliedReportingOverflow(by: factor) : (Int128(sum.mantissa), false)
  let (denominator, isBeyond) =
    shift < 0 ? Int128(divisor).multipliedReportingOverflow(by: factor) : (Int128(divisor), false)
  if isBeyond { return (0, 9) }
  guard !overflow, let mantissa = Int64(exactly: halfEvenQuotient(numerator, denominator)) else { return nil }
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

private func withoutTrailingZeros(_ mantissa: Int64, _ scale: Int) -> (Int64, Int) {
  var (mantissa, scale) = (mantissa, scale)
  while scale > 0, mantissa % 10 == 0 {
    mantissa /= 10
    scale -= 1
  }
  return (mantissa, scale)
}

private func halfEvenQuotient(_ numerator: Int128, _ denominator: Int128) -> Int128 {
  let (quotient, rest) = numerator.quotientAndRemainder(dividingBy: denominator)
  let twice = rest.magnitude * 2
  let isUp = twice > denominator.magnitude || (twice == denominator.magnitude && quotient % 2 != 0)
  guard isUp else { return quotient }
  return quotient + (numerator < 0 ? -1 : 1)
}

/// 10^exponent up to 38.
private func wideTen(_ exponent: Int) -> Int128? {
  guard exponent <= 38 else { return nil }
  return (0..<exponent).reduce(Int128(1)) { power, _ in power * 10 }
}
