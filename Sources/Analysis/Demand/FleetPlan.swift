import Model

/// A commitment and the price it was bought at.
package struct PricedCommitment: Hashable, Sendable {
  package var commitment: Commitment
  package var price: ReservedPrice
  /// True for one that advice adds: it counts as held from then on, whatever its dates.
  package var isPlanned = false

  package init(commitment: Commitment, price: ReservedPrice) {
    self.commitment = commitment
    self.price = price
  }
}

/// What runs in a month and how it is bought: history as it was, or history as changed by advice or a what-if.
///
/// Every step of a study takes a plan and returns a plan; the bill engine prices any of them alike.
package struct FleetPlan: Hashable, Sendable {
  package var runs: [InstanceRun]
  package var commitments: [PricedCommitment]
  package var savingsPlans: [HeldSavingsPlan]
  /// Demand relative to history; scales metered amounts and load.
  package var demand: Demand
  /// Services whose instances are not history's: their load is spread evenly over the planned ones.
  package var changedServices: Set<String>

  package init(
    runs: [InstanceRun], commitments: [PricedCommitment], savingsPlans: [HeldSavingsPlan] = [],
    demand: Demand = .asMeasured, changedServices: Set<String> = []
  ) {
    self.runs = runs
    self.commitments = commitments
    self.savingsPlans = savingsPlans
    self.demand = demand
    self.changedServices = changedServices
  }

  package func runs(of service: String) -> [InstanceRun] { runs.filter { $0.service == service } }

  /// Replaces the runs of one service.
  package mutating func setRuns(_ new: [InstanceRun], of service: String) {
    runs = runs.filter { $0.service != service } + new
    changedServices.insert(service)
  }

  /// Moves a service to another instance type.
  package mutating func setType(_ type: String, of service: String) {
    setRuns(
      runs(of: service).map { run in
        var run = run
        run.type = type
        return run
      }, of: service)
  }
}

/// How many instances run in each slot of a grid, counted at the slot's start.
package func runningCounts(_ runs: [InstanceRun], on grid: SampleGrid) -> [Int] {
  var counts = [Int](repeating: 0, count: grid.count)
  for run in runs {
    guard let overlap = run.overlap(with: grid.period) else { continue }
    for slot in grid.slots(in: overlap) { counts[slot] += 1 }
  }
  return counts
}

/// Reshapes a service's runs so that the number running in each slot is the wanted one.
///
/// Where fewer are wanted the latest started rest; where more, copies of the template named `TEMPLATE-N` run.
/// Neighbouring slots are joined; a run that is not cut at an end keeps its own bound there, to the second.
package func reshaped(
  _ runs: [InstanceRun], to wanted: [Int], on grid: SampleGrid, template: InstanceRun
) -> [InstanceRun] {
  let ordered = runs.sorted { ($0.started, $0.resource) < ($1.started, $1.resource) }
  var slotsOfRun = ordered.map { run in
    run.overlap(with: grid.period).map { grid.slots(in: $0) } ?? 0..<0
  }
  slotsOfRun = slotsOfRun.map { $0.clamped(to: 0..<grid.count) }
  var pieces = SlotPieces(grid: grid)
  var active: [Int] = []
  var next = 0
  let byStart = slotsOfRun.indices.filter { !slotsOfRun[$0].isEmpty }
    .sorted { (slotsOfRun[$0].lowerBound, $0) < (slotsOfRun[$1].lowerBound, $1) }
  for slot in 0..<grid.count {
    while next < byStart.count, slotsOfRun[byStart[next]].lowerBound <= slot {
      active.append(byStart[next])
      next += 1
    }
    active.removeAll { slotsOfRun[$0].upperBound <= slot }
    active.sort()
    for index in active.prefix(wanted[slot]) { pieces.extend(ordered[index], at: slot, of: slotsOfRun[index]) }
    for extra in 0..<max(0, wanted[slot] - active.count) {
      var run = template
      run.resource = "\(template.resource)-\(extra + 1)"
      pieces.extend(run, at: slot, of: nil)
    }
  }
  return pieces.finished()
}

/// Joins slots of the same resource into runs.
private struct SlotPieces {
  let grid: SampleGrid
  private var open: [String: (run: InstanceRun, slots: Range<Int>, whole: Range<Int>?)] = [:]
  private var done: [InstanceRun] = []

  init(grid: SampleGrid) { self.grid = grid }

  /// - Parameter whole: all slots of the run as it ran; nil for a copy, which has no bounds of its own.
  mutating func extend(_ run: InstanceRun, at slot: Int, of whole: Range<Int>?) {
    if let piece = open[run.resource] {
      if piece.slots.upperBound == slot, piece.whole == whole {
        open[run.resource]!.slots = piece.slots.lowerBound..<(slot + 1)
        return
      }
      done.append(bounded(piece.run, piece.slots, piece.whole))
    }
    open[run.resource] = (run, slot..<(slot + 1), whole)
  }

  private func bounded(_ run: InstanceRun, _ slots: Range<Int>, _ whole: Range<Int>?) -> InstanceRun {
    var run = run
    if slots.lowerBound != whole?.lowerBound { run.started = grid.instant(slots.lowerBound) }
    if slots.upperBound != whole?.upperBound { run.stopped = min(grid.instant(slots.upperBound), grid.period.end) }
    return run
  }

  func finished() -> [InstanceRun] {
    (done + open.values.map { bounded($0.run, $0.slots, $0.whole) })
      .sorted { ($0.resource, $0.started) < ($1.resource, $1.started) }
  }
}
