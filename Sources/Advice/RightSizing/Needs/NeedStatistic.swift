import Analysis
import Model
import Solvers

/// The percentile that must fit, and how much older samples count for. A sample counts for as long as it stands for, so
/// that a load has the same percentile however often it is measured.
struct NeedStatistic: Sendable {
  /// nil where all count the same.
  private let weights: DecayingWeights?
  /// True where instances share the work; false where each has a role of its own, such as a primary and its replicas.
  private let isShared: Bool

  init(_ service: Service, _ context: AdviceContext) {
    let end = context.lookback.period.end
    weights = context.rules.halfLifeDays.map { DecayingWeights(halfLifeSeconds: Int64($0) * 86_400, end: end) }
    isShared = service.approach == .group
  }

  /// Over all instances where they share the work, of the neediest one where they do not; nil without samples.
  /// - Parameter whole: what 100 percent of a run are, in the unit of the need; nil for samples that are in that unit.
  func value(
    _ percentile: ScaledDecimal, of samples: InstanceSamples,
    percentOf whole: ((InstanceRun) throws(DataError) -> Double)? = nil
  ) throws(DataError) -> Double? {
    var groups: [String: WeighedSamples] = [:]
    for part in samples.parts {
      let whole = try whole?(part.run)
      groups[isShared ? "" : part.run.resource, default: WeighedSamples()].add(
        whole.map { whole in part.values.map { $0 / 100 * whole } } ?? part.values, part.instants, part.intervals)
    }
    return groups.values.compactMap { $0.percentile(percentile, weights) }.max()
  }

  /// The highest of all, however old; nil without samples.
  func highest(
    of samples: InstanceSamples, percentOf whole: (InstanceRun) throws(DataError) -> Double
  ) throws(DataError) -> Double? {
    var highest: Double?
    for part in samples.parts {
      guard let own = part.values.max() else { continue }
      highest = max(highest ?? -.infinity, own / 100 * (try whole(part.run)))
    }
    return highest
  }

  /// Of values at their instants.
  func value(
    _ percentile: ScaledDecimal, of values: [Double], at instants: ArraySlice<Int64>, _ intervals: SampleIntervals
  ) -> Double? {
    var samples = WeighedSamples()
    samples.add(values, instants, intervals)
    return samples.percentile(percentile, weights)
  }
}

/// Values with what each weighs.
private struct WeighedSamples {
  private var values: [Double] = []
  private var parts: [(instants: ArraySlice<Int64>, intervals: SampleIntervals)] = []

  mutating func add(_ values: [Double], _ instants: ArraySlice<Int64>, _ intervals: SampleIntervals) {
    self.values += values
    parts.append((instants, intervals))
  }

  /// True where every sample stands for as long as every other.
  private var areAlike: Bool {
    guard let step = parts.first?.intervals.only else { return parts.isEmpty }
    return parts.allSatisfy { $0.intervals.only == step }
  }

  func percentile(_ percentile: ScaledDecimal, _ decay: DecayingWeights?) -> Double? {
    if decay == nil, areAlike { return Solvers.percentile(percentile, of: values) }
    var weights: [UInt64] = []
    weights.reserveCapacity(values.count)
    for (instants, intervals) in parts {
      for stretch in intervals.stretches {
        let step = UInt64(max(1, stretch.stepSeconds))
        weights += stretch.range.map { place in
          step * (decay?.weight(at: Instant(seconds: instants[instants.startIndex + place])) ?? 1)
        }
      }
    }
    return weightedPercentile(percentile, of: zip(values, weights).map { ($0, $1) })
  }
}
