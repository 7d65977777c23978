// Regression of a value on values before it and on harmonics of the seasons, with a ridge; a path is made step by step,
// each of its values one of the values before the next. What is further back weighs less.
//
// Young, Pedregal and Tych, "Dynamic harmonic regression", Journal of Forecasting 18, 1999; Harvey, "Forecasting, structural
// time series models and the Kalman filter", 1989, for trigonometric seasons.

struct RegressionMethod: ForecastMethod {
  let name: String
  /// Steps back, each at least 1.
  let lags: [Int]
  let harmonics: Harmonics
  var ridge = 1e-4
  /// What a value weighs of one that is a shortest season younger.
  var fading = 0.97

  private var width: Int { lags.count + harmonics.width + 1 }

  func paths(of series: PreparedSeries, from origins: RollingOrigins) -> ForecastPaths {
    var paths = ForecastPaths(origins)
    let (first, last) = (origins.first, origins.last)
    let scaled = ScaledSeries(series, end: first)
    let reach = lags.max() ?? 0
    var system = RidgeSystem(width: width)
    var row = [Double](repeating: 0, count: width)
    var (place, fitted, coefficients) = (reach, -1, [Double]())
    let patience = origins.patience
    // Some ten thousands of rows are enough for some tens of coefficients.
    let thinning = series.spacing(atLeast: max(1, series.count / 30_000))
    for (path, origin) in origins.places.enumerated() {
      row.withUnsafeMutableBufferPointer { row in
        while place < origin {
          if place % series.shortSeason == 0, fading < 1 { system.fade(fading) }
          if series.isObserved[place], place % thinning == 0 {
            write(place, scaled.values, place, into: row)
            system.add(row, target: scaled.values[place])
          }
          place += 1
        }
      }
      if fitted < 0 || origin - fitted >= patience || origin == last {
        (coefficients, fitted) = (system.coefficients(ridge: ridge), origin)
      }
      let past = (origin - reach..<origin).map { $0 < 0 ? 0 : scaled.values[$0] }
      paths.write(path) { steps in
        extend(past, from: origin, by: coefficients, into: steps)
        for step in steps.indices { steps[step] = scaled.unscaled(steps[step]) }
      }
    }
    return paths
  }

  /// - Parameter past: as many values as the longest lag.
  private func extend(
    _ past: [Double], from origin: Int, by coefficients: [Double], into steps: UnsafeMutableBufferPointer<Double>
  ) {
    var known = past + [Double](repeating: 0, count: steps.count)
    var row = [Double](repeating: 0, count: width)
    row.withUnsafeMutableBufferPointer { row in
      for step in steps.indices {
        write(past.count + step, known, origin + step, into: row)
        var sum = 0.0
        for feature in 0..<width { sum += coefficients[feature] * row[feature] }
        // A path that explodes is held where it can still be compared.
        steps[step] = min(max(sum, -1e3), 1e3)
        known[past.count + step] = steps[step]
      }
    }
  }

  @inline(__always)
  private func write(_ index: Int, _ values: [Double], _ place: Int, into row: UnsafeMutableBufferPointer<Double>) {
    for feature in lags.indices { row[feature] = values[index - lags[feature]] }
    harmonics.write(place, into: row, at: lags.count)
    row[lags.count + harmonics.width] = 1
  }
}

/// A series about zero, of about unit size.
private struct ScaledSeries {
  let values: [Double]
  private let centre: Double
  private let spread: Double

  /// - Parameter end: what lies behind is unknown to centre and spread.
  init(_ series: PreparedSeries, end: Int) {
    let count = Double(max(1, end))
    let centre = series.values[..<end].reduce(0, +) / count
    let spread = series.values[..<end].reduce(0) { $0 + abs($1 - centre) } / count
    self.centre = centre
    self.spread = spread > 0 ? spread : 1
    values = series.values.map { [spread = self.spread] in ($0 - centre) / spread }
  }

  func unscaled(_ value: Double) -> Double { value * spread + centre }
}
