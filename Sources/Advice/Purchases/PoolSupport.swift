import Model
import Solvers

/// How much of a pool its past supports reserving, whatever its futures promise: the rule of `Solvers/Buy`.
///
/// A plan is the best on futures that are drawn around what the reviewed month ran. It knows how demand may move, and not
/// that a level was there for that month alone, that its pool is a week old, or that its type is about to be replaced.
/// So the plan is the best of those that reserve no more of a pool than this.
struct PoolSupport: Hashable, Sendable {
  /// What is held of it included, in units.
  var units: Int
  var standing: BuyStanding
  /// How it stands a month on, when nothing is too young.
  var later: BuyStanding

  /// The same from a month on, by what was used until then.
  func units(by past: PastUse) -> Int {
    guard case .judged(let share, _) = later else { return 0 }
    return min(past.lastMonth.levels(usedMoreThan: share), past.levelsOfQuarter(usedAtLeast: share))
  }
}

/// What the past of an account supports; nothing limits a pool of which its owners state how uncertain its demand is.
struct AccountSupport: Sendable {
  let past: AccountPast
  /// Of each pool, see ``PoolPast/profiles``.
  let records: [[LevelProfile]]
  private let supports: [PlanChoice: [PoolSupport?]]

  /// - Throws: ``DataError`` for prices beyond what can be compared.
  init(_ use: AccountUse, _ futures: AccountFutures, _ context: AdviceContext) throws(DataError) {
    let past = AccountPast(use, context)
    self.past = past
    records = past.pools.map(\.profiles)
    let unlimited = [PoolSupport?](repeating: nil, count: use.pools.count)
    var supports = Dictionary(PlanChoice.allCases.map { ($0, unlimited) }) { first, _ in first }
    for part in futures.parts where part.pools.contains(where: { futures.isOfHistory($0) }) {
      var problem = past.problem(of: part, futures)
      for choice in PlanChoice.allCases {
        problem.risk = choice.risk
        let answer = try solved { () throws(ProblemFault) in try BuyRule.solve(problem) }
        let later = answer.standings.contains(.tooYoung) ? try solved(problem.aMonthOn) : answer
        for (index, pool) in part.pools.enumerated() where futures.isOfHistory(pool) {
          let units = answer.reservations.reduce(0) { $1.pool == index ? $0 + $1.units : $0 }
          supports[choice]?[pool] = PoolSupport(
            units: units, standing: answer.standings[index], later: later.standings[index])
        }
      }
    }
    self.supports = supports
  }

  /// Of each pool, for a plan; nil for one that nothing limits.
  subscript(choice: PlanChoice) -> [PoolSupport?] { supports[choice] ?? [] }
}

extension AccountFutures {
  /// True where anything of a pool has an outlook that is drawn from what ran.
  fileprivate func isOfHistory(_ pool: Int) -> Bool { outlooks[pool].contains(where: \.outlook.isOfHistory) }
}

extension AccountPast {
  /// What the pools of a part ran, as a question of what to buy. Nothing counts as reserved, so that the answer is what there
  /// may be in all.
  func problem(of part: AccountPart, _ futures: AccountFutures) -> BuyProblem {
    let sold = part.pools.map { index in
      let (past, market) = (pools[index], futures.pool(index))
      return BuyProblem.Pool(
        name: "\(index)", unitHours: past.unitHours, onDemand: market.map { microDollars($0.onDemand.hourly) } ?? 0,
        options: (market?.offers ?? []).enumerated().map { offer, one in
          BuyProblem.Option(
            name: "\(offer)", termHours: one.termHours, upfront: 0, hourly: microDollars(one.hourly))
        }, held: [], ageHours: past.ageHours, isBeingReplaced: past.isLeaving,
        isChosenAnew: past.isNew)
    }
    let plans = part.plans.map { index in
      let plan = futures.market.plans[index]
      return BuyProblem.Plan(
        name: "\(index)", termHours: plan.termHours,
        rates: part.pools.map { pool in plan.rates[pool].map { max(1, microDollars($0.hourly)) } },
        held: plan.held.map {
          BuyProblem.Held(amount: microDollars($0.amount) / 10_000, hoursLeft: min($0.until, futures.horizon))
        }, isOffered: plan.isOffered)
    }
    return BuyProblem(
      pools: sold, plans: plans, monthHours: hoursAMonth, risk: .expected, recordHours: recordHours)
  }
}

extension BuyProblem {
  /// The answer where all has been there for a month longer.
  fileprivate func aMonthOn() throws(ProblemFault) -> BuyAnswer {
    var later = self
    for index in later.pools.indices { later.pools[index].ageHours = (pools[index].ageHours ?? 0) + monthHours }
    return try BuyRule.solve(later)
  }
}

extension PlanChoice {
  /// How a purchase of it is weighed that may be lost.
  fileprivate var risk: CapacityRisk {
    switch self {
    case .cautious: .cautious
    case .expected: .expected
    case .bold: .bold
    }
  }
}
