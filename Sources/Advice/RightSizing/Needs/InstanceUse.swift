import Analysis
import Model

/// What one instance used in each slot it ran in, in units of its type; nil where unmeasured.
struct InstanceUse: Sendable {
  let offeredVcpu: Double
  let meanVcpu: [Double?]
  /// The highest minute where that is measured, else the mean.
  let peakVcpu: [Double?]
  let memoryGiB: [Double?]
  /// In the units of their dimensions; those that are measured of instances.
  let others: [(dimension: SizeDimension, values: [Double?])]

  /// Of all instances that ran in what is looked back on, in the inventory's order.
  static func of(_ service: Service, _ need: SizeNeed, _ context: AdviceContext) throws(DataError) -> [InstanceUse] {
    let candidates =
      [(SizeDimension.cache, Metric.cacheGiB), (.network, .networkInMbps), (.network, .networkOutMbps)]
      + [(.ebs, .ebsMbps), (.iops, .iops)]
    let known = candidates.filter { need[$0.0]?.amount != nil }
    var all: [InstanceUse] = []
    for run in context.inventory.of(service) {
      guard let overlap = run.overlap(with: context.lookback.period) else { continue }
      let specification = try context.catalogue.specification(run.type)
      let slots = context.lookback.slot(overlap.start)..<(context.lookback.slot(overlap.end.advanced(by: -1)) + 1)
      func measured(_ metric: Metric) throws(DataError) -> [Double?]? {
        let key = SeriesKey(service: service.name, resource: run.resource, metric: metric)
        return try context.history.series(key, in: context.lookback.period)?.aligned(
          to: context.lookback, slots: slots, in: overlap)
      }
      func values(_ metric: Metric, _ whole: Double) throws(DataError) -> [Double?] {
        try measured(metric)?.map { $0.map { $0 / 100 * whole } } ?? slots.map { _ in nil }
      }
      let mean = try values(.cpuPercent, Double(specification.vcpu))
      let peak = try values(.cpuMaxPercent, Double(specification.vcpu))
      var others: [(dimension: SizeDimension, values: [Double?])] = []
      for (dimension, metric) in known {
        if let values = try measured(metric) { others.append((dimension, values)) }
      }
      all.append(
        InstanceUse(
          offeredVcpu: Double(specification.vcpu), meanVcpu: mean, peakVcpu: zip(peak, mean).map { $0 ?? $1 },
          memoryGiB: try values(.memoryPercent, specification.memoryGiB),
          others: others))
    }
    return all
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
