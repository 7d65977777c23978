// Regression of a value on values before it and on harmonics of the seasons, with a ridge; a path is made step by step,
// each of its values one of the values before the next. What is further back weighs less.
//
// Young, Pedregal and Tych, "Dynamic harmonic regression", Journal of Forecasting 18, 1999; Harvey, "Forecasting, structural
// time series models and the Kalman filter", 1989, for trigonometric seasons.

/// Regression on the past of a series and on harmonics of its seasons.
struct RegressionMethod: ForecastMethod {
  let name: String
  /// Steps back, each at least 1.
  let lags: [Int]
  let harmonics: Harmonics

  func paths(of series: PreparedSeries, from origins: RollingOrigins) -> ForecastPaths {
    var paths = ForecastPaths(origins)
    var fit = RegressionFit(self, series, known: origins.first)
    for (path, origin) in origins.places.enumerated() {
      fit.learn(to: origin)
      if origin - fit.fitted >= origins.patience || origin == origins.last || path == 0 { fit.solve() }
      paths.write(path) { fit.extend(from: origin, into: $0) }
    }
    return paths
  }
}

/// A regression that has learnt what is before a place.
private struct RegressionFit {
  private let method: RegressionMethod
  private let series: PreparedSeries
  private let scaled: ScaledSeries
  private let reach: Int
  private let thinning: Int
  private var system: RidgeSystem
  private var row: [Double]
  private var place: Int
  private var coefficients: [Double] = []
  /// The place before which the values are that the coefficients are from.
  private(set) var fitted = 0

  private static let ridge = 1e-4
  /// What a value weighs of one that is a short season younger.
  private static let fading = 0.97
  /// Some ten thousands of rows are enough for some tens of coefficients.
  private static let mostRows = 30_000

  /// - Parameter known: the values before the first origin.
  init(_ method: RegressionMethod, _ series: PreparedSeries, known: Int) {
    let width = method.lags.count + method.harmonics.width + 1
    self.method = method
    self.series = series
    scaled = ScaledSeries(series, end: known)
    reach = method.lags.max() ?? 0
    thinning = series.spacing(atLeast: max(1, series.count / Self.mostRows))
    system = RidgeSystem(width: width)
    row = [Double](repeating: 0, count: width)
    place = reach
  }

  mutating func learn(to end: Int) {
    while place < end {
      if place % series.shortSeason == 0 { system.fade(Self.fading) }
      if series.isObserved[place], place % thinning == 0 {
        write(place, of: scaled.values, at: place)
        system.add(row, target: scaled.values[place])
      }
      place += 1
    }
  }

  mutating func solve() {
    (coefficients, fitted) = (system.coefficients(ridge: Self.ridge), place)
  }

  /// Makes a path step by step.
  mutating func extend(from origin: Int, into steps: UnsafeMutableBufferPointer<Double>) {
    var known = (origin - reach..<origin).map { $0 < 0 ? 0 : scaled.values[$0] }
    known += [Double](repeating: 0, count: steps.count)
    for step in steps.indices {
      write(reach + step, of: known, at: origin + step)
      var sum = 0.0
      for feature in row.indices { sum += coefficients[feature] * row[feature] }
      // A path that explodes is held where it can still be compared.
      sum = min(max(sum, -1e3), 1e3)
      known[reach + step] = sum
      steps[step] = scaled.unscaled(sum)
    }
  }

  /// The features of a place that stands at an index of values.
  @inline(__always)
  private mutating func write(_ index: Int, of values: [Double], at place: Int) {
    let lags = method.lags
    for feature in lags.indices { row[feature] = values[index - lags[feature]] }
    row.withUnsafeMutableBufferPointer { method.harmonics.write(place, into: $0, at: lags.count) }
    row[row.count - 1] = 1
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
