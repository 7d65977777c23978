// Branch and bound over the whole numbers of a small account, where prices of money and cash leave too much open: few units,
// of which one more or less matters, and a budget that pays for so many of them and no more.
//
// The relaxation of a box (`AccountProgramme`) gives a bound (`AccountBounds`) and a point; purchases in whole numbers near
// it are tried. Where the point is not whole, the box is divided, at what weighs most by its price: the sum of a pool's
// purchases, or of a plan's, that of an offer in all months, one of them. Where it is as good as whole and what is found
// costs more all the same, plans pay in another order than would be best, or spot is in the way: then cuts are made for the
// box alone (`AccountBoxCut.swift`), and what costs most between its ends is divided. The box of the least bound comes
// first. The search ends where nothing can be better by a quarter of a per cent, or when the work is done.
// Sources: Land and Doig, "An automatic method of solving discrete programming problems", Econometrica 28(3), 1960; fixing by
// reduced costs: Nemhauser and Wolsey, "Integer and Combinatorial Optimization", 1988, section II.5.1.

import Model

extension AccountSearch {
  /// The gap from which branch and bound is worth its work, and how many columns it takes at most, of how many each.
  private static let (leastGap, mostColumns, mostOfEach) = (400, 512, 1 << 31)

  /// Searches for the best plan, where there is little to choose from by branch and bound too: of the work half is kept for it.
  mutating func search() {
    let columns = AccountColumns(model)
    let isSmall =
      columns.columns.count <= Self.mostColumns && columns.columns.allSatisfy { $0.most <= Self.mostOfEach }
    let kept = isSmall ? workLeft / 2 : 0
    workLeft -= kept
    if let budget = model.budget { runWithin(budget: budget) } else { run() }
    workLeft += kept
    if isSmall { branch(columns) }
    nudge()
  }

  /// Has branch and bound look for better purchases and a better bound.
  private mutating func branch(_ columns: AccountColumns) {
    guard workLeft > 0, gap > Int128(bestCost / Self.leastGap) * Int128(model.grains) else { return }
    // Some is left for looks at what is found.
    let share = workLeft / 4 * 3
    var branching = AccountBranching(model, columns, best, cost: bestCost, work: share)
    branching.run()
    workLeft -= share - branching.workLeft
    take(branching.best)
    raise(bound: branching.proven >> AccountBounds.scale, at: bestPrice)
  }
}

/// Branch and bound over boxes of purchases.
struct AccountBranching {
  /// Nothing is looked for that is better by less than one part of so many.
  private static let tolerance = 400
  private static let mostRounds = 100
  /// How near to whole a number of the relaxation counts as whole.
  private static let whole = 1e-6
  /// Numbers of linear programmes that take as long as a price that is looked at.
  private static let numbers = 4
  /// What part of the cost is too little to divide a box for while the order of plans matters more.
  private static let slight = 1e-4
  /// At the first box, and at one of so many, a plan is made better and new cuts are looked for.
  private static let (polishEvery, cutEvery) = (16, 4)

  private let model: AccountModel
  private let columns: AccountColumns
  private let bounds: AccountBounds
  private let unit: Double
  private(set) var best: [AccountPlan.Purchase]
  private var bestCost: Int
  /// No purchases cost less, in 2^-scale grains.
  private(set) var proven: Int128 = 0
  private(set) var workLeft: Int
  private var cuts: AccountCuts
  private var open: [AccountBox] = []
  private var looks = 0

  init(
    _ model: AccountModel, _ columns: AccountColumns, _ best: [AccountPlan.Purchase], cost: Int, work: Int
  ) {
    self.model = model
    self.columns = columns
    self.best = best
    bestCost = cost
    bounds = AccountBounds(model: model, columns: columns)
    unit = max(1, Double(cost) * Double(model.grains))
    cuts = AccountCuts(bounds, unit: unit)
    workLeft = work
  }

  /// Searches until nothing noticeably better can be, or the work is done.
  mutating func run() {
    proven = scaled(bestCost)
    close(
      AccountBox(
        columns: columns.columns.map { 0...$0.most },
        groups: columns.groups.map { 0...$0.reduce(0) { $0 + columns.columns[$1].most } }))
    while let index = open.indices.min(by: { open[$0].bound < open[$1].bound }) {
      let box = open.remove(at: index)
      if box.bound >= enough || workLeft <= 0 {
        proven = min(proven, box.bound)
        break
      }
      divide(box)
    }
    proven = min(proven, scaled(bestCost))
  }

  /// A cost at the scale of bounds.
  private func scaled(_ cost: Int) -> Int128 { (Int128(cost) * Int128(model.grains)) << AccountBounds.scale }

  /// From this bound on, nothing noticeably better can be in a box.
  private var enough: Int128 { scaled(bestCost - bestCost / Self.tolerance) }

  // MARK: Boxes

  /// Keeps a box open when something better may be in it.
  private mutating func close(_ box: AccountBox) {
    var box = box
    guard bounds.isPossible(&box) else { return }
    if box.bound >= enough { proven = min(proven, box.bound) } else { open.append(box) }
  }

  /// Adds cuts until none is missing; nil when the relaxation has no solution. The box is narrowed.
  private mutating func relax(_ box: inout AccountBox) -> [Double]? {
    var programme = AccountProgramme(box, bounds, cuts, unit: unit)
    var known = Set(box.cuts)
    for _ in 0..<Self.mostRounds {
      let before = programme.work
      let isSolved = programme.solve()
      workLeft -= (programme.work - before) / Self.numbers
      guard isSolved else {
        // Weights for which all that a box holds costs more than is looked for prove it empty, if they do.
        if let weights = programme.impossibility {
          box.bound = max(box.bound, bounds.bound(box, weights, cuts.all).bound)
        }
        return nil
      }
      let (multipliers, solution) = (programme.multipliers, programme.solution)
      let (bound, reduced) = bounds.bound(box, multipliers, cuts.all)
      workLeft -= columns.columns.count * model.time.segments.count / Self.numbers
      box.cuts = multipliers.cuts.map(\.cut)
      box.bound = max(box.bound, bound)
      if box.bound >= enough { return solution.counts }
      let missing = missing(solution, known, box)
      if missing.isEmpty || workLeft <= 0 {
        // What is left out costs as much as that.
        proven = min(proven, enough)
        if !bounds.narrow(&box, bound: bound, reduced: reduced, below: enough) { box.bound = enough }
        return solution.counts
      }
      for index in missing { programme.add(index, cuts) }
      known.formUnion(missing)
    }
    return programme.solution.counts
  }

  /// Numbers of cuts that a solution lies below.
  private mutating func missing(
    _ solution: AccountProgramme.Solution, _ known: Set<Int>, _ box: AccountBox
  ) -> [Int] {
    let before = cuts.work
    defer { workLeft -= cuts.work - before }
    let found = cuts.known(missing: solution, but: known)
    guard found.isEmpty, box.isClose || looks % Self.cutEvery == 0 else { return found }
    let new = cuts.new(missing: solution)
    return new.isEmpty && box.isClose ? cuts.new(missing: solution, in: box) : new
  }

  // MARK: Division

  private mutating func divide(_ box: AccountBox) {
    var box = box
    guard let counts = relax(&box) else {
      proven = min(proven, box.bound)
      return
    }
    tryNear(counts)
    guard box.bound < enough else {
      proven = min(proven, box.bound)
      return
    }
    var place = place(counts, box)
    if place == nil, !box.isClose {
      // All is whole: what its purchases cost beyond the bound, the order of plans does, or spot.
      box.isClose = true
      return close(box)
    }
    place = place ?? widest(counts, box)
    guard let place else {
      proven = min(proven, box.bound)
      return
    }
    switch place {
    case .group(let group, let value):
      for part in Self.parts(box.groups[group], at: value) {
        var half = box
        half.groups[group] = part
        close(half)
      }
    case .column(let column, let value):
      for part in Self.parts(box.columns[column], at: value) {
        var half = box
        half.columns[column] = part
        close(half)
      }
    }
  }

  private static func parts(_ range: ClosedRange<Int>, at value: Double) -> [ClosedRange<Int>] {
    guard range.count > 1 else { return [range] }
    let middle = min(max(wholeNumber(value.rounded(.down)), range.lowerBound), range.upperBound - 1)
    return [range.lowerBound...middle, middle + 1...range.upperBound]
  }

  /// Of what a box leaves open, what costs most between its ends, at the middle of the larger side of a point.
  private func widest(_ counts: [Double], _ box: AccountBox) -> Place? {
    let widths = columns.columns.indices.map {
      Double(box.columns[$0].count - 1) * Double(columns.columns[$0].arc.cost)
    }
    guard let column = widths.indices.max(by: { widths[$0] < widths[$1] }), widths[column] > 0 else { return nil }
    let (low, high) = (Double(box.columns[column].lowerBound), Double(box.columns[column].upperBound))
    let end = counts[column] - low > high - counts[column] ? low : high
    return .column(column, (counts[column] + end) / 2)
  }

  private enum Place { case group(Int, Double), column(Int, Double) }

  /// Where a box is divided; nil where all is whole.
  private func place(_ counts: [Double], _ box: AccountBox) -> Place? {
    var (best, most): (Place?, Double) = (nil, Self.slight * unit)
    func consider(_ place: Place, _ value: Double, weight: Double) {
      let distance = abs(value - value.rounded())
      if distance > Self.whole, distance * weight > most { (best, most) = (place, distance * weight) }
    }
    for (index, group) in columns.groups.enumerated() {
      let value = group.reduce(0.0) { $0 + counts[$1] }
      let price = group.reduce(0.0) { $0 + Double(columns.columns[$1].arc.cost) } / Double(group.count)
      consider(.group(index, value), value, weight: 4 * price)
    }
    for (index, column) in columns.columns.enumerated() {
      consider(.column(index, counts[index]), counts[index], weight: Double(column.arc.cost))
    }
    return best
  }

  // MARK: Purchases

  /// Tries purchases near a point.
  private mutating func tryNear(_ counts: [Double]) {
    looks += 1
    let down = counts.map { wholeNumber(max(0, $0 + Self.whole).rounded(.down)) as Int }
    let nearest = counts.map { wholeNumber(max(0, $0).rounded()) as Int }
    take(nearest)
    if down != nearest { take(down) }
    if looks % Self.polishEvery == 1 { polish(down) }
  }

  private func purchases(_ counts: [Int]) -> [AccountPlan.Purchase] {
    zip(columns.columns, counts).filter { $1 > 0 }.map {
      AccountPlan.Purchase($0.arc.subject, hour: model.time.segments[$0.arc.window.from].start, count: $1)
    }
  }

  private mutating func take(_ counts: [Int]) {
    let bought = purchases(counts)
    guard model.isAffordable(bought) else { return }
    take(bought)
    if let budget = model.budget { take(model.spending(bought, budget: budget)) }
  }

  private mutating func take(_ purchases: [AccountPlan.Purchase]) {
    workLeft -= model.segmentStates * model.pools.count
    let cost = model.cost(of: purchases)
    if cost < bestCost, model.isAffordable(purchases) { (best, bestCost) = (purchases, cost) }
  }

  private mutating func polish(_ counts: [Int]) {
    var polish = AccountPolish(model, purchases(counts), isWithinBudget: true)
    polish.run(work: max(0, workLeft / 8))
    workLeft -= polish.work
    take(polish.purchases)
    if let budget = model.budget { take(model.spending(polish.purchases, budget: budget)) }
  }
}
