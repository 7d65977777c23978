// A part of the plans of several families, and the exact lower bound of it.

/// Ranges for the quanta of each column, those of each family together, and the cents of the savings plan.
struct MultiBox {
  var columns: [ClosedRange<Int>]
  var families: [ClosedRange<Int>]
  var cents: ClosedRange<Int>
  /// No plan in it costs less, in 2^-`MultiBounds.scale` micro-USD.
  var bound: Int128 = 0
  /// The cuts that matter in it.
  var cuts: [Int] = []
}

/// Weights of cuts and the price of cash, which together make a bound.
struct MultiMultipliers {
  /// For some cuts, in 2^-32; together at most 1.
  var weights: [(cut: Int, weight: Int128)]
  /// Of a micro-USD upfront, in 2^-`MultiBounds.scale`.
  var cashPrice: Int128
}

/// Exact bounds: weak duality in whole numbers.
///
/// The cost of the hours is at least any mean of cuts, and at least 0; cash within the budget, at a price that is not
/// negative, only lowers the cost. What is left is linear, and its minimum over a box is read off.
struct MultiBounds {
  static let weightScale = 32
  /// So that the sum of some terms stays in 128 bits. A positive term may be lowered without the bound being wrong.
  private static let most = Int128(1) << 118

  let plans: MultiPlans
  /// Binary digits of bounds.
  var scale: Int { plans.cost.cutScale + Self.weightScale }

  /// The least that a plan in a box may cost by these multipliers.
  func bound(_ box: MultiBox, _ multipliers: MultiMultipliers, _ cuts: [MultiCut]) -> Int128 {
    var slopes = [Int128](repeating: 0, count: plans.byFamily.count)
    var plan = Int128(MultiCost.cent * plans.cost.hours) << scale
    var total = -multipliers.cashPrice * Int128(plans.budget)
    for (index, weight) in multipliers.weights {
      total += weight * cuts[index].constant
      plan -= weight * cuts[index].planSlope
      for family in slopes.indices { slopes[family] += weight * cuts[index].slopes[family] }
    }
    total += Self.product(plan, plan >= 0 ? box.cents.lowerBound : box.cents.upperBound)
    for family in slopes.indices {
      total += least(family, box, price: multipliers.cashPrice, slope: slopes[family])
    }
    return total
  }

  /// The least of a linear function over the quanta of a family's columns: as many as must be, the cheapest first, and
  /// as many more as cost less than nothing.
  private func least(_ family: Int, _ box: MultiBox, price: Int128, slope: Int128) -> Int128 {
    let costs = plans.byFamily[family].map { index in
      let column = plans.columns[index]
      return (index, Int128(column.cost) << scale + Self.product(price, column.cash) - slope)
    }
    var count = 0
    var total: Int128 = 0
    for (index, cost) in costs {
      count += box.columns[index].lowerBound
      total += Self.product(cost, box.columns[index].lowerBound)
    }
    for (index, cost) in costs.sorted(by: { $0.1 < $1.1 }) {
      let limit = cost < 0 ? box.families[family].upperBound : box.families[family].lowerBound
      let room = box.columns[index].upperBound - box.columns[index].lowerBound
      let more = max(0, min(room, limit - count))
      count += more
      total += Self.product(cost, more)
    }
    return total
  }

  private static func product(_ value: Int128, _ count: Int) -> Int128 {
    let (product, overflow) = value.multipliedReportingOverflow(by: Int128(count))
    return overflow && value > 0 ? most : min(product, most)
  }

  /// False when the budget does not allow the least that a box asks for.
  func isAffordable(_ box: MultiBox) -> Bool {
    var cash = Int128(0)
    for (family, range) in plans.byFamily.enumerated() {
      var count = 0
      for index in range {
        count += box.columns[index].lowerBound
        cash += Int128(box.columns[index].lowerBound) * Int128(plans.columns[index].cash)
      }
      for index in range {
        let room = box.columns[index].upperBound - box.columns[index].lowerBound
        let more = max(0, min(room, box.families[family].lowerBound - count))
        count += more
        cash += Int128(more) * Int128(plans.columns[index].cash)
      }
      guard count >= box.families[family].lowerBound, count <= box.families[family].upperBound else { return false }
    }
    return cash <= Int128(plans.budget)
  }
}
