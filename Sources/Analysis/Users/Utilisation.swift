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
  /// The fraction of what ran in measured intervals that was measured in this dimension.
  package var measured: Double
  /// The types that ran and of which the book does not say what they offer, by name.
  package var unspecified: [String] = []
  /// What of each resource was used, where both are known.
  package var byResource: ResourceShares?
  /// True where it is of instances, each counted alike, as the book says of none of them what it offers.
  package var isOfInstances = false

  package init(_ dimension: Dimension, _ fraction: Double, isMemoryMeasured: Bool = true, measured: Double = 1) {
    self.dimension = dimension
    self.fraction = fraction
    self.isMemoryMeasured = isMemoryMeasured
    self.measured = measured
  }

  /// The used share, at most all, as costs are divided by it.
  package var tenThousandths: Int { Int((max(0, min(1, fraction)) * 10_000).rounded()) }
}

/// What of a service's vCPUs and memory was used, and what each of them is of the price of its instances: vCPUs and GiB at the
/// prices that OpenCost takes where nobody says any (its default configuration: 0.031611 and 0.004237 an hour), scaled to what
/// an instance costs.
package struct ResourceShares: Hashable, Sendable {
  package var cpu: Double
  /// What is reserved for other than data included.
  package var memory: Double
  /// Of the price.
  package var cpuOfPrice: Double

  package init(cpu: Double, memory: Double, vcpus: Double, gibs: Double) {
    self.cpu = max(0, min(1, cpu))
    self.memory = max(0, min(1, memory))
    let (forCPU, forMemory) = (vcpus * 0.031611, gibs * 0.004237)
    cpuOfPrice = forCPU + forMemory > 0 ? forCPU / (forCPU + forMemory) : 1
  }

  /// The used share of the price.
  package var fraction: Double { cpuOfPrice * cpu + (1 - cpuOfPrice) * memory }
  /// The same, as costs are divided by it.
  var tenThousandths: Int { wholeNumber((fraction * 10_000).rounded()) }
}

extension ServiceLoad {
  /// The used share of what the planned instances offer; nil where neither CPU nor memory was measured.
  ///
  /// Demand and capacity are summed over measured slots, and in them over measured instances: what nobody measured is taken
  /// to be used as the rest is. The fuller of CPU and memory counts. Where the book says of no type that was measured what it
  /// offers, each instance counts alike.
  /// - Parameter plannedInstances: how many are planned in each slot.
  package func utilisation(
    plannedVcpu: [Double], plannedMemoryGiB: [Double], plannedInstances: [Int], factor: DemandFactor
  ) -> UsedShare? {
    let cpu = share(meanVcpu, of: plannedVcpu, without: unmeasured.vcpu, factor)
    var memory = share(memoryGiB, of: plannedMemoryGiB, without: unmeasured.memoryGiB, factor)
    // What is reserved is no data, and not idle either.
    memory?.used += Double(service.reservedMemoryPercent ?? 0) / 100
    var known = fuller(cpu, memory)
    if let cpu, let memory {
      known?.byResource = ResourceShares(
        cpu: cpu.used, memory: memory.used, vcpus: plannedVcpu.reduce(0, +), gibs: plannedMemoryGiB.reduce(0, +))
    }
    guard let instancesInUse else { return known }
    let instances = plannedInstances.map { Double($0) }
    var used =
      known
      ?? fuller(
        share(instancesInUse.cpu, of: instances, without: nil, factor),
        share(instancesInUse.memory, of: instances, without: nil, factor))
    used?.unspecified = instancesInUse.types
    used?.isOfInstances = known == nil
    return used
  }

  private func fuller(
    _ cpu: (used: Double, measured: Double)?, _ memory: (used: Double, measured: Double)?
  ) -> UsedShare? {
    guard let larger = [cpu, memory].compactMap({ $0 }).max(by: { $0.used < $1.used }) else { return nil }
    let isOfCPU = larger.used == cpu?.used
    return UsedShare(
      isOfCPU ? .cpu : .memory, larger.used, isMemoryMeasured: memory != nil,
      measured: (isOfCPU ? cpu : memory)?.measured ?? 1)
  }

  private func share(
    _ demand: [Double?], of capacity: [Double], without unmeasured: UnmeasuredCapacity?, _ factor: DemandFactor
  ) -> (used: Double, measured: Double)? {
    var used = 0.0
    var (offered, all) = (0.0, 0.0)
    let factor = factor.value
    for slot in demand.indices where slot < capacity.count {
      guard let demand = demand[slot] else { continue }
      used += demand * factor
      offered += unmeasured?.measured(of: capacity[slot], slot) ?? capacity[slot]
      all += capacity[slot]
    }
    return offered > 0 ? (used / offered, offered / all) : nil
  }
}

/// What planned runs offer in each slot, those of types that the book does not specify left out: vCPUs and GiB.
package func offeredCapacity(_ runs: [InstanceRun], on grid: SampleGrid, catalogue: Catalogue)
  -> (vcpu: [Double], memoryGiB: [Double])
{
  // In whole numbers, by what each slot has more than the one before it: exact, and quick however many runs there are.
  var vcpu = [Int64](repeating: 0, count: grid.count + 1)
  var memory = vcpu
  for run in runs {
    guard let overlap = run.overlap(with: grid.period), let specification = catalogue.specificationIfKnown(run.type)
    else { continue }
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
