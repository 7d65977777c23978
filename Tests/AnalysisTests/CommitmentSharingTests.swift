import Model
import TestSupport
import Testing

@testable import Analysis

// m5.large 0.10 on demand, m5.xlarge 0.20, c5.large 0.08; plans of all at 70 % and 75 %, of a family at 60 % and 65 %.

/// Whose instances commitments pay for: their owner's first, and where accounts share nothing its alone.
@Suite struct CommitmentSharingTests {
  private let hour = period("2026-10-01T08:00:00Z", "2026-10-01T09:00:00Z")

  @Test("A reservation covers its owner's instance before one of the other account, which comes first by name")
  func ownerFirst() throws {
    let running = owned("a", runs(1, of: "app", "m5.large", hour)) + owned("b", runs(1, of: "web", "m5.large", hour))
    let held = [reserved("ri", 1, "m5.large", of: "b", for: "app")]
    let bill = try bill(running, held, isShared: true)
    // Bought for app it would cover app, were it not another account's: b's instance is reserved, a's on demand.
    #expect(bill.items.filter { $0.option == .reserved }.map(\.service) == ["web"])
    #expect(bill.total == usd("0.06") + usd("0.10"))
    // What b leaves of two serves a, and does not where they share nothing.
    let two = [reserved("ri", 2, "m5.large", of: "b", for: "app")]
    #expect(try self.bill(running, two, isShared: true).total == usd("0.12"))
    #expect(try self.bill(running, two, isShared: false).total == usd("0.12") + usd("0.10"))
  }

  @Test("Usage of a plan's owner draws before usage of a higher saving in the other account")
  func planOfOwner() throws {
    let running = owned("a", runs(1, of: "app", "m5.large", hour)) + owned("b", runs(1, of: "web", "c5.large", hour))
    let plan = plan("sp", "0.06", of: "b")
    // c5.large draws 0.08 × 0.75 = 0.06, all there is; m5.large, 30 % cheaper, would have been first.
    let bill = try bill(running, plans: [plan], isShared: true)
    #expect(bill.items.filter { $0.option == .savingsPlan }.map(\.service) == ["web"])
    #expect(bill.total == usd("0.06") + usd("0.10"))
    #expect(
      try self.bill(running, plans: [self.plan("sp", "0.06", of: nil)], isShared: true).items.contains {
        $0.option == .savingsPlan && $0.service == "app"
      })
  }

  @Test("Plans of a family draw in every account before compute plans do in any")
  func kindsFirst() throws {
    let running = owned("b", runs(1, of: "web", "m5.large", hour))
    let plans = [plan("compute", "0.07", of: "b"), plan("family", "0.06", of: "a", family: "m5")]
    // The other account's plan of the family pays; the own compute plan's 0.07 is lost.
    let bill = try bill(running, plans: plans, isShared: true)
    #expect(bill.items.filter { $0.option == .savingsPlan }.map(\.commitment) == ["family"])
    #expect(bill.total { $0.option == .savingsPlanUnused } == usd("0.07"))
  }

  @Test(
    "Of an account that nobody named, accounts are one, and the bill is what it was line by line", arguments: 0..<10)
  func pooled(seed: Int) throws {
    var drawn = DrawnAccounts(seed: seed)
    drawn.disown()
    let owned = try bill(drawn.runs, drawn.held, plans: drawn.plans, over: DrawnAccounts.day, isShared: true)
    let unowned = drawn.runs.map { run in
      var run = run
      run.account = nil
      return run
    }
    #expect(try bill(unowned, drawn.held, plans: drawn.plans, over: DrawnAccounts.day, isShared: true) == owned)
  }

  @Test("With sharing each hour is what a small program makes of it, owners first", arguments: 0..<60)
  func shared(seed: Int) throws {
    let drawn = DrawnAccounts(seed: seed)
    let bill = try bill(drawn.runs, drawn.held, plans: drawn.plans, over: DrawnAccounts.day, isShared: true)
    // Each line is rounded to a nano-dollar.
    #expect(abs(bill.total.usd - drawn.cost(isShared: true)) < 1e-6)
  }

  @Test("Without sharing the bill is the sum of the accounts billed alone, to the nano-dollar", arguments: 0..<60)
  func alone(seed: Int) throws {
    let drawn = DrawnAccounts(seed: seed)
    let whole = try bill(drawn.runs, drawn.held, plans: drawn.plans, over: DrawnAccounts.day, isShared: false)
    var sum = Money.zero
    for account in ["a", "b"] {
      sum += try bill(
        drawn.runs.filter { $0.account == account }, drawn.held.filter { $0.commitment.account == account },
        plans: drawn.plans.filter { $0.account == account }, over: DrawnAccounts.day, isShared: true
      ).total
    }
    #expect(whole.total == sum)
    #expect(abs(whole.total.usd - drawn.cost(isShared: false)) < 1e-6)
    // Told by instance, no cost of one account is another's.
    let engine = try engine(drawn.runs, isShared: false)
    let shares = engine.shares(
      of: whole, FleetPlan(runs: drawn.runs, commitments: drawn.held, savingsPlans: drawn.plans))
    #expect(shares.allSatisfy { $0.run == nil || whole.items[$0.line].account == $0.run?.account })
  }

  private func owned(_ account: String, _ runs: [InstanceRun]) -> [InstanceRun] {
    runs.map { run in
      var run = run
      run.account = account
      return run
    }
  }

  private func reserved(
    _ id: String, _ count: Int, _ type: String, of account: String?, for service: String
  ) -> PricedCommitment {
    var held = commitment(id, count, type, at: "0.06", of: service)
    held.commitment.account = account
    return held
  }

  private func plan(_ id: String, _ hourly: String, of account: String?, family: String? = nil) -> HeldSavingsPlan {
    var plan = savingsPlan(id, hourly, family: family)
    plan.account = account
    return plan
  }

  private func engine(_ runs: [InstanceRun], isShared: Bool) throws -> BillingEngine {
    let types = ["m5.large", "m5.xlarge", "c5.large"]
    let fleet = tinyFleet([tinyService("app", types), tinyService("web", types)]) {
      $0.purchase.sharedBetweenAccounts = isShared
    }
    return tinyEngine(fleet, try catalogue(DrawnAccounts.book))
  }

  private func bill(
    _ runs: [InstanceRun], _ held: [PricedCommitment] = [], plans: [HeldSavingsPlan] = [], over: Period? = nil,
    isShared: Bool
  ) throws -> Bill {
    let plan = FleetPlan(runs: runs, commitments: held, savingsPlans: plans)
    return try engine(runs, isShared: isShared).bill(plan, over: over ?? hour)
  }
}

extension Money {
  fileprivate var usd: Double { Double(nanoDollars) / 1e9 }
}

/// Two accounts at random: six hours of instances that run whole hours, reservations and plans of both.
private struct DrawnAccounts {
  static let day = period("2026-10-01T00:00:00Z", "2026-10-01T06:00:00Z")
  /// On demand, and what an hour draws from a compute plan and from one of its family.
  static let prices: [(type: String, units: Int, onDemand: Double, compute: Double, family: Double)] = [
    ("c5.large", 4, 0.08, 0.06, 0.052), ("m5.large", 4, 0.10, 0.07, 0.06), ("m5.xlarge", 8, 0.20, 0.14, 0.12),
  ]
  static let book: PriceBook = {
    var book = PriceBook()
    for price in prices {
      book.specify(price.type, vcpu: 2, milliGiB: 8000)
      book.sell(price.type, "\(price.onDemand)")
      book.rate(price.type, "\(price.compute)", computePlan)
      book.rate(price.type, "\(price.family)", instancePlan)
    }
    return book
  }()

  private(set) var runs: [InstanceRun] = []
  private(set) var held: [PricedCommitment] = []
  private(set) var plans: [HeldSavingsPlan] = []

  init(seed: Int) {
    var random = SplitMix64(seed: seed)
    func account() -> String { random.coin() ? "a" : "b" }
    for index in 0..<random.number(1...8) {
      let start: Int64 = random.number(0...4)
      let end: Int64 = random.number((start + 1)...6)
      let part = Period(
        start: Self.day.start.advanced(by: start * 3600), end: Self.day.start.advanced(by: end * 3600))
      var one = run("i\(index)", of: random.coin() ? "app" : "web", Self.prices[random.number(0...2)].type, part)
      one.account = account()
      runs.append(one)
    }
    for index in 0..<random.number(0...3) {
      var one = commitment("ri\(index)", random.number(1...3), Self.prices[random.number(0...2)].type, at: "0.05")
      one.commitment.account = account()
      held.append(one)
    }
    for index in 0..<random.number(0...4) {
      let family = random.coin() ? nil : random.coin() ? "m5" : "c5"
      var one = savingsPlan("sp\(index)", "0.0\(random.number(1...9))", family: family)
      one.account = account()
      plans.append(one)
    }
  }

  /// Forgets whose commitments are.
  mutating func disown() {
    for index in held.indices { held[index].commitment.account = nil }
    for index in plans.indices { plans[index].account = nil }
  }

  /// What all of it costs, hour by hour, by the rule as AWS words it and nothing of the engine's.
  func cost(isShared: Bool) -> Double {
    (0..<6).reduce(0) { $0 + cost(ofHour: Int64($1), isShared: isShared) }
  }

  private func cost(ofHour hour: Int64, isShared: Bool) -> Double {
    let now = Self.day.start.advanced(by: hour * 3600)
    // By account and type, units that still have to be paid for.
    var left = ["a", "b"].map { account in
      Self.prices.map { price in
        Double(
          runs.filter { $0.account == account && $0.type == price.type && $0.started <= now && now < $0.stopped! }.count
        )
          * Double(price.units)
      }
    }
    func others(_ owner: String?) -> [[Int]] {
      let own = owner == "a" ? 0 : 1
      return isShared ? [[own], [1 - own]] : [[own]]
    }
    var cost = held.reduce(0.0) { $0 + 0.05 * Double($1.commitment.count) }
    // Reservations: the own account's in the order of purchase, then what they leave. Sizes from small to large.
    var units = held.map { one in Double(one.commitment.count) * (one.commitment.type == "m5.xlarge" ? 8 : 4) }
    for turn in 0..<2 {
      for (index, one) in held.enumerated() where turn < others(one.commitment.account).count {
        for account in others(one.commitment.account)[turn] {
          for type in Self.prices.indices where Self.prices[type].type.prefix(2) == one.commitment.type.prefix(2) {
            let covered = min(left[account][type], units[index])
            left[account][type] -= covered
            units[index] -= covered
          }
        }
      }
    }
    // Plans: kind by kind, the own account first, the highest saving first, the plans by id.
    var money = plans.map { Double($0.hourly.nanoDollars) / 1e9 }
    cost += money.reduce(0, +)
    for isFamily in [true, false] {
      for turn in 0..<2 {
        // m5 saves more than c5 by either kind of plan.
        for type in [1, 2, 0] {
          for (index, plan) in plans.enumerated() where (plan.family != nil) == isFamily {
            guard turn < others(plan.account).count,
              plan.family.map({ Self.prices[type].type.hasPrefix($0) }) ?? true
            else { continue }
            let rate =
              (isFamily ? Self.prices[type].family : Self.prices[type].compute) / Double(Self.prices[type].units)
            for account in others(plan.account)[turn] {
              let covered = min(left[account][type], money[index] / rate)
              left[account][type] -= covered
              money[index] -= covered * rate
            }
          }
        }
      }
    }
    for account in 0..<2 {
      for type in Self.prices.indices {
        cost += left[account][type] / Double(Self.prices[type].units) * Self.prices[type].onDemand
      }
    }
    return cost
  }
}
