import Analysis
import Model
import TestSupport
import Testing

@testable import Advice

// m5.large: 2 vCPUs, 8 GiB, 0.096 on demand; m5.xlarge twice that. October has 744 hours, one slot each.

@Suite struct SpotPlanTests {
  private let grid = SampleGrid(period: october, stepSeconds: 3600)

  @Test("An hour is expected to cost price, rework and fallback")
  func rate() throws {
    // 0.096 × (100 - 60) % = 0.0384; 5 % of it is 0.00192; 0.096 × 5 % a month / 730 h × 300 s / 3600 s
    // = 0.096 × 0.05 / 730 / 12 = 0.00000054794... → 0.000000548.
    let plan = try plan(study())
    #expect(plan.rate.price == usd("0.0384"))
    #expect(plan.rate.rework == usd("0.00192"))
    #expect(plan.rate.fallback == usd("0.000000548"))
    #expect(plan.hourly == usd("0.040320548"))
  }

  @Test("The limit leaves enough instances to stay below the critical threshold when a pool is lost")
  func floor() throws {
    // 6 instances at 40 % are 2.4 instances of work; at most 90 % each: ⌈2.4 / 0.9⌉ = 3 must be left. One zone is one
    // pool: 6 - 3 = 3 may be lost, so 3 may be spot; half of 6 is 3 too.
    #expect(try plan(study()).limits == [Int](repeating: 3, count: 744))
    // Without the owner's cap two zones have 2 × 3 = 6, of which the minimum of 1 is kept: 5.
    var study = study()
    study.fleet = { $0.purchase.maximumSpotPercent = 100 }
    study.service.spot = SpotRules(zones: ["a", "b"])
    #expect(try plan(study).limits == [Int](repeating: 5, count: 744))
  }

  @Test("What is not interruptible, not measured or not cheaper is not spot, and says why")
  func refusals() throws {
    var study = study()
    study.service.interruptible = false
    #expect(try refusal(study) == "not interruptible")
    study.service.interruptible = true
    study.series = []
    #expect(try refusal(study) == "CPU usage is not measured")
    study = self.study(savings: 4)
    // 96 % × 1.05 = 100.8 % of on demand: 0.09216 + 0.004608 + 0.000000548.
    #expect(
      try refusal(study)
        == "no spot capacity below 0.096/h on demand: m5.large: 0.096768548/h, not below on demand")
  }

  /// Six instances at 40 % of CPU, critical above 90 %, in one zone.
  private func study(savings: Int = 60) -> TinyStudy {
    var study = TinyStudy(tinyService("app", ["m5.large"]), count: 6, "m5.large", on: grid)
    study.service.interruptible = true
    study.service.thresholds = [threshold(.cpuPercent, "> 70%", "> 80%", "> 90%")]
    study.prices.spot("m5.large", savings: savings)
    study.measure(.cpuPercent) { _ in 40 }
    return study
  }

  private func judgement(_ study: TinyStudy) throws -> SpotJudgement {
    try spotJudgement(study.service, type: "m5.large", plan: study.plan, study.context())
  }

  private func plan(_ study: TinyStudy) throws -> SpotPlan { try #require(try judgement(study).plan) }

  private func refusal(_ study: TinyStudy) throws -> String? {
    if case .refused(let reason) = try judgement(study) { reason } else { nil }
  }
}
