// Percentiles of samples of which the newer count more.
//
// A weight is 2^(-age / half-life) as a whole number of 2^-32, so that sums of weights are exact and do not depend on
// their order. Whole halvings are the exponent. The fraction, to 2^-40, is a product of square roots of square roots of a half, one for
// each bit of it that is set; IEEE 754 rounds products and square roots correctly, so every machine gets the same
// weights, which `exp2` of the C library would not promise.
//
// The percentile is the inverse of the weighted empirical distribution: Hyndman & Fan, "Sample Quantiles in Statistical
// Packages", 1996, definition 1, with weights in the place of counts. It is an observed value.

import Model
import Solvers

/// Weights of samples that halve with every half-life that they lie behind the end of a period.
package struct DecayingWeights: Sendable {
  private let halfLifeSeconds: UInt64
  private let end: Instant

  /// - Precondition: the half-life is positive.
  package init(halfLifeSeconds: Int64, end: Instant) {
    precondition(halfLifeSeconds > 0, "a half-life is positive")
    self.halfLifeSeconds = UInt64(halfLifeSeconds)
    self.end = end
  }

  /// 2^(-(end - instant) / half-life), in units of 2^-32, rounded to the nearest.
  ///
  /// 2^32 at the end and after it; never below 1, so that no sample is lost. A later instant never weighs less.
  package func weight(at instant: Instant) -> UInt64 {
    guard instant < end else { return Self.one }
    let age = UInt64(end.seconds - instant.seconds)
    let (halvings, rest) = age.quotientAndRemainder(dividingBy: halfLifeSeconds)
    guard halvings < 33 else { return 1 }
    let fraction = UInt64((UInt128(rest) << 40) / UInt128(halfLifeSeconds))
    var factor = 1.0
    for (place, root) in Self.roots.enumerated() where fraction >> (39 - place) & 1 == 1 { factor *= root }
    return max(1, UInt64(Double(sign: .plus, exponent: 32 - Int(halvings), significand: factor).rounded()))
  }

  private static let one: UInt64 = 1 << 32

  /// 2^(-1/2), 2^(-1/4), ..., 2^(-2^-40): the factors of the bits of a fraction, the highest first.
  private static let roots: [Double] = {
    var roots = [(0.5 as Double).squareRoot()]
    while roots.count < 40 { roots.append(roots[roots.count - 1].squareRoot()) }
    return roots
  }()
}

/// The smallest value at or below which p/100 of the weight lies; nil when there is no weight.
///
/// Samples in any order; those of weight 0 do not count. Of equal weights it is `percentile(_:of:)`, and of whole weights
/// the percentile of each sample repeated as often as it weighs. Exact in whole numbers of any size of weight and p.
/// - Precondition: `percentile` is between 0 and 100.
package func weightedPercentile(_ percentile: ScaledDecimal, of samples: [(value: Double, weight: UInt64)]) -> Double? {
  let total = samples.reduce(UInt128(0)) { $0 + UInt128($1.weight) }
  guard total > 0 else { return nil }
  let goal = weightReached(percentile, of: total)
  let ascending = samples.sorted { $0.value < $1.value }
  var sum: UInt128 = 0
  for sample in ascending {
    sum += UInt128(sample.weight)
    if sum >= goal { return sample.value }
  }
  return ascending.last?.value
}

/// ceil(p/100 × total), at least 1; the product has 256 bits, so that nothing overflows.
private func weightReached(_ percentile: ScaledDecimal, of total: UInt128) -> UInt128 {
  let divisor = 100 * UInt128(powerOfTen(percentile.scale))
  precondition(
    percentile.mantissa >= 0 && UInt128(percentile.mantissa) <= divisor, "a percentile is from 0 to 100")
  let product = total.multipliedFullWidth(by: UInt128(percentile.mantissa))
  let (quotient, remainder) = divisor.dividingFullWidth(product)
  return max(1, remainder == 0 ? quotient : quotient + 1)
}
