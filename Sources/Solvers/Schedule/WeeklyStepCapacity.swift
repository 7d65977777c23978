// The cheapest step capacity around the ring of a week that never falls below a requirement.
//
// Minimise Σ capacity + changeCost × changes, subject to capacity ≥ required and changes ≤ maximumChanges. Exact dynamic
// programme: cut the ring at a slot of the largest requirement and append a weightless copy of that slot; then every
// segmentation of the straight line into k + 1 segments, each at its own maximum, has exactly k changes around the ring.
// Time O(changes × slots²), exact integers.

/// A step function of capacity over the slots of a week.
package struct WeeklyStepCapacity: Hashable, Sendable {
  /// Capacity in each slot.
  package let capacity: [Int]
  /// Σ capacity + changeCost × changes.
  package let cost: Int

  /// - Precondition: `required` is not empty.
  package init(required: [Int], maximumChanges: Int, changeCost: Int) {
    precondition(!required.isEmpty, "a week has slots")
    let slots = required.count
    let cut = required.firstIndex(of: required.max()!)!
    let line = Array(required[cut...] + required[..<cut]) + [required[cut]]
    let table = Segmentation(line, segments: maximumChanges + 1)
    var best = (cost: Int.max, segments: 1)
    for segments in 1...(maximumChanges + 1) {
      guard let sum = table.cost[segments][line.count] else { continue }
      let cost = sum + changeCost * (segments - 1)
      if cost < best.cost { best = (cost, segments) }
    }
    let straight = table.capacities(line, segments: best.segments)
    var ring = [Int](repeating: 0, count: slots)
    for index in 0..<slots { ring[(index + cut) % slots] = straight[index] }
    capacity = ring
    cost = best.cost
  }

  /// The slots at which the capacity changes, around the ring, with the new capacity.
  package var changes: [(slot: Int, capacity: Int)] {
    capacity.indices.filter { capacity[$0] != capacity[($0 + capacity.count - 1) % capacity.count] }
      .map { ($0, capacity[$0]) }
  }
}

/// Best segmentations of every prefix of a line, by number of segments.
private struct Segmentation {
  /// `cost[k][j]`: the first j slots in k segments; nil when impossible.
  private(set) var cost: [[Int?]]
  private var back: [[Int]]

  init(_ line: [Int], segments: Int) {
    let count = line.count
    cost = Array(repeating: Array(repeating: nil, count: count + 1), count: segments + 1)
    back = Array(repeating: Array(repeating: 0, count: count + 1), count: segments + 1)
    cost[0][0] = 0
    for end in 1...count {
      var largest = 0
      for start in stride(from: end - 1, through: 0, by: -1) {
        largest = max(largest, line[start])
        // The appended copy of the first slot costs nothing.
        let length = end - start - (end == count ? 1 : 0)
        for k in 1...segments {
          guard let before = cost[k - 1][start] else { continue }
          let sum = before + largest * length
          if sum < cost[k][end] ?? Int.max {
            cost[k][end] = sum
            back[k][end] = start
          }
        }
      }
    }
  }

  func capacities(_ line: [Int], segments: Int) -> [Int] {
    var result = line
    var end = line.count
    for k in stride(from: segments, to: 0, by: -1) {
      let start = back[k][end]
      let largest = line[start..<end].max()!
      for index in start..<end { result[index] = largest }
      end = start
    }
    return result
  }
}
