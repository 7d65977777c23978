import Foundation
import TestSupport
import Testing

@testable import Solvers

@Suite struct WeeklyStepCapacityTests {
  /// A problem and its optimum from an independent solver: `schedule_oracle.py gen --slots 168 --seed 11`, a dynamic
  /// programme checked against HiGHS.
  struct Problem: Decodable, Sendable, CustomTestStringConvertible {
    struct Input: Decodable, Sendable {
      var required: [Int]
      var max_changes: Int
      var change_cost: Int
    }
    struct Optimum: Decodable, Sendable { var cost: Int }
    var id: String
    var input: Input
    var optimum: Optimum
    var testDescription: String { id }
  }

  static let problems: [Problem] = {
    let file = Bundle.module.url(forResource: "schedule-168", withExtension: "jsonl", subdirectory: "Fixtures")!
    return try! String(contentsOf: file, encoding: .utf8).split(separator: "\n")
      .map { try! JSONDecoder().decode(Problem.self, from: Data($0.utf8)) }
  }()

  @Test("There are thirty oracle problems")
  func present() { #expect(Self.problems.count == 30) }

  @Test("A week of the oracle costs what the oracle says", arguments: problems)
  func oracle(problem: Problem) {
    let input = problem.input
    let steps = WeeklyStepCapacity(
      required: input.required, maximumChanges: input.max_changes, changeCost: input.change_cost)
    #expect(steps.cost == problem.optimum.cost)
    expectValid(steps, input.required, input.max_changes, input.change_cost)
  }

  @Test("A small ring costs what trying every capacity finds", arguments: 0..<200)
  func bruteForce(seed: Int) {
    var random = SplitMix64(seed: seed)
    let required = (0..<random.number(1...6)).map { _ in random.number(0...3) }
    let (changes, cost): (Int, Int) = (random.number(0...6), random.number(0...3))
    let steps = WeeklyStepCapacity(required: required, maximumChanges: changes, changeCost: cost)
    #expect(steps.cost == cheapest(required, changes, cost))
    expectValid(steps, required, changes, cost)
  }

  @Test("Without changes the whole week runs its maximum")
  func flat() {
    let steps = WeeklyStepCapacity(required: [1, 4, 2], maximumChanges: 0, changeCost: 1)
    #expect(steps.capacity == [4, 4, 4] && steps.cost == 12 && steps.changes.isEmpty)
  }

  @Test("A window that crosses the week's end is one window")
  func wraps() {
    // 3 at both ends, 1 between: two changes, 4 × 3 + 4 × 1 + 2 × 1 = 18.
    let steps = WeeklyStepCapacity(required: [3, 3, 1, 1, 1, 1, 3, 3], maximumChanges: 2, changeCost: 1)
    #expect(steps.capacity == [3, 3, 1, 1, 1, 1, 3, 3])
    #expect(steps.cost == 18)
    #expect(steps.changes.map(\.slot) == [2, 6])
  }

  private func expectValid(_ steps: WeeklyStepCapacity, _ required: [Int], _ changes: Int, _ cost: Int) {
    #expect(zip(steps.capacity, required).allSatisfy { $0 >= $1 })
    #expect(steps.changes.count <= changes)
    #expect(steps.capacity.reduce(0, +) + cost * steps.changes.count == steps.cost)
  }

  /// Every capacity of 0 ... 3 in every slot.
  private func cheapest(_ required: [Int], _ maximum: Int, _ changeCost: Int) -> Int {
    var best = Int.max
    var capacity = required
    func place(_ slot: Int) {
      guard slot < required.count else {
        let changes = capacity.indices.count { capacity[$0] != capacity[($0 + 1) % capacity.count] }
        if changes <= maximum { best = min(best, capacity.reduce(0, +) + changeCost * changes) }
        return
      }
      for level in required[slot]...3 {
        capacity[slot] = level
        place(slot + 1)
      }
    }
    place(0)
    return best
  }
}
