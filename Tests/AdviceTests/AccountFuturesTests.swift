import Analysis
import Model
import Solvers
import TestSupport
import Testing

@testable import Advice

// m5.large: 0.096 on demand, reserved at 0.0576 (60 %). Hours count from 2026-11-01; a month is 730 hours, a year 8,760.

/// The demand ahead of an account as a problem, and what is bought for it.
@Suite struct AccountFuturesTests {
  private func purchase(_ hour: Int, _ count: Int, offer: Int = 0) -> AccountPlan.Purchase {
    AccountPlan.Purchase(.reservation(pool: 0, offer: offer), hour: hour, count: count)
  }

  /// So many m5.large all month.
  private func study(_ count: Int, _ change: (inout AccountStudy) -> Void = { _ in }) -> AccountStudy {
    var study = AccountStudy()
    study.add(count, "m5.large", of: "app")
    change(&study)
    return study
  }

  @Test("Where a held reservation ends, its level is bought on that day and not before")
  func replacement() throws {
    let study = study(2) {
      // Until 2026-12-12T00:00Z: 41 days from the first of November are 984 hours.
      $0.commitments = [commitment("held", 1, "m5.large", at: "0.0576", from: "2025-12-12")]
    }
    #expect(try study.account().chosen == [[purchase(0, 1), purchase(984, 1)]])
  }

  @Test("A level that growth will fill is bought in the month from which it pays")
  func growth() throws {
    // Ten of ten hours use 10 instances; level 11 is used wholly once demand is 11 and for f of the hour at 10 + f. The
    // demand of month m is 10 × 1.2^((m + 0.5) / 12): 10.6 or more from m = 3.33 on, so level 11 pays from month 4 on.
    // 11.6 or more from m = 9.27 on: level 12 from month 10 on, since month 9's demand is 11.553, the next one's 11.73.
    let study = study(10) { $0.outlook = Outlook(growthPercentAYear: 20, uncertaintyPercentAYear: 0) }
    #expect(try study.account().chosen == [[purchase(0, 10), purchase(4 * 730, 1), purchase(10 * 730, 1)]])
  }

  @Test("Nothing is bought that a decommissioning leaves unused for too long")
  func decommissioning() throws {
    // The year costs 8,760 × 0.0576; on demand that buys 5,256 hours: 219 days, until 2027-06-08.
    for (date, count) in [("2027-06-07", 0), ("2027-06-09", 1)] {
      let study = study(1) {
        $0.outlook = Outlook(uncertaintyPercentAYear: 0, decommission: CivilDate(date)!)
      }
      #expect(try study.account().chosen.flatMap { $0 }.reduce(0) { $0 + $1.count } == count, "\(date)")
    }
  }

  @Test("A service never runs fewer than its minimum, however far demand falls")
  func floor() throws {
    let study = study(4) { $0.services[0].minimum = 2 }
    let futures = try study.account().futures
    let fallen = try futures.problem(futures.parts[0], on: [DemandPath(scalePercent: 10)]).cheapestPlan()
    #expect(fallen.purchases == [purchase(0, 2)])
  }

  @Test("Of a one-year and a three-year offer each level takes what its use pays for")
  func terms() throws {
    // Three years cost 0.04: surely used, they are best; with a decommissioning after 12 months one year is.
    let threeYears = OfferTerm("standard-3yr-no-upfront")!
    var study = study(1) {
      $0.prices.reserved.append(reservedPrice("m5.large", "0.04", threeYears))
      $0.purchase.offers = [oneYear, threeYears]
    }
    #expect(try study.account().chosen == [[purchase(0, 1, offer: 1)]])
    study.outlook = Outlook(uncertaintyPercentAYear: 0, decommission: CivilDate("2027-11-01")!)
    #expect(try study.account().chosen == [[purchase(0, 1)]])
  }

  @Test("A ladder buys the same in parts, the larger ones first")
  func ladder() throws {
    let study = study(8) { $0.purchase.ladder = Ladder(tranches: 3, monthsApart: 2) }
    #expect(try study.account().chosen == [[purchase(0, 3), purchase(1460, 3), purchase(2920, 2)]])
    let single = self.study(1) { $0.purchase.ladder = Ladder(tranches: 3, monthsApart: 2) }
    #expect(try single.account().chosen == [[purchase(0, 1)]])
  }

  @Test("Every service of a pool grows by its own outlook")
  func outlooks() throws {
    var study = study(1)
    study.add(1, "m5.large", of: "gone")
    study.services[1].outlook = Outlook(decommission: CivilDate("2026-11-01")!)
    // What is taken out of use tomorrow is not bought for; the other is.
    #expect(try study.account().chosen == [[purchase(0, 1)]])
  }

  @Test("Services whose peaks alternate need one plan for both; planned one by one they cost more")
  func alternating() throws {
    var study = AccountStudy()
    study.add(2, "m5.large", of: "day", hours: 0..<12)
    study.add(2, "m5.large", of: "night", hours: 12..<24)
    // Alone, each uses its two in half of the hours, less than the 60 % that break even: 8,760 × 0.096 a year each.
    for name in ["day", "night"] {
      let alone = try study.alone(name).advice().plan
      #expect(alone.lines.isEmpty && alone.cost == usd("840.96"), "\(name)")
    }
    // Together two are always used: 2 × 8,760 × 0.0576 = 1,009.152, not 2 × 840.96 = 1,681.92.
    let plan = try study.advice().plan
    #expect(plan.lines.map(\.amount) == [.instances(2, type: "m5.large")])
    #expect(plan.cost == usd("1009.152") && plan.gap == .zero)
    // (1,681.92 - 1,009.152) / 12.
    #expect(plan.savingPerMonth == usd("56.064"))
    #expect(plan.costOfNothing == usd("1681.92") && plan.costOfNow == usd("1009.152"))
    #expect(plan.leastCost == plan.cost)
  }

  @Test("No rule and no plan is cheaper than the best in hindsight, in any column", arguments: 0..<6)
  func regret(seed: Int) throws {
    var random = SplitMix64(seed: seed)
    var study = AccountStudy()
    for index in 0..<3 {
      let start = random.number(0...16)
      study.add(
        random.number(1...4), "m5.large", of: "s\(index)", hours: start..<random.number((start + 1)...24))
    }
    study.outlook = Outlook(
      growthPercentAYear: random.number(-30...30), uncertaintyPercentAYear: random.number(0...30))
    let comparison = try #require(try study.advice().comparison)
    let best = try #require(comparison[.hindsight])
    for row in comparison.rows {
      #expect(row.expected >= best.expected && row.fallen >= best.fallen, "\(row.plan)")
      #expect(row.same >= best.same && row.grown >= best.grown, "\(row.plan)")
      let regrets = [row.fallen - best.fallen, row.same - best.same, row.grown - best.grown]
      // Each is rounded once.
      #expect(abs((row.worstRegret - regrets.max()!).nanoDollars) <= 2_000, "\(row.plan)")
    }
  }
}
