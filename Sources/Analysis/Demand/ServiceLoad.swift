import Model

/// What a service's instances did together, slot by slot; nil where it was not measured.
///
/// Where only some of the reporting instances have a sample, the sum is scaled to all of them, as long as at least half
/// have; below that the slot is unknown. An instance counts as reporting from its first to its last sample: one that fell
/// silent carries no load.
package struct ServiceLoad: Sendable {
  package let service: Service
  package let grid: SampleGrid
  package let running: [Int]
  /// The runs as far as they carried load: up to the last sample of one that fell silent.
  package let carrying: [InstanceRun]
  /// vCPUs in use, the mean of each slot.
  package let meanVcpu: [Double?]
  /// vCPUs in use, the highest minute of each interval where that is measured, else the mean.
  package let peakVcpu: [Double?]
  /// GiB in use.
  package let memoryGiB: [Double?]
  /// Instances that this is of.
  package let memoryInstances: [Int]
  /// Of the service as a whole: those that a threshold or a limit may be of each instance.
  private let metrics: [Metric: [Double?]]

  /// - Throws: ``DataError`` when the book has no specification of a type that ran, or the samples cannot be read.
  package init(
    _ service: Service, runs: [InstanceRun], history: History, grid: SampleGrid,
    catalogue: Catalogue
  ) throws(DataError) {
    self.service = service
    self.grid = grid
    let runs = runs.filter { $0.service == service.name }
    running = runningCounts(runs, on: grid)
    let sums = try MeasuredSums(service.name, runs: runs, ServiceDay.metrics, history: history, on: grid)
    let lastSamples = sums.lastSamples(.cpuPercent)
    carrying = runs.map { $0.carrying(lastSample: lastSamples[$0.resource], stepSeconds: grid.stepSeconds) }
    var vcpus: [String: Double] = [:]
    var memory: [String: Double] = [:]
    for type in Set(runs.map(\.type)).sorted() {
      let specification = try catalogue.specification(type)
      vcpus[type] = Double(specification.vcpu) / 100
      memory[type] = specification.memoryGiB / 100
    }
    meanVcpu = sums.totals(.cpuPercent, weights: vcpus).sums
    // Where no peak is measured the two are one array, which a fleet has once less in memory.
    peakVcpu =
      sums.isMeasured(.cpuMaxPercent)
      ? zip(sums.totals(.cpuMaxPercent, weights: vcpus).sums, meanVcpu).map { $0 ?? $1 } : meanVcpu
    (memoryGiB, memoryInstances) = sums.totals(.memoryPercent, weights: memory)
    var metrics: [Metric: [Double?]] = [:]
    let limited = service.limits.filter(\.perInstance).map(\.metric)
    for metric in Set(service.thresholds.filter(\.limitsInstances).map(\.metric) + limited) where !metric.isPerInstance
    {
      let series = try history.series(SeriesKey(service: service.name, metric: metric), in: grid.period)
      metrics[metric] = series?.aligned(to: grid)
    }
    self.metrics = metrics
  }

  /// A metric of the service as a whole of which an instance may carry so much, by a threshold or a limit, on the grid; nil
  /// for any other, and when the service has no such series.
  package func values(_ metric: Metric) -> [Double?]? { metrics[metric] }
}

/// A per-instance metric summed over the instances of a service that ran, by the rule of ``ServiceLoad``.
package func totalOfInstances(
  _ metric: Metric, of service: String, runs: [InstanceRun], history: History, grid: SampleGrid
) throws(DataError) -> [Double?] {
  let weights = Dictionary(runs.map { ($0.type, 1.0) }, uniquingKeysWith: { first, _ in first })
  return try MeasuredSums(service, runs: runs, [metric], history: history, on: grid).totals(metric, weights: weights)
    .sums
}

extension Threshold {
  /// True when one of its conditions may be about each instance.
  fileprivate var limitsInstances: Bool {
    Severity.allCases.contains { severity in
      if case .whole = condition(severity).basis { false } else { true }
    }
  }
}

extension InstanceRun {
  /// The run up to the end of the last CPU sample of its instance in the grid; as it is when that has none.
  fileprivate func carrying(lastSample: Int64?, stepSeconds: Int64) -> InstanceRun {
    guard let lastSample else { return self }
    let end = Instant(seconds: lastSample + stepSeconds)
    var copy = self
    copy.stopped = min(stopped ?? end, max(end, started))
    return copy
  }
}
