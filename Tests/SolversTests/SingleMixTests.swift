import TestSupport
import Testing

@testable import Solvers

@Suite struct SingleMixTests {
  @Test("A problem of the oracle costs what the oracle says", arguments: ["single", "expiry"])
  func oracle(kind: String) throws {
    let fixtures = MixFixture.read(kind)
    #expect(fixtures.count == 4)
    for fixture in fixtures {
      let answer = try SingleMix.solve(fixture.problem)
      #expect(Double(answer.cost) == fixture.optimum.cost, "\(fixture.id)")
      #expect(answer.bound == answer.cost)
    }
  }

  @Test("A tiny problem costs what trying every purchase finds", arguments: 0..<300)
  func bruteForce(seed: Int) throws {
    var random = SplitMix64(seed: seed)
    let problem = tinyMix(&random, slotHours: 1)
    let answer = try SingleMix.solve(problem)
    var least = Int.max
    everyChoice(problem.options.count, upTo: 4) { least = min(least, bought(problem, $0)) }
    #expect(answer.cost == least)
    #expect(bought(problem, problem.options.map { answer.purchase[$0.name] ?? 0 }) == answer.cost)
  }

  @Test("A level is bought when it saves more than it costs, and not when it saves as much")
  func threshold() throws {
    // Ten hours at 10: level 1 saves 100, level 2 in 6 hours 60, level 3 in 5 hours 50. A unit costs 6 × 10 = 60.
    let problem = MixProblem(
      demand: [3, 3, 3, 3, 3, 2, 1, 1, 1, 1], onDemand: 10,
      options: [MixOption(name: "a", termHours: 100, upfront: 200, hourly: 4)])
    let answer = try SingleMix.solve(problem)
    #expect(answer.purchase == ["a": 1])
    // 60 for the unit, 60 + 50 for the levels that are left.
    #expect(answer.cost == 170)
  }

  @Test("Demand in the thousands of millions takes no more room than small demand")
  func sparse() throws {
    let problem = MixProblem(
      demand: [3_000_000_000, 1_000_000_000], onDemand: 10,
      options: [MixOption(name: "a", termHours: 10, upfront: 0, hourly: 6)])
    // Two hours: below 10^9 a unit saves 20 and costs 12, above it saves 10.
    let answer = try SingleMix.solve(problem)
    #expect(answer.purchase == ["a": 1_000_000_000])
    #expect(answer.cost == 12_000_000_000 + 20_000_000_000)
  }

  @Test("A bill beyond Int64, negative numbers and a name that stands twice are refused")
  func faults() {
    func fault(_ change: (inout MixProblem) -> Void) -> ProblemFault? {
      var problem = MixProblem(
        demand: [1, 2], onDemand: 10, options: [MixOption(name: "a", termHours: 10, upfront: 0, hourly: 6)])
      change(&problem)
      do throws(ProblemFault) {
        _ = try SingleMix.solve(problem)
        return nil
      } catch { return error }
    }
    #expect(fault { _ in } == nil)
    #expect(fault { $0.demand = [.max, 1] }?.key == "demand")
    #expect(fault { $0.slotHours = .max }?.key == "slot_hours")
    #expect(
      fault { $0.demand = [-1] } == ProblemFault(key: "demand", found: "-1", expected: "at least 0"))
    #expect(fault { $0.spot.maxSharePercent = 101 }?.expected == "from 0 to 100")
    #expect(fault { $0.options[0].termHours = 0 }?.key == "a.term_hours")
    #expect(
      fault {
        $0.options[0].hourly = .max; $0.options[0].upfront = .max
      }?.key == "a.hourly")
    #expect(fault { $0.options += $0.options }?.found == "\"a\" twice")
    // Held without end in sum covers everything.
    #expect(fault { $0.held = [HeldUnits(units: .max, until: .max), HeldUnits(units: .max, until: 1)] } == nil)
  }
}

/// A demand of at most 4, one to three options, spot and held commitments.
func tinyMix(_ random: inout SplitMix64, slotHours: Int) -> MixProblem {
  let slots = random.number(1...6)
  return MixProblem(
    demand: (0..<slots).map { _ in random.number(0...4) }, slotHours: slotHours, onDemand: random.number(5...12),
    options: (0..<random.number(1...3)).map { index in
      let term = random.number(1...8)
      return MixOption(
        name: "o\(index)", termHours: term, upfront: term * random.number(0...5), hourly: random.number(0...5))
    },
    spot: SpotOffer(price: random.number(0...14), maxSharePercent: random.number(0...3) * 25),
    held: (0..<random.number(0...2)).map { _ in
      HeldUnits(units: random.number(0...2), until: random.number(0...slots * slotHours + 2))
    })
}

/// What a demand costs with so many units of each option for the whole horizon.
func bought(_ problem: MixProblem, _ counts: [Int]) -> Int {
  let total = counts.reduce(0, +)
  let rates = zip(counts, problem.options).reduce(0) { $0 + $1.0 * ($1.1.hourly + $1.1.upfront / $1.1.termHours) }
  return rates * problem.demand.count * problem.slotHours
    + billed(problem, committed: [Int](repeating: total, count: problem.demand.count))
}
