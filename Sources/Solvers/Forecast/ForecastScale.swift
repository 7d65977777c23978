import Foundation

/// What a method sees of a value.
enum ForecastScale: Hashable, Sendable {
  case plain
  /// The logarithm of the value and this.
  case logarithm(shift: Double)

  /// The scale for a series of which no value is below 0; nil for others. Where some are close to 0, a tenth of the mean is
  /// added, for their logarithms would weigh most.
  static func logarithm(of series: PreparedSeries) -> ForecastScale? {
    guard let least = series.values.min(), least >= 0 else { return nil }
    let mean = series.values.reduce(0) { $0 + $1 / Double(series.count) }
    guard mean > 0 else { return nil }
    return .logarithm(shift: least > mean / 100 ? 0 : mean / 10)
  }

  func scaled(_ series: PreparedSeries) -> PreparedSeries {
    guard case .logarithm(let shift) = self else { return series }
    var series = series
    series.values = series.values.map { log($0 + shift) }
    return series
  }

  /// The values of paths that were made of a scaled series.
  func unscaled(_ paths: inout ForecastPaths) {
    guard case .logarithm(let shift) = self else { return }
    paths.change { exp(min($0, 100)) - shift }
  }
}
