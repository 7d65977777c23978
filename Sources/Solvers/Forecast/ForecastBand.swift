// How far the values may be off, by how far the same forecast was off at the rolling origins:
//
//   half width = scale of the step × scale of the hour × quantile of |error| / (both scales) × t / z
//
// The scale of a step is the mean size of the errors at it and its neighbours, that of an hour of the day 0.4 and 0.6 of
// what errors at that hour and beside it are of the mean. The quantile is the level's. t / z widens for how few stretches
// of history it rests on: quantiles of Student's distribution and the normal one, as many degrees of freedom as times that
// horizon and half a short season fit into the span of the origins, at least 3.
//
// Vovk, Gammerman and Shafer, "Algorithmic Learning in a Random World", 2005 (conformal); Lei et al., "Distribution-free
// predictive inference for regression", JASA 113, 2018 (scaled by what errors usually are).
// The shares of the hour and the stretch were chosen on every second series of a part of the hourly ones of the M4 competition.

/// The errors of a forecast at the rolling origins, and what they say of the steps to come.
struct ForecastBand: Sendable {
  /// By step.
  private var stepScales: [Double]
  /// By place in the short season.
  private var hourScales: [Double]
  /// Sizes of errors by what they usually are, ascending.
  private var sizes: [Double] = []
  private let origins: RollingOrigins
  private let freedom: Double
  private static let hourShare = 0.6
  private static let fewestErrors = 5

  /// - Parameters:
  ///   - actual: the values that were, nil where there was none.
  ///   - greatestChange: from a value to the next; where there were next to no trials, that is how far the values may be
  ///     off after a step, and as a random walk behind it.
  init(_ paths: ForecastPaths, of series: PreparedSeries, actual: [Double?], greatestChange: Double) {
    origins = paths.origins
    let span = Double(origins.last - origins.first)
    freedom = max(3, span / (Double(origins.trialHorizon) + Double(series.shortSeason) / 2))
    stepScales = []
    hourScales = [Double](repeating: 1, count: series.seasons.first ?? 1)
    let errors = Self.errors(paths, actual)
    guard errors.count >= Self.fewestErrors else {
      stepScales = (1...origins.horizon).map { Double($0).squareRoot() }
      sizes = [greatestChange]
      return
    }
    stepScales = Self.stepScales(errors, steps: origins.trialHorizon, reach: series.shortSeason / 4)
    hourScales = hourScales(errors)
    sizes = errors.map { size($0.size, by: stepScales[$0.step] * hourScales[$0.place % hourScales.count]) }.sorted()
  }

  /// The half widths of the steps to come.
  func halfWidths(level: Int) -> [Double] {
    let rank = (sizes.count * level + 99) / 100
    let quantile = sizes[max(0, rank - 1)] * studentRatio(probability: 0.5 + Double(level) / 200, freedom: freedom)
    return (0..<origins.horizon).map { step in
      quantile * stepScale(step) * hourScales[(origins.last + step) % hourScales.count]
    }
  }

  /// Behind the steps that were tried errors grow as they did over the later half of those.
  private func stepScale(_ step: Int) -> Double {
    guard step >= stepScales.count, let last = stepScales.last else { return stepScales[step] }
    let half = stepScales[stepScales.count / 2]
    guard half > 0, last > half else { return last }
    let share = min(1, (last / half - 1) / 0.4142135623730951)
    return last * (1 + share * ((Double(step + 1) / Double(stepScales.count)).squareRoot() - 1))
  }

  private struct TrialError {
    var step: Int
    var place: Int
    var size: Double
  }

  private static func errors(_ paths: ForecastPaths, _ actual: [Double?]) -> [TrialError] {
    let origins = paths.origins
    return origins.trials.flatMap { path in
      let origin = origins.places[path]
      return (0..<min(origins.trialHorizon, origins.last - origin)).compactMap { step in
        actual[origin + step].map {
          TrialError(step: step, place: origin + step, size: abs($0 - paths[path, step]))
        }
      }
    }
  }

  /// The mean size of errors at each step and those within reach of it.
  private static func stepScales(_ errors: [TrialError], steps: Int, reach: Int) -> [Double] {
    var sums = [Double](repeating: 0, count: steps + 1)
    var counts = sums
    for error in errors {
      sums[error.step + 1] += error.size
      counts[error.step + 1] += 1
    }
    for step in 0..<steps {
      sums[step + 1] += sums[step]
      counts[step + 1] += counts[step]
    }
    return (0..<steps).map { step in
      let (low, high) = (max(0, step - reach), min(steps, step + reach + 1))
      let count = counts[high] - counts[low]
      return count > 0 ? (sums[high] - sums[low]) / count : 0
    }
  }

  /// What errors at each place of the short season and beside it are of the mean of all.
  private func hourScales(_ errors: [TrialError]) -> [Double] {
    let hours = hourScales.count
    guard hours > 1 else { return hourScales }
    var (sums, counts) = ([Double](repeating: 0, count: hours), [Double](repeating: 0, count: hours))
    for error in errors {
      sums[error.place % hours] += size(error.size, by: stepScales[error.step])
      counts[error.place % hours] += 1
    }
    let mean = sums.reduce(0, +) / counts.reduce(0, +)
    guard mean > 0 else { return hourScales }
    let reach = min(max(1, hours / 24), (hours - 1) / 2)
    var (sum, count) = (0.0, 0.0)
    for near in -reach..<reach {
      sum += sums[(near + hours) % hours]
      count += counts[(near + hours) % hours]
    }
    return (0..<hours).map { hour in
      // The window moves on by an hour: one enters, and one leaves when the scale is known.
      let (entering, leaving) = ((hour + reach) % hours, (hour - reach + hours) % hours)
      sum += sums[entering]
      count += counts[entering]
      let scale = count > 0 ? max(0, sum) / count / mean : 1
      sum -= sums[leaving]
      count -= counts[leaving]
      return 1 - Self.hourShare + Self.hourShare * scale
    }
  }

  private func size(_ error: Double, by scale: Double) -> Double { scale > 0 ? error / scale : 0 }
}
