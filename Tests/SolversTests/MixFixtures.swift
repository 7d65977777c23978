import Foundation
import Testing

@testable import Solvers

/// Problems of `mix_oracle.py gen --seed 2026` with the optimum that HiGHS found: `--hours 120` for `single`, `expiry`
/// and `budget`, 80 slots for `phased`, `--hours 48` for `multi`.
struct MixFixture: Decodable, Sendable, CustomTestStringConvertible {
  struct Optimum: Decodable, Sendable {
    /// Of `multi`, with a fraction of a micro-USD.
    var cost: Double
  }
  struct Option: Decodable, Sendable {
    var name: String
    var term_hours: Int
    var upfront: Int
    var hourly: Int
  }
  struct Spot: Decodable, Sendable {
    var price: Int?
    var price_per_unit: Int?
    var max_share_percent: Int
  }
  struct Held: Decodable, Sendable {
    var units: Int
    var until: Int
  }
  struct Family: Decodable, Sendable {
    var name: String
    var quantum: Int
    var demand_by_factor: [String: [Int]]
    var on_demand_per_unit: Int
    var options_per_unit: [Option]
    var spot: Spot
    var existing: [Held]
    var savings_plan_rate_per_unit: Int
  }
  struct Input: Decodable, Sendable {
    var hours: Int
    var slot_hours: Int?
    var month_hours: Int?
    var demand: [Int]?
    var on_demand: Int?
    var options: [Option]?
    var spot: Spot?
    var existing: [Held]?
    var upfront_budget: Int?
    var families: [Family]?
  }
  var id: String
  var input: Input
  var optimum: Optimum
  var testDescription: String { id }

  static func read(_ kind: String) -> [MixFixture] {
    let file = Bundle.module.url(forResource: "mix-\(kind)", withExtension: "jsonl", subdirectory: "Fixtures")!
    return try! String(contentsOf: file, encoding: .utf8).split(separator: "\n")
      .map { try! JSONDecoder().decode(MixFixture.self, from: Data($0.utf8)) }
  }

  /// Of a kind with one demand.
  var problem: MixProblem {
    MixProblem(
      demand: input.demand!, slotHours: input.slot_hours ?? 1, onDemand: input.on_demand!,
      options: Self.options(input.options!),
      spot: SpotOffer(price: input.spot!.price!, maxSharePercent: input.spot!.max_share_percent),
      held: input.existing!.map { HeldUnits(units: $0.units, until: $0.until) })
  }

  /// Of `multi`.
  var families: MultiProblem {
    let families = input.families!.map { family in
      let units = (0..<input.hours).map { hour in
        family.demand_by_factor.reduce(0) { $0 + Int($1.key)! * $1.value[hour] } / family.quantum
      }
      let problem = MixProblem(
        demand: units, onDemand: family.on_demand_per_unit, options: Self.options(family.options_per_unit),
        spot: SpotOffer(price: family.spot.price_per_unit!, maxSharePercent: family.spot.max_share_percent),
        held: family.existing.map { HeldUnits(units: $0.units / family.quantum, until: $0.until) })
      return MixFamily(
        name: family.name, quantum: family.quantum, problem: problem, planRate: family.savings_plan_rate_per_unit)
    }
    return MultiProblem(families: families, budget: input.upfront_budget!)
  }

  private static func options(_ options: [Option]) -> [MixOption] {
    options.map { MixOption(name: $0.name, termHours: $0.term_hours, upfront: $0.upfront, hourly: $0.hourly) }
  }
}

/// The bill of a demand with so many units committed in each slot, slot by slot as the model is stated.
func billed(_ problem: MixProblem, committed: [Int]) -> Int {
  var cost = 0
  for (slot, demand) in problem.demand.enumerated() {
    let held = problem.held.reduce(0) { slot * problem.slotHours < $1.until ? $0 + $1.units : $0 }
    let rest = max(0, demand - held - committed[slot])
    let spot = problem.spot.price < problem.onDemand ? min(rest, demand * problem.spot.maxSharePercent / 100) : 0
    cost += problem.slotHours * (spot * problem.spot.price + (rest - spot) * problem.onDemand)
  }
  return cost
}

/// Every way to choose so many whole numbers from 0 up to a limit.
func everyChoice(_ count: Int, upTo limit: Int, _ body: ([Int]) -> Void) {
  var choice = [Int](repeating: 0, count: count)
  func choose(_ place: Int) {
    guard place < count else { return body(choice) }
    for number in 0...limit {
      choice[place] = number
      choose(place + 1)
    }
  }
  choose(0)
}
