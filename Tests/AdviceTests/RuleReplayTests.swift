import Model
import Solvers
import TestSupport
import Testing

@testable import Advice

// m5.large: 0.096 on demand, reserved at 0.0576 (60 %), 0.0672 in use (70 %); c5.large 0.085 and 0.051 likewise.

/// What is bought later, on what is known then: the record and months of a path.
@Suite struct RuleReplayTests {
  /// Services of which nothing is known but what ran until November; something ended in May, where the record begins.
  private func account(
    _ groups: [(count: Int, type: String, from: String)], _ change: (inout AccountStudy) -> Void = { _ in }
  ) throws -> AccountPurchase {
    var study = AccountStudy()
    study.outlook = Outlook()
    for (index, group) in groups.enumerated() {
      let name = "s\(index)"
      study.services.append(tinyService(name, [group.type]))
      for instance in 0..<group.count {
        study.runs.append(run("\(name)-\(instance)", of: name, group.type, period(group.from, "2026-11-01")))
      }
    }
    study.runs.append(run("first", of: "s0", groups[0].type, period("2026-05-01", "2026-05-02")))
    change(&study)
    return try study.account()
  }

  private func replay(_ account: AccountPurchase) -> RuleReplay {
    let uses = account.futures.parts[0].pools.map { PathUse(account, of: $0, on: DemandPath()) }
    return RuleReplay(account, part: 0, on: DemandPath(), uses)
  }

  @Test("Ours and the rule of solve buy take a level when it paid in 90 days, of which the record has the first")
  func record() throws {
    // Two since June, five in October. On 1 December levels 3 to 5 have run for 24 hours of the second month back and 1,440
    // more of 2,160: 67.8 % is not 70 %. A month later they have for all.
    let account = try account([(2, "m5.large", "2026-06-01"), (3, "m5.large", "2026-10-01")])
    var buying = replay(account)
    try buying.playBuying()
    let two = AccountPlan.Purchase(.reservation(pool: 0, offer: 0), count: 2)
    let three = AccountPlan.Purchase(.reservation(pool: 0, offer: 0), hour: 1_460, count: 3)
    #expect(buying.purchases == [two, three])
    var ours = replay(account)
    ours.play(account.chosen[0].filter { $0.hour == 0 }, for: .expected)
    #expect(ours.purchases.first == two)
    #expect(ours.purchases.dropFirst().allSatisfy { $0.hour >= 1_460 })
  }

  @Test("What ends is bought anew at the start of the month in which less than half is left of it")
  func renewed() throws {
    let account = try account([(3, "m5.large", "2026-06-01")]) { study in
      // Until 2026-12-10: 39 days or 936 hours from 1 November, 206 of the second month's 730.
      study.commitments = [commitment("held", 2, "m5.large", at: "0.0576", from: "2025-12-10")]
    }
    var buying = replay(account)
    try buying.playBuying()
    #expect(buying.purchases.map(\.hour) == [0, 730] && buying.purchases.map(\.count) == [1, 2])
  }

  @Test("The rule of solve buy commits to plans beside reservations, in steps of a cent, within the budget")
  func plans() throws {
    // m5 is as old as the record and left to the plan, 4 × 0.062 = 0.248 an hour; c5 is young. The 25th cent saves 0.8 ×
    // 0.096 / 0.062 = 1.239 cents, more than the 7/6 that it must.
    let groups = [(4, "m5.large", "2026-05-01"), (3, "c5.large", "2026-09-01")]
    func offer(_ study: inout AccountStudy) {
      study.prices.rate("m5.large", "0.062", computePlan)
      study.prices.rate("c5.large", "0.054", computePlan)
      study.purchase.savingsPlans = [computePlan]
    }
    let account = try account(groups, offer)
    var buying = replay(account)
    try buying.playBuying()
    let names = account.futures.parts[0].pools.map { account.use.pools[$0].pool.name }
    let c5 = try #require(names.firstIndex(of: "c5"))
    #expect(
      buying.purchases == [
        AccountPlan.Purchase(.plan(0), count: 250),
        AccountPlan.Purchase(.reservation(pool: c5, offer: 0), count: 3),
      ])
    // 0.25 × 8,760 and 3 × 0.051 × 8,760.
    #expect(buying.new == 2_190_000_000 + 1_340_280_000 && buying.upfront == 0)
  }
}
