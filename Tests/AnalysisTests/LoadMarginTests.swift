import Model
import Testing

@testable import Analysis

/// How far above its line a load is, level by level.
@Suite struct LoadMarginTests {
  private static let percentile = ScaledDecimal(mantissa: 99, scale: 0)

  @Test("Of ten parts of the intervals each has the percentile of its own residuals")
  func levels() {
    // 2,000 intervals of 1 to 2,000 users, ten parts of 200. In the k-th part the i-th interval is i x k above the line, i from 0
    // to 199: of 200 the 99th percentile is the ceil(0.99 x 201) = 199th smallest, 198 k.
    let points = (0..<2_000).map { place -> (x: Double, y: Double) in
      (Double(place + 1), Double(place + 1) + Double(place % 200) * Double(place / 200 + 1))
    }
    let levels = LoadMargin.levels(points.reversed(), at: Self.percentile) { $0 }
    #expect(levels.map(\.above) == (1...10).map { 198 * Double($0) })
    #expect(levels.map(\.users) == (0..<10).map { Double($0 * 200 + 101) })
  }

  @Test("What is below the line is no margin, few intervals are one level, and of none there is none")
  func edges() {
    #expect(LoadMargin.levels([], at: Self.percentile) { $0 }.isEmpty)
    let below = LoadMargin.levels([(1, 0), (2, 1), (3, 2)], at: Self.percentile) { $0 }
    #expect(below == [LoadMargin(users: 2, above: 0)])
    // Of three intervals the 99th percentile is the highest: ceil(0.99 x 4) = 4 is beyond them.
    let few = LoadMargin.levels([(1, 1), (2, 5), (3, 4)], at: Self.percentile) { $0 }
    #expect(few == [LoadMargin(users: 2, above: 3)])
  }

  @Test("Levels of the same users are one, with the larger margin")
  func sameUsers() {
    let points = (0..<400).map { place -> (x: Double, y: Double) in (100, 100 + Double(place % 7)) }
    #expect(LoadMargin.levels(points, at: Self.percentile) { $0 } == [LoadMargin(users: 100, above: 6)])
  }
}
