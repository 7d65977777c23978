// The cheapest step capacity around the ring of a week that never falls below a requirement.
//
// Minimise Σ capacity + changeCost × changes, subject to capacity ≥ required and changes ≤ maximumChanges: exactly, in whole
// numbers, the same answer every time, and in milliseconds for the five minutes of a week.
//
// Cut the ring at a slot of the largest requirement and append a weightless copy of that slot; then every segmentation of
// the straight line into k + 1 segments, each at its own maximum, has exactly k changes around the ring (`Segmentation`).
// Of several that cost the same, the one with the fewest changes is taken; of these the one whose last change before the
// cut comes first, then the change before it, and so on. The cut is the first of the largest slots.

/// A step function of capacity over the slots of a week.
package struct WeeklyStepCapacity: Hashable, Sendable {
  /// Capacity in each slot.
  package let capacity: [Int]
  /// Σ capacity + changeCost × changes.
  package let cost: Int

  /// The cheapest.
  /// - Throws: `ProblemFault` for what ``ScheduleProblem/check()`` does not accept.
  package init(_ problem: ScheduleProblem) throws(ProblemFault) {
    try problem.check()
    let required = problem.required
    let cut = required.firstIndex(of: required.reduce(0, max)) ?? 0
    let line = Array(required[cut...] + required[..<cut]) + [required[cut]]
    let starts = Segmentation.starts(line, segments: problem.maximumChanges + 1, changeCost: problem.changeCost)
    var ring = [Int](repeating: 0, count: required.count)
    for (start, end) in zip(starts, starts.dropFirst() + [line.count]) {
      let most = line[start..<end].reduce(0, max)
      for index in start..<min(end, required.count) { ring[(index + cut) % required.count] = most }
    }
    capacity = ring
    cost = ring.reduce(0, +) + problem.changeCost * (starts.count - 1)
  }

  /// The slots at which the capacity changes, around the ring, with the new capacity.
  package var changes: [(slot: Int, capacity: Int)] {
    capacity.indices.filter { capacity[$0] != capacity[($0 + capacity.count - 1) % capacity.count] }
      .map { ($0, capacity[$0]) }
  }
}
