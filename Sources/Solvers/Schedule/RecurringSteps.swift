// Few recurring actions that never fall below what each time of a week requires.
//
// What runs costs a unit for each slot, an action that recurs `actionCost` of them, whether it strikes on one day of
// the week or on all. Days that are treated alike share their actions: for each of some ways to group the days, every
// day of a group requires the most that any of them does at that time; the cheapest steps around that week
// (`WeeklyStepCapacity`, exact) are found for several costs of a step; and those that recur at one time with one
// capacity become one action. Of all of these the cheapest is taken; of equally cheap ones the one with the fewest
// actions, then the earlier in the order below.

/// A change of capacity at some times of the day, on some days of the week.
package struct RecurringStep: Hashable, Sendable {
  /// Slots of the day, ascending, all at the same place within their hours.
  package var times: [Int]
  /// Ascending, 0 for Monday.
  package var days: [Int]
  package var capacity: Int

  package init(times: [Int], days: [Int], capacity: Int) {
    self.times = times
    self.days = days
    self.capacity = capacity
  }
}

/// A week of capacity made of few recurring steps.
package struct RecurringSteps: Hashable, Sendable {
  /// By their first time, then by days; none where capacity never changes.
  package let steps: [RecurringStep]
  /// In each slot of the week, from Monday 00:00 on.
  package let capacity: [Int]
  /// Σ capacity + actionCost × steps.
  package let cost: Int

  /// How days may be treated alike, from all together to each by itself.
  private static let groupings: [[[Int]]] = [
    [[0, 1, 2, 3, 4, 5, 6]],
    [[0, 1, 2, 3, 4], [5, 6]],
    [[0, 1, 2, 3, 4], [5], [6]],
    [[0, 1, 2, 3, 4, 5], [6]],
    [[0], [1, 2, 3, 4], [5], [6]],
    [[0, 1, 2, 3], [4], [5], [6]],
    [[0], [1], [2], [3], [4], [5], [6]],
  ]

  /// The cheapest.
  /// - Parameters:
  ///   - required: of each slot of a week from Monday 00:00 on; a whole number of slots an hour.
  ///   - actionCost: slots of one unit that an action costs a week.
  ///   - most: actions that there may be.
  /// - Throws: `ProblemFault` for what ``ScheduleProblem/check()`` does not accept, and for another number of slots.
  package init(required: [Int], actionCost: Int, most: Int) throws(ProblemFault) {
    guard !required.isEmpty, required.count % 168 == 0 else {
      throw ProblemFault(
        key: "required", found: "\(required.count) slots", expected: "as many for each of the 168 hours of a week")
    }
    let slotsADay = required.count / 7
    var best: RecurringSteps?
    for groups in Self.groupings {
      let pooled = Self.pooled(required, groups, slotsADay)
      var tried: Set<[Int]> = []
      for cost in Self.stepCosts(actionCost) {
        let problem = ScheduleProblem(required: pooled, maximumChanges: pooled.count, changeCost: cost)
        let steps = try WeeklyStepCapacity(problem)
        guard tried.insert(steps.capacity).inserted else { continue }
        let candidate = RecurringSteps(steps, slotsADay: slotsADay, actionCost: actionCost)
        guard candidate.steps.count <= most else { continue }
        if best.map({ (candidate.cost, candidate.steps.count) < ($0.cost, $0.steps.count) }) ?? true {
          best = candidate
        }
      }
    }
    let highest = required.reduce(0, max)
    self =
      best
      ?? RecurringSteps(
        steps: [], capacity: required.map { _ in highest }, cost: highest * required.count)
  }

  private init(steps: [RecurringStep], capacity: [Int], cost: Int) {
    (self.steps, self.capacity, self.cost) = (steps, capacity, cost)
  }

  /// A step of a day counts as a part of an action that recurs on several; dearer ones give fewer.
  private static func stepCosts(_ actionCost: Int) -> [Int] {
    var costs: Set<Int> = []
    for part in [7, 5, 2, 1] { costs.insert(actionCost / part) }
    for times in [4, 16, 64] { costs.insert(min(ScheduleProblem.mostCapacity, actionCost * times)) }
    return costs.sorted()
  }

  private static func pooled(_ required: [Int], _ groups: [[Int]], _ slotsADay: Int) -> [Int] {
    var pooled = required
    for group in groups {
      for slot in 0..<slotsADay {
        let most = group.map { required[$0 * slotsADay + slot] }.reduce(0, max)
        for day in group { pooled[day * slotsADay + slot] = most }
      }
    }
    return pooled
  }

  /// The changes of a week as actions: those at one time with one capacity are one, and those on the same days at the
  /// same minute with one capacity too.
  private init(_ week: WeeklyStepCapacity, slotsADay: Int, actionCost: Int) {
    var days: [[Int]: [Int]] = [:]
    for change in week.changes {
      days[[change.capacity, change.slot % slotsADay], default: []].append(change.slot / slotsADay)
    }
    let slotsAnHour = slotsADay / 24
    var times: [[Int]: [Int]] = [:]
    for (key, on) in days { times[[key[0], key[1] % slotsAnHour] + on.sorted(), default: []].append(key[1]) }
    let steps = times.map { key, times in
      RecurringStep(times: times.sorted(), days: Array(key[2...]), capacity: key[0])
    }
    self.init(
      steps: steps.sorted { ($0.times[0], $0.days[0], $0.capacity) < ($1.times[0], $1.days[0], $1.capacity) },
      capacity: week.capacity, cost: week.capacity.reduce(0, +) + actionCost * steps.count)
  }
}
