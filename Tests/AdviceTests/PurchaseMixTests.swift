import Analysis
import Model
import TestSupport
import Testing

@testable import Advice

// m5.large: 0.096 on demand, reserved at 60 % of it (0.0576). October has 744 hours. Where nothing else is said, demand
// is taken as certain, so that figures can be checked by hand.

private let certain = Outlook(uncertaintyPercentAYear: 0)

@Suite struct PurchaseMixTests {
  private let grid = SampleGrid(period: october, stepSeconds: 3600)

  @Test("Levels used for more than the break-even share of hours are reserved, the others are not")
  func breakEvenLevel() throws {
    // Levels used 100 %, 70.2 % (522 hours) and 50 %.
    let study = study(hours: [744, 522, 372])
    let advice = try study.advice(PurchaseMix())
    #expect(advice.verdict.outcome == .recommended)
    #expect(advice.verdict.text == "reserve 2 more m5.large, standard-1yr-no-upfront")
    #expect(
      advice.verdict.reason
        == "each is expected to be used at least 70.2 % of the hours over the coming 12 months, break-even 60.0 %")
    #expect(try study.planAfter(advice).commitments.map(\.commitment.count) == [2])
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
    #expect(
      advice.verdict.text
        == "reserve 1 more m5.large, standard-1yr-no-upfront; reserve 1 on 2027-01-01, when held ends")
    study.commitments = [commitment("held", 3, "m5.large", at: "0.0576")]
    let covered = try study.advice(PurchaseMix()).verdict
    #expect(covered.outcome == .kept && covered.text == "buy nothing now; reserve 2 on 2027-01-01, when held ends")
    #expect(covered.reason == "existing commitments cover every hour until then")
  }

  @Test("Another service's reservation of the family covers this one too")
  func anotherService() throws {
    var study = study(hours: [744])
    study.commitments = [commitment("held", 1, "m5.xlarge", at: "0.1", of: "db")]
    #expect(try study.advice(PurchaseMix()).verdict.reason == "existing commitments cover every hour until then")
  }

  @Test("Too little use buys nothing, and says the share that would be needed")
  func tooLittle() throws {
    let verdict = try study(hours: [300]).advice(PurchaseMix()).verdict
    #expect(verdict.outcome == .kept)
    // 300 of 744 hours.
    #expect(
      verdict.reason
        == "a further one is expected to be used 40.3 % of the hours over the coming 12 months, break-even 60.0 %")
  }

  @Test("A fleet that allows no offer buys none")
  func noOffer() throws {
    var study = study(hours: [744])
    study.fleet = { $0.purchase.offers = [] }
    #expect(try study.advice(PurchaseMix()).verdict.reason == "no offer that the fleet file allows is for m5.large")
  }

  @Test("The cheapest of the allowed offers is taken")
  func cheapestOffer() throws {
    let threeYears = OfferTerm("standard-3yr-no-upfront")!
    var study = study(hours: [744])
    study.prices.reserved.append(reservedPrice("m5.large", "0.04", threeYears))
    study.fleet = {
      $0.outlook = certain
      $0.purchase.offers = [oneYear, threeYears]
    }
    #expect(try study.advice(PurchaseMix()).verdict.text == "reserve 1 more m5.large, standard-3yr-no-upfront")
  }

  @Test("Spot is never for a service that is not interruptible")
  func notInterruptible() throws {
    var study = study(hours: [300, 300, 300, 300])
    study.prices.spot("m5.large", savings: 80)
    let advice = try study.advice(PurchaseMix())
    #expect(try study.planAfter(advice).runs.allSatisfy { $0.lifecycle == .onDemand })
    #expect(advice.verdict.evidence.figures.contains(.init("spot", "not interruptible")))
  }

  @Test("Derived rates are marked in every figure, and the discount is among the prices")
  func marks() throws {
    var study = study(hours: [744, 744])
    let reserved = study.prices.reserved.firstIndex { $0.kind.type == "m5.large" }!
    study.prices.reserved[reserved].provenance.quality = .derived
    study.fleet = { $0.discounts = decoded(#"{"percent": "5"}"#) }
    let evidence = try study.advice(PurchaseMix()).verdict.evidence
    // A discount is off reserved and on-demand alike: 0.0576 / 0.096 = 60 % with and without it.
    #expect(
      evidence.figures.first
        == .init("break-even", "0.0576/h reserved (derived) / 0.096/h on-demand = 60.0 % of hours"))
    #expect(evidence.prices.map(\.quality) == [.published, .derived, .published])
    #expect(evidence.prices.last?.item == .discount(percent: decimal("5"), service: "ec2", isSupposed: false))
  }

  @Test("What ended within the month does not hide what a purchase is expected to save")
  func ended() throws {
    var study = study(hours: [744])
    // Held for all but the last day of October.
    study.commitments = [commitment("old", 1, "m5.large", at: "0.0576", from: "2025-10-31")]
    let advice = try study.advice(PurchaseMix())
    #expect(advice.verdict.text == "reserve 1 more m5.large, standard-1yr-no-upfront")
    // 730 × (0.096 - 0.0576), though in October it would have stood idle.
    #expect(advice.expectedSaving == usd("28.032"))
    #expect(
      advice.verdict.evidence.figures.contains(
        .init("expected saving", "28.03 USD a month over 12 months, beside buying nothing")))
  }

  @Test("A savings plan is bought where it is the cheapest that is allowed, and pays for what it was bought for")
  func savingsPlan() throws {
    var study = study(hours: [744, 522, 372])
    study.prices.rate("m5.large", "0.05", SavingsPlanTerm("compute-savings-plan-1yr-no-upfront")!)
    study.fleet = {
      $0.outlook = certain
      $0.purchase.savingsPlans = [SavingsPlanTerm("compute-savings-plan-1yr-no-upfront")!]
    }
    let advice = try study.advice(PurchaseMix())
    #expect(advice.verdict.text == "commit 0.10/h for 2 more m5.large, compute-savings-plan-1yr-no-upfront")
    let plan = try study.planAfter(advice)
    #expect(plan.savingsPlans.map(\.hourly) == [usd("0.1")] && plan.commitments.isEmpty)
    let engine = try study.context().engine
    let saved = try engine.bill(study.plan, over: october).total - engine.bill(plan, over: october).total
    // (744 + 522) × 0.096 - 2 × 744 × 0.05 = 121.536 - 74.4; what the second leaves in its 222 idle hours is lost.
    #expect(saved == usd("47.136"))
  }

  @Test("A service that is to be taken out of use soon gets no commitment")
  func decommission() throws {
    var study = study(hours: [744])
    // Seven months of twelve are 58 %, less than the 60 % that break even; eight are more.
    study.fleet = { $0.outlook = Outlook(uncertaintyPercentAYear: 0, decommission: CivilDate("2027-06-01")!) }
    #expect(try study.advice(PurchaseMix()).verdict.outcome == .kept)
    study.fleet = { $0.outlook = Outlook(uncertaintyPercentAYear: 0, decommission: CivilDate("2027-07-01")!) }
    #expect(try study.advice(PurchaseMix()).verdict.outcome == .recommended)
  }

  @Test("A service that was to be out of use already is not judged")
  func pastDecommission() throws {
    var study = study(hours: [744])
    study.fleet = { $0.outlook = Outlook(decommission: CivilDate("2026-10-31")!) }
    let verdict = try study.advice(PurchaseMix()).verdict
    #expect(verdict.outcome == .refused)
    #expect(verdict.reason == "by the fleet file nothing of it runs from 2026-10-31 on, and it ran")
  }

  @Test("A level is held against its own offer over its own term, and one that waits for a better term says so")
  func terms() throws {
    var study = study(hours: [744])
    let threeYears = OfferTerm("standard-3yr-no-upfront")!
    study.prices.reserved.append(reservedPrice("m5.large", "0.05", threeYears))
    // Fourteen months: a year from now leaves two on demand, and so does a year from the third month.
    study.fleet = {
      $0.outlook = Outlook(uncertaintyPercentAYear: 0, decommission: CivilDate("2028-01-01")!)
      $0.purchase.offers = [oneYear, threeYears]
    }
    let verdict = try study.advice(PurchaseMix()).verdict
    let level = try #require(verdict.evidence.figures.first { $0.label == "level 1 beyond existing commitments" })
    #expect(verdict.outcome == .kept && verdict.reason == "what is bought on 2026-12-31 serves for more of its term")
    #expect(level.value.hasSuffix("worth 0.096/h against 0.05/h: bought later"))
  }

  @Test("The cautious plan buys no more than the expected one, and the bold one no less, on demand that does not end")
  func choices() throws {
    var study = study(hours: [744, 600, 500, 460, 450, 440, 400, 300])
    var counts: [Int] = []
    for choice in PlanChoice.allCases {
      study.fleet = { fleet in fleet.purchase.plan = choice }
      counts.append(
        try study.planAfter(try study.advice(PurchaseMix())).commitments.map(\.commitment.count).reduce(0, +))
    }
    #expect(counts == counts.sorted() && counts[0] < counts[2])
  }

  @Test("A ladder buys the first part now, and says what waiting costs")
  func ladder() throws {
    var study = study(hours: [744, 744, 744, 744])
    study.fleet = {
      $0.outlook = certain
      $0.purchase.ladder = Ladder(tranches: 2, monthsApart: 3)
    }
    let advice = try study.advice(PurchaseMix())
    #expect(
      advice.verdict.text == "reserve 2 more m5.large, standard-1yr-no-upfront; reserve 2 on 2027-01-31")
    #expect(try study.planAfter(advice).commitments.map(\.commitment.count) == [2])
    // What the ladder buys later is worth as much as what it buys now, and is not called unworthy.
    let levels = advice.verdict.evidence.figures.filter { $0.label.hasPrefix("level") }.map(\.value)
    #expect(levels.count == 2 && levels.allSatisfy { $0.hasSuffix("worth 0.096/h against 0.0576/h: bought later") })
    // Two wait 2,190 hours at 0.096 instead of 0.0576 an hour.
    #expect(
      advice.verdict.evidence.figures.contains(
        .init("ladder", "up to 2 parts 3 months apart cost 168.19 USD more over 12 months than each purchase at once")))
  }

  @Test("Plans stand beside doing nothing, Cost Explorer's rule and hindsight")
  func comparison() throws {
    let study = study(hours: [744, 522, 372])
    let rows = try #require(try study.advice(PurchaseMix()).verdict.purchases).rows
    #expect(
      rows.map(\.plan)
        == [.nothing, .costExplorer, .choice(.cautious), .choice(.expected), .choice(.bold), .hindsight])
    // A year on demand: 8,760 × (744 + 522 + 372) / 744 × 0.096 = 1,851.468387; each level of each month is rounded.
    #expect(abs((rows[0].same - usd("1851.468387")).nanoDollars) < 20_000)
    #expect(rows[0].buys == "nothing" && rows[0].paybackMonth == nil)
    // The last 30 days leave out 24 hours in which all run: 720, 498 and 348 hours; 69 % is more than 60 %, 48 % is not.
    #expect(rows[1].buys == "2 x standard-1yr-no-upfront")
    // Two reserved: 2 × 8,760 × 0.0576 and the third 8,760 × 372 / 744 × 0.096.
    #expect(rows[3].same == usd("1429.632") && rows[3].worstRegret >= .zero)
    // The two save 8,760 × (744 + 522) / 744 × 0.096 a year, evenly: 1,009.152 is reached after 8.46 months.
    #expect(rows[3].paybackMonth == 9)
  }

  @Test("Spot takes at most its share, and never what is below the floor", arguments: 0..<40)
  func spotBounds(seed: Int) throws {
    var random = SplitMix64(seed: seed)
    var study = study(hours: (0..<random.number(1...8)).map { _ in random.number(100...744) })
    study.prices.spot("m5.large", savings: 70)
    study.measure(.cpuPercent) { _ in 20 }
    study.service.interruptible = true
    study.service.minimum = random.number(1...3)
    let plan = try study.planAfter(try study.advice(PurchaseMix()))
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
    var study = TinyStudy(tinyService("app", ["m5.large"]), count: 1, "m5.large", on: grid)
    study.fleet = { $0.outlook = certain }
    let evidence = try study.advice(PurchaseMix()).verdict.evidence
    #expect(
      evidence.figures.contains {
        $0.label == "level 1 beyond existing commitments" && $0.value.hasPrefix("used 744 of 744 hours (100.0 %)")
      })
    #expect(!evidence.figures.contains { $0.label == "level 2 beyond existing commitments" })
  }

  /// One instance for each number of hours from the month's start.
  private func study(hours: [Int]) -> TinyStudy {
    var study = TinyStudy(tinyService("app", ["m5.large"]), count: hours.count, "m5.large", on: grid)
    study.fleet = { $0.outlook = certain }
    for index in hours.indices { study.runs[index].stopped = october.start.advanced(by: Int64(hours[index]) * 3600) }
    return study
  }
}
