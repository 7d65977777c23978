import Analysis
import Model
import Solvers

/// Purchases of all parts of an account: of each part, in the part's own indices.
typealias AccountPurchases = [[AccountPlan.Purchase]]

/// What an account buys, and what else it might have bought.
struct AccountPurchase: Sendable {
  let context: AdviceContext
  /// What runs and is held before it.
  let plan: FleetPlan
  let use: AccountUse
  let market: AccountMarket
  let futures: AccountFutures
  /// Of each part, on the mean of the likely futures.
  let problems: [AccountSolver]
  /// How much of each pool the past supports reserving.
  let support: AccountSupport
  /// Of each part the cheapest on the mean of the futures that a choice goes by, of those that reserve no more than is
  /// supported; costs without what those limits leave out.
  let plans: [PlanChoice: [AccountPlan]]
  /// The plan that the fleet file asks for, and the same on its ladder.
  let wanted, chosen: AccountPurchases
  /// Of the bill, for amounts; prices stay in USD.
  let currency: BillCurrency

  /// - Throws: ``DataError`` for prices and samples that are missing, and for prices beyond what can be compared.
  init(of plan: FleetPlan, _ context: AdviceContext) throws(DataError) {
    (self.context, self.plan) = (context, plan)
    currency = try context.engine.currency(over: context.period)
    use = try AccountUse(of: plan, months: AccountMarket.months(context.fleet.purchase), context)
    market = try AccountMarket(use, plan: plan, context)
    let futures = AccountFutures(use, market, context)
    self.futures = futures
    let problems = try futures.parts.concurrentMap { (part) throws(DataError) in
      try futures.solver(part, on: DemandPath.likely)
    }
    self.problems = problems
    let support = try AccountSupport(use, futures, context)
    self.support = support
    var plans: [PlanChoice: [AccountPlan]] = [:]
    for choice in PlanChoice.allCases {
      plans[choice] = try futures.parts.indices.map { $0 }.concurrentMap { (part) throws(DataError) in
        let supports = support[choice]
        let isLimited = futures.parts[part].pools.contains { supports[$0] != nil }
        guard choice != .expected || isLimited else {
          return problems[part].cheapestPlan(work: problems[part].adviceWork)
        }
        let solver = try futures.solver(futures.parts[part], on: choice.paths, within: supports)
        return solver.cheapestPlan(work: solver.adviceWork / (choice == .expected ? 1 : 8))
      }
    }
    self.plans = plans
    let wanted = (plans[context.fleet.purchase.plan ?? .expected] ?? []).map(\.purchases)
    self.wanted = wanted
    chosen =
      context.fleet.purchase.ladder.map { ladder in
        zip(wanted, problems).map { laddered($0, ladder, problem: $1.problem) }
      } ?? wanted
  }

  /// What of some purchases is bought at once.
  func now(_ purchases: AccountPurchases) -> AccountPurchases { purchases.map { $0.filter { $0.hour == 0 } } }

  /// What purchases and all that they leave to pay cost over the term on the mean of the futures, in micro-USD.
  func cost(of purchases: AccountPurchases) -> Int {
    zip(problems, purchases).reduce(0) { $0 + $1.0.cost(of: $1.1) }
  }

  /// What buying nothing costs over the term on the mean of the futures, in micro-USD.
  var costOfNothing: Int { cost(of: problems.map { _ in [] }) }

  /// What some purchases of a part save a month of the term beside fewer, on the mean of the futures, in the bill's currency.
  func saving(
    of purchases: [AccountPlan.Purchase], beside fewer: [AccountPlan.Purchase], part: Int
  ) throws(DataError) -> Money {
    let saved = problems[part].cost(of: fewer) - problems[part].cost(of: purchases)
    return try amount(saved / market.months)
  }

  /// What the expected plan costs over the term on the mean of the futures, in micro-USD.
  var leastCost: Int { cost(of: (plans[.expected] ?? []).map(\.purchases)) }

  /// The most by which another plan that reserves no more than is supported could be cheaper than the expected one, in
  /// micro-USD; proven.
  var gap: Int { (plans[.expected] ?? []).reduce(0) { $0 + max(0, $1.cost - $1.bound) } }

  /// Micro-USD in the bill's currency.
  func amount(_ microDollars: Int) throws(DataError) -> Money {
    try currency.amount(of: Money(nanoDollars: Int64(clamping: Int128(microDollars) * 1000)))
  }

  /// The date of an hour of the term, on the fleet's clock.
  func date(ofHour hour: Int) -> CivilDate {
    context.clock.date(at: use.start.advanced(by: Int64(hour) * 3600))
  }
}

extension PlanChoice {
  /// The futures on whose mean it is cheapest.
  var paths: [DemandPath] {
    switch self {
    case .cautious: [.low]
    case .expected: DemandPath.likely
    case .bold: [.high]
    }
  }
}

/// Every purchase in parts, so that they do not all end at once; the first parts are the larger ones. What is bought anew
/// when a term ends is split alike, and so follows its parts. Parts beyond the horizon are left out; each waits for the
/// next moment at which anything may be bought.
private func laddered(
  _ purchases: [AccountPlan.Purchase], _ ladder: Ladder, problem: AccountProblem
) -> [AccountPlan.Purchase] {
  purchases.flatMap { purchase in
    (0..<ladder.tranches).compactMap { tranche -> AccountPlan.Purchase? in
      let count = (purchase.count + ladder.tranches - 1 - tranche) / ladder.tranches
      let hour = purchase.hour + tranche * ladder.monthsApart * hoursAMonth
      guard count > 0, let start = problem.stretches.first(where: { $0.start >= hour })?.start else { return nil }
      return AccountPlan.Purchase(purchase.subject, hour: start, count: count)
    }
  }
}
