import Analysis
import Model
import TestSupport
import Testing

@testable import Advice

// As in PurchaseMixTests: m5.large is 0.096 on demand, reserved at 60 % of it (0.0576); October has 744 hours.

@Suite struct PurchaseFiguresTests {
  @Test("A fleet that allows no offer buys none")
  func noOffer() throws {
    var study = purchaseStudy(hours: [744])
    study.fleet = { $0.purchase.offers = [] }
    #expect(try study.advice(PurchaseMix()).verdict.reason == .purchase(.noOffer(type: "m5.large")))
  }

  @Test("An offer that cannot be compared is left out with the reason; without any other the service is not judged")
  func missingOffers() throws {
    let threeYears = OfferTerm("standard-3yr-no-upfront")!
    var study = purchaseStudy(hours: [744])
    study.prices.reserved.append(reservedPrice("m5.large", "0.04", threeYears, from: "2026-12-01"))
    study.fleet = {
      $0.outlook = certain
      $0.purchase.offers = [oneYear, threeYears]
      $0.purchase.savingsPlans = [computePlan]
    }
    let end = october.end.advanced(by: -1)
    let missing: [OfferLeftOut] = [
      .unpriced(.reservation(threeYears), kind("m5.large"), at: end, firstKnown: instant("2026-12-01")),
      .unpriced(.savingsPlan(computePlan), kind("m5.large"), at: end, firstKnown: nil),
    ]
    let verdict = try study.advice(PurchaseMix()).verdict
    #expect(verdict.outcome == .recommended)
    #expect(Array(verdict.evidence.figures.prefix(2)) == missing.map { .purchase(.leftOut($0)) })
    study.fleet = {
      $0.purchase.offers = [threeYears]
      $0.purchase.savingsPlans = [computePlan]
    }
    let refused = try study.advice(PurchaseMix()).verdict
    #expect(refused.outcome == .refused && refused.conclusion == .notJudged)
    #expect(refused.reason == .purchase(.offersMissing(missing)))
  }

  @Test("A savings plan is no offer for a cache")
  func savingsPlanForCache() throws {
    var study = TinyStudy(
      tinyService("app", ["cache.m5.large"]) { $0.engine = "redis" }, count: 1, "cache.m5.large",
      on: SampleGrid(period: october, stepSeconds: 3600))
    study.fleet = {
      $0.purchase.offers = []
      $0.purchase.savingsPlans = [computePlan]
    }
    let verdict = try study.advice(PurchaseMix()).verdict
    #expect(verdict.reason == .purchase(.offersMissing([.notFor(type: "cache.m5.large", computePlan)])))
  }

  @Test("Where nothing ran there is no pool to judge, and nothing to sign")
  func nothingRan() throws {
    var study = purchaseStudy(hours: [744])
    study.runs = []
    let account = try study.account()
    #expect(account.proposals.isEmpty && account.plan.lines.isEmpty && account.plan.savingPerMonth == .zero)
  }

  @Test("Derived rates are marked in every figure, and the discount is among the prices")
  func marks() throws {
    var study = purchaseStudy(hours: [744, 744])
    let reserved = study.prices.reserved.firstIndex { $0.kind.type == "m5.large" }!
    study.prices.reserved[reserved].provenance.quality = .derived
    study.fleet = { $0.discounts = percentOff("5") }
    let evidence = try study.advice(PurchaseMix()).verdict.evidence
    // A discount is off reserved and on-demand alike: 0.0576 / 0.096 = 60 % with and without it.
    // What runs of the pool comes first: two all October.
    #expect(
      Array(evidence.figures.prefix(2)) == [
        .purchase(.poolOf(services: [ServiceHours("app", seconds: 2 * 744 * 3600)], unit: "m5.large")),
        .purchase(
          .breakEven(BreakEven(.reservation(oneYear), usd("0.0576"), .derived, onDemand: usd("0.096"), .published))),
      ])
    #expect(BreakEven(.reservation(oneYear), usd("0.0576"), .derived, onDemand: usd("0.096"), .published).share == 0.6)
    #expect(evidence.prices.map(\.quality) == [.published, .derived, .published])
    #expect(evidence.prices.last?.item == .discount(percent: decimal("5"), service: "ec2", isSupposed: false))
  }

  @Test("A service of which nothing runs from tomorrow on has nothing to buy for")
  func nothingAhead() throws {
    var study = purchaseStudy(hours: [744])
    study.fleet = { $0.outlook = Outlook(decommission: CivilDate("2026-11-01")!) }
    let verdict = try study.advice(PurchaseMix()).verdict
    #expect(verdict.outcome == .kept && verdict.reason == .purchase(.nothingAhead))
  }

  @Test("A service that was to be out of use already is not judged")
  func pastDecommission() throws {
    var study = purchaseStudy(hours: [744])
    study.fleet = { $0.outlook = Outlook(decommission: CivilDate("2026-10-31")!) }
    let verdict = try study.advice(PurchaseMix()).verdict
    #expect(verdict.outcome == .refused)
    #expect(verdict.reason == .purchase(.decommissioned(CivilDate("2026-10-31")!)))
  }

  @Test("In a zone half an hour off UTC one instance is one level")
  func halfHourZone() throws {
    // October in Kolkata starts at 18:30 UTC: clock hours of the bill straddle the month's ends.
    let clock = LocalClock(identifier: "Asia/Kolkata")!
    let month = clock.period(of: Month("2026-10")!)
    let grid = SampleGrid(period: month, stepSeconds: 3600)
    var study = TinyStudy(tinyService("app", ["m5.large"]), count: 1, "m5.large", on: grid)
    study.fleet = { $0.outlook = certain }
    let levels = purchaseLevels(try study.advice(PurchaseMix()).verdict)
    #expect(
      levels.map { [Int64($0.number), $0.usedSeconds, $0.periodSeconds] } == [[1, 744 * 3600, 744 * 3600]])
  }

  @Test("The demand ahead says what the fleet file states of it, and how much history its spread rests on")
  func demandAhead() throws {
    var study = purchaseStudy(hours: [744])
    study.fleet = {
      $0.outlook = Outlook(
        growthPercentAYear: 20, uncertaintyPercentAYear: 12, decommission: CivilDate("2030-01-01")!)
    }
    let stated = try #require(demandAhead(try study.advice(PurchaseMix()).verdict))
    #expect(stated.growthPercentAYear == 20 && stated.weeks == nil && stated.months == 12)
    #expect(stated.decommission == CivilDate("2030-01-01")!)
    // 12 % a year / √12 months.
    #expect(abs(stated.monthlySpread - 0.0346410) < 1e-7)
    study.fleet = { _ in }
    // October has four whole weeks.
    let unstated = try #require(demandAhead(try study.advice(PurchaseMix()).verdict))
    #expect(unstated.growthPercentAYear == nil && unstated.weeks == 4 && unstated.decommission == nil)
  }

  @Test("What spot cuts from a level's worth is told as worth; spot alone by its price beside on demand")
  func spotReasons() throws {
    // 0.096 × 40 % = 0.0384; rework 0.00192; fallback 0.000000548 as in SpotPlanTests: 0.040320548.
    let advice = try spotStudy(hours: 300).advice(PurchaseMix())
    // 6 instances for 300 hours, half of which may be spot.
    #expect(advice.verdict.reason == .purchase(.spot(usd("0.040320548"), onDemand: usd("0.096"))))
    #expect(advice.verdict.changes == [Change(SpotShare(service: "app", maximumPercent: 50))])
    let use = SpotUse(spotSeconds: 900 * 3600, allSeconds: 1800 * 3600, most: 3, unmeasuredSlots: 0)
    #expect(advice.verdict.evidence.figures.contains(.spot(.use(use))))
    // All hours: the first three are on demand, and worth 0.096 an hour each.
    let bought = try spotStudy(hours: 744).advice(PurchaseMix()).verdict
    #expect(bought.changes == [reservation(3), Change(SpotShare(service: "app", maximumPercent: 50))])
    #expect(
      bought.reason == .purchase(.worth(usd("0.096"), rate: usd("0.0576"), .months(12), .eachBought)))
  }

  private func spotStudy(hours: Int) -> TinyStudy {
    var study = purchaseStudy(hours: [Int](repeating: hours, count: 6))
    study.service.interruptible = true
    study.prices.spot("m5.large", savings: 60)
    study.measure(.cpuPercent) { _ in 40 }
    return study
  }

  private func demandAhead(_ verdict: Verdict) -> DemandAhead? {
    verdict.evidence.figures.compactMap { if case .purchase(.demandAhead(let ahead)) = $0 { ahead } else { nil } }.first
  }
}

/// Expected use and break-even of a reason in thousandths, its span and its subject.
func useReason(_ verdict: Verdict) throws -> (Int, Int, PurchaseSpan, PurchaseSubject) {
  guard case .purchase(.use(let expected, let breakEven, let span, let subject)) = verdict.reason else {
    throw DataError(Place(file: "test"), found: "\(verdict.reason)", expected: "a use")
  }
  return (Int((expected * 1000).rounded()), Int((breakEven * 1000).rounded()), span, subject)
}

func purchaseLevels(_ verdict: Verdict) -> [PurchaseLevel] {
  verdict.evidence.figures.compactMap { if case .purchase(.level(let level)) = $0 { level } else { nil } }
}

func reservation(_ count: Int, _ term: OfferTerm = oneYear) -> Change {
  Change(Reserve(count, term, of: kind("m5.large")))
}

func laterReservation(_ count: Int, _ date: String, ending: [String] = []) -> LaterPurchase {
  LaterPurchase(
    date: CivilDate(date)!, instances: CommittedInstances(count, "m5.large", .reservation(oneYear)),
    change: reservation(count), ending: ending)
}

/// One instance for each number of hours from the month's start.
func purchaseStudy(hours: [Int]) -> TinyStudy {
  var study = TinyStudy(
    tinyService("app", ["m5.large"]), count: hours.count, "m5.large", on: SampleGrid(period: october, stepSeconds: 3600)
  )
  study.fleet = { $0.outlook = certain }
  for index in hours.indices { study.runs[index].stopped = october.start.advanced(by: Int64(hours[index]) * 3600) }
  return study
}
