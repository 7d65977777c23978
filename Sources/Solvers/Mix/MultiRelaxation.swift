// The relaxation of a box: whole numbers are let go, and the cost of the hours is the highest of some cuts.
//
// Columns are the quanta of each option, the cents of the plan, and the cost of the hours. A cut is added at each
// solution until none is missing there: Kelley, "The cutting-plane method for solving convex programs", Journal of the
// Society for Industrial and Applied Mathematics 8(4), 1960. Money is in units of the bill of all demand on demand, so
// that numbers are near 1.

import Model

/// A linear programme for a box, which learns cuts.
struct MultiRelaxation {
  private let plans: MultiPlans
  private let unit: Double
  private var programme: DualSimplex
  /// What each row is.
  private var rows: [Row] = []

  private enum Row { case cut(Int), budget, box }

  /// - Parameter unit: micro-USD.
  init(_ box: MultiBox, _ plans: MultiPlans, cuts: [MultiCut], unit: Double) {
    self.plans = plans
    self.unit = unit
    let plan = Double(MultiCost.cent * plans.cost.hours) / unit
    programme = DualSimplex(costs: plans.columns.map { Double($0.cost) / unit } + [plan, 1])
    if plans.columns.contains(where: { $0.cash > 0 }) {
      let cash = plans.columns.map { -Double($0.cash) / Double(max(1, plans.budget)) }
      add(cash + [0, 0], atLeast: plans.budget > 0 ? -1 : 0, .budget)
    }
    addBox(box)
    for index in box.cuts { add(cuts[index], index) }
  }

  private mutating func add(_ coefficients: [Double], atLeast least: Double, _ row: Row) {
    programme.add(coefficients, atLeast: least)
    rows.append(row)
  }

  private mutating func addBox(_ box: MultiBox) {
    let count = plans.columns.count + 2
    for (family, range) in plans.byFamily.enumerated() {
      addRange(box.families[family], most: plans.cost.tops[family]) { sign in
        (0..<count).map { range.contains($0) ? sign : 0 }
      }
      for index in range {
        addRange(box.columns[index], most: plans.cost.tops[family]) { sign in (0..<count).map { $0 == index ? sign : 0 }
        }
      }
    }
    addRange(box.cents, most: plans.cost.mostCents) { sign in (0..<count).map { $0 == count - 2 ? sign : 0 } }
  }

  private mutating func addRange(_ range: ClosedRange<Int>, most: Int, _ coefficients: (Double) -> [Double]) {
    if range.lowerBound > 0 { add(coefficients(1), atLeast: Double(range.lowerBound), .box) }
    if range.upperBound < most { add(coefficients(-1), atLeast: -Double(range.upperBound), .box) }
  }

  /// Adds a cut by its number.
  mutating func add(_ cut: MultiCut, _ index: Int) {
    let scale = unit * Double(Int128(1) << plans.cost.cutScale)
    let slopes = plans.columns.map { Double(cut.slopes[$0.family]) / scale }
    add(slopes + [Double(cut.planSlope) / scale, 1], atLeast: Double(cut.constant) / scale, .cut(index))
  }

  /// False when the box is empty, or the programme could not be solved.
  mutating func solve() -> Bool {
    // Beyond 10^15 a number is none of ours but a failure of the arithmetic; not a number is not less than it either.
    programme.solve() && programme.solution.allSatisfy { abs($0) < 1e15 }
  }

  /// Numbers that were worked out so far.
  var work: Int { programme.work }

  /// Quanta of each column; then the cents; then the cost of the hours in units.
  var solution: [Double] { programme.solution }

  /// By how much a cut lies above the cost of the hours in a solution, in units.
  func violation(_ cut: MultiCut, at solution: [Double]) -> Double {
    let scale = unit * Double(Int128(1) << plans.cost.cutScale)
    var value = Double(cut.constant) - Double(cut.planSlope) * solution[plans.columns.count]
    for (count, column) in zip(solution, plans.columns) { value -= Double(cut.slopes[column.family]) * count }
    return value / scale - solution[plans.columns.count + 1]
  }

  /// The multipliers, rounded down to what a bound takes.
  /// - Parameter scale: binary digits of bounds.
  func multipliers(scale: Int) -> MultiMultipliers {
    let one = Double(Int128(1) << MultiBounds.weightScale)
    var result = MultiMultipliers(weights: [], cashPrice: 0)
    var left = Int128(1) << MultiBounds.weightScale
    for (row, value) in zip(rows, programme.multipliers) where value > 0 && value.isFinite {
      switch row {
      case .cut(let index):
        let weight = min(left, Int128((min(value, 1) * one).rounded()))
        left -= weight
        result.weights.append((index, weight))
      case .budget where plans.budget > 0:
        let price = min(value, 1) * unit / Double(plans.budget)
        result.cashPrice = wholeNumber((price * Double(Int128(1) << scale)).rounded())
      case .budget, .box: break
      }
    }
    return result
  }
}
