// What a micro-USD of each plan is worth in each hour, and what no plan of purchases costs less than, given that.
//
// With l >= 0 the worth of a micro-USD of plan q in a state, whoever holds y of the plan has paid l y for something that
// spares no more than that: use of pool p costs at least v = min(c, min_q r l), r what it draws, and the plans give l y
// back. Summed over all hours,
//   cost >= sum_pools min_x [ charges(x) + what x leaves, at v ] + sum_plans min_y [ charges(y) - sum l y ] - sum l held
// for any l. The first minimum is an exact flow for each pool. In the second, purchases whose hours are worth more than
// they cost would be bought without end; as no more of a plan is of use than all needs draw, the dearest choice of them
// that do not overlap, in that amount, is a bound. All is in whole numbers, rounded down.
// Source: Geoffrion, "Lagrangean relaxation for integer programming", Mathematical Programming Study 2, 1974.

/// Worths, state after state, by plan, in 2^-worthBits.
struct AccountWorths: Sendable {
  var values: [Int]
  /// Grains for a micro-USD of upfront cash, in 2^-worthBits.
  var cashPrice = 0
}

/// The answer of all pools to worths, and what it proves.
struct AccountRelaxation: Sendable {
  /// Grains that no plan costs less than.
  var bound: Int128
  /// Segment after segment, by pool, units.
  var units: [Int]
  var purchases: [AccountPlan.Purchase]
  /// What the flows took, in prices.
  var work: Int
}

extension AccountModel {
  /// Of each segment, the place of its first state among those of all segments.
  var firstStates: [Int] {
    var first = 0
    return time.segments.map { segment in
      defer { first += demand.blocks[segment.stretch].weights.count }
      return first
    }
  }

  /// States of all segments.
  var segmentStates: Int { time.segments.reduce(0) { $0 + demand.blocks[$1.stretch].weights.count } }

  /// What no plan costs less than, and the pools' answer that shows it.
  func relaxation(_ worths: AccountWorths) -> AccountRelaxation {
    let firstStates = firstStates
    let levels = Array(time.segments.indices).concurrentMap { pricedLevels($0, worths, first: firstStates[$0]) }
    typealias Flow = (units: [Int], cost: Int128, bought: [AccountPlan.Purchase], work: Int)
    let flows = Array(pools.indices).concurrentMap { pool -> Flow in
      let arcs = arcs(of: pool, cashPrice: worths.cashPrice)
      let flow = flow(levels.map { $0[pool] }, arcs)
      let cost = zip(arcs, flow.bought).reduce(Int128(flow.uncommittedCost)) { $0 + Int128($1.0.cost) * Int128($1.1) }
      return (covered(arcs, flow.bought), cost, purchases(arcs, flow.bought), flow.work)
    }
    var bound = flows.reduce(Int128(0)) { $0 + $1.cost } - moneyBack(worths, firstStates)
    if let budget { bound -= (Int128(worths.cashPrice) * Int128(budget)) >> Self.worthBits + 1 }
    let units = time.segments.indices.flatMap { segment in flows.map { $0.units[segment] } }
    return AccountRelaxation(
      bound: bound, units: units, purchases: flows.flatMap(\.bought),
      work: flows.reduce(0) { $0 + $1.work })
  }

  /// Units in each segment.
  func covered(_ arcs: [Arc], _ counts: [Int]) -> [Int] {
    var units = [Int](repeating: 0, count: time.segments.count)
    for (arc, count) in zip(arcs, counts) where count > 0 {
      for segment in arc.window.from..<arc.window.to { units[segment] += count }
    }
    return units
  }

  /// What each unit of every pool saves in a segment where plans' money has a price.
  func pricedLevels(_ segment: Int, _ worths: AccountWorths, first: Int) -> [DemandLevels] {
    let block = demand.blocks[time.segments[segment].stretch]
    let digits = Self.worthBits - priceBits
    let whole = pools.map { $0.onDemand << priceBits }
    let spot = pools.map { $0.spot << priceBits }
    let rates = pools.map { pool in
      pool.plans.map { (plan: $0.plan, rate: $0.rate, most: Self.worth(pool.onDemand, $0.rate)) }
    }
    var levels = tops.map { AccountLevels(parts: parts, top: $0, states: 2 * block.weights.count) }
    for (state, weight) in block.weights.enumerated() {
      let base = (block.first + state) * pools.count
      let worth = (first + state) * plans.count
      for pool in pools.indices {
        let need = Int(demand.needs[base + pool])
        guard need > 0 else { continue }
        var value = whole[pool]
        for item in rates[pool] where worths.values[worth + item.plan] < item.most {
          value = min(value, (item.rate * worths.values[worth + item.plan]) >> digits)
        }
        let plain = Int(demand.plain[base + pool])
        if plain == need {
          if value > 0 { levels[pool].add(below: need, price: value * weight) }
        } else {
          let cheap = isSpotPaid ? min(spot[pool], value) : spot[pool]
          if cheap > 0 { levels[pool].add(below: need, price: cheap * weight) }
          if plain > 0, value != cheap { levels[pool].add(below: plain, price: (value - cheap) * weight) }
        }
      }
    }
    let time = time.segments[segment]
    return levels.map { $0.levels { grains($0, of: time, bits: priceBits) } }
  }

  /// From this worth on, a plan's money costs more than what it draws for spares.
  static func worth(_ price: Int, _ rate: Int) -> Int {
    Int(clamping: (Int128(price) << worthBits + Int128(rate) - 1) / Int128(rate))
  }

  /// Grains that plans give back at most: for what is held, and for what is bought below its worth.
  private func moneyBack(_ worths: AccountWorths, _ firstStates: [Int]) -> Int128 {
    var back: Int128 = 0
    for (index, plan) in plans.enumerated() {
      let means = time.segments.indices.map { mean(of: index, in: $0, worths, first: firstStates[$0]) }
      for (segment, mean) in means.enumerated() { back = sum(back, product(mean, plan.held[segment])) }
      guard let offer = plan.offer else { continue }
      let excess = mostExcess(offer, means, cashPrice: worths.cashPrice) * (isAligned(offer) ? 1 : 2)
      back = sum(back, product(excess, plan.most))
    }
    return back >> Self.worthBits + 1
  }

  private func isAligned(_ offer: AccountProblem.PlanOffer) -> Bool {
    time.chances.count == 1 || time.isAligned(terms: [offer.termHours])
  }

  /// Grains in 2^-worthBits that a micro-USD an hour of a plan is worth over a segment, rounded up.
  func mean(of plan: Int, in segment: Int, _ worths: AccountWorths, first: Int) -> Int128 {
    let segment = time.segments[segment]
    let block = demand.blocks[segment.stretch]
    var sum: Int128 = 0
    for (state, weight) in block.weights.enumerated() {
      sum += Int128(weight) * Int128(worths.values[(first + state) * plans.count + plan])
    }
    return (sum * Int128(segment.hours) + Int128(block.total) - 1) / Int128(block.total) * Int128(grains)
  }

  /// By how much purchases of a micro-USD an hour that do not overlap are worth more than they cost, at most.
  private func mostExcess(_ offer: AccountProblem.PlanOffer, _ means: [Int128], cashPrice: Int) -> Int128 {
    var sums: [Int128] = [0]
    for mean in means { sums.append(sums[sums.count - 1] + mean) }
    var best = [Int128](repeating: 0, count: means.count + 1)
    let chances = Set(time.chances)
    for segment in means.indices.reversed() {
      best[segment] = best[segment + 1]
      guard chances.contains(segment) else { continue }
      let window = time.window(from: segment, term: offer.termHours)
      let charge = Int128(window.hours) * Int128(grains) << Self.worthBits
      let cash = Int128(offer.upfront) * Int128(cashPrice) / Int128(offer.increment)
      best[segment] = max(best[segment], sums[window.to] - sums[segment] - charge - cash + best[window.to])
    }
    return best[0]
  }
}

/// More than any bill; what is beyond it is it.
private let mostSum = Int128(1) << 120

private func product(_ value: Int128, _ count: Int) -> Int128 {
  let (product, overflow) = value.multipliedReportingOverflow(by: Int128(count))
  return overflow ? mostSum : min(product, mostSum)
}

private func sum(_ first: Int128, _ second: Int128) -> Int128 { min(mostSum, first + second) }
