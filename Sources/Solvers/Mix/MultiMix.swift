// The cheapest commitments of several families under one budget, with a savings plan: best found, and a proven bound.
//
// The cost is convex in the committed quanta x and the cents y of the plan, but the optimum is in whole numbers, and
// the plan lets levels of different families weigh against each other by the dollar, so no greedy choice is exact.
// Branch and bound: the relaxation of a box (`MultiRelaxation`) gives a bound (`MultiBounds`) and a point, whose
// neighbours in whole numbers are tried; where the point is not whole, the box is divided: first by the quanta of a
// family, then the cents, then the options. The search ends when the best found is within 10^-9 of the bound, or after
// a fixed amount of work: quanta of families times hours that are looked at, and numbers of the relaxations. No more boxes
// are divided after 150 million of them, and no more plans tried after 300 million; the bound stands beside the answer.
// What is not proven to a tenth of a per cent then is asked of the account's solver too (`MultiProblem+Account`): the better
// plan and bound count.
// Source: Land and Doig, "An automatic method of solving discrete programming problems", Econometrica 28(3), 1960;
// cuts for the part of each hour, Benders, "Partitioning procedures for solving mixed-variables programming problems",
// Numerische Mathematik 4, 1962.

/// The kind `multi`.
package enum MultiMix {
  /// The best found; keys are `family/name`, in quanta.
  /// - Throws: ``ProblemFault`` as ``MultiProblem/check()``, and for rates too far apart for a bound.
  package static func solve(_ problem: MultiProblem) throws(ProblemFault) -> MixAnswer {
    try problem.check()
    var search = MultiSearch(try MultiPlans(problem))
    search.run()
    let proven = search.isNear ? 0 : search.ask(problem, work: MultiSearch.accountWork)
    let half = Int128(1) << (MultiCost.scale - 1)
    let cost = Int((search.best.cost + half) >> MultiCost.scale)
    let names = search.plans.columns.map(\.name)
    return MixAnswer(
      cost: cost, purchase: Dictionary(uniqueKeysWithValues: zip(names, search.best.counts)),
      bound: min(cost, max(proven, Int(max(0, search.proven) >> search.bounds.scale))),
      savingsPlanCents: search.best.cents)
  }
}

/// Branch and bound over boxes.
struct MultiSearch {
  /// Quanta of families that are looked at, over all hours.
  private static let mostWork = 150_000_000
  /// How much more whatever was begun may take until it is left as it is.
  private static let mostOverwork = 150_000_000
  private static let mostRounds = 60
  /// Prices that the account's solver may look at.
  static let accountWork = 200_000_000
  /// How near to whole a number of the relaxation counts as whole.
  private static let whole = 1e-6

  let plans: MultiPlans
  let bounds: MultiBounds
  private let unit: Double
  private(set) var best: MultiPlans.Plan
  /// No plan costs less, in 2^-scale of the bounds.
  private(set) var proven: Int128
  private var cuts: [MultiCut] = []
  private var open: [MultiBox] = []
  private var tried: Set<[Int]> = []
  private var workLeft = Self.mostWork

  init(_ plans: MultiPlans) {
    self.plans = plans
    bounds = MultiBounds(plans: plans)
    best = plans.plan([Int](repeating: 0, count: plans.columns.count), near: 0)
    unit = max(1, Double(best.cost >> MultiCost.scale))
    proven = .max
  }

  /// Searches until nothing better can be, or the work is done.
  mutating func run() {
    let root = MultiBox(
      columns: plans.columns.map { 0...plans.cost.tops[$0.family] }, families: plans.cost.tops.map { 0...$0 },
      cents: 0...plans.cost.mostCents)
    proven = bounded(best.cost)
    close(root)
    while let index = open.indices.min(by: { open[$0].bound < open[$1].bound }) {
      let box = open.remove(at: index)
      if box.bound >= enough || workLeft <= 0 {
        proven = min(proven, box.bound)
        break
      }
      divide(box)
    }
    proven = min(proven, bounded(best.cost))
  }

  /// A cost at the scale of bounds.
  private func bounded(_ cost: Int128) -> Int128 { cost << (bounds.scale - MultiCost.scale) }

  /// From this bound on, nothing noticeably better can be in a box.
  private var enough: Int128 { bounded(best.cost - best.cost / 1_000_000_000) }

  /// True when nothing can be better by a tenth of a per cent.
  var isNear: Bool { proven >= bounded(best.cost - best.cost / 1_000) }

  /// Has the account's solver look for a better plan.
  /// - Parameter work: prices that it may look at.
  /// - Returns: what no plan costs less than, in micro-USD; 0 where it does not know.
  mutating func ask(_ problem: MultiProblem, work: Int) -> Int {
    guard let account = problem.account, let solver = try? AccountSolver(account, isSpotPaid: true) else { return 0 }
    let plan = solver.cheapestPlan(work: work)
    var counts = [Int](repeating: 0, count: plans.columns.count)
    var families = [Int](repeating: 0, count: plans.byFamily.count)
    var cents = 0
    let places = Dictionary(zip(plans.columns.map(\.name), plans.columns.indices), uniquingKeysWith: min)
    for purchase in plan.purchases {
      switch purchase.subject {
      case .plan: cents += purchase.count
      case .reservation(let pool, let offer):
        families[pool] += purchase.count
        let name = "\(account.pools[pool].name)/\(account.pools[pool].offers[offer].name)"
        if let place = places[name] { counts[place] += purchase.count }
      }
    }
    if plans.committed(counts) == families { consider(counts, near: Double(cents)) }
    consider(families: families, near: Double(cents))
    // Costs are rounded up there, here to the nearest.
    return max(0, plan.bound - 1)
  }

  // MARK: Boxes

  /// Bounds a box; keeps it open when something better may be in it.
  private mutating func close(_ box: MultiBox) {
    guard bounds.isAffordable(box) else { return }
    var box = box
    _ = relax(&box)
    if box.bound >= enough { proven = min(proven, box.bound) } else { open.append(box) }
  }

  /// Adds cuts until none is missing; nil when the relaxation has no solution.
  private mutating func relax(_ box: inout MultiBox) -> [Double]? {
    var relaxation = MultiRelaxation(box, plans, cuts: cuts, unit: unit)
    for _ in 0..<Self.mostRounds {
      let before = relaxation.work
      let isSolved = relaxation.solve()
      workLeft -= relaxation.work - before
      guard isSolved else { return nil }
      let solution = relaxation.solution
      let multipliers = relaxation.multipliers(scale: bounds.scale)
      let bound = bounds.bound(box, multipliers, cuts)
      if bound > box.bound { box.bound = bound }
      if box.bound >= enough { return solution }
      if isSpent { break }
      let cut = plans.cost.cut(at: committed(solution), cents: solution[plans.columns.count])
      work()
      guard relaxation.violation(cut, at: solution) > 1e-11 else {
        box.cuts = multipliers.weights.map(\.cut)
        tryNear(solution)
        return solution
      }
      cuts.append(cut)
      box.cuts.append(cuts.count - 1)
      relaxation.add(cut, cuts.count - 1)
    }
    tryNear(relaxation.solution)
    return relaxation.solution
  }

  private mutating func work(_ evaluations: Int = 1) {
    workLeft -= evaluations * plans.cost.hours * plans.byFamily.count
  }

  /// True when nothing more is to be tried, however good it might be.
  private var isSpent: Bool { workLeft < -Self.mostOverwork }

  private func committed(_ solution: [Double]) -> [Double] {
    plans.byFamily.map { $0.reduce(0) { $0 + solution[$1] } }
  }

  /// Divides a box at a number of its relaxation that is not whole.
  private mutating func divide(_ box: MultiBox) {
    var box = box
    guard let solution = relax(&box) else {
      proven = min(proven, box.bound)
      return
    }
    let families = committed(solution)
    if let family = Self.leastWhole(families) {
      split(box, \.families[family], at: families[family])
    } else if Self.leastWhole([solution[plans.columns.count]]) != nil {
      split(box, \.cents, at: solution[plans.columns.count])
    } else if let column = Self.leastWhole(Array(solution.prefix(plans.columns.count))) {
      split(box, \.columns[column], at: solution[column])
    } else {
      // All is whole: this plan is the best of the box.
      consider(solution.prefix(plans.columns.count).map { Int($0.rounded()) }, near: solution[plans.columns.count])
      proven = min(proven, box.bound)
    }
  }

  private mutating func split(_ box: MultiBox, _ path: WritableKeyPath<MultiBox, ClosedRange<Int>>, at value: Double) {
    let range = box[keyPath: path]
    guard range.count > 1 else {
      proven = min(proven, box.bound)
      return
    }
    let middle = min(max(Int(value), range.lowerBound), range.upperBound - 1)
    for part in [range.lowerBound...middle, middle + 1...range.upperBound] {
      var half = box
      half[keyPath: path] = part
      close(half)
    }
  }

  /// The number that is farthest from whole; nil when all are whole.
  private static func leastWhole(_ values: [Double]) -> Int? {
    let distances = values.map { abs($0 - $0.rounded()) }
    guard let index = distances.indices.max(by: { distances[$0] < distances[$1] }), distances[index] > whole else {
      return nil
    }
    return index
  }

  // MARK: Plans

  /// Tries whole numbers near a point, and from the best of them on, neighbours, as long as they are better.
  private mutating func tryNear(_ solution: [Double]) {
    let (families, cents) = (committed(solution), solution[plans.columns.count])
    let before = best.cost
    consider(families: families.map { Int($0) }, near: cents)
    consider(families: families.map { Int($0.rounded()) }, near: cents)
    guard best.cost < before else { return }
    var reached = best.cost
    repeat {
      reached = best.cost
      tryNeighbours(plans.committed(best.counts))
    } while best.cost < reached && !isSpent
  }

  private mutating func tryNeighbours(_ families: [Int]) {
    for first in families.indices {
      for step in [1, -1] {
        var moved = families
        moved[first] += step
        consider(families: moved, near: Double(best.cents))
        if isSpent { return }
        for second in families.indices where second != first {
          var pair = moved
          pair[second] -= step
          consider(families: pair, near: Double(best.cents))
        }
      }
    }
  }

  private mutating func consider(families: [Int], near cents: Double) {
    guard zip(families, plans.cost.tops).allSatisfy({ $0 >= 0 && $0 <= $1 }), tried.insert(families).inserted,
      let counts = plans.counts(families)
    else { return }
    consider(counts, near: cents)
  }

  private mutating func consider(_ counts: [Int], near cents: Double) {
    let plan = plans.plan(counts, near: Int(cents.rounded()))
    work(max(8, plan.evaluations))
    let cash = zip(counts, plans.columns).reduce(Int128(0)) { $0 + Int128($1.0) * Int128($1.1.cash) }
    if plan.cost < best.cost, cash <= Int128(plans.budget) { best = plan }
  }
}
