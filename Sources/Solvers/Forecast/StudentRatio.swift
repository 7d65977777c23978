// Quantiles of Student's distribution beside those of the normal one, as a series in 1 / degrees of freedom: Abramowitz and
// Stegun, "Handbook of Mathematical Functions", 26.7.5. The normal quantile: their 26.2.23, off by at most 4.5e-4, and two
// steps of Newton's method on the normal distribution, off by less than 1e-12.

import Foundation

/// What the quantile of Student's distribution is of the normal one.
///
/// - Parameters:
///   - probability: more than 0.5, less than 1.
///   - freedom: at least 3, where the ratio of 0.975 is off by 1 %.
func studentRatio(probability: Double, freedom: Double) -> Double {
  let z = normalQuantile(probability)
  let square = z * z
  let terms = [
    (square + 1) / 4, (5 * square * square + 16 * square + 3) / 96,
    (3 * pow(square, 3) + 19 * square * square + 17 * square - 15) / 384,
    (79 * pow(square, 4) + 776 * pow(square, 3) + 1482 * square * square - 1920 * square - 945) / 92160,
  ]
  return terms.reversed().reduce(0) { ($0 + $1) / freedom } + 1
}

/// The quantile of Student's distribution.
///
/// - Parameters:
///   - probability: more than 0.5, less than 1.
///   - freedom: at least 3, where that of 0.975 is off by 1 %.
package func studentQuantile(probability: Double, freedom: Double) -> Double {
  normalQuantile(probability) * studentRatio(probability: probability, freedom: freedom)
}

/// The quantile of the normal distribution, of a probability from 0.5 and less than 1.
private func normalQuantile(_ probability: Double) -> Double {
  let tail = 1 - probability
  let root = (-2 * log(tail)).squareRoot()
  var z =
    root - (2.515517 + root * (0.802853 + root * 0.010328))
    / (1 + root * (1.432788 + root * (0.189269 + root * 0.001308)))
  for _ in 0..<2 {
    let density = exp(-z * z / 2) / (2 * Double.pi).squareRoot()
    z += (tail - erfc(z / 2.0.squareRoot()) / 2) / -density
  }
  return z
}
