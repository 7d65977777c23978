// The capacity for the days ahead when too little costs more than too much: the newsvendor's problem.
//
//   loss(c) = cost of c + kappa × 100 × expected share of intervals above c
//
// What lies ahead is drawn from the n intervals of the history, all alike, and from half a day more at a new level, on
// which they are as they were, doubled, or twice doubled. With D intervals a day, and #{} a count over the history:
//
//   expected share above c = (#{u > c} + D/2 × [#{u > c} + #{2 u > c} + #{4 u > c}] / 3 n) / (n + D/2)
//
// The half day is Jeffreys's prior of an event that d days did not show: 1/2 in d + 1. The new level is as likely to need
// the same size, one size up or two, for sizes double. It weighs less the longer the history.
// Jeffreys, Proceedings of the Royal Society A 186, 1946; Arrow, Harris and Marschak, "Optimal Inventory Policy",
// Econometrica 19(3), 1951.

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

/// What was needed, ready to be asked which capacity loses least.
package struct CapacityRule: Sendable {
  /// Ascending.
  private let needs: [Double]
  private let intervalsPerDay: Double
  /// What a new level may be of the one that was.
  private static let levels = [1.0, 2, 4]
  /// Days of it, beside those of the history.
  private static let newLevelDays = 0.5

  /// - Parameter history: the greatest need of each interval, in any order; gaps left out.
  /// - Precondition: there is one, and a day has an interval.
  package init(history: [Double], intervalsPerDay: Int) {
    precondition(!history.isEmpty && intervalsPerDay > 0, "a capacity is chosen by what was needed")
    needs = history.sorted()
    self.intervalsPerDay = Double(intervalsPerDay)
  }

  /// The share of intervals ahead that a capacity is expected not to carry, from 0 to 1.
  package func expectedShare(above capacity: Double) -> Double {
    let count = Double(needs.count)
    let above = Self.levels.reduce(0.0) { $0 + Double(countAbove(capacity / $1)) } / Double(Self.levels.count)
    let intervals = Self.newLevelDays * intervalsPerDay
    return (Double(countAbove(capacity)) + intervals * above / count) / (count + intervals)
  }

  /// What an offer is expected to cost, violations included, in percent of the cost of all that is run now.
  package func expectedLoss(_ offer: CapacityOffer, kappa: Double) -> Double {
    offer.costPercent + kappa * 100 * expectedShare(above: offer.capacity)
  }

  /// The offer of least expected loss, of several the first; nil when there are none.
  package func best(of offers: [CapacityOffer], kappa: Double) -> CapacityOffer? {
    offers.min { expectedLoss($0, kappa: kappa) < expectedLoss($1, kappa: kappa) }
  }

  private func countAbove(_ capacity: Double) -> Int {
    var (low, high) = (0, needs.count)
    while low < high {
      let middle = (low + high) / 2
      if needs[middle] > capacity { high = middle } else { low = middle + 1 }
    }
    return needs.count - low
  }
}
