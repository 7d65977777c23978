import TestSupport
import Testing

@testable import Solvers

@Suite struct BudgetMixTests {
  @Test("A problem of the oracle costs what the oracle says, proven", arguments: MixFixture.read("budget"))
  func oracle(fixture: MixFixture) throws {
    let answer = try BudgetMix.solve(fixture.problem, budget: fixture.input.upfront_budget!)
    #expect(Double(answer.cost) == fixture.optimum.cost)
    #expect(answer.bound == answer.cost)
    #expect(cash(fixture.problem, answer) <= fixture.input.upfront_budget!)
  }

  @Test("A tiny problem costs what trying every purchase within the budget finds", arguments: 0..<500)
  func bruteForce(seed: Int) throws {
    var random = SplitMix64(seed: seed)
    let problem = tinyMix(&random, slotHours: 1)
    let budget = random.number(0...60)
    let answer = try BudgetMix.solve(problem, budget: budget)
    var least = Int.max
    everyChoice(problem.options.count, upTo: 4) { counts in
      let cash = zip(counts, problem.options).reduce(0) { $0 + $1.0 * $1.1.upfront }
      if cash <= budget { least = min(least, bought(problem, counts)) }
    }
    #expect(answer.cost == least)
    #expect(answer.bound == least)
    #expect(bought(problem, problem.options.map { answer.purchase[$0.name] ?? 0 }) == least)
    #expect(cash(problem, answer) <= budget)
  }

  @Test("What the budget does not allow is bought for less upfront")
  func mixed() throws {
    // Three units always needed for ten hours at 10. `up` costs 4 an hour with 20 upfront (2 + 2), `none` 5 with
    // nothing.
    let problem = MixProblem(
      demand: [Int](repeating: 3, count: 10), onDemand: 10,
      options: [
        MixOption(name: "none", termHours: 10, upfront: 0, hourly: 5),
        MixOption(name: "up", termHours: 10, upfront: 20, hourly: 2),
      ])
    let answer = try BudgetMix.solve(problem, budget: 45)
    #expect(answer.purchase == ["none": 1, "up": 2])
    #expect(answer.cost == 50 + 80)
    #expect(try BudgetMix.solve(problem, budget: 60).purchase == ["up": 3])
    #expect(try BudgetMix.solve(problem, budget: 0).purchase == ["none": 3])
  }

  private func cash(_ problem: MixProblem, _ answer: MixAnswer) -> Int {
    problem.options.reduce(0) { $0 + $1.upfront * (answer.purchase[$1.name] ?? 0) }
  }
}
