// A straight line through points of which some may be far off.
//
// Slope: the median of the slopes of all pairs of points on different days (H. Theil, "A rank-invariant method of linear
// and polynomial regression analysis", Proc. Kon. Ned. Akad. Wetensch. A 53, 1950; P. K. Sen, "Estimates of the
// regression coefficient based on Kendall's tau", JASA 63, 1968, which admits equal days). Intercept: the median of
// y - slope × x. Up to 29 % of the points may lie anywhere before the slope does.
//
// Interval of the slope: Sen 1968, by the normal approximation of Kendall's S, as R. O. Gilbert, "Statistical Methods for
// Environmental Pollution Monitoring", 1987, 16.5, works it: of N slopes in ascending order, C = z × sqrt(Var S), the
// limits are those of rank (N - C)/2 and (N + C)/2 + 1. Ranks that are not whole are rounded outwards, and kept within
// 1 ... N, so the interval is never too narrow for it. Var S has Kendall's correction for ties ("Rank Correlation
// Methods", 1970; Gilbert 16.4): with t the sizes of groups of equal values, u those of equal days,
//
//   Var S = (n(n-1)(2n+5) - sum t(t-1)(2t+5) - sum u(u-1)(2u+5)) / 18
//         + sum t(t-1)(t-2) × sum u(u-1)(u-2) / (9n(n-1)(n-2)) + sum t(t-1) × sum u(u-1) / (2n(n-1)).

/// How sure an interval of a trend is; the two-sided standard normal quantile of each.
package enum TrendConfidence: Int, CaseIterable, Sendable {
  case percent80 = 80
  case percent90 = 90
  case percent95 = 95
  case percent99 = 99

  /// z with `rawValue` percent of the standard normal distribution between -z and z.
  package var quantile: Double {
    switch self {
    case .percent80: 1.281_551_565_544_600_4
    case .percent90: 1.644_853_626_951_472_2
    case .percent95: 1.959_963_984_540_054
    case .percent99: 2.575_829_303_548_900_4
    }
  }
}

/// The robust linear trend of values by day.
package struct TheilSenTrend: Sendable {
  /// In the unit of the values, for each day.
  package let slopePerDay: Double
  /// The line's value on day 0.
  package let interceptAt0: Double
  /// The least slope that the confidence leaves possible.
  package let lowerSlope: Double
  /// The greatest slope that the confidence leaves possible.
  package let upperSlope: Double
  /// The last day that has a point.
  package let lastDay: Double

  /// Fits finite points, in any order; nil below 3 points and when all are on the same day.
  ///
  /// Takes time and memory of n²/2: a few thousand points.
  package init?(points: [(day: Double, value: Double)], confidence: TrendConfidence = .percent95) {
    guard points.count >= 3 else { return nil }
    var slopes: [Double] = []
    slopes.reserveCapacity(points.count * (points.count - 1) / 2)
    for (index, a) in points.enumerated() {
      for b in points[(index + 1)...] where b.day != a.day { slopes.append((b.value - a.value) / (b.day - a.day)) }
    }
    guard !slopes.isEmpty else { return nil }
    slopes.sort()
    let slope = median(ofSorted: slopes)
    slopePerDay = slope
    interceptAt0 = median(ofSorted: points.map { $0.value - slope * $0.day }.sorted())
    lastDay = points.reduce(points[0].day) { max($0, $1.day) }
    // Rounding can leave less than 0 where all values are equal.
    let spread = confidence.quantile * max(0, kendallVariance(points)).squareRoot()
    let rank = max(1, Int(((Double(slopes.count) - spread) / 2).rounded(.down)))
    lowerSlope = slopes[rank - 1]
    upperSlope = slopes[slopes.count - rank]
  }

  /// The line's value on a day.
  package func value(at day: Double) -> Double { interceptAt0 + slopePerDay * day }

  /// The first day, not before `day`, on which the line reaches the level, with the slope that was found, and with the
  /// greatest and the least that the confidence leaves.
  ///
  /// All three lines start from the fitted value of the last day that has a point. A line that is at the level or above
  /// on `day` has reached it on `day`; one that does not rise never reaches it: nil.
  package func crossing(
    of level: Double, after day: Double
  ) -> (expected: Double?, earliest: Double?, latest: Double?) {
    let last = value(at: lastDay)
    func reached(_ slope: Double) -> Double? {
      if last + slope * (day - lastDay) >= level { return day }
      guard slope > 0 else { return nil }
      return max(day, lastDay + (level - last) / slope)
    }
    let (first, second) = (reached(upperSlope), reached(lowerSlope))
    guard day < lastDay, let a = first, let b = second else { return (reached(slopePerDay), first, second) }
    // Before the last day a steeper line is the lower one.
    return (reached(slopePerDay), min(a, b), max(a, b))
  }
}

/// The middle one of ascending values, or the mean of the middle two.
/// - Precondition: there is a value.
private func median(ofSorted values: [Double]) -> Double {
  let middle = values.count / 2
  return values.count % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2
}

/// The variance of Kendall's S under no trend, corrected for equal values and equal days.
private func kendallVariance(_ points: [(day: Double, value: Double)]) -> Double {
  let n = Double(points.count)
  let values = tieSums(points.map(\.value))
  let days = tieSums(points.map(\.day))
  return (n * (n - 1) * (2 * n + 5) - values.variance - days.variance) / 18
    + values.triples * days.triples / (9 * n * (n - 1) * (n - 2))
    + values.pairs * days.pairs / (2 * n * (n - 1))
}

/// Sums over groups of t equal values: t(t-1)(2t+5), t(t-1)(t-2) and t(t-1).
private func tieSums(_ values: [Double]) -> (variance: Double, triples: Double, pairs: Double) {
  var sums = (variance: 0.0, triples: 0.0, pairs: 0.0)
  let ascending = values.sorted()
  var start = 0
  for index in 1...ascending.count where index == ascending.count || ascending[index] != ascending[start] {
    let t = Double(index - start)
    sums.variance += t * (t - 1) * (2 * t + 5)
    sums.triples += t * (t - 1) * (t - 2)
    sums.pairs += t * (t - 1)
    start = index
  }
  return sums
}
