import Analysis
import Model
import TestSupport
import Testing

@testable import Advice

// m5.large: 2 vCPUs, 8 GiB, 0.096 on demand; m5.xlarge twice that. October has 744 hours, one slot each.

@Suite struct SpotPlanTests {
  @Test("An hour is expected to cost price, rework and fallback")
  func rate() throws {
    // 0.096 × (100 - 60) % = 0.0384; 5 % of it is 0.00192; 0.096 × 5 % a month / 730 h × 300 s / 3600 s
    // = 0.096 × 0.05 / 730 / 12 = 0.00000054794... → 0.000000548.
    let plan = try planned(spotStudy())
    #expect(plan.rate.price == usd("0.0384"))
    #expect(plan.rate.rework == usd("0.00192"))
    #expect(plan.rate.fallback == usd("0.000000548"))
    #expect(plan.hourly == usd("0.040320548"))
    #expect(plan.prices.map(\.quality) == [.derived, .published])
  }

  @Test("What is not interruptible, not measured or not cheaper is not spot, and says why")
  func refusals() throws {
    var study = spotStudy()
    study.service.interruptible = false
    #expect(try refusal(study) == .notInterruptible)
    study.service.interruptible = true
    study.series = []
    #expect(try refusal(study) == .unmeasured)
    // Of 744 hours 558 are 75 %.
    study.measure(.cpuPercent) { $0 < 558 ? 40 : nil }
    #expect(
      try refusal(study)
        == .uncovered(
          CoverageShortfall(.load, .share(Coverage(seen: 558, expected: 744), requiredPercent: 80))))
    // 96 % × 1.05 = 100.8 % of on demand: 0.09216 + 0.004608 + 0.000000548.
    #expect(
      try refusal(spotStudy(savings: 4)) == none([SpotLeftOut("m5.large", .notCheaper(usd("0.096768548")))]))
    study = spotStudy()
    study.prices.spot = []
    #expect(try refusal(study) == none([SpotLeftOut("m5.large", .unpriced(inNamedZones: false))]))
  }

  @Test("A change that wants spot for a service that it may not serve is told what is wrong with it")
  func unwanted() throws {
    var study = spotStudy(savings: 4)
    #expect(
      try flaw(study)
        == "spot for a service of which no type has spot capacity below 0.096 USD/h on demand: m5.large")
    study.series = []
    #expect(try flaw(study) == "spot for a service whose CPU usage is not measured")
    study.service.interruptible = false
    #expect(try flaw(study) == "spot for a service that is not interruptible")
  }

  private func flaw(_ study: TinyStudy) throws -> String? {
    let context = try study.context()
    return failure { () throws(DataError) in
      _ = try context.spotCounts(of: study.service, percent: 50, in: study.plan)
    }?.found
  }

  @Test("Price history that is newer than the estimate is used by zone; an older one tells the zones alone")
  func history() throws {
    var study = spotStudy()
    // The estimate is from January. In zone b 0.03 held for 10 of the 30 days, then 0.06: 0.05. In a 0.04 held throughout.
    // October ends a second after the date of the advice: 20 days before it is the 11th at 23:59:59.
    study.prices.spotPrice("m5.large", "use1-az1", "0.04", "2026-09-15")
    study.prices.spotPrice("m5.large", "use1-az2", "0.03", "2026-09-20")
    study.prices.spotPrice("m5.large", "use1-az2", "0.06", "2026-10-11T23:59:59Z")
    let plan = try planned(study)
    #expect(plan.pools.map(\.zone) == ["use1-az1", "use1-az2"])
    #expect(plan.pools.map(\.price) == [usd("0.04"), usd("0.05")])
    #expect(plan.rate.price == usd("0.045"))
    #expect(plan.pools.map(\.interruptedPercent) == [5, 5])
    let basis = SpotTypePrice.Basis.history(.days(30, zones: 2), to: instant("2026-10-31T23:59:59Z"))
    #expect(plan.figures[0] == .prices([SpotTypePrice("m5.large", usd("0.045"), basis)]))
    #expect(plan.prices[0].item == .spotMean(type: "m5.large", over: .days(30, zones: 2)))
    #expect(plan.prices[0].amount == usd("0.045") && plan.prices[0].since == instant("2026-09-15"))
    study.prices.spot = []
    study.prices.spot("m5.large", savings: 60, from: "2026-10-12")
    let estimated = try planned(study)
    #expect(estimated.pools.map(\.zone) == ["use1-az1", "use1-az2"])
    #expect(estimated.rate.price == usd("0.0384"))
  }

  @Test("Without an estimate every instance is taken to be taken back")
  func noEstimate() throws {
    var study = spotStudy()
    study.prices.spot = []
    study.prices.spotPrice("m5.large", "a", "0.04", "2026-09-01")
    let plan = try planned(study)
    // 0.096 × 100 % / 730 / 12 = 0.0000109589...
    #expect(plan.rate.fallback == usd("0.000010959"))
    #expect(plan.poolLoss(used: 1) == 1)
  }

  @Test("Types at least as large are added as long as they save more, cheapest first")
  func types() throws {
    var study = spotStudy()
    study.service.instanceTypes = ["c5.large", "m5.large", "m5.xlarge", "m5.2xlarge"]
    study.prices.spot("c5.large", savings: 90)
    study.prices.spot("m5.xlarge", savings: 75)
    study.prices.spot("m5.2xlarge", savings: 70)
    // m5.2xlarge: 0.384 × 30 % × 1.05 = 0.12096 is above 0.096. m5.xlarge: 0.192 × 25 % = 0.048. With half of 6 at most,
    // one pool gives the 3 already, and the dearer type would save less.
    let capped = try planned(study)
    let smaller = SpotLeftOut("c5.large", .notAsLarge(as: "m5.large"))
    #expect(capped.pools.map(\.type) == ["m5.large"])
    // 0.048 × 1.05 + 0.000000548.
    #expect(
      capped.basis.last
        == .leftOut([
          SpotLeftOut("m5.xlarge", .savesNoMore(usd("0.050400548"))), smaller,
          SpotLeftOut("m5.2xlarge", .notCheaper(usd("0.120960548"))),
        ]))
    // Without that cap one pool has 3, saving 3 × (0.096 - 0.040320548) = 0.167038356. Two pools have 5 at
    // (0.0384 + 0.048) / 2 × 1.05 + 0.000000548 = 0.045360548, saving 5 × 0.050639452 = 0.25319726.
    study.fleet = { $0.purchase.maximumSpotPercent = 100 }
    let plan = try planned(study)
    #expect(plan.pools.map(\.type) == ["m5.large", "m5.xlarge"])
    #expect(plan.hourly == usd("0.045360548"))
    #expect(plan.limits == [Int](repeating: 5, count: 744))
    #expect(
      plan.basis.last
        == .leftOut([smaller, SpotLeftOut("m5.2xlarge", .notCheaper(usd("0.120960548")))]))
  }

  @Test("The fleet file may name zones and types")
  func named() throws {
    var study = spotStudy()
    study.service.instanceTypes = ["m5.large", "m5.xlarge"]
    study.prices.spot("m5.xlarge", savings: 75)
    study.service.spot = SpotRules(zones: ["x", "y"], types: ["m5.xlarge"])
    #expect(try planned(study).pools.map { "\($0.type) \($0.zone)" } == ["m5.xlarge x", "m5.xlarge y"])
    // History of other zones alone is none of these.
    study.service.spot = SpotRules(zones: ["x"])
    study.prices.spot = []
    study.prices.spotPrice("m5.large", "y", "0.04", "2026-09-01")
    #expect(
      try refusal(study)
        == none(["m5.large", "m5.xlarge"].map { SpotLeftOut($0, .unpriced(inNamedZones: true)) }))
  }

  @Test("Without zones in the book or the fleet file, those that the service ran in count")
  func ranIn() throws {
    var study = spotStudy()
    study.runs[0].zone = "us-east-1b"
    study.runs[1].zone = ""
    #expect(try planned(study).pools.map(\.zone) == ["us-east-1a", "us-east-1b"])
  }

  @Test("The figures tell all that the rate, the limits and the risk follow from")
  func figures() throws {
    // 3 of 6 in each of 744 hours: 2,232 instance-hours × 5 % / 730 = 0.1529 interruptions. Of 2.4 instances of work the 3
    // that stay carry 80 % each. One pool of 5 % is in use.
    let figures = try planned(spotStudy()).figures
    let rate = SpotRate(price: usd("0.0384"), rework: usd("0.00192"), fallback: usd("0.000000548"))
    let estimate = SpotTypePrice.Basis.estimate(
      onDemand: usd("0.096"), percentBelow: 60, from: instant("2026-01-01"))
    #expect(
      figures.prefix(6) == [
        .prices([SpotTypePrice("m5.large", usd("0.0384"), estimate)]),
        .interruptionRates([SpotInterruptionRate("m5.large", "<5%")]),
        .cost(SpotCost(rate, reworkPercent: 5, replacement: TimeSpan("5min")!, onDemand: usd("0.096"))),
        .pools([SpotTypePools("m5.large", ["us-east-1a"])]),
        .floor(
          SpotFloorRule(
            limits: [.share(.cpu, percent: 90)], minimum: 1, maximumPercent: 50, unmeasured: [.memory])),
        .use(SpotUse(spotSeconds: 2232 * 3600, allSeconds: 4464 * 3600, most: 3, unmeasuredSlots: 0)),
      ])
    #expect(abs(try #require(figures.interruptions) - 2232 * 0.05 / 730) < 1e-9)
    #expect(abs(try #require(figures.poolLoss) - 0.05) < 1e-9)
    let loss = try #require(figures.worstLoss)
    #expect(loss.instances == 3)
    #expect(figures.load.map { [$0.reaches, $0.critical].map { ($0 * 1e6).rounded() / 1e6 } } == [80, 90])
    #expect(figures.count == 9)
  }

  @Test("Risk is that of what is used of the limits")
  func riskOfPart() throws {
    var study = spotStudy()
    study.service.spot = SpotRules(zones: ["a", "b", "c"])
    let plan = try planned(study)
    var counts = [Int](repeating: 0, count: 744)
    counts[7] = 2
    let risk = plan.risk(of: counts)
    // Two pools of three are used, which may be lost one without the other: at most 5 + 5 %. One of 6 is lost: 2.4 / 5 = 48 %.
    #expect(risk[0] == .use(SpotUse(spotSeconds: 2 * 3600, allSeconds: 4464 * 3600, most: 2, unmeasuredSlots: 0)))
    #expect(abs(try #require(risk.poolLoss) - 0.1) < 1e-9)
    #expect(risk.worstLoss?.instances == 1)
    #expect(abs(try #require(risk.load).reaches - 48) < 1e-6)
    #expect(plan.risk(of: [Int](repeating: 0, count: 744)) == [.use(nil)])
  }

  private func none(_ leftOut: [SpotLeftOut]) -> SpotReason { .noneCheaper(onDemand: usd("0.096"), leftOut) }

  private func refusal(_ study: TinyStudy) throws -> SpotReason? {
    if case .refused(let reason) = try judged(study) { reason } else { nil }
  }
}

/// Six instances at 40 % of CPU, critical above 90 %, in one zone; spot is estimated at 40 % of on demand.
func spotStudy(savings: Int = 60) -> TinyStudy {
  let grid = SampleGrid(period: october, stepSeconds: 3600)
  var study = TinyStudy(tinyService("app", ["m5.large"]), count: 6, "m5.large", on: grid)
  study.service.interruptible = true
  study.service.thresholds = [threshold(.cpuPercent, "> 70%", "> 80%", "> 90%")]
  study.prices.spot("m5.large", savings: savings)
  study.measure(.cpuPercent) { _ in 40 }
  return study
}

func judged(_ study: TinyStudy) throws -> SpotJudgement {
  try judgeSpot(study.service, type: "m5.large", plan: study.plan, study.context())
}

func planned(_ study: TinyStudy) throws -> SpotPlan { try #require(try judged(study).plan) }

extension [SpotFigure] {
  var interruptions: Double? { firstOf { if case .interruptions(let most) = $0 { most } else { nil } } }
  var poolLoss: Double? { firstOf { if case .poolLoss(let probability) = $0 { probability } else { nil } } }
  var worstLoss: SpotLoss? { firstOf { if case .worstLoss(let loss) = $0 { loss } else { nil } } }
  /// What the worst loss brings nearest to its limit, where that is no queue.
  var load: (dimension: SpotDimension, reaches: Double, critical: Double)? {
    guard case .load(let dimension, let reaches, let critical)? = worstLoss?.nearest else { return nil }
    return (dimension, reaches, critical)
  }

  private func firstOf<Value>(_ value: (SpotFigure) -> Value?) -> Value? { compactMap(value).first }
}
