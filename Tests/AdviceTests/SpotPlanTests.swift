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
    #expect(try refusal(study) == "not interruptible")
    study.service.interruptible = true
    study.series = []
    #expect(try refusal(study) == "CPU usage is not measured")
    // Of 744 hours 558 are 75 %.
    study.measure(.cpuPercent) { $0 < 558 ? 40 : nil }
    #expect(try refusal(study) == "what the instances carried covers 75.0 %, 80 % is required")
    // 96 % × 1.05 = 100.8 % of on demand: 0.09216 + 0.004608 + 0.000000548.
    #expect(
      try refusal(spotStudy(savings: 4))
        == "no spot capacity below 0.096/h on demand: m5.large: 0.096768548/h, not below on demand")
    study = spotStudy()
    study.prices.spot = []
    #expect(try refusal(study) == "no spot capacity below 0.096/h on demand: m5.large: no spot price")
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
    #expect(
      plan.figures[0]
        == .init("spot price", "m5.large 0.045/h (derived): mean of 30 days in 2 zones to 2026-10-31"))
    #expect(plan.prices[0].item == .spotMean(type: "m5.large", over: "30 days in 2 zones"))
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
    #expect(capped.pools.map(\.type) == ["m5.large"])
    // 0.048 × 1.05 + 0.000000548.
    #expect(capped.basis.last?.value.hasPrefix("m5.xlarge: 0.050400548/h, saves no more; c5.large: smaller") == true)
    // Without that cap one pool has 3, saving 3 × (0.096 - 0.040320548) = 0.167038356. Two pools have 5 at
    // (0.0384 + 0.048) / 2 × 1.05 + 0.000000548 = 0.045360548, saving 5 × 0.050639452 = 0.25319726.
    study.fleet = { $0.purchase.maximumSpotPercent = 100 }
    let plan = try planned(study)
    #expect(plan.pools.map(\.type) == ["m5.large", "m5.xlarge"])
    #expect(plan.hourly == usd("0.045360548"))
    #expect(plan.limits == [Int](repeating: 5, count: 744))
    #expect(
      plan.basis.last
        == .init(
          "spot left out",
          "c5.large: smaller than m5.large, or of unknown size; m5.2xlarge: 0.120960548/h, not below on demand"))
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
        == "no spot capacity below 0.096/h on demand: m5.large: no spot price in the zones named; "
        + "m5.xlarge: no spot price in the zones named")
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
    // that stay carry 80 % each.
    #expect(
      try planned(spotStudy()).figures == [
        .init("spot price", "m5.large 0.0384/h (derived): 0.096/h on demand less 60 %, estimated on 2026-01-01"),
        .init("instances taken back a month", "m5.large <5%; the upper end counts"),
        .init(
          "spot cost",
          "0.0384 + 0.00192 rework (5 %) + 0.000000548 on demand for 5min after each interruption = 0.040320548/h "
            + "(derived) against 0.096/h on demand"),
        .init("spot pools", "1: m5.large in us-east-1a"),
        .init(
          "floor",
          "without the largest pool CPU at most 90 %; never the first 1; at most 50 % spot; not measured: memory"),
        .init("spot share", "2,232 of 4,464 instance-hours (50.0 %), at most 3 at once"),
        .init("spot interruptions", "at most 0.15 in these instance-hours"),
        .init(
          "a pool lost in a month",
          "probability at most 5.0 %, if every interruption takes its whole pool and pools are independent"),
        .init("worst loss", "3 at once; CPU then reaches 80.0 % (critical above 90 %)"),
      ])
  }

  @Test("Risk is that of what is used of the limits")
  func riskOfPart() throws {
    var study = spotStudy()
    study.service.spot = SpotRules(zones: ["a", "b", "c"])
    let plan = try planned(study)
    var counts = [Int](repeating: 0, count: 744)
    counts[7] = 2
    let risk = plan.risk(of: counts)
    // Two pools of three are used: 1 - 0.95² = 9.75 %. One of 6 is lost: 2.4 / 5 = 48 %.
    #expect(risk[0].value == "2 of 4,464 instance-hours (0.0 %), at most 2 at once")
    #expect(risk[2].value.hasPrefix("probability at most 9.8 %, "))
    #expect(risk[3].value == "1 at once; CPU then reaches 48.0 % (critical above 90 %)")
    #expect(
      plan.risk(of: [Int](repeating: 0, count: 744))
        == [.init("spot share", "none: no slot has an instance to spare when a pool is lost")])
  }

  private func refusal(_ study: TinyStudy) throws -> String? {
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
