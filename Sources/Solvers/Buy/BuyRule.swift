// What to buy now: levels of demand, each by itself, whose price in use is below what it would cost on demand.
//
// 1. What is held counts as long as it lasts for half of the month ahead.
// 2. Reservations, pool by pool, the greatest saving first. A level is bought when it paid in the last 30 and in the last
//    90 days, both since the pool was first used, which must be a week ago: what ran for a month only may be gone in the next.
//    Where a plan serves the pool too, a reservation must be cheaper in use than the plan. A type that was there when the
//    record began, or for two years, may be replaced, and what replaces it is served by the plan and not by the reservation;
//    so may one that fell by a tenth within a month, but not one that was only now chosen in place of another. An hour in
//    which plans that are held serve all the rest is no use of a new reservation within the last 30 days. What others are
//    seen to take over is not reserved at all.
// 3. Plans, by the sum of what is left of all pools that they serve in the last 30 days: pools come and go, and the sum stays.
//    The plan of the greatest saving first. A cent is bought when what it saved on demand is above its price in use.
// 4. Of a pool for which a plan is cheaper than a reservation, what is too little for a cent: its whole units are reserved
//    after all where that is cheaper than on demand, by the levels of 2.
//
// The first counts the levels from what is held now. So it buys less than what the past would have paid for, and again in
// a month. Time and memory grow with the pools and hours.

import Model

/// The decision, as far as it has come.
package struct BuyRule {
  private let problem: BuyProblem
  private let hours: Int
  /// Of each pool in each hour of the last 90 days, what no reservation serves.
  private var rest: [[Int]]
  /// Of each pool, hours since its first use; nil without any.
  private let ages: [Int?]
  /// Micro-USD an hour that each plan holds.
  private let committed: [Int]
  /// The plan of least price in use for each pool, where that is below on demand: of all, and of those that may be bought.
  private let servingPlans, bestPlans: [(rate: Int, price: TermPrice)?]
  /// Micro-USD in each hour of the last 90 days that the rest would take of plans, each pool at the rate of its best one,
  /// beyond what they hold.
  private var free: [Int]
  private var answer: BuyAnswer

  private static let (month, quarter, week) = (30 * 24, 90 * 24, 7 * 24)
  private static let mostYoung = 2 * TermPrice.yearHours
  private static let cent = 10_000

  /// What to buy.
  /// - Throws: `ProblemFault` for what ``BuyProblem/check()`` does not accept.
  package static func solve(_ problem: BuyProblem) throws(ProblemFault) -> BuyAnswer {
    try problem.check()
    var rule = BuyRule(problem)
    rule.reserve()
    rule.commit()
    rule.reserveRest()
    return rule.answer
  }

  private init(_ problem: BuyProblem) {
    func lasting(_ held: [BuyProblem.Held]) -> Int {
      held.reduce(0) { 2 * $1.hoursLeft >= problem.monthHours ? $0 + $1.amount : $0 }
    }
    self.problem = problem
    let hours = problem.pools.first?.unitHours.count ?? 0
    self.hours = hours
    ages = problem.pools.map { pool in
      let seen = pool.unitHours.firstIndex { $0 > 0 }.map { hours - $0 }
      return pool.ageHours.map { max($0, seen ?? 0) } ?? seen
    }
    committed = problem.plans.map { lasting($0.held) * Self.cent }
    rest = problem.pools.map { pool in
      let reserved = lasting(pool.held)
      return pool.unitHours.suffix(Self.quarter).map { max(0, $0 - reserved) }
    }
    servingPlans = problem.pools.indices.map { problem.bestPlan(for: $0, offeredAlone: false) }
    bestPlans = problem.pools.indices.map { problem.bestPlan(for: $0, offeredAlone: true) }
    free = [Int](repeating: -committed.reduce(0, +), count: min(hours, Self.quarter))
    for (pool, left) in rest.enumerated() {
      guard let rate = servingPlans[pool]?.rate else { continue }
      for (hour, units) in left.enumerated() { free[hour] += units * rate }
    }
    answer = BuyAnswer(cents: problem.plans.map { _ in 0 })
    answer.standings = problem.pools.indices.map { standing(of: $0) }
  }

  // MARK: Reservations

  /// An option that a pool may want.
  private struct Choice {
    var pool: Int
    var option: Int
    var price: TermPrice
  }

  private mutating func reserve() {
    for choice in choices() {
      guard let age = ages[choice.pool] else { continue }
      let (left, pool) = (rest[choice.pool], problem.pools[choice.pool])
      let quarter = left.suffix(min(Self.quarter, age))
      let month = useful(choice.pool).suffix(min(Self.month, age))
      let units = min(
        choice.price.level(of: quarter, at: pool.onDemand), choice.price.level(of: month, at: pool.onDemand))
      guard units > 0 else { continue }
      answer.reservations.append(.init(pool: choice.pool, option: choice.option, units: units))
      rest[choice.pool] = left.map { max(0, $0 - units) }
      guard let rate = servingPlans[choice.pool]?.rate else { continue }
      for (hour, used) in left.enumerated() { free[hour] -= min(used, units) * rate }
    }
    answer.reservations.sort { ($0.pool, $0.option) < ($1.pool, $1.option) }
  }

  /// The best option of each pool that may be worth it, the greatest saving first; of equal ones that of the pool that was
  /// used more in the last 30 days, then by the order of the problem.
  private func choices() -> [Choice] {
    let choices = problem.pools.indices.compactMap { choice(of: $0) }
    let used = problem.pools.map { $0.unitHours.suffix(Self.month).reduce(Int128(0)) { $0 + Int128($1) } }
    return choices.sorted { one, other in
      let ratios = [one, other].map { $0.price.ratio(to: problem.pools[$0.pool].onDemand) }
      if ratios[0] != ratios[1] { return ratios[0] < ratios[1] }
      return used[one.pool] != used[other.pool] ? used[one.pool] > used[other.pool] : one.pool < other.pool
    }
  }

  private func choice(of pool: Int) -> Choice? {
    guard case .judged(_, let option) = answer.standings[pool] else { return nil }
    return Choice(pool: pool, option: option, price: price(of: option, for: pool))
  }

  /// How a pool stands, and which of its options is the best.
  private func standing(of pool: Int) -> BuyStanding {
    guard let age = ages[pool], age >= Self.week else { return .tooYoung }
    if problem.pools[pool].isBeingReplaced { return .beingReplaced }
    guard let best = bestOption(of: pool) else { return .tooDear }
    let lowest = price(of: best, for: pool)
    if let plan = bestPlans[pool], plan.price <= lowest { return .leftToPlans }
    guard lowest.isBelow(problem.pools[pool].onDemand) else { return .tooDear }
    return .judged(share: lowest.ratio(to: problem.pools[pool].onDemand), option: best)
  }

  /// Of the least price in use, the first of equals; nil without any.
  private func bestOption(of pool: Int) -> Int? {
    problem.pools[pool].options.indices.min { price(of: $0, for: pool) < price(of: $1, for: pool) }
  }

  private func price(of option: Int, for pool: Int) -> TermPrice {
    let offer = problem.pools[pool].options[option]
    return TermPrice(
      hourly: offer.hourly, upfront: offer.upfront, termHours: offer.termHours, mayBeReplaced: mayBeReplaced(pool),
      problem.risk)
  }

  /// Only where a plan would go on to serve what takes its place.
  private func mayBeReplaced(_ pool: Int) -> Bool {
    guard bestPlans[pool] != nil, !problem.pools[pool].isChosenAnew, let age = ages[pool] else { return false }
    return age >= max(hours, problem.recordHours ?? 0) || age > Self.mostYoung || hasFallen(pool)
  }

  /// By a tenth from the 30 days before to the last 30.
  private func hasFallen(_ pool: Int) -> Bool {
    let past = problem.pools[pool].unitHours.suffix(2 * Self.month)
    guard past.count == 2 * Self.month else { return false }
    func sum(_ hours: ArraySlice<Int>) -> Int128 { hours.reduce(0) { $0 + Int128($1) } }
    return 10 * sum(past.suffix(Self.month)) < 9 * sum(past.prefix(Self.month))
  }

  /// Units of a pool in each hour that no plan that is held would serve.
  private func useful(_ pool: Int) -> [Int] {
    guard let rate = servingPlans[pool]?.rate else { return rest[pool] }
    return rest[pool].indices.map { min(rest[pool][$0], max(0, free[$0]) / rate) }
  }

  // MARK: Plans

  private mutating func commit() {
    guard hours >= Self.week else { return }
    var left = rest.map { Array($0.suffix(Self.month)) }
    for plan in planOrder() where problem.plans[plan].isOffered {
      let demand = PlanDemand(problem.plans[plan], problem.pools, left)
      let gain = problem.price(of: problem.plans[plan], at: 1)
      answer.cents[plan] = demand.cents(beyond: committed[plan], worth: gain.ratio(to: 1), cent: Self.cent)
      left = demand.left(behind: committed[plan] + answer.cents[plan] * Self.cent, of: left)
    }
  }

  // MARK: What plans leave

  private mutating func reserveRest() {
    let pools = problem.pools.indices.filter { answer.standings[$0] == .leftToPlans }
    guard hours >= Self.week, !pools.isEmpty else { return }
    var left = rest
    for plan in planOrder() {
      left = PlanDemand(problem.plans[plan], problem.pools, left)
        .left(behind: committed[plan] + answer.cents[plan] * Self.cent, of: left, areWhole: true)
    }
    for pool in pools {
      guard let age = ages[pool], let option = bestOption(of: pool) else { continue }
      let (price, onDemand) = (price(of: option, for: pool), problem.pools[pool].onDemand)
      guard price.isBelow(onDemand) else { continue }
      let levels = [Self.quarter, Self.month].map { price.level(of: left[pool].suffix(min($0, age)), at: onDemand) }
      guard let units = levels.min(), units > 0 else { continue }
      answer.reservations.append(.init(pool: pool, option: option, units: units))
    }
    answer.reservations.sort { ($0.pool, $0.option) < ($1.pool, $1.option) }
  }

  /// By the greatest saving on a pool, and by the order of the problem.
  private func planOrder() -> [Int] {
    let ratios = problem.plans.map { plan in
      plan.rates.indices.compactMap { pool in
        plan.rates[pool].map { problem.price(of: plan, at: $0).ratio(to: problem.pools[pool].onDemand) }
      }.min() ?? .infinity
    }
    return problem.plans.indices.sorted { (ratios[$0], $0) < (ratios[$1], $1) }
  }
}

extension BuyProblem {
  fileprivate func bestPlan(for pool: Int, offeredAlone: Bool) -> (rate: Int, price: TermPrice)? {
    let offers = plans.filter { $0.isOffered || !offeredAlone }
      .compactMap { plan in plan.rates[pool].map { (rate: $0, price: price(of: plan, at: $0)) } }
    return offers.filter { $0.price.isBelow(pools[pool].onDemand) }.min { $0.price < $1.price }
  }

  fileprivate func price(of plan: Plan, at rate: Int) -> TermPrice {
    TermPrice(hourly: rate, upfront: 0, termHours: plan.termHours, mayBeReplaced: false, risk)
  }
}
