import Model
import TestSupport
import Testing

@Suite struct PerformanceRiskTests {
  @Test("Share, longest run and spikes are those of a count by hand; a gap ends a run")
  func byHand() {
    var risk = PerformanceRisk(stepSeconds: 300)
    // Nine measured intervals, six exceeded: a run of two, a spike, a run of two behind the gap, a spike at the end.
    risk.add([true, true, false, true, false, nil, true, true, nil, false, true] as [Bool?])
    #expect(risk.intervals == 9 && risk.exceeded == 6 && risk.longest == 2 && risk.spikes == 2)
    #expect(risk.share == 6.0 / 9 && risk.longestSeconds == 600)
    risk.add([Bool?](repeating: true, count: 600))
    // 600 × 5 minutes are 50 hours; 606 of 609.
    #expect(risk.share == 606.0 / 609 && risk.longestSeconds == 180_000)
    #expect(PerformanceRisk(stepSeconds: 300).share == 0)
  }

  @Test("Instances that are measured at different intervals count by time")
  func byTime() {
    var risk = PerformanceRisk(stepSeconds: 300)
    // An hour of minutes, ten of them exceeded in a row; an hour in one interval.
    risk.add((0..<60).map { $0 < 10 }, stepSeconds: 60)
    risk.add([false], stepSeconds: 3600)
    #expect(risk.exceededSeconds == 600 && risk.seconds == 7200 && risk.share == 600.0 / 7200)
    #expect(risk.longestSeconds == 600)
  }

  @Test("Runs and spikes are what a search of every stretch finds", arguments: 0..<100)
  func search(seed: Int) {
    var random = SplitMix64(seed: seed)
    let intervals = (0..<random.number(0...30)).map { _ -> Bool? in [true, true, false, nil][random.number(0...3)] }
    var risk = PerformanceRisk(stepSeconds: 300)
    risk.add(intervals)
    func isRun(_ range: Range<Int>) -> Bool {
      range.allSatisfy { intervals[$0] == true }
        && (range.lowerBound == 0 || intervals[range.lowerBound - 1] != true)
        && (range.upperBound == intervals.count || intervals[range.upperBound] != true)
    }
    let runs = intervals.indices.flatMap { start in (start + 1...intervals.count).map { start..<$0 } }.filter(isRun)
    #expect(risk.longest == runs.map(\.count).max() ?? 0)
    #expect(risk.spikes == runs.count { $0.count == 1 })
    #expect(risk.exceeded == intervals.count { $0 == true })
  }
}
