// What the season before held, or the mean of all seasons, each weighing a fixed share of the one behind it.

/// Repeats a season.
struct SeasonalMeanMethod: ForecastMethod {
  let name: String
  /// Steps; 1 repeats the last value.
  let season: Int
  /// What a season weighs of the one behind it; 0 is the seasonal naive method.
  var decay = 0.0

  func paths(of series: PreparedSeries, from origins: RollingOrigins) -> ForecastPaths {
    var paths = ForecastPaths(origins)
    for (path, origin) in origins.places.enumerated() {
      paths.write(path) { steps in
        for step in steps.indices {
          steps[step] = step < season ? mean(of: series, at: origin + step - season) : steps[step - season]
        }
      }
    }
    return paths
  }

  private func mean(of series: PreparedSeries, at place: Int) -> Double {
    var (sum, total, weight, index) = (0.0, 0.0, 1.0, place)
    while index >= 0, weight > 0.01 {
      sum += weight * series.values[index]
      total += weight
      weight *= decay
      index -= season
    }
    return total > 0 ? sum / total : series.values.first ?? 0
  }
}
