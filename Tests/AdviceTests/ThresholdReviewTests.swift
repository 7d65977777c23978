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
    let held = found(condition("> 70% for 10min"), 70, values)
    #expect(held == [episode(0, 2), episode(6, 3)])
    #expect(found(condition("> 70%"), 70, values).map(\.seconds) == [600, 300, 900, 300])
  }

  @Test("A gap ends an episode, and two short ones do not add up to a long one")
  func gaps() {
    let values: [Double?] = [80, 80, nil, 80, 80, 60]
    #expect(found(condition("> 70% for 15min"), 70, values).isEmpty)
    #expect(
      found(condition("> 70% for 10min"), 70, values) == [episode(0, 2), episode(3, 2)])
  }

  @Test("One interval of five minutes meets a condition for three")
  func shorterThanTheStep() {
    #expect(found(condition("> 70% for 3min"), 70, [80, 60]) == [episode(0, 1)])
  }

  @Test("A value at the limit is no crossing, and a condition below counts downwards")
  func strict() {
    #expect(found(condition("> 70%"), 70, [70, 70]).isEmpty)
    #expect(found(condition("< 50%"), 50, [49, 50, 20]) == [episode(0, 1), episode(2, 1)])
  }

  @Test("An episode that lasts to the end of the period is found")
  func lastsToTheEnd() {
    #expect(found(condition("> 70%"), 70, [60, 80, 80]) == [episode(1, 2)])
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
    #expect(found(condition("> 70% for \(least * 5)min"), 70, values) == expected)
  }

  @Test("A threshold on memory is met by what is measured of it, where that is some of the instances")
  func partlyMeasured() throws {
    var study = TinyStudy(tinyService("app", ["m5.large"]), count: 2, "m5.large", on: grid)
    study.service.thresholds = [threshold(.memoryPercent, "> 40%", "> 50%", "> 70%")]
    study.measure(.cpuPercent) { _ in 20 }
    study.series.append(samples("app", "app-1", .memoryPercent, on: grid) { _ in 60 })
    // 60 % of the one that is measured, not 30 % of both.
    let findings = try ThresholdReview(study.context()).findings.filter { $0.scope == "app" }
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
    let findings = try ThresholdReview(study.context()).findings
    #expect(findings.map(\.severity) == Array(repeating: Severity.allCases, count: 4).flatMap { $0 })
    // 75 % CPU crosses 60 and 70; 320 / 2 = 160 requests cross 100 and 150; 800 of 1,000 is 80 %; latency is unmeasured.
    let crossed = findings.map { !$0.episodes.isEmpty }
    #expect(crossed == [true, true, false, true, true, false, true, true, false, false, false, false])
    #expect(findings.map { $0.unjudged == .notMeasured } == crossed.indices.map { $0 >= 9 })
    #expect(findings[0].coverage == Coverage(seen: 11, expected: 12))
    #expect(findings[0].seconds == 11 * 300 && findings[0].longest?.seconds == 8 * 300)
  }

  @Test("Each row has how far its metric went and when, met or not, and the level it is held against")
  func peaks() throws {
    var study = TinyStudy(tinyService("app", ["m5.large"]), count: 2, "m5.large", on: grid)
    study.service.thresholds = [
      threshold(.requestsPerSecond, "> 100/s per instance", "> 150/s per instance", "> 200/s per instance"),
      threshold(.hitRatePercent, "< 80%", "< 70%", "< 50%"),
    ]
    study.measure(.cpuPercent) { _ in 20 }
    study.series += [
      samples("app", .requestsPerSecond, on: grid) { $0 == 4 || $0 == 7 ? 320 : 100 },
      samples("app", .hitRatePercent, on: grid) { $0 == 2 ? 75 : 90 },
    ]
    let findings = try ThresholdReview(study.context()).findings
    #expect(findings.map(\.level) == [100, 150, 200, 80, 70, 50])
    // 320 / 2 = 160, first in the fifth slot.
    #expect(findings[2].peak == Peak(value: 160, instant: grid.instant(4)) && findings[2].episodes.isEmpty)
    #expect(findings[0].episodes.map(\.peak?.value) == [160, 160])
    #expect(findings[3].episodes.map(\.peak) == [Peak(value: 75, instant: grid.instant(2))])
  }

  @Test(
    "Nodes are judged one by one, so that a hot primary is seen and named; an average is of all, as that of a group")
  func nodes() throws {
    var service = tinyService("db", ["m5.large"])
    service.approach = .cluster
    service.thresholds = [
      threshold(.cpuPercent, "> 60%", "> 70%", "> 95%"),
      threshold(.memoryPercent, "> 60% avg", "> 70% avg", "> 80% avg"),
    ]
    var study = TinyStudy(service, count: 3, "m5.large", on: grid)
    for (node, run) in study.runs.enumerated() {
      study.series.append(samples("db", run.resource, .cpuPercent, on: grid) { node == 1 && $0 >= 6 ? 90 : 20 })
      study.series.append(samples("db", run.resource, .memoryPercent, on: grid) { _ in node == 1 ? 90 : 30 })
    }
    func found() throws -> [ThresholdFinding] { try ThresholdReview(study.context()).findings }
    let judged = try found()
    #expect(judged[1].seconds == 6 * 300 && judged[1].peak == Peak(value: 90, instant: grid.instant(6), node: "db-2"))
    #expect(judged[2].episodes.isEmpty && judged[2].peak?.node == "db-2")
    // (90 + 30 + 30) / 3 = 50 of memory; (90 + 20 + 20) / 3 = 43.3 of the CPU of a group.
    #expect(judged[3].peak == Peak(value: 50, instant: grid.instant(0)) && judged[3].episodes.isEmpty)
    study.service.approach = .group
    #expect(try found()[0].episodes.isEmpty)
  }

  @Test("Of a metric below which it is bad the lowest node counts")
  func lowestNode() throws {
    var service = tinyService("db", ["m5.large"])
    service.approach = .cluster
    service.thresholds = [threshold(.cpuPercent, "< 20%", "< 10%", "< 5%")]
    var study = TinyStudy(service, count: 2, "m5.large", on: grid)
    for (node, run) in study.runs.enumerated() {
      study.series.append(samples("db", run.resource, .cpuPercent, on: grid) { _ in node == 1 ? 8 : 50 })
    }
    let findings = try ThresholdReview(study.context()).findings
    #expect(findings[1].peak == Peak(value: 8, instant: grid.instant(0), node: "db-2") && findings[1].seconds == 3600)
  }

  @Test("What cannot be judged says why")
  func unjudged() throws {
    var study = TinyStudy(tinyService("app", ["m5.large"]), count: 1, "m5.large", on: grid)
    study.service.thresholds = [
      threshold(.cpuPercent, "> 60% p95", "> 70% p95", "> 80% p95"),
      threshold(.latencyP95Milliseconds, "> 1ms avg", "> 2ms avg", "> 3ms avg"),
      threshold(.connections, "> 60% of max", "> 75% of max", "> 90% of max"),
      threshold(.storagePercent, "> 60%", "> 75%", "> 90%"),
      threshold(.queueDepthItems, "> 60%", "> 75", "> 90 avg"),
    ]
    study.fleet = { $0.global.thresholds = [threshold(.errorRatePercent, "> 1%", "> 2%", "> 3%")] }
    study.measure(.cpuPercent) { _ in 90 }
    for metric in [Metric.latencyP95Milliseconds, .connections, .storageGiB] {
      study.series.append(samples("app", metric, on: grid) { _ in 100 })
    }
    let findings = try ThresholdReview(study.context()).findings
    #expect(
      [0, 3, 6, 9, 12].map { findings[$0].unjudged } == [
        .noPlace, .statistic(asked: .p95, measured: .average), .statistic(asked: .average, measured: .p95),
        .noLimit(.connections), .noLimit(.storageGiB),
      ])
    #expect(findings.suffix(3).map(\.unjudged) == [.unit, .notMeasured, .notMeasured])
    #expect(findings.allSatisfy { $0.episodes.isEmpty && $0.level == nil && $0.peak == nil })
  }

  @Test("A limit for each GiB of memory is that of the memory that runs")
  func limitForMemory() throws {
    var study = TinyStudy(tinyService("app", ["m5.large"]), count: 2, "m5.large", on: grid)
    study.service.thresholds = [threshold(.connections, "> 40% of max", "> 50% of max", "> 60% of max")]
    study.service.limits = [declaredLimit(.connections, 10, perGib: true)]
    study.measure(.memoryPercent) { _ in 20 }
    study.series.append(samples("app", .connections, on: grid) { _ in 72 })
    // 72 of 2 × 8 GiB × 10 = 160.
    #expect(try ThresholdReview(study.context()).findings.map(\.peak?.value) == [45, 45, 45])
  }

  @Test("A condition shorter than the samples' interval says that it bounds nothing")
  func tooCoarse() throws {
    var study = TinyStudy(tinyService("app", ["m5.large"]), count: 1, "m5.large", on: grid)
    study.service.thresholds = [
      threshold(.latencyP95Milliseconds, "> 10ms for 3min", "> 20ms for 5min", "> 30ms"),
      threshold(.connections, "> 10 for 5min", "> 20 for 10min", "> 30 for 1 of 2"),
    ]
    study.measure(.cpuPercent) { _ in 20 }
    study.series.append(samples("app", .latencyP95Milliseconds, on: grid) { _ in 5 })
    // Every ten minutes.
    study.series.append(samples("app", .connections, on: grid) { $0 % 2 == 0 ? 5 : nil })
    #expect(try ThresholdReview(study.context()).findings.map(\.tooCoarse) == [300, nil, nil, 600, nil, nil])
  }

  /// Without their peaks.
  private func found(_ condition: Condition, _ limit: Double, _ values: [Double?]) -> [Episode] {
    episodes(of: condition, limit: limit, in: MeasuredValues(values, intervalSeconds: 300), on: grid).map {
      Episode(start: $0.start, seconds: $0.seconds)
    }
  }

  private func episode(_ slot: Int, _ slots: Int) -> Episode {
    Episode(start: grid.instant(slot), seconds: Int64(slots) * 300)
  }
}
