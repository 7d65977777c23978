// Rolling origins: the series is cut at several moments, each part forecast as if nothing were known of the rest, and held
// against it.
//
//   MASE     mean |actual - forecast| over the mean |x(t) - x(t - m)| of the part before the cut, m the longest season that
//            it holds twice (Hyndman & Koehler, "Another look at measures of forecast accuracy", 2006); the mean over origins
//   sMAPE    the mean of 200 |a - f| / (|a| + |f|), 0 where both are 0
//   pinball  the mean over both limits q of max(q (a - f), (q - 1) (a - f)), over the same scale
//   coverage and width of an interval: the share of actual values within it, and its mean width over the same scale

import Model
import Solvers

/// How far forecasts of a series were off, beside the value of a season before.
package struct ForecastBacktest: Hashable, Sendable {
  /// The errors of one way to forecast.
  package struct Errors: Hashable, Sendable {
    package var mase: Double
    package var smape: Double
    package var pinball: Double
    /// Of the interval, as a fraction.
    package var coverage: Double
    package var width: Double
  }

  package var horizon: Int
  package var origins: Int
  package var level: Int
  package var model: Errors
  package var seasonalNaive: Errors

  /// - Parameters:
  ///   - horizon: steps ahead.
  ///   - level: of the interval, in percent.
  ///   - most: origins, evenly over the last half of the past.
  /// - Returns: nil where the past is too short for one origin.
  package init?(_ past: MeasuredPast, horizon: Int, level: Int, most: Int = 8) {
    let room = past.values.count / 2 - horizon
    guard room >= 0, horizon > 0 else { return nil }
    let count = min(most, room / max(1, horizon / 4) + 1)
    let steps = (0..<count).map { horizon + (count > 1 ? $0 * room / (count - 1) : 0) }
    var parts: [(model: Errors, naive: Errors)] = []
    for step in Set(steps).sorted() {
      let known = past.ending(before: step)
      let actual = Array(past.values[known.values.count..<known.values.count + horizon])
      guard let scale = Self.scale(known), let answer = try? known.forecast(horizon, levels: [level]),
        let band = answer.bands.first,
        let model = Errors(actual, answer.mean, band.lower, band.upper, level: level, scale: scale),
        let naive = Self.naive(known, actual, level: level, scale: scale)
      else { continue }
      parts.append((model, naive))
    }
    guard !parts.isEmpty else { return nil }
    self.horizon = horizon
    self.level = level
    origins = parts.count
    model = Errors(meanOf: parts.map(\.model))
    seasonalNaive = Errors(meanOf: parts.map(\.naive))
  }

  private static func season(_ past: MeasuredPast) -> Int {
    past.seasons.filter { $0 * 2 <= past.values.count }.max() ?? 1
  }

  private static func scale(_ past: MeasuredPast) -> Double? {
    let differences = seasonalDifferences(past).map(abs)
    let mean = differences.reduce(0, +) / Double(max(1, differences.count))
    return mean > 0 ? mean : nil
  }

  private static func seasonalDifferences(_ past: MeasuredPast) -> [Double] {
    let (season, values) = (season(past), past.values)
    return values.indices.dropFirst(season).compactMap { step in
      values[step].flatMap { now in values[step - season].map { now - $0 } }
    }
  }

  /// The value of a season before, with an interval as wide as that erred before.
  private static func naive(_ past: MeasuredPast, _ actual: [Double?], level: Int, scale: Double) -> Errors? {
    let (season, values) = (season(past), past.values)
    guard let last = values.last(where: { $0 != nil }) ?? nil else { return nil }
    let mean = actual.indices.map { step -> Double in
      // The last season, or the one before it where it has a gap.
      let place = values.count - season + step % season
      for back in [0, season] where values.indices.contains(place - back) {
        if let value = values[place - back] { return value }
      }
      return last
    }
    let errors = seasonalDifferences(past).map(abs)
    let half = percentile(ScaledDecimal(mantissa: Int64(level), scale: 0), of: errors) ?? 0
    return Errors(
      actual, mean, mean.map { $0 - half }, mean.map { $0 + half }, level: level, scale: scale)
  }
}

extension ForecastBacktest.Errors {
  /// nil where nothing was measured.
  fileprivate init?(
    _ actual: [Double?], _ mean: [Double], _ lower: [Double], _ upper: [Double], level: Int, scale: Double
  ) {
    let (low, high) = (Double(100 - level) / 200, Double(100 + level) / 200)
    self.init(mase: 0, smape: 0, pinball: 0, coverage: 0, width: 0)
    var count = 0.0
    for (step, value) in actual.enumerated() {
      guard let value else { continue }
      count += 1
      mase += abs(value - mean[step]) / scale
      let size = abs(value) + abs(mean[step])
      smape += size > 0 ? 200 * abs(value - mean[step]) / size : 0
      for (share, limit) in [(low, lower[step]), (high, upper[step])] {
        pinball += max(share * (value - limit), (share - 1) * (value - limit)) / 2 / scale
      }
      coverage += lower[step] <= value && value <= upper[step] ? 1 : 0
      width += (upper[step] - lower[step]) / scale
    }
    guard count > 0 else { return nil }
    self = divided(by: count)
  }

  fileprivate init(meanOf parts: [ForecastBacktest.Errors]) {
    let sum = parts.reduce(into: Self(mase: 0, smape: 0, pinball: 0, coverage: 0, width: 0)) { sum, part in
      sum.mase += part.mase
      sum.smape += part.smape
      sum.pinball += part.pinball
      sum.coverage += part.coverage
      sum.width += part.width
    }
    self = sum.divided(by: Double(max(1, parts.count)))
  }

  private func divided(by count: Double) -> Self {
    Self(
      mase: mase / count, smape: smape / count, pinball: pinball / count, coverage: coverage / count,
      width: width / count)
  }
}
