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
    for seed in 0..<300 {
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
    #expect(tried > 100)
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

  @Test("With plans, no purchase that can be tried costs less than the bound, and the plan costs what it says")
  func bounds() throws {
    var (tried, least, found) = (0, 0.0, 0.0)
    for seed in 0..<200 {
      var random = SplitMix64(seed: seed)
      let problem = tinyAccount(&random, plans: 1...2)
      guard let optimum = leastCost(problem, upTo: 3, ways: 1_000) else { continue }
      tried += 1
      let plan = try problem.cheapestPlan(work: 300_000)
      #expect(Double(plan.bound) <= optimum + 1, "seed \(seed)")
      #expect(plan.bound <= plan.cost, "seed \(seed)")
      #expect(try problem.cost(of: plan.purchases) == plan.cost, "seed \(seed)")
      least += optimum
      found += Double(plan.cost)
    }
    #expect(tried > 50)
    #expect(found <= least * 1.005)
  }

  @Test("The order of pools plays no part")
  func permutation() throws {
    for seed in 0..<40 {
      var random = SplitMix64(seed: seed)
      let problem = tinyAccount(&random, pools: 3...5, plans: 1...2, mostUnits: 6)
      let plan = try problem.cheapestPlan(work: 300_000)
      let order = problem.pools.indices.shuffled(using: &random)
      let other = try permuted(problem, order).cheapestPlan(work: 300_000)
      #expect(other.cost == plan.cost && other.bound == plan.bound, "seed \(seed)")
      let named = Set(plan.purchases.map { Named($0, problem.pools.map(\.name)) })
      #expect(Set(other.purchases.map { Named($0, order.map { problem.pools[$0].name }) }) == named, "seed \(seed)")
    }
  }

  /// A purchase by the name of its pool.
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
