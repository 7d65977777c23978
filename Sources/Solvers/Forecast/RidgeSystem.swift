// Least squares with a penalty on the coefficients, from sums that grow row by row:
//
//   β = (XᵀX + λ n I)⁻¹ Xᵀy, the last feature, the constant, without penalty
//
// Hoerl and Kennard, "Ridge regression", Technometrics 12(1), 1970. Solved by Cholesky's decomposition.

/// The normal equations of a regression.
struct RidgeSystem: Sendable {
  let width: Int
  /// The lower half of XᵀX and more, row after row, four columns together: sums of all rows are most of the work.
  private var squares: [SIMD4<Double>]
  private var products: [SIMD4<Double>]
  private var blocks: Int { products.count }

  init(width: Int) {
    self.width = width
    let blocks = (width + 3) / 4
    squares = [SIMD4<Double>](repeating: .zero, count: width * blocks)
    products = [SIMD4<Double>](repeating: .zero, count: blocks)
  }

  /// Adds an observation.
  /// - Parameter row: as many features as the width, the last of them 1.
  mutating func add(_ row: [Double], target: Double) {
    let blocks = blocks
    var columns = [SIMD4<Double>](repeating: .zero, count: blocks)
    for index in row.indices { columns[index / 4][index % 4] = row[index] }
    columns.withUnsafeBufferPointer { columns in
      squares.withUnsafeMutableBufferPointer { squares in
        for first in 0..<width {
          let (factor, start) = (SIMD4(repeating: row[first]), first * blocks)
          for block in 0..<first / 4 + 1 { squares[start + block] += factor * columns[block] }
        }
      }
    }
    for block in 0..<blocks { products[block] += columns[block] * target }
  }

  /// Makes what was added so far weigh less.
  mutating func fade(_ factor: Double) {
    for index in squares.indices { squares[index] *= factor }
    for index in products.indices { products[index] *= factor }
  }

  /// The coefficients, of features of about unit size.
  func coefficients(ridge: Double) -> [Double] {
    var factor = (0..<width * width).map { place in
      squares[place / width * blocks + place % width / 4][place % width % 4]
    }
    let rows = max(1, factor[width * width - 1])
    for index in 0..<width { factor[index * width + index] += (index + 1 == width ? 1e-9 : ridge) * rows }
    var solution = (0..<width).map { products[$0 / 4][$0 % 4] }
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
