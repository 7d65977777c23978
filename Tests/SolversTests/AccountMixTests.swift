import TestSupport
import Testing

@testable import Solvers

@Suite struct AccountMixTests {
  @Test("A plan costs what its words say, to less than a micro-USD beyond what is rounded up")
  func costs() throws {
    for seed in 0..<300 {
      var random = SplitMix64(seed: seed)
      let problem = tinyAccount(&random, pools: 1...3)
      let purchases = subjects(problem).map {
        AccountPlan.Purchase($0.subject, hour: $0.hour, count: random.number(0...2))
      }
      let exact = priced(problem, purchases)
      let cost = Double(try problem.cost(of: purchases))
      // A plan that pays for a part of a part is rounded by less than price / 4096 in each hour.
      #expect(cost >= exact - 1e-6 && cost < exact + 1 + 200.0 / 4096 * 2 * Double(problem.horizon), "seed \(seed)")
    }
  }

  @Test("Without plans the cost is the least there is, and proven")
  func exact() throws {
    var tried = 0
    for seed in 0..<120 {
      var random = SplitMix64(seed: seed)
      let problem = tinyAccount(&random, plans: 0...0)
      // Where what is bought ends inside a stretch, twice the highest level may be of use.
      guard let least = leastCost(problem, upTo: 3, ways: 2_000) else { continue }
      tried += 1
      let plan = try problem.cheapestPlan()
      #expect(plan.bound == plan.cost, "seed \(seed)")
      #expect(abs(Double(plan.cost) - least.rounded(.up)) < 1e-6 || abs(Double(plan.cost) - least) < 1, "seed \(seed)")
      #expect(try problem.cost(of: plan.purchases) == plan.cost, "seed \(seed)")
    }
    #expect(tried > 40)
  }

  @Test("A million units of a pool take some hundreds of looks, not a million, and each look counts as work")
  func manyUnits() throws {
    var stretch = AccountProblem.Stretch(start: 0, end: 9)
    stretch.append(weight: 2, needs: [2_000_000])
    stretch.append(weight: 1, needs: [6])
    let offers = [AccountProblem.Offer(name: "z", termHours: 9, hourly: 4)]
    let problem = AccountProblem(
      pools: [AccountProblem.Pool(name: "p", onDemand: 90, offers: offers)], stretches: [stretch], parts: 2)
    let model = AccountModel(problem, onlyNow: false)
    var polish = AccountPolish(model, [])
    polish.run(work: 1 << 40)
    #expect(polish.work < 1_000 * AccountPolish.leastWork)
    // Each of 1,000,000 units runs 6 of 9 hours: 540 on demand, 36 reserved.
    #expect(model.cost(of: polish.purchases) == 36_000_000)
  }

  @Test("What each further unit saves is the difference that it makes to the cost")
  func levelSavings() throws {
    for seed in 0..<100 {
      var random = SplitMix64(seed: seed)
      let problem = tinyAccount(&random)
      let purchases = subjects(problem).map {
        AccountPlan.Purchase($0.subject, hour: $0.hour, count: random.number(0...1))
      }
      let savings = try problem.levelSavings(of: 0, beside: purchases)
      #expect(savings.count == problem.stretches.count)
      // An offer that lasts for all of the horizon and costs nothing shows what a unit saves.
      var other = problem
      let term = problem.horizon
      other.pools[0].offers.append(AccountProblem.Offer(name: "free", termHours: term, hourly: 0))
      let free = AccountPlan.Subject.reservation(pool: 0, offer: other.pools[0].offers.count - 1)
      let before = try other.cost(of: purchases)
      let after = try other.cost(of: purchases + [AccountPlan.Purchase(free, count: 1)])
      let first = savings.reduce(0) { $0 + ($1.first ?? 0) }
      #expect(abs(before - after - first) <= 1 + savings.count, "seed \(seed)")
    }
  }

  @Test(
    "With plans and budgets the plan costs what it says, and no purchase that can be tried is beyond half a per cent better"
  )
  func bounds() throws {
    var tried = 0
    for seed in 0..<40 {
      var random = SplitMix64(seed: seed)
      var problem = tinyAccount(&random, plans: 0...3)
      if random.coin() { problem.budget = random.number(0...600) }
      guard let optimum = leastCost(problem, upTo: 3, ways: 300) else { continue }
      tried += 1
      let plan = try problem.cheapestPlan(work: 300_000)
      #expect(Double(plan.bound) <= optimum + 1, "seed \(seed)")
      #expect(isProven(plan), "seed \(seed)")
      #expect(try problem.cost(of: plan.purchases) == plan.cost, "seed \(seed)")
      #expect(cash(problem, plan.purchases) <= problem.budget ?? .max, "seed \(seed)")
    }
    #expect(tried > 20)
  }

  @Test("Few units, plans and a budget are proven to half a per cent", arguments: [0, 2, 3, 4, 5, 13])
  func fewUnits(seed: Int) throws {
    // Prices alone left more open in 60 of 100 such accounts: 22 % in one.
    var random = SplitMix64(seed: seed)
    var problem = tinyAccount(&random, pools: 1...6, plans: 1...2, mostUnits: 3)
    problem.budget = random.number(0...1_500)
    let plan = try problem.cheapestPlan(work: 1_000_000)
    #expect(plan.bound <= plan.cost && isProven(plan))
    #expect(cash(problem, plan.purchases) <= problem.budget ?? 0)
  }

  @Test("A plan that comes first takes what a later one would pay for better, and the bound knows it")
  func order() throws {
    // Ten hours of a unit of a and one of b, each 100 on demand. The plan s pays for a first, for it saves more of the price
    // there. Were it to leave a to t, the hour would cost 40 + 60; as it is, t is left nothing, and s pays 50 + 60 for both.
    var stretch = AccountProblem.Stretch(start: 0, end: 10)
    stretch.append(needs: [1, 1])
    let offer = AccountProblem.PlanOffer(termHours: 10, increment: 10)
    let problem = AccountProblem(
      pools: ["a", "b"].map { AccountProblem.Pool(name: $0, onDemand: 100) },
      plans: [
        AccountProblem.Plan(name: "s", rates: [50, 60], offer: offer),
        AccountProblem.Plan(name: "t", rates: [40, nil], offer: offer),
      ], stretches: [stretch])
    let plan = try problem.cheapestPlan(work: 1_000_000)
    #expect(plan.cost == 1_100 && plan.bound >= 1_095)
  }

  /// True when nothing can be better by more than half a per cent, or by more than what is rounded.
  private func isProven(_ plan: AccountPlan) -> Bool { plan.cost - plan.bound <= max(1, plan.cost / 200) }

  @Test("A budget that binds has its price in the bound, and the plan comes near it")
  func binding() throws {
    var (bound, cost, tried) = (0, 0, 0)
    for seed in 0..<12 {
      var random = SplitMix64(seed: seed)
      var problem = tinyAccount(&random, pools: 3...4, plans: 0...1, mostUnits: 20)
      let free = try problem.cheapestPlan(work: 500_000)
      // Half of what would be paid upfront if nothing limited it.
      let budget = cash(problem, free.purchases) / 2
      guard budget > 0 else { continue }
      problem.budget = budget
      let plan = try problem.cheapestPlan(work: 500_000)
      #expect(cash(problem, plan.purchases) <= budget && plan.cost >= free.bound, "seed \(seed)")
      (bound, cost, tried) = (bound + plan.bound, cost + plan.cost, tried + 1)
    }
    // 0.2 % over 11 problems; without branch and bound 1.1 %, without a price on cash 12.6 %.
    #expect(tried > 6 && Double(cost) <= Double(bound) * 1.005)
  }

  @Test("Several plans beside a budget are proven to half a per cent")
  func severalPlans() throws {
    // Their bounds were 3.0, 6.8 and 4.0 % below, as the price of cash was sought by what had been paid at other prices, and what
    // plans leave to one another taken from the last answer alone.
    for seed in [7, 8, 12] {
      var random = SplitMix64(seed: seed)
      let problem = budgetedAccount(&random, pools: 6, plans: 1 + seed % 3, months: 1 + seed % 2)
      let plan = try problem.cheapestPlan(work: 20_000_000)
      #expect(Double(plan.cost - plan.bound) <= 0.005 * Double(plan.cost), "seed \(seed)")
    }
  }

  @Test("What a budget does not pay for even one of plays no part in the bound")
  func beyondBudget() throws {
    // One unit for all of a year of 8,760 hours at 100 micro-USD; all of it upfront costs 60 an hour, 525,600, one micro-USD
    // more than there is. A fraction of it would be paid for: the bound would be little more than 60 an hour.
    var stretch = AccountProblem.Stretch(start: 0, end: 8_760)
    stretch.append(needs: [1])
    let dear = AccountProblem.Offer(name: "all", termHours: 8_760, hourly: 60, upfront: 525_600)
    let problem = AccountProblem(
      pools: [AccountProblem.Pool(name: "a", onDemand: 100, offers: [dear])], stretches: [stretch], budget: 525_599)
    let plan = try problem.cheapestPlan()
    #expect(plan.cost == 876_000 && plan.bound == 876_000)
  }

  @Test("The order of pools plays no part")
  func permutation() throws {
    for seed in 0..<8 {
      var random = SplitMix64(seed: seed)
      let problem = tinyAccount(&random, pools: 3...5, plans: 1...2, mostUnits: 4)
      let plan = try problem.cheapestPlan(work: 150_000)
      let order = problem.pools.indices.shuffled(using: &random)
      let other = try permuted(problem, order).cheapestPlan(work: 150_000)
      #expect(other.cost == plan.cost && other.bound == plan.bound, "seed \(seed)")
      let named = Set(plan.purchases.map { Named($0, problem.pools.map(\.name)) })
      #expect(Set(other.purchases.map { Named($0, order.map { problem.pools[$0].name }) }) == named, "seed \(seed)")
    }
  }

  @Test("A plan of what is bought now alone buys nothing later, and costs no less than one that may wait")
  func onlyNow() throws {
    for seed in 0..<24 {
      var random = SplitMix64(seed: seed)
      let problem = tinyAccount(&random, plans: 0...1)
      let now = try problem.cheapestPlan(work: 300_000, onlyNow: true)
      #expect(now.purchases == now.now, "seed \(seed)")
      #expect(try now.cost == problem.cost(of: now.purchases), "seed \(seed)")
      let later = try problem.cheapestPlan(work: 300_000)
      #expect(now.cost >= later.bound, "seed \(seed)")
      if problem.plans.isEmpty { #expect(now.bound == now.cost && now.cost >= later.cost, "seed \(seed)") }
    }
  }

  @Test("Numbers out of range, names that stand twice and gaps in time are refused")
  func faults() {
    var stretch = AccountProblem.Stretch(start: 0, end: 2)
    stretch.append(needs: [1])
    let pool = AccountProblem.Pool(name: "a", onDemand: 10)
    func fault(_ problem: AccountProblem) -> ProblemFault? {
      do throws(ProblemFault) { try problem.check() } catch { return error }
      return nil
    }
    #expect(fault(AccountProblem(pools: [pool], stretches: [stretch])) == nil)
    #expect(
      fault(AccountProblem(pools: [pool], stretches: []))
        == ProblemFault(key: "stretches", found: "0 stretches", expected: "from 1 to 1000"))
    #expect(
      fault(AccountProblem(pools: [pool, pool], stretches: [stretch]))
        == ProblemFault(key: "pools", found: "\"a\" twice", expected: "a name for each"))
    #expect(
      fault(AccountProblem(pools: [pool], stretches: [stretch, stretch]))
        == ProblemFault(key: "stretches[1].start", found: "0", expected: "2, where the one before ends"))
    #expect(
      fault(AccountProblem(pools: [pool], plans: [.init(name: "s", rates: [])], stretches: [stretch]))
        == ProblemFault(key: "s.rates", found: "0 rates", expected: "one for each of 1 pools"))
    stretch.append(needs: [-1])
    #expect(
      fault(AccountProblem(pools: [pool], stretches: [stretch]))
        == ProblemFault(key: "stretches[0].needs", found: "-1", expected: "at least 0"))
  }

  @Test("What of a state may be spot is kept, whichever state says it first")
  func spot() {
    var stretch = AccountProblem.Stretch(start: 0, end: 1)
    stretch.append(needs: [4], spot: [3])
    stretch.append(needs: [5])
    #expect(stretch.spot == [3, 0])
    var late = AccountProblem.Stretch(start: 0, end: 1)
    late.append(needs: [5])
    late.append(needs: [4], spot: [3])
    #expect(late.spot == [0, 3])
  }

  /// A purchase by the name of its pool.
  @Test("However little work is allowed, a budget leaves nothing dearer than what needs no cash")
  func littleWork() throws {
    for seed in 0..<200 {
      var random = SplitMix64(seed: seed)
      var problem = tinyAccount(&random, pools: 1...4, mostUnits: 4)
      problem.budget = random.number(0...600)
      let plan = try problem.cheapestPlan(work: 1)
      var bare = problem
      (bare.plans, bare.budget) = ([], nil)
      for pool in bare.pools.indices { bare.pools[pool].offers.removeAll { $0.upfront > 0 } }
      // What is held of plans pays for some of it either way.
      #expect(try plan.cost <= problem.cost(of: bare.cheapestPlan().purchases), "seed \(seed)")
      #expect(cash(problem, plan.purchases) <= problem.budget ?? 0, "seed \(seed)")
      #expect(plan.bound <= plan.cost, "seed \(seed)")
    }
  }

  @Test("Without plans a budget is spent all but best at once, proven to half a per cent", arguments: 0..<8)
  func budgetAlone(seed: Int) throws {
    var random = SplitMix64(seed: seed)
    let pools = (0..<8).map { index in
      let price = random.number(20_000...400_000)
      let hourly = [62, 58, 55].map { price * ($0 + random.number(0...4)) / 100 }
      // Nothing, half and all of a year of 8,760 hours upfront.
      return AccountProblem.Pool(
        name: "p\(index)", onDemand: price,
        offers: hourly.enumerated().map {
          AccountProblem.Offer(
            name: "o\($0)", termHours: 8_760, hourly: $1, upfront: $0 * $1 * 4_380)
        })
    }
    var stretches: [AccountProblem.Stretch] = []
    for month in 0..<12 {
      var stretch = AccountProblem.Stretch(start: month * 730, end: month * 730 + 730)
      for _ in 0..<4 { stretch.append(needs: pools.map { _ in Int32(random.number(3...16)) }) }
      stretches.append(stretch)
    }
    var problem = AccountProblem(pools: pools, stretches: stretches)
    let free = try problem.cheapestPlan()
    problem.budget = cash(problem, free.purchases) / random.number(2...50)
    let plan = try problem.cheapestPlan(work: 1)
    #expect(cash(problem, plan.purchases) <= problem.budget ?? 0)
    #expect(plan.cost >= free.cost && Double(plan.cost - plan.bound) <= 0.005 * Double(plan.cost))
  }

  private struct Named: Hashable {
    var pool: String?
    var purchase: AccountPlan.Purchase

    init(_ purchase: AccountPlan.Purchase, _ names: [String]) {
      self.purchase = purchase
      if case .reservation(let pool, let offer) = purchase.subject {
        self.pool = names[pool]
        self.purchase.subject = .reservation(pool: 0, offer: offer)
      }
    }
  }

  private func permuted(_ problem: AccountProblem, _ order: [Int]) -> AccountProblem {
    var other = problem
    other.pools = order.map { problem.pools[$0] }
    for plan in other.plans.indices { other.plans[plan].rates = order.map { problem.plans[plan].rates[$0] } }
    other.stretches = problem.stretches.map { stretch in
      var moved = AccountProblem.Stretch(start: stretch.start, end: stretch.end)
      for (state, weight) in stretch.weights.enumerated() {
        let base = state * order.count
        moved.append(
          weight: weight, needs: order.map { stretch.needs[base + $0] },
          spot: stretch.spot.isEmpty ? [] : order.map { stretch.spot[base + $0] })
      }
      return moved
    }
    return other
  }
}
