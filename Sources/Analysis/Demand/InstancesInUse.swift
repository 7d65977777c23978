import Model

/// What of a service's instances was in use, each counted as one: all that is known of types of which the book does not say
/// what they offer.
package struct InstancesInUse: Sendable {
  /// The types that the book does not specify, by name.
  package let types: [String]
  /// Instances in use by CPU in each slot: two that are half used are one. Nil where too few were measured.
  package let cpu: [Double?]
  /// The same by memory.
  package let memory: [Double?]

  /// - Throws: ``DataError`` when the samples cannot be read.
  init(
    _ service: String, _ runs: [InstanceRun], _ catalogue: Catalogue, history: History, on grid: SampleGrid
  ) throws(DataError) {
    let ran = Set(runs.filter { $0.overlap(with: grid.period) != nil }.map(\.type))
    types = ran.filter { catalogue.specificationIfKnown($0) == nil }.sorted()
    let sums = try MeasuredSums(service, runs: runs, ServiceDay.metrics, history: history, on: grid)
    let each = ran.reduce(into: [:]) { $0[$1] = 0.01 }
    cpu = sums.totals(.cpuPercent, weights: each).sums
    memory = sums.totals(.memoryPercent, weights: each).sums
  }
}
