import Analysis
import Model

/// A series with one value for each slot of a grid; nil leaves a gap.
package func samples(
  _ service: String, _ resource: String, _ metric: Metric, on grid: SampleGrid, scale: Int = 0,
  _ value: (Int) -> Int64?
) -> Series {
  var instants: [Int64] = []
  var mantissas: [Int64] = []
  for slot in 0..<grid.count {
    guard let value = value(slot) else { continue }
    instants.append(grid.instant(slot).seconds)
    mantissas.append(value)
  }
  return Series(
    key: SeriesKey(service: service, resource: resource, metric: metric), instants: instants, mantissas: mantissas,
    scale: scale)
}

/// A series of a service as a whole.
package func samples(
  _ service: String, _ metric: Metric, on grid: SampleGrid, scale: Int = 0, _ value: (Int) -> Int64?
) -> Series {
  samples(service, "", metric, on: grid, scale: scale, value)
}

/// The bill engine of a tiny fleet; an hour a step, so that a month is 744 samples.
package func tinyEngine(
  _ fleet: Fleet, _ catalogue: Catalogue, _ series: [Series] = [], inventory: [InstanceRun] = [],
  history: Instant = october.start, stepSeconds: Int64 = 3600
) -> BillingEngine {
  BillingEngine(
    fleet: fleet, catalogue: catalogue, history: History(series), inventory: inventory, creditsFrom: history,
    stepSeconds: stepSeconds)
}
