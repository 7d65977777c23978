// A metric of instances that carry a load of their own, such as the nodes of a database: each slot has the value of the node that
// goes furthest in the direction of the condition, so that a hot primary is not hidden by idle replicas. Of several samples in
// a slot CPU and throughput have their mean, everything else the largest, as elsewhere (`ServiceDay+Samples.swift`).

import Analysis
import Model

/// Of each slot the node that goes furthest; nil where no node has a sample.
func nodeValues(
  _ metric: Metric, _ comparison: Condition.Comparison, of service: Service, _ runs: [InstanceRun],
  _ context: AdviceContext
) throws(DataError) -> MeasuredValues? {
  let grid = context.grid
  var furthest = MeasuredValues([Double?](repeating: nil, count: grid.count), intervalSeconds: grid.stepSeconds)
  furthest.nodeOfSlot = [Int32](repeating: 0, count: grid.count)
  for run in runs.sorted(by: { ($0.resource, $0.started) < ($1.resource, $1.started) }) {
    guard let overlap = run.overlap(with: grid.period) else { continue }
    let key = SeriesKey(service: service.name, resource: run.resource, metric: metric)
    guard let series = try context.history.series(key, in: grid.period) else { continue }
    let range = series.range(in: overlap)
    guard !range.isEmpty else { continue }
    let intervals = SampleIntervals(series, range, usual: grid.stepSeconds)
    furthest.intervalSeconds = max(furthest.intervalSeconds, intervals.stepSeconds)
    let slots = grid.slots(in: Period(start: grid.instant(grid.slot(overlap.start)), end: overlap.end))
    let values = series.aligned(to: grid, slots: slots, in: overlap, metric.valueOfSlot, intervals)
    furthest.take(values, from: slots.lowerBound, of: run.resource, comparison)
  }
  return furthest.nodes.isEmpty ? nil : furthest
}

extension MeasuredValues {
  /// - Parameter slot: that the first of the values is of.
  fileprivate mutating func take(
    _ values: [Double?], from slot: Int, of node: String, _ comparison: Condition.Comparison
  ) {
    if nodes.last != node { nodes.append(node) }
    let place = Int32(clamping: nodes.count - 1)
    for (index, value) in values.enumerated() {
      guard let value else { continue }
      if let old = self.values[slot + index], comparison == .above ? value <= old : value >= old { continue }
      self.values[slot + index] = value
      nodeOfSlot[slot + index] = place
    }
  }
}

extension Metric {
  /// What a slot has of several samples in it.
  fileprivate var valueOfSlot: SlotValue {
    switch self {
    case .cpuPercent, .networkInMbps, .networkOutMbps, .ebsMbps: .mean
    default: .largest
    }
  }
}

/// The interval at which most instances' samples of a metric are taken, judged by the run that lasted longest; a slot at the
/// least.
func sampleInterval(
  _ metric: Metric, of service: Service, _ runs: [InstanceRun], _ context: AdviceContext
) throws(DataError) -> Int64 {
  let period = context.period
  let longest = runs.compactMap { run in run.overlap(with: period).map { (run, $0) } }
    .max { ($0.1.seconds, $1.0.resource) < ($1.1.seconds, $0.0.resource) }
  guard let (run, overlap) = longest,
    let series = try context.history.series(
      SeriesKey(service: service.name, resource: run.resource, metric: metric), in: period)
  else { return context.grid.stepSeconds }
  let intervals = SampleIntervals(series, series.range(in: overlap), usual: context.grid.stepSeconds)
  return max(context.grid.stepSeconds, intervals.stepSeconds)
}
