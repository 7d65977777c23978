import Foundation
import Model
import TestSupport
import Testing

@testable import Advice

/// The rules that our plans are compared with, on what they see.
@Suite struct PurchaseRulesTests {
  /// So many units for so many hours.
  private func profile(_ hours: [(units: Double, weight: Double)]) -> LevelProfile { LevelProfile(hours) }

  /// The share of the time in which a level is used, by its words.
  private func share(_ level: Int, _ hours: [(units: Double, weight: Double)]) -> Double {
    let used = hours.reduce(0.0) { $0 + max(0, min(1, $1.units - Double(level - 1))) * $1.weight }
    return used / hours.reduce(0) { $0 + $1.weight }
  }

  @Test("Levels are counted as hour by hour", arguments: 0..<100)
  func bruteForce(seed: Int) {
    var random = SplitMix64(seed: seed)
    let hours = (0..<random.number(1...30)).map { _ in
      (units: Double(random.number(0...40)) / 4, weight: Double(random.number(1...3600)))
    }
    let profile = profile(hours)
    let levels = 1...60
    for _ in 0..<10 {
      // No share of these weights is a whole number of millionths and a half.
      let wanted = (Double(random.number(0...999_999)) + 0.5) / 1_000_000
      #expect(profile.levels(usedMoreThan: wanted) == levels.filter { share($0, hours) > wanted }.max() ?? 0)
      #expect(profile.levels(usedAtLeast: wanted) == levels.filter { share($0, hours) >= wanted }.max() ?? 0)
      let factors = (0..<random.number(1...4)).map { _ in Double(random.number(1...20)) / 8 }
      let grown = levels.filter { level in
        let uses = factors.map { factor in share(level, hours.map { ($0.units * factor, $0.weight) }) }
        return uses.reduce(0, +) > wanted * Double(factors.count)
      }
      #expect(profile.levels(usedMoreThan: wanted, growingBy: factors) == grown.max() ?? 0, "\(wanted) \(factors)")
    }
    #expect(profile.least == Int(hours.map(\.units).min()!))
  }

  @Test("Without any hours there are no levels")
  func none() {
    #expect(profile([]).least == 0 && profile([]).levels(usedMoreThan: 0.5) == 0)
    #expect(profile([(3, 1)]).levels(usedMoreThan: 0.5, growingBy: []) == 0)
  }

  @Test("Each rule holds what it says of what was used")
  func targets() {
    let past = PastUse(
      // Levels 1 and 2 in all hours, 3 and 4 in half of them.
      lastMonth: profile([(4, 5), (2, 5)]),
      // Level 3 in 8 of 10 hours, 1 in all.
      quarter: [profile([(3, 8), (1, 2)])],
      lastDays: profile([(1, 10)]))
    func target(_ rule: PurchaseRule, breakEven: Double = 0.6) -> Int? { rule.target(past, breakEven: breakEven) }
    #expect(target(.nothing) == nil && target(.renew) == nil)
    #expect(target(.costExplorer) == 2)
    // Half is more than 40 %.
    #expect(target(.costExplorer, breakEven: 0.4) == 4)
    // The lower of two and one.
    #expect(target(.azure) == 1)
    #expect(target(.least) == 2)
    // At least 75 %: two in the month, three in the quarter.
    #expect(target(.steady) == 2)
    // 10 hours of which half have 3 and 30 that have 2 are 12.5 % with a third: times weigh as long as they are.
    let uneven = PastUse(
      lastMonth: profile([(9, 1)]), quarter: [profile([(3, 5), (2, 5)]), profile([(2, 30)])],
      lastDays: profile([(9, 1)]))
    #expect(uneven.levelsOfQuarter(usedAtLeast: 0.13) == 2 && uneven.levelsOfQuarter(usedAtLeast: 0.125) == 3)
    // Of three months the mean counts: level 2 in 8 of 10 hours of one, in all of two, 93 %; level 3 in 80 % of one, 27 %.
    let quarter = [profile([(3, 8), (1, 2)]), profile([(2, 10)]), profile([(2, 10)])]
    let three = PastUse(lastMonth: profile([(9, 1)]), quarter: quarter, lastDays: profile([(9, 1)]))
    #expect(PurchaseRule.steady.target(three, breakEven: 0.6) == 2)
  }

  @Test("What takes the place of what ends is told from new money, and whoever may renew does")
  func renewal() throws {
    var study = AccountStudy()
    study.add(3, "m5.large", of: "app")
    // Two, until 2026-12-01: 720 hours from the first of November.
    study.commitments = [commitment("held", 2, "m5.large", at: "0.0576", from: "2025-12-01")]
    let comparison = try #require(try study.advice().comparison)
    func row(_ plan: ComparedPlan) throws -> PurchaseComparison.Row { try #require(comparison[plan]) }
    // On demand: 8,760 of one and 8,040 of two, at 0.096.
    #expect(try row(.nothing).same == usd("2384.64"))
    // Two for a year are 2 × 8,760 × 0.0576 signed, of which 2 × 8,040 × 0.0576 = 926.208 fall into the term; one is on
    // demand, 840.96.
    let renewal = try row(.renewal)
    #expect(renewal.same == usd("1767.168"))
    #expect(renewal.signedAgain == usd("1009.152") && renewal.signedNew == .zero)
    // All others reserve the third at once: 504.576 of new money.
    for plan in [ComparedPlan.costExplorer, .azure, .leastOf30Days, .steadyLevels, .choice(.expected)] {
      let row = try row(plan)
      #expect(row.same == usd("1430.784"), "\(plan)")
      #expect(row.signedAgain == usd("1009.152") && row.signedNew == usd("504.576"), "\(plan)")
    }
  }

  @Test("What is held for longer than purchases are judged is not bought again")
  func lasting() throws {
    var study = AccountStudy()
    study.add(3, "m5.large", of: "app")
    study.commitments = [commitment("held", 2, "m5.large", at: "0.04", from: "2026-09-01")]
    study.commitments[0].commitment.term = OfferTerm("standard-3yr-no-upfront")!
    #expect(try study.account().use.pools.map(\.lasting) == [2])
    let comparison = try #require(try study.advice().comparison)
    for plan in [ComparedPlan.nothing, .renewal] { #expect(comparison[plan]?.same == usd("840.96"), "\(plan)") }
    // The third alone, for a year: 8,760 × 0.0576.
    for row in comparison.rows where ![.nothing, .renewal, .hindsight].contains(row.plan) {
      #expect(row.same == usd("504.576") && row.signedNew == usd("504.576"), "\(row.plan)")
    }
    // A change that reserves them is no other thing than what is signed.
    study.commitments = []
    var plan = study.plan
    _ = try Reserve(2, oneYear, of: kind("m5.large")).apply(to: &plan, study.context())
    #expect(try AccountUse(of: plan, months: 12, study.context()).pools.map(\.lasting) == [2])
  }

  @Test("Every rule buys within the upfront budget, at the cheapest offer that it can pay")
  func budget() throws {
    let allUpfront = OfferTerm("standard-1yr-all-upfront")!
    var study = AccountStudy()
    study.add(3, "m5.large", of: "app")
    // 438 / 8,760 = 0.05 an hour, beside 0.0576 without upfront.
    study.prices.reserved.append(reservedPrice("m5.large", "0", upfront: "438", allUpfront))
    study.purchase.offers = [oneYear, allUpfront]
    study.purchase.upfrontBudgetUsd = usd("1000")
    let comparison = try #require(try study.advice().comparison)
    for row in comparison.rows where ![.nothing, .renewal, .hindsight].contains(row.plan) {
      // Two paid upfront, 876, and one by the hour, 8,760 × 0.0576 = 504.576.
      #expect(row.same == usd("1380.576") && row.upfront == usd("876"), "\(row.plan)")
    }
    #expect(comparison[.hindsight]?.same == usd("1380.576"))
  }

  @Test("Ours buys what grows into use when it is used, so that growth does not make it dearer than the field's rules")
  func waits() throws {
    let threeYears = OfferTerm("standard-3yr-no-upfront")!
    var study = AccountStudy()
    study.add(3, "m5.large", of: "app")
    study.prices.reserved.append(reservedPrice("m5.large", "0.04", threeYears))
    study.purchase.offers = [threeYears]
    study.outlook = Outlook(growthPercentAYear: 20, uncertaintyPercentAYear: 0)
    let alone = try #require(try study.advice().comparison)
    let ours = try #require(alone[.choice(.expected)])
    // Break-even is 41.7 %, growth is certain: nothing is cheaper than each level from the month on in which it is.
    let best = try #require(alone[.hindsight])
    #expect(ours.same <= best.same.charge(for: 1005, per: 1000))
    // A savings plan that may be bought, and is worth little beside reservations, changes little.
    study.prices.rate("m5.large", "0.09", computePlan)
    study.purchase.savingsPlans = [computePlan]
    let beside = try #require(try study.advice().comparison)
    #expect(try #require(beside[.choice(.expected)]).same <= ours.same.charge(for: 1005, per: 1000))
  }

  @Test("A rule acts again each month, on what it has seen by then")
  func again() throws {
    var study = AccountStudy()
    study.add(10, "m5.large", of: "app")
    study.outlook = Outlook(growthPercentAYear: 120, uncertaintyPercentAYear: 0)
    let account = try study.account()
    // Where demand of month m is 10 × 2.2^((m + 0.5) / 12), one is added once the month before used 60 % of it.
    var replay = RuleReplay(
      account, part: 0, on: DemandPath(), [PathUse(account, of: 0, on: DemandPath())])
    replay.play(.costExplorer)
    let demand = (0..<12).map { 10 * pow(2.2, (Double($0) + 0.5) / 12) }
    var held = 10
    var expected = [(0, 10)]
    for month in 1..<12 {
      let whole = Int(demand[month - 1])
      let levels = whole + (demand[month - 1] - Double(whole) > 0.6 ? 1 : 0)
      if levels > held { expected.append((month * 730, levels - held)) }
      held = max(held, levels)
    }
    #expect(replay.purchases.map(\.hour) == expected.map(\.0))
    #expect(replay.purchases.map(\.count) == expected.map(\.1))
  }
}
