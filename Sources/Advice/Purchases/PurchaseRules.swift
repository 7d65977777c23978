// Rules of buying beside one another, each played month by month through a future of which it knows the past alone.
//
// At the start of each month a rule sees the demand of the months before (before now: the record) and what is held then, and
// says how much of a pool should be held; what is missing is bought, at the offer that costs least an hour. So every rule may
// buy again, follow demand, and renew what ends. That of `solve buy` is in RuleReplay+Buying.swift: it decides on all pools
// and plans at once.
// Sources: AWS Cost Management user guide, "Understanding your reservation recommendations" (the number of the largest
// saving on the on-demand use of 30 days, without a forecast, expiring reservations taken to be renewed); Microsoft,
// "Azure savings plan purchase recommendations" (the lower of the recommendations of 30 and of 3 days).

import Model
import Solvers

/// A rule of how much of a pool to hold.
enum PurchaseRule: CaseIterable {
  case nothing, renew, costExplorer, azure, least, steady

  var plan: ComparedPlan {
    switch self {
    case .nothing: .nothing
    case .renew: .renewal
    case .costExplorer: .costExplorer
    case .azure: .azure
    case .least: .leastOf30Days
    case .steady: .steadyLevels
    }
  }

  /// Units to hold, by what was used; nil where what is held is neither added to nor, beyond `renew`, renewed.
  /// - Parameter breakEven: the share of hours from which a unit is cheaper reserved.
  func target(_ past: PastUse, breakEven: Double) -> Int? {
    switch self {
    case .nothing, .renew: nil
    case .costExplorer: past.lastMonth.levels(usedMoreThan: breakEven)
    case .azure:
      min(past.lastMonth.levels(usedMoreThan: breakEven), past.lastDays.levels(usedMoreThan: breakEven))
    case .least: past.lastMonth.least
    case .steady: min(past.lastMonth.levels(usedAtLeast: 0.75), past.levelsOfQuarter(usedAtLeast: 0.75))
    }
  }

  /// True where what ends is bought anew, whatever else is.
  var renews: Bool { self == .renew || self == .costExplorer }
}

/// What was used of a pool before a moment.
struct PastUse {
  /// Of the last 720 hours, of each 720 of the last 2,160 since the pool was first used, and of the last 72 hours.
  var lastMonth: LevelProfile
  var quarter: [LevelProfile]
  var lastDays: LevelProfile

  /// The highest level that is used for at least a share of the last three months.
  func levelsOfQuarter(usedAtLeast share: Double) -> Int {
    let all = quarter.reduce(0) { $0 + $1.weight }
    return LevelProfile.levels(upTo: quarter.map(\.most).max() ?? 0) { level in
      quarter.reduce(0) { $0 + $1.share(level) * $1.weight } >= (share - 1e-9) * all
    }
  }
}

/// For how much of some time each level of a pool was used.
struct LevelProfile {
  /// Units in use, rising, with the share of the time in which so many or more are, and the integral of that share over
  /// the units up to them.
  private let steps: [(units: Double, share: Double, area: Double)]
  /// The sum of the times.
  let weight: Double

  /// - Parameter hours: units in use, and for how long; the sum of the times is above zero.
  init(_ hours: [(units: Double, weight: Double)]) {
    let all = hours.reduce(0) { $0 + $1.weight }
    var left = all
    var steps: [(units: Double, share: Double, area: Double)] = []
    for hour in hours.sorted(by: { $0.units < $1.units }) {
      let share = all > 0 ? left / all : 0
      let (before, area) = steps.last.map { ($0.units, $0.area) } ?? (0, 0)
      steps.append((hour.units, share, area + (hour.units - before) * share))
      left -= hour.weight
    }
    self.steps = steps
    weight = all
  }

  /// The share of the time in which a level is used; a level of which an hour uses a part counts by that part.
  func share(_ level: Int) -> Double { share(from: Double(level - 1), to: Double(level)) }

  /// The mean share of the time in which more than so many units are used, over the units between two, times their
  /// distance.
  private func share(from below: Double, to above: Double) -> Double { area(upTo: above) - area(upTo: below) }

  /// The integral of the share over the units up to some.
  private func area(upTo units: Double) -> Double {
    let next = firstStep(above: units)
    guard next < steps.count else { return steps.last?.area ?? 0 }
    return steps[next].area - (steps[next].units - units) * steps[next].share
  }

  private func firstStep(above units: Double) -> Int {
    var (low, high) = (0, steps.count)
    while low < high {
      let middle = (low + high) / 2
      if steps[middle].units > units { high = middle } else { low = middle + 1 }
    }
    return low
  }

  /// The most units that were used.
  var most: Double { steps.last?.units ?? 0 }

  /// The least that was used, in whole units.
  var least: Int { steps.first.map { wholeUnits($0.units) } ?? 0 }

  func levels(usedMoreThan share: Double) -> Int { Self.levels(upTo: most) { self.share($0) > share + 1e-9 } }
  func levels(usedAtLeast share: Double) -> Int { Self.levels(upTo: most) { self.share($0) >= share - 1e-9 } }

  /// Levels that are expected to be used for more than a share of the time ahead, when what is used will be so many times
  /// as much, each as likely.
  func levels(usedMoreThan share: Double, growingBy factors: [Double]) -> Int {
    let growing = factors.filter { $0 > 0 }
    return Self.levels(upTo: most * (growing.max() ?? 0)) { level in
      let use = growing.reduce(0.0) { $0 + $1 * self.share(from: Double(level - 1) / $1, to: Double(level) / $1) }
      return use > (share + 1e-9) * Double(factors.count)
    }
  }

  /// The highest of the levels that a condition holds of, which falls in the level.
  /// - Parameter units: the most that any level may be of.
  static func levels(upTo units: Double, _ holds: (Int) -> Bool) -> Int {
    var (low, high) = (0, wholeUnits(units) + 1)
    while low < high {
      let middle = (low + high + 1) / 2
      if holds(middle) { low = middle } else { high = middle - 1 }
    }
    return low
  }
}

/// Whole units that some units are at least, within what any purchase may be.
func wholeUnits(_ units: Double) -> Int { wholeNumber(min(max(units, 0), 1e8).rounded(.down)) }
