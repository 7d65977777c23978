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
  /// vCPUs in use, 5-minute means.
  package let meanVcpu: [Double?]
  /// vCPUs in use, the highest minute of each interval where that is measured, else the mean.
  package let peakVcpu: [Double?]
  /// GiB in use.
  package let memoryGiB: [Double?]
  /// Instances that this is of.
  package let memoryInstances: [Int]
  /// Service-level metrics.
  private let metrics: [Metric: [Double?]]

  /// - Throws: ``DataError`` when the book has no specification of a type that ran.
  package init(
    _ service: Service, runs: [InstanceRun], series: SeriesSet, grid: SampleGrid,
    catalogue: Catalogue
  ) throws(DataError) {
    self.service = service
    self.grid = grid
    let runs = runs.filter { $0.service == service.name }
    running = runningCounts(runs, on: grid)
    carrying = runs.map { $0.carrying(series, on: grid) }
    let sums = InstanceSums(runs: runs, series: series, grid: grid)
    var vcpus: [String: Double] = [:]
    var memory: [String: Double] = [:]
    for type in Set(runs.map(\.type)) {
      let specification = try catalogue.specification(type)
      vcpus[type] = Double(specification.vcpu) / 100
      memory[type] = specification.memoryGiB / 100
    }
    meanVcpu = sums.total(.cpuPercent, weights: vcpus)
    let peak = sums.total(.cpuMaxPercent, weights: vcpus)
    peakVcpu = zip(peak, meanVcpu).map { $0 ?? $1 }
    (memoryGiB, memoryInstances) = sums.totals(.memoryPercent, weights: memory)
    var metrics: [Metric: [Double?]] = [:]
    for metric in Metric.allCases where !metric.isPerInstance {
      let key = SeriesKey(service: service.name, metric: metric)
      if let series = series[key] { metrics[metric] = series.aligned(to: grid) }
    }
    self.metrics = metrics
  }

  /// A service-level metric on the grid; nil when the service has no such series.
  package func values(_ metric: Metric) -> [Double?]? { metrics[metric] }
}

/// A per-instance metric summed over the instances of a service that ran, by the rule of ``ServiceLoad``.
package func totalOfInstances(_ metric: Metric, runs: [InstanceRun], series: SeriesSet, grid: SampleGrid) -> [Double?] {
  let weights = Dictionary(runs.map { ($0.type, 1.0) }, uniquingKeysWith: { first, _ in first })
  return InstanceSums(runs: runs, series: series, grid: grid).total(metric, weights: weights)
}

extension InstanceRun {
  /// The run up to the end of its last CPU sample in the grid; as it is when it has none there.
  fileprivate func carrying(_ series: SeriesSet, on grid: SampleGrid) -> InstanceRun {
    let key = SeriesKey(service: service, resource: resource, metric: .cpuPercent)
    guard let samples = series[key], let last = samples.range(in: grid.period).last else { return self }
    let end = Instant(seconds: samples.instants[last] + grid.stepSeconds)
    var copy = self
    copy.stopped = min(stopped ?? end, max(end, started))
    return copy
  }
}

/// Sums of per-instance percentages over the instances of a service.
private struct InstanceSums {
  let runs: [InstanceRun]
  let series: SeriesSet
  let grid: SampleGrid

  /// Σ percent × weight of the type; nil in slots where fewer than half of the reporting instances have a sample.
  func total(_ metric: Metric, weights: [String: Double]) -> [Double?] { totals(metric, weights: weights).sums }

  /// The same, with the number of instances that each sum is of.
  func totals(_ metric: Metric, weights: [String: Double]) -> (sums: [Double?], instances: [Int]) {
    var sums = [Double](repeating: 0, count: grid.count)
    var reported = [Int](repeating: 0, count: grid.count)
    var reporting = reported
    for run in runs {
      let key = SeriesKey(service: run.service, resource: run.resource, metric: metric)
      guard let overlap = run.overlap(with: grid.period), let series = series[key] else { continue }
      let weight = weights[run.type] ?? 0
      let range = series.range(in: overlap)
      guard let first = range.first, let last = range.last else { continue }
      for slot in grid.slot(
        Instant(seconds: series.instants[first]))...grid.slot(Instant(seconds: series.instants[last]))
      {
        reporting[slot] += 1
      }
      for index in range {
        let slot = grid.slot(Instant(seconds: series.instants[index]))
        sums[slot] += series.value(index) * weight
        reported[slot] += 1
      }
    }
    let scaled = (0..<grid.count).map { slot -> Double? in
      guard reported[slot] > 0, reported[slot] * 2 >= reporting[slot] else { return nil }
      return sums[slot] * Double(reporting[slot]) / Double(reported[slot])
    }
    return (scaled, reporting)
  }
}
