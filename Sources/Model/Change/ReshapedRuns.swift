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
  let slotsOfRun = ordered.map { run in
    run.overlap(with: grid.period).map { grid.slots(in: $0) } ?? 0..<0
  }
  var pieces = SlotPieces(grid: grid)
  var active: [Int] = []
  var next = 0
  let byStart = slotsOfRun.indices.filter { !slotsOfRun[$0].isEmpty }
    .sorted { (slotsOfRun[$0].lowerBound, $0) < (slotsOfRun[$1].lowerBound, $1) }
  for slot in 0..<grid.count {
    let before = next
    while next < byStart.count, slotsOfRun[byStart[next]].lowerBound <= slot {
      active.append(byStart[next])
      next += 1
    }
    active.removeAll { slotsOfRun[$0].upperBound <= slot }
    if next > before { active.sort() }
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
