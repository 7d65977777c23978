import Analysis
import Model
import TestSupport
import Testing

@testable import Advice

/// Services that scale out: type and count together.
@Suite struct HorizontalSizingTests {
  private let grid = SampleGrid(period: period("2026-10-01", "2026-10-04"), stepSeconds: 3600)

  @Test("The type is taken whose instances together cost least")
  func typeAndCount() throws {
    // 10 x 80 % of 2 vCPU = 16 vCPU. 1.6 of an m5.large and of a c5.large: 10 each, 0.96 and 0.85 an hour; 6.4 of an
    // m5.2xlarge: 2.5 -> 3, 1.152. 72 hours: 61.20 against 69.12.
    let study = study(["m5.large", "c5.large", "m5.2xlarge"], on: "m5.large", count: 10, cpu: 80, memory: 10)
    let advice = try study.advice(RightSizing())
    #expect(advice.verdict.moves("m5.large", to: "c5.large", .otherFamily))
    #expect(
      advice.verdict.move?.gain
        == .replay(replayed(10, "c5.large", "61.20"), beside: replayed(10, "m5.large", "69.12")))
    #expect(try study.planAfter(advice).runs.map(\.type) == [String](repeating: "c5.large", count: 10))
  }

  @Test("Fewer large instances replace many small ones where memory is load")
  func fewerLarge() throws {
    // 8 c5.large fill 0.4 of 4 GiB by night, 3 GiB by day: 24 GiB, of which 8 x 0.4 may be no load. An m5.large may be
    // filled to 6.4 GiB: 24 / 6.4 = 3.75 -> 4 at 0.096 by day, against 24 / 3.2 = 7.5 -> 8 at 0.085.
    var study = study(["c5.large", "m5.large"], on: "c5.large", count: 8, cpu: 5, memory: nil)
    study.measure(.memoryPercent) { $0 % 24 < 8 ? 10 : 75 }
    let advice = try study.advice(RightSizing())
    #expect(advice.verdict.moves("c5.large", to: "m5.large", .otherFamily))
    #expect(try runningCounts(study.planAfter(advice).runs, on: grid)[12] == 4)
  }

  @Test("Memory that may be no load is no reason to run fewer large ones")
  func fewerLargeInDoubt() throws {
    // 3 of 4 GiB always: 8 m5.large would hold it for less if it were load; if it is not, two of either carry the rest.
    let study = study(["c5.large", "m5.large"], on: "c5.large", count: 8, cpu: 5, memory: 75)
    let verdict = try study.advice(RightSizing()).verdict
    #expect(verdict.outcome == .kept)
    #expect(verdict.sizeReason == .tooSmall(CountedType("m5.large"), [.idleInDoubt(idleGiB: 3)]))
  }

  @Test("A type that each instance fills without load is none to scale out on")
  func filledWithoutLoad() throws {
    // 4.8 of 8 GiB are always filled: a c5.large of 4 GiB cannot start it.
    let study = study(["c5.large", "m5.large"], on: "m5.large", count: 4, cpu: 60, memory: 60)
    let verdict = try study.advice(RightSizing()).verdict
    #expect(verdict.outcome == .kept)
    let shortfall = SizeShortfall.idleMemory(offeredGiB: 4, reservedPercent: 20, idleGiB: 4.8)
    #expect(verdict.sizeReason == .tooSmall(CountedType("c5.large"), [shortfall]))
    #expect(verdict.candidate("c5.large")?.trial == nil)
  }

  @Test("A type that is filled beyond the headroom without load is left for a larger one")
  func ownFilled() throws {
    // 3.4 of 4 GiB always: more of them would each fill as much.
    let advice = try study(["c5.large", "m5.large"], on: "c5.large", count: 4, cpu: 20, memory: 85).advice(
      RightSizing())
    #expect(advice.verdict.moves("c5.large", to: "m5.large", .otherFamily))
    #expect(advice.isUnconditional)
    // 4 x 0.4 vCPU and 4 x 3.4 GiB / 6.4 = 2.1 -> 3 at 0.096 for 72 hours; 4 ran, and 4 x 3 / 4 of what ran stay.
    let shortfall = SizeShortfall.idleMemory(offeredGiB: 4, reservedPercent: 20, idleGiB: 3.4)
    #expect(
      advice.verdict.move?.gain
        == .carries(replayed(3, "m5.large", "20.736"), failing: CountedType("c5.large"), [shortfall]))
  }

  @Test("Rates an instance hold whatever its type, so the smaller one carries them for less")
  func limitsAnInstance() throws {
    // 1,000 requests/s at 300 an instance: 4 of either.
    var study = study(["m5.large", "m5.xlarge"], on: "m5.xlarge", count: 4, cpu: 5, memory: 5)
    study.service.thresholds = [
      threshold(.requestsPerSecond, "> 200/s per instance", "> 300/s per instance", "> 400/s per instance")
    ]
    study.series.append(samples("app", .requestsPerSecond, on: grid) { _ in 1000 })
    let advice = try study.advice(RightSizing())
    #expect(advice.verdict.moves("m5.xlarge", to: "m5.large"))
    #expect(try study.planAfter(advice).runs.count == 4)
    #expect(advice.verdict.candidate("m5.large")?.replay?.binding == .dimension(.metric(.requestsPerSecond)))
  }

  @Test("What is left after the loss of a zone carries all of it, and two run in any case")
  func zoneLoss() throws {
    // 3 x 90 % of 2 vCPU = 5.4 vCPU: 4 with headroom, 3 without; one of three zones may be lost: 3 + 3 / 2 -> 5.
    var study = study(["m5.large"], on: "m5.large", count: 3, cpu: 90, memory: 10)
    for (index, zone) in ["us-east-1a", "us-east-1b", "us-east-1c"].enumerated() { study.runs[index].zone = zone }
    #expect(try counts(study) == 5...5)
    // Two are left where three are needed, in all of 72 hours.
    var risk = PerformanceRisk(stepSeconds: 3600)
    risk.add([Bool?](repeating: true, count: 72))
    #expect(try study.advice(RightSizing()).verdict.sizeFigures.contains(.zoneLoss(risk)))
    // In one zone nothing outlives it.
    for index in study.runs.indices { study.runs[index].zone = "us-east-1a" }
    #expect(try counts(study) == 4...4)
    #expect(try study.advice(RightSizing()).verdict.sizeFigures.contains(.zoneLoss(nil)))
    // Next to nothing to do.
    #expect(try counts(self.study(["m5.large"], on: "m5.large", count: 3, cpu: 1, memory: 1)) == 2...2)
  }

  @Test("What ran beyond the replay is kept in proportion")
  func slack() throws {
    // 2 are needed of an m5.xlarge, 2 of an m5.large; 6 ran: 6 x 2 / 2.
    let study = study(["m5.large", "m5.xlarge"], on: "m5.xlarge", count: 6, cpu: 5, memory: 5)
    let advice = try study.advice(RightSizing())
    #expect(advice.verdict.moves("m5.xlarge", to: "m5.large"))
    #expect(try study.planAfter(advice).runs.count == 6)
  }

  @Test("Whole instances are paid for: a load that moves costs more on large ones")
  func granularity() throws {
    // 3.2 vCPU, for two hours of a day 6.4: 2 and 4 m5.large, or 1 -> 2 and 2 m5.xlarge. All day two m5.xlarge are
    // 0.384; two m5.large are 0.192 most of the day.
    var study = study(["m5.large", "m5.xlarge"], on: "m5.xlarge", count: 2, cpu: nil, memory: 5)
    study.measure(.cpuPercent) { $0 % 24 < 2 ? 80 : 40 }
    let verdict = try study.advice(RightSizing()).verdict
    #expect(verdict.moves("m5.xlarge", to: "m5.large"))
    guard case .replay(let cost, _)? = verdict.move?.gain else {
      Issue.record("\(verdict.reason)")
      return
    }
    #expect(cost.instances == CountedType("m5.large", counts: 2...4))
  }

  @Test("More than the maximum at once is no plan")
  func maximum() throws {
    // 8 x 80 % of 4 vCPU = 25.6: 16 m5.large, and 10 are the most.
    let study = study(["m5.large", "m5.xlarge"], on: "m5.xlarge", count: 8, cpu: 80, memory: 5)
    let verdict = try study.advice(RightSizing()).verdict
    #expect(verdict.outcome == .kept)
    #expect(verdict.candidate("m5.large")?.shortfalls == [.count(16, for: .dimension(.cpu), maximum: 10)])
  }

  @Test("Surplus credits are part of what a burstable type costs")
  func surplus() throws {
    // 4 x 70 % of 2 vCPU = 5.6 vCPU on four of either type. A t3.large earns 0.6 of the 1.4 it uses: 0.8 vCPU surplus
    // are 0.04 an hour: with 0.0832 more than the 0.096 of an m5.large.
    let study = study(["m5.large", "t3.large"], on: "m5.large", count: 4, cpu: 70, memory: 10)
    let verdict = try study.advice(RightSizing()).verdict
    #expect(verdict.conclusion == .keep(CountedType("m5.large")))
    // 72 hours x 4 x (0.0832 + 0.04) = 35.4816, of which 72 x 4 x 0.04 = 11.52; 72 x 4 x 0.096 = 27.648.
    let trial = try #require(verdict.candidate("t3.large")?.replay)
    #expect(trial.cost == replayed(4, "t3.large", "35.4816") && trial.surplus == usd("11.52"))
    #expect(verdict.sizeReason == .replay(trial.cost, beside: replayed(4, "m5.large", "27.648")))
    // 30 % + (0.096 - 0.0832) / (0.05 x 2) = 30 % + 12.8 %.
    #expect(verdict.candidate("t3.large")?.breakEven == BurstBreakEven(fixedType: "m5.large", permille: 428))
  }

  @Test("Unmeasured memory is neither spread nor taken away")
  func unmeasuredMemory() throws {
    let smaller = try study(["c5.large", "m5.large"], on: "m5.large", count: 4, cpu: 20, memory: nil).advice(
      RightSizing())
    #expect(smaller.verdict.outcome == .kept)
    #expect(smaller.verdict.sizeReason == .doubt(c5InDoubt))
    #expect(smaller.verdict.conclusion == .keep(CountedType("m5.large")))
  }

  @Test("One direction of traffic is enough to count by, and what nothing measures is no need")
  func oneDirection() throws {
    var study = study(["m5.large", "c5.large"], on: "m5.large", count: 8, cpu: 80, memory: 10)
    study.measure(.networkOutMbps) { _ in 10 }
    for index in study.prices.specifications.indices { study.prices.specifications[index].networkBaselineMbps = 1000 }
    // 8 x 80 % / 80 % of 2 vCPU: 8.
    let verdict = try study.advice(RightSizing()).verdict
    #expect(
      verdict.move?.gain == .replay(replayed(8, "c5.large", "48.96"), beside: replayed(8, "m5.large", "55.296")))
  }

  @Test("A service of whose limits a day is measured is not judged by that day")
  func sparseMetric() throws {
    var study = study(["m5.large", "c5.large"], on: "m5.large", count: 4, cpu: 20, memory: 10)
    study.service.thresholds = [
      threshold(.requestsPerSecond, "> 200/s per instance", "> 300/s per instance", "> 400/s per instance")
    ]
    study.series.append(samples("app", .requestsPerSecond, on: grid) { $0 < 24 ? 1000 : nil })
    let verdict = try study.advice(RightSizing()).verdict
    #expect(verdict.outcome == .refused)
    let dimensions = [SizeDimension.cpu, .memory, .metric(.requestsPerSecond)]
    #expect(
      verdict.reason
        == .shortfall(CoverageShortfall(.dimensions(dimensions), .hours(24, required: 30, lastDays: nil))))
  }

  @Test("What is looked back on before the first sample is not paid for")
  func longLookback() throws {
    var study = study(["m5.large", "c5.large"], on: "m5.large", count: 4, cpu: 20, memory: 10)
    let usual = try study.advice(RightSizing()).verdict
    study.fleet = { $0.review.lookbackDays = 300 }
    let long = try study.advice(RightSizing()).verdict
    #expect(usual.moves("m5.large", to: "c5.large", .otherFamily) && long.changes == usual.changes)
    #expect(
      usual.move?.gain == .replay(replayed(2, "c5.large", "12.24"), beside: replayed(2, "m5.large", "13.824")))
    // The three days of it that were measured.
    #expect(
      long.move?.gain
        == .replay(replayed(2, "c5.large", "12.24", days: 3), beside: replayed(2, "m5.large", "13.824", days: 3)))
  }

  @Test("Where less ran than would outlive a zone, the type alone is changed")
  func noRedundancyBought() throws {
    var study = study(["m5.large", "c5.large"], on: "m5.large", count: 3, cpu: 70, memory: 10)
    for (index, zone) in ["us-east-1a", "us-east-1b", "us-east-1c"].enumerated() { study.runs[index].zone = zone }
    // 4.2 vCPU: 3 with headroom, 3 without, 5 to outlive a zone. Three ran, and three stay.
    let advice = try study.advice(RightSizing())
    #expect(advice.verdict.moves("m5.large", to: "c5.large", .otherFamily))
    #expect(try study.planAfter(advice).runs.count == 3)
  }

  @Test("A type of which the book knows no vCPU carries nothing", arguments: [CandidateRange.list, .catalogue])
  func nothingOffered(range: CandidateRange) throws {
    var study = study(
      range == .list ? ["m5.large", "m5.none"] : ["m5.large"], on: "m5.large", count: 4, cpu: 20, memory: 10)
    study.prices.specify("m5.none", vcpu: 0, milliGiB: 8000)
    study.prices.sell("m5.none", "0.001")
    study.fleet = { $0.review.candidates = range }
    #expect(try study.advice(RightSizing()).verdict.conclusion == .keep(CountedType("m5.large")))
  }

  @Test("A type in doubt does not stand in the way of the next")
  func nextBest() throws {
    // Memory is unmeasured: a c5.large has half of it, an m6.large as much.
    var study = study(["m5.large", "c5.large", "m6.large"], on: "m5.large", count: 4, cpu: 20, memory: nil)
    study.prices.specify("m6.large", vcpu: 2, milliGiB: 8000)
    study.prices.sell("m6.large", "0.086")
    let verdict = try study.advice(RightSizing()).verdict
    #expect(verdict.moves("m5.large", to: "m6.large", .otherFamily))
    #expect(verdict.move?.passedOver == c5InDoubt)
    #expect(verdict.confidence == .medium)
  }

  @Test("Of types that no list names the cheapest are found as if all were replayed", arguments: 0..<20)
  func boundIsSafe(seed: Int) throws {
    var random = SplitMix64(seed: seed)
    var study = study(["m5.large"], on: "m5.large", count: 4, cpu: nil, memory: nil)
    let (cpu, memory) = (random.number(5...80), random.number(5...80))
    study.measure(.cpuPercent) { Int64(cpu + $0 % 13) }
    study.measure(.memoryPercent) { Int64(memory + $0 % 7) }
    study.service.maximum = 1000
    for number in 0..<40 {
      let type = "x\(number).large"
      let vcpu = random.number(1...8)
      study.prices.specify(type, vcpu: vcpu, milliGiB: Int64(random.number(1...32)) * 1000)
      study.prices.sell(type, "0.\(100 + random.number(0...800))")
      study.prices.performance.append(
        InstancePerformance(
          type: type, milliCoreMark: Int64(vcpu) * 20_000_000, threads: vcpu, noisePercent: 0, provenance: provenance())
      )
    }
    study.prices.performance.append(
      InstancePerformance(
        type: "m5.large", milliCoreMark: 40_000_000, threads: 2, noisePercent: 0, provenance: provenance()))
    let context = try study.context()
    let current = try context.catalogue.specification("m5.large")
    let need = try SizeNeed(study.service, current: "m5.large", context)
    let sizing = try HorizontalSizing(study.service, current: current, need: need, on: context.lookback, context)
    let own = try sizing.own()
    let offers = TypeOffer.unlisted(study.service, current: current, need, context)
    #expect(offers.count >= 40)
    let all = offers.map { sizing.candidate($0, beside: own) }.filter { $0.fits && $0.rank < own.rank }
    let best = MigrationEffort.allCases.compactMap { effort in
      all.filter { $0.offer.effort == effort }.min { $0.isBetter(than: $1) }
    }
    #expect(sizing.unlisted(better: own, own: own, among: offers).map(\.name) == best.map(\.name))
  }

  @Test("A type and count that were taken are kept on the same work", arguments: 0..<30)
  func hysteresis(seed: Int) throws {
    var random = SplitMix64(seed: seed)
    let sizes = ["m5.large": (2, 8.0), "m5.xlarge": (4, 16), "m5.2xlarge": (8, 32), "c5.large": (2, 4)]
    let types = sizes.keys.sorted()
    let before = types[random.number(0...3)]
    let count = random.number(2...8)
    let (cpu, memory) = (random.number(5...75), random.number(5...60))
    var study = study(types, on: before, count: count, cpu: Int64(cpu), memory: Int64(memory))
    study.service.maximum = 100
    let advice = try study.advice(RightSizing())
    guard advice.verdict.outcome == .recommended else { return }
    let plan = try study.planAfter(advice).runs
    let after = try #require(plan.first?.type)
    // The same vCPUs, and the memory that each fills whatever its load, of the other type, in millionths of a percent.
    var followed = self.study(types, on: after, count: plan.count, cpu: nil, memory: nil)
    followed.service.maximum = 100
    let share = Double(cpu * count * sizes[before]!.0) / Double(plan.count * sizes[after]!.0)
    followed.measure(.cpuPercent, scale: 6) { _ in Int64(share * 1e6) }
    followed.measure(.memoryPercent, scale: 6) { _ in Int64(Double(memory) * sizes[before]!.1 / sizes[after]!.1 * 1e6) }
    #expect(try followed.advice(RightSizing()).verdict.outcome == .kept)
  }

  /// How many of the current type the replay runs.
  private func counts(_ study: TinyStudy) throws -> ClosedRange<Int>? {
    try study.advice(RightSizing()).verdict.candidate(study.runs[0].type)?.replay?.cost.instances.counts
  }

  private func replayed(_ count: Int, _ type: String, _ cost: String, days: Int? = nil) -> ReplayedCost {
    ReplayedCost(CountedType(count, type), cost: usd(cost), days: days)
  }

  /// Of memory that is not measured a c5.large has half of what an m5.large has.
  private let c5InDoubt = SizeDoubt(
    CountedType("c5.large"), unknown: CoverageShortfall(.memory, .unmeasured), less: .each(gib: 4, ownGiB: 8))

  /// Instances with constant use in percent; nil leaves a metric unmeasured.
  private func study(_ types: [String], on type: String, count: Int, cpu: Int64?, memory: Int64?) -> TinyStudy {
    var study = TinyStudy(tinyService("app", types), count: count, type, on: grid)
    if let cpu { study.measure(.cpuPercent) { _ in cpu } }
    if let memory { study.measure(.memoryPercent) { _ in memory } }
    return study
  }
}
