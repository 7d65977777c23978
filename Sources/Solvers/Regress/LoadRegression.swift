// What one of each of several kinds causes, from a load and how many of each there were:
//
//   load(t) = Σ weight(k) × number(k, t) + error(t), weights of 0 and more, no constant
//
// by least squares, an observation weighing 1 / max(all(t), a fifth of their mean)²: loads err in proportion. Observations more
// than 6 × 1.4826 × the median size of the errors off are left out and the rest is fitted again, as long as they are 2 % at
// most: what bots or a job do is not caused by those who are counted. A kind whose weight would be below 0 has 0.
//
// Intervals are of Student's distribution with the days less one as degrees of freedom, and of variances that take errors of
// one day to depend on each other in whatever way:
//
//   A⁻¹ (Σ over days of g gᵀ) A⁻¹ × days / (days - 1), A = Σ w x xᵀ, g = Σ within the day of w x error
//
// Liang and Zeger, "Longitudinal data analysis using generalized linear models", Biometrika 73(1), 1986.

/// A load beside the numbers of those who may cause it.
package struct LoadRegression: Sendable {
  /// A weight, and between what it lies.
  package struct Weight: Hashable, Sendable {
    package var value: Double
    package var lower, upper: Double
  }

  /// By kind.
  package let weights: [Weight]
  /// The share of the load's variance that the weights explain, of what was not left out; at most 1.
  package let explained: Double
  /// Days of which anything is.
  package let days: Int

  private static let outlierLimit = 6 * 1.4826
  private static let mostOutliers = 0.02

  /// - Parameters:
  ///   - load: in steps of equal length; nil where it is not known.
  ///   - numbers: by kind, as many steps each.
  ///   - stepsPerDay: at least 1.
  ///   - level: percent that the intervals are to hold, from 50 to 99.
  /// - Returns: nil where kinds cannot be told apart at all, and of fewer than four days.
  package init?(load: [Double?], numbers: [[Double?]], stepsPerDay: Int, level: Int) {
    guard !numbers.isEmpty else { return nil }
    var rows = Self.rows(load, numbers, stepsPerDay)
    guard var fit = LoadFit(rows, kinds: Array(numbers.indices)) else { return nil }
    let errors = rows.indices.map { abs(fit.error(rows, $0)) * rows.roots[$0] }
    let limit = Self.outlierLimit * errors.sorted()[errors.count / 2]
    let kept = rows.filter { errors[$0] <= limit }
    if kept.count < rows.count, Double(rows.count - kept.count) <= Self.mostOutliers * Double(rows.count),
      let again = LoadFit(kept, kinds: Array(numbers.indices))
    {
      (rows, fit) = (kept, again)
    }
    guard let deviations = fit.deviations(rows) else { return nil }
    days = Set(rows.days).count
    guard days >= 4 else { return nil }
    let width = studentQuantile(probability: 0.5 + Double(level) / 200, freedom: Double(days - 1))
    let least = Self.withoutNegatives(fit, rows)
    weights = numbers.indices.map { kind in
      let (own, half) = (least.weights[kind], width * deviations[kind])
      // Of numbers that fit exactly what is left is rounding.
      let margin = half + 1e-9 * abs(own)
      let upper = own > 0 ? own + margin : max(0, fit.weights[kind] + margin)
      return Weight(value: own, lower: max(0, own - margin), upper: upper)
    }
    explained = Self.explained(least, rows)
  }

  private static func rows(_ load: [Double?], _ numbers: [[Double?]], _ stepsPerDay: Int) -> LoadRows {
    var rows = LoadRows(kinds: numbers.count)
    for (step, load) in load.enumerated() {
      guard let load else { continue }
      rows.append(load, day: step / max(1, stepsPerDay)) {
        numbers[$0].indices.contains(step) ? numbers[$0][step] : nil
      }
    }
    rows.weigh()
    return rows
  }

  /// The same without the kinds whose weight would be below 0, the lowest first.
  private static func withoutNegatives(_ fit: LoadFit, _ rows: LoadRows) -> LoadFit {
    var fit = fit
    while let lowest = fit.kinds.min(by: { fit.weights[$0] < fit.weights[$1] }), fit.weights[lowest] < 0 {
      let left = fit.kinds.filter { $0 != lowest }
      guard let next = LoadFit(rows, kinds: left) else { return fit.floored }
      fit = next
    }
    return fit
  }

  private static func explained(_ fit: LoadFit, _ rows: LoadRows) -> Double {
    let mean = rows.loads.reduce(0, +) / Double(rows.count)
    let all = rows.loads.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let left = rows.indices.reduce(0.0) { sum, row in
      let error = fit.error(rows, row)
      return sum + error * error
    }
    return all > 0 ? max(0, 1 - left / all) : left <= 1e-12 * mean * mean * Double(rows.count) ? 1 : 0
  }
}

/// What was seen in each step, in arrays of its own: a month has thousands, of which each would have one.
private struct LoadRows: Sendable {
  let kinds: Int
  private(set) var loads: [Double] = []
  private(set) var days: [Int] = []
  /// Of what each weighs.
  private(set) var roots: [Double] = []
  /// How many of each kind, row by row.
  private var numbers: [Double] = []

  init(kinds: Int) { self.kinds = kinds }

  var count: Int { loads.count }
  var indices: Range<Int> { loads.indices }

  @inline(__always)
  func number(_ row: Int, _ kind: Int) -> Double { numbers[row * kinds + kind] }

  func all(_ row: Int) -> Double { numbers[row * kinds..<(row + 1) * kinds].reduce(0, +) }

  /// One more, where all kinds are known and any of them was there.
  mutating func append(_ load: Double, day: Int, _ number: (_ kind: Int) -> Double?) {
    let start = numbers.count
    var isAny = false
    for kind in 0..<kinds {
      guard let own = number(kind) else { return numbers.removeLast(numbers.count - start) }
      numbers.append(own)
      isAny = isAny || own > 0
    }
    guard isAny else { return numbers.removeLast(kinds) }
    loads.append(load)
    days.append(day)
    roots.append(1)
  }

  /// Loads err in proportion, of few users as of a fifth of their mean.
  mutating func weigh() {
    let sums = indices.map { all($0) }
    let mean = sums.reduce(0, +) / Double(max(1, count))
    roots = sums.map { 1 / max($0, mean / 5) }
  }

  /// Of something of each row, as it weighs.
  @inline(__always)
  func sum(_ value: (_ row: Int) -> Double) -> Double {
    var sum = 0.0
    for row in indices { sum += roots[row] * roots[row] * value(row) }
    return sum
  }

  func filter(_ isKept: (_ row: Int) -> Bool) -> LoadRows {
    var kept = LoadRows(kinds: kinds)
    for row in indices where isKept(row) {
      kept.loads.append(loads[row])
      kept.days.append(days[row])
      kept.roots.append(roots[row])
      kept.numbers += numbers[row * kinds..<(row + 1) * kinds]
    }
    return kept
  }
}

/// Weights of some kinds, the others being 0.
private struct LoadFit: Sendable {
  let kinds: [Int]
  /// Of all kinds.
  private(set) var weights: [Double]
  /// Of the kinds, row by row.
  private let inverse: [[Double]]

  /// nil where kinds are as good as the same.
  init?(_ rows: LoadRows, kinds: [Int]) {
    self.kinds = kinds
    weights = [Double](repeating: 0, count: rows.kinds)
    guard rows.count > 0 else { return nil }
    var products = [Double](repeating: 0, count: kinds.count)
    var squares = [[Double]](repeating: products, count: kinds.count)
    for (first, kind) in kinds.enumerated() {
      products[first] = rows.sum { rows.number($0, kind) * rows.loads[$0] }
      for second in 0...first {
        squares[first][second] = rows.sum { rows.number($0, kind) * rows.number($0, kinds[second]) }
      }
    }
    for first in kinds.indices { for second in 0..<first { squares[second][first] = squares[first][second] } }
    guard let inverse = inverted(squares) else { return nil }
    self.inverse = inverse
    for (first, kind) in kinds.enumerated() {
      weights[kind] = zip(inverse[first], products).reduce(0) { $0 + $1.0 * $1.1 }
    }
  }

  /// The same with 0 for what is below it.
  var floored: LoadFit {
    var copy = self
    copy.weights = weights.map { max(0, $0) }
    return copy
  }

  @inline(__always)
  func error(_ rows: LoadRows, _ row: Int) -> Double {
    var caused = 0.0
    for kind in weights.indices { caused += weights[kind] * rows.number(row, kind) }
    return rows.loads[row] - caused
  }

  /// Of the weights of all kinds, errors of a day depending on each other; nil unless all kinds are fitted, of two days.
  func deviations(_ rows: LoadRows) -> [Double]? {
    // Rows are in the order of their days.
    var (sums, latest): ([[Double]], Int?) = ([], nil)
    for row in rows.indices {
      if latest != rows.days[row] {
        sums.append([Double](repeating: 0, count: kinds.count))
        latest = rows.days[row]
      }
      let factor = rows.roots[row] * rows.roots[row] * error(rows, row)
      for kind in kinds.indices { sums[sums.count - 1][kind] += factor * rows.number(row, kind) }
    }
    guard sums.count > 1, kinds.count == weights.count else { return nil }
    let scale = Double(sums.count) / Double(sums.count - 1)
    return kinds.indices.map { kind in
      let variance = sums.reduce(0.0) { sum, day in
        let part = zip(inverse[kind], day).reduce(0) { $0 + $1.0 * $1.1 }
        return sum + part * part
      }
      return (variance * scale).squareRoot()
    }
  }
}

/// The inverse of a symmetric matrix by Gauss and Jordan's elimination; nil where it has next to none.
private func inverted(_ matrix: [[Double]]) -> [[Double]]? {
  let size = matrix.count
  // In units of the diagonal, so that kinds of whatever number are alike.
  let scales = (0..<size).map { matrix[$0][$0].squareRoot() }
  guard scales.allSatisfy({ $0 > 0 && $0.isFinite }) else { return nil }
  var rows = (0..<size).map { row in
    (0..<2 * size).map { column in
      column < size ? matrix[row][column] / scales[row] / scales[column] : column - size == row ? 1.0 : 0
    }
  }
  for pivot in 0..<size {
    guard let best = (pivot..<size).max(by: { abs(rows[$0][pivot]) < abs(rows[$1][pivot]) }),
      abs(rows[best][pivot]) > 1e-9
    else { return nil }
    rows.swapAt(pivot, best)
    let own = rows[pivot].map { $0 / rows[pivot][pivot] }
    rows[pivot] = own
    for row in 0..<size where row != pivot {
      let factor = rows[row][pivot]
      if factor != 0 { for column in rows[row].indices { rows[row][column] -= factor * own[column] } }
    }
  }
  return (0..<size).map { row in (0..<size).map { rows[row][size + $0] / scales[row] / scales[$0] } }
}
