// The best segmentation of a line of requirements, of which the last is a weightless copy of the first and largest.
//
// The excess of a segment is its maximum times its length, less what its slots require; the excess of a line is what is
// run in vain. A dynamic programme over the ends of segments:
//
//   least(k, end) = min over start of least(k - 1, start) + excess(start, end), in at most k segments
//
// The excess only grows when a segment is made longer, and least(k, end) only falls when k grows; so a walk of start from the
// end leaves a k for good as soon as the excess alone is no less than the best so far, the larger k first. A segment can
// only begin where the requirement changes, so the line is taken run by run. Without a limit on changes each costs
// changeCost in the same walk, and k is not needed.
// Time O(k × runs²) at worst; the walk is mostly far shorter.

/// Where the segments of a line begin.
enum Segmentation {
  /// The start of each segment of the cheapest segmentation, the first 0; of several the one with the fewest segments, of
  /// these the one whose last start comes first, then the one before it.
  ///
  /// - Parameters:
  ///   - line: at least two numbers, the last one weightless.
  ///   - segments: the most of them, at least 1.
  ///   - changeCost: of each segment but the first.
  static func starts(_ line: [Int], segments: Int, changeCost: Int) -> [Int] {
    let runs = RequirementRuns(line)
    let free = unlimited(runs, changeCost)
    return (free.count <= segments ? free : limited(runs, segments, changeCost)).map { runs.start[$0] }
  }

  /// What the first runs cost, changes included, and how many segments they have.
  private struct Sum: Comparable {
    var cost: Int
    var segments: Int

    static func < (one: Sum, other: Sum) -> Bool { (one.cost, one.segments) < (other.cost, other.segments) }
  }

  /// The segments, by the run at which each begins, where there may be any number.
  private static func unlimited(_ runs: RequirementRuns, _ changeCost: Int) -> [Int] {
    var least = [Sum(cost: 0, segments: 0)]
    var back = [0]
    for end in 1...runs.count {
      var (best, from) = (Sum(cost: runs.excess(0, end, runs.need[0]), segments: 1), 0)
      var most = 0
      for start in stride(from: end - 1, through: 1, by: -1) {
        most = max(most, runs.need[start])
        let added = runs.excess(start, end, most) + changeCost
        if added > best.cost { break }
        let sum = Sum(cost: least[start].cost + added, segments: least[start].segments + 1)
        if sum < best || (sum == best && from > 0) { (best, from) = (sum, start) }
      }
      least.append(best)
      back.append(from)
    }
    return walk(back, from: runs.count)
  }

  private static func walk(_ back: [Int], from end: Int) -> [Int] {
    var (starts, end) = ([Int](), end)
    while end > 0 {
      end = back[end]
      starts.append(end)
    }
    return starts.reversed()
  }

  /// The same where there may be at most so many segments, fewer than runs.
  private static func limited(_ runs: RequirementRuns, _ segments: Int, _ changeCost: Int) -> [Int] {
    let least = excesses(runs, segments)
    let (width, count) = (segments + 1, runs.count)
    var (best, number) = (Int.max, 1)
    for k in 1...segments where least[count * width + k] + changeCost * (k - 1) < best {
      (best, number) = (least[count * width + k] + changeCost * (k - 1), k)
    }
    var (starts, end) = ([Int](), count)
    for k in stride(from: number, to: 0, by: -1) {
      var (most, from) = (0, 0)
      for start in stride(from: end - 1, through: 0, by: -1) {
        most = max(most, runs.need[start])
        let excess = runs.excess(start, end, most)
        if excess > least[end * width + k] { break }
        if k == 1 && start > 0 { continue }
        if least[start * width + k - 1] + excess == least[end * width + k] { from = start }
      }
      starts.append(from)
      end = from
      if end == 0 { break }
    }
    return starts.reversed()
  }

  /// `least(k, end)` at `end × (segments + 1) + k`; nothing costs nothing, in any number of segments.
  private static func excesses(_ runs: RequirementRuns, _ segments: Int) -> [Int] {
    let width = segments + 1
    var least = [Int](repeating: 0, count: (runs.count + 1) * width)
    least.withUnsafeMutableBufferPointer { least in
      for end in 1...runs.count {
        let row = end * width
        for k in 0...segments { least[row + k] = .max }
        var (most, alive) = (0, segments)
        for start in stride(from: end - 1, through: 1, by: -1) {
          most = max(most, runs.need[start])
          let (excess, before) = (runs.excess(start, end, most), start * width)
          while alive >= 2, excess >= least[row + alive] { alive -= 1 }
          if alive < 2 { break }
          for k in 2...alive { least[row + k] = min(least[row + k], least[before + k - 1] + excess) }
        }
        let whole = runs.excess(0, end, runs.need[0])
        for k in 1...segments { least[row + k] = min(least[row + k], whole) }
      }
    }
    return least
  }
}

/// A line of requirements by its runs of equal ones; the last, a copy of the first, is a run of its own without weight.
private struct RequirementRuns {
  /// Of each run.
  private(set) var need: [Int] = []
  /// The first slot of each run.
  private(set) var start: [Int] = []
  /// Slots before each run, and of all, which the copy is not among.
  private var slots: [Int] = []
  /// What all runs before each require.
  private var sums: [Int] = []

  init(_ line: [Int]) {
    var sum = 0
    for (slot, value) in line.enumerated() {
      let isCopy = slot == line.count - 1
      if isCopy || need.last != value {
        need.append(value)
        start.append(slot)
        slots.append(slot)
        sums.append(sum)
      }
      if !isCopy { sum += value }
    }
    slots.append(line.count - 1)
    sums.append(sum)
  }

  var count: Int { need.count }

  /// What is run in vain from one run to before another at a capacity.
  func excess(_ first: Int, _ end: Int, _ capacity: Int) -> Int {
    capacity * (slots[end] - slots[first]) - (sums[end] - sums[first])
  }
}
