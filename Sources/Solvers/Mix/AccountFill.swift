// What an hour costs, as the provider counts it: what is left of each pool's needs, and what plans pay of it.

/// What the states of an account cost beside what is held.
struct AccountFill: Sendable {
  /// Of a plan's use of a pool, what it draws and what it spares.
  private struct Class {
    var pool: Int
    var rate: Int
    var price: Int
  }

  private let demand: AccountDemand
  private let hourBits: Int
  private let parts: Int
  private let prices: [(onDemand: Int, spot: Int)]
  /// Of all plans, one after the other, and where those of each begin.
  private let classes: [Class]
  private let starts: [Int]
  /// Of each plan, micro-USD an hour that all needs draw at most.
  private let useful: [Int]

  init(_ model: AccountModel) {
    demand = model.demand
    hourBits = model.hourBits
    parts = model.parts
    prices = model.pools.map { ($0.onDemand, $0.spot) }
    classes = model.plans.flatMap { plan in
      plan.classes.map { Class(pool: $0.pool, rate: $0.rate, price: model.pools[$0.pool].onDemand) }
    }
    starts = model.plans.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.classes.count) }
    useful = model.plans.map(\.useful)
  }

  /// One amount that takes several values, all else being fixed.
  enum Choice {
    /// None: one value.
    case nothing
    /// Parts of a pool that are committed.
    case pool(Int, [Int])
    /// Micro-USD an hour of a plan.
    case plan(Int, [Int])
  }

  /// For each value of a choice the sum of all states of a stretch, each with its weight, in parts × 2^hourBits of a
  /// micro-USD; of a part that a plan pays in part, a fraction is rounded down.
  /// - Parameter covered: by pool, parts that are committed.
  /// - Parameter money: of each plan, micro-USD an hour.
  func costs(stretch: Int, covered: [Int], money: [Int], _ choice: Choice) -> [Int128] {
    let block = demand.blocks[stretch]
    let range = block.first * prices.count..<(block.first + block.weights.count) * prices.count
    let money = zip(money, useful).map { (min($0, $1) * parts) << hourBits }
    // The first plan that a choice bears on.
    var (first, values): (Int, [Int]) = (0, [0])
    switch choice {
    case .nothing: break
    case .pool(_, let parts): values = parts
    case .plan(let plan, let amounts):
      first = plan
      values = amounts.map { (min($0, useful[plan]) * parts) << hourBits }
    }
    var sums = [Int128](repeating: 0, count: values.count)
    // By pool, what is on demand and not paid by a plan, in parts × 2^hourBits; and the same before the choice bears on it.
    var (rest, kept) = ([Int](repeating: 0, count: prices.count), [Int](repeating: 0, count: prices.count))
    rest.withUnsafeMutableBufferPointer { rest in
      kept.withUnsafeMutableBufferPointer { kept in
        demand.needs[range].withUnsafeBufferPointer { needs in
          demand.plain[range].withUnsafeBufferPointer { plain in
            for (state, weight) in block.weights.enumerated() {
              let row = state * rest.count..<(state + 1) * rest.count
              let (needs, plain) = (
                UnsafeBufferPointer(rebasing: needs[row]), UnsafeBufferPointer(rebasing: plain[row])
              )
              var base = leave(needs, plain, covered, kept)
              if case .pool(let pool, _) = choice { base -= cost(pool, needs, plain, covered[pool], kept) }
              for plan in 0..<first where money[plan] > 0 { base -= pay(plan, money[plan], kept) }
              for (index, value) in values.enumerated() {
                var cost = base
                _ = rest.update(fromContentsOf: kept)
                if case .pool(let pool, _) = choice { cost += self.cost(pool, needs, plain, value, rest) }
                for plan in first..<money.count {
                  var amount = money[plan]
                  if plan == first, case .plan = choice { amount = value }
                  if amount > 0 { cost -= pay(plan, amount, rest) }
                }
                sums[index] += Int128(weight) * Int128(cost)
              }
            }
          }
        }
      }
    }
    return sums
  }

  /// What is left beside commitments, and what it costs without plans.
  @inline(__always)
  private func leave(
    _ needs: UnsafeBufferPointer<Int32>, _ plain: UnsafeBufferPointer<Int32>, _ covered: [Int],
    _ rest: UnsafeMutableBufferPointer<Int>
  ) -> Int {
    rest.indices.reduce(0) { $0 + cost($1, needs, plain, covered[$1], rest) }
  }

  /// The same of a pool.
  @inline(__always)
  private func cost(
    _ pool: Int, _ needs: UnsafeBufferPointer<Int32>, _ plain: UnsafeBufferPointer<Int32>, _ covered: Int,
    _ rest: UnsafeMutableBufferPointer<Int>
  ) -> Int {
    let left = max(0, Int(needs[pool]) - covered)
    let dear = max(0, Int(plain[pool]) - covered)
    rest[pool] = dear << hourBits
    return (dear * prices[pool].onDemand + (left - dear) * prices[pool].spot) << hourBits
  }

  /// What a plan spares.
  @inline(__always)
  private func pay(_ plan: Int, _ money: Int, _ rest: UnsafeMutableBufferPointer<Int>) -> Int {
    var (left, saved) = (money, 0)
    for index in starts[plan]..<starts[plan + 1] {
      let item = classes[index]
      let need = rest[item.pool]
      let use = need * item.rate
      guard use > left else {
        saved += need * item.price
        rest[item.pool] = 0
        left -= use
        continue
      }
      let paid = left / item.rate
      rest[item.pool] = need - paid
      return saved + paid * item.price
    }
    return saved
  }
}

extension AccountModel {
  /// What all hours of a segment cost beside what is held, in grains, a fraction of one rounded up.
  func cost(_ segment: Int, beside holding: AccountHolding, _ fill: AccountFill) -> Int128 {
    costs(segment, beside: holding, .nothing, fill)[0]
  }

  /// The same for each value of a choice.
  func costs(
    _ segment: Int, beside holding: AccountHolding, _ choice: AccountFill.Choice, _ fill: AccountFill
  ) -> [Int128] {
    let covered = holding.units[segment * pools.count..<(segment + 1) * pools.count].map { $0 * parts }
    let money = Array(holding.money[segment * plans.count..<(segment + 1) * plans.count])
    let stretch = time.segments[segment].stretch
    let divisor = Int128(demand.blocks[stretch].total) * Int128(parts) << hourBits
    return fill.costs(stretch: stretch, covered: covered, money: money, choice).map {
      ($0 * Int128(time.segments[segment].hours) * Int128(grains) + divisor - 1) / divisor
    }
  }

  /// Micro-USD over the horizon, a fraction rounded up.
  func cost(of purchases: [AccountPlan.Purchase]) -> Int {
    let holding = AccountHolding(self, purchases)
    let fill = AccountFill(self)
    let left = time.segments.indices.reduce(Int128(0)) { $0 + cost($1, beside: holding, fill) }
    return Int(clamping: charges(for: purchases) + (left + Int128(grains) - 1) / Int128(grains))
  }
}

extension AccountProblem {
  /// What purchases and all that they leave to pay cost over the horizon, micro-USD, a fraction of one rounded up.
  ///
  /// - Parameter purchases: at starts of stretches; others neither cost nor serve.
  /// - Throws: ``ProblemFault`` as ``check()``.
  package func cost(of purchases: [AccountPlan.Purchase]) throws(ProblemFault) -> Int {
    try AccountSolver(self).cost(of: purchases)
  }
}
