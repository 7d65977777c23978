import Testing

@testable import Solvers

@Suite struct DualSimplexTests {
  @Test("Rows that nothing fulfils have multipliers that show it")
  func impossible() throws {
    // z1 + z2 is to be at least 3, and each at most 1: the sum of all rows asks 0 to be at least 1.
    let rows: [(coefficients: [Double], least: Double)] = [([1, 1], 3), ([-1, 0], -1), ([0, -1], -1)]
    var programme = DualSimplex(costs: [1, 2])
    for row in rows { programme.add(row.coefficients, atLeast: row.least) }
    let isSolved = programme.solve()
    #expect(!isSolved)
    let weights = try #require(programme.impossibility)
    #expect(weights.allSatisfy { $0 >= 0 })
    for column in 0..<2 {
      let sum = zip(weights, rows).reduce(0) { $0 + $1.0 * $1.1.coefficients[column] }
      #expect(sum < 1e-9)
    }
    #expect(abs(zip(weights, rows).reduce(0) { $0 + $1.0 * $1.1.least } - 1) < 1e-9)
  }

  @Test("Rows that can be fulfilled have none")
  func possible() {
    var programme = DualSimplex(costs: [1, 2])
    programme.add([1, 1], atLeast: 2)
    let isSolved = programme.solve()
    #expect(isSolved && programme.impossibility == nil && programme.solution == [2, 0])
  }
}
