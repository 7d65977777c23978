import Analysis
import Model
import Solvers
import TestSupport
import Testing

@testable import Advice

// m5.large: 0.096 on demand, reserved at 0.0576 (60 %); c5.large at 60 % too. For a year that is 0.0672 in use, 70 % of on
// demand. October has 744 hours; August and September have 1,464, of which the last 1,416 are within 90 days of its end.

/// What the months before the reviewed one say of what may be reserved.
@Suite struct AccountPastTests {
  /// So many of a service from a day on, until another.
  private func instances(
    _ count: Int, _ type: String = "m5.large", of service: String = "app", from: String, to: String = "2026-11-01"
  ) -> [InstanceRun] {
    (0..<count).map { run("\(service)-\(type)-\(from)-\(to)-\($0)", of: service, type, period(from, to)) }
  }

  /// A study of services of which nothing is known but what ran; something ended in May, so that the record begins there.
  private func study(_ runs: [InstanceRun]) -> AccountStudy {
    var study = AccountStudy()
    study.outlook = Outlook()
    for name in Set(runs.map(\.service)).sorted() { study.services.append(tinyService(name, ["m5.large"])) }
    study.runs = runs + instances(1, of: runs[0].service, from: "2026-05-01", to: "2026-05-02")
    return study
  }

  private func past(_ study: AccountStudy, _ pool: String) throws -> PurchasePast? {
    try study.verdict(pool)?.evidence.figures.lazy.compactMap { figure -> PurchasePast? in
      if case .purchase(.past(let past)) = figure { past } else { nil }
    }.first
  }

  @Test("What ran in the reviewed month alone is not reserved: all months in the store count")
  func months() throws {
    // Two since June, five in October: levels 3 to 5 were used in 744 of 2,160 hours, 34 %.
    let study = study(instances(2, from: "2026-06-01") + instances(3, from: "2026-10-01"))
    #expect(try study.verdict("m5")?.changes == [Change(Reserve(2, oneYear, of: kind("m5.large")))])
    let past = try #require(try self.past(study, "m5"))
    guard case .levels(let share) = past.standing else {
      Issue.record("\(past.standing)")
      return
    }
    #expect(abs(share - 0.7) < 1e-9 && past.units == 2 && past.days == 90)
    // Of the 30 days before the last 30, 29 are of September with two, and one of October with five.
    #expect(past.meanNow == 5 && abs((past.meanBefore ?? 0) - 2.1) < 1e-9)
    // The same month, had it been all there is: more pay on the futures alone.
    var month = study
    month.runs = instances(5, from: "2026-10-01")
    #expect(try month.account().support[.expected].map { $0?.units } == [5])
    #expect(try month.account().chosen.flatMap { $0 }.reduce(0) { $0 + $1.count } > 2)
  }

  @Test("What the owners state of the future is theirs: the past limits nothing then")
  func stated() throws {
    var study = study(instances(2, from: "2026-06-01") + instances(3, from: "2026-10-01"))
    study.outlook = certain
    #expect(try study.verdict("m5")?.changes == [Change(Reserve(5, oneYear, of: kind("m5.large")))])
    #expect(try past(study, "m5") == nil)
  }

  @Test("A pool that is younger than a week is not reserved, however cheap that were")
  func young() throws {
    // Six days of October are 19 % of it, and a tenth would break even.
    var study = study(
      instances(2, from: "2026-06-01") + instances(4, "c5.large", of: "new", from: "2026-10-26"))
    study.prices.reserved.removeAll { $0.kind.type == "c5.large" }
    study.prices.reserved.append(reservedPrice("c5.large", "0.0085"))
    let verdict = try #require(try study.verdict("c5"))
    #expect(verdict.changes.isEmpty)
    guard case .purchase(.past(let past)) = verdict.reason else {
      Issue.record("\(verdict.reason)")
      return
    }
    #expect(past.standing == .tooYoung && past.units == 0)
    // A month on it would be judged: a level used for 0.0085 / 0.085 × 7/6 = 11.7 % of the hours would pay.
    let account = try study.account()
    let pool = try #require(account.use.pools.firstIndex { $0.pool.name == "c5" })
    guard case .judged(let share, option: 0)? = account.support[.expected][pool]?.later else {
      Issue.record("\(String(describing: account.support[.expected][pool]))")
      return
    }
    #expect(abs(share - 7.0 / 60) < 1e-9)
    // A day more than a week, and it is judged by what it ran since.
    let older = self.study(
      instances(2, from: "2026-06-01") + instances(4, "c5.large", of: "new", from: "2026-10-24"))
    #expect(try self.past(older, "c5")?.units == 4)
  }

  @Test("Weeks before the inventory is whole are left out: what survives them is not all that ran")
  func record() throws {
    // Listed on the first of September: three of August are still there, of September all that came and went.
    let elastic = (0..<30).flatMap { day -> [InstanceRun] in
      let start = instant("2026-09-01").advanced(by: Int64(day) * 86_400)
      return (0..<6).map {
        run("e-\(day)-\($0)", of: "app", "m5.large", Period(start: start, end: start.advanced(by: 86_400)))
      }
    }
    var study = AccountStudy()
    study.outlook = Outlook()
    study.services = [tinyService("app", ["m5.large"])]
    study.runs = instances(3, from: "2026-08-01") + elastic + instances(6, from: "2026-10-01")
    let account = try study.account()
    // The first to end is of the first of September, at midnight of the second.
    #expect(account.use.recordStart == instant("2026-09-02"))
    #expect(account.support.past.recordHours == (29 + 31) * 24)
    #expect(Set(account.support.past.pools[0].unitHours) == [9])
    // Eight whole weeks of nine, and not thirteen of which the first four had three: the prior weighs as four moves beside
    // (8 - 4) / 4 of them that are nil. 25 % / √12 × √(4 / 5) = 6.45 %.
    let outlook = account.futures.outlooks[0][0].outlook
    #expect(outlook.weeks == 8)
    #expect(abs(outlook.demand.monthlySpread - 0.0645) < 0.0001)
    // Where nothing is known to have ended, it is whole from the last start on, and over the month that is reviewed.
    study.runs = instances(3, from: "2026-08-01") + instances(6, from: "2026-10-20")
    #expect(try study.account().use.recordStart == instant("2026-10-01"))
    study.runs = instances(3, from: "2026-08-01") + instances(6, from: "2026-09-20")
    #expect(try study.account().use.recordStart == instant("2026-09-20"))
  }

  @Test("A type that its successor is seen to take over is not reserved, nor is what moves counted in it")
  func successor() throws {
    // Of ten, two a week move from m5 to c5 in the last five weeks: m5 falls while c5 of the same service rises.
    var web = instances(2, of: "web", from: "2026-06-01")
    for (week, day) in ["2026-09-28", "2026-10-05", "2026-10-12", "2026-10-19"].enumerated() {
      web += instances(2, of: "web", from: "2026-06-0\(week + 2)", to: day)
      web += instances(2, "c5.large", of: "web", from: day)
    }
    let moving = study(web)
    #expect(try moving.account().support.past.pools.map(\.leaving) == [[], [LeavingService("web", to: "c5")]])
    let verdict = try #require(try moving.verdict("m5"))
    #expect(verdict.changes.isEmpty)
    #expect(try past(moving, "m5")?.standing == .beingReplaced)
    // What else runs of the pool is reserved as it was: db's three, of which nothing moves.
    let shared = study(web + instances(3, of: "db", from: "2026-06-01"))
    #expect(try past(shared, "m5")?.units == 3)
    #expect(try past(shared, "m5")?.leaving == [LeavingService("web", to: "c5")])
    #expect(try shared.verdict("m5")?.changes == [Change(Reserve(3, oneYear, of: kind("m5.large")))])
    // Without a neighbour that rises it is a service with less to do.
    let fallen = study(web.filter { $0.type == "m5.large" })
    #expect(try fallen.account().support.past.pools.map(\.leaving) == [[]])
  }

  @Test("The spread of a pool is its own: where its services move to another type it is no steady demand")
  func drift() throws {
    // Ten in all at any time, one more a week on c5.
    var runs = instances(3, of: "web", from: "2026-06-01")
    for week in 0..<7 {
      let day = instant("2026-09-13").advanced(by: Int64(week) * 604_800)
      let (start, end) = (instant("2026-06-01"), october.end)
      runs.append(run("old-\(week)", of: "web", "m5.large", Period(start: start, end: day)))
      runs.append(run("new-\(week)", of: "web", "c5.large", Period(start: day, end: end)))
    }
    let account = try study(runs).account()
    let spreads = account.futures.outlooks.map { $0[0].outlook.demand.monthlySpread }
    // Steady demand would have less than the prior of 7.2 % a month.
    #expect(spreads.count == 2 && spreads.allSatisfy { $0 > 0.0722 })
  }

  @Test("What the plan has on other instances is taken to have been there before, and as much more or less")
  func changed() throws {
    var study = study(instances(2, "m5.xlarge", from: "2026-06-01") + instances(2, "m5.xlarge", from: "2026-10-01"))
    var plan = study.plan
    plan.setType("c5.large", of: study.services[0])
    let use = try AccountUse(of: plan, months: 12, study.context())
    let past = AccountPast(use, try study.context())
    // Four c5.large in October, and half as many before, of which nothing ran.
    #expect(past.pools.count == 1 && past.pools[0].unitHours.count == 2_160)
    #expect(past.pools[0].unitHours.prefix(1_416).allSatisfy { $0 == 2 })
    #expect(past.pools[0].unitHours.suffix(744).allSatisfy { $0 == 4 })
    // Chosen only now, and not what ran.
    #expect(past.pools[0].isNew)
    #expect(
      AccountPast(try AccountUse(of: study.plan, months: 12, study.context()), try study.context()).pools.allSatisfy {
        !$0.isNew
      })
    // As old as what it takes the place of: since the first of May.
    #expect(past.pools[0].ageHours == (31 + 30 + 31 + 31 + 30 + 31) * 24)
    study.runs = []
    #expect(AccountPast(try AccountUse(of: study.plan, months: 12, study.context()), try study.context()).pools.isEmpty)
  }

  @Test("Reservations are for what is young where a savings plan serves what may take the place of the old")
  func plans() throws {
    var study = study(
      instances(4, from: "2026-05-01") + instances(3, "c5.large", of: "new", from: "2026-09-01"))
    study.prices.rate("m5.large", "0.062", computePlan)
    study.prices.rate("c5.large", "0.054", computePlan)
    study.purchase.savingsPlans = [computePlan]
    // m5 is as old as the record: 0.0576 × (1 + (1/3 + 1) / 2) = 0.096 in use, the plan 0.062 × 7/6 = 0.0723. c5 is young:
    // 0.051 × 7/6 = 0.0595, and the plan 0.063.
    #expect(try past(study, "m5")?.standing == .leftToPlans)
    #expect(try past(study, "c5")?.units == 3)
    let changes = try study.advice().proposals.flatMap(\.verdict.changes)
    #expect(changes.compactMap { ($0.change as? Reserve)?.type } == ["c5.large"])
    // Four of m5 would take 0.248 an hour.
    let plans = changes.compactMap { ($0.change as? CommitSavingsPlan)?.hourly }
    let hourly = try #require(plans.first)
    #expect(hourly > usd("0.186") && hourly <= usd("0.248"))
  }

  @Test("A savings plan for databases is bought for what it serves, and for no more")
  func databasePlans() throws {
    var study = AccountStudy()
    study.prices.sell("db.r7g.large", "0.24")
    study.prices.rate("db.r7g.large", "0.19", databasePlan)
    study.prices.specify("db.r7g.large", vcpu: 2, milliGiB: 16_000)
    study.add(2, "db.r7g.large", of: "data")
    study.add(3, "m5.large", of: "web")
    study.purchase.offers = []
    study.purchase.savingsPlans = [databasePlan]
    let bought = try study.advice().proposals.flatMap(\.verdict.changes).compactMap { $0.change as? CommitSavingsPlan }
    // Two all month at 0.19.
    #expect(bought.map(\.term) == [databasePlan] && bought.map(\.hourly) == [usd("0.38")])
    #expect(try study.verdict("database-savings-plan")?.outcome == .recommended)
  }

  @Test("Limits change what a plan costs by a constant, and no plan within them costs less", arguments: 0..<4)
  func limits(seed: Int) throws {
    var random = SplitMix64(seed: seed)
    var runs: [InstanceRun] = []
    for (service, type) in [("a", "m5.large"), ("b", "m5.large"), ("c", "c5.large")] {
      runs += instances(random.number(1...3), type, of: service, from: "2026-08-15")
      for day in 1...28 where random.number(0...2) > 0 {
        let date = day < 10 ? "2026-10-0\(day)" : "2026-10-\(day)"
        runs += instances(random.number(1...4), type, of: service, from: date, to: "2026-10-30")
      }
    }
    var study = study(runs)
    study.prices.rate("m5.large", "0.062", computePlan)
    study.prices.rate("c5.large", "0.054", computePlan)
    if seed % 2 == 0 { study.purchase.savingsPlans = [computePlan] }
    let account = try study.account()
    let futures = account.futures
    let supports = account.use.pools.map { _ in
      let standing = BuyStanding.judged(share: 0.7, option: 0)
      return PoolSupport(units: random.number(0...4), standing: standing, later: standing)
    }
    for (part, pools) in futures.parts.enumerated() {
      let limited = try futures.solver(pools, on: DemandPath.likely, within: supports)
      let constant = account.problems[part].cost(of: []) - limited.cost(of: [])
      let found = limited.cheapestPlan(work: 100_000)
      for trial in 0..<10 {
        var purchases: [AccountPlan.Purchase] = trial == 0 ? found.purchases : []
        for (index, pool) in pools.pools.enumerated() where trial > 0 && supports[pool].units > 0 {
          let count = random.number(0...supports[pool].units)
          purchases.append(AccountPlan.Purchase(.reservation(pool: index, offer: 0), hour: 0, count: count))
        }
        if trial > 0, !pools.plans.isEmpty {
          purchases.append(AccountPlan.Purchase(.plan(0), count: random.number(0...300)))
        }
        purchases = purchases.filter { $0.count > 0 }
        let (with, without) = (limited.cost(of: purchases), account.problems[part].cost(of: purchases))
        // Each is rounded once.
        #expect(abs(without - with - constant) <= 2, "\(purchases)")
        #expect(with >= found.bound)
      }
    }
  }

  @Test("A node that holds data is whole: demand that grows by a fifth makes no fifth of a node")
  func wholeNodes() throws {
    #expect(
      [0, 400_000, 500_000, 510_000, 999_999, 1_000_000, 1_999_999, 2_000_000, 4_100_000].map(OutlookGroup.inSizes)
        == [0, 500_000, 500_000, 1_000_000, 1_000_000, 1_000_000, 1_000_000, 2_000_000, 4_000_000])
    var study = AccountStudy()
    study.add(2, "m5.large", of: "db") { $0.approach = .cluster }
    study.outlook = Outlook(growthPercentAYear: 20, uncertaintyPercentAYear: 0)
    func purchase(_ hour: Int, _ count: Int) -> AccountPlan.Purchase {
      AccountPlan.Purchase(.reservation(pool: 0, offer: 0), hour: hour, count: count)
    }
    // 2 × 1.2^(11.5 / 12) = 2.38 by the last month, of which no third node is made.
    #expect(try study.account().chosen == [[purchase(0, 2)]])
    // Twice as much is reached when 2.2^((m + 0.5) / 12) is 2, at m = 10.05: in the last month both are of the next size.
    study.outlook = Outlook(growthPercentAYear: 120, uncertaintyPercentAYear: 0)
    #expect(try study.account().chosen == [[purchase(0, 2), purchase(11 * 730, 2)]])
    // Instances that share the work are as many as it takes: a third pays from 2.6 on, a fourth from 3.6.
    study.services[0].approach = .group
    #expect(try study.account().chosen != [[purchase(0, 2), purchase(11 * 730, 2)]])
  }
}
