// Least squares of one variable: slope = Σ (x - x̄)(y - ȳ) / Σ (x - x̄)², intercept = ȳ - slope x̄, and
// R² = (Σ (x - x̄)(y - ȳ))² / (Σ (x - x̄)² Σ (y - ȳ)²), the share of the variance that the line explains.
// Means first, then deviations, so that nothing is lost where values lie far from zero.

/// The straight line through points that leaves the least squares.
package struct LinearFit: Hashable, Sendable {
  package let intercept: Double
  package let slope: Double
  /// From 0 to 1.
  package let explained: Double

  /// Fits points; nil for fewer than three, and where all have the same x.
  package init?(_ points: [(x: Double, y: Double)]) {
    self.init(points.map(\.x), points.map(\.y), upTo: .infinity)
  }

  /// The same of points whose x is at most so much.
  /// - Parameter ys: as many as there are of x.
  package init?(_ xs: [Double], _ ys: [Double], upTo most: Double) {
    var (points, x, y) = (0, 0.0, 0.0)
    for index in xs.indices where xs[index] <= most {
      points += 1
      x += xs[index]
      y += ys[index]
    }
    guard points >= 3 else { return nil }
    x /= Double(points)
    y /= Double(points)
    var (xx, xy, yy) = (0.0, 0.0, 0.0)
    for index in xs.indices where xs[index] <= most {
      let (across, up) = (xs[index] - x, ys[index] - y)
      xx += across * across
      xy += across * up
      yy += up * up
    }
    guard xx > 0, xx.isFinite, xy.isFinite, yy.isFinite else { return nil }
    slope = xy / xx
    intercept = y - slope * x
    explained = yy > 0 ? min(1, xy / xx * xy / yy) : 1
  }
}
