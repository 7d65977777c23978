import Analysis
import Model
import TestSupport
import Testing

/// A bill that is made again only where a plan differs, beside one that is made afresh.
@Suite struct BillPartsTests {
  @Test("However a plan is changed, its bill in parts is the bill made afresh, line by line", arguments: 0..<40)
  func rebilled(seed: Int) throws {
    var random = SplitMix64(seed: 7_000 + seed)
    let sum = IndependentFleetBill(&random)
    let services = IndependentFleetBill.services.map { name in
      tinyService(name, IndependentFleetBill.types) { if name == "win" { $0.engine = "windows" } }
    }
    let engine = tinyEngine(
      tinyFleet(services) { if seed % 3 == 0 { $0.discounts = percentOff("7.5") } },
      try Catalogue(sum.book), [], inventory: sum.runs, history: IndependentFleetBill.days.start)
    var plan = FleetPlan(runs: sum.runs)
    var parts = try engine.parts(of: plan, over: IndependentFleetBill.days)
    for _ in 0..<6 {
      change(&plan, sum, &random)
      parts = try engine.parts(of: plan, from: parts)
      let afresh = try engine.bill(plan, over: IndependentFleetBill.days)
      #expect(engine.bill(parts) == afresh)
      #expect(parts.total == afresh.total)
      for service in IndependentFleetBill.services { #expect(parts.total(of: service) == afresh.total(of: service)) }
    }
  }

  @Test("Two bills differ in the prices of the lines that only one of them has")
  func prices() throws {
    let engine = tinyEngine(
      tinyFleet(["app", "web"].map { tinyService($0, ["m5.large"]) }), try catalogue(), [], inventory: [],
      history: october.start)
    var plan = FleetPlan(runs: runs(1, of: "app", "m5.large", october) + runs(1, of: "web", "m5.large", october))
    let before = try engine.parts(of: plan, over: october)
    plan.setType("m5.xlarge", of: tinyService("app", ["m5.xlarge"]))
    let after = try engine.parts(of: plan, from: before)
    #expect(
      before.pricesDiffering(from: after).map(\.item) == [.onDemand(type: "m5.large"), .onDemand(type: "m5.xlarge")])
    #expect(before.pricesDiffering(from: before) == [])
  }

  /// One of the ways in which advice and what-ifs change a plan.
  private func change(_ plan: inout FleetPlan, _ sum: IndependentFleetBill, _ random: inout SplitMix64) {
    let service = IndependentFleetBill.services.randomElement(using: &random)!
    switch Int.random(in: 0...5, using: &random) {
    case 0:
      let type = IndependentFleetBill.types.randomElement(using: &random)!
      plan.setType(type, of: tinyService(service, [type]))
    case 1: plan.setRuns(plan.runs(of: service).dropLast(), of: service)
    case 2: plan.setRuns(sum.runs.filter { $0.service == service }, of: service)
    case 3: plan.commitments = Bool.random(using: &random) ? sum.held : []
    case 4: plan.savingsPlans = Bool.random(using: &random) ? sum.plans : []
    default:
      guard let held = sum.held.randomElement(using: &random) else { return }
      var planned = held
      planned.commitment.id = "planned-\(plan.commitments.count)"
      planned.isPlanned = true
      plan.commitments.append(planned)
    }
  }
}
