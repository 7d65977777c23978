import Model
import Solvers
import TestSupport
import Testing

@Suite struct PercentileTests {
  @Test("p99.5 is neither p99 nor the maximum")
  func between() {
    // Of 1 ... 1000: ceil(0.99 × 1000) = 990, ceil(0.995 × 1000) = 995.
    let values = (1...1000).map(Double.init)
    #expect(percentile(decimal("99"), of: values) == 990)
    #expect(percentile(decimal("99.5"), of: values) == 995)
    #expect(percentile(decimal("100"), of: values) == 1000)
    #expect(percentile(decimal("0"), of: values) == 1)
  }

  @Test(
    "The rank is exact where binary fractions would overshoot",
    arguments: [
      // 0.56 × 25 is 14.000000000000002 in binary, 0.07 × 100 is 7.000000000000001; both are whole numbers.
      ("56", 25, 14), ("7", 100, 7), ("99.5", 200, 199), ("99.5", 201, 200), ("99.9", 1000, 999),
      ("99.99", 10_000, 9999),
      ("50", 1, 1), ("50", 2, 1), ("50", 3, 2), ("0.001", 5, 1),
    ])
  func exactRank(p: String, count: Int, rank: Int) { #expect(percentileRank(decimal(p), count: count) == rank) }

  @Test("A percentile is the smallest sample with at least that share at or below it", arguments: 0..<200)
  func definition(seed: Int) throws {
    var random = SplitMix64(seed: seed)
    let values = (0..<random.number(1...60)).map { _ in Double(random.number(0...30)) }
    let p = ScaledDecimal(mantissa: random.number(0...1000), scale: 1)
    let found = try #require(percentile(p, of: values))
    // count(≤ x) / n ≥ p / 1000, multiplied out.
    let enough = { (x: Double) in values.count { $0 <= x } * 1000 >= Int(p.mantissa) * values.count }
    #expect(values.filter(enough).min() == found)
  }

  @Test("A percentile is an observed value, never an interpolation", arguments: 0..<50)
  func observed(seed: Int) throws {
    var random = SplitMix64(seed: seed)
    let values = (0..<random.number(1...20)).map { _ in Double.random(in: 0...100, using: &random) }
    #expect(values.contains(try #require(percentile(decimal("99.5"), of: values))))
  }

  @Test("No samples have no percentile")
  func empty() { #expect(percentile(decimal("50"), of: []) == nil) }
}
