// Least squares with a penalty on the coefficients, from sums that grow row by row:
//
//   β = (XᵀX + λ n I)⁻¹ Xᵀy, the last feature, the constant, without penalty
//
// Hoerl and Kennard, "Ridge regression", Technometrics 12(1), 1970. Solved by Cholesky's decomposition.

/// The normal equations of a regression.
struct RidgeSystem: Sendable {
  let width: Int
  /// The lower half of XᵀX, row after row.
  private var squares: [Double]
  private var products: [Double]

  init(width: Int) {
    self.width = width
    squares = [Double](repeating: 0, count: width * width)
    products = [Double](repeating: 0, count: width)
  }

  /// Adds an observation.
  /// - Parameter row: as many features as the width, the last of them 1.
  mutating func add(_ row: [Double], target: Double) {
    let width = width
    row.withUnsafeBufferPointer { row in
      squares.withUnsafeMutableBufferPointer { squares in
        for first in 0..<width {
          let (factor, start) = (row[first], first * width)
          for second in 0...first { squares[start + second] += factor * row[second] }
        }
      }
    }
    for feature in 0..<width { products[feature] += row[feature] * target }
  }

  /// Makes what was added so far weigh less.
  mutating func fade(_ factor: Double) {
    for index in squares.indices { squares[index] *= factor }
    for index in products.indices { products[index] *= factor }
  }

  /// The coefficients, of features of about unit size.
  func coefficients(ridge: Double) -> [Double] {
    var factor = squares
    let rows = max(1, squares[width * width - 1])
    for index in 0..<width { factor[index * width + index] += (index + 1 == width ? 1e-9 : ridge) * rows }
    var solution = products
    factor.withUnsafeMutableBufferPointer { factor in
      solution.withUnsafeMutableBufferPointer { solution in
        decompose(factor)
        substitute(factor, solution)
      }
    }
    return solution
  }

  private func decompose(_ factor: UnsafeMutableBufferPointer<Double>) {
    for row in 0..<width {
      for column in 0...row {
        var sum = factor[row * width + column]
        for index in 0..<column { sum -= factor[row * width + index] * factor[column * width + index] }
        let isDiagonal = row == column
        factor[row * width + column] = isDiagonal ? max(sum, 1e-12).squareRoot() : sum / factor[column * width + column]
      }
    }
  }

  private func substitute(
    _ factor: UnsafeMutableBufferPointer<Double>, _ solution: UnsafeMutableBufferPointer<Double>
  ) {
    for row in 0..<width {
      for index in 0..<row { solution[row] -= factor[row * width + index] * solution[index] }
      solution[row] /= factor[row * width + row]
    }
    for row in stride(from: width - 1, through: 0, by: -1) {
      for index in stride(from: row + 1, to: width, by: 1) {
        solution[row] -= factor[index * width + row] * solution[index]
      }
      solution[row] /= factor[row * width + row]
    }
  }
}
