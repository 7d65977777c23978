import Analysis
import TestSupport
import Testing

@testable import Advice

/// What is carried of a load with so many users: its line, and what it was above that.
@Suite struct LoadCurveTests {
  private let line = UserLine(base: 10, perUser: 0.1)
  private var curve: LoadCurve {
    LoadCurve(line, [LoadMargin(users: 100, above: 5), LoadMargin(users: 200, above: 9)])
  }

  @Test("Between two levels it is straight, below the first the same above the line, beyond the last as many times it")
  func byHand() {
    // The line is 20 at 100 users and 30 at 200: the knots are 25 and 39.
    #expect(curve.at(100) == 25 && curve.at(200) == 39 && curve.at(150) == 32)
    // At 0 users 10 + 5; at 700 the line is 80, times 39 / 30.
    #expect(curve.at(0) == 15 && abs(curve.at(700) - 104) < 1e-9)
  }

  @Test("Without margins, and where the line is nothing, it is the line")
  func lineAlone() {
    #expect(LoadCurve(line, []).at(300) == 40 && LoadCurve(line, []).users(making: 40) == 300)
    let nothing = LoadCurve(UserLine(perUser: 0), [LoadMargin(users: 10, above: 3)])
    #expect(nothing.at(10) == 0 && nothing.users(making: 1) == nil)
  }

  @Test("More users never make less, whatever was above the line at other numbers of them", arguments: 0..<40)
  func monotone(seed: Int) {
    var random = SplitMix64(seed: seed)
    let line = UserLine(
      base: Double(Int.random(in: 0...5, using: &random)), perUser: Double(Int.random(in: 1...30, using: &random)) / 100
    )
    var users = 0.0
    let margins = (0..<Int.random(in: 1...10, using: &random)).map { _ -> LoadMargin in
      users += Double(Int.random(in: 1...200, using: &random))
      return LoadMargin(users: users, above: Double(Int.random(in: 0...80, using: &random)))
    }
    let curve = LoadCurve(line, margins)
    var before = -1.0
    for count in stride(from: 0.0, through: 3_000, by: 7) {
      let amount = curve.at(count)
      #expect(amount >= before && amount >= line.at(count) - 1e-9)
      before = amount
      // As many users as make no more than this are these, or more where it is flat.
      let most = curve.users(making: amount) ?? -1
      #expect(most >= count - 1e-6 && curve.at(most) <= amount + 1e-6)
    }
    #expect(curve.users(making: -1) == 0)
  }
}
