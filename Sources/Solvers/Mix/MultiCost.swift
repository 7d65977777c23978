// What families cost beside their commitments, and how that changes with them.
//
// In an hour, family f needs r = max(0, n - x) quanta beyond its commitments, of which s may be spot. The savings
// plan, which is paid for already, is laid where it saves most for what it uses: over the classes (family, on demand)
// and (family, spot), falling in price / plan rate, the last one in part. That is the optimum of the hour's linear
// programme, a knapsack whose items may be divided (Dantzig, "Discrete-variable extremum problems", Operations
// Research 5(2), 1957).
//
// Its dual, with m the worth of a micro-USD of the plan in the hour, gives a lower bound that is linear in x and y and
// true for any m >= 0:
//   cost >= sum_f [ w_f (n - x_f) - max(0, w_f - p_f) s ] - m y,   0 <= w_f <= min(c_f, g_f m)
// Summed over the hours, each with the m and w that are right at a point, it is a cut: it touches the cost there.

/// A linear function that is nowhere more than the cost of the hours: `constant - sum slopes x - planSlope y`.
struct MultiCut {
  /// In 2^-cutScale micro-USD, as the slopes.
  var constant: Int128
  var slopes: [Int128]
  /// For a cent of the plan.
  var planSlope: Int128
}

/// The cost of all hours beside commitments.
struct MultiCost {
  /// Binary digits of exact costs; the part of a quantum that the plan covers last is a fraction.
  static let scale = 20
  /// Micro-USD.
  static let cent = 10_000

  /// Demand of a family that costs the same: on demand, or spot.
  private struct Class {
    var family: Int
    var isSpot: Bool
    var price: Int
    var rate: Int
  }

  /// Of a quantum and hour.
  private struct Price {
    var onDemand: Int
    var spot: Int
    var plan: Int
  }

  let hours: Int
  /// Binary digits of cuts: as many as products with 32 more digits leave in 128 bits.
  let cutScale: Int
  /// The highest level of each family.
  let tops: [Int]
  private let prices: [Price]
  /// Hour after hour, the needs of all families.
  private let needs: [SlotNeed]
  /// In the order in which the plan covers them.
  private let classes: [Class]

  /// - Throws: ``ProblemFault`` for rates that are so far apart that a cut would have no digits.
  init(_ problem: MultiProblem) throws(ProblemFault) {
    hours = problem.hours
    let byFamily = problem.families.map(\.problem.needs)
    tops = byFamily.map { $0.reduce(0) { max($0, $1.net) } }
    needs = (0..<hours).flatMap { hour in byFamily.map { $0[hour] } }
    let prices = problem.families.map {
      let spot = min($0.problem.spot.price, $0.problem.onDemand)
      return Price(
        onDemand: $0.problem.onDemand * $0.quantum, spot: spot * $0.quantum, plan: $0.planRate * $0.quantum)
    }
    self.prices = prices
    let all = prices.indices.flatMap { family in
      [false, true].map { isSpot in
        let price = isSpot ? prices[family].spot : prices[family].onDemand
        return Class(family: family, isSpot: isSpot, price: price, rate: prices[family].plan)
      }
    }
    let ordered = all.sorted { Int128($0.price) * Int128($1.rate) > Int128($1.price) * Int128($0.rate) }
    classes = ordered
    cutScale = try Self.digits(problem, worth: ordered.first.map { Double($0.price) / Double($0.rate) } ?? 1)
  }

  /// - Parameter worth: the most that a micro-USD of the plan can save.
  private static func digits(_ problem: MultiProblem, worth: Double) throws(ProblemFault) -> Int {
    let plan = worth * Double(cent) * Double(problem.hours)
    let bill = problem.families.reduce(plan) { sum, family in
      let (part, units) = (family.problem, Double(max(1, family.problem.demand.max() ?? 0)))
      let dearest = max(part.onDemand, family.planRate, part.options.map(\.rate).max() ?? 0)
      let unit = (Double(dearest) + worth * Double(family.planRate)) * Double(family.quantum)
      return sum + units * unit * Double(part.hours)
    }
    let digits = min(44, 88 - Int(max(1, bill).exponent))
    guard digits >= 16 else {
      throw ProblemFault(key: "families", found: "prices that are too far apart", expected: "a bill of fewer digits")
    }
    return digits
  }

  private var families: Int { prices.count }

  /// The most cents of a plan that any hour could use.
  var mostCents: Int {
    let most = stride(from: 0, to: needs.count, by: families).reduce(0) { most, hour in
      max(most, prices.indices.reduce(0) { $0 + needs[hour + $1].net * prices[$1].plan })
    }
    return most / Self.cent + (most % Self.cent == 0 ? 0 : 1)
  }

  /// The exact cost of all hours and of the plan, in 2^-scale micro-USD, rounded by less than one for each class.
  func cost(_ committed: [Int], cents: Int) -> Int128 {
    var total = Int128(cents) * Int128(Self.cent * hours)
    var partly = [Int](repeating: 0, count: classes.count)
    for hour in stride(from: 0, to: needs.count, by: families) {
      total += Int128(cost(hour, committed, plan: cents * Self.cent, partly: &partly))
    }
    total <<= Self.scale
    for (used, item) in zip(partly, classes) where used > 0 {
      total -= (Int128(used) * Int128(item.price) << Self.scale) / Int128(item.rate)
    }
    return total
  }

  /// The cost of an hour, what a plan covers only in part at its full price; adds up what of the plan that part uses.
  private func cost(_ hour: Int, _ committed: [Int], plan: Int, partly: inout [Int]) -> Int {
    var (plan, cost) = (plan, 0)
    for (index, item) in classes.enumerated() {
      let need = needs[hour + item.family]
      let rest = max(0, need.net - committed[item.family])
      let count = item.isSpot ? min(rest, need.spot) : rest - min(rest, need.spot)
      let use = count * item.rate
      if use <= plan {
        plan -= use
      } else {
        cost += count * item.price
        partly[index] += plan
        plan = 0
      }
    }
    return cost
  }

  /// The cut that touches the cost at a point, which need not be whole.
  func cut(at committed: [Double], cents: Double) -> MultiCut {
    let worths = self.worths
    var cut = MultiCut(constant: 0, slopes: [Int128](repeating: 0, count: families), planSlope: 0)
    for hour in stride(from: 0, to: needs.count, by: families) {
      guard let last = lastCovered(hour, committed, cents: cents) else { continue }
      let worth = worths[last]
      cut.planSlope += worth
      for family in prices.indices {
        let need = needs[hour + family]
        let rest = Double(need.net) - committed[family]
        guard rest > 0 else { continue }
        let price = prices[family]
        let (plain, cheap) = (Int128(price.onDemand) << cutScale, Int128(price.spot) << cutScale)
        let value = min(rest > Double(need.spot) ? plain : cheap, Int128(price.plan) * worth)
        cut.constant += value * Int128(need.net) - max(0, value - cheap) * Int128(need.spot)
        cut.slopes[family] += value
      }
    }
    cut.planSlope *= Int128(Self.cent)
    return cut
  }

  /// What a micro-USD of the plan is worth where a class is the last that it covers, in 2^-cutScale.
  ///
  /// One more stands behind the last class: an hour in which the plan covers everything.
  private var worths: [Int128] {
    classes.map { (Int128($0.price) << cutScale + Int128($0.rate) - 1) / Int128($0.rate) }
  }

  /// The class that the plan covers in part, or none of, in an hour; nil when it covers all.
  private func lastCovered(_ hour: Int, _ committed: [Double], cents: Double) -> Int? {
    var plan = cents * Double(Self.cent)
    for (index, item) in classes.enumerated() {
      let need = needs[hour + item.family]
      let rest = max(0, Double(need.net) - committed[item.family])
      let cheap = min(rest, Double(need.spot))
      let use = (item.isSpot ? cheap : rest - cheap) * Double(item.rate)
      if use > plan { return index }
      plan -= use
    }
    return nil
  }
}
