// What covering demand saves, level by level.
//
// Level l is used in a slot when at least l units are needed beyond what is held. Without a commitment it is served on
// demand if at least l units are more than spot may take, else by spot. A commitment at level l therefore saves
//   saving(l) = slotHours × [ (c - p) × #{n - s >= l} + p × #{n >= l} ],
// with n the net demand of a slot, s what of it may be spot, c and p the two prices (p at most c). It falls with l, so
// the bill is a convex function of how many units are committed.

/// The saving of each level of demand over some slots.
package struct DemandLevels {
  /// Levels behind the run before, up to and with `end`, that save the same.
  struct Run: Hashable {
    var end: Int
    /// Micro-USD over all slots.
    var saving: Int
  }

  /// Falling in saving, rising in level; none behind the highest level that is used.
  private(set) var runs: [Run] = []
  /// What is left to pay from the start of each run on.
  private var costs: [Int] = []

  /// - Parameter needs: of some slots; they must come from a checked problem.
  init(_ needs: some Collection<SlotNeed>, of problem: MixProblem) {
    let spot = min(problem.spot.price, problem.onDemand)
    let top = needs.reduce(0) { max($0, $1.net) }
    let (plain, cheap) = ((problem.onDemand - spot) * problem.slotHours, spot * problem.slotHours)
    if top <= 4 * needs.count + 1024 {
      var drops = [Int](repeating: 0, count: top + 1)
      for need in needs {
        drops[need.net - need.spot] += plain
        drops[need.net] += cheap
      }
      collect(drops.enumerated().lazy.map { ($0.offset, $0.element) })
    } else {
      let drops = needs.flatMap { [($0.net - $0.spot, plain), ($0.net, cheap)] }
      collect(drops.sorted { $0.0 < $1.0 })
    }
  }

  /// - Parameter savings: of each level, rising nowhere; micro-USD.
  package init(savings: [Int]) {
    let next = savings.dropFirst() + [0]
    collect(zip(savings, next).enumerated().lazy.map { ($0.offset + 1, $0.element.0 - $0.element.1) })
  }

  /// - Parameter runs: falling in saving, rising in level.
  init(runs: [Run]) {
    self.runs = runs.filter { $0.saving > 0 }
    addCosts()
  }

  /// - Parameter drops: by how much the saving falls behind a level, rising in level.
  private mutating func collect(_ drops: some Sequence<(Int, Int)>) {
    var saving = drops.reduce(0) { $1.0 > 0 ? $0 + $1.1 : $0 }
    for (level, drop) in drops where level > 0 && drop > 0 {
      if runs.last?.end != level { runs.append(Run(end: level, saving: saving)) }
      saving -= drop
    }
    addCosts()
  }

  private mutating func addCosts() {
    costs = [Int](repeating: 0, count: runs.count)
    var cost = 0
    for index in runs.indices.reversed() {
      cost += runs[index].saving * (runs[index].end - (index > 0 ? runs[index - 1].end : 0))
      costs[index] = cost
    }
  }

  /// The highest level that is used.
  package var top: Int { runs.last?.end ?? 0 }

  /// How many levels save more than something.
  func count(savingMoreThan cost: Int) -> Int {
    var count = 0
    for run in runs {
      guard run.saving > cost else { break }
      count = run.end
    }
    return count
  }

  /// What a level saves, counted from 1; nothing behind the highest.
  func saving(of level: Int) -> Int {
    guard level >= 1, level <= top else { return level < 1 ? .max : 0 }
    var (low, high) = (0, runs.count - 1)
    while low < high {
      let middle = (low + high) / 2
      if runs[middle].end >= level { high = middle } else { low = middle + 1 }
    }
    return runs[low].saving
  }

  /// What is left to pay when some levels are covered.
  func cost(beyond covered: Int) -> Int {
    guard covered < top else { return 0 }
    // The run of the lowest level that is not covered.
    var (low, high) = (0, runs.count - 1)
    while low < high {
      let middle = (low + high) / 2
      if runs[middle].end > covered { high = middle } else { low = middle + 1 }
    }
    let start = low > 0 ? runs[low - 1].end : 0
    return costs[low] - runs[low].saving * (covered - start)
  }
}

/// What a slot needs beyond what is held.
struct SlotNeed: Hashable {
  var net: Int
  /// Of it, what may be spot.
  var spot: Int
}

extension MixProblem {
  /// What each slot needs beyond what is held.
  var needs: [SlotNeed] {
    let held = heldUnits(held, slots: demand.count, slotHours: slotHours)
    return zip(demand, held).map { demand, held in
      let net = max(0, demand - held)
      return SlotNeed(net: net, spot: min(net, spot.most(of: demand)))
    }
  }
}

/// Units that are held in each slot; a sum beyond `Int` is its greatest value.
func heldUnits(_ held: [HeldUnits], slots: Int, slotHours: Int) -> [Int] {
  var units = [Int](repeating: 0, count: slots)
  for commitment in held {
    // The last slot that starts before the end.
    let end = commitment.until == 0 ? 0 : min(slots, (commitment.until - 1) / slotHours + 1)
    for slot in 0..<end {
      let (sum, overflow) = units[slot].addingReportingOverflow(commitment.units)
      units[slot] = overflow ? .max : sum
    }
  }
  return units
}
