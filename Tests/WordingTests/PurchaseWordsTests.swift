import Model
import TestSupport
import Testing

@testable import Wording

private let dollars = VerdictWords(clock: LocalClock(identifier: "UTC")!, currency: .usDollar)
private let euros = VerdictWords(clock: LocalClock(identifier: "UTC")!, currency: euro)
private let threeYears = OfferTerm("standard-3yr-no-upfront")!

@Suite struct PurchaseWordsTests {
  @Test(
    "Each reason for a purchase has its words",
    arguments: [
      (
        .decommissioned(CivilDate("2026-10-31")!),
        "by the fleet file nothing of it runs from 2026-10-31 on, and it ran"
      ),
      (
        .offersMissing([
          .unpriced(
            .reservation(oneYear), kind("m5.large"), at: instant("2026-10-31"), firstKnown: instant("2026-12-01")),
          .unpriced(.savingsPlan(computePlan), kind("m5.large"), at: instant("2026-10-31"), firstKnown: nil),
          .notFor(type: "cache.m5.large", computePlan),
        ]),
        "no standard-1yr-no-upfront price of m5.large (linux) in us-east-1 in force on 2026-10-31 (the first known is from "
          + "2026-12-01); no compute-savings-plan-1yr-no-upfront rate of m5.large (linux) in us-east-1 in force on "
          + "2026-10-31; compute-savings-plan-1yr-no-upfront does not pay for cache.m5.large"
      ),
      (.noOffer(type: "m5.large"), "no offer that the fleet file allows is for m5.large"),
      (.covered(buysLater: false), "existing commitments cover every hour"),
      (.covered(buysLater: true), "existing commitments cover every hour until then"),
      (.nothingAhead, "nothing is expected to run"),
      (
        .servesMoreOfItsTerm(from: CivilDate("2026-12-31")!),
        "what is bought on 2026-12-31 serves for more of its term"
      ),
      (
        .use(expected: 0.7016, breakEven: 0.6, .months(12), .eachBought),
        "each is expected to be used at least 70.2 % of the hours over the coming 12 months, break-even 60.0 %"
      ),
      (
        .use(expected: 0.4032, breakEven: 0.6, .until(CivilDate("2027-02-28")!), .nextOne),
        "a further one is expected to be used 40.3 % of the hours until 2027-02-28, break-even 60.0 %"
      ),
      (
        .worth(usd("0.0783"), rate: usd("0.054"), .months(36), .eachBought),
        "each is expected to save at least 0.0783/h over the coming 36 months, and costs 0.054/h"
      ),
      (
        .spot(usd("0.0366"), onDemand: usd("0.085")),
        "interruptible work at 0.0366/h (derived) against 0.085/h on-demand"
      ),
      (
        .past(PurchasePast(.levels(usedMoreThan: 0.7), units: 0, unit: "m5.large", days: 31)),
        "the past supports no m5.large: used in more than 70.0 % of the last 30 and of the last 31 days"
      ),
      (
        .past(PurchasePast(.tooYoung, units: 0, unit: "m5.large", days: 90)),
        "the past supports no m5.large: first used less than a week ago"
      ),
      (
        .past(
          PurchasePast(
            .beingReplaced, units: 0, unit: "m5.large", days: 61, meanBefore: 9.84, meanNow: 4,
            leaving: [LeavingService("web", to: "m6i")])),
        "the past supports no m5.large: web moves to m6i; 9.8 ran in the 30 days before the last 30, 4.0 in those"
      ),
      (
        .past(PurchasePast(.leftToPlans, units: 0, unit: "m5.large", days: 90)),
        "the past supports no m5.large: it may be replaced within its term, and a savings plan, which goes on to serve what "
          + "replaces it, then costs less"
      ),
      (
        .past(PurchasePast(.tooDear, units: 0, unit: "m5.large", days: 90)),
        "the past supports no m5.large: no offer is below on demand once it may be lost within its term"
      ),
      (.sharedPlan(saving: .zero, months: 12), "nothing that it pays for is cheaper so"),
      (
        .sharedPlan(saving: usd("1234.5"), months: 36),
        "it is expected to save 1,234.50 USD a month over the coming 36 months, beside all else that is bought"
      ),
    ] as [(PurchaseReason, String)])
  func reasons(reason: PurchaseReason, words: String) { #expect(dollars.text(reason) == words) }

  @Test(
    "Each figure behind a purchase has its label, and a cell of its own where it stands alone",
    arguments: [
      (
        .leftOut(.notFor(type: "cache.m5.large", computePlan)),
        ReportFact("offer left out", .text("compute-savings-plan-1yr-no-upfront does not pay for cache.m5.large"))
      ),
      (
        .poolOf(services: [ServiceHours("api", seconds: 3600), ServiceHours("web", seconds: 7200)], unit: "m5.large"),
        ReportFact("instance-hours of m5.large", .text("web 2, api 1"))
      ),
      (
        .breakEven(BreakEven(.reservation(oneYear), usd("0.0576"), .derived, onDemand: usd("0.096"), .published)),
        ReportFact("break-even", .text("0.0576/h reserved (derived) / 0.096/h on-demand = 60.0 % of hours"))
      ),
      (
        .breakEven(BreakEven(.savingsPlan(computePlan), usd("0.062"), .published, onDemand: usd("0.085"), .derived)),
        // 0.062 / 0.085 = 72.94 %.
        ReportFact("break-even", .text("0.062/h savings plan / 0.085/h on-demand (derived) = 72.9 % of hours"))
      ),
      (
        .past(
          PurchasePast(
            .levels(usedMoreThan: 0.7), units: 7, unit: "t3.medium", days: 61, meanBefore: 8.2, meanNow: 7.9,
            leaving: [LeavingService("api", to: "m6i")])),
        ReportFact(
          "what the past supports",
          .text(
            "7 t3.medium, held ones included: used in more than 70.0 % of the last 30 and of the last 61 days; 8.2 ran in "
              + "the 30 days before the last 30, 7.9 in those; not counted: api moves to m6i"))
      ),
      (
        .levelsBelow(
          LowerLevels(last: 5, leastUse: 0.92, mostUse: 1, leastWorth: usd("0.0372"), boughtNow: 3)),
        ReportFact(
          "levels 1 to 5 beyond existing commitments",
          .text(
            "each expected to be used 92.0 % to 100.0 % of the hours, worth at least 0.0372/h: 3 bought, the others later"
          ))
      ),
      (
        .level(level(2, .months(12), .bought)),
        ReportFact(
          "level 2 beyond existing commitments",
          .text(
            "used 522 of 744 hours (70.2 %); expected 89.3 % of the hours over the coming 12 months, worth 0.0372/h against "
              + "0.0261/h: bought"))
      ),
      (
        .expectedSaving(usd("28.032"), months: 12),
        ReportFact("expected saving beside buying nothing", .money(usd("28.032")), unit: "USD a month over 12 months")
      ),
      (
        .later(later(2, ending: ["a", "b"])),
        ReportFact("later", .text("reserve 2 m5.large on 2027-01-31, standard-1yr-no-upfront, when a, b ends"))
      ),
      (
        .ladder(Ladder(tranches: 2, monthsApart: 3), dearer: usd("168.192"), months: 12),
        ReportFact(
          "ladder",
          .text("up to 2 parts 3 months apart cost 168.19 USD more over 12 months than each purchase at once"))
      ),
      (
        .ladder(Ladder(tranches: 2, monthsApart: 3), dearer: .zero - usd("1.5"), months: 12),
        ReportFact(
          "ladder", .text("up to 2 parts 3 months apart cost 1.50 USD less over 12 months than each purchase at once"))
      ),
      (
        .ladder(Ladder(tranches: 2, monthsApart: 3), dearer: nil, months: 12),
        ReportFact("ladder", .text("nothing that could be bought in parts"))
      ),
    ] as [(PurchaseFigure, ReportFact)])
  func figures(figure: PurchaseFigure, fact: ReportFact) { #expect(dollars.fact(figure) == fact) }

  @Test("The demand ahead tells what is stated from what is seen")
  func demand() {
    let seen = DemandAhead(growthPercentAYear: nil, monthlySpread: 0.0616, weeks: 10, decommission: nil, months: 12)
    #expect(
      dollars.fact(.demandAhead(seen))
        == ReportFact(
          "demand ahead",
          .text(
            "after right-sizing and schedules; no growth stated, moves 6.2 % a month (a prior and 10 weeks of history); "
              + "ten equally likely paths over 12 months")))
    let stated = DemandAhead(
      growthPercentAYear: -5, monthlySpread: 0.0866, weeks: nil, decommission: CivilDate("2027-06-15")!, months: 36)
    #expect(
      dollars.fact(.demandAhead(stated)).value
        == .text(
          "after right-sizing and schedules; -5 % growth a year (fleet file), moves 8.7 % a month (fleet file), nothing "
            + "runs from 2027-06-15 on; ten equally likely paths over 36 months"))
  }

  @Test("A level says what became of it")
  func decisions() {
    let words = [PurchaseLevel.Decision.bought, .boughtLater, .notBought].map { decision -> String in
      let fact = dollars.fact(.level(Self.level(1, .until(CivilDate("2027-02-28")!), decision)))
      guard case .text(let text) = fact.value else { return "" }
      return text
    }
    #expect(words.allSatisfy { $0.contains("of the hours until 2027-02-28, worth") })
    #expect(words.map { $0.split(separator: ":").last ?? "" } == [" bought", " bought later", " not bought"])
  }

  @Test("Beside another currency rates name the dollar, and costs their own currency")
  func currencies() {
    #expect(
      euros.text(PurchaseReason.spot(usd("0.0366"), onDemand: usd("0.085")))
        == "interruptible work at 0.0366 USD/h (derived) against 0.085 USD/h on-demand")
    #expect(
      euros.fact(.expectedSaving(usd("5"), months: 12)).unit == "EUR a month over 12 months")
  }

  fileprivate static func reserved(_ count: Int, _ term: OfferTerm = oneYear) -> CommittedInstances {
    CommittedInstances(count, "m5.large", .reservation(term))
  }

  private static func level(
    _ number: Int, _ span: PurchaseSpan, _ decision: PurchaseLevel.Decision
  ) -> PurchaseLevel {
    PurchaseLevel(
      number, usedSeconds: 522 * 3600, periodSeconds: 744 * 3600, expectedUse: 0.893, worth: usd("0.0372"),
      rate: usd("0.0261"), span, decision)
  }

  fileprivate static func later(
    _ count: Int, _ date: String = "2027-01-31", _ term: OfferTerm = oneYear, ending: [String] = []
  ) -> LaterPurchase {
    LaterPurchase(
      date: CivilDate(date)!, instances: reserved(count, term),
      change: Change(Reserve(count, term, of: kind("m5.large"))), ending: ending)
  }
}

@Suite struct PurchaseTextTests {
  @Test("Reservations are told by count, type and offer, and those that follow by their day and cause")
  func reservations() {
    var verdict = verdict([reserve(2)])
    #expect(dollars.action(verdict) == "reserve 2 more m5.large, standard-1yr-no-upfront")
    verdict.later = [
      PurchaseWordsTests.later(1, "2026-11-14", ending: ["held"]), PurchaseWordsTests.later(2, "2027-01-31"),
    ]
    #expect(
      dollars.action(verdict)
        == "reserve 2 more m5.large, standard-1yr-no-upfront; reserve 1 on 2026-11-14, when held ends; "
        + "reserve 2 on 2027-01-31")
  }

  @Test("A later purchase is told in full where it is not of what was told before it")
  func otherTerms() {
    var verdict = verdict([], conclusion: .buyNothing)
    #expect(dollars.action(verdict) == "buy nothing now")
    verdict.later = [
      PurchaseWordsTests.later(1), PurchaseWordsTests.later(1, "2027-03-02"),
      PurchaseWordsTests.later(4, "2027-04-01", threeYears), PurchaseWordsTests.later(1, "2027-05-01"),
      PurchaseWordsTests.later(1, "2027-06-01"),
    ]
    #expect(
      dollars.action(verdict)
        == "buy nothing now; reserve 1 m5.large on 2027-01-31, standard-1yr-no-upfront; reserve 1 on 2027-03-02; "
        + "reserve 4 m5.large on 2027-04-01, standard-3yr-no-upfront; 2 more later")
  }

  @Test("A savings plan is told by what it commits an hour and what that pays for")
  func savingsPlan() {
    let bought = CommittedInstances(2, "m5.large", .savingsPlan(computePlan))
    let plan = Change(CommitSavingsPlan(term: computePlan, hourly: usd("0.1")))
    var verdict = verdict([plan])
    verdict.later = [LaterPurchase(date: CivilDate("2027-01-31")!, instances: bought, change: plan, ending: [])]
    #expect(
      dollars.action(verdict)
        == "commit 0.10/h, compute-savings-plan-1yr-no-upfront; "
        + "commit 0.10/h on 2027-01-31, compute-savings-plan-1yr-no-upfront")
    #expect(
      euros.action(verdict)
        == "commit 0.10 USD/h, compute-savings-plan-1yr-no-upfront; "
        + "commit 0.10 USD/h on 2027-01-31, compute-savings-plan-1yr-no-upfront")
    let family = CommitSavingsPlan(term: instancePlan, hourly: usd("0.1"), family: "m5")
    verdict.changes = [Change(family)]
    verdict.later = []
    #expect(dollars.action(verdict) == "commit 0.10/h on m5, ec2-instance-savings-plan-1yr-no-upfront")
  }

  @Test("Spot is told by its instance-hours in the evidence")
  func spot() {
    let share = Change(SpotShare(service: "app", maximumPercent: 50))
    var verdict = verdict([reserve(1), share])
    let use = SpotUse(spotSeconds: 1289 * 3600, allSeconds: 3834 * 3600, most: 4, unmeasuredSlots: 0)
    verdict.evidence.figures = [.spot(.use(use))]
    #expect(
      dollars.action(verdict)
        == "reserve 1 more m5.large, standard-1yr-no-upfront; run 1,289 instance-hours a month as spot")
    verdict.evidence.figures = []
    #expect(dollars.action(verdict).hasSuffix("; up to 50 % of app as spot"))
    // Of a pool that several services run of, each is named.
    verdict.subject = .pool("m5", services: ["app", "web"])
    verdict.evidence.figures = [.spot(.use(use))]
    #expect(dollars.action(verdict).hasSuffix("; run 1,289 instance-hours a month of app as spot"))
  }

  private func reserve(_ count: Int) -> Change {
    Change(Reserve(count, oneYear, of: kind("m5.large")))
  }

  private func verdict(_ changes: [Change], conclusion: Conclusion = .change) -> Verdict {
    var verdict = Verdict(
      step: .mix, subject: .pool("m5", services: ["app"]), outcome: .recommended, conclusion: conclusion,
      reason: .purchase(.covered(buysLater: false)), confidence: .medium,
      evidence: Evidence(period: october, coverage: Coverage(seen: 744, expected: 744), figures: []))
    verdict.changes = changes
    return verdict
  }
}
