import TestSupport
import Testing

@testable import Solvers

/// The tables of "Configuring how CloudWatch alarms treat missing data" (awsdocs/amazon-cloudwatch-user-guide@b355497,
/// AlarmThatSendsEmail.md): datapoints with the newest last, and the states under missing, ignore, breaching and
/// notBreaching. Where a table says "retain current state", the state before is expected; it is OK once and ALARM once.
@Suite struct AlarmStateTests {
  private static let treatments: [MissingDataTreatment] = [.missing, .ignore, .breaching, .notBreaching]

  private func state(_ points: String, _ rule: AlarmRule, after previous: AlarmState = .insufficientData) -> AlarmState
  {
    var window = AlarmWindow(range: points.count)
    for point in points { window.push(isReal: point != "-", isBreaching: point == "X") }
    return rule.state(of: window, after: previous)
  }

  @Test(
    "M of three datapoints is judged as the tables of the user guide say, with what is missing filled in",
    arguments: [
      (3, "0-X-X", "OOOO"), (3, "0----", "OOOO"), (3, "-----", "IKAO"), (3, "0XX-X", "AAAA"), (3, "--X--", "AKAO"),
      (2, "0-X-X", "AAAA"), (2, "00X0X", "AAAA"), (2, "0-X--", "OOAO"), (2, "----0", "OOAO"), (2, "---X-", "AKAO"),
      // In the editions of 2018-06 and 2019-01 only.
      (3, "----X", "IKAO"), (3, "X----", "AKAO"), (2, "----X", "IKAO"),
    ])
  func tables(needed: Int, points: String, states: String) {
    for (treatment, letter) in zip(Self.treatments, states) {
      for previous in [AlarmState.ok, .alarm] {
        let expected: AlarmState =
          switch letter {
          case "O": .ok
          case "A": .alarm
          case "I": .insufficientData
          default: previous
          }
        let rule = AlarmRule(needed: needed, periods: 3, treatment: treatment)
        #expect(state(points, rule, after: previous) == expected, "\(points) \(treatment)")
      }
    }
  }

  @Test("An alarm does not go off for a breach that is followed by gaps it may still learn of")
  func premature() {
    // The same page, "How alarm state is evaluated when data is missing".
    let rule = AlarmRule(needed: 3, periods: 3, treatment: .missing)
    #expect(state("---X0", rule) == .ok)
    #expect(state("--X-0", rule) == .ok)
    #expect(state("---X-", rule) == .insufficientData)
  }

  @Test("The alarm of the user guide's figure goes off in the fifth period alone")
  func figure() {
    // Threshold 3, three of three: above it in periods three to five, back in the sixth, above it once in the ninth.
    let rule = AlarmRule(needed: 3, periods: 3, treatment: .missing)
    var (window, state, on) = (AlarmWindow(range: 3), AlarmState.insufficientData, [Int]())
    for (index, value) in [2, 2, 4, 4, 4, 2, 2, 2, 4, 2].enumerated() {
      window.push(isReal: true, isBreaching: value > 3)
      state = rule.state(of: window, after: state)
      if state == .alarm { on.append(index + 1) }
    }
    #expect(on == [5])
  }

  @Test("A window of any range counts what a list of its datapoints does")
  func windows() {
    var random = SplitMix64(seed: 20261129)
    for range in [1, 2, 5, 63, 64, 65, 128, 129, 200] {
      var window = AlarmWindow(range: range)
      var points: [Bool?] = []
      for _ in 0..<(3 * range + 20) {
        let point = random.number(0...3) == 0 ? nil : random.coin()
        points.append(point)
        window.push(isReal: point != nil, isBreaching: point == true)
        let seen = Array(points.suffix(range))
        let real = seen.compactMap { $0 }
        #expect(window.realCount == real.count && window.breachingCount == real.count { $0 })
        #expect(window.oldestAge == seen.firstIndex { $0 != nil }.map { seen.count - $0 })
        let newest = random.number(0...real.count)
        #expect(window.breaching(amongNewest: newest) == real.suffix(newest).count { $0 })
        #expect(window.isUniform == (real.count == range && Set(real).count == 1))
      }
    }
  }

  @Test("A cut parts datapoints as the comparison with the threshold does")
  func cuts() {
    var random = SplitMix64(seed: 7)
    for comparison in ThresholdComparison.allCases {
      for _ in 0..<200 {
        let threshold = ExactFraction(random.number(-9...9), over: random.number(1...4))
        var cut = ThresholdCut(comparison, threshold)
        for _ in 0..<10 {
          let datapoint = ExactFraction(random.number(-30...30), over: random.number(1...5))
          let isBreached = cut.isBreached(by: datapoint)
          #expect(isBreached == comparison.holds(datapoint, threshold))
        }
      }
    }
    var cut = ThresholdCut(.above, ExactFraction(thousandths: 1_000_000_000))
    let (isOneBreached, isMoreBreached) = (
      cut.isBreached(by: ExactFraction(1 << 62, over: 1 << 62)), cut.isBreached(by: ExactFraction(1 << 62, over: 1))
    )
    #expect(!isOneBreached && isMoreBreached)
  }
}
