import Model
import TestSupport
import Testing

@testable import Analysis

/// What a bill does where the book lacks prices.
@Suite struct MissingPricesTests {
  private let fleet = tinyFleet([tinyService("app", ["m5.large"]), tinyService("db", ["m5.xlarge"])]) {
    $0.charges = [tinyCharge("widgets", price: "acme/widget", units: 1)]
  }
  /// One of a type with a price, one of a type without, one on spot of a type without an estimate.
  private let plan = FleetPlan(
    runs: [
      run("a", of: "app", "m5.large", october), run("b", of: "app", "x9.large", october),
      run("c", of: "db", "m5.xlarge", october, .spot),
    ])

  @Test("All prices that a bill lacks are named at once, in the order of their kinds")
  func atOnce() throws {
    let error = try #require(failure { () throws(DataError) in _ = try engine().bill(plan, over: october) })
    let found = ([error] + error.further).map(\.found)
    #expect(error.kind == .missingInput && found.count == 3)
    #expect(found[0].hasPrefix("no on-demand price of x9.large (linux) in us-east-1"))
    #expect(found[1].hasPrefix("no spot estimate of m5.xlarge"))
    #expect(found[2].hasPrefix("no price of acme/widget in us-east-1"))
  }

  @Test("Where that is allowed the rest is billed, and what is missing is named: no line of it costs nothing")
  func allowed() throws {
    var engine = try engine()
    engine.allowsUnpriced = true
    let bill = try engine.bill(plan, over: october)
    // 744 × 0.096.
    #expect(bill.items.map(\.item) == ["m5.large"] && bill.total == usd("71.424"))
    #expect(
      bill.missingPrices.map(\.subject) == [
        .onDemand(kind("x9.large")), .spot(kind("m5.xlarge")), .unit("acme/widget", region: "us-east-1"),
      ])
  }

  @Test("A reservation without a price covers what it covers, and what it costs is missing")
  func reservation() throws {
    let held = commitment("ri-1", 1, "m5.large", at: "0.05").commitment
    let missing = MissingPrice(
      .reserved(kind("m5.large"), oneYear), since: held.started,
      DataError(Place(file: "price book"), found: "no price", expected: "one", kind: .missingInput))
    var plan = FleetPlan(runs: runs(2, of: "app", "m5.large", october))
    plan.commitments = [PricedCommitment(commitment: held, of: kind("m5.large"), without: missing)]
    var engine = try engine(charges: false)
    let error = failure { () throws(DataError) in _ = try engine.bill(plan, over: october) }
    #expect(error == MissingPrice.error(naming: [missing]))
    engine.allowsUnpriced = true
    let bill = try engine.bill(plan, over: october)
    // One of the two stays on demand: 744 × 0.096; the other is covered at an unknown price.
    #expect(bill.items.map(\.option) == [.onDemand] && bill.total == usd("71.424"))
    #expect(bill.missingPrices == [missing])
  }

  @Test("What is fully reserved needs no on-demand price")
  func covered() throws {
    var plan = FleetPlan(runs: runs(1, of: "app", "x9.large", october))
    plan.commitments = [commitment("ri-1", 1, "x9.large", at: "0.05")]
    // 744 × 0.05.
    #expect(try engine(charges: false).bill(plan, over: october).total == usd("37.20"))
  }

  @Test("A bill made from another one's parts misses what the bill from scratch misses")
  func parts() throws {
    var engine = try engine()
    engine.allowsUnpriced = true
    var other = plan
    other.setType("y9.large", of: tinyService("db", ["y9.large"]))
    let parts = try engine.parts(of: other, from: try engine.parts(of: plan, over: october))
    #expect(engine.bill(parts) == (try engine.bill(other, over: october)))
    other.setType("m5.large", of: tinyService("app", ["m5.large"]))
    let whole = try engine.parts(of: other, from: parts)
    #expect(engine.bill(whole) == (try engine.bill(other, over: october)))
    #expect(whole.missingPrices.count == 2)
  }

  @Test("Windows is charged surplus credits at its own rate, and where the book lacks that none stands in")
  func windows() throws {
    let fleet = tinyFleet([tinyService("app", ["t3.large"]) { $0.engine = "windows" }])
    let ran = run("a", of: "app", "t3.large", period("2026-10-01", "2026-10-31"))
    let cpu = samples("app", "a", .cpuPercent, on: SampleGrid(period: october, stepSeconds: 3600)) {
      $0 < 720 ? 40 : nil
    }
    func bill(_ change: (inout PriceBook) -> Void) throws(DataError) -> Bill {
      var book = PriceBook.few
      book.sell("t3.large", "0.1108", engine: "windows")
      change(&book)
      return try tinyEngine(fleet, try Catalogue(book), [cpu], inventory: [ran]).bill(
        FleetPlan(runs: [ran]), over: october)
    }
    let rate = try bill { $0.sellUnit("ec2/surplus-credits-windows", "0.096", unit: "vcpu-hour", region: "") }
    let line = try #require(rate.items.first { $0.option == .surplusCredits })
    #expect(line.price.amount == usd("0.096"))
    // 720 h × (0.8 - 0.6) vCPU = 144 vCPU-hours × 0.096.
    #expect(line.cost == usd("13.824"))
    let error = failure { () throws(DataError) in _ = try bill { _ in } }
    #expect(error?.found.hasPrefix("no price of ec2/surplus-credits-windows in us-east-1") == true)
  }

  private func engine(charges: Bool = true) throws(DataError) -> BillingEngine {
    var fleet = fleet
    if !charges { fleet.charges = [] }
    return tinyEngine(fleet, try Catalogue(.few))
  }
}
