// What to buy now and what later, at least expected cost over the futures of ``DemandOutlook``: exact.
//
// The horizon is cut at each month and wherever a held commitment ends; at each cut anything may be bought, and what
// would outlast the horizon is charged pro rata. In a stretch of time, what is left to pay when u levels are covered is
// convex in u for every future, so its mean is; the cheapest plan that is fixed today is therefore the same flow
// through time as where demand is known (see `PhasedMix`), on mean costs. Money is whole micro-USD: a level's mean in a
// stretch and a purchase's cost are each rounded once.

import Model

/// A commitment that may be bought.
package struct TermOption: Hashable, Sendable {
  package var termHours: Int
  /// With its upfront part spread over the term.
  package var hourly: Money

  package init(termHours: Int, hourly: Money) {
    self.termHours = termHours
    self.hourly = hourly
  }
}

/// A time during which the same commitments are held.
package struct HeldPhase: Sendable {
  /// Hours from now at which it ends.
  package var end: Int
  package var pattern: DemandPattern

  package init(end: Int, pattern: DemandPattern) {
    self.end = end
    self.pattern = pattern
  }
}

/// The demand of a coming term, and what may serve it.
package struct TermProblem: Sendable {
  /// In order; the last one reaches the horizon or is taken to.
  package let phases: [HeldPhase]
  package let rates: HourlyRates
  package let options: [TermOption]
  package let outlook: DemandOutlook
  /// Whole months.
  package let months: Int
  let stretches: [Stretch]

  /// A month, or a part of one.
  struct Stretch: Hashable {
    var start: Int
    var end: Int
    var month: Int
    var phase: Int
    var hours: Int { end - start }
  }

  /// - Precondition: there is a phase, and a month.
  package init(
    phases: [HeldPhase], rates: HourlyRates, options: [TermOption], outlook: DemandOutlook, months: Int
  ) {
    precondition(!phases.isEmpty && months > 0, "a term has a demand and a length")
    self.phases = phases
    self.rates = rates
    self.options = options
    self.outlook = outlook
    self.months = months
    let horizon = months * hoursAMonth
    let ends = phases.dropLast().map(\.end) + (outlook.endsAfter.map { [$0] } ?? [])
    let moments = (0..<months).map { $0 * hoursAMonth } + ends.filter { 0 < $0 && $0 < horizon }
    let cuts = Self.closed(Set(moments), terms: options.map(\.termHours), horizon: horizon).sorted()
    stretches = zip(cuts, cuts.dropFirst()).map { start, end in
      Stretch(
        start: start, end: end, month: start / hoursAMonth,
        phase: phases.firstIndex { start < $0.end } ?? phases.count - 1)
    }
  }

  /// Moments, and those at which what is bought at one of them ends, as far as the horizon.
  private static func closed(_ moments: Set<Int>, terms: [Int], horizon: Int) -> Set<Int> {
    var closed = moments
    var fresh = moments
    while !fresh.isEmpty {
      fresh = Set(fresh.flatMap { start in terms.map { min(horizon, start + $0) } }).subtracting(closed)
      closed.formUnion(fresh)
    }
    return closed.union([horizon])
  }

  /// Hours of the horizon.
  package var horizon: Int { months * hoursAMonth }

  /// What each level saves in each stretch, the mean of some futures, in micro-USD.
  func savings(on paths: [DemandPath]) -> [[Int]] {
    stretches.map { stretch in
      let pattern = phases[stretch.phase].pattern
      guard stretch.start < outlook.endsAfter ?? .max, pattern.seconds > 0 else { return [] }
      let divisor = Int128(pattern.seconds) * 1000 * Int128(paths.count)
      return sum(paths, pattern, month: stretch.month).map {
        Int(roundedHalfEven($0 * Int128(stretch.hours), dividedBy: divisor))
      }
    }
  }

  private func sum(_ paths: [DemandPath], _ pattern: DemandPattern, month: Int) -> [Int128] {
    var sum: [Int128] = []
    for path in paths {
      let savings = pattern.savings(atDemand: outlook.millionths(on: path, month: month), rates)
      if sum.count < savings.count { sum += [Int128](repeating: 0, count: savings.count - sum.count) }
      for level in savings.indices { sum[level] += savings[level] }
    }
    return sum
  }
}
