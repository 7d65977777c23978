import Analysis
import Model

/// What one instance used in each slot it ran in, in units of its type; nil where unmeasured.
struct InstanceUse: Sendable {
  let offeredVcpu: Double
  let meanVcpu: [Double?]
  /// The highest minute where that is measured, else the mean.
  let peakVcpu: [Double?]
  let memoryGiB: [Double?]

  /// Of all instances that ran in the period, in the inventory's order.
  static func of(_ service: Service, _ context: AdviceContext) throws(DataError) -> [InstanceUse] {
    var all: [InstanceUse] = []
    for run in context.inventory where run.service == service.name {
      guard let overlap = run.overlap(with: context.lookback.period) else { continue }
      let specification = try context.catalogue.specification(run.type)
      let slots = context.lookback.slot(overlap.start)..<(context.lookback.slot(overlap.end.advanced(by: -1)) + 1)
      func values(_ metric: Metric, _ whole: Double) -> [Double?] {
        let series = context.series[SeriesKey(service: service.name, resource: run.resource, metric: metric)]
        let percents = series?.aligned(to: context.lookback, slots: slots, in: overlap)
        return percents?.map { $0.map { $0 / 100 * whole } } ?? slots.map { _ in nil }
      }
      let mean = values(.cpuPercent, Double(specification.vcpu))
      let peak = values(.cpuMaxPercent, Double(specification.vcpu))
      all.append(
        InstanceUse(
          offeredVcpu: Double(specification.vcpu), meanVcpu: mean, peakVcpu: zip(peak, mean).map { $0 ?? $1 },
          memoryGiB: values(.memoryPercent, specification.memoryGiB)))
    }
    return all
  }
}
