// Goals, in order: exact, the same on every machine, no more work than a selection needs.
//
// The p-th percentile of n samples is the k-th smallest with k = ceil(p/100 × n), at least 1: an observed value,
// never an interpolation (Hyndman & Fan, "Sample Quantiles in Statistical Packages", 1996, definition 1).
// p is a decimal, so that 99.5 is neither 99 nor a binary neighbour of it.

import Model

/// The rank, from 1, of the p-th percentile among `count` samples.
/// - Precondition: `count` is positive and `percentile` between 0 and 100.
package func percentileRank(_ percentile: ScaledDecimal, count: Int) -> Int {
  precondition(count > 0, "a percentile needs a sample")
  let divisor = 100 * Int128(powerOfTen(percentile.scale))
  let product = Int128(percentile.mantissa) * Int128(count)
  precondition(product >= 0 && product <= divisor * Int128(count), "a percentile is from 0 to 100")
  return max(1, Int((product + divisor - 1) / divisor))
}

/// The p-th percentile of the values; nil when there are none.
package func percentile(_ percentile: ScaledDecimal, of values: [Double]) -> Double? {
  guard !values.isEmpty else { return nil }
  var values = values
  return values.select(percentileRank(percentile, count: values.count) - 1)
}

/// What the next value like these stays at or below with that probability, whatever they are distributed like, if their order
/// tells nothing; nil when there are none.
///
/// The k-th smallest with k = ceil(p/100 × (n + 1)), at most n: split conformal prediction (Lei, G'Sell, Rinaldo, Tibshirani,
/// Wasserman, "Distribution-Free Predictive Inference for Regression", 2018).
package func conformalPercentile(_ percentile: ScaledDecimal, of values: [Double]) -> Double? {
  guard !values.isEmpty else { return nil }
  var values = values
  return values.select(min(values.count, percentileRank(percentile, count: values.count + 1)) - 1)
}

extension [Double] {
  /// The value that would stand at a place if the values were sorted; reorders them. Takes time in proportion to their
  /// number.
  ///
  /// Halves what is left by a value in its middle: Hoare, "Algorithm 65: Find" (1961), with the median of three.
  fileprivate mutating func select(_ place: Int) -> Double {
    var (low, high) = (0, count - 1)
    while low < high {
      let middle = low + (high - low) / 2
      let three = (self[low], self[middle], self[high])
      let pivot = Swift.max(Swift.min(three.0, three.1), Swift.min(Swift.max(three.0, three.1), three.2))
      var (left, right) = (low, high)
      while left <= right {
        while self[left] < pivot { left += 1 }
        while self[right] > pivot { right -= 1 }
        if left <= right {
          swapAt(left, right)
          left += 1
          right -= 1
        }
      }
      if place <= right { high = right } else if place >= left { low = left } else { return self[place] }
    }
    return self[place]
  }
}

extension RankSelection {
  /// Percentiles of values of one scale, in the order they are asked for.
  /// - Precondition: there is a value, and every percentile is between 0 and 100.
  package mutating func percentiles(_ percentiles: [ScaledDecimal], of values: [Int64]) -> [Int64] {
    let ranks = percentiles.map { percentileRank($0, count: values.count) }
    let order = ranks.indices.sorted { ranks[$0] < ranks[$1] }
    let found = self.values(at: order.map { ranks[$0] }, of: values)
    var result = [Int64](repeating: 0, count: ranks.count)
    for (place, index) in order.enumerated() { result[index] = found[place] }
    return result
  }
}
