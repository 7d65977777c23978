// The future of a series: several methods, weighed by what they erred at rolling origins of the series itself, with bands
// as wide as the errors of all of them together were. Nothing is known of other series.

extension ForecastProblem {
  /// By how much values may differ, beside their size, that are equal but for how they were rounded.
  private static let rounding = 1e-9

  /// The forecast.
  ///
  /// Where no value is below 0, neither the forecast nor a limit is. A series of equal values stays as it is, with bands
  /// without width; of a single value nothing more is known than that.
  /// - Throws: ``ProblemFault`` for a problem that makes no sense or is too large.
  package func forecast() throws(ProblemFault) -> ForecastAnswer {
    try check()
    let known = values[...(values.lastIndex { $0 != nil } ?? 0)]
    let seen = known.compactMap { $0 }
    guard let least = seen.min(), let most = seen.max(),
      most - least > Self.rounding * Swift.max(abs(least), abs(most))
    else {
      return answer("constant", [Double](repeating: seen.first ?? 0, count: horizon)) { _ in [] }
    }
    // What is missing at the end is forecast too, and then left out.
    let missing = values.count - known.count
    let (recent, unlike) = PreparedSeries(known, seasons: seasons).withoutEvents()
    let actual = Array(known.suffix(recent.count))
    let origins = RollingOrigins(recent, horizon: missing + horizon)
    let combination = ForecastCombination(
      ForecastCandidate.all(for: recent, known: origins.first), of: recent, from: origins, actual: actual)
    let greatestChange = zip(seen, seen.dropFirst()).reduce(0) { max($0, abs($1.0 - $1.1)) }
    let band = ForecastBand(combination.paths, of: recent, actual: actual, greatestChange: greatestChange)
    var found = answer(combination.name, Array(combination.paths.forecast.suffix(horizon)), least: least) { level in
      Array(band.halfWidths(level: level).suffix(horizon))
    }
    found.unlike = unlike.map { known.count - recent.count + $0 }
    return found
  }

  /// - Parameter halfWidths: none for a band without width.
  private func answer(
    _ model: String, _ mean: [Double], least: Double = -.infinity, halfWidths: (Int) -> [Double]
  ) -> ForecastAnswer {
    let floor = least >= 0 ? 0 : -Double.greatestFiniteMagnitude
    let mean = mean.map { max($0, floor) }
    let bands = Set(levels).sorted().map { level in
      let widths = halfWidths(level)
      guard !widths.isEmpty else { return ForecastAnswer.Band(level: level, lower: mean, upper: mean) }
      return ForecastAnswer.Band(
        level: level, lower: zip(mean, widths).map { max($0 - $1, floor) }, upper: zip(mean, widths).map { $0 + $1 })
    }
    return ForecastAnswer(model: model, mean: mean, bands: bands)
  }
}
