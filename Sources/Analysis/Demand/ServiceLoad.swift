import Model

/// What a service's instances did together, slot by slot; nil where it was not measured.
///
/// Where only some of the reporting instances have a sample, the sum is scaled to all of them, as long as at least half
/// have; below that the slot is unknown. An instance counts as reporting from its first to its last sample: one that fell
/// silent carries no load. What instances do of types that the book does not specify is known as a share of them alone.
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
  /// What of its instances was in use where the book does not say what a type of them offers; nil where it says of all.
  package let instancesInUse: InstancesInUse?
  /// Of the capacity of what carried load, what is not measured.
  let unmeasured: (vcpu: UnmeasuredCapacity?, memoryGiB: UnmeasuredCapacity?)
  /// Of the service as a whole: those that a threshold or a limit may be of each instance.
  private let metrics: [Metric: [Double?]]

  /// - Throws: ``DataError`` when the samples cannot be read.
  package init(
    _ service: Service, runs: [InstanceRun], history: History, grid: SampleGrid,
    catalogue: Catalogue
  ) throws(DataError) {
    self.service = service
    self.grid = grid
    let all = runs.filter { $0.service == service.name }
    running = runningCounts(all, on: grid)
    let runs = all.filter { catalogue.specificationIfKnown($0.type) != nil }
    let sums = try MeasuredSums(service.name, runs: runs, ServiceDay.metrics, history: history, on: grid)
    carrying = sums.carrying + all.filter { catalogue.specificationIfKnown($0.type) == nil }
    instancesInUse =
      runs.count == all.count ? nil : try InstancesInUse(service.name, all, catalogue, history: history, on: grid)
    var vcpus: [String: Double] = [:]
    var memory: [String: Double] = [:]
    for type in Set(runs.map(\.type)) {
      guard let specification = catalogue.specificationIfKnown(type) else { continue }
      vcpus[type] = Double(specification.vcpu) / 100
      memory[type] = specification.memoryGiB / 100
    }
    unmeasured = (
      sums.unmeasured(.cpuPercent, percents: vcpus), sums.unmeasured(.memoryPercent, percents: memory)
    )
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

  /// Not nil in slots in which CPU was measured of enough instances, whatever their types offer.
  package var reported: [Double?] { instancesInUse?.cpu ?? meanVcpu }

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
