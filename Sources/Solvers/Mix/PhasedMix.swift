// When to buy what, month by month: exact.
//
// Every unit of the highest net demand N is a path through time, from the start of the horizon to its end, which at
// each moment either lies in a commitment that was bought or is left uncommitted. Leaving u units uncommitted in a
// block of time costs what the N - u levels below do not cover: convex in u. So the plan is a flow of N units at least
// cost in a network with a node for each moment at which something can begin or end, an arc with convex cost from each
// node to the next, and an arc for each commitment (see `MixFlow`). Flows of least cost are whole numbers, so this is
// the optimum.
//
// No plan needs more than N commitments at once where they begin as others end: one that begins while N are held can
// begin when the first of them ends, at no more cost. Where terms are no whole months or slots no parts of one, a plan
// may need up to 2N: of those at one moment all but the N that began first and the N that end last are superfluous.

/// The kind `phased`.
package enum PhasedMix {
  /// A commitment bought in a month.
  struct Purchase {
    var name: String
    /// Slots it serves.
    var slots: Range<Int>
    /// Of a unit, over its hours in the horizon.
    var cost: Int
  }

  /// The least cost and a plan that reaches it; keys are `name@month`, counted from 0.
  /// - Parameter monthHours: hours from one chance to buy to the next.
  /// - Throws: ``ProblemFault`` as ``MixProblem/check()``, and for months that are no hours or too many.
  package static func solve(_ problem: MixProblem, monthHours: Int) throws(ProblemFault) -> MixAnswer {
    try problem.check()
    try checkNumber("month_hours", monthHours, from: 1)
    try checkNumber("hours / month_hours", problem.hours / monthHours, to: 1200)
    let purchases = cheapest(purchases(problem, monthHours: monthHours))
    let cuts = Set([0, problem.demand.count] + purchases.flatMap { [$0.slots.lowerBound, $0.slots.upperBound] })
      .sorted()
    let needs = problem.needs
    let blocks = zip(cuts, cuts.dropFirst()).map { DemandLevels(needs[$0..<$1], of: problem) }
    let top = blocks.reduce(0) { max($0, $1.top) }
    let isAligned =
      monthHours % problem.slotHours == 0 && problem.options.allSatisfy { $0.termHours % monthHours == 0 }
    let node = Dictionary(uniqueKeysWithValues: zip(cuts, cuts.indices))
    let arcs = purchases.map {
      MixFlow.Arc(from: node[$0.slots.lowerBound]!, to: node[$0.slots.upperBound]!, cost: $0.cost)
    }
    var flow = MixFlow(blocks: blocks, units: isAligned || top > .max / 2 ? top : 2 * top, arcs: arcs)
    flow.run()
    let bought = zip(purchases, flow.bought).filter { $0.1 > 0 }
    let cost = bought.reduce(0) { $0 + $1.0.cost * $1.1 } + flow.uncommittedCost
    return MixAnswer(
      cost: cost, purchase: Dictionary(uniqueKeysWithValues: bought.map { ($0.0.name, $0.1) }), bound: cost)
  }

  /// Every option in every month that is wholly in the horizon; what is cut at its end is charged for its part.
  static func purchases(_ problem: MixProblem, monthHours: Int) -> [Purchase] {
    let months = 0..<(problem.hours / monthHours)
    return problem.options.flatMap { option in
      months.map { month in
        let start = month * monthHours
        let end = start + min(option.termHours, problem.hours - start)
        let slots = start / problem.slotHours..<(end - 1) / problem.slotHours + 1
        return Purchase(name: "\(option.name)@\(month)", slots: slots, cost: option.rate * (end - start))
      }
    }
  }

  /// Of those that serve the same slots the cheapest, the first of equals.
  private static func cheapest(_ purchases: [Purchase]) -> [Purchase] {
    var best: [Range<Int>: Int] = [:]
    for (index, purchase) in purchases.enumerated() {
      if let other = best[purchase.slots], purchases[other].cost <= purchase.cost { continue }
      best[purchase.slots] = index
    }
    return best.values.sorted().map { purchases[$0] }
  }
}
