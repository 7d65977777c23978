import Analysis
import Model
import TestSupport
import Testing

@testable import Advice
@testable import Analytics

@Suite struct CriticalTimeTests {
  @Test("Time in which two thresholds were critical counts once, and twice in the sum")
  func union() {
    // 00:00 to 01:00, 00:30 to 01:30, and 03:00 to 03:10: 90 + 10 minutes, of 60 + 60 + 10 added up.
    let time = CriticalTime([
      finding(.critical, [(0, 60)]), finding(.critical, [(30, 60), (180, 10)]), finding(.warning, [(0, 600)]),
    ])
    #expect(time.seconds == 100 * 60)
    #expect(time.sum == 130 * 60)
    #expect(time.crossings == 3)
    #expect(time.thresholds == 2)
  }

  @Test("Nothing critical is no time")
  func nothing() {
    let time = CriticalTime([finding(.critical, [])])
    #expect(time.seconds == 0 && time.sum == 0 && time.crossings == 0 && time.thresholds == 1)
  }

  @Test("Covered seconds are those of a walk over every second, whatever the order", arguments: 0..<50)
  func walk(seed: Int) {
    var random = SplitMix64(seed: seed)
    let periods = (0..<random.number(0...8)).map { _ in
      let start = Int64(random.number(0...60))
      return Period(
        start: Instant(seconds: start), end: Instant(seconds: start + Int64(random.number(0...20))))
    }
    let walked = (Int64(0)..<100).count { second in periods.contains { $0.contains(Instant(seconds: second)) } }
    #expect(coveredSeconds(periods) == Int64(walked))
    #expect(coveredSeconds(periods.reversed()) == Int64(walked))
  }

  /// - Parameter minutes: start from the month's first moment, and length.
  private func finding(_ severity: Severity, _ minutes: [(start: Int64, length: Int64)]) -> ThresholdFinding {
    ThresholdFinding(
      scope: "app", metric: .cpuPercent, severity: severity, condition: condition("> 90%"),
      episodes: minutes.map {
        Episode(start: october.start.advanced(by: $0.start * 60), seconds: $0.length * 60)
      }, coverage: Coverage(seen: 1, expected: 1))
  }
}
