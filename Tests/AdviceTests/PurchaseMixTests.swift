import Analysis
import Model
import TestSupport
import Testing

@testable import Advice

// m5.large: 0.096 on demand, reserved at 60 % of it (0.0576). October has 744 hours.

@Suite struct PurchaseMixTests {
  private let grid = SampleGrid(period: october, stepSeconds: 3600)

  @Test("Levels used for more than the break-even share of hours are reserved, the others are not")
  func breakEvenLevel() throws {
    // Levels used 100 %, 70.2 % (522 hours) and 50 %.
    let study = study(hours: [744, 522, 372])
    let advice = try study.advice(PurchaseMix())
    #expect(advice.verdict.outcome == .recommended)
    #expect(advice.verdict.text == "reserve 2 more m5.large, standard-1yr-no-upfront")
    #expect(advice.verdict.reason == "each is used at least 70.2 % of hours, break-even 60.0 %")
    #expect(study.planAfter(advice).commitments.map(\.commitment.count) == [2])
  }

  @Test("The saving is the difference of two bills")
  func saving() throws {
    let study = study(hours: [744, 522, 372])
    let engine = try study.context().engine
    let before = try engine.bill(study.plan, over: october).total
    let after = try engine.bill(study.planAfter(try study.advice(PurchaseMix())), over: october).total
    // (744 + 522) × 0.096 - 2 × 744 × 0.0576 = 121.536 - 85.7088.
    #expect(before - after == usd("35.8272"))
  }

  @Test("What existing commitments cover is taken off first")
  func existingFirst() throws {
    var study = study(hours: [744, 522, 372])
    study.commitments = [commitment("held", 1, "m5.large", at: "0.0576")]
    let advice = try study.advice(PurchaseMix())
    #expect(advice.verdict.text == "reserve 1 more m5.large, standard-1yr-no-upfront")
    study.commitments = [commitment("held", 3, "m5.large", at: "0.0576")]
    let covered = try study.advice(PurchaseMix()).verdict
    #expect(covered.outcome == .kept && covered.reason == "existing commitments cover every hour")
  }

  @Test("Another service's reservation of the family covers this one too")
  func anotherService() throws {
    var study = study(hours: [744])
    study.commitments = [commitment("held", 1, "m5.xlarge", at: "0.1", of: "db")]
    #expect(try study.advice(PurchaseMix()).verdict.reason == "existing commitments cover every hour")
  }

  @Test("Too little use buys nothing, and says the share that would be needed")
  func tooLittle() throws {
    let verdict = try study(hours: [300]).advice(PurchaseMix()).verdict
    #expect(verdict.outcome == .kept)
    #expect(verdict.reason == "no further level is used for 60.0 % of the hours")
  }

  @Test("A fleet that allows no offer buys none")
  func noOffer() throws {
    var study = study(hours: [744])
    study.fleet = { $0.purchase.offers = [] }
    #expect(try study.advice(PurchaseMix()).verdict.reason == "the fleet file allows no offer")
  }

  @Test("The cheapest of the allowed offers is taken")
  func cheapestOffer() throws {
    let threeYears = OfferTerm("standard-3yr-no-upfront")!
    var study = study(hours: [744])
    study.prices.reserved.append(reservedPrice("m5.large", "0.04", threeYears))
    study.fleet = { $0.purchase.offers = [oneYear, threeYears] }
    #expect(try study.advice(PurchaseMix()).verdict.text == "reserve 1 more m5.large, standard-3yr-no-upfront")
  }

  @Test("Spot is never for a service that is not interruptible")
  func notInterruptible() throws {
    var study = study(hours: [300, 300, 300, 300])
    study.prices.spot("m5.large", savings: 80)
    let advice = try study.advice(PurchaseMix())
    #expect(study.planAfter(advice).runs.allSatisfy { $0.lifecycle == .onDemand })
    #expect(advice.verdict.evidence.figures.contains(.init("spot", "not interruptible")))
  }

  @Test("Derived rates are marked in every figure, and the discount is among the prices")
  func marks() throws {
    var study = study(hours: [744, 744])
    study.prices.spot("m5.large", savings: 60)
    let reserved = study.prices.reserved.firstIndex { $0.kind.type == "m5.large" }!
    study.prices.reserved[reserved].provenance.quality = .derived
    study.service.interruptible = true
    study.fleet = { $0.discounts = decoded(#"{"percent": "5"}"#) }
    let evidence = try study.advice(PurchaseMix()).verdict.evidence
    // A discount is off reserved and on-demand alike: 0.0576 / 0.096 = 60 % with and without it.
    #expect(
      evidence.figures.first
        == .init("break-even", "0.0576/h reserved (derived) / 0.096/h on-demand = 60.0 % of hours"))
    // 0.096 × 40 % × 105 % = 0.04032.
    #expect(
      evidence.figures.contains { $0.label == "spot" && $0.value.hasPrefix("0.04032/h (derived) with 5 % rework") })
    #expect(evidence.prices.map(\.quality) == [.published, .derived, .derived, .published])
    #expect(evidence.prices.last?.words == "5 % off ec2 (fleet file)")
  }

  @Test("Spot takes at most its share, and never what is below the floor", arguments: 0..<40)
  func spotBounds(seed: Int) throws {
    var random = SplitMix64(seed: seed)
    var study = study(hours: (0..<random.number(1...8)).map { _ in random.number(100...744) })
    study.prices.spot("m5.large", savings: 70)
    study.service.interruptible = true
    study.service.minimum = random.number(1...3)
    let plan = study.planAfter(try study.advice(PurchaseMix()))
    let (all, before) = (runningCounts(plan.runs, on: grid), runningCounts(study.runs, on: grid))
    let spot = runningCounts(plan.runs.filter { $0.lifecycle == .spot }, on: grid)
    #expect(all == before)
    for slot in 0..<grid.count {
      #expect(spot[slot] * 2 <= all[slot])
      #expect(all[slot] - spot[slot] >= min(all[slot], study.service.minimum))
    }
  }

  @Test("Spot dearer than on-demand once its rework is counted is not used")
  func dearSpot() throws {
    // 97 % × 1.05 = 101.85 % of on-demand.
    var study = study(hours: [300, 300])
    study.prices.spot("m5.large", savings: 3)
    study.service.interruptible = true
    #expect(try study.advice(PurchaseMix()).verdict.outcome == .kept)
  }

  @Test("In a zone half an hour off UTC one instance is one level")
  func halfHourZone() throws {
    // October in Kolkata starts at 18:30 UTC: clock hours of the bill straddle the month's ends.
    let clock = LocalClock(identifier: "Asia/Kolkata")!
    let month = clock.period(of: Month("2026-10")!)
    let grid = SampleGrid(period: month, stepSeconds: 3600)
    let evidence = try TinyStudy(tinyService("app", ["m5.large"]), count: 1, "m5.large", on: grid)
      .advice(PurchaseMix()).verdict.evidence
    #expect(
      evidence.figures.contains {
        $0.label == "level 1 beyond existing commitments" && $0.value.hasPrefix("used 100.0 %")
      })
    #expect(!evidence.figures.contains { $0.label == "level 2 beyond existing commitments" })
  }

  /// One instance for each number of hours from the month's start.
  private func study(hours: [Int]) -> TinyStudy {
    var study = TinyStudy(tinyService("app", ["m5.large"]), count: hours.count, "m5.large", on: grid)
    for index in hours.indices { study.runs[index].stopped = october.start.advanced(by: Int64(hours[index]) * 3600) }
    return study
  }
}
