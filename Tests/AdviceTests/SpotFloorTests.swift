import Analysis
import Model
import TestSupport
import Testing

@testable import Advice

// Six m5.large at 40 % of CPU are 2.4 instances of work, unless a test measures something else.

@Suite struct SpotFloorTests {
  @Test("What is left stays below the critical threshold when a pool is lost")
  func cpu() throws {
    // ⌈2.4 / 0.9⌉ = 3 must be left, so the only pool may have 3.
    #expect(try limit(spotStudy()) == 3)
    // Two pools could have 2 × 3 = 6, of which the minimum of 1 is kept.
    var study = spotStudy()
    study.fleet = { $0.purchase.maximumSpotPercent = 100 }
    study.service.spot = SpotRules(zones: ["a", "b"])
    #expect(try limit(study) == 5)
    // An owner's cap of 40 % of 6 is 2.
    study.fleet = { $0.purchase.maximumSpotPercent = 40 }
    #expect(try limit(study) == 2)
    // Without a critical threshold the review's headroom of 20 %: 2.4 / 0.8 = 3 exactly.
    study = spotStudy()
    study.service.thresholds = []
    #expect(try limit(study) == 3)
  }

  @Test("Memory, and rates and shares of a limit for each instance, count as CPU does")
  func otherDimensions() throws {
    var study = spotStudy()
    // 6 × 70 % / 90 % → 4.67: 5 must be left.
    study.service.thresholds.append(threshold(.memoryPercent, "> 70%", "> 80%", "> 90%"))
    study.measure(.memoryPercent) { _ in 70 }
    #expect(try limit(study) == 1)
    study = spotStudy()
    // 700 / 200 = 3.5: 4 must be left.
    study.service.thresholds.append(
      threshold(.requestsPerSecond, "> 100/s per instance", "> 150/s per instance", "> 200/s per instance"))
    study.series.append(samples("app", .requestsPerSecond, on: study.grid) { _ in 700 })
    #expect(try limit(study) == 2)
    // Of 50 connections each 90 % are 45; 200 / 45 = 4.4: 5 must be left. The one lost leaves 200 / 5 = 40 each.
    study.service.limits = [declaredLimit(.poolConnections, 50, perInstance: true)]
    study.service.thresholds.append(threshold(.poolConnections, "> 70% of max", "> 80% of max", "> 90% of max"))
    study.series.append(samples("app", .poolConnections, on: study.grid) { _ in 200 })
    let plan = try planned(study)
    #expect(plan.limits[0] == 1)
    #expect(plan.figures.worstLoss?.instances == 1)
    let load = try #require(plan.figures.load)
    #expect(load.dimension == .metric(.poolConnections) && load.reaches == 40 && load.critical == 45)
    #expect(
      plan.floorRule?.limits
        == [
          .share(.cpu, percent: 90), .amount(.metric(.requestsPerSecond), 200),
          .shareOfAmount(.metric(.poolConnections), percent: 90, 50),
        ])
  }

  @Test("Demand that grows and types that change move the floor")
  func plans() throws {
    let study = spotStudy()
    var plan = study.plan
    // Twice the work: ⌈4.8 / 0.9⌉ = 6 of 6 must be left.
    plan.demand = Demand(DemandFactor(2, 1))
    let context = try study.context()
    #expect(try judgeSpot(study.service, type: "m5.large", plan: plan, context).plan?.limits[0] == 0)
    // 6 × 40 % × 2 vCPUs = 4.8 are 1.2 instances of 4: 2 must be left; half of 6 may be spot.
    plan = study.plan
    plan.setType("m5.xlarge", of: tinyService("app", ["m5.xlarge"]))
    var larger = study
    larger.prices.spot("m5.xlarge", savings: 60)
    larger.fleet = { $0.purchase.maximumSpotPercent = 100 }
    #expect(try judgeSpot(study.service, type: "m5.xlarge", plan: plan, larger.context()).plan?.limits[0] == 4)
  }

  @Test("A slot without measurements has no spot")
  func gaps() throws {
    var study = spotStudy()
    study.series = []
    study.measure(.cpuPercent) { (100..<110).contains($0) ? nil : 40 }
    let plan = try planned(study)
    #expect(plan.limits.indices.filter { plan.limits[$0] == 0 } == Array(100..<110))
    // 734 × 3 of 744 × 6.
    let use = SpotUse(spotSeconds: 2202 * 3600, allSeconds: 4464 * 3600, most: 3, unmeasuredSlots: 10)
    #expect(plan.risk(of: plan.limits)[0] == .use(use))
  }

  @Test("Queue workers need only what works off the queue within the deadline")
  func deadline() throws {
    var study = spotStudy()
    study.series = []
    study.measure(.cpuPercent) { _ in 80 }
    // 4.8 instances of work: ⌈4.8 / 0.9⌉ = 6 of 6 must be left.
    #expect(try limit(study) == 0)
    // m × 5 min + 6 × 10 min ≥ 4.8 × 15 min: m ≥ 12 / 5 = 2.4, so 3 must be left.
    study.service.spot = SpotRules(deadline: TimeSpan("15min"))
    #expect(try limit(study) == 3)
    let patient = try planned(study)
    #expect(
      patient.floorRule
        == SpotFloorRule(
          limits: [.queue(within: TimeSpan("15min")!)], minimum: 1, maximumPercent: 50, unmeasured: [.memory]))
    // With 3 left 1.8 instances' work gathers for 5 min, which the spare 1.2 do in 7.5 min: 12.5 min in all.
    #expect(
      patient.figures.worstLoss == SpotLoss(3, .queue(recoversAfter: 750, deadline: TimeSpan("15min")!)))
    // A deadline within the replacement time cannot wait for it: ⌈4.8⌉ = 5.
    study.service.spot = SpotRules(deadline: TimeSpan("5min"))
    #expect(try limit(study) == 1)
    // What is replaced at once is never missing: half of 6.
    study.service.spot = SpotRules(deadline: TimeSpan("15min"), replacement: TimeSpan("0s"))
    #expect(try limit(study) == 3)
    // Workers that are full have no spare capacity to catch up with.
    study.series = []
    study.measure(.cpuPercent) { _ in 100 }
    study.service.spot = SpotRules(deadline: TimeSpan("168h"))
    let full = try planned(study)
    #expect(full.limits[0] == 0)
    // Beyond the limit the risk says what would be.
    #expect(
      full.risk(of: [Int](repeating: 1, count: 744)).worstLoss
        == SpotLoss(1, .queue(recoversAfter: nil, deadline: TimeSpan("168h")!)))
  }

  @Test("Shares of pools are as equal as whole instances can be, and the closed form is what counting finds")
  func spread() {
    for pools in 1...7 {
      for spot in 0...30 {
        let shares = equalShares(of: spot, pools: pools)
        #expect(shares.reduce(0, +) == spot && shares.max()! - shares.min()! <= 1)
        #expect(SpotSpread.lost(spot, pools: pools) == shares.max())
      }
    }
    #expect(equalShares(of: 7, pools: 3) == [3, 2, 2])
  }

  private func limit(_ study: TinyStudy) throws -> Int { try planned(study).limits[0] }
}

extension SpotPlan {
  fileprivate var floorRule: SpotFloorRule? {
    basis.compactMap { if case .floor(let rule) = $0 { rule } else { nil } }.first
  }
}

@Suite struct SpotFloorPropertyTests {
  @Test("Over every spot count and every pool lost, the limit is the largest that keeps the floor", arguments: 0..<60)
  func bruteForce(seed: Int) throws {
    var random = SplitMix64(seed: seed)
    let fleet = RandomSpotFleet(&random)
    let plan = try planned(fleet.study)
    #expect(plan.pools.count == fleet.pools)
    for slot in fleet.cpu.indices {
      let running = fleet.running(slot)
      let largest = (0...running).last { fleet.keepsFloor(spot: $0, slot: slot) } ?? 0
      #expect(plan.limits[slot] == largest, "slot \(slot) of \(running)")
      #expect((0...largest).allSatisfy { fleet.keepsFloor(spot: $0, slot: slot) })
    }
  }
}

/// A service of random size, load, minimum, cap, zones and deadline over three days, and its floor counted by hand: in
/// whole percent, every pool lost in turn, a queue minute by minute.
private struct RandomSpotFleet {
  var study: TinyStudy
  let stops: [Int]
  let cpu, memory: [Int?]
  let pools, percent: Int
  let deadline: (minutes: Int, replacement: Int)?

  init(_ random: inout SplitMix64) {
    let grid = SampleGrid(period: period("2026-10-01", "2026-10-04"), stepSeconds: 3600)
    let size = random.number(1...9)
    stops = (0..<size).map { _ in random.number(40...72) }
    let base = random.number(5...80)
    var loads: [Int?] = []
    for _ in 0..<grid.count { loads.append(random.number(1...25) == 1 ? nil : random.number(base / 2...base + 20)) }
    cpu = loads
    memory = random.coin() ? loads.map { $0.map { min(95, $0 + 5) } } : loads.map { _ in nil }
    pools = random.number(1...4)
    percent = random.number(30...100)
    deadline = random.coin() ? (random.number(1...20), random.number(0...15)) : nil
    study = TinyStudy(tinyService("app", ["m5.large"]), count: size, "m5.large", on: grid)
    for index in stops.indices { study.runs[index].stopped = grid.instant(stops[index]) }
    study.prices.spot("m5.large", savings: 70)
    study.service.interruptible = true
    study.service.minimum = random.number(0...3)
    study.service.thresholds = [
      threshold(.cpuPercent, "> 70%", "> 80%", "> 90%"), threshold(.memoryPercent, "> 70%", "> 80%", "> 85%"),
    ]
    study.service.spot = SpotRules(zones: (0..<pools).map { "zone-\($0)" })
    if let deadline {
      study.service.spot?.deadline = TimeSpan(seconds: Int64(deadline.minutes * 60))
      study.service.spot?.replacement = TimeSpan(seconds: Int64(deadline.replacement * 60))
    }
    let percent = percent
    study.fleet = { $0.purchase.maximumSpotPercent = percent }
    let (cpu, memory) = (cpu, memory)
    study.measure(.cpuPercent) { slot in cpu[slot].map(Int64.init) }
    if memory.contains(where: { $0 != nil }) { study.measure(.memoryPercent) { memory[$0].map(Int64.init) } }
  }

  func running(_ slot: Int) -> Int { stops.count { $0 > slot } }

  /// True when so many spot instances leave the floor whichever pool is lost.
  func keepsFloor(spot: Int, slot: Int) -> Bool {
    let running = running(slot)
    guard spot > 0 else { return true }
    guard let cpu = cpu[slot], running - spot >= study.service.minimum, 100 * spot <= percent * running else {
      return false
    }
    return equalShares(of: spot, pools: pools).allSatisfy { lost in
      let left = running - lost
      if let memory = memory[slot], running * memory > left * 85 { return false }
      return deadline.map { isWorkedOff(running * cpu, running, left, $0) } ?? (running * cpu <= left * 90)
    }
  }

  /// Work arrives in percent of an instance; those left serve it until the others are replaced.
  private func isWorkedOff(
    _ work: Int, _ running: Int, _ left: Int, _ deadline: (minutes: Int, replacement: Int)
  ) -> Bool {
    var queue = 0
    for minute in 0..<deadline.minutes {
      queue = max(0, queue + work - 100 * (minute < deadline.replacement ? left : running))
    }
    return queue == 0
  }
}

/// How many each of the pools has, the first ones one more than the last: equal as whole instances can be.
private func equalShares(of spot: Int, pools: Int) -> [Int] {
  (0..<pools).map { spot / pools + ($0 < spot % pools ? 1 : 0) }
}
