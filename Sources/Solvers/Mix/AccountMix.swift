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
    try check()
    let model = AccountModel(self, onlyNow: onlyNow)
    guard !plans.isEmpty || budget != nil else { return model.plainPlan() }
    var search = AccountSearch(model, work: work)
    search.run()
    return search.plan
  }
}

extension AccountModel {
  /// The cheapest plan where pools have nothing to do with one another.
  func plainPlan() -> AccountPlan {
    let levels = plainLevels()
    var purchases: [AccountPlan.Purchase] = []
    var bound: Int128 = 0
    for pool in pools.indices {
      let arcs = arcs(of: pool)
      let flow = flow(levels.map { $0[pool] }, arcs)
      purchases += self.purchases(arcs, flow.bought)
      bound += zip(arcs, flow.bought).reduce(Int128(flow.uncommittedCost)) { $0 + Int128($1.0.cost) * Int128($1.1) }
    }
    let cost = cost(of: purchases)
    return AccountPlan(purchases, cost: cost, bound: min(cost, rounded(up: bound)))
  }

  /// Micro-USD of grains that no plan costs less than: what a plan costs is whole.
  func rounded(up bound: Int128) -> Int { Int(clamping: (max(0, bound) + Int128(grains) - 1) / Int128(grains)) }
}
