// Which options make up the commitments of each family, under one budget, and the best plan beside them.

/// An option of a family.
struct MultiColumn {
  var family: Int
  var name: String
  /// Of a quantum over the horizon, micro-USD.
  var cost: Int
  /// Upfront, micro-USD.
  var cash: Int
}

/// The columns of a problem, and whole plans made of them.
struct MultiPlans {
  /// By family, rising in cash, falling in cost.
  let columns: [MultiColumn]
  let byFamily: [Range<Int>]
  let budget: Int
  let cost: MultiCost
  /// The steps along the lower convex hull of each family, those that save most for their cash first.
  private let exchanges: [(Int, Int)]

  /// A whole plan.
  struct Plan {
    /// Quanta of each column.
    var counts: [Int]
    var cents: Int
    /// In 2^-MultiCost.scale micro-USD.
    var cost: Int128
    /// How often the cost of all hours was worked out to find it.
    var evaluations = 0
  }

  init(_ problem: MultiProblem) throws(ProblemFault) {
    cost = try MultiCost(problem)
    budget = problem.budget
    var columns: [MultiColumn] = []
    var ranges: [Range<Int>] = []
    for (index, family) in problem.families.enumerated() {
      let start = columns.count
      let affordable = family.problem.options.filter { $0.upfront <= problem.budget / family.quantum }
      for option in BudgetMix.undominated(affordable) {
        columns.append(
          MultiColumn(
            family: index, name: "\(family.name)/\(option.name)", cost: option.rate * family.quantum * problem.hours,
            cash: option.upfront * family.quantum))
      }
      ranges.append(start..<columns.count)
    }
    (self.columns, byFamily) = (columns, ranges)
    exchanges = Self.exchanges(columns, ranges)
  }

  /// Committed quanta of each family.
  func committed(_ counts: [Int]) -> [Int] { byFamily.map { $0.reduce(0) { $0 + counts[$1] } } }

  /// A good choice of options for so many quanta of each family; nil when the budget does not allow any.
  ///
  /// All begin as the option of least cash; then what saves most for its cash is exchanged first, and at the end single
  /// quanta, as long as there is cash for any.
  func counts(_ committed: [Int]) -> [Int]? {
    var counts = [Int](repeating: 0, count: columns.count)
    var cash = Int128(budget)
    for (family, count) in committed.enumerated() where count > 0 {
      guard let first = byFamily[family].first else { return nil }
      counts[first] = count
      cash -= Int128(count) * Int128(columns[first].cash)
    }
    guard cash >= 0 else { return nil }
    for (from, to) in exchanges {
      let more = Int128(columns[to].cash - columns[from].cash)
      let count = min(counts[from], Int(min(cash / more, Int128(Int.max))))
      counts[from] -= count
      counts[to] += count
      cash -= Int128(count) * more
    }
    while let (from, to) = singleExchange(counts, cash) {
      counts[from] -= 1
      counts[to] += 1
      cash -= Int128(columns[to].cash - columns[from].cash)
    }
    return counts
  }

  private static func exchanges(_ columns: [MultiColumn], _ byFamily: [Range<Int>]) -> [(Int, Int)] {
    /// True when an exchange saves less for its cash than another.
    func saves(_ from: Int, _ to: Int, less other: Int, _ target: Int) -> Bool {
      let (first, second) = (columns[from].cost - columns[to].cost, columns[other].cost - columns[target].cost)
      let (cash, otherCash) = (columns[to].cash - columns[from].cash, columns[target].cash - columns[other].cash)
      return Int128(first) * Int128(otherCash) < Int128(second) * Int128(cash)
    }
    var steps: [(Int, Int)] = []
    for range in byFamily {
      var from = range.lowerBound
      while let to = (from + 1..<max(from + 1, range.upperBound)).min(by: { saves(from, $1, less: from, $0) }) {
        steps.append((from, to))
        from = to
      }
    }
    return steps.sorted { saves($1.0, $1.1, less: $0.0, $0.1) }
  }

  /// Of the exchanges of one quantum that there is cash for, the one that saves most.
  private func singleExchange(_ counts: [Int], _ cash: Int128) -> (Int, Int)? {
    var best: (Int, Int)?
    var most = 0
    for range in byFamily {
      for from in range where counts[from] > 0 {
        for to in from + 1..<max(from + 1, range.upperBound) where Int128(columns[to].cash - columns[from].cash) <= cash
        {
          let saving = columns[from].cost - columns[to].cost
          if saving > most { (best, most) = ((from, to), saving) }
        }
      }
    }
    return best
  }

  /// The plan of these counts with the best savings plan, found from a guess on: the cost is convex in the cents.
  func plan(_ counts: [Int], near guess: Int) -> Plan {
    let committed = committed(counts)
    var evaluated: [Int: Int128] = [:]
    func value(_ cents: Int) -> Int128 {
      if let known = evaluated[cents] { return known }
      let value = cost.cost(committed, cents: cents)
      evaluated[cents] = value
      return value
    }
    var cents = min(max(0, guess), cost.mostCents)
    for direction in [1, -1] {
      var step = 1
      while step > 0 {
        let next = cents + direction * step
        if next >= 0, next <= cost.mostCents, value(next) < value(cents) {
          cents = next
          step *= 2
        } else {
          step /= 2
        }
      }
    }
    var total = value(cents)
    for (count, column) in zip(counts, columns) { total += Int128(count) * Int128(column.cost) << MultiCost.scale }
    return Plan(counts: counts, cents: cents, cost: total, evaluations: evaluated.count)
  }
}
