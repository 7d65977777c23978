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
    var points: [(x: Double, y: Double)] = []
    for place in 0..<2_000 {
      let (user, above) = (place + 1, place % 200 * (place / 200 + 1))
      points.append((x: Double(user), y: Double(user + above)))
    }
    points.reverse()
    let levels: [LoadMargin] = LoadMargin.levels(points, at: Self.percentile) { $0 }
    for (place, level) in levels.enumerated() {
      #expect(level == LoadMargin(users: Double(place * 200 + 101), above: Double(198 * (place + 1))))
    }
    #expect(levels.count == 10)
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
    var points: [(x: Double, y: Double)] = []
    for place in 0..<400 { points.append((x: 100, y: Double(100 + place % 7))) }
    #expect(LoadMargin.levels(points, at: Self.percentile) { $0 } == [LoadMargin(users: 100, above: 6)])
  }
}
