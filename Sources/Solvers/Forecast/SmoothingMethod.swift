/// Exponential smoothing whose rates are searched for in the series.
struct SmoothingMethod: ForecastMethod {
  let name: String
  let hasTrend: Bool

  func paths(of series: PreparedSeries, from origins: RollingOrigins) -> ForecastPaths {
    var paths = ForecastPaths(origins)
    let (first, last) = (origins.first, origins.last)
    // The rates are those of the first origin until the last, which has its own.
    var search = SmoothingSearch(series, horizon: origins.horizon, hasTrend: hasTrend)
    var state = SmoothingState(series, search.best(end: first), end: first)
    var place = 0
    for (path, origin) in origins.places.enumerated() {
      if origin == last, last > first {
        state = SmoothingState(series, search.best(end: last), end: last)
        place = 0
      }
      state.advance(series, through: place..<origin)
      place = origin
      paths.write(path) { state.forecast(from: origin, into: $0) }
    }
    return paths
  }
}
