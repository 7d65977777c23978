import Analysis
import Model
import Solvers
import TestSupport
import Testing

@testable import Advice

// m5.large: 0.096 on demand, reserved at 0.0576; a savings plan pays for it at 0.05 where nothing else is said.

/// What is held of savings plans, and what may be paid upfront.
@Suite struct HeldPlanTests {
  private func study(_ count: Int) -> AccountStudy {
    var study = AccountStudy()
    study.prices.rate("m5.large", "0.05", computePlan)
    study.add(count, "m5.large", of: "app")
    return study
  }

  @Test("What a held savings plan pays for is bought when it ends, and not before")
  func held() throws {
    var study = study(1)
    // From 2026-02-01 for 365 days: until 2027-02-01, 92 days or 2,208 hours from the first of November.
    study.savingsPlans = [savingsPlan("held", "0.05")]
    let account = try study.account()
    #expect(account.chosen == [[AccountPlan.Purchase(.reservation(pool: 0, offer: 0), hour: 2208, count: 1)]])
    // (8,760 - 2,208) × 0.0576: what the held plan costs is paid whatever is bought, and is no part of it.
    #expect(try account.cost(of: account.chosen) == 377_395_200)
    let verdict = try #require(try study.verdict("m5"))
    #expect(verdict.outcome == .kept && verdict.reason == .purchase(.covered(buysLater: true)))
    #expect(verdict.later == [laterReservation(1, "2027-02-01")])
  }

  @Test("A held savings plan is a pool of nothing to sign")
  func noVerdict() throws {
    var study = study(1)
    study.savingsPlans = [savingsPlan("held", "0.05")]
    #expect(try study.advice().proposals.map(\.verdict.subject.name) == ["m5"])
  }

  @Test("What a held savings plan leaves is reserved")
  func beside() throws {
    var study = study(3)
    // One of three.
    study.savingsPlans = [savingsPlan("held", "0.05")]
    #expect(try study.verdict("m5")?.changes == [reservation(2)])
  }

  @Test("What is paid upfront over all purchases stays within the fleet file's budget")
  func budget() throws {
    let allUpfront = OfferTerm("standard-1yr-all-upfront")!
    var study = AccountStudy()
    study.add(4, "m5.large", of: "app")
    // 400 for a year are 0.045662 an hour, less than 0.0576.
    study.prices.reserved.append(reservedPrice("m5.large", "0", upfront: "400", allUpfront))
    study.purchase.offers = [oneYear, allUpfront]
    let free = try study.advice().plan
    #expect(free.upfrontNow == usd("1600") && free.upfrontBudget == nil)
    // 900 pay for two; the others are reserved without.
    study.purchase.upfrontBudgetUsd = usd("900")
    let advice = try study.advice()
    #expect(advice.plan.upfrontBudget == usd("900"))
    study.purchase.upfrontBudgetUsd = .zero
    let nothing = try study.advice()
    #expect(advice.plan.upfrontNow == usd("800"))
    #expect(Set(advice.proposals.flatMap(\.verdict.changes)) == [reservation(2), reservation(2, allUpfront)])
    // Nothing at all.
    #expect(nothing.plan.lines.map(\.amount) == [.instances(4, type: "m5.large")])
    #expect(nothing.plan.upfrontNow == .zero)
  }
}
