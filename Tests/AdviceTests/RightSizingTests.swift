import Analysis
import Model
import TestSupport
import Testing

@testable import Advice

@Suite struct RightSizingTests {
  private let grid = SampleGrid(period: period("2026-10-01", "2026-10-04"), stepSeconds: 3600)
  private let m5 = ["m5.large", "m5.xlarge", "m5.2xlarge"]

  @Test("An over-provisioned service moves to the cheapest type that fits")
  func downsizes() throws {
    // 10 % of 8 vCPU / 0.8 = 1; 10 % of 32 GiB / 0.8 = 4: m5.large has 2 and 8.
    let study = study(m5, on: "m5.2xlarge", cpu: 10, memory: 10)
    let advice = try study.advice(RightSizing())
    #expect(advice.verdict.moves("m5.2xlarge", to: "m5.large"))
    #expect(advice.verdict.confidence == .high)
    #expect(try study.planAfter(advice).runs.map(\.type) == ["m5.large", "m5.large", "m5.large"])
  }

  @Test("A memory-bound service keeps its size, and the reason is memory")
  func memoryBound() throws {
    // 60 % of 32 GiB / 0.8 = 24 GiB, more than the 16 of an m5.xlarge.
    let verdict = try study(m5, on: "m5.2xlarge", cpu: 10, memory: 60).advice(RightSizing()).verdict
    #expect(verdict.outcome == .kept)
    #expect(verdict.conclusion == .keep(CountedType("m5.2xlarge")))
    #expect(verdict.tooSmall == [.capacity(.memory, offered: 16, needed: 24)])
  }

  @Test("A need exactly as large as a type fits it")
  func exactFit() throws {
    // 40 % of 32 GiB / 0.8 = 16 GiB.
    let verdict = try study(m5, on: "m5.2xlarge", cpu: 10, memory: 40).advice(RightSizing()).verdict
    #expect(verdict.moves("m5.2xlarge", to: "m5.xlarge"))
  }

  @Test("Unmeasured memory is no reason to take memory away")
  func unmeasuredMemory() throws {
    let advice = try study(m5, on: "m5.2xlarge", cpu: 10, memory: nil).advice(RightSizing())
    // Types with as much memory were judged, and none is better: that is an answer.
    #expect(advice.verdict.outcome == .kept && advice.verdict.confidence == .medium)
    #expect(advice.verdict.conclusion == .keep(CountedType("m5.2xlarge")))
    #expect(
      advice.verdict.sizeReason
        == .doubt(
          SizeDoubt(
            CountedType("m5.large"), unknown: CoverageShortfall(.memory, .unmeasured),
            less: .each(gib: 8, ownGiB: 32))))
    #expect(advice.verdict.changes.isEmpty)
  }

  @Test("Memory measured too thinly is as good as unmeasured")
  func thinMemory() throws {
    var study = study(m5, on: "m5.2xlarge", cpu: 10, memory: nil)
    study.measure(.memoryPercent) { $0 % 4 < 2 ? 10 : nil }
    let verdict = try study.advice(RightSizing()).verdict
    #expect(verdict.outcome == .kept)
    guard case .doubt(let doubt)? = verdict.sizeReason else {
      Issue.record("\(verdict.reason)")
      return
    }
    // Three instances in two of every four of 72 hours.
    #expect(
      doubt.unknown
        == CoverageShortfall(.memory, .share(Coverage(seen: 108, expected: 216), requiredPercent: 80)))
  }

  @Test("Low coverage is refused with the reason")
  func lowCoverage() throws {
    var study = study(m5, on: "m5.2xlarge", cpu: nil, memory: 10)
    study.measure(.cpuPercent) { $0 < 36 ? 10 : nil }
    let verdict = try study.advice(RightSizing()).verdict
    #expect(verdict.outcome == .refused)
    let half = Coverage(seen: 108, expected: 216)
    #expect(verdict.conclusion == .notJudged)
    #expect(verdict.reason == .shortfall(CoverageShortfall(.cpu, .share(half, requiredPercent: 80))))
  }

  @Test("A peak that outlasts the percentile keeps its size, a shorter one does not")
  func peaks() throws {
    // 9 days of hours are 216 samples: p99.5 is the 215th. One high sample is beyond it, two are not.
    // 70 % of 8 vCPU / 0.8 = 7.
    let grid = SampleGrid(period: period("2026-10-01", "2026-10-10"), stepSeconds: 3600)
    var once = TinyStudy(tinyService("app", m5) { $0.approach = .cluster }, count: 1, "m5.2xlarge", on: grid)
    for metric in [Metric.cpuPercent, .memoryPercent, .cpuMaxPercent] { once.measure(metric) { _ in 10 } }
    once.series[once.series.count - 1].mantissas[5] = 70
    #expect(try once.advice(RightSizing()).verdict.moves("m5.2xlarge", to: "m5.large"))
    once.series[once.series.count - 1].mantissas[6] = 70
    #expect(try once.advice(RightSizing()).verdict.conclusion == .keep(CountedType("m5.2xlarge")))
  }

  @Test("Redis keeps a quarter of its memory: a cache.m5.xlarge offers 9.69 GiB to data, which 10 GiB do not get")
  func redisReserve() throws {
    // 12.93 × 0.75 = 9.6975. 10 GiB of the 26.04 of a cache.m5.2xlarge is 38.41 %, 9.69 GiB is 37.21 %.
    #expect(try cache(percent: 3841).outcome == .kept)
    // 10.00 / 0.75 = 13.34 of 12.93.
    #expect(try cache(percent: 3841).tooSmall == [.capacity(.memory, offered: 12.93, needed: 13.34)])
    #expect(try cache(percent: 3721).moves("cache.m5.2xlarge", to: "cache.m5.xlarge"))
  }

  @Test("A burstable type is not chosen for a mean use beyond its credit baseline")
  func burstableBeyondBaseline() throws {
    // 50 % of 2 vCPU is 1.0; a t3.large earns 0.6. Three instances × 72 hours × 0.4 vCPU × 0.05 = 4.32.
    let verdict = try study(["t3.large", "m5.large"], on: "m5.large", cpu: 50, memory: 50).advice(RightSizing()).verdict
    #expect(verdict.outcome == .kept)
    #expect(
      verdict.tooSmall == [.creditBaseline(meanVcpu: 1, baselineVcpu: 0.6, surplus: usd("4.32"))])
  }

  @Test("A burstable type is chosen for a mean use within its credit baseline")
  func burstableWithinBaseline() throws {
    // 25 % of 2 vCPU is 0.5.
    let verdict = try study(["t3.large", "m5.large"], on: "m5.large", cpu: 25, memory: 50).advice(RightSizing()).verdict
    #expect(verdict.moves("m5.large", to: "t3.large", .otherFamily))
  }

  @Test("A service that does not fit moves up")
  func upsizes() throws {
    // 90 % of 2 vCPU / 0.8 = 2.25.
    let advice = try study(m5, on: "m5.large", cpu: 90, memory: 50).advice(RightSizing())
    #expect(advice.verdict.moves("m5.large", to: "m5.xlarge"))
    #expect(advice.isUnconditional)
  }

  @Test("A need beyond the list is kept and said")
  func beyondTheList() throws {
    let verdict = try study(["m5.large"], on: "m5.large", cpu: 90, memory: 50).advice(RightSizing()).verdict
    #expect(verdict.outcome == .kept)
    guard case .nothingCarries(.list, let shortfalls)? = verdict.sizeReason else {
      Issue.record("\(verdict.reason)")
      return
    }
    #expect(shortfalls.map(\.roundedToHundredths) == [.capacity(.cpu, offered: 2, needed: 2.25)])
  }

  @Test("Advice stays inside the service's own list")
  func ownList() throws {
    let verdict = try study(["m5.2xlarge"], on: "m5.2xlarge", cpu: 5, memory: 5).advice(RightSizing()).verdict
    #expect(verdict.sizeReason == .nothingElseListed)
  }

  @Test("The evidence lets the need be recomputed by hand")
  func evidence() throws {
    let verdict = try study(m5, on: "m5.2xlarge", cpu: 10, memory: 10).advice(RightSizing()).verdict
    let evidence = verdict.evidence
    // 10 % of 8 vCPU and of 32 GiB, over 0.8.
    let (cpu, memory) = (try #require(verdict.need(.cpu)), try #require(verdict.need(.memory)))
    #expect(abs(cpu.used! - 0.8) < 1e-9 && abs(cpu.amount! - 1) < 1e-9 && cpu.headroomPercent == 20)
    #expect(abs(memory.used! - 3.2) < 1e-9 && abs(memory.amount! - 4) < 1e-9)
    #expect(cpu.percentile == ScaledDecimal("99.5") && cpu.shortfall == nil && !cpu.isOfWholeService)
    #expect(verdict.sizeFigures.contains(.unmeasured([.network, .ebs, .iops])))
    #expect(evidence.coverage == Coverage(seen: 216, expected: 216))
    #expect(evidence.prices.count == 3)
    #expect(evidence.prices[0].item == .onDemand(type: "m5.large") && evidence.prices[0].amount == usd("0.096"))
    #expect(evidence.prices[0].confirmed == instant("2026-01-01"))
  }

  /// Three instances with constant use in percent; nil leaves a metric unmeasured.
  @Test("A working set of 10 GiB does not get a cache.m5.xlarge, whose 12.93 GiB leave 9.69 to data")
  func reservedMemory() throws {
    // Of 26.04 GiB 38.4 % are 10.0 GiB, and those need 13.33 GiB where 25 % are reserved.
    let verdict = try cache(percent: 3840)
    #expect(verdict.outcome == .kept && verdict.tooSmall == [.capacity(.memory, offered: 12.93, needed: 13.33)])
    let trial = try #require(verdict.candidate("cache.m5.xlarge")?.nodes)
    // All of 3 x 72 hours, 72 of them in a row; 12.93 x 0.75 = 9.6975, rounded down.
    #expect(trial.risk.share == 1 && trial.risk.longestSeconds == 72 * 3600)
    #expect(trial.data == NodeTrial.DataMemory(gib: ScaledDecimal("9.69")!, reservedPercent: 25))
  }

  @Test("Advice that is followed is not taken back on the same work", arguments: 0..<40)
  func hysteresis(seed: Int) throws {
    var random = SplitMix64(seed: seed)
    let sizes = ["m5.large": Int64(1), "m5.xlarge": 2, "m5.2xlarge": 4]
    let before = m5[random.number(0...2)]
    let (cpu, memory) = (Int64(random.number(1...90)), Int64(random.number(1...90)))
    let advice = try study(m5, on: before, cpu: cpu, memory: memory).advice(RightSizing())
    guard advice.verdict.outcome == .recommended else { return }
    let after = try #require(try study(m5, on: before, cpu: cpu, memory: memory).planAfter(advice).runs.first?.type)
    // The same work in percent of the other size, in hundredths of one.
    var followed = study(m5, on: after, cpu: nil, memory: nil)
    followed.measure(.cpuPercent, scale: 2) { _ in cpu * 100 * sizes[before]! / sizes[after]! }
    followed.measure(.memoryPercent, scale: 2) { _ in memory * 100 * sizes[before]! / sizes[after]! }
    #expect(try followed.advice(RightSizing()).verdict.outcome == .kept)
  }

  @Test("How the samples are spread is shown in tenths, and what means hide is named")
  func distribution() throws {
    let verdict = try study(m5, on: "m5.2xlarge", cpu: 10, memory: 95).advice(RightSizing()).verdict
    let evidence = verdict.evidence
    #expect(evidence.distributions.map(\.dimension) == [.cpu, .memory])
    // Three instances of 72 hours.
    #expect(evidence.distributions[0].counts == [0, 216, 0, 0, 0, 0, 0, 0, 0, 0])
    #expect(evidence.distributions[1].counts[9] == 216)
    #expect(verdict.sizeFigures.first == .cpuSamples(.means(stepSeconds: 3600)))
  }

  private func study(_ types: [String], on type: String, cpu: Int64?, memory: Int64?) -> TinyStudy {
    var study = TinyStudy(tinyService("app", types) { $0.approach = .cluster }, count: 3, type, on: grid)
    if let cpu { study.measure(.cpuPercent) { _ in cpu } }
    if let memory { study.measure(.memoryPercent) { _ in memory } }
    return study
  }

  /// The verdict on a Redis cache with memory used in hundredths of a percent.
  private func cache(percent: Int64) throws -> Verdict {
    let service = tinyService("cache", ["cache.m5.large", "cache.m5.xlarge", "cache.m5.2xlarge"]) {
      $0.engine = "redis"
      $0.approach = .cluster
      $0.reservedMemoryPercent = 25
    }
    var study = TinyStudy(service, count: 3, "cache.m5.2xlarge", on: grid)
    study.measure(.cpuPercent) { _ in 5 }
    study.measure(.memoryPercent, scale: 2) { _ in percent }
    return try study.advice(RightSizing()).verdict
  }
}
