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
    guard points.count >= 3 else { return nil }
    let count = Double(points.count)
    let x = points.reduce(0) { $0 + $1.x } / count
    let y = points.reduce(0) { $0 + $1.y } / count
    var (xx, xy, yy) = (0.0, 0.0, 0.0)
    for point in points {
      xx += (point.x - x) * (point.x - x)
      xy += (point.x - x) * (point.y - y)
      yy += (point.y - y) * (point.y - y)
    }
    guard xx > 0, xx.isFinite, xy.isFinite, yy.isFinite else { return nil }
    slope = xy / xx
    intercept = y - slope * x
    explained = yy > 0 ? min(1, xy / xx * xy / yy) : 1
  }
}
