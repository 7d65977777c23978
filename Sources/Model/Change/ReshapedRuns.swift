/// How many instances run in each slot of a grid, counted at the slot's start.
package func runningCounts(_ runs: [InstanceRun], on grid: SampleGrid) -> [Int] {
  // What each slot has more than the one before it, so that work grows with runs and slots and not with their product.
  var counts = [Int](repeating: 0, count: grid.count + 1)
  for run in runs {
    guard let overlap = run.overlap(with: grid.period) else { continue }
    let slots = grid.slots(in: overlap)
    counts[slots.lowerBound] += 1
    counts[slots.upperBound] -= 1
  }
  for slot in counts.indices.dropFirst() { counts[slot] += counts[slot - 1] }
  counts.removeLast()
  return counts
}

/// Reshapes a service's runs so that the number running in each slot is the wanted one.
///
/// Where fewer are wanted the latest started rest; where more, copies of the template named `TEMPLATE-N` run.
/// Neighbouring slots are joined; a run that is not cut at an end keeps its own bound there, to the second. Work grows
/// with the changes of what runs and is wanted, times what runs between two of them, and not with the slots.
package func reshaped(
  _ runs: [InstanceRun], to wanted: [Int], on grid: SampleGrid, template: InstanceRun
) -> [InstanceRun] {
  let ordered = runs.sorted { ($0.started, $0.resource) < ($1.started, $1.resource) }
  let slotsOfRun = ordered.map { run in
    run.overlap(with: grid.period).map { grid.slots(in: $0) } ?? 0..<0
  }
  var pieces = SlotPieces(grid: grid, runs: ordered, slotsOfRun: slotsOfRun, template: template)
  let byStart = slotsOfRun.indices.filter { !slotsOfRun[$0].isEmpty }
    .sorted { (slotsOfRun[$0].lowerBound, $0) < (slotsOfRun[$1].lowerBound, $1) }
  var active: [Int] = []
  var next = 0
  for slots in steadyParts(wanted, slotsOfRun) {
    let before = next
    while next < byStart.count, slotsOfRun[byStart[next]].lowerBound <= slots.lowerBound {
      active.append(byStart[next])
      next += 1
    }
    active.removeAll { slotsOfRun[$0].upperBound <= slots.lowerBound }
    if next > before { active.sort() }
    let count = wanted[slots.lowerBound]
    for index in active.prefix(max(0, count)) { pieces.extend(run: index, by: slots) }
    for copy in 0..<max(0, count - active.count) { pieces.extend(copy: copy, by: slots) }
  }
  return pieces.finished()
}

/// The longest parts of the slots in which neither what is wanted nor what runs changes, in order.
private func steadyParts(_ wanted: [Int], _ slotsOfRun: [Range<Int>]) -> [Range<Int>] {
  var starts = wanted.indices.map { $0 == 0 || wanted[$0] != wanted[$0 - 1] }
  for slots in slotsOfRun where !slots.isEmpty {
    starts[slots.lowerBound] = true
    if slots.upperBound < starts.count { starts[slots.upperBound] = true }
  }
  let bounds = starts.indices.filter { starts[$0] } + [wanted.count]
  return zip(bounds, bounds.dropFirst()).map { $0..<$1 }
}

/// Joins neighbouring slots of a run, or of a copy of the template, into runs.
private struct SlotPieces {
  let grid: SampleGrid
  let runs: [InstanceRun]
  let slotsOfRun: [Range<Int>]
  let template: InstanceRun
  /// The slots that are not closed yet, by run and by copy; empty where there are none.
  private var openRuns: [Range<Int>]
  private var openCopies: [Range<Int>] = []
  private var done: [InstanceRun] = []

  init(grid: SampleGrid, runs: [InstanceRun], slotsOfRun: [Range<Int>], template: InstanceRun) {
    self.grid = grid
    self.runs = runs
    self.slotsOfRun = slotsOfRun
    self.template = template
    openRuns = runs.map { _ in 0..<0 }
  }

  mutating func extend(run index: Int, by slots: Range<Int>) {
    if openRuns[index].upperBound == slots.lowerBound, !openRuns[index].isEmpty {
      openRuns[index] = openRuns[index].lowerBound..<slots.upperBound
    } else {
      close(run: index)
      openRuns[index] = slots
    }
  }

  mutating func extend(copy: Int, by slots: Range<Int>) {
    while openCopies.count <= copy { openCopies.append(0..<0) }
    if openCopies[copy].upperBound == slots.lowerBound, !openCopies[copy].isEmpty {
      openCopies[copy] = openCopies[copy].lowerBound..<slots.upperBound
    } else {
      close(copy: copy)
      openCopies[copy] = slots
    }
  }

  private mutating func close(run index: Int) {
    guard !openRuns[index].isEmpty else { return }
    done.append(bounded(runs[index], openRuns[index], whole: slotsOfRun[index]))
  }

  private mutating func close(copy: Int) {
    guard !openCopies[copy].isEmpty else { return }
    var run = template
    run.resource = "\(template.resource)-\(copy + 1)"
    done.append(bounded(run, openCopies[copy], whole: nil))
  }

  /// - Parameter whole: all slots of the run as it ran; nil for a copy, which has no bounds of its own.
  private func bounded(_ run: InstanceRun, _ slots: Range<Int>, whole: Range<Int>?) -> InstanceRun {
    var run = run
    if slots.lowerBound != whole?.lowerBound { run.started = grid.instant(slots.lowerBound) }
    if slots.upperBound != whole?.upperBound { run.stopped = min(grid.instant(slots.upperBound), grid.period.end) }
    return run
  }

  mutating func finished() -> [InstanceRun] {
    for index in openRuns.indices { close(run: index) }
    for copy in openCopies.indices { close(copy: copy) }
    return done.sorted { ($0.resource, $0.started) < ($1.resource, $1.started) }
  }
}
