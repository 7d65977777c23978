import TestSupport

@testable import Solvers

/// An account drawn at random: some pools, plans, stretches and states, few of each.
func tinyAccount(
  _ random: inout SplitMix64, pools: ClosedRange<Int> = 1...2, plans: ClosedRange<Int> = 0...2, mostUnits: Int = 2
) -> AccountProblem {
  let parts = random.number(1...3)
  let count = random.number(pools)
  let prices = (0..<count).map { _ in random.number(50...200) }
  let made = prices.enumerated().map { index, price in
    AccountProblem.Pool(
      name: "p\(index)", onDemand: price, spot: random.coin() ? random.number(10...price) : nil,
      offers: (0..<random.number(0...2)).map {
        AccountProblem.Offer(
          name: "o\($0)", termHours: random.number(2...8), hourly: price * random.number(3...9) / 10,
          upfront: random.number(0...300))
      })
  }
  let offered = (0..<random.number(plans)).map { index in
    AccountProblem.Plan(
      name: "s\(index)", rates: prices.map { random.number(0...3) > 0 ? $0 * random.number(4...9) / 10 : nil },
      held: random.coin() ? [AccountProblem.HeldPlan(amount: random.number(0...80), until: random.number(1...9))] : [],
      offer: random.number(0...3) > 0
        ? AccountProblem.PlanOffer(
          termHours: random.number(2...8), upfrontPermille: random.number(0...2) * 500, increment: 40) : nil)
  }
  var stretches: [AccountProblem.Stretch] = []
  for _ in 0..<random.number(1...2) {
    let start = stretches.last?.end ?? 0
    var stretch = AccountProblem.Stretch(start: start, end: start + random.number(1...5))
    for _ in 0..<random.number(1...3) {
      let needs = (0..<count).map { _ in Int32(random.number(0...(mostUnits * parts))) }
      let spot = random.coin() ? needs.map { Int32(random.number(0...Int($0))) } : []
      stretch.append(weight: random.number(1...3), needs: needs, spot: spot)
    }
    stretches.append(stretch)
  }
  return AccountProblem(pools: made, plans: offered, stretches: stretches, parts: parts)
}

/// An account of the size of a small firm's: offers of one and three years with nothing or all of them upfront, plans of
/// which some are paid upfront, and a budget of a twentieth to a fifth of a year's bill on demand.
func budgetedAccount(_ random: inout SplitMix64, pools: Int, plans: Int, months: Int) -> AccountProblem {
  let prices = (0..<pools).map { _ in random.number(20_000...400_000) }
  let made = prices.enumerated().map { index, price in
    let offers = [(8_760, 64), (26_280, 44)].flatMap { term, share in
      [0, 1].map { upfront in
        let hourly = price * (share - 4 * upfront + random.number(-3...3)) / 100
        return AccountProblem.Offer(
          name: "\(term) \(upfront)", termHours: term, hourly: hourly, upfront: upfront * hourly * term)
      }
    }
    return AccountProblem.Pool(name: "p\(index)", onDemand: price, offers: offers)
  }
  // The last plan pays for everything, the others for some of it at better rates.
  let offered = (0..<plans).map { plan in
    AccountProblem.Plan(
      name: "s\(plan)",
      rates: prices.enumerated().map { index, price in
        if plan == plans - 1 { return price * random.number(68...82) / 100 }
        return index % (plans - 1) == plan ? price * random.number(58...68) / 100 : nil
      },
      offer: AccountProblem.PlanOffer(termHours: 8_760, upfrontPermille: random.number(0...2) * 500))
  }
  let shapes = prices.map { _ in (random.number(2...8), random.number(0...9), random.number(0...7)) }
  let stretches = (0..<months).map { month in
    var stretch = AccountProblem.Stretch(start: month * 730, end: month * 730 + 730)
    for hour in 0..<8 {
      stretch.append(
        needs: shapes.map { base, day, phase in Int32(base + max(0, day - 3 * abs((hour + phase) % 8 - 4))) })
    }
    return stretch
  }
  var problem = AccountProblem(pools: made, plans: offered, stretches: stretches)
  let bill = zip(prices, shapes).reduce(0) { $0 + $1.0 * $1.1.0 } * 8_760
  problem.budget = bill / random.number(5...20)
  return problem
}

/// What purchases and all that they leave to pay cost, by the words of the model, in Double.
func priced(_ problem: AccountProblem, _ purchases: [AccountPlan.Purchase]) -> Double {
  var total = 0.0
  for hour in 0..<problem.horizon {
    var units = [Double](repeating: 0, count: problem.pools.count)
    var money = problem.plans.map { $0.held.reduce(0.0) { hour < $1.until ? $0 + Double($1.amount) : $0 } }
    for purchase in purchases {
      switch purchase.subject {
      case .reservation(let pool, let offer):
        let offer = problem.pools[pool].offers[offer]
        guard purchase.hour <= hour, hour < purchase.hour + offer.termHours else { continue }
        units[pool] += Double(purchase.count)
        total += Double(purchase.count * offer.hourly)
      case .plan(let plan):
        let offer = problem.plans[plan].offer!
        guard purchase.hour <= hour, hour < purchase.hour + offer.termHours else { continue }
        money[plan] += Double(purchase.count * offer.increment)
        total += Double(purchase.count * offer.increment)
      }
    }
    let stretch = problem.stretches.first { hour < $0.end }!
    let weights = Double(stretch.weights.reduce(0, +))
    for state in stretch.weights.indices {
      total += hourCost(problem, stretch, state, units, money) * Double(stretch.weights[state]) / weights
    }
  }
  return total
}

private func hourCost(
  _ problem: AccountProblem, _ stretch: AccountProblem.Stretch, _ state: Int, _ units: [Double], _ money: [Double]
) -> Double {
  var cost = 0.0
  var left = [Double](repeating: 0, count: problem.pools.count)
  for (index, pool) in problem.pools.enumerated() {
    let place = state * problem.pools.count + index
    let rest = max(0, Double(stretch.needs[place]) / Double(problem.parts) - units[index])
    let isSpot = !stretch.spot.isEmpty && pool.spot ?? .max < pool.onDemand
    let spot = isSpot ? min(rest, Double(stretch.spot[place]) / Double(problem.parts)) : 0
    cost += spot * Double(pool.spot ?? 0)
    left[index] = rest - spot
  }
  for (plan, amount) in zip(problem.plans, money) {
    var amount = amount
    let paid = problem.pools.indices.filter { plan.rates[$0] != nil }.sorted {
      let (one, other) = (plan.rates[$0]! * problem.pools[$1].onDemand, plan.rates[$1]! * problem.pools[$0].onDemand)
      return one != other ? one < other : (plan.rates[$0]!, $0) < (plan.rates[$1]!, $1)
    }
    for pool in paid {
      let covered = min(left[pool], amount / Double(plan.rates[pool]!))
      left[pool] -= covered
      amount -= covered * Double(plan.rates[pool]!)
    }
  }
  return zip(left, problem.pools).reduce(cost) { $0 + $1.0 * Double($1.1.onDemand) }
}

/// The least that any purchases cost, each up to a limit; nil where there are too many to try.
func leastCost(_ problem: AccountProblem, upTo limit: Int, ways: Int = 20_000) -> Double? {
  let subjects = subjects(problem)
  var count = 1
  for _ in subjects {
    count *= limit + 1
    if count > ways { return nil }
  }
  var least = Double.infinity
  everyChoice(subjects.count, upTo: limit) { counts in
    let purchases = zip(subjects, counts).filter { $1 > 0 }.map {
      AccountPlan.Purchase($0.subject, hour: $0.hour, count: $1)
    }
    guard cash(problem, purchases) <= problem.budget ?? .max else { return }
    least = min(least, priced(problem, purchases))
  }
  return least
}

/// One of everything that can be bought at any time.
func subjects(_ problem: AccountProblem) -> [AccountPlan.Purchase] {
  problem.stretches.flatMap { stretch in
    problem.pools.enumerated().flatMap { pool in
      pool.element.offers.indices.map {
        AccountPlan.Purchase(.reservation(pool: pool.offset, offer: $0), hour: stretch.start, count: 1)
      }
    }
      + problem.plans.indices.filter { problem.plans[$0].offer != nil }.map {
        AccountPlan.Purchase(.plan($0), hour: stretch.start, count: 1)
      }
  }
}

/// Micro-USD paid upfront.
func cash(_ problem: AccountProblem, _ purchases: [AccountPlan.Purchase]) -> Int {
  purchases.reduce(0) { sum, purchase in
    switch purchase.subject {
    case .reservation(let pool, let offer): return sum + purchase.count * problem.pools[pool].offers[offer].upfront
    case .plan(let plan):
      let offer = problem.plans[plan].offer!
      return sum + purchase.count * ((offer.increment * offer.termHours * offer.upfrontPermille + 999) / 1_000)
    }
  }
}
