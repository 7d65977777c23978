// The capacity for the time ahead when too little costs more than too much: the newsvendor's problem.
//
//   loss(c) = cost of c + kappa × 100 × expected share of intervals above c
//
// What lies ahead, while the capacity stays, is drawn from the n intervals of the history and from a quarter of a day more
// at a new level, on which they are as they were, doubled, or twice doubled. With D intervals a day, and #{} a count over
// the history by weight:
//
//   expected share above c = (#{u > c} + D/4 × [#{u > c} + #{2 u > c} + #{4 u > c}] / 3 n) / (n + D/4)
//
// Where all that there was was used (saturation) the need is at least u: a capacity of u or less is short, and more than u
// as often as #{} counts above, of u as it was, doubled, or twice doubled. So it is censored demand, and its tail beyond u is
// the prior of a new level's.
// Weights: a capacity that stays for h intervals is chosen again after them, so an interval of the history counts
// h / (h + 1) of the next one, 1/e of one that is h later; all together count n. What is held for weeks sees all of the
// history nearly alike, what is decided every day mostly the last days. Without h all are alike.
// The new level is as likely to need the same size, one size up or two, for sizes double. It weighs less the longer the
// history. Half a day would be Jeffreys's prior of an event that d days did not show, 1/2 in d + 1. A quarter loses 7 % less
// than that in the mean of five kinds of series; an eighth leaves a level that doubles without room (Benchmarks/README.md).
// Jeffreys, Proceedings of the Royal Society A 186, 1946; Arrow, Harris and Marschak, "Optimal Inventory Policy",
// Econometrica 19(3), 1951; weights: Brown, "Statistical Forecasting for Inventory Control", 1959.

import Model

extension CapacityRisk {
  /// Percent of the cost of all that is run now, for each percent of time in violation; each twice the one before.
  package var kappa: Double {
    switch self {
    case .bold: 10
    case .expected: 20
    case .cautious: 40
    }
  }
}

/// A capacity that could be run.
package struct CapacityOffer: Hashable, Sendable {
  /// In the unit of the history.
  package var capacity: Double
  /// Percent of the cost of all that is run now.
  package var costPercent: Double

  package init(capacity: Double, costPercent: Double) {
    self.capacity = capacity
    self.costPercent = costPercent
  }
}

/// What an interval needed.
package struct CapacityNeed: Hashable, Sendable {
  /// In the unit of the offers.
  package var amount: Double
  /// True where all that there was was used: what was needed is at least the amount, and nobody knows how much more.
  package var isAtLeast: Bool

  package init(_ amount: Double, isAtLeast: Bool = false) {
    self.amount = amount
    self.isAtLeast = isAtLeast
  }
}

/// What was needed, ready to be asked which capacity loses least.
package struct CapacityRule: Sendable {
  /// What is known, and what is known to be at least so much.
  private let known, atLeast: WeighedNeeds
  private let intervalsPerDay: Double
  /// What a new level may be of the one that was.
  private static let levels = [1.0, 2, 4]
  /// Days of it, beside those of the history.
  private static let newLevelDays = 0.25

  /// - Parameters:
  ///   - needs: the history, the greatest of each interval, oldest first; nil where none was measured.
  ///   - intervalsPerDay: above 0, not whole where a day is not so many intervals.
  ///   - holdIntervals: for how many the capacity stays, above 0; nil for as long as anybody knows, and then the order of
  ///     the history means nothing.
  package init(needs history: [CapacityNeed?], intervalsPerDay: Double, holdIntervals: Double? = nil) {
    var weighed: [(need: CapacityNeed, weight: Double)] = []
    weighed.reserveCapacity(history.count)
    var (weight, sum) = (1.0, 0.0)
    let fade = holdIntervals.map { $0 / ($0 + 1) } ?? 1
    for need in history.reversed() {
      if let need {
        weighed.append((need, weight))
        sum += weight
      }
      weight *= fade
    }
    // A single need weighs 1 whatever its age, though that has faded to nothing.
    let scale = sum > 0 ? Double(weighed.count) / sum : nil
    known = WeighedNeeds(weighed.filter { !$0.need.isAtLeast }.map { ($0.need.amount, $0.weight) }, scale: scale)
    atLeast = WeighedNeeds(weighed.filter { $0.need.isAtLeast }.map { ($0.need.amount, $0.weight) }, scale: scale)
    self.intervalsPerDay = intervalsPerDay
  }

  /// The same of needs that are known.
  package init(history: [Double?], intervalsPerDay: Double, holdIntervals: Double? = nil) {
    self.init(
      needs: history.map { $0.map { CapacityNeed($0) } }, intervalsPerDay: intervalsPerDay,
      holdIntervals: holdIntervals)
  }

  /// The share of intervals ahead that a capacity is expected not to carry, from 0 to 1; 1 where nothing was measured.
  package func expectedShare(above capacity: Double) -> Double {
    let count = Double(known.count + atLeast.count)
    guard count > 0 else { return 1 }
    let above = Self.levels.reduce(0.0) { $0 + weightAbove(capacity / $1) } / Double(Self.levels.count)
    let intervals = Self.newLevelDays * intervalsPerDay
    return (weightAbove(capacity) + intervals * above / count) / (count + intervals)
  }

  /// What an offer is expected to cost, violations included, in percent of the cost of all that is run now.
  package func expectedLoss(_ offer: CapacityOffer, kappa: Double) -> Double {
    offer.costPercent + kappa * 100 * expectedShare(above: offer.capacity)
  }

  /// The offer of least expected loss, of several the first; nil when there are none.
  package func best(of offers: [CapacityOffer], kappa: Double) -> CapacityOffer? {
    offers.min { expectedLoss($0, kappa: kappa) < expectedLoss($1, kappa: kappa) }
  }

  /// What weighs all that a capacity does not carry; of all together as many as there are.
  private func weightAbove(_ capacity: Double) -> Double {
    guard atLeast.count > 0 else { return known.weight(above: capacity) }
    // As much as was used is not enough. More is as likely as not to be: the need may be any of the levels.
    let short = atLeast.weight(from: capacity)
    let unknown = Self.levels.reduce(0.0) { $0 + max(0, atLeast.weight(above: capacity / $1) - short) }
    return known.weight(above: capacity) + short + unknown / Double(Self.levels.count)
  }
}

/// Needs in order, with what they weigh.
private struct WeighedNeeds: Sendable {
  /// Ascending.
  private let needs: [Double]
  /// What weighs each need and all greater ones, and 0 behind the last.
  private let weightFrom: [Double]

  var count: Int { needs.count }

  /// - Parameter scale: what each weight is multiplied by; nil for as many as there are, whatever they weigh.
  init(_ weighed: [(need: Double, weight: Double)], scale: Double?) {
    let weighed = weighed.sorted { $0.need < $1.need || ($0.need == $1.need && $0.weight < $1.weight) }
    needs = weighed.map(\.need)
    var weightFrom = [Double](repeating: 0, count: needs.count + 1)
    for index in needs.indices.reversed() {
      weightFrom[index] = weightFrom[index + 1] + (scale.map { $0 * weighed[index].weight } ?? 1)
    }
    self.weightFrom = weightFrom
  }

  /// What weigh those above a capacity.
  func weight(above capacity: Double) -> Double { weightFrom[place { $0 > capacity }] }

  /// What weigh those of a capacity and above it.
  func weight(from capacity: Double) -> Double { weightFrom[place { $0 >= capacity }] }

  /// The first that something holds of, as it does of all behind it.
  private func place(where holds: (Double) -> Bool) -> Int {
    var (low, high) = (0, needs.count)
    while low < high {
      let middle = (low + high) / 2
      if holds(needs[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
