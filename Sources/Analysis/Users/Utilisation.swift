import Model

/// How much of what a service's instances offer was used.
package struct UsedShare: Hashable, Sendable {
  /// What of the instances was the fuller.
  package enum Dimension: String, Sendable { case cpu, memory }

  package var dimension: Dimension
  /// The used fraction of it; above 1 where more was asked for than there is.
  package var fraction: Double
  /// False where CPU alone is known.
  package var isMemoryMeasured: Bool

  package init(_ dimension: Dimension, _ fraction: Double, isMemoryMeasured: Bool = true) {
    self.dimension = dimension
    self.fraction = fraction
    self.isMemoryMeasured = isMemoryMeasured
  }

  /// The used share, at most all, as costs are divided by it.
  package var tenThousandths: Int { Int((max(0, min(1, fraction)) * 10_000).rounded()) }
}

extension ServiceLoad {
  /// The used share of what the planned instances offer; nil where neither CPU nor memory was measured.
  ///
  /// Demand and capacity are summed over measured slots; the fuller of CPU and memory counts.
  package func utilisation(plannedVcpu: [Double], plannedMemoryGiB: [Double], factor: DemandFactor) -> UsedShare? {
    let cpu = share(meanVcpu, of: plannedVcpu, factor)
    let memory = share(memoryGiB, of: plannedMemoryGiB, factor)
    guard let larger = [cpu, memory].compactMap({ $0 }).max() else { return nil }
    return UsedShare(larger == cpu ? .cpu : .memory, larger, isMemoryMeasured: memory != nil)
  }

  private func share(_ demand: [Double?], of capacity: [Double], _ factor: DemandFactor) -> Double? {
    var used = 0.0
    var offered = 0.0
    for (demand, capacity) in zip(demand, capacity) {
      guard let demand else { continue }
      used += demand * factor.value
      offered += capacity
    }
    return offered > 0 ? used / offered : nil
  }
}

/// What planned runs offer in each slot: vCPUs and GiB.
/// - Throws: ``DataError`` when the book has no specification of a type.
package func offeredCapacity(_ runs: [InstanceRun], on grid: SampleGrid, catalogue: Catalogue)
  throws(DataError) -> (vcpu: [Double], memoryGiB: [Double])
{
  // In whole numbers, by what each slot has more than the one before it: exact, and quick however many runs there are.
  var vcpu = [Int64](repeating: 0, count: grid.count + 1)
  var memory = vcpu
  for run in runs {
    guard let overlap = run.overlap(with: grid.period) else { continue }
    let specification = try catalogue.specification(run.type)
    let slots = grid.slots(in: overlap)
    vcpu[slots.lowerBound] += Int64(specification.vcpu)
    vcpu[slots.upperBound] -= Int64(specification.vcpu)
    memory[slots.lowerBound] += specification.memoryMilliGiB
    memory[slots.upperBound] -= specification.memoryMilliGiB
  }
  for slot in vcpu.indices.dropFirst() {
    vcpu[slot] += vcpu[slot - 1]
    memory[slot] += memory[slot - 1]
  }
  return (vcpu.dropLast().map { Double($0) }, memory.dropLast().map { Double($0) / 1000 })
}
