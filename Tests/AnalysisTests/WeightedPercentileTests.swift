import Analysis
import Foundation
import Model
import Solvers
import TestSupport
import Testing

@Suite struct WeightedPercentileTests {
  private let one: UInt64 = 1 << 32
  private let end = instant("2026-11-01T00:00:00Z")

  @Test(
    "A weight halves with every half-life, and never falls to nothing",
    arguments: [
      // 2^32 × 2^(-age/3600); 2^32/√2 = 3,037,000,499.98; 2^32 × 2^(-3/2) is half of that.
      (0, 1 << 32), (3600, 1 << 31), (7200, 1 << 30), (1800, 3_037_000_500), (5400, 1_518_500_250),
      (32 * 3600, 1), (33 * 3600, 1), (1_000_000 * 3600, 1),
      // After the end nothing weighs more.
      (-3600, 1 << 32),
    ] as [(Int64, UInt64)])
  func halves(age: Int64, weight: UInt64) {
    #expect(DecayingWeights(halfLifeSeconds: 3600, end: end).weight(at: end.advanced(by: -age)) == weight)
  }

  @Test("A weight is 2 to the age in half-lives, to the last place", arguments: 0..<200)
  func formula(seed: Int) {
    var random = SplitMix64(seed: seed)
    let halfLife = random.number(1...5_000_000 as ClosedRange<Int64>)
    let age = random.number(0...halfLife * 20)
    let weight = DecayingWeights(halfLifeSeconds: halfLife, end: end).weight(at: end.advanced(by: -age))
    #expect(abs(Double(weight) - max(1, Double(one) * exp2(-Double(age) / Double(halfLife)))) < 0.51)
  }

  @Test("A later sample never weighs less", arguments: 0..<20)
  func monotonic(seed: Int) {
    var random = SplitMix64(seed: seed)
    let weights = DecayingWeights(halfLifeSeconds: random.number(1...1_000_000), end: end)
    let rising = (0..<2000).map { weights.weight(at: end.advanced(by: Int64($0) - 1990)) }
    #expect(rising == rising.sorted())
  }

  @Test("The newer half of the weight may be a small part of the samples")
  func hand() {
    // Weights 1, 1, 1, 5 in ascending order of value: 3 of 8 are 37.5 %, so anything above that is the last.
    let samples: [(value: Double, weight: UInt64)] = [(40, 5), (10, 1), (30, 1), (20, 1)]
    #expect(weightedPercentile(decimal("37.5"), of: samples) == 30)
    #expect(weightedPercentile(decimal("37.500001"), of: samples) == 40)
    #expect(weightedPercentile(decimal("12.5"), of: samples) == 10)
    #expect(weightedPercentile(decimal("0"), of: samples) == 10)
    #expect(weightedPercentile(decimal("100"), of: samples) == 40)
  }

  @Test("Of equal weights it is the percentile", arguments: 0..<200)
  func equal(seed: Int) {
    var random = SplitMix64(seed: seed)
    let values = (0..<random.number(1...80)).map { _ in Double(random.number(0...40)) }
    let weight = random.number(1...UInt64.max)
    let p = ScaledDecimal(mantissa: random.number(0...100_000), scale: 3)
    #expect(weightedPercentile(p, of: values.map { ($0, weight) }) == percentile(p, of: values))
  }

  @Test("Of whole weights it is the percentile of samples repeated as often", arguments: 0..<200)
  func repeated(seed: Int) {
    var random = SplitMix64(seed: seed)
    let samples = (0..<random.number(1...40)).map { _ in
      (value: Double(random.number(0...30)), weight: random.number(0...9 as ClosedRange<UInt64>))
    }
    let all = samples.flatMap { [Double](repeating: $0.value, count: Int($0.weight)) }
    let p = ScaledDecimal(mantissa: random.number(0...1000), scale: 1)
    #expect(weightedPercentile(p, of: samples) == percentile(p, of: all))
  }

  @Test("Nothing overflows with the largest weights and the finest percentile")
  func large() {
    let samples = (1...1000).map { (value: Double($0), weight: UInt64.max) }
    // p = 50 + 10^-16 of 1000 equal weights is past the 500th.
    #expect(weightedPercentile(ScaledDecimal(mantissa: 500_000_000_000_000_001, scale: 16), of: samples) == 501)
    #expect(weightedPercentile(decimal("50"), of: samples) == 500)
  }

  @Test("Without weight there is no percentile")
  func empty() {
    #expect(weightedPercentile(decimal("50"), of: []) == nil)
    #expect(weightedPercentile(decimal("50"), of: [(1, 0)]) == nil)
  }
}
