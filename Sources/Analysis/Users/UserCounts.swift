import Model

/// Why a cost per user cannot be said.
package enum UsersGap: Hashable, Sendable {
  /// The fleet knows no user types.
  case noTypes
  /// Types of which no user was measured; a bill divided among the others would be too much for each.
  case unmeasured([String])
  /// Users were measured, and there was none.
  case nobody
}

/// Concurrent users by type in a period, of the types that were measured, in the fleet's order.
package struct UserCounts: Sendable {
  /// The types that were measured at least once.
  package private(set) var types: [UserType] = []
  /// The fleet's other types, by name.
  package private(set) var unmeasured: [String] = []
  /// The sum over types in each slot; nil in a slot that any type has a gap in, and where a type was not measured at all.
  package private(set) var concurrent: [Double?] = []
  /// Σ users × seconds over measured samples.
  package var seconds: [Int128] = []
  /// Seconds that were measured, by type.
  package var measuredSeconds: [Int64] = []
  /// Mean over measured samples.
  package var averages: [Double] = []
  /// The largest sum over types in one interval; nil when no interval has all types.
  package var peak: Int?
  /// The first interval that reached the peak.
  package var peakInstant: Instant?
  package var coverage = Coverage(seen: 0, expected: 0)
  /// What each causes, where that is measured.
  package private(set) var loads: [UserLoad] = []

  /// - Throws: ``DataError`` when the samples cannot be read.
  package init(fleet: Fleet, history: History, grid: SampleGrid) throws(DataError) {
    var totals = [Double?](repeating: 0, count: grid.count)
    for type in fleet.userTypes {
      let key = SeriesKey(service: "users", resource: type.name, metric: .concurrentUsers)
      guard let series = try history.series(key, in: grid.period), !series.range(in: grid.period).isEmpty else {
        unmeasured.append(type.name)
        continue
      }
      types.append(type)
      let range = series.range(in: grid.period)
      add(series, range, usual: grid.stepSeconds)
      let aligned = series.aligned(to: grid)
      totals = zip(totals, aligned).map { a, b in if let a, let b { a + b } else { nil } }
    }
    if types.isEmpty || !unmeasured.isEmpty { totals = totals.map { _ in nil } }
    concurrent = totals
    // In whole users, so that the first interval that has as many counts.
    let most = totals.lazy.compactMap { $0 }.max()?.rounded(.towardZero)
    peak = most.map { wholeNumber($0) }
    peakInstant = most.flatMap { most in totals.firstIndex { $0?.rounded(.towardZero) == most } }.map(grid.instant)
    coverage = Coverage(seen: totals.count { $0 != nil }, expected: grid.count)
  }

  /// Why a cost per user cannot be said; nil where it can.
  package var gap: UsersGap? {
    if types.isEmpty, unmeasured.isEmpty { return .noTypes }
    if !unmeasured.isEmpty { return .unmeasured(unmeasured) }
    return seconds.contains { $0 > 0 } ? nil : .nobody
  }

  /// The drivers that have no names of their own and of which it was measured what each type drives.
  package var measuredMetrics: [CostDriver] {
    loads.filter { load in load.doubt == nil && !CostDriver.named.contains(load.driver) }.map(\.driver)
  }

  /// Takes what each type drives from what was measured, where that tells.
  package mutating func learn(_ loads: [UserLoad]) {
    self.loads = loads
    for load in loads {
      guard let weights = load.millionths, weights.count == types.count else { continue }
      for index in types.indices { types[index].measuredWeights[load.driver] = weights[index] }
    }
  }

  /// Adds a type: each sample counts for as long as it stands for, so that a type counts the same however often it is
  /// measured.
  private mutating func add(_ series: Series, _ range: Range<Int>, usual: Int64) {
    let intervals = SampleIntervals(series, range, usual: usual, longest: 86_400)
    let scale = widePowerOfTen(series.sumScale)
    var sum: Int128 = 0
    for stretch in intervals.stretches {
      let part = range.lowerBound + stretch.range.lowerBound..<range.lowerBound + stretch.range.upperBound
      sum += series.sum(part) * Int128(stretch.stepSeconds)
    }
    seconds.append(roundedHalfEven(sum, dividedBy: scale))
    measuredSeconds.append(intervals.seconds)
    // Of one interval the mean of the samples, whose last digits a factor would change.
    let step = intervals.only ?? 1
    averages.append(Double(sum / Int128(step)) / Double(scale) / Double(intervals.seconds / step))
  }

  /// As many users, of other types: each type has its part of all user-seconds, rounded half-even.
  /// - Parameter percents: of all, by type; a type that is not there has none.
  package mutating func share(by percents: [String: Int]) {
    let all = seconds.reduce(0, +)
    let mean = averages.reduce(0, +)
    for (index, type) in types.enumerated() {
      let percent = percents[type.name] ?? 0
      seconds[index] = roundedHalfEven(all * Int128(percent), dividedBy: 100)
      averages[index] = mean * Double(percent) / 100
    }
  }

  /// The same users times a factor, rounded half-even; what is beyond 128 bits is the largest number.
  package mutating func scale(by factor: DemandFactor) {
    guard !factor.isOne else { return }
    seconds = seconds.map { factor.applied(to: $0) }
    averages = averages.map { $0 * factor.value }
    peak = peak.map { wholeNumber((Double($0) * factor.value).rounded()) }
  }
}

extension DemandFactor {
  /// An amount times the factor, rounded half-even; the largest number where that is beyond 128 bits.
  fileprivate func applied(to amount: Int128) -> Int128 {
    let (product, overflow) = amount.multipliedReportingOverflow(by: Int128(numerator))
    guard overflow else { return roundedHalfEven(product, dividedBy: Int128(denominator)) }
    let (quotient, remainder) = amount.quotientAndRemainder(dividingBy: Int128(denominator))
    let (most, tooLarge) = quotient.multipliedReportingOverflow(by: Int128(numerator))
    // What is left is below denominator × numerator, which 128 bits hold.
    let rest = roundedHalfEven(remainder * Int128(numerator), dividedBy: Int128(denominator))
    let (sum, tooLargeSum) = most.addingReportingOverflow(rest)
    return tooLarge || tooLargeSum ? .max : sum
  }
}
