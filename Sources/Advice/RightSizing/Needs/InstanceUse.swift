import Analysis
import Model

/// What one instance used in each slot it ran in, in units of its type; nil where unmeasured.
///
/// Slots are as long as the shortest interval of its series, a minute at the least: credits and durations are those of the
/// data, however often it was measured.
struct InstanceUse: Sendable {
  let offeredVcpu: Double
  let stepSeconds: Int64
  let meanVcpu: [Double?]
  /// The highest minute where that is measured, else the mean.
  let peakVcpu: [Double?]
  let memoryGiB: [Double?]
  /// In the units of their dimensions; those that are measured of instances.
  let others: [(dimension: SizeDimension, values: [Double?])]

  /// No shorter slots are made, whatever the interval.
  private static let shortestStep: Int64 = 60

  /// Of all instances that ran in what is looked back on and were measured, in the inventory's order.
  static func of(_ service: Service, _ need: SizeNeed, _ context: AdviceContext) throws(DataError) -> [InstanceUse] {
    let candidates =
      [(SizeDimension.cache, Metric.cacheGiB), (.network, .networkInMbps), (.network, .networkOutMbps)]
      + [(.ebs, .ebsMbps), (.iops, .iops)]
    let known = candidates.filter { need[$0.0]?.amount != nil }
    var all: [InstanceUse] = []
    for run in context.inventory.of(service) {
      guard let overlap = run.overlap(with: context.lookback.period) else { continue }
      let specification = try context.catalogue.specification(run.type)
      var series: [Metric: Series] = [:]
      for metric in [Metric.cpuPercent, .cpuMaxPercent, .memoryPercent] + known.map(\.1) {
        let key = SeriesKey(service: service.name, resource: run.resource, metric: metric)
        series[metric] = try context.history.series(key, in: context.lookback.period)
      }
      // Of thousands that report nothing no empty slots are kept.
      guard !series.isEmpty else { continue }
      all.append(InstanceUse(specification, series, in: overlap, known, context.lookback))
    }
    return all
  }

  private init(
    _ specification: InstanceSpecification, _ series: [Metric: Series], in overlap: Period,
    _ known: [(SizeDimension, Metric)], _ lookback: SampleGrid
  ) {
    let ranges = series.mapValues { $0.range(in: overlap) }
    let intervals = series.reduce(into: [:]) { intervals, entry in
      intervals[entry.key] = SampleIntervals(
        entry.value, ranges[entry.key] ?? 0..<0, usual: lookback.stepSeconds)
    }
    let steps = intervals.values.flatMap { $0.stretches.map(\.stepSeconds) }
    let step = max(Self.shortestStep, steps.min() ?? lookback.stepSeconds)
    let grid = SampleGrid(period: lookback.period, stepSeconds: step)
    let slots = grid.slot(overlap.start)..<(grid.slot(overlap.end.advanced(by: -1)) + 1)
    func aligned(_ metric: Metric, _ kind: SlotValue = .largest) -> [Double?]? {
      // One sample alone stands for a slot, which is not yet known above.
      let known = ranges[metric].flatMap { $0.count > 1 ? intervals[metric] : nil }
      return series[metric]?.aligned(to: grid, slots: slots, in: overlap, kind, known)
    }
    func values(_ metric: Metric, _ kind: SlotValue = .largest, percentOf whole: Double = 100) -> [Double?]? {
      aligned(metric, kind).map { $0.map { $0.map { $0 / 100 * whole } } }
    }
    let none = [Double?](repeating: nil, count: slots.count)
    let vcpu = Double(specification.vcpu)
    let mean = values(.cpuPercent, percentOf: vcpu) ?? none
    offeredVcpu = vcpu
    stepSeconds = step
    meanVcpu = values(.cpuPercent, .mean, percentOf: vcpu) ?? none
    peakVcpu = zip(values(.cpuMaxPercent, percentOf: vcpu) ?? none, mean).map { $0 ?? $1 }
    memoryGiB = values(.memoryPercent, percentOf: specification.memoryGiB) ?? none
    others = known.compactMap { dimension, metric in
      aligned(metric).map { (dimension, $0) }
    }
  }

  /// In which slots it used more than an offer has; nil where nothing was measured.
  /// - Parameter offer: what there would be of a dimension; nil where that does not count.
  func exceeding(_ offer: (SizeDimension) -> Double?) -> [Bool?] {
    let uses = [(SizeDimension.cpu, peakVcpu), (.memory, memoryGiB)] + others.map { ($0.dimension, $0.values) }
    var exceeded = [Bool?](repeating: nil, count: peakVcpu.count)
    for (dimension, values) in uses {
      let offered = offer(dimension) ?? .infinity
      for slot in values.indices {
        guard let used = values[slot] else { continue }
        exceeded[slot] = exceeded[slot] == true || used > offered
      }
    }
    return exceeded
  }
}
