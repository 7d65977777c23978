import Analysis
import Model

extension AdviceContext {
  /// What was measured of a service as a whole: what its conditions, policies and limits ask for, and what grows with
  /// users.
  /// - Throws: ``DataError`` when the samples cannot be read.
  package func totals(of service: Service, on grid: SampleGrid) throws(DataError) -> [Metric: [Double?]] {
    try totals(of: service, on: grid, from: history)
  }

  /// The same of another history.
  func totals(
    of service: Service, on grid: SampleGrid, from history: History
  ) throws(DataError) -> [Metric: [Double?]] {
    var metrics = Set(Metric.allCases.filter(\.growsWithUsers) + [.queueDepthItems, .storageGiB])
    metrics.formUnion(service.thresholds.map(\.metric))
    metrics.formUnion((service.scaling.scaleOut + service.scaling.scaleIn).map(\.metric))
    metrics.formUnion(service.policies.map(\.metric))
    metrics.formUnion(service.limits.map(\.metric))
    var totals: [Metric: [Double?]] = [:]
    for metric in metrics where !metric.isPerInstance {
      let key = SeriesKey(service: service.name, metric: metric)
      let values = try history.series(key, in: grid.period)?.aligned(to: grid)
      if let values, values.contains(where: { $0 != nil }) { totals[metric] = values }
    }
    return totals
  }
}
