import Model

extension ServiceLoad {
  /// The used share of what the planned instances offer, in ten-thousandths, with its basis in words; nil where neither CPU
  /// nor memory was measured.
  ///
  /// Demand and capacity are summed over measured slots; the fuller of CPU and memory counts, at most 100 %.
  package func utilisation(
    plannedVcpu: [Double], plannedMemoryGiB: [Double], factor: DemandFactor
  ) -> (tenThousandths: Int, basis: String)? {
    let cpu = share(meanVcpu, of: plannedVcpu, factor)
    let memory = share(memoryGiB, of: plannedMemoryGiB, factor)
    guard let larger = [cpu, memory].compactMap({ $0 }).max() else { return nil }
    let name = larger == cpu ? "CPU" : "memory"
    let note = memory == nil ? " (memory unmeasured)" : ""
    return (
      min(10_000, Int((larger * 10_000).rounded())), "\(name) \(rounded(larger * 100, 1)) % used\(note)"
    )
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
  var vcpu = [Double](repeating: 0, count: grid.count)
  var memory = vcpu
  for run in runs {
    guard let overlap = run.overlap(with: grid.period) else { continue }
    let specification = try catalogue.specification(run.type)
    for slot in grid.slots(in: overlap) {
      vcpu[slot] += Double(specification.vcpu)
      memory[slot] += specification.memoryGiB
    }
  }
  return (vcpu, memory)
}
