// Goals are looked for with the bill engine itself: a coarse grid first, since a larger type may make more users cheaper, then
// halves of the last stretch that crosses the limit.

import Advice
import Analysis
import Model

/// Looks for what a month allows.
struct GoalSeeker {
  let study: Study
  /// What is changed whatever is found.
  let base: Scenario
  let before: Outcome

  /// The base with a change of demand where its kind belongs.
  private func scenario(_ change: some PlanChange) -> Scenario {
    let place = changeKinds.firstIndex { $0.kind == Change(change).kind } ?? 0
    let index = base.changes.firstIndex { own in
      (changeKinds.firstIndex { $0.kind == own.kind } ?? 0) > place
    }
    var changes = base.changes
    changes.insert(Change(change), at: index ?? changes.count)
    return Scenario(changes)
  }

  func bill(_ scenario: Scenario) throws(DataError) -> Bill {
    study.context.engine.bill(try study.billed(scenario, from: before))
  }

  /// So many numbers of a grid are tried at once; where none of them holds, none behind them is tried.
  private static let stretch = 12

  /// The largest number up to a greatest of which something holds, and those below it of which it was seen not to.
  /// - Parameter grid: numbers in order that are tried first; the first stretch behind the last that holds is halved.
  private func largest(
    on grid: [Int], _ holds: @Sendable (Int) throws(DataError) -> Bool
  ) throws(DataError) -> (most: Int?, failing: [Int]) {
    var held: [Bool] = []
    // A change of type makes a fleet cheaper, but not by so much that it comes back after a whole stretch.
    while held.count < grid.count, held.suffix(Self.stretch).contains(true) || held.count < Self.stretch {
      held += try grid.dropFirst(held.count).prefix(Self.stretch).map { $0 }.concurrentMap { number throws(DataError) in
        try holds(number)
      }
    }
    guard let last = held.lastIndex(of: true) else { return (nil, []) }
    var low = grid[last]
    let failing = zip(grid, held).prefix(last).filter { !$0.1 }.map(\.0)
    guard last + 1 < grid.count else { return (low, failing) }
    var high = grid[last + 1]
    while high - low > 1 {
      let middle = low + (high - low) / 2
      if try holds(middle) { low = middle } else { high = middle }
    }
    return (low, failing)
  }

  // MARK: Users

  func users(within budget: Money) throws(DataError) -> GoalAnswer.FoundUsers {
    if let other = base.changes.first(where: { $0.change is PeakUsers }) {
      throw DataError(
        Place(parameter: Parameter(PeakUsers.option.name)),
        found: "\"\(other.change.optionText)\" beside users to be found",
        expected: "one of the two", kind: .usage)
    }
    // Twelve to a tenfold, so that no change of type is stepped over by much.
    var grid: [Int] = []
    var next = 1.0
    while next < Double(PeakUsers.most) {
      grid.append(wholeNumber(next.rounded()))
      next = max(next + 1, next * 1.21)
    }
    grid = (grid + [PeakUsers.most]).eachOnce()
    @Sendable func cost(_ users: Int) throws(DataError) -> Money { try bill(scenario(PeakUsers(users))).total }
    let found = try largest(on: grid) { users throws(DataError) in try cost(users) <= budget }
    return GoalAnswer.FoundUsers(
      budget: budget, peak: try study.context.peakUsers(), most: found.most,
      cost: try found.most.map { users throws(DataError) in try cost(users) },
      costOfOneMore: try found.most.flatMap { users throws(DataError) in
        users < PeakUsers.most ? try cost(users + 1) : nil
      }, dearer: found.failing)
  }

  // MARK: Growth

  func growth() throws(DataError) -> GoalAnswer.FoundGrowth {
    @Sendable func used(_ permille: Int) throws(DataError) -> (bought: Double, unused: Double, cost: Money) {
      let bill = try bill(permille == 0 ? base : scenario(UniformGrowth(permille: permille)))
      return (bill.hours(of: [.onDemand, .spot]), bill.hours(of: [.reservedUnused]), bill.total)
    }
    let today = try used(0)
    let grid = [
      0, 1, 2, 5, 10, 20, 35, 50, 75, 100, 150, 200, 300, 400, 500, 700, 1_000, 1_500, 2_000, 3_000, 5_000, 9_000,
    ]
    let most =
      try largest(on: grid) { permille throws(DataError) in
        try used(permille).bought <= today.bought + 1e-6
      }.most ?? 0
    let then = try used(most)
    return GoalAnswer.FoundGrowth(
      permille: most, unusedToday: today.unused, unusedThen: then.unused, boughtToday: today.bought,
      boughtThen: then.bought, costToday: today.cost, cost: then.cost)
  }
}

/// Demand that is so many thousandths more, for what is looked for alone.
private struct UniformGrowth: DemandChange {
  var permille: Int

  init(permille: Int) { self.permille = permille }

  static let kind = MonthlyGrowth.kind
  static let option = MonthlyGrowth.option
  init?(optionText: String) { nil }
  var optionText: String { "\(permille)" }
  var words: String { "demand \(permille) thousandths more" }
  func demand(_ context: some ChangeContext) throws(DataError) -> Demand {
    Demand(DemandFactor(1000 + Int64(permille), 1000))
  }
}

extension Bill {
  /// Hours of instances that are paid for in some ways.
  fileprivate func hours(of options: Set<PurchaseOption>) -> Double {
    items.filter { options.contains($0.option) && $0.unit == "instance-hour" }.reduce(0) { $0 + $1.quantity.double }
  }
}
