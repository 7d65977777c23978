// The cheapest commitments of an account: exact where no savings plan and no budget joins the pools, else the best
// found, with a proven bound.

extension AccountProblem {
  /// How much work a plan may take by default: prices that are looked at, one for each pool and state.
  package static let defaultWork = 400_000_000

  /// The best plan that is found, and what no plan can cost less than.
  ///
  /// - Parameter work: prices that may be looked at, one for each pool and state; the answer depends on it, and on nothing
  ///   else.
  /// - Parameter onlyNow: nothing may be bought later.
  /// - Throws: ``ProblemFault`` as ``check()``.
  package func cheapestPlan(
    work: Int = AccountProblem.defaultWork, onlyNow: Bool = false
  ) throws(ProblemFault) -> AccountPlan {
    try AccountSolver(self, onlyNow: onlyNow).cheapestPlan(work: work)
  }
}

/// A problem of an account that is checked and made ready, to be asked several things.
package struct AccountSolver: Sendable {
  package let problem: AccountProblem
  private let model: AccountModel

  /// - Parameter onlyNow: plans buy nothing later.
  /// - Parameter isSpotPaid: true when bounds are to hold where savings plans pay for spot too, which no plan that is found
  ///   has them do.
  /// - Throws: ``ProblemFault`` as ``AccountProblem/check()``.
  package init(
    _ problem: AccountProblem, onlyNow: Bool = false, isSpotPaid: Bool = false
  ) throws(ProblemFault) {
    try problem.check()
    self.problem = problem
    model = AccountModel(problem, onlyNow: onlyNow, isSpotPaid: isSpotPaid)
  }

  /// The same as ``AccountProblem/cheapestPlan(work:onlyNow:)``.
  package func cheapestPlan(work: Int = AccountProblem.defaultWork) -> AccountPlan {
    guard !problem.plans.isEmpty || problem.budget != nil else { return model.plainPlan() }
    var search = AccountSearch(model, work: work)
    search.search()
    return search.plan
  }

  /// The same as ``AccountProblem/cost(of:)``.
  package func cost(of purchases: [AccountPlan.Purchase]) -> Int { model.cost(of: purchases) }

  /// The same as ``AccountProblem/levelSavings(of:beside:)``.
  /// - Throws: ``ProblemFault`` for a pool that is none.
  package func levelSavings(
    of pool: Int, beside purchases: [AccountPlan.Purchase] = []
  ) throws(ProblemFault) -> [[Int]] {
    try checkNumber("pool", pool, to: problem.pools.count - 1)
    return model.levelSavings(of: pool, beside: purchases, stretches: problem.stretches.count).map { stretch in
      stretch.map { Int(clamping: $0 / Int128(model.grains)) }
    }
  }
}

extension AccountModel {
  /// The cheapest plan where pools have nothing to do with one another.
  func plainPlan() -> AccountPlan {
    let plain = plainPlan(plainLevels(), cashPrice: 0)
    let cost = cost(of: plain.purchases)
    return AccountPlan(plain.purchases, cost: cost, bound: min(cost, rounded(up: plain.cost)))
  }

  /// The same at a price of upfront cash.
  /// - Parameters:
  ///   - levels: ``plainLevels()``.
  ///   - cashPrice: grains for a micro-USD paid upfront, in 2^-worthBits.
  /// - Returns: what is bought, what that and all that it leaves to pay cost in grains, the cash at its price too, and the
  ///   work that it took, in prices.
  func plainPlan(
    _ levels: [[DemandLevels]], cashPrice: Int
  ) -> (purchases: [AccountPlan.Purchase], cost: Int128, work: Int) {
    var purchases: [AccountPlan.Purchase] = []
    var cost: Int128 = 0
    var looks = 0
    for pool in pools.indices {
      let arcs = arcs(of: pool, cashPrice: cashPrice)
      let flow = flow(levels.map { $0[pool] }, arcs)
      purchases += self.purchases(arcs, flow.bought)
      looks += flow.work
      cost += zip(arcs, flow.bought).reduce(Int128(flow.uncommittedCost)) { $0 + Int128($1.0.cost) * Int128($1.1) }
    }
    return (purchases, cost, looks)
  }

  /// Micro-USD of grains that no plan costs less than: what a plan costs is whole.
  func rounded(up bound: Int128) -> Int { Int(clamping: (max(0, bound) + Int128(grains) - 1) / Int128(grains)) }
}
