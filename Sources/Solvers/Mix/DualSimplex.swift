// The dual simplex method on a small dense dictionary.
//
//   min c z  with  A z >= b, z >= 0, c >= 0
//
// z = 0 is dual feasible, so rows can be added at any time. Binary floating point: the result guides a search and
// proves nothing; `MultiBox` makes an exact bound of its multipliers.
// Source: Chvátal, "Linear Programming", 1983, chapter 10.

/// A linear programme that grows by rows.
struct DualSimplex {
  private static let tolerance = 1e-9

  private let columns: Int
  /// For each row what its basic variable is: a constant and a coefficient for each nonbasic one.
  private var dictionary: [[Double]] = []
  /// The same of the objective.
  private var objective: [Double]
  /// Variables by number: first those of the programme, then the slack of each row.
  private var basic: [Int] = []
  private var nonbasic: [Int]
  /// Numbers of the dictionary that were worked out so far.
  private(set) var work = 0
  /// The row that nothing can fulfil, when solving has shown it.
  private var impossible: Int?

  init(costs: [Double]) {
    columns = costs.count
    objective = [0] + costs
    nonbasic = Array(0..<costs.count)
  }

  /// Adds `coefficients × z >= least`.
  mutating func add(_ coefficients: [Double], atLeast least: Double) {
    var row = [Double](repeating: 0, count: columns + 1)
    row[0] = -least
    for (position, variable) in nonbasic.enumerated() where variable < columns {
      row[position + 1] = coefficients[variable]
    }
    for (position, variable) in basic.enumerated() where variable < columns && coefficients[variable] != 0 {
      for index in 0...columns { row[index] += coefficients[variable] * dictionary[position][index] }
      work += columns
    }
    basic.append(columns + dictionary.count)
    dictionary.append(row)
  }

  /// False when no z fulfils all rows, or none was found in a number of steps that suffices but for cycles.
  mutating func solve() -> Bool {
    for _ in 0..<(200 + 20 * dictionary.count) {
      var row = -1
      var worst = -Self.tolerance
      for index in dictionary.indices where dictionary[index][0] < worst {
        (row, worst) = (index, dictionary[index][0])
      }
      guard row >= 0 else { return true }
      guard let column = entering(row) else {
        impossible = row
        return false
      }
      pivot(row, column)
    }
    return false
  }

  private func entering(_ row: Int) -> Int? {
    var best: Int?
    var least = Double.infinity
    for column in 1...columns where dictionary[row][column] > Self.tolerance {
      let ratio = objective[column] / dictionary[row][column]
      if ratio < least { (best, least) = (column, ratio) }
    }
    return best
  }

  private mutating func pivot(_ row: Int, _ column: Int) {
    work += dictionary.count * columns
    let factor = 1 / dictionary[row][column]
    var solved = dictionary[row].map { -$0 * factor }
    solved[column] = factor
    dictionary[row] = solved
    swap(&basic[row], &nonbasic[column - 1])
    for index in dictionary.indices where index != row { Self.substitute(solved, column, into: &dictionary[index]) }
    Self.substitute(solved, column, into: &objective)
  }

  @inline(__always)
  private static func substitute(_ solved: [Double], _ column: Int, into target: inout [Double]) {
    let factor = target[column]
    guard factor != 0 else { return }
    target[column] = 0
    for index in target.indices { target[index] += factor * solved[index] }
  }

  /// z.
  var solution: [Double] {
    var values = [Double](repeating: 0, count: columns)
    for (position, variable) in basic.enumerated() where variable < columns {
      values[variable] = dictionary[position][0]
    }
    return values
  }

  /// Where no z fulfils all rows, multipliers of the rows that show it: by them no z makes up for what is asked, which is 1 more
  /// than nothing (Farkas). Nil where that was not shown.
  var impossibility: [Double]? {
    guard let impossible, dictionary[impossible][0] < 0 else { return nil }
    let scale = -1 / dictionary[impossible][0]
    var values = [Double](repeating: 0, count: dictionary.count)
    if basic[impossible] >= columns { values[basic[impossible] - columns] = scale }
    for (position, variable) in nonbasic.enumerated() where variable >= columns {
      values[variable - columns] = max(0, -dictionary[impossible][position + 1] * scale)
    }
    return values
  }

  /// The multiplier of each row, in the order they were added.
  var multipliers: [Double] {
    var values = [Double](repeating: 0, count: dictionary.count)
    for (position, variable) in nonbasic.enumerated() where variable >= columns {
      values[variable - columns] = max(0, objective[position + 1])
    }
    return values
  }
}
