import Analysis
import Model
import Solvers
import TestSupport
import Testing

@testable import Advice

// m5.large: 0.096 on demand, reserved at 0.0576, 0.07 by a compute plan; c5.large: 0.085, 0.051 and 0.06.

/// What is bought where accounts share commitments, and where each buys for itself.
@Suite struct AccountSharingTests {
  /// Services of two accounts at random, on in some hours of each day.
  private func drawn(_ seed: Int, hasPlans: Bool) -> AccountStudy {
    var random = SplitMix64(seed: seed)
    var study = AccountStudy()
    study.prices.rate("m5.large", "0.07", computePlan)
    study.prices.rate("c5.large", "0.06", computePlan)
    if hasPlans { study.purchase.savingsPlans = [computePlan] }
    for index in 0..<random.number(2...4) {
      let start = random.number(0...12)
      let first = study.runs.count
      study.add(
        random.number(1...3), random.coin() ? "m5.large" : "c5.large", of: "s\(index)",
        hours: start..<random.number((start + 6)...24))
      // The first is the one's and the second the other's, so that there are two.
      let account = index < 2 ? ["111", "222"][index] : random.coin() ? "111" : "222"
      for place in first..<study.runs.count { study.runs[place].account = account }
    }
    if random.coin() {
      var held = commitment("held", 1, "m5.large", at: "0.0576", of: "s0", from: "2026-03-01")
      held.commitment.account = random.coin() ? "111" : "222"
      study.commitments = [held]
    }
    return study
  }

  private func alone(_ study: AccountStudy, _ account: String) -> AccountStudy {
    var own = study
    own.runs = study.runs.filter { $0.account == account }
    own.services = study.services.filter { service in own.runs.contains { $0.service == service.name } }
    own.commitments = study.commitments.filter { $0.commitment.account == account }
    return own
  }

  /// Adds instances of service app, in account 111, and of service web, in account 222.
  private func addOwned(_ app: Int, _ web: Int, to study: inout AccountStudy) {
    study.add(app, "m5.large", of: "app")
    study.add(web, "m5.large", of: "web")
    for index in study.runs.indices { study.runs[index].account = study.runs[index].service == "app" ? "111" : "222" }
  }

  /// What October would have cost less with what is bought.
  private func saved(_ study: AccountStudy) throws -> Money {
    let engine = try study.context().engine
    return try engine.bill(study.plan, over: october).total - engine.bill(study.planAfter(), over: october).total
  }

  @Test("Without sharing the plan is that of each account alone; with it, it is no dearer", arguments: 0..<10)
  func sumOfAccounts(seed: Int) throws {
    var study = drawn(seed, hasPlans: seed < 4)
    let pooled = try study.account()
    study.purchase.sharedBetweenAccounts = false
    let apart = try study.account()
    let alone = try ["111", "222"].map { try self.alone(study, $0).account() }
    #expect(apart.leastCost == alone.reduce(0) { $0 + $1.leastCost })
    #expect(apart.costOfNothing == alone.reduce(0) { $0 + $1.costOfNothing })
    // What all save together they may save apart; the other way round nothing is promised but the proven gap.
    #expect(pooled.leastCost <= apart.leastCost + pooled.gap)
    #expect(Set(apart.use.pools.map(\.pool.name)) == Set(alone.flatMap { $0.use.pools.map(\.pool.name) }))
  }

  @Test("Each account buys for its own instances, and says whose each purchase is")
  func changes() throws {
    var study = AccountStudy()
    addOwned(2, 1, to: &study)
    #expect(try study.verdict("m5")?.changes == [reservation(3)])
    study.purchase.sharedBetweenAccounts = false
    #expect(try study.account().use.pools.map(\.pool.name) == ["m5-111", "m5-222"])
    #expect(try study.verdict("m5-111")?.changes == [Change(Reserve(2, oneYear, of: kind("m5.large"), in: "111"))])
    #expect(try study.verdict("m5-222")?.changes == [Change(Reserve(1, oneYear, of: kind("m5.large"), in: "222"))])
    // 744 × 3 × (0.096 - 0.0576): each covers its own, and nothing is bought twice.
    #expect(try saved(study) == usd("85.7088"))
  }

  @Test("What one account holds is nothing to the other")
  func held() throws {
    var study = AccountStudy()
    study.add(1, "m5.large", of: "app")
    for index in study.runs.indices { study.runs[index].account = "111" }
    var held = commitment("held", 1, "m5.large", at: "0.0576", from: "2026-03-01")
    held.commitment.account = "222"
    study.commitments = [held]
    #expect(try study.verdict("m5")?.reason == .purchase(.covered(buysLater: true)))
    study.purchase.sharedBetweenAccounts = false
    #expect(try study.verdict("m5-111")?.changes == [Change(Reserve(1, oneYear, of: kind("m5.large"), in: "111"))])
  }

  @Test("Savings plans of accounts that share nothing are plans of each, named after it")
  func plans() throws {
    var study = AccountStudy()
    study.prices.rate("m5.large", "0.05", computePlan)
    study.purchase.offers = []
    study.purchase.savingsPlans = [computePlan]
    study.purchase.sharedBetweenAccounts = false
    addOwned(1, 2, to: &study)
    let lines = try study.advice().plan.lines
    #expect(lines.map(\.pool) == ["compute-savings-plan-111", "compute-savings-plan-222"])
    #expect(lines.map(\.amount) == [.hourly(usd("0.05")), .hourly(usd("0.1"))])
    // (0.096 - 0.05) × 744 × 3, were they held in October.
    #expect(try saved(study) == usd("102.672"))
  }

  @Test("A service of two accounts has its minimum and its spot once, not once in each")
  func oneServiceInTwo() throws {
    var study = AccountStudy()
    study.purchase.sharedBetweenAccounts = false
    study.prices.spot("m5.large", savings: 60)
    study.add(4, "m5.large", of: "app") {
      $0.minimum = 2
      $0.interruptible = true
    }
    for index in study.runs.indices {
      study.runs[index].account = index < 3 ? "111" : "222"
      study.series.append(samples("app", study.runs[index].resource, .cpuPercent, on: study.grid) { _ in 30 })
    }
    let pools = try study.account().use.pools
    #expect(pools.map(\.pool.name) == ["m5-111", "m5-222"])
    // Of a minimum of two three quarters are the first account's.
    #expect(pools.map { $0.services[0].floor[0] } == [5400, 1800])
    #expect(pools[0].services[0].spotLimits.contains { $0 > 0 })
    #expect(pools[1].services[0].spotLimits.allSatisfy { $0 == 0 })
    let shares = try study.advice().proposals.flatMap(\.verdict.changes).filter { $0.change is SpotShare }
    #expect(shares.count == 1)
  }

  @Test("A purchase that no account is said of is refused where accounts share nothing, and its text says one")
  func options() throws {
    var study = AccountStudy()
    study.purchase.sharedBetweenAccounts = false
    study.add(1, "m5.large", of: "app")
    study.runs[0].account = "111"
    let context = try study.context()
    var plan = study.plan
    let bare = try #require(Reserve(optionText: "1@standard-1yr-no-upfront:m5.large"))
    let refused = failure { () throws(DataError) in _ = try bare.apply(to: &plan, context) }
    #expect(refused?.kind == .usage && refused?.found == "no account")
    // Of a service it is of the account that runs it.
    let ofService = try #require(Reserve(optionText: "app=1@standard-1yr-no-upfront"))
    _ = try ofService.apply(to: &plan, context)
    #expect(plan.commitments.map(\.commitment.account) == ["111"])
    for text in ["1@standard-1yr-no-upfront:m5.large:222", "app=1@standard-1yr-no-upfront:m5.large:222"] {
      let reserve = try #require(Reserve(optionText: text))
      #expect(reserve.account == "222" && reserve.optionText == text)
    }
    let own = "0.15@compute-savings-plan-1yr-no-upfront:222"
    let bound = "0.15@ec2-instance-savings-plan-1yr-no-upfront:m5:222"
    for (text, family) in [(own, nil), (bound, "m5" as String?)] {
      let committed = try #require(CommitSavingsPlan(optionText: text))
      #expect(committed.account == "222" && committed.family == family && committed.optionText == text)
    }
    #expect(CommitSavingsPlan(optionText: "0.15@ec2-instance-savings-plan-1yr-no-upfront:m5:c5") == nil)
  }
}
