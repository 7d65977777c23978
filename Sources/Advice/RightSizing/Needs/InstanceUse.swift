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
  /// In which slots its CPU was all that there was, so that it needed more than was used.
  private let isUsedUp: [Bool]
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
    let usedUp = need.usedUp
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
      all.append(InstanceUse(specification, series, in: overlap, known, usedUp[run] ?? [], context.lookback))
    }
    return all
  }

  private init(
    _ specification: InstanceSpecification, _ series: [Metric: Series], in overlap: Period,
    _ known: [(SizeDimension, Metric)], _ usedUp: [Period], _ lookback: SampleGrid
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
    isUsedUp = usedUp.reduce(into: [Bool](repeating: false, count: slots.count)) { marks, period in
      let (first, last) = (grid.slot(period.start), grid.slot(period.end.advanced(by: -1)))
      for slot in (first..<max(first, last) + 1).clamped(to: slots) { marks[slot - slots.lowerBound] = true }
    }
    others = known.compactMap { dimension, metric in
      aligned(metric).map { (dimension, $0) }
    }
  }

  /// In which slots it used more than an offer has, or all of no less than that; nil where nothing was measured.
  /// - Parameter offer: what there would be of a dimension; nil where that does not count.
  func exceeding(_ offer: (SizeDimension) -> Double?) -> [Bool?] {
    let uses = [(SizeDimension.cpu, peakVcpu), (.memory, memoryGiB)] + others.map { ($0.dimension, $0.values) }
    var exceeded = [Bool?](repeating: nil, count: peakVcpu.count)
    for (dimension, values) in uses {
      let offered = offer(dimension) ?? .infinity
      for slot in values.indices {
        guard let used = values[slot] else { continue }
        let isShort = dimension == .cpu && isUsedUp[slot] ? usedUpVcpu(used) >= offered : used > offered
        exceeded[slot] = exceeded[slot] == true || isShort
      }
    }
    return exceeded
  }

  /// At 100 % to the nearest all of it was used; what is compared is a product of ratios, and no more exact than they are.
  private func usedUpVcpu(_ used: Double) -> Double {
    (used >= CPUSaturation.fullPercent / 100 * offeredVcpu ? max(used, offeredVcpu) : used) * (1 + 1e-9)
  }
}

extension SizeNeed {
  /// Of each run, when its CPU was all that there was.
  fileprivate var usedUp: [InstanceRun: [Period]] {
    var periods: [InstanceRun: [Period]] = [:]
    for (part, places) in zip(cpu.parts, saturation.places) where !places.isEmpty {
      periods[part.run] = part.periods(of: places)
    }
    return periods
  }
}

extension InstanceSamples.Part {
  /// What samples stand for, given by their places, which rise.
  fileprivate func periods(of places: [Int]) -> [Period] {
    var periods: [Period] = []
    var stretches = intervals.stretches[...]
    for place in places {
      while let first = stretches.first, first.range.upperBound <= place { stretches = stretches.dropFirst() }
      let start = Instant(seconds: instants[instants.startIndex + place])
      periods.append(Period(start: start, end: start.advanced(by: max(1, stretches.first?.stepSeconds ?? 1))))
    }
    return periods
  }
}
