import Model

/// What instances offered of a dimension while nobody measured it, slot by slot: what is unmeasured is neither used nor idle.
struct UnmeasuredCapacity: Sendable {
  /// Of those that carried load and have no sample yet, none any more, or none at all.
  fileprivate(set) var amounts: [Double]
  /// Of all that ran.
  fileprivate var ran: [Double]

  /// Of what planned instances would offer in a slot, what stands for the measured ones: the part of what ran that was
  /// measured.
  func measured(of planned: Double, _ slot: Int) -> Double {
    ran[slot] > 0 ? planned * max(0, ran[slot] - amounts[slot]) / ran[slot] : planned
  }
}

extension MeasuredSums {
  /// The runs as far as they carried load: up to the end of the last CPU sample of an instance in the grid; as they are
  /// where it has none.
  var carrying: [InstanceRun] {
    let last = lastSamples(.cpuPercent)
    return runs.map { run in
      guard let last = last[run.resource] else { return run }
      let end = Instant(seconds: last + grid.stepSeconds)
      var copy = run
      copy.stopped = min(run.stopped ?? end, max(end, run.started))
      return copy
    }
  }

  /// What of the capacity was not measured; nil where all of it was, in every slot in which it carried load.
  /// - Parameter percents: of each type, what a hundredth of an instance is.
  func unmeasured(_ metric: Metric, percents: [String: Double]) -> UnmeasuredCapacity? {
    var amounts: [Double]?
    for (index, run) in carrying.enumerated() {
      guard let overlap = run.overlap(with: grid.period) else { continue }
      let capacity = (percents[run.type] ?? 0) * 100
      let slots = grid.slots(in: overlap)
      let seen = extents[metric]?[index].map { extent in
        grid.slot(Instant(seconds: extent.first))...grid.slot(Instant(seconds: extent.last))
      }
      let before = slots.lowerBound..<max(slots.lowerBound, min(slots.upperBound, seen?.lowerBound ?? slots.upperBound))
      let behind = max(before.upperBound, (seen?.upperBound ?? slots.upperBound) + 1)
      for part in [before, behind..<max(behind, slots.upperBound)] where !part.isEmpty {
        var sums = amounts ?? [Double](repeating: 0, count: grid.count)
        amounts = nil
        for slot in part { sums[slot] += capacity }
        amounts = sums
      }
    }
    guard let amounts else { return nil }
    var ran = [Double](repeating: 0, count: grid.count)
    for (type, runs) in Dictionary(grouping: runs, by: \.type).sorted(by: { $0.key < $1.key }) {
      let capacity = (percents[type] ?? 0) * 100
      for (slot, count) in runningCounts(runs, on: grid).enumerated() { ran[slot] += Double(count) * capacity }
    }
    return UnmeasuredCapacity(amounts: amounts, ran: ran)
  }
}

extension ServiceLoad {
  /// Of what the instances that carried load offer in each slot, what was measured: vCPUs and GiB.
  package func measuredCapacity(_ catalogue: Catalogue) -> (vcpu: [Double], memoryGiB: [Double]) {
    let capacity = offeredCapacity(carrying, on: grid, catalogue: catalogue)
    func less(_ amounts: [Double], _ unmeasured: UnmeasuredCapacity?) -> [Double] {
      unmeasured.map { zip(amounts, $0.amounts).map { max(0, $0 - $1) } } ?? amounts
    }
    return (less(capacity.vcpu, unmeasured.vcpu), less(capacity.memoryGiB, unmeasured.memoryGiB))
  }
}
