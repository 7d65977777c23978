import TestSupport
import Testing

@testable import Solvers

@Suite struct PhasedMixTests {
  @Test("A problem of the oracle costs what the oracle says", arguments: MixFixture.read("phased"))
  func oracle(fixture: MixFixture) throws {
    let answer = try PhasedMix.solve(fixture.problem, monthHours: fixture.input.month_hours!)
    #expect(Double(answer.cost) == fixture.optimum.cost)
    #expect(priced(fixture.problem, fixture.input.month_hours!, answer.purchase) == answer.cost)
  }

  @Test("A tiny problem costs what trying every plan finds, terms and slots that are no parts of months included")
  func bruteForce() throws {
    for seed in 0..<300 {
      var random = SplitMix64(seed: seed)
      var problem = tinyMix(&random, slotHours: random.number(1...3))
      problem.options = Array(problem.options.prefix(2))
      let monthHours = random.number(max(1, (problem.hours + 2) / 3)...max(2, problem.hours))
      let names = problem.options.flatMap { option in (0..<problem.hours / monthHours).map { "\(option.name)@\($0)" } }
      // Enough to cover the highest level of 4 only where plans are few.
      let limit = names.count <= 3 ? 4 : names.count <= 4 ? 3 : 2
      let most = limit == 4 ? 4 : limit
      problem.demand = problem.demand.map { min($0, most) }
      var least = Int.max
      everyChoice(names.count, upTo: limit) { counts in
        least = min(least, priced(problem, monthHours, Dictionary(uniqueKeysWithValues: zip(names, counts))))
      }
      let answer = try PhasedMix.solve(problem, monthHours: monthHours)
      #expect(answer.cost == least, "seed \(seed)")
      #expect(priced(problem, monthHours, answer.purchase) == answer.cost, "seed \(seed)")
    }
  }

  @Test("A commitment is bought when demand begins, and cut at the horizon it is charged for its part")
  func late() throws {
    // Nothing for two months of ten hours, then one unit for one month: 10 of the 30 hours of the term at 3.
    let problem = MixProblem(
      demand: [Int](repeating: 0, count: 20) + [Int](repeating: 1, count: 10), onDemand: 10,
      options: [MixOption(name: "a", termHours: 30, upfront: 0, hourly: 3)])
    let answer = try PhasedMix.solve(problem, monthHours: 10)
    #expect(answer.purchase == ["a@2": 1])
    #expect(answer.cost == 30)
  }

  @Test("Months that are no hours are refused")
  func faults() {
    let problem = MixProblem(demand: [1], onDemand: 10, options: [])
    #expect(throws: ProblemFault(key: "month_hours", found: "0", expected: "at least 1")) {
      try PhasedMix.solve(problem, monthHours: 0)
    }
  }

  /// What a plan costs, by the words of the model.
  private func priced(_ problem: MixProblem, _ monthHours: Int, _ purchase: [String: Int]) -> Int {
    var committed = [Int](repeating: 0, count: problem.demand.count)
    var cost = 0
    for (key, count) in purchase {
      let parts = key.split(separator: "@")
      let option = problem.options.first { $0.name == parts[0] }!
      let start = Int(parts[1])! * monthHours
      let end = min(problem.hours, start + option.termHours)
      cost += count * option.rate * (end - start)
      // Every slot of which the term has any hour.
      for slot in committed.indices where slot * problem.slotHours < end && (slot + 1) * problem.slotHours > start {
        committed[slot] += count
      }
    }
    return cost + billed(problem, committed: committed)
  }
}
