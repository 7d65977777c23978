extension AccountProblem {
  /// What covering each further unit of a pool saves in each stretch, given all that is bought: micro-USD over the hours
  /// of the stretch, a fraction dropped; as many levels as the highest need has beyond what is bought of the pool,
  /// and no more than 100,000.
  ///
  /// Where a plan pays for the pool, a unit saves what the plan's money does elsewhere, and may save nothing.
  /// - Throws: ``ProblemFault`` as ``check()``, and for a pool that is none.
  package func levelSavings(
    of pool: Int, beside purchases: [AccountPlan.Purchase] = []
  ) throws(ProblemFault) -> [[Int]] {
    try AccountSolver(self).levelSavings(of: pool, beside: purchases)
  }
}

extension AccountModel {
  /// What covering each further unit of a pool saves in each of some stretches, in grains.
  func levelSavings(of pool: Int, beside purchases: [AccountPlan.Purchase], stretches: Int) -> [[Int128]] {
    let holding = AccountHolding(self, purchases)
    let fill = AccountFill(self)
    var savings = [[Int128]](repeating: [], count: stretches)
    for (index, segment) in time.segments.enumerated() {
      let costs = costs(of: index, place[pool], beside: holding, fill)
      for (level, saving) in zip(costs, costs.dropFirst()).map({ $0 - $1 }).enumerated() {
        if level < savings[segment.stretch].count {
          savings[segment.stretch][level] += saving
        } else {
          savings[segment.stretch].append(saving)
        }
      }
    }
    return savings
  }

  /// What a segment costs in grains with no further unit of a pool, one, and so on until none is of use.
  func costs(of segment: Int, _ pool: Int, beside holding: AccountHolding, _ fill: AccountFill) -> [Int128] {
    let block = demand.blocks[time.segments[segment].stretch]
    let states = block.first..<block.first + block.weights.count
    let top = states.reduce(0) { max($0, (Int(demand.needs[$1 * pools.count + pool]) + parts - 1) / parts) }
    let place = segment * pools.count + pool
    var holding = holding
    let held = holding.units[place]
    return (held...min(held + 100_000, max(held, top))).map { units in
      holding.units[place] = units
      return cost(segment, beside: holding, fill)
    }
  }
}
