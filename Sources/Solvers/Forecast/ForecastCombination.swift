// What several methods say together: each weighs the less the more it erred at the rolling origins.
//
//   weight = (least error / error)², 0 for an error of twice the least and more
//   error = mean size of the errors, those of four short seasons ago half as much as those of now
//
// Bates and Granger, "The combination of forecasts", Operational Research Quarterly 20(4), 1969. The half life, the
// power and the limit were chosen on every second series of a part of the hourly ones of the M4 competition.

import Foundation

/// The forecast of all methods together, and what it would have been at each origin.
struct ForecastCombination: Sendable {
  /// Of the candidate that weighs most.
  private(set) var name = ""
  private(set) var paths: ForecastPaths

  /// - Parameter actual: the values that were, nil where there was none.
  init(_ candidates: [ForecastCandidate], of series: PreparedSeries, from origins: RollingOrigins, actual: [Double?]) {
    var (all, errors) = ([ForecastPaths](), [Double]())
    let limits = PathLimits(series)
    for candidate in candidates {
      var paths = candidate.paths(of: series, from: origins)
      paths.change(limits.held)
      errors.append(Self.error(of: paths, actual, halfLife: 4 * series.shortSeason))
      all.append(paths)
    }
    paths = ForecastPaths(origins)
    let weights = Self.weights(errors)
    let total = weights.reduce(0, +)
    for (weight, part) in zip(weights, all) where weight > 0 { paths.add(weight / total, of: part) }
    if let heaviest = weights.indices.max(by: { weights[$0] < weights[$1] }) { name = candidates[heaviest].name }
  }

  private static func error(of paths: ForecastPaths, _ actual: [Double?], halfLife: Int) -> Double {
    let origins = paths.origins
    var (sum, total) = (0.0, 0.0)
    for path in origins.trials {
      let origin = origins.places[path]
      let weight = exp2(-Double(origins.last - origin) / Double(halfLife))
      for step in 0..<min(origins.trialHorizon, origins.last - origin) {
        guard let value = actual[origin + step] else { continue }
        sum += weight * abs(value - paths[path, step])
        total += weight
      }
    }
    return total > 0 ? sum / total : .infinity
  }

  /// Without an error to judge by the first candidate is all.
  private static func weights(_ errors: [Double]) -> [Double] {
    guard let least = errors.min(), least.isFinite else { return errors.indices.map { $0 == 0 ? 1 : 0 } }
    return errors.map { error in
      if error <= least { return 1 }
      let share = least / error
      return share > 0.5 ? share * share : 0
    }
  }
}

/// How far from all that was seen a path may go.
private struct PathLimits {
  private let least: Double
  private let most: Double

  init(_ series: PreparedSeries) {
    let (low, high) = (series.values.min() ?? 0, series.values.max() ?? 0)
    least = low - 2 * (high - low)
    most = high + 2 * (high - low)
  }

  func held(_ value: Double) -> Double { min(max(value.isFinite ? value : least, least), most) }
}
