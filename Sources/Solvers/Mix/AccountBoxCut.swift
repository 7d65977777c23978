// A cut that holds in a box alone, where it is the higher: plans pay in the provider's order, not where they like, and may
// not pay for spot, however little what is left of it is worth.
//
// Between the least and the most that is held, no plan pays for more of a pool than is left of it when all classes before it
// take the least; that is a limit of the transport of money to pools, and its price w joins the worth l of the money: use
// costs at least v = min(c, min_q (r l + w)), and the limits give w back. Within the box what a pool leaves is replaced by
// the greatest convex function below it there, which may be higher than that for all units.

import Model

/// What is held in a segment at least and at most: units of pools, and micro-USD of plans.
struct AccountRanges {
  var units: [ClosedRange<Int>]
  var money: [ClosedRange<Int>]
}

extension AccountModel {
  /// Units of a range whose costs are looked at one by one.
  private static let mostUnits = 128
  /// Binary digits behind a part in which limits are counted.
  private static let limitBits = 10

  /// The cut of a segment at a point of a box; nil where the box has more units than are looked at,
  /// and where plans pay for spot too.
  func cut(_ segment: Int, at point: AccountPoint, within ranges: AccountRanges, work: inout Int) -> AccountCut? {
    guard !isSpotPaid, ranges.units.allSatisfy({ $0.count <= Self.mostUnits }) else { return nil }
    let time = time.segments[segment]
    let block = demand.blocks[time.stretch]
    let floors = zip(point.units, ranges.units).map {
      min(max($1.lowerBound, wholeNumber(($0 + 1e-9).rounded(.down))), max($1.lowerBound, $1.upperBound - 1))
    }
    var sums = ranges.units.map { [Int128](repeating: 0, count: $0.count) }
    var (values, back): ([Int], Int128) = ([], 0)
    for (state, weight) in block.weights.enumerated() {
      let rests = rests(block.first + state, beside: point.units, floors)
      let limits = limits(block.first + state, ranges)
      let dual = dual(rests, point.money, limits, work: &work)
      values += dual.worths
      back += Int128(weight) * dual.back
      for pool in pools.indices {
        add(pool, block.first + state, dual.values[pool], weight, ranges.units[pool].lowerBound, &sums[pool])
      }
      work += sums.reduce(pools.count) { $0 + $1.count }
    }
    let scale = Int128(time.hours) * Int128(grains)
    let divisor = Int128(block.total) * Int128(parts)
    let worths = AccountWorths(values: values)
    let (wide, digits) = (divisor << Self.limitBits, Self.worthBits)
    let (given, isBeyond) = back.multipliedReportingOverflow(by: scale)
    guard !isBeyond else { return nil }
    var cut = AccountCut(segment: segment, constant: -((given / wide) >> digits) - 2, slopes: [], isOfBox: true)
    for (pool, sums) in sums.enumerated() {
      let chord = Self.chord(
        sums.map { $0 * scale / (divisor << priceBits) }, at: floors[pool] - ranges.units[pool].lowerBound)
      cut.constant += chord.value + chord.slope * Int128(floors[pool])
      cut.slopes.append(chord.slope)
    }
    addMoney(worths, segment, &cut)
    return cut
  }

  /// Adds to what a pool leaves in a state, for each number of units.
  private func add(_ pool: Int, _ state: Int, _ value: Int, _ weight: Int, _ lowest: Int, _ sums: inout [Int128]) {
    let (need, plain) = (Int(demand.needs[state * pools.count + pool]), Int(demand.plain[state * pools.count + pool]))
    let cheap = pools[pool].spot << priceBits
    for index in sums.indices {
      let covered = (lowest + index) * parts
      guard covered < need else { break }
      let dear = max(0, plain - covered)
      sums[index] += Int128(weight) * (Int128(value) * Int128(dear) + Int128(cheap) * Int128(need - covered - dear))
    }
  }

  /// The line of the greatest convex function below some costs, between a place and the next: its value there, and by how
  /// much it falls.
  private static func chord(_ costs: [Int128], at place: Int) -> (value: Int128, slope: Int128) {
    guard costs.count > 1 else { return (costs.first ?? 0, 0) }
    // Of all lines from before to behind, the one that is lowest over the middle of the two.
    var best: (value: Int128, slope: Int128)?
    for from in 0...place {
      for to in place + 1..<costs.count {
        let slope = (costs[from] - costs[to]) / Int128(to - from)
        // A slope that is rounded must lie below both ends.
        let start = min(costs[from] + slope * Int128(from), costs[to] + slope * Int128(to))
        let line = (value: start - slope * Int128(place), slope: slope)
        if let other = best, 2 * other.value - other.slope <= 2 * line.value - line.slope { continue }
        best = line
      }
    }
    guard var line = best else { return (costs[place], 0) }
    // Rounding may have left it above some other number.
    for (index, cost) in costs.enumerated() {
      line.value -= max(0, line.value - line.slope * Int128(index - place) - cost)
    }
    return line
  }

  /// By plan and class, parts of a unit in 2^-limitBits that the plan pays for at most.
  private func limits(_ state: Int, _ ranges: AccountRanges) -> [[Int128]] {
    let plain = pools.indices.map { Int128(demand.plain[state * pools.count + $0]) }
    let part = Int128(parts)
    var low = pools.indices.map { max(0, plain[$0] - Int128(ranges.units[$0].upperBound) * part) << Self.limitBits }
    var high = pools.indices.map { max(0, plain[$0] - Int128(ranges.units[$0].lowerBound) * part) << Self.limitBits }
    return plans.indices.map { plan in
      let digits = Self.limitBits
      // What is left of the money, at most and at least, in micro-USD and the same parts.
      var most = (Int128(ranges.money[plan].upperBound) * part) << digits
      var (generous, scarce) = (most, (Int128(ranges.money[plan].lowerBound) * part) << digits)
      return plans[plan].classes.map { item in
        let rate = Int128(item.rate)
        let limit = min(high[item.pool], (most + rate - 1) / rate)
        most = max(0, most - rate * low[item.pool])
        // The least rest beside the most money, and the other way round.
        let (paid, unpaid) = (min(low[item.pool], (generous + rate - 1) / rate), min(high[item.pool], scarce / rate))
        generous = max(0, generous - rate * low[item.pool])
        scarce = max(0, scarce - rate * high[item.pool])
        low[item.pool] -= paid
        high[item.pool] -= unpaid
        return limit
      }
    }
  }

  private struct Dual {
    /// By plan, in 2^-worthBits.
    var worths: [Int]
    /// By pool, micro-USD of a unit in 2^-priceBits.
    var values: [Int]
    /// What limits give back, in micro-USD, 2^-worthBits and parts in 2^-limitBits.
    var back: Int128
  }

  /// What is dual to the cheapest payment by plans within limits.
  private func dual(_ rests: [Double], _ money: [Double], _ limits: [[Int128]], work: inout Int) -> Dual {
    let paid = plans.indices.flatMap { plan in
      plans[plan].classes.indices.map { (plan: plan, item: plans[plan].classes[$0], limit: limits[plan][$0]) }
    }.filter { rests[$0.item.pool] > 0 }
    let unit = Double(parts) * Double(1 << Self.limitBits)
    let (worths, prices) = transport(
      rests, money, paid.map { ($0.plan, $0.item) }, limits: paid.map { Double($0.limit) / unit }, work: &work)
    let digits = Self.worthBits - priceBits
    var dual = Dual(worths: worths, values: pools.map { $0.onDemand << priceBits }, back: 0)
    for (pool, terms) in pools.enumerated() where rests[pool] <= 0 {
      for item in terms.plans where worths[item.plan] < Self.worth(terms.onDemand, item.rate) {
        dual.values[pool] = min(dual.values[pool], (item.rate * worths[item.plan]) >> digits)
      }
    }
    for (item, price) in zip(paid, prices) {
      let whole = Int128(item.item.rate) * Int128(worths[item.plan]) + Int128(price)
      dual.values[item.item.pool] = min(dual.values[item.item.pool], Int(clamping: whole >> digits))
      dual.back += Int128(price) * item.limit
    }
    return dual
  }
}
