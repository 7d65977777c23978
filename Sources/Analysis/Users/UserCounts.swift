import Model

/// Concurrent users by type in a period, in the fleet's order of types.
package struct UserCounts: Hashable, Sendable {
  /// Σ users × seconds over measured samples.
  package var seconds: [Int128]
  /// Seconds that were measured, by type.
  package var measuredSeconds: [Int64]
  /// Mean over measured samples.
  package var averages: [Double]
  /// The largest sum over types in one interval; nil when nothing was measured.
  package var peak: Int?
  /// The first interval that reached the peak.
  package var peakInstant: Instant?
  package var coverage: Coverage

  /// - Throws: ``DataError`` when a type has no sample at all: its cost per user cannot be known.
  package init(fleet: Fleet, series: SeriesSet, grid: SampleGrid) throws(DataError) {
    seconds = []
    measuredSeconds = []
    averages = []
    var totals = [Double?](repeating: 0, count: grid.count)
    for type in fleet.userTypes {
      let key = SeriesKey(service: "users", resource: type.name, metric: .concurrentUsers)
      guard let series = series[key], !series.range(in: grid.period).isEmpty else {
        throw DataError(
          Place(file: "store", key: key.description), found: "no samples in the period",
          expected: "concurrent users of type \"\(type.name)\"", kind: .missingInput)
      }
      let range = series.range(in: grid.period)
      let sum = series.sum(range)
      let scale = widePowerOfTen(series.sumScale)
      seconds.append(roundedHalfEven(sum * Int128(grid.stepSeconds), dividedBy: scale))
      measuredSeconds.append(Int64(range.count) * grid.stepSeconds)
      averages.append(Double(sum) / Double(scale) / Double(range.count))
      let aligned = series.aligned(to: grid)
      totals = zip(totals, aligned).map { a, b in if let a, let b { a + b } else { nil } }
    }
    peak = totals.compactMap { $0 }.max().map { Int($0) }
    peakInstant = peak.flatMap { most in totals.firstIndex { $0.map { Int($0) } == most } }.map(grid.instant)
    coverage = Coverage(seen: totals.count { $0 != nil }, expected: grid.count)
  }

  /// The same users times a factor, rounded half-even.
  package mutating func scale(by factor: DemandFactor) {
    guard !factor.isOne else { return }
    seconds = seconds.map { roundedHalfEven($0 * Int128(factor.numerator), dividedBy: Int128(factor.denominator)) }
    averages = averages.map { $0 * factor.value }
    peak = peak.map { Int((Double($0) * factor.value).rounded()) }
  }
}
