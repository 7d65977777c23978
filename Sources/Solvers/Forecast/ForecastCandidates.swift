/// A method, and what it sees of the values.
struct ForecastCandidate: Sendable {
  let method: any ForecastMethod
  let scale: ForecastScale

  init(_ method: any ForecastMethod, _ scale: ForecastScale = .plain) {
    self.method = method
    self.scale = scale
  }

  var name: String { scale == .plain ? method.name : "\(method.name) of logarithms" }

  /// What all methods that suit a series are; the simplest first, for of equally good ones the first gives the name.
  ///
  /// - Parameter known: the values before the first origin, of which each method needs some.
  static func all(for series: PreparedSeries, known: Int) -> [ForecastCandidate] {
    var candidates = [ForecastCandidate(SeasonalMeanMethod(name: "last value", season: 1))]
    for season in series.seasons {
      candidates.append(ForecastCandidate(SeasonalMeanMethod(name: "seasonal naive \(season)", season: season)))
    }
    if let season = series.seasons.last {
      candidates.append(
        ForecastCandidate(SeasonalMeanMethod(name: "seasonal mean \(season)", season: season, decay: 0.8)))
    }
    candidates.append(ForecastCandidate(ThetaMethod(name: "theta")))
    let both = [ForecastScale.plain] + (ForecastScale.logarithm(of: series).map { [$0] } ?? [])
    for scale in both {
      candidates.append(ForecastCandidate(SmoothingMethod(name: "exponential smoothing", hasTrend: false), scale))
      candidates.append(
        ForecastCandidate(SmoothingMethod(name: "exponential smoothing with damped trend", hasTrend: true), scale))
      candidates += RegressionMethod.all(for: series, known: known).map { ForecastCandidate($0, scale) }
    }
    return candidates
  }

  /// Its paths in the unit of the series.
  func paths(of series: PreparedSeries, from origins: RollingOrigins) -> ForecastPaths {
    var paths = method.paths(of: scale.scaled(series), from: origins)
    scale.unscaled(&paths)
    return paths
  }
}

extension RegressionMethod {
  /// Rows that a regression has at the first origin, at least.
  private static let fewestRows = 20

  /// Regressions on the past, on the past and harmonics, and on the last day and harmonics.
  ///
  /// - Parameter known: the values before the first origin; lags that leave too few of them are left out.
  fileprivate static func all(for series: PreparedSeries, known: Int) -> [RegressionMethod] {
    func lags(_ wanted: [Int]) -> [Int] {
      let fewest = max(fewestRows, series.seasons.first ?? 0)
      return Set(wanted.filter { $0 >= 1 && known - $0 >= fewest }).sorted()
    }
    let near = lags([1, 2, 3])
    guard !near.isEmpty else { return [] }
    guard let short = series.seasons.first else {
      return [RegressionMethod(name: "autoregression", lags: near, harmonics: Harmonics(seasons: [], most: (0, 0)))]
    }
    let seasonal = series.seasons.flatMap { [$0, $0 + 1] }
    let around = series.seasons.flatMap { [$0 - 1, $0, $0 + 1, $0 - short] }
    let waves = Harmonics(seasons: series.seasons, most: (8, 12))
    var methods = [
      RegressionMethod(
        name: "autoregression", lags: lags([1, 2, 3, 2 * short] + around),
        harmonics: Harmonics(seasons: [short], most: (4, 0))),
      RegressionMethod(name: "harmonic regression", lags: lags([1, 2, 3] + seasonal), harmonics: waves),
    ]
    if series.seasons.count > 1 {
      methods.append(
        RegressionMethod(
          name: "harmonic regression of days", lags: lags([1, 2, 3, short, short + 1]), harmonics: waves))
    }
    return methods
  }
}
