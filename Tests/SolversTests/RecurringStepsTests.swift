import Solvers
import TestSupport
import Testing

/// Recurring actions around a week.
@Suite struct RecurringStepsTests {
  private static let hoursADay = 24

  @Test("What is needed at the same time of every day is two actions")
  func daily() throws {
    let required = (0..<168).map { (9..<17).contains($0 % 24) ? 4 : 1 }
    let steps = try RecurringSteps(required: required, actionCost: 4, most: 8)
    let all = Array(0..<7)
    #expect(
      steps.steps == [
        RecurringStep(times: [9], days: all, capacity: 4), RecurringStep(times: [17], days: all, capacity: 1),
      ])
    #expect(steps.capacity == required)
    // 7 × (8 × 4 + 16 × 1), and two actions at 4.
    #expect(steps.cost == 7 * 48 + 8)
  }

  @Test("Weekdays alone open and close on weekdays")
  func weekdays() throws {
    let required = (0..<168).map { $0 < 120 && (9..<17).contains($0 % 24) ? 4 : 1 }
    let steps = try RecurringSteps(required: required, actionCost: 4, most: 8)
    #expect(steps.steps.map(\.days) == [[0, 1, 2, 3, 4], [0, 1, 2, 3, 4]])
    #expect(steps.capacity == required)
  }

  @Test("Two windows of a day with the same levels share their actions")
  func twice() throws {
    let required = (0..<168).map { [8, 9, 18, 19].contains($0 % 24) ? 4 : 1 }
    let steps = try RecurringSteps(required: required, actionCost: 4, most: 8)
    #expect(steps.steps.map(\.times) == [[8, 18], [10, 20]])
  }

  @Test("An action that costs more than it saves is not made")
  func dear() throws {
    let required = (0..<168).map { $0 == 30 ? 4 : 3 }
    let steps = try RecurringSteps(required: required, actionCost: 100, most: 8)
    #expect(steps.steps.isEmpty && steps.capacity.allSatisfy { $0 == 4 })
  }

  @Test("A week of another number of slots is refused", arguments: [0, 100, 169])
  func slots(count: Int) {
    #expect(throws: ProblemFault.self) {
      try RecurringSteps(required: [Int](repeating: 1, count: count), actionCost: 4, most: 8)
    }
  }

  @Test(
    "Of random weeks: never below what is required, within the number, played from its actions alone, and no dearer than one level"
  )
  func random() throws {
    var random = SplitMix64(seed: 20)
    for _ in 0..<200 {
      let levels = 1 + random.number(0...(6 - 1))
      let required = (0..<168).map { _ in random.number(0...(8 - 1)) == 0 ? 1 + random.number(0...(levels - 1)) : 1 }
      let (cost, most) = (random.number(0...(30 - 1)), 2 + random.number(0...(8 - 1)))
      let steps = try RecurringSteps(required: required, actionCost: cost, most: most)
      #expect(zip(steps.capacity, required).allSatisfy { $0 >= $1 })
      #expect(steps.steps.count <= most)
      #expect(steps.cost == steps.capacity.reduce(0, +) + cost * steps.steps.count)
      #expect(steps.cost <= 168 * (required.max() ?? 0))
      if !steps.steps.isEmpty { #expect(played(steps.steps) == steps.capacity) }
    }
  }

  /// The capacity of each hour, from the actions alone: the last that struck, in the week before too.
  private func played(_ steps: [RecurringStep]) -> [Int] {
    var at: [Int: Int] = [:]
    for step in steps {
      for day in step.days { for time in step.times { at[day * 24 + time] = step.capacity } }
    }
    let hours = (0..<168).reversed().first { at[$0] != nil }
    var held = hours.flatMap { at[$0] } ?? 0
    return (0..<168).map { hour in
      held = at[hour] ?? held
      return held
    }
  }
}
