// What an hour costs, as the provider counts it: what is left of each pool's needs, and what plans pay of it.

/// A state of the account beside what is held, laid out and paid; kept between states to spare its memory.
struct AccountFill {
  private let model: AccountModel
  /// By pool, what is on demand and not paid by a plan, in parts × 2^hourBits.
  private(set) var rest: [Int]
  /// By plan, how much of it is not used, in parts × 2^hourBits of a micro-USD.
  private(set) var unused: [Int]
  /// By plan, the place among its classes of the one that it paid in part, or of the first that it did not; behind the
  /// last where it paid all.
  private(set) var last: [Int]

  init(_ model: AccountModel) {
    self.model = model
    rest = [Int](repeating: 0, count: model.pools.count)
    unused = [Int](repeating: 0, count: model.plans.count)
    last = unused
  }

  /// The cost in parts × 2^hourBits of a micro-USD; a part of a part that a plan pays is rounded down.
  /// - Parameter state: among all states.
  /// - Parameter covered: by pool, parts that are committed.
  /// - Parameter money: of each plan, micro-USD.
  mutating func cost(_ state: Int, covered: some RandomAccessCollection<Int>, money: some RandomAccessCollection<Int>)
    -> Int
  {
    var cost = leave(state, covered: covered)
    var place = money.startIndex
    for plan in model.plans.indices {
      cost -= pay(plan, money[place])
      place = money.index(after: place)
    }
    return cost
  }

  /// What is left beside commitments, and what it costs without plans.
  private mutating func leave(_ state: Int, covered: some RandomAccessCollection<Int>) -> Int {
    let base = state * model.pools.count
    var cost = 0
    var place = covered.startIndex
    for pool in model.pools.indices {
      let held = covered[place]
      place = covered.index(after: place)
      let left = max(0, Int(model.demand.needs[base + pool]) - held)
      let plain = max(0, Int(model.demand.plain[base + pool]) - held)
      rest[pool] = plain << model.hourBits
      cost += plain * model.pools[pool].onDemand + (left - plain) * model.pools[pool].spot
    }
    return cost << model.hourBits
  }

  /// What a plan spares.
  private mutating func pay(_ plan: Int, _ money: Int) -> Int {
    var left = (money * model.parts) << model.hourBits
    var saved = 0
    let classes = model.plans[plan].classes
    for (index, item) in classes.enumerated() where rest[item.pool] > 0 {
      let use = rest[item.pool] * item.rate
      guard use > left else {
        saved += rest[item.pool] * model.pools[item.pool].onDemand
        rest[item.pool] = 0
        left -= use
        continue
      }
      let paid = left / item.rate
      saved += paid * model.pools[item.pool].onDemand
      rest[item.pool] -= paid
      unused[plan] = 0
      last[plan] = index
      return saved
    }
    unused[plan] = left
    last[plan] = classes.count
    return saved
  }
}

extension AccountModel {
  /// What all hours of a segment cost beside what is held, in grains, a fraction of one rounded up.
  func cost(_ segment: Int, beside holding: AccountHolding, _ fill: inout AccountFill) -> Int128 {
    let covered = holding.units[segment * pools.count..<(segment + 1) * pools.count].map { $0 * parts }
    let money = holding.money[segment * plans.count..<(segment + 1) * plans.count]
    let block = demand.blocks[time.segments[segment].stretch]
    var sum: Int128 = 0
    for (state, weight) in block.weights.enumerated() {
      sum += Int128(weight) * Int128(fill.cost(block.first + state, covered: covered, money: money))
    }
    let divisor = Int128(block.total) * Int128(parts) << hourBits
    return (sum * Int128(time.segments[segment].hours) * Int128(grains) + divisor - 1) / divisor
  }

  /// Micro-USD over the horizon, a fraction rounded up.
  func cost(of purchases: [AccountPlan.Purchase]) -> Int {
    let holding = AccountHolding(self, purchases)
    var fill = AccountFill(self)
    let left = time.segments.indices.reduce(Int128(0)) { $0 + cost($1, beside: holding, &fill) }
    return Int(clamping: charges(for: purchases) + (left + Int128(grains) - 1) / Int128(grains))
  }
}

extension AccountProblem {
  /// What purchases and all that they leave to pay cost over the horizon, micro-USD, a fraction of one rounded up.
  ///
  /// - Parameter purchases: at starts of stretches; others neither cost nor serve.
  /// - Throws: ``ProblemFault`` as ``check()``.
  package func cost(of purchases: [AccountPlan.Purchase]) throws(ProblemFault) -> Int {
    try check()
    return AccountModel(self, onlyNow: false).cost(of: purchases)
  }
}
