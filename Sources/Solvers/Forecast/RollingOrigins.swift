// Where forecasts begin that are compared with what came: places in the last third of a series, and its end.
//
// Tashman, "Out-of-sample tests of forecasting accuracy", International Journal of Forecasting 16(4), 2000.

import Model

/// The origins of the paths that methods make of a series.
struct RollingOrigins: Sendable {
  /// Ascending; the last is the end of the series, whose path is the forecast.
  let places: [Int]
  /// Steps of the paths behind all origins but the last.
  let trialHorizon: Int
  /// Steps of the forecast.
  let horizon: Int

  private static let mostTrials = 60
  /// Steps of all trials of a method together, unless eight trials have more.
  private static let mostSteps = 200_000

  init(_ series: PreparedSeries, horizon: Int) {
    let wanted = max(3 * horizon, 4 * series.longSeason, 200)
    let span = min(series.count / 3, wanted)
    self.horizon = horizon
    trialHorizon = min(horizon, span)
    let most = max(8, min(Self.mostTrials, Self.mostSteps / max(1, trialHorizon)))
    let spacing = series.spacing(atLeast: max(1, (span + most - 1) / most))
    places = stride(from: series.count, through: series.count - span, by: -spacing).reversed()
  }

  /// The place where trials begin: what is before it is known to all of them.
  var first: Int { places.first ?? 0 }
  /// The end of the series.
  var last: Int { places.last ?? 0 }
  /// Origins but the last.
  var trials: Range<Int> { 0..<max(0, places.count - 1) }

  /// Places between one fit and the next: ten on the way are enough to judge by.
  var patience: Int { max(1, (last - first) / 10) }

  /// The steps of a path.
  func steps(of path: Int) -> Int { path + 1 < places.count ? trialHorizon : horizon }
}

extension PreparedSeries {
  /// Steps between places that are at all hours of a day by turns.
  func spacing(atLeast least: Int) -> Int {
    var spacing = least
    while spacing > 1, greatestCommonDivisor(spacing, shortSeason) > 1 { spacing += 1 }
    return spacing
  }
}
