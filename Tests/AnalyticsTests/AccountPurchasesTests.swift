import Advice
import Model
import StudySupport
import TestSupport
import Testing

@testable import Analytics

// m5.large: 0.096 on demand, reserved at 0.0576; October has 744 hours. Two run all month, and demand is taken as certain.

@Suite struct AccountPurchasesTests {
  private func month(_ change: (inout TinyMonth) -> Void = { _ in }) throws -> TinyMonth {
    var month = TinyMonth()
    month.service.instanceTypes = ["m5.large"]
    month.service.minimum = 2
    month.fleet = { $0.outlook = Outlook(uncertaintyPercentAYear: 0) }
    change(&month)
    return month
  }

  @Test("The list to sign has what the verdicts recommend, from the day after the advice on")
  func lines() throws {
    let review = try month().review()
    let purchases = try #require(review.purchases)
    let line = try #require(purchases.plan.lines.first)
    #expect(purchases.plan.lines.count == 1 && line.pool == "m5" && line.isNow && line.watchDays == 0)
    #expect(line.amount == .instances(2, type: "m5.large") && line.offer == .reservation(oneYear))
    #expect(line.date == CivilDate("2026-11-01")!)
    // 2 × 0.0576; 730 × 2 × (0.096 - 0.0576) a month, over all of the term.
    #expect(line.hourly == usd("0.1152") && line.upfront == .zero && line.hoursUsed == 1)
    #expect(purchases.plan.savingPerMonth == usd("56.064") && purchases.plan.gap == .zero)
    #expect(purchases.missing.isEmpty && purchases.comparison?.months == 12)
  }

  @Test("What services pay before and after adds up to the bills before and after the step")
  func shares() throws {
    let review = try month().review()
    let purchases = try #require(review.purchases)
    // 744 × 2 × (0.096 - 0.0576) = 57.1392 in October.
    #expect(purchases.shares.map(\.service).contains("app"))
    #expect(purchases.shares.reduce(Money.zero) { $0 + $1.saving } == usd("57.1392"))
    #expect(purchases.shares.reduce(Money.zero) { $0 + $1.before } == usd("142.848"))
  }

  @Test(
    "After a move of what it is for a purchase waits until that has been watched, days of the calendar",
    // In New York 2026-11-01 has 25 hours.
    arguments: ["UTC", "America/New_York"])
  func watched(timezone: String) throws {
    // Two m5.xlarge at 30 % CPU and 40 % memory are too large.
    var month = TinyMonth(count: 1, "m5.xlarge")
    month.service.minimum = 1
    month.service.approach = .single
    month.fleet = {
      $0.outlook = Outlook(uncertaintyPercentAYear: 0)
      $0.timezone = timezone
    }
    let review = try month.review()
    let size = try #require(review.verdicts.first { $0.step == .rightsize })
    try #require(size.outcome == .recommended)
    let line = try #require(review.purchases?.plan.lines.first)
    #expect(line.watchDays == watchDays)
    // The day after the advice and fourteen days more.
    #expect(watchDays == 14 && line.date == CivilDate("2026-11-15")!)
    // The last of 365 days from then on.
    let action = try #require(review.actions.first { $0.timing.watchDays == watchDays })
    #expect(action.signed?.lastDay == CivilDate("2027-11-14")!)
  }

  @Test("A pool that is not judged is named")
  func missing() throws {
    let threeYears = OfferTerm("standard-3yr-no-upfront")!
    let review = try month { month in
      month.fleet = { $0.purchase.offers = [threeYears] }
    }.review()
    #expect(review.purchases?.missing == ["m5"] && review.purchases?.plan.lines == [])
  }
}
