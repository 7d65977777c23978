// The cheapest commitment for a demand, with and without commitments that are held and end: exact.
//
// All units are bought at the start and cost the same over the horizon whatever option they are, so only the option of
// least rate e is bought, and a level is worth buying exactly while its saving is more than e × hours. The savings
// fall from level to level (see `DemandLevels`), so the levels below the first that is not worth it are the optimum.
// Source: the greedy argument for a convex cost, Hochbaum, "Lower and upper bounds for the allocation problem and
// other nonlinear optimization problems", Mathematics of Operations Research 19(2), 1994.

/// The kinds `single` and `expiry`.
package enum SingleMix {
  /// The least cost, and the fewest units at which it is reached.
  /// - Throws: ``ProblemFault`` as ``MixProblem/check()``.
  package static func solve(_ problem: MixProblem) throws(ProblemFault) -> MixAnswer {
    try problem.check()
    let levels = DemandLevels(problem.needs, of: problem)
    guard let option = problem.cheapest else { return answer(levels.cost(beyond: 0), [:]) }
    let unit = option.rate * problem.hours
    let count = levels.count(savingMoreThan: unit)
    return answer(unit * count + levels.cost(beyond: count), [option.name: count])
  }

  private static func answer(_ cost: Int, _ purchase: [String: Int]) -> MixAnswer {
    MixAnswer(cost: cost, purchase: purchase, bound: cost)
  }
}
