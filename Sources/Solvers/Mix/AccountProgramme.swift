// The relaxation of a box: purchases may be fractions, and what a segment costs is the highest of some cuts.
//
// Columns are what the box leaves open, and what each segment costs. A cut is added where the solution lies below it, until
// none is missing: Kelley, "The cutting-plane method for solving convex programs", Journal of the Society for Industrial
// and Applied Mathematics 8(4), 1960. Money is in units of a plan's cost, so that numbers are near 1.

import Model

/// A linear programme for a box, which learns cuts.
struct AccountProgramme {
  private enum Row { case cut(Int, segment: Int), budget, group(Int, sign: Int128), column }

  private let bounds: AccountBounds
  /// Grains.
  private let unit: Double
  /// Columns that the box leaves open.
  private let open: [Int]
  /// Columns of which a box holds some in any case.
  private let held: [Int]
  private let box: AccountBox
  private var programme: DualSimplex
  private var rows: [Row] = []

  /// - Parameter cuts: all that are known; those of the box are in the programme.
  /// - Parameter unit: grains, at least 1.
  init(_ box: AccountBox, _ bounds: AccountBounds, _ cuts: AccountCuts, unit: Double) {
    self.box = box
    self.bounds = bounds
    self.unit = unit
    open = box.columns.indices.filter { box.columns[$0].count > 1 }
    held = box.columns.indices.filter { box.columns[$0].lowerBound > 0 }
    let all = bounds.columns.columns
    let segments = bounds.model.time.segments.count
    programme = DualSimplex(
      costs: open.map { Double(all[$0].arc.cost) / unit } + [Double](repeating: 1, count: segments))
    addBudget(segments)
    for (index, group) in bounds.columns.groups.enumerated() { addGroup(index, group) }
    for (place, column) in open.enumerated() {
      let most = box.columns[column].count - 1
      guard most < all[column].most else { continue }
      var row = [Double](repeating: 0, count: open.count + segments)
      row[place] = -1
      add(row, atLeast: -Double(most), .column)
    }
    for index in box.cuts { add(index, cuts) }
  }

  private mutating func add(_ coefficients: [Double], atLeast least: Double, _ row: Row) {
    programme.add(coefficients, atLeast: least)
    rows.append(row)
  }

  private mutating func addBudget(_ segments: Int) {
    let all = bounds.columns.columns
    guard let budget = bounds.model.budget, open.contains(where: { all[$0].cash > 0 }) else { return }
    let scale = Double(max(1, budget))
    let spent = all.indices.reduce(0.0) { $0 + Double(all[$1].cash) * Double(box.columns[$1].lowerBound) }
    add(
      open.map { -Double(all[$0].cash) / scale } + [Double](repeating: 0, count: segments),
      atLeast: (spent - Double(budget)) / scale, .budget)
  }

  private mutating func addGroup(_ index: Int, _ group: [Int]) {
    let (low, high) = group.reduce((0, 0)) {
      ($0.0 + box.columns[$1].lowerBound, $0.1 + box.columns[$1].upperBound)
    }
    let members = Set(group)
    let row = open.map { members.contains($0) ? 1.0 : 0 } + bounds.model.time.segments.map { _ in 0 }
    let range = box.groups[index]
    if range.lowerBound > low { add(row, atLeast: Double(range.lowerBound - low), .group(index, sign: 1)) }
    if range.upperBound < high {
      add(row.map { -$0 }, atLeast: Double(low - range.upperBound), .group(index, sign: -1))
    }
  }

  /// Adds a cut by its number.
  mutating func add(_ index: Int, _ cuts: AccountCuts) {
    let (cut, line) = (cuts.all[index], cuts.lines[index])
    let all = bounds.columns.columns
    var row = open.map { column in
      all[column].arc.window.segments.contains(cut.segment) ? line.slopes[all[column].block] / unit : 0
    }
    row += bounds.model.time.segments.indices.map { $0 == cut.segment ? 1 : 0 }
    let held = held.reduce(line.constant) { sum, column in
      guard all[column].arc.window.segments.contains(cut.segment) else { return sum }
      return sum - line.slopes[all[column].block] * Double(box.columns[column].lowerBound)
    }
    add(row, atLeast: held / unit, .cut(index, segment: cut.segment))
  }

  /// False when the box is empty, or the programme could not be solved.
  mutating func solve() -> Bool {
    // Beyond 10^15 a number is none of ours but a failure of the arithmetic; not a number is not less than it either.
    programme.solve() && programme.solution.allSatisfy { abs($0) < 1e15 }
  }

  /// Numbers that were worked out so far.
  var work: Int { programme.work + rows.count * open.count }

  struct Solution {
    /// Of each column how many.
    var counts: [Double]
    /// What each segment costs, in units.
    var costs: [Double]
  }

  var solution: Solution {
    let values = programme.solution
    var counts = box.columns.map { Double($0.lowerBound) }
    for (place, column) in open.enumerated() { counts[column] += values[place] }
    return Solution(counts: counts, costs: Array(values[open.count...]))
  }

  /// The multipliers, as a bound takes them.
  var multipliers: AccountMultipliers { multipliers(programme.multipliers) }

  /// Those by which an empty box costs more than twice the unit; nil where it was not shown to be empty.
  var impossibility: AccountMultipliers? {
    programme.impossibility.map { multipliers($0.map { 2 * $0 }) }
  }

  private func multipliers(_ values: [Double]) -> AccountMultipliers {
    let one = Int128(1) << AccountBounds.scale
    let grain = unit * Double(one)
    var result = AccountMultipliers()
    var left = [Int128](repeating: one, count: bounds.model.time.segments.count)
    for (row, value) in zip(rows, values) where value > 0 && value.isFinite {
      switch row {
      case .cut(let index, let place):
        let weight = min(left[place], wholeNumber((min(value, 1) * Double(one)).rounded()))
        left[place] -= weight
        result.cuts.append((index, weight))
      case .budget:
        let scale = Double(max(1, bounds.model.budget ?? 1))
        result.cash = wholeNumber((min(value, 1e4) * grain / scale).rounded())
      case .group(let index, let sign):
        result.groups.append((index, sign * wholeNumber((min(value, 1e4) * grain).rounded())))
      case .column: break
      }
    }
    return result
  }
}
