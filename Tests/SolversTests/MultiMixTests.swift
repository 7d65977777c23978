import TestSupport
import Testing

@testable import Solvers

@Suite struct MultiMixTests {
  @Test("A problem of the oracle costs at most 0.1 % more than the oracle says, and its bound is true")
  func oracle() throws {
    let fixtures = MixFixture.read("multi")
    #expect(fixtures.count == 3)
    for fixture in fixtures {
      let answer = try MultiMix.solve(fixture.families)
      #expect(Double(answer.cost) <= fixture.optimum.cost * 1.001 + 1, "\(fixture.id)")
      #expect(Double(answer.bound) <= fixture.optimum.cost + 1, "\(fixture.id)")
      #expect(Double(answer.bound) >= Double(answer.cost) * 0.999, "\(fixture.id)")
      let exact = priced(fixture.families, answer.purchase, cents: answer.savingsPlanCents!)
      #expect(abs(Double(answer.cost) - exact) < 0.51, "\(fixture.id)")
    }
  }

  @Test("A tiny problem costs what trying every purchase and plan finds", arguments: 0..<60)
  func bruteForce(seed: Int) throws {
    var random = SplitMix64(seed: seed)
    let problem = tinyFamilies(&random)
    let answer = try MultiMix.solve(problem)
    let names = problem.families.flatMap { family in family.problem.options.map { "\(family.name)/\($0.name)" } }
    var least = Double.infinity
    everyChoice(names.count, upTo: 2) { counts in
      guard cash(problem, counts) <= problem.budget else { return }
      for cents in 0...15 {
        least = min(least, priced(problem, Dictionary(uniqueKeysWithValues: zip(names, counts)), cents: cents))
      }
    }
    #expect(Double(answer.cost) <= least * (1 + 1e-8) + 1)
    #expect(Double(answer.bound) <= least + 1)
    #expect(Double(answer.bound) >= Double(answer.cost) * 0.999 - 1)
    #expect(cash(problem, names.map { answer.purchase[$0] ?? 0 }) <= problem.budget)
    #expect(abs(priced(problem, answer.purchase, cents: answer.savingsPlanCents!) - Double(answer.cost)) < 0.51)
  }

  @Test(
    "What branch and bound would leave open, the account's solver finds to half a per cent, with a bound that is true")
  func account() throws {
    for fixture in MixFixture.read("multi") {
      var search = MultiSearch(try MultiPlans(fixture.families))
      let bound = Double(search.ask(fixture.families, work: 3_200_000))
      let cost = Double(search.best.cost >> MultiCost.scale)
      #expect(bound <= fixture.optimum.cost + 1, "\(fixture.id)")
      #expect(cost <= fixture.optimum.cost * 1.005 && bound >= fixture.optimum.cost * 0.995, "\(fixture.id)")
    }
  }

  @Test("A plan that saves is committed to in whole cents, and one family's plan serves another's demand")
  func plan() throws {
    // Each family needs a unit in one of two hours: 2 cents on demand, 1 cent of plan. A cent for both hours costs 2
    // cents and saves 4.
    let families = [[1, 0], [0, 1]].enumerated().map { index, demand in
      MixFamily(
        name: "f\(index)", quantum: 1, problem: MixProblem(demand: demand, onDemand: 20_000, options: []),
        planRate: 10_000)
    }
    let answer = try MultiMix.solve(MultiProblem(families: families, budget: 0))
    #expect(answer == MixAnswer(cost: 20_000, purchase: [:], bound: answer.bound, savingsPlanCents: 1))
    #expect(answer.bound >= 19_999)
  }

  @Test("Families of different length and names that stand twice are refused")
  func faults() {
    func family(_ name: String, _ demand: [Int]) -> MixFamily {
      MixFamily(
        name: name, quantum: 1, problem: MixProblem(demand: demand, onDemand: 5, options: []), planRate: 4)
    }
    #expect(throws: ProblemFault(key: "b.demand", found: "1 hours", expected: "2")) {
      try MultiMix.solve(MultiProblem(families: [family("a", [1, 2]), family("b", [1])], budget: 0))
    }
    #expect(throws: ProblemFault(key: "families", found: "a name twice", expected: "a name for each family and option"))
    {
      try MultiMix.solve(MultiProblem(families: [family("a", [1]), family("a", [1])], budget: 0))
    }
  }

  /// Two families of at most 2 quanta, two options each, prices of some cents.
  private func tinyFamilies(_ random: inout SplitMix64) -> MultiProblem {
    let hours = random.number(1...3)
    let families = (0..<2).map { index in
      let price = random.number(8_000...20_000)
      let options = (0..<2).map { option in
        MixOption(
          name: "o\(option)", termHours: 10, upfront: 10 * random.number(0...4_000),
          hourly: random.number(2_000...9_000))
      }
      let problem = MixProblem(
        demand: (0..<hours).map { _ in random.number(0...2) }, onDemand: price, options: options,
        spot: SpotOffer(price: random.number(1_000...price), maxSharePercent: random.number(0...1) * 50),
        held: random.coin() ? [HeldUnits(units: 1, until: 1)] : [])
      return MixFamily(
        name: "f\(index)", quantum: random.number(1...2), problem: problem, planRate: price * random.number(5...9) / 10)
    }
    return MultiProblem(families: families, budget: random.number(0...120_000))
  }

  private func cash(_ problem: MultiProblem, _ counts: [Int]) -> Int {
    let upfront = problem.families.flatMap { family in family.problem.options.map { $0.upfront * family.quantum } }
    return zip(counts, upfront).reduce(0) { $0 + $1.0 * $1.1 }
  }

  /// What a purchase costs, hour by hour.
  private func priced(_ problem: MultiProblem, _ purchase: [String: Int], cents: Int) -> Double {
    var cost = Double(cents * 10_000 * problem.hours)
    var committed = [Int](repeating: 0, count: problem.families.count)
    for (index, family) in problem.families.enumerated() {
      for option in family.problem.options {
        let count = purchase["\(family.name)/\(option.name)"] ?? 0
        committed[index] += count
        cost += Double(count * family.quantum * option.rate * problem.hours)
      }
    }
    for hour in 0..<problem.hours {
      var items: [(price: Double, rate: Double, count: Double)] = []
      for (family, committed) in zip(problem.families, committed) {
        let part = family.problem
        let held = part.held.reduce(0) { hour < $1.until ? $0 + $1.units : $0 }
        let rest = max(0, part.demand[hour] - held - committed)
        let spot = part.spot.price < part.onDemand ? min(rest, part.demand[hour] * part.spot.maxSharePercent / 100) : 0
        let (unit, rate) = (Double(family.quantum), Double(family.planRate * family.quantum))
        items.append((Double(part.onDemand) * unit, rate, Double(rest - spot)))
        items.append((Double(part.spot.price) * unit, rate, Double(spot)))
      }
      cost += items.reduce(0) { $0 + $1.price * $1.count } - mostSaved(items, Double(cents * 10_000))
    }
    return cost
  }

  /// The most that a divisible plan saves.
  private func mostSaved(_ items: [(price: Double, rate: Double, count: Double)], _ plan: Double) -> Double {
    // A linear programme with one constraint is best in order of price / rate.
    var left = plan
    var saved = 0.0
    for item in items.sorted(by: { $0.price / $0.rate > $1.price / $1.rate }) {
      let covered = min(item.count, left / item.rate)
      saved += covered * item.price
      left -= covered * item.rate
    }
    return saved
  }
}
