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
  func oracle(problem: Problem) throws {
    let input = problem.input
    let steps = try solved(input.required, input.max_changes, input.change_cost)
    #expect(steps.cost == problem.optimum.cost)
    expectValid(steps, input.required, input.max_changes, input.change_cost)
  }

  @Test("A small ring costs what trying every capacity finds", arguments: 0..<200)
  func bruteForce(seed: Int) throws {
    var random = SplitMix64(seed: seed)
    let required = (0..<random.number(1...6)).map { _ in random.number(0...3) }
    let (changes, cost): (Int, Int) = (random.number(0...6), random.number(0...3))
    let steps = try solved(required, changes, cost)
    #expect(steps.cost == cheapest(required, changes, cost))
    expectValid(steps, required, changes, cost)
  }

  @Test("Without changes the whole week runs its maximum")
  func flat() throws {
    let steps = try solved([1, 4, 2], 0, 1)
    #expect(steps.capacity == [4, 4, 4] && steps.cost == 12 && steps.changes.isEmpty)
  }

  @Test("A window that crosses the week's end is one window")
  func wraps() throws {
    // 3 at both ends, 1 between: two changes, 4 × 3 + 4 × 1 + 2 × 1 = 18.
    let steps = try solved([3, 3, 1, 1, 1, 1, 3, 3], 2, 1)
    #expect(steps.capacity == [3, 3, 1, 1, 1, 1, 3, 3])
    #expect(steps.cost == 18)
    #expect(steps.changes.map(\.slot) == [2, 6])
  }

  @Test("Of several that cost the same one is taken, by the rule", arguments: 0..<300)
  func ties(seed: Int) throws {
    var random = SplitMix64(seed: seed)
    let required = (0..<random.number(1...8)).map { _ in random.number(0...2) }
    let (most, cost): (Int, Int) = (random.number(0...8), random.number(0...3))
    let steps = try solved(required, most, cost)
    // Every set of slots at which the capacity may change; each part then runs its own maximum.
    let cut = required.firstIndex(of: required.max() ?? 0) ?? 0
    let ring = Array(required[cut...] + required[..<cut])
    var best: (cost: Int, changes: [Int])?
    for mask in 0..<(1 << ring.count) {
      let changes = ring.indices.filter { mask >> $0 & 1 == 1 }
      let capacity = parts(of: ring, at: changes)
      guard changes == capacity.indices.filter({ capacity[$0] != capacity[($0 + ring.count - 1) % ring.count] }),
        changes.count <= most
      else { continue }
      let sum = capacity.reduce(0, +) + cost * changes.count
      // The last change before the cut first; the cut itself, where a week may rise to its largest, is the week's end.
      let order = changes.map { $0 == 0 ? ring.count : $0 }.sorted(by: >)
      guard let old = best else {
        best = (sum, order)
        continue
      }
      let isEarlier = order.lexicographicallyPrecedes(old.changes)
      if (sum, order.count) < (old.cost, old.changes.count)
        || (sum, order.count) == (old.cost, old.changes.count) && isEarlier
      {
        best = (sum, order)
      }
    }
    let taken = steps.changes.map { ($0.slot - cut + ring.count) % ring.count }.map { $0 == 0 ? ring.count : $0 }
    #expect(taken.sorted(by: >) == best?.changes)
  }

  @Test("However many changes are allowed, one more never costs more, and no limit costs what as many as slots do")
  func limits() throws {
    var random = SplitMix64(seed: 7)
    let required = (0..<60).map { _ in random.number(0...9) }
    var last = Int.max
    for most in 0...60 {
      let steps = try solved(required, most, 3)
      expectValid(steps, required, most, 3)
      #expect(steps.cost <= last)
      last = steps.cost
    }
    // Free changes follow the requirement.
    #expect(try solved(required, 60, 0).capacity == required)
  }

  @Test(
    "A problem out of bounds says which number is, and what it may be",
    arguments: [
      ([], 1, 1, "required: found 0 slots, expected from 1 to 10080, the minutes of a week"),
      (
        [Int](repeating: 1, count: 10_081), 1, 1,
        "required: found 10081 slots, expected from 1 to 10080, the minutes of a week"
      ),
      ([1, -1], 1, 1, "required: found -1 in slot 1, expected whole numbers from 0 to 1000000000000"),
      (
        [1, .max], 1, 1, "required: found 9223372036854775807 in slot 1, expected whole numbers from 0 to 1000000000000"
      ),
      ([1], 1, -1, "change_cost: found -1, expected a whole number from 0 to 1000000000000"),
      ([1], -1, 1, "max_changes: found -1, expected a whole number that is not negative"),
      (
        [Int](repeating: 1, count: 10_080), 30, 1,
        "max_changes: found 30, expected at most 29 of 10080 slots, or 10080 for no limit"
      ),
    ] as [([Int], Int, Int, String)])
  func bounds(required: [Int], changes: Int, cost: Int, message: String) throws {
    let fault = #expect(throws: ProblemFault.self) { try solved(required, changes, cost) }
    #expect(fault.map { "\($0.key): found \($0.found), expected \($0.expected)" } == message)
  }

  @Test("The largest numbers of the largest week add up")
  func largest() throws {
    let most = ScheduleProblem.mostCapacity
    let required = (0..<ScheduleProblem.mostSlots).map { $0 < 2 ? 0 : most }
    let steps = try solved(required, ScheduleProblem.mostSlots, most)
    // Two changes cost what two slots without any save, so that none is made.
    #expect(steps.cost == most * ScheduleProblem.mostSlots && steps.changes.isEmpty)
  }

  private func solved(_ required: [Int], _ changes: Int, _ cost: Int) throws -> WeeklyStepCapacity {
    try WeeklyStepCapacity(ScheduleProblem(required: required, maximumChanges: changes, changeCost: cost))
  }

  /// The capacity of a ring that begins with its largest, when it may change at some slots.
  private func parts(of ring: [Int], at changes: [Int]) -> [Int] {
    guard let first = changes.first else { return ring.map { _ in ring.max() ?? 0 } }
    var capacity = ring
    for (index, start) in changes.enumerated() {
      let end = index + 1 < changes.count ? changes[index + 1] : first + ring.count
      let most = (start..<end).map { ring[$0 % ring.count] }.max() ?? 0
      for slot in start..<end { capacity[slot % ring.count] = most }
    }
    return capacity
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
