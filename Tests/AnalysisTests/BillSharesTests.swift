import Analysis
import Model
import TestSupport
import Testing

/// A bill told by instance.
@Suite struct BillSharesTests {
  @Test(
    "Whatever runs, wherever and for whomever, the shares of a line add up to it, and those of all tags to the bill",
    arguments: 0..<40)
  func addUp(seed: Int) throws {
    var random = SplitMix64(seed: 9_100 + seed)
    let sum = IndependentFleetBill(&random)
    let owned = sum.runs.map { run in
      var run = run
      run.account = [nil, "111111111111", "222222222222"].randomElement(using: &random) ?? nil
      run.tags = ["a", "b", "c"].filter { _ in random.coin() }.prefix(1).map { ResourceTag("team", $0) }
      return run
    }
    let services = IndependentFleetBill.services.map { name in
      tinyService(name, IndependentFleetBill.types) { if name == "win" { $0.engine = "windows" } }
    }
    let engine = tinyEngine(
      tinyFleet(services) { if seed % 3 == 0 { $0.discounts = percentOff("7.5") } },
      try Catalogue(sum.book), [], inventory: owned, history: IndependentFleetBill.days.start)
    let plan = FleetPlan(
      runs: owned, commitments: seed % 2 == 0 ? sum.held : [], savingsPlans: seed % 5 == 0 ? sum.plans : [])
    let bill = try engine.bill(plan, over: IndependentFleetBill.days)
    let shares = engine.shares(of: bill, plan)
    for (line, item) in bill.items.enumerated() {
      #expect(shares.filter { $0.line == line }.reduce(Money.zero) { $0 + $1.cost } == item.cost, "\(item)")
    }
    var byTag: [String?: Money] = [:]
    for share in shares { byTag[share.run?.tag("team"), default: .zero] += share.cost }
    #expect(byTag.values.reduce(.zero, +) == bill.total)
    // What instances cost is told of an instance, whose service and type it is.
    let ofInstances: Set<PurchaseOption> = [.onDemand, .reserved, .savingsPlan, .spot, .spotRework]
    for share in shares where ofInstances.contains(bill.items[share.line].option) && share.cost != .zero {
      let item = bill.items[share.line]
      #expect(share.run?.service == item.service && share.run?.type == item.item)
    }
    let turned = FleetPlan(runs: owned.reversed(), commitments: plan.commitments, savingsPlans: plan.savingsPlans)
    #expect(Set(engine.shares(of: bill, turned)) == Set(shares), "the order of instances changes shares")
  }

  @Test("A line is split by how long each ran while its price held")
  func halves() throws {
    var book = PriceBook.few
    book.sell("m5.large", "0.192", from: "2026-10-16T12:00:00Z")
    // 15.5 days at 0.096, 15.5 days at twice that: one runs all month, one in the second half alone.
    let runs = [
      run("a", of: "app", "m5.large", october),
      run("b", of: "app", "m5.large", period("2026-10-16T12:00:00Z", "2026-11-01")),
    ]
    let engine = tinyEngine(tinyFleet([tinyService("app", ["m5.large"])]), try Catalogue(book))
    let plan = FleetPlan(runs: runs)
    let bill = try engine.bill(plan, over: october)
    var byName: [String?: Money] = [:]
    for share in engine.shares(of: bill, plan) { byName[share.run?.resource, default: .zero] += share.cost }
    // 372 h x 0.096 + 372 h x 0.192 = 35.712 + 71.424; b: 71.424.
    #expect(byName == ["a": usd("107.136"), "b": usd("71.424")])
  }
}
