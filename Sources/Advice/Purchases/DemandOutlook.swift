// Where demand may go, as ten paths that are equally likely.
//
//     demand(month) = today × (1 + growth)^(month / 12) × exp(z × spread × √month) / mean of that exp over the ten z
//
// with the middles of ten equal parts of the normal distribution for z. The logarithm of demand is a random walk: a month
// ahead is surer than a year. The division keeps the mean of the ten at today's demand and its growth, whatever the
// spread. Nothing runs after a decommissioning.
// Source of the walk and its √month: Hyndman and Athanasopoulos, "Forecasting: Principles and Practice", 3rd edition,
// section 5.5 (naive method, h-step standard deviation σ√h).

import Foundation
import Model

/// What is known of the demand to come.
package struct DemandOutlook: Hashable, Sendable {
  /// Growth a year: 0.2 is 20 % more.
  package var growth: Double
  /// Standard deviation of the logarithm of demand after a month.
  package var monthlySpread: Double
  /// Hours from now after which nothing runs; nil for never.
  package var endsAfter: Int?

  package init(growth: Double = 0, monthlySpread: Double, endsAfter: Int? = nil) {
    self.growth = growth
    self.monthlySpread = monthlySpread
    self.endsAfter = endsAfter
  }

  /// The standard deviation after a month, from that after a year in percent.
  package static func monthlySpread(percentAYear: Int) -> Double { Double(percentAYear) / 100 / 12.0.squareRoot() }

  /// Demand in the middle of a month relative to today, in millionths; at most a thousandfold.
  /// - Parameter month: counted from 0.
  package func millionths(on path: DemandPath, month: Int) -> Int64 {
    Int64((factor(on: path, months: Double(month) + 0.5) * 1_000_000).rounded())
  }

  /// Demand so many months from now relative to today; at most a thousandfold.
  package func factor(on path: DemandPath, months ahead: Double) -> Double {
    let base = pow(1 + growth, ahead / 12) * Double(path.scalePercent) / 100
    let spread = monthlySpread * ahead.squareRoot()
    let uncertain = path.deviations.map { exp($0 * spread) / Self.meanFactor(spread) }
    return min(base * (uncertain ?? 1), 1000)
  }

  /// The same in the month of an hour from now; nothing behind a decommissioning.
  package func millionths(on path: DemandPath, hour: Int) -> Int64 {
    hour < endsAfter ?? .max ? millionths(on: path, month: hour / hoursAMonth) : 0
  }

  /// The mean of the likely paths' factors.
  private static func meanFactor(_ spread: Double) -> Double {
    let factors = DemandPath.likely.compactMap { $0.deviations.map { exp($0 * spread) } }
    return factors.reduce(0, +) / Double(factors.count)
  }
}

/// One way that demand may go.
package struct DemandPath: Hashable, Sendable {
  /// Standard deviations of the logarithm above its mean; nil for growth alone, as if nothing were uncertain.
  package var deviations: Double?
  /// Percent of today's demand that it starts from.
  package var scalePercent: Int

  package init(deviations: Double? = nil, scalePercent: Int = 100) {
    self.deviations = deviations
    self.scalePercent = scalePercent
  }

  /// Ten equally likely ones: the normal distribution's quantiles of 5 %, 15 % ... 95 %.
  package static let likely: [DemandPath] = [
    -1.644854, -1.036433, -0.674490, -0.385320, -0.125661, 0.125661, 0.385320, 0.674490, 1.036433, 1.644854,
  ].map { DemandPath(deviations: $0) }
  /// Demand is above it in nine futures of ten.
  package static let low = DemandPath(deviations: -1.281552)
  /// Demand is above it in one future of ten.
  package static let high = DemandPath(deviations: 1.281552)
}

extension DemandOutlook {
  /// How much demand moves in a month, from its weekly means; `prior` where they are few.
  ///
  /// With k weeks between the two ends of a move, as many as four and at most half of what there is,
  ///
  ///     spread² = (4 prior² + Σ moves² × weeks a month / k) / (4 + number of moves / k)
  ///
  /// so the prior weighs as much as four moves that do not overlap. Weeks without demand are left out; a launch is no more
  /// than the greatest uncertainty that a fleet file may state.
  package static func spread(weeklyMeans: [Double], prior: Double) -> Double {
    let span = min(4, weeklyMeans.count / 2)
    guard span > 0 else { return prior }
    let weeksAMonth = 365.0 / 12 / 7
    var squares = 0.0
    var moves = 0.0
    for (before, after) in zip(weeklyMeans, weeklyMeans.dropFirst(span)) where before > 0 && after > 0 {
      let move = log(after / before)
      squares += move * move * weeksAMonth / Double(span) / Double(span)
      moves += 1 / Double(span)
    }
    let spread = ((4 * prior * prior + squares) / (4 + moves)).squareRoot()
    return min(spread, monthlySpread(percentAYear: greatestUncertaintyPercent))
  }
}
