import Analysis
import TestSupport
import Testing

@Suite struct TheilSenTrendTests {
  private let hand: [(day: Double, value: Double)] = [(0, 1), (1, 3), (2, 2), (3, 5), (4, 6)]

  @Test("Slope, intercept and interval are those worked by hand")
  func example() throws {
    // Slopes in ascending order: -1, 1/2, 1, 1, 1, 5/4, 4/3, 2, 2, 3; the median is (1 + 5/4)/2 = 1.125.
    // y - 1.125x: 1, 1.875, -0.25, 1.625, 1.5; the median is 1.5.
    // Var S = 5 × 4 × 15 / 18 = 16.67, its root 4.082. At 80 % C = 5.232, (10 - C)/2 = 2.38: the second from either end.
    // At 95 % C = 8.0015, (10 - C)/2 = 0.999: the first, there being no zeroth.
    let trend = try #require(TheilSenTrend(points: hand, confidence: .percent80))
    #expect((trend.slopePerDay, trend.interceptAt0) == (1.125, 1.5))
    #expect((trend.lowerSlope, trend.upperSlope) == (0.5, 2))
    let wider = try #require(TheilSenTrend(points: hand))
    #expect((wider.lowerSlope, wider.upperSlope) == (-1, 3))
  }

  @Test("A level is reached on the day worked by hand")
  func crossing() throws {
    let trend = try #require(TheilSenTrend(points: hand, confidence: .percent80))
    // The line is at 1.5 + 4 × 1.125 = 6 on day 4; 10 is 4 higher: 4/1.125, 4/2 and 4/0.5 days later.
    let days = trend.crossing(of: 10, after: 4)
    #expect(days.expected == 4 + 4 / 1.125)
    #expect((days.earliest, days.latest) == (6, 12))
    // On day 7 only the steepest line is there already.
    let later = trend.crossing(of: 10, after: 7)
    #expect(later.earliest == 7 && later.expected == days.expected && later.latest == 12)
    // 6 and less is reached.
    let reached = trend.crossing(of: 6, after: 4)
    #expect(reached.expected == 4 && reached.earliest == 4 && reached.latest == 4)
  }

  @Test("A line that may be flat has no latest day, one that falls none at all")
  func never() throws {
    let maybe = try #require(TheilSenTrend(points: hand)).crossing(of: 10, after: 4)
    #expect(maybe.latest == nil && maybe.expected != nil && maybe.earliest != nil)
    let falling = try #require(TheilSenTrend(points: (0..<20).map { (Double($0), Double(-$0)) }))
    let days = falling.crossing(of: 1, after: 19)
    #expect(days.expected == nil && days.earliest == nil && days.latest == nil)
  }

  @Test("A quarter of wild points does not move an exact line")
  func outliers() throws {
    // 40 points on 3 + 2x; 10 of them are thrown far up and down. Of 780 slopes the 435 between the others are 2, more than half.
    let points = (0..<40).map { day -> (day: Double, value: Double) in
      let line = 3 + 2 * Double(day)
      return (Double(day), day % 4 == 1 ? line + (day % 8 == 1 ? 100_000 : -100_000) : line)
    }
    let trend = try #require(TheilSenTrend(points: points))
    #expect((trend.slopePerDay, trend.interceptAt0) == (2, 3))
  }

  @Test("Slope and interval are those of all pairs and of all permutations", arguments: 0..<60)
  func bruteForce(seed: Int) {
    var random = SplitMix64(seed: seed)
    // Few days and few values, so that both have ties.
    let points = (0..<random.number(3...6)).map { _ in
      (day: Double(random.number(0...5)), value: Double(random.number(0...4)))
    }
    var slopes: [Double] = []
    for a in points.indices {
      for b in 0..<a where points[a].day != points[b].day {
        slopes.append((points[a].value - points[b].value) / (points[a].day - points[b].day))
      }
    }
    slopes.sort()
    let trend = TheilSenTrend(points: points, confidence: .percent80)
    guard let count = slopes.isEmpty ? nil : slopes.count else {
      #expect(trend == nil)
      return
    }
    #expect(trend?.slopePerDay == (slopes[(count - 1) / 2] + slopes[count / 2]) / 2)
    let spread = 1.281_551_565_5 * varianceOverPermutations(points).squareRoot()
    let below = max(1, Int(((Double(count) - spread) / 2).rounded(.down)))
    #expect(trend?.lowerSlope == slopes[below - 1])
    #expect(trend?.upperSlope == slopes[count - below])
  }

  @Test("Two points and one day have no trend; equal values have a flat one")
  func degenerate() throws {
    #expect(TheilSenTrend(points: [(0, 1), (1, 2)]) == nil)
    #expect(TheilSenTrend(points: [(1, 1), (1, 2), (1, 3)]) == nil)
    let flat = try #require(TheilSenTrend(points: (0..<30).map { (Double($0 / 3), 7) }))
    #expect((flat.slopePerDay, flat.interceptAt0, flat.lowerSlope, flat.upperSlope) == (0, 7, 0, 0))
  }
}

/// The variance of Kendall's S when every order of the values is as likely; its mean is 0.
private func varianceOverPermutations(_ points: [(day: Double, value: Double)]) -> Double {
  var squares = 0
  var orders = 0
  func permute(_ values: [Double], _ rest: [Double]) {
    guard rest.isEmpty else {
      for index in rest.indices {
        var left = rest
        let next = left.remove(at: index)
        permute(values + [next], left)
      }
      return
    }
    var s = 0
    for a in values.indices {
      for b in 0..<a { s += sign(values[a] - values[b]) * sign(points[a].day - points[b].day) }
    }
    squares += s * s
    orders += 1
  }
  permute([], points.map(\.value))
  return Double(squares) / Double(orders)
}

private func sign(_ value: Double) -> Int { value > 0 ? 1 : value < 0 ? -1 : 0 }
