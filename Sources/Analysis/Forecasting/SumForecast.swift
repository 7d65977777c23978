// A sum of days to come, such as the rest of a month. Errors of days add up: by how much is learned from the sums of as many
// days that were forecast at every earlier day of the series itself. The interval is as wide as those errors were, relative
// to the forecast: of n errors the ceil((n + 1) × level)-th smallest, so that a sum to come is as likely within it as one of
// the past would have been (split conformal prediction: Vovk, Gammerman & Shafer, "Algorithmic Learning in a Random World",
// 2005). Where fewer sums of that length are in the past than that takes, it is the sum of the days' own limits, which is
// wider than needed, for not all days err alike.

import Model
import Solvers

/// What days to come add up to.
package struct SumForecast: Hashable, Sendable {
  package var mean: Double
  package var lower: Double
  package var upper: Double
  /// How many sums of the past the interval is of; 0 where it is the sum of the days' own limits.
  package var origins: Int

  /// The days that a forecast needs before it, two weeks.
  private static let leastPast = 14
  /// The origins that are tried at most, the latest.
  private static let mostOrigins = 40

  /// - Parameters:
  ///   - past: of days.
  ///   - days: to come that are added up, counted from the end of the past.
  ///   - answer: the forecast of at least those days, with a band of the level.
  ///   - level: in percent.
  package init?(_ past: MeasuredPast, days: Range<Int>, of answer: ForecastAnswer, level: Int) {
    guard let band = answer.bands.first(where: { $0.level == level }), days.upperBound <= answer.mean.count else {
      return nil
    }
    mean = answer.mean[days].reduce(0, +)
    lower = band.lower[days].reduce(0, +)
    upper = band.upper[days].reduce(0, +)
    origins = 0
    let errors = Self.relativeErrors(past, days: days).sorted()
    let rank = (errors.count + 1) * level
    guard rank <= errors.count * 100, !errors.isEmpty else { return }
    let half = errors[(rank + 99) / 100 - 1] * abs(mean)
    (lower, upper, origins) = (max(min(lower, 0), mean - half), mean + half, errors.count)
  }

  /// |actual / forecast - 1| of sums of as many days as far ahead, at every earlier day that has two weeks before it.
  private static func relativeErrors(_ past: MeasuredPast, days: Range<Int>) -> [Double] {
    let last = past.values.count - days.upperBound
    guard last >= leastPast else { return [] }
    return (max(leastPast, last - mostOrigins + 1)...last).compactMap { origin in
      let actual = past.values[(origin + days.lowerBound)..<(origin + days.upperBound)].compactMap { $0 }
      guard actual.count == days.count,
        let answer = try? past.ending(before: past.values.count - origin).forecast(days.upperBound, levels: [])
      else { return nil }
      let expected = answer.mean[days].reduce(0, +)
      return expected > 0 ? abs(actual.reduce(0, +) / expected - 1) : nil
    }
  }
}
