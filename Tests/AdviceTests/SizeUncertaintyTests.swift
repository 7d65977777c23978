import Analysis
import Foundation
import Model
import TestSupport
import Testing

@testable import Advice

/// Sizes by what they are expected to lose: what was used up, what is ahead, what is old.
@Suite struct SizeUncertaintyTests {
  /// 30 days of hours: 720.
  private let month = SampleGrid(period: period("2026-10-01", "2026-10-31"), stepSeconds: 3600)
  private let m5 = ["m5.large", "m5.xlarge", "m5.2xlarge"]

  @Test("Where nobody states a percentile the size of the least expected loss is taken")
  func expectedLoss() throws {
    // In 5 hours of 720 3 vCPU are used, else 0.5. p99.5 / 0.8 = 3.75, more than an m5.large has. It is short in those, and
    // of a quarter of a day more at any of three levels: 25 + 2000 x (5 + 6 x 5 / 720) / 726 = 38.9; an m5.xlarge loses 50.
    var study = vertical("m5.2xlarge") { $0 % 160 == 0 ? 3750 : 625 }
    let verdict = try study.advice(RightSizing()).verdict
    #expect(verdict.moves("m5.2xlarge", to: "m5.large"))
    guard case .leastLoss(.expected, let share, nil, _, _)? = verdict.move?.gain else {
      Issue.record("\(verdict.reason)")
      return
    }
    #expect(abs(share - (5 + 6 * 5.0 / 720) / 726) < 1e-12)
    study.statesPercentile = true
    #expect(try study.advice(RightSizing()).verdict.moves("m5.2xlarge", to: "m5.xlarge"))
  }

  @Test("What is decided every day forgets what is weeks old, what is held for months does not")
  func age() throws {
    // Busy in the first ten days of thirty: 4.8 of 8 vCPU, then 0.4.
    var study = vertical("m5.2xlarge") { $0 < 240 ? 6000 : 500 }
    #expect(try study.advice(RightSizing()).verdict.outcome == .kept)
    study.fleet = certain { $0.review.holdDays = 1 }
    #expect(try study.advice(RightSizing()).verdict.moves("m5.2xlarge", to: "m5.large"))
  }

  @Test("What scales out forgets likewise where types are chosen every day: cost and shortness alike")
  func ageOfReplay() throws {
    // 16 vCPU, 10 of either. 54 GiB on the first of three days, then 10, of which each fills 1 without load: on that day (54 -
    // 10) / (3.2 - 1) = 20 c5.large, and an hour longer; 10 m5.large.
    let grid = SampleGrid(period: period("2026-10-01", "2026-10-04"), stepSeconds: 3600)
    var study = TinyStudy(tinyService("app", ["m5.large", "c5.large"]), count: 10, "m5.large", on: grid)
    study.measure(.cpuPercent) { _ in 80 }
    study.measure(.memoryPercent, scale: 1) { $0 < 24 ? 675 : 125 }
    study.service.maximum = 20
    study.statesPercentile = false
    study.fleet = certain()
    // 25 x 20 + 47 x 10 of c5.large at 0.085 are 82.45; 720 m5.large at 0.096 are 69.12.
    let kept = try study.advice(RightSizing()).verdict
    #expect(kept.outcome == .kept)
    #expect(kept.candidate("c5.large")?.replay?.cost.cost == usd("82.45"))
    // Chosen for a day of 24 intervals each weighs 24/25 of the next. The first 25 of 72 are 9.9 % of all: 72 x (10 + 10 x
    // 9.9 %) of c5.large.
    study.fleet = certain { $0.review.holdDays = 1 }
    let verdict = try study.advice(RightSizing()).verdict
    let fade = 24.0 / 25
    let old = 1 - (1 - pow(fade, 47)) / (1 - pow(fade, 72))
    let trial = try #require(verdict.candidate("c5.large")?.replay)
    let cost = 72 * (10 + 10 * old) * 0.085
    #expect(abs(Double(trial.cost.cost.nanoDollars) / 1e9 - cost) < 1e-4 && trial.cost.isWeighed)
    #expect(abs((trial.lossPercent ?? 0) - 100 * cost / 69.12) < 1e-4)
    #expect(verdict.moves("m5.large", to: "c5.large", .otherFamily))
  }

  @Test("A share of a replay is of what is known, the newer more; a cost is of all from the first that is")
  func weights() {
    // Each half of the next: 1/8, 1/4, 1/2, 1.
    let weights = ReplayWeights(count: 4, holdIntervals: 1)
    #expect(weights.share(of: [true, nil, false, true]) == 1.125 / 1.625)
    #expect(weights.share(of: [nil, nil, nil, nil]) == 0)
    // 3 / 1.75 of each.
    #expect(weights.scaled(from: 1) == [0, 0.25 * 3 / 1.75, 0.5 * 3 / 1.75, 3 / 1.75])
    #expect(weights.scaled(from: 4) == [0, 0, 0, 0])
  }

  @Test("No type costs less by its replay than its bound, however hours are weighed", arguments: 0..<12)
  func bound(seed: Int) throws {
    var random = SplitMix64(seed: seed)
    let grid = SampleGrid(period: period("2026-10-01", "2026-10-03"), stepSeconds: 3600)
    let types = ["m5.large", "c5.large", "m5.xlarge", "m5.2xlarge"]
    var study = TinyStudy(tinyService("app", types), count: random.number(1...6), "m5.large", on: grid)
    let cpu = (0..<48).map { _ in random.number(1...99) }
    // 0.8 GiB at least is without load, which any type holds.
    let memory = (0..<48).map { $0 == 0 ? 10 : random.number(10...70) }
    let gaps = Set((0..<random.number(0...4)).map { _ in random.number(0...47) })
    study.measure(.cpuPercent) { gaps.contains($0) ? nil : Int64(cpu[$0]) }
    study.measure(.memoryPercent) { Int64(memory[$0]) }
    study.service.maximum = 100
    study.fleet = certain { if seed % 2 == 1 { $0.review.holdDays = 1 } }
    let context = try study.context()
    let current = try context.catalogue.specification("m5.large")
    let need = try SizeNeed(study.service, current: "m5.large", context)
    let sizing = try HorizontalSizing(
      study.service, current: current, need: need, on: context.lookback, risk: .expected, context)
    #expect((sizing.weights == nil) == (seed % 2 == 0))
    let own = try sizing.own()
    let bound = HorizontalCostBound(sizing)
    for offer in try TypeOffer.listed(study.service, current: current, context) {
      #expect(bound(offer) <= sizing.candidate(offer, beside: own).rank, "\(offer.type)")
    }
  }

  @Test("Nothing with less CPU is advised where it was used up, and how often it was is said")
  func saturated() throws {
    // 15 of 720 hours at 100 %: an m5.large would lose 25 + 2000 x 2 % = 67, what runs 100 + 42.
    var study = vertical("m5.2xlarge") { $0 % 48 == 0 ? 10_000 : 500 }
    let verdict = try study.advice(RightSizing()).verdict
    let samples = SaturatedSamples(full: 15, total: 720)
    #expect(verdict.sizeReason == .tooSmall(CountedType("m5.xlarge"), [.saturated(samples)]))
    #expect(verdict.sizeFigures.contains(.saturated(samples)))
    #expect(verdict.need(.cpu)?.isAtLeast == true)
    #expect(verdict.confidence == .low)
    // One hour of the month is less than the 0.5 % that p99.5 lets pass.
    study = vertical("m5.2xlarge") { $0 == 48 ? 9960 : 500 }
    let once = try study.advice(RightSizing()).verdict
    #expect(once.moves("m5.2xlarge", to: "m5.large") && once.need(.cpu)?.isAtLeast == false)
    #expect(once.confidence == .high)
    #expect(once.move?.saturated == SaturatedSamples(full: 1, total: 720))
  }

  @Test("A size beside one that was used up all the time is not said to fit, nor to be large enough at any time")
  func usedUp() throws {
    var study = vertical("m5.xlarge") { _ in 10_000 }
    for statesPercentile in [false, true] {
      study.statesPercentile = statesPercentile
      let verdict = try study.advice(RightSizing()).verdict
      #expect(verdict.confidence == .low)
      // All 720 hours used the 4 vCPU of an m5.xlarge; whether the 8 of an m5.2xlarge would do, nobody knows.
      for (type, exceeded) in [("m5.large", 720), ("m5.xlarge", 720), ("m5.2xlarge", 0)] {
        guard case .nodes(let trial)? = verdict.candidate(type)?.trial else {
          Issue.record("\(type)")
          continue
        }
        #expect(trial.cpu == .unknown && trial.risk.exceeded == exceeded, "\(type)")
      }
    }
  }

  @Test("A size that is short more often than the percentile lets pass is not said to fit")
  func short() throws {
    // A tenth of the hours need 4.5 of the 4 vCPU of an m5.xlarge, which is expected to be short in more than 0.5 % of time.
    let study = vertical("m5.2xlarge") { $0 % 10 == 0 ? 5625 : 500 }
    let verdict = try study.advice(RightSizing()).verdict
    for (type, fit) in [("m5.xlarge", NodeTrial.CPUFit.short), ("m5.2xlarge", .fits)] {
      guard case .nodes(let trial)? = verdict.candidate(type)?.trial else {
        Issue.record("\(type)")
        continue
      }
      #expect(trial.cpu == fit, "\(type): \(trial)")
    }
  }

  @Test("What is used up is said where nothing larger may be had, too")
  func nothingLarger() throws {
    // 8 vCPU at least, / 0.8: 10.
    var study = vertical("m5.2xlarge") { $0 % 48 == 0 ? 10_000 : 500 }
    study.statesPercentile = true
    let verdict = try study.advice(RightSizing()).verdict
    guard
      case .saturated(SaturatedSamples(full: 15, total: 720), .nothingCarries(_, let shortfalls))? = verdict.sizeReason
    else {
      Issue.record("\(verdict.reason)")
      return
    }
    #expect(shortfalls.map(\.roundedToHundredths) == [.capacity(.cpu, offered: 8, needed: 10)])
  }

  @Test("What is used up a tenth of the time is short for as long, and moves up whatever that costs")
  func movesUp() throws {
    // 100 + 2000 x 10 % = 300; twice as much carries two of three that may be needed, 72 of 720 hours: 24 are short, and of a
    // quarter of a day 24, 72 and 72: 200 + 2000 x (24 + 6 x 168 / 2160) / 726 = 267.
    let advice = try vertical("m5.large") { $0 % 10 == 0 ? 10_000 : 1000 }.advice(RightSizing())
    #expect(advice.verdict.moves("m5.large", to: "m5.xlarge") && advice.isUnconditional)
    guard case .leastLoss(.expected, let share, let before?, _, _)? = advice.verdict.move?.gain else {
      Issue.record("\(advice.verdict.reason)")
      return
    }
    #expect(abs(share - (24 + 6 * 168.0 / 2160) / 726) < 1e-12 && abs(before - 0.1) < 1e-12)
  }

  @Test("A burstable type at its baseline without credits has used up what it had")
  func outOfCredits() throws {
    // Two hours at 100 % take the 60 launch credits of a t2.medium, then it has the 20 % that it earns.
    var study = vertical("t2.medium", ["t2.small", "t2.medium"]) { $0 < 2 ? 10_000 : 2000 }
    study.statesPercentile = true
    let standard = BurstCredits(
      baselinePercentPerVcpu: 20, creditsPerHour: 24, maximumCredits: 576, surplusPerVcpuHour: nil, mode: .standard)
    let small = BurstCredits(
      baselinePercentPerVcpu: 20, creditsPerHour: 12, maximumCredits: 288, surplusPerVcpuHour: nil, mode: .standard)
    study.prices.specify("t2.medium", vcpu: 2, milliGiB: 4000, burst: standard)
    study.prices.specify("t2.small", vcpu: 1, milliGiB: 2000, burst: small)
    for (type, price) in [("t2.medium", "0.0464"), ("t2.small", "0.023")] { study.prices.sell(type, price) }
    let verdict = try study.advice(RightSizing()).verdict
    let samples = SaturatedSamples(full: 2, capped: 718, total: 720)
    #expect(verdict.outcome == .kept && verdict.sizeFigures.contains(.saturated(samples)))
    #expect(verdict.candidate("t2.small")?.shortfalls.contains(.saturated(samples)) == true)
  }

  @Test("What is moved to carries the growth that is expected while it stays")
  func growth() throws {
    // 19 % of 8 vCPU = 1.52, / 0.8 = 1.9 of the 2 of an m5.large. Four times as much a year are 4 ^ (90 / 365) = 1.4075 in
    // 90 days: 2.139 without headroom. In 30 days 4 ^ (30 / 365) = 1.1207: 1.70.
    var study = vertical("m5.2xlarge") { _ in 1900 }
    study.statesPercentile = true
    #expect(try study.advice(RightSizing()).verdict.moves("m5.2xlarge", to: "m5.large"))
    study.fleet = certain { $0.outlook?.growthPercentAYear = 300 }
    let grown = try study.advice(RightSizing()).verdict
    #expect(grown.moves("m5.2xlarge", to: "m5.xlarge"))
    let growth = try #require(grown.move?.growth)
    #expect(abs(growth.factor - 1.4075) < 1e-4 && growth.days == 90)
    // The need that is told is of the growth too: 1.52 x 1.4075.
    guard case .fits(let need, _)? = grown.move?.gain else {
      Issue.record("\(grown.reason)")
      return
    }
    #expect(abs((need.vcpu ?? 0) - 1.9) < 1e-9 && abs((need.ahead?.vcpu ?? 0) - 1.52 * growth.factor) < 1e-9)
    #expect(
      grown.candidate("m5.large")?.roundedShortfalls
        == [.capacity(.cpu, offered: 2, needed: 2.14), .growth(growth)])
    study.fleet = certain {
      $0.outlook?.growthPercentAYear = 300
      $0.review.holdDays = 30
    }
    #expect(try study.advice(RightSizing()).verdict.moves("m5.2xlarge", to: "m5.large"))
  }

  @Test("What runs and carries what it did stays, and is told that it will be outgrown")
  func outgrown() throws {
    // 78 % of 2 vCPU / 0.8 = 1.95; 1.56 x 1.4075 = 2.20 in 90 days.
    var study = vertical("m5.large") { _ in 7800 }
    study.statesPercentile = true
    study.fleet = certain { $0.outlook?.growthPercentAYear = 300 }
    let verdict = try study.advice(RightSizing()).verdict
    #expect(verdict.outcome == .kept)
    let outgrown = verdict.sizeFigures.compactMap { figure in
      if case .growth(_, let shortfalls) = figure { shortfalls.first?.roundedToHundredths } else { nil }
    }
    #expect(outgrown == [.capacity(.cpu, offered: 2, needed: 2.20)])
  }

  @Test("Of what scales out more than the maximum will not do for the growth that is expected")
  func maximum() throws {
    // 5 x 80 % of 4 vCPU = 16: 10 c5.large, which are 10 at most; 16 x 1.3 ^ (90 / 365) = 17.07 ask for 11.
    var study = horizontal(["c5.large", "m5.xlarge"], 5) { _ in 80 }
    study.statesPercentile = true
    #expect(try study.advice(RightSizing()).verdict.moves("m5.xlarge", to: "c5.large", .otherFamily))
    study.fleet = certain { $0.outlook?.growthPercentAYear = 30 }
    let verdict = try study.advice(RightSizing()).verdict
    guard case .tooSmall(CountedType("c5.large"), let shortfalls)? = verdict.sizeReason else {
      Issue.record("\(verdict.reason)")
      return
    }
    #expect(shortfalls.first == .count(11, for: .dimension(.cpu), maximum: 10) && shortfalls.count == 2)
  }

  @Test("Of what scales out a cheaper type is not taken that is short whenever the load rises")
  func shortWhileScaling() throws {
    // 3.2 vCPU, in the first two hours of each day 6.4. Two m5.xlarge carry both; two m5.large are short in the first of
    // the two hours but on the first day, 2 of 72: half of the cost and somewhat more, and 20 x 2.8 % of it.
    var study = horizontal(["m5.large", "m5.xlarge"], 2) { $0 % 24 < 2 ? 80 : 40 }
    study.statesPercentile = true
    #expect(try study.advice(RightSizing()).verdict.moves("m5.xlarge", to: "m5.large"))
    study.statesPercentile = false
    let verdict = try study.advice(RightSizing()).verdict
    guard case .expectedLoss(let loss, let own)? = verdict.sizeReason else {
      Issue.record("\(verdict.reason)")
      return
    }
    #expect(loss.size == CountedType("m5.large") && abs(own.percent - 100) < 1e-9)
    // 3 days of 20 hours of two and of 4 hours of four (a late hour each), beside 24 hours of twice the price.
    let trial = try #require(verdict.candidate("m5.large")?.replay)
    let cost = Double(trial.cost.cost.nanoDollars) / Double(usd("27.648").nanoDollars)
    #expect(trial.risk.exceeded == 2 && abs(loss.percent - (100 * cost + 2000 * 2 / 72)) < 1e-6)
  }

  /// A fleet of which nothing is expected to change but what is said.
  private func certain(_ change: @escaping (inout Fleet) -> Void = { _ in }) -> (inout Fleet) -> Void {
    { fleet in
      fleet.outlook = Outlook(uncertaintyPercentAYear: 0)
      change(&fleet)
    }
  }

  /// One instance; CPU in hundredths of a percent, memory at 5 percent.
  private func vertical(
    _ type: String, _ types: [String]? = nil, cpu: @escaping (Int) -> Int64
  ) -> TinyStudy {
    var study = TinyStudy(tinyService("app", types ?? m5) { $0.approach = .cluster }, count: 1, type, on: month)
    study.statesPercentile = false
    study.measure(.cpuPercent, scale: 2, cpu)
    study.measure(.memoryPercent) { _ in 5 }
    study.fleet = certain()
    return study
  }

  /// So many m5.xlarge for three days.
  private func horizontal(_ types: [String], _ count: Int, cpu: @escaping (Int) -> Int64) -> TinyStudy {
    let days = SampleGrid(period: period("2026-10-01", "2026-10-04"), stepSeconds: 3600)
    var study = TinyStudy(tinyService("app", types), count: count, "m5.xlarge", on: days)
    study.measure(.cpuPercent, cpu)
    study.measure(.memoryPercent) { _ in 5 }
    study.fleet = certain()
    return study
  }
}
