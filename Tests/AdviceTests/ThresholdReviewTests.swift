import Analysis
import Model
import TestSupport
import Testing

@testable import Advice

@Suite struct ThresholdReviewTests {
  private let grid = SampleGrid(period: period("2026-10-01T00:00:00Z", "2026-10-01T01:00:00Z"), stepSeconds: 300)

  @Test("An episode lasts as long as the condition holds, and counts from its least duration on")
  func durations() {
    let values: [Double?] = [80, 80, 60, 80, 60, 60, 80, 80, 80, 60, 60, 80]
    let found = episodes(of: condition("> 70% for 10min"), limit: 70, in: values, on: grid)
    #expect(found == [episode(0, 2), episode(6, 3)])
    #expect(episodes(of: condition("> 70%"), limit: 70, in: values, on: grid).map(\.seconds) == [600, 300, 900, 300])
  }

  @Test("A gap ends an episode, and two short ones do not add up to a long one")
  func gaps() {
    let values: [Double?] = [80, 80, nil, 80, 80, 60]
    #expect(episodes(of: condition("> 70% for 15min"), limit: 70, in: values, on: grid).isEmpty)
    #expect(
      episodes(of: condition("> 70% for 10min"), limit: 70, in: values, on: grid) == [episode(0, 2), episode(3, 2)])
  }

  @Test("One interval of five minutes meets a condition for three")
  func shorterThanTheStep() {
    #expect(episodes(of: condition("> 70% for 3min"), limit: 70, in: [80, 60], on: grid) == [episode(0, 1)])
  }

  @Test("A value at the limit is no crossing, and a condition below counts downwards")
  func strict() {
    #expect(episodes(of: condition("> 70%"), limit: 70, in: [70, 70], on: grid).isEmpty)
    #expect(episodes(of: condition("< 50%"), limit: 50, in: [49, 50, 20], on: grid) == [episode(0, 1), episode(2, 1)])
  }

  @Test("An episode that lasts to the end of the period is found")
  func lastsToTheEnd() {
    #expect(episodes(of: condition("> 70%"), limit: 70, in: [60, 80, 80], on: grid) == [episode(1, 2)])
  }

  @Test("The episodes are those of a scan from each start", arguments: 0..<200)
  func bruteForce(seed: Int) {
    var random = SplitMix64(seed: seed)
    let values: [Double?] = (0..<12).map { _ in random.number(0...4) == 0 ? nil : Double(random.number(60...80)) }
    let least: Int = random.number(1...3)
    let holds = values.map { $0.map { $0 > 70 } ?? false }
    var expected: [Episode] = []
    for start in 0..<12 where holds[start] && (start == 0 || !holds[start - 1]) {
      let length = holds[start...].prefix { $0 }.count
      if length >= least { expected.append(episode(start, length)) }
    }
    #expect(episodes(of: condition("> 70% for \(least * 5)min"), limit: 70, in: values, on: grid) == expected)
  }

  @Test("A threshold on memory is met by what is measured of it, where that is some of the instances")
  func partlyMeasured() throws {
    var study = TinyStudy(tinyService("app", ["m5.large"]), count: 2, "m5.large", on: grid)
    study.service.thresholds = [threshold(.memoryPercent, "> 40%", "> 50%", "> 70%")]
    study.measure(.cpuPercent) { _ in 20 }
    study.series.append(samples("app", "app-1", .memoryPercent, on: grid) { _ in 60 })
    // 60 % of the one that is measured, not 30 % of both.
    let findings = try reviewThresholds(study.context()).filter { $0.scope == "app" }
    #expect(findings.map { $0.episodes.isEmpty } == [false, false, true])
  }

  @Test("Every row of every table has three findings; the unmeasured one says so")
  func neverAnAbsentRow() throws {
    var study = TinyStudy(tinyService("app", ["m5.large"]), count: 2, "m5.large", on: grid)
    study.service.thresholds = [
      threshold(.cpuPercent, "> 60%", "> 70%", "> 85%"),
      threshold(.requestsPerSecond, "> 100/s per instance", "> 150/s per instance", "> 200/s per instance"),
      threshold(.connections, "> 60% of max", "> 75% of max", "> 90% of max"),
      threshold(.latencyP95Milliseconds, "> 200ms p95", "> 350ms p95", "> 500ms p95"),
    ]
    study.service.limits = [declaredLimit(.connections, 1000)]
    study.measure(.cpuPercent) { $0 == 3 ? nil : 75 }
    study.series += [
      samples("app", .requestsPerSecond, on: grid) { _ in 320 }, samples("app", .connections, on: grid) { _ in 800 },
    ]
    let findings = try reviewThresholds(study.context())
    #expect(findings.map(\.severity) == Array(repeating: Severity.allCases, count: 4).flatMap { $0 })
    // 75 % CPU crosses 60 and 70; 320 / 2 = 160 requests cross 100 and 150; 800 of 1,000 is 80 %; latency is unmeasured.
    let crossed = findings.map { !$0.episodes.isEmpty }
    #expect(crossed == [true, true, false, true, true, false, true, true, false, false, false, false])
    #expect(findings.map { !$0.isMeasured } == crossed.indices.map { $0 >= 9 })
    #expect(findings[0].coverage == Coverage(seen: 11, expected: 12))
    #expect(findings[0].seconds == 11 * 300 && findings[0].longest?.seconds == 8 * 300)
  }

  private func episode(_ slot: Int, _ slots: Int) -> Episode {
    Episode(start: grid.instant(slot), seconds: Int64(slots) * 300)
  }
}
