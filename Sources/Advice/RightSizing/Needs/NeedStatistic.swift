import Analysis
import Model

/// The percentile that must fit, and how much older samples count for.
struct NeedStatistic: Sendable {
  private let percentile: ScaledDecimal
  /// nil where all count the same.
  private let weights: DecayingWeights?
  /// True where instances share the work; false where each has a role of its own, such as a primary and its replicas.
  private let isShared: Bool

  init(_ service: Service, _ context: AdviceContext) {
    percentile = context.rules.percentile
    let end = context.lookback.period.end
    weights = context.rules.halfLifeDays.map { DecayingWeights(halfLifeSeconds: Int64($0) * 86_400, end: end) }
    isShared = service.approach == .group
  }

  /// Over all instances where they share the work, of the neediest one where they do not; nil without samples.
  /// - Parameter whole: what 100 percent of a run are, in the unit of the need; nil for samples that are in that unit.
  func value(
    of samples: InstanceSamples, percentOf whole: ((InstanceRun) throws(DataError) -> Double)? = nil
  ) throws(DataError) -> Double? {
    var groups: [String: (values: [Double], instants: [Int64])] = [:]
    for part in samples.parts {
      let group = isShared ? "" : part.run.resource
      let whole = try whole?(part.run)
      let values = whole.map { whole in part.values.map { $0 / 100 * whole } } ?? part.values
      groups[group, default: ([], [])].values += values
      if weights != nil { groups[group]!.instants += part.instants }
    }
    return groups.values.compactMap { value(of: $0.values, at: $0.instants) }.max()
  }

  /// Of values at their instants.
  func value(of values: [Double], at instants: some Sequence<Int64>) -> Double? {
    guard let weights else { return Analysis.percentile(percentile, of: values) }
    return weightedPercentile(
      percentile, of: zip(values, instants).map { ($0, weights.weight(at: Instant(seconds: $1))) })
  }
}
