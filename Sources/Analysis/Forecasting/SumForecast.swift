// A sum of days to come, such as the rest of a month. Errors of days add up: by how much is learned from sums of days that were
// forecast at the days of the past two months with two weeks before them. A third of what lies behind those two weeks is as far
// as they look; where the sum to come ends later, its start and end are brought nearer in proportion:
//
//   half width = sum × 0.8 × √(π / 2) × mean |actual / forecast - 1| × t × (end of the sum / end of those sums)^(1/4)
//
// √(π / 2) times the mean size of normal errors is their deviation; t is the quantile of Student's distribution of the level, with
// as many degrees of freedom as those sums fit side by side into the time that they are of, at least 3. Errors grow with how far
// ahead a sum ends, less than its days do. Where there are not two such sums, half the width is that of the days' own limits
// together × 2 × √(end of the sum / 7): what a week of the past does not show.
//
// 0.8, the fourth root and 2 were chosen on made-up histories (Benchmarks/forecast) of other seeds than those judged. Conformal
// quantiles of the same sums held 57 to 66 % in place of 80: sums that overlap are one experience, not many.

import Model
import Solvers

/// What days to come add up to.
package struct SumForecast: Hashable, Sendable {
  package var mean: Double
  package var lower: Double
  package var upper: Double
  /// How many sums of the past the interval is of; 0 where it rests on the days' own limits.
  package var origins: Int

  /// - Parameters:
  ///   - trials: of the past of days that the answer is of.
  ///   - days: to come that are added up, counted from the end of the past.
  ///   - answer: the forecast of at least those days, with a band of the level.
  ///   - level: in percent.
  package init?(_ trials: SumTrials, days: Range<Int>, of answer: ForecastAnswer, level: Int) {
    guard let band = answer.bands.first(where: { $0.level == level }), days.upperBound <= answer.mean.count else {
      return nil
    }
    mean = answer.mean[days].reduce(0, +)
    let half: Double
    if let share = trials.halfWidth(of: days, level: level) {
      (half, origins) = (share.half * abs(mean), share.origins)
    } else {
      let own = max(mean - band.lower[days].reduce(0, +), band.upper[days].reduce(0, +) - mean)
      (half, origins) = (own * 2 * (Double(days.upperBound) / 7).squareRoot(), 0)
    }
    // What never fell below 0 will not.
    lower = max(mean - half, band.lower[days].allSatisfy { $0 >= 0 } ? 0 : -.infinity)
    upper = mean + half
  }
}

/// Days of the past as they were forecast before.
package struct SumTrials: Sendable {
  private struct Path: Sendable {
    var origin: Int
    var mean: [Double]
  }

  private let past: MeasuredPast
  /// What was forecast at an origin, up to the end of the past.
  private let paths: [Path]

  /// The days that a forecast needs before it, two weeks.
  private static let leastPast = 14
  /// The days before the end at which forecasts begin.
  private static let mostDays = 60
  private static let share = 0.8

  package init(_ past: MeasuredPast) {
    self.past = past
    let count = past.values.count
    let origins = count > Self.leastPast ? max(Self.leastPast, count - Self.mostDays)..<count : 0..<0
    paths = Array(origins).concurrentMap { origin in
      let answer = try? past.ending(before: count - origin).forecast(count - origin, levels: [])
      return answer.map { Path(origin: origin, mean: $0.mean) }
    }.compactMap { $0 }
  }

  /// Half the width of an interval, of the sum; nil where fewer than two sums tell of it.
  fileprivate func halfWidth(of days: Range<Int>, level: Int) -> (half: Double, origins: Int)? {
    let room = Double(past.values.count - Self.leastPast) / 3
    let scale = min(1, room / Double(days.upperBound))
    let end = max(1, wholeNumber((Double(days.upperBound) * scale).rounded(.down)))
    let start = min(end - 1, wholeNumber((Double(days.lowerBound) * scale).rounded(.down)))
    let errors = paths.compactMap { error($0, start..<end) }
    guard room > 0, errors.count > 1 else { return nil }
    let size = errors.reduce(0, +) / Double(errors.count)
    let freedom = max(3, Double(errors.count + end - 1) / Double(end))
    let width = studentQuantile(probability: 0.5 + Double(level) / 200, freedom: freedom)
    // The fourth root.
    let further = (Double(days.upperBound) / Double(end)).squareRoot().squareRoot()
    return (Self.share * (Double.pi / 2).squareRoot() * size * width * further, errors.count)
  }

  /// |actual / forecast - 1| of a sum; nil where it goes beyond the past, or more than a quarter of it is not known.
  private func error(_ path: Path, _ days: Range<Int>) -> Double? {
    guard days.upperBound <= path.mean.count else { return nil }
    let known = days.compactMap { day in past.values[path.origin + day].map { (day, $0) } }
    let expected = known.reduce(0) { $0 + path.mean[$1.0] }
    guard known.count * 4 >= days.count * 3, expected > 0 else { return nil }
    return abs(known.reduce(0) { $0 + $1.1 } / expected - 1)
  }
}
