// What covering each unit of a pool saves, from where in the demand of each state a price falls.
//
// The parts of demand up to a threshold n are worth a price more than those beyond it, so level l, which covers the
// parts from (l - 1) × parts to l × parts, saves price × what of them is below n. The price may be less than nothing: parts
// below are then worth less than those above.

/// Levels of a pool in a segment, gathered state by state.
struct AccountLevels {
  private let parts: Int
  /// By how much the saving falls behind each level; one of no use stands for level 0.
  private var drops: [Int]
  private var sparse: [(level: Int, drop: Int)] = []
  private let isDense: Bool

  /// - Parameter top: the highest level that can be.
  /// - Parameter states: how many thresholds may be added.
  init(parts: Int, top: Int, states: Int) {
    self.parts = parts
    isDense = top <= 4 * states + 1024
    drops = [Int](repeating: 0, count: isDense ? top + 2 : 0)
  }

  /// Parts below a threshold are worth so much more.
  /// - Parameter price: of a part, times the weight of the state.
  mutating func add(below threshold: Int, price: Int) {
    let (level, rest) = threshold.quotientAndRemainder(dividingBy: parts)
    if isDense {
      drops[level] += price * (parts - rest)
      drops[level + 1] += price * rest
    } else {
      sparse.append((level, price * (parts - rest)))
      if rest > 0 { sparse.append((level + 1, price * rest)) }
    }
  }

  /// The levels, their savings made whole by a function that does not fall.
  ///
  /// Where a saving would rise from level to level, because the highest parts are worth more, levels share their mean: what
  /// is left to pay is then the greatest convex function that is nowhere more than it was.
  func levels(_ whole: (Int) -> Int) -> DemandLevels {
    var runs: [(end: Int, sum: Int128)] = []
    let falls = isDense ? drops.enumerated().map { ($0.offset, $0.element) } : merged
    var saving = falls.reduce(0) { $1.0 > 0 ? $0 + $1.1 : $0 }
    for (level, drop) in falls where level > 0 && drop != 0 {
      let start = runs.last?.end ?? 0
      var run = (end: level, sum: Int128(saving) * Int128(level - start))
      while let last = runs.last, isLess(last, since: runs.dropLast().last?.end ?? 0, than: run) {
        run.sum += last.sum
        runs.removeLast()
      }
      runs.append(run)
      saving -= drop
    }
    var start = 0
    return DemandLevels(
      runs: runs.map { run in
        defer { start = run.end }
        return DemandLevels.Run(end: run.end, saving: whole(Int(run.sum / Int128(run.end - start))))
      })
  }

  /// True when the mean of a run is less than that of the one behind it.
  private func isLess(_ run: (end: Int, sum: Int128), since start: Int, than next: (end: Int, sum: Int128)) -> Bool {
    run.sum * Int128(next.end - run.end) < next.sum * Int128(run.end - start)
  }

  private var merged: [(Int, Int)] {
    var merged: [(Int, Int)] = []
    for (level, drop) in sparse.sorted(by: { $0.level < $1.level }) {
      if let last = merged.last, last.0 == level {
        merged[merged.count - 1].1 += drop
      } else {
        merged.append((level, drop))
      }
    }
    return merged
  }
}
