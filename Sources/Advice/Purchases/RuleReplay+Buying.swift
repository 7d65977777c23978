// `solve buy` by itself: the rule of Solvers/Buy, asked anew at the start of each month.
//
// It sees the last 90 days, of the record and then of the path, and what is held; it decides on all pools and savings plans of
// a part at once, and knows nothing of what the owners expect or of spot. Where a budget cuts what it asks for, it is asked again
// without the offers that what is left cannot pay.

import Model
import Solvers

extension RuleReplay {
  /// Plays it month by month.
  /// - Throws: ``DataError`` for prices and demand beyond what the rule takes.
  mutating func playBuying() throws(DataError) {
    let horizon = account.futures.horizon
    var played = pools.enumerated().map { PlayedPool(account, $0, of: $1, moments: []) }
    let fixed = pools.map { Holding(account.use.pools[$0].held) }
    var problem = account.support.past.problem(of: account.futures.parts[part], account.futures)
    for month in 0..<account.market.months {
      let hour = month * hoursAMonth
      for pool in pools.indices { _ = played[pool]?.holding.advance(to: hour) }
      var answer: BuyAnswer
      repeat {
        for pool in pools.indices {
          problem.pools[pool].held = (played[pool]?.holding ?? fixed[pool]).left(at: hour, horizon: horizon)
        }
        let question = problem
        answer = try solved { () throws(ProblemFault) in try BuyRule.solve(question) }
      } while !reserve(answer, at: hour, &played, &problem)
      for (plan, cents) in answer.cents.enumerated() where cents > 0 { commit(cents, to: plan, at: hour, &problem) }
      problem.pass(a: month, uses)
    }
    for case let pool? in played { take(pool.holding, of: pool.market.offers) }
  }

  /// Buys the reservations of an answer, as far as they can be paid.
  /// - Returns: false where not all can be; the problem is then without the offers that cannot.
  private mutating func reserve(
    _ answer: BuyAnswer, at hour: Int, _ played: inout [PlayedPool?], _ problem: inout BuyProblem
  ) -> Bool {
    var isAll = true
    for wanted in answer.reservations {
      guard var pool = played[wanted.pool] else { continue }
      let bought = pay(for: wanted.units, of: wanted.option, at: hour, &pool)
      played[wanted.pool] = pool
      guard bought < wanted.units else { continue }
      isAll = false
      // Dearer than on demand, it is no offer.
      problem.pools[wanted.pool].options[wanted.option].hourly = problem.pools[wanted.pool].onDemand
    }
    return isAll
  }

  /// Commits so many cents an hour to a plan, as far as they can be paid.
  private mutating func commit(_ cents: Int, to plan: Int, at hour: Int, _ problem: inout BuyProblem) {
    guard let increment = account.problems[part].problem.plans[plan].offer?.increment else { return }
    let wanted = Int(clamping: Int128(cents) * 10_000 / Int128(increment))
    let bought = sign(AccountPlan.Purchase(.plan(plan), hour: hour, count: wanted), paying: true)
    let paid = Int(clamping: Int128(bought) * Int128(increment) / 10_000)
    guard paid > 0 else { return }
    problem.plans[plan].held.append(.init(amount: paid, hoursLeft: problem.plans[plan].termHours))
  }
}

extension BuyProblem {
  /// What is known when another month has passed.
  /// - Parameter uses: of each pool, the path that it is on.
  fileprivate mutating func pass(a month: Int, _ uses: [PathUse]) {
    for (pool, use) in uses.enumerated() {
      let passed = use.hours(of: month)
      pools[pool].unitHours = Array((pools[pool].unitHours + passed).suffix(AccountPast.mostHours))
      pools[pool].ageHours = pools[pool].ageHours.map { $0 + passed.count }
    }
    recordHours = recordHours.map { $0 + (uses.first?.hours(of: month).count ?? 0) }
    for plan in plans.indices {
      plans[plan].held = plans[plan].held.filter { $0.hoursLeft > monthHours }
        .map { Held(amount: $0.amount, hoursLeft: $0.hoursLeft - monthHours) }
    }
  }
}
