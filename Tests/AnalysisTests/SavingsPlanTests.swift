import Model
import TestSupport
import Testing

@testable import Analysis

// Scenarios: AWS Savings Plans user guide, "Understanding how Savings Plans apply to your AWS usage",
// <https://docs.aws.amazon.com/savingsplans/latest/userguide/sp-applying.html>, rates and amounts as there. In one hour
// run 4 r5.4xlarge, 1 m5.24xlarge, 400 vCPU and 1,600 GB of Fargate, and 1,500,000 GB-seconds of Lambda. Fargate and
// Lambda have no kind here: instance types of a made-up name stand for them, with their rates.

@Suite struct SavingsPlanTests {
  private let hour = period("2026-10-01T08:00:00Z", "2026-10-01T09:00:00Z")
  private let fleet = tinyFleet([tinyService("app", ["r5.4xlarge"]), tinyService("web", ["m5.large"])])

  /// On-demand rate, compute rate and EC2 instance rate of the guide's table; 22.50 + 0.20 of requests for Lambda.
  private func prices(_ change: (inout PriceBook) -> Void = { _ in }) throws -> Catalogue {
    try catalogue {
      $0.sell("r5.4xlarge", "1.00")
      $0.rate("r5.4xlarge", "0.70", computePlan)
      $0.rate("r5.4xlarge", "0.60", instancePlan)
      $0.sell("m5.24xlarge", "10.00")
      $0.rate("m5.24xlarge", "8.20", computePlan)
      $0.rate("m5.24xlarge", "7.80", instancePlan)
      $0.sell("fargate-vcpu.large", "0.04")
      $0.rate("fargate-vcpu.large", "0.03", computePlan)
      $0.sell("fargate-gb.large", "0.004")
      $0.rate("fargate-gb.large", "0.003", computePlan)
      $0.sell("lambda.large", "22.50")
      $0.rate("lambda.large", "19.125", computePlan)
      for type in ["r5.4xlarge", "m5.24xlarge", "fargate-vcpu.large", "fargate-gb.large", "lambda.large"] {
        $0.specify(type, vcpu: 2, milliGiB: 4000)
      }
      change(&$0)
    }
  }

  private var usage: [InstanceRun] {
    runs(4, of: "app", "r5.4xlarge", hour) + runs(1, of: "app", "m5.24xlarge", hour)
      + runs(400, of: "app", "fargate-vcpu.large", hour) + runs(1600, of: "app", "fargate-gb.large", hour)
      + runs(1, of: "app", "lambda.large", hour)
  }

  @Test("Without plans the usage of AWS's example costs 59.10, less the requests of Lambda")
  func withoutPlans() throws {
    // 4 + 10 + 400 × 0.04 + 1,600 × 0.004 + 22.50 = 58.90; AWS adds 0.20 for a million requests.
    #expect(try bill(usage).total == usd("58.90"))
  }

  @Test("Scenario 1 of AWS: a compute plan of 50.00 covers everything")
  func scenarioOne() throws {
    let bill = try bill(usage, plans: [savingsPlan("sp", "50.00")])
    // 4 × 0.70 + 8.20 + 12.00 + 4.80 + 19.125 = 46.925; AWS says 47.13 with 0.20 for requests, rounded up.
    #expect(bill.total { $0.option == .savingsPlan } == usd("46.925"))
    #expect(bill.total { $0.option == .savingsPlanUnused } == usd("3.075"))
    #expect(bill.total { $0.option == .onDemand } == .zero)
    #expect(bill.total == usd("50.00"))
  }

  @Test("Scenario 2 of AWS: 2.00 covers about 2.9 of the 4 r5.4xlarge, whose saving is the highest; 1.14 is on demand")
  func scenarioTwo() throws {
    let bill = try bill(usage, plans: [savingsPlan("sp", "2.00")])
    let plan = bill.items.filter { $0.option == .savingsPlan }
    // 2.00 / 0.70 = 2.857142... hours; the rest, 1.142857..., at 1.00.
    #expect(plan.map(\.item) == ["r5.4xlarge"])
    #expect(plan.map(\.quantity) == [decimal("2.8571")])
    #expect(plan.map(\.dollars) == [usd("2.00")])
    #expect(bill.total { $0.option == .onDemand && $0.item == "r5.4xlarge" } == usd("1.142857143"))
    // 10 + 16 + 6.40 + 22.50 = 54.90; AWS says 55.10 with the requests.
    #expect(bill.total { $0.option == .onDemand && $0.item != "r5.4xlarge" } == usd("54.90"))
  }

  @Test(
    "A database plan pays for databases as far as it reaches, and for nothing else; a compute plan for none of them")
  func databases() throws {
    let prices = try prices {
      $0.sell("db.r7g.large", "0.24")
      $0.rate("db.r7g.large", "0.195", databasePlan)
      $0.specify("db.r7g.large", vcpu: 2, milliGiB: 16_000)
    }
    let runs = runs(1, of: "app", "db.r7g.large", hour) + runs(1, of: "web", "r5.4xlarge", hour)
    let plan = HeldSavingsPlan(id: "d", term: databasePlan, hourly: usd("0.10"), started: instant("2026-02-01"))
    let bill = try bill(runs, plans: [savingsPlan("c", "0.70"), plan], catalogue: prices)
    // 0.10 / 0.195 of the hour by the plan, 0.487179487 of it at 0.24; 0.70 for the other instance.
    #expect(bill.items.filter { $0.option == .savingsPlan }.map(\.dollars).sorted() == [usd("0.10"), usd("0.70")])
    #expect(bill.total { $0.option == .onDemand } == usd("0.116923077"))
    #expect(bill.total { $0.option == .savingsPlanUnused } == .zero)
  }

  @Test("Scenario 3 of AWS: two reservations first, then 18.20 is exhausted by the rest of r5.4xlarge and Fargate")
  func scenarioThree() throws {
    let bill = try bill(
      usage, [commitment("ri", 2, "r5.4xlarge", at: "0.50")], plans: [savingsPlan("sp", "18.20")])
    // 2 × 0.70 + 12.00 + 4.80 = 18.20.
    #expect(
      bill.items.filter { $0.option == .savingsPlan }.map(\.item) == [
        "fargate-gb.large", "fargate-vcpu.large", "r5.4xlarge",
      ])
    #expect(bill.items.filter { $0.option == .savingsPlan }.map(\.dollars) == [usd("4.80"), usd("12.00"), usd("1.40")])
    #expect(!bill.items.contains { $0.option == .savingsPlanUnused })
    #expect(bill.total { $0.option == .onDemand } == usd("32.50"))
    #expect(bill.total { $0.option == .reserved } == usd("1.00"))
  }

  @Test("Scenario 4 of AWS: the EC2 instance plan covers r5 and keeps 0.60, the compute plan of 16.80 then Fargate")
  func scenarioFour() throws {
    // In the order of their start the compute plan would come first.
    let bill = try bill(
      usage, plans: [savingsPlan("compute", "16.80"), savingsPlan("r5", "3.00", family: "r5", from: "2026-03-01")])
    func of(_ id: String, _ option: PurchaseOption) -> Money {
      bill.total { $0.commitment == id && $0.option == option }
    }
    #expect(of("r5", .savingsPlan) == usd("2.40"))
    #expect(of("r5", .savingsPlanUnused) == usd("0.60"))
    #expect(of("compute", .savingsPlan) == usd("16.80"))
    #expect(of("compute", .savingsPlanUnused) == .zero)
    #expect(bill.total { $0.option == .onDemand } == usd("32.50"))
  }

  @Test("Of equal savings the lower rate comes first")
  func equalSavings() throws {
    // Both 25 % off; 3.00 of the vCPUs' 12.00 and the memory's 4.80.
    let bill = try bill(usage.filter { $0.type.hasPrefix("fargate") }, plans: [savingsPlan("sp", "3.00")])
    #expect(bill.items.filter { $0.option == .savingsPlan }.map(\.item) == ["fargate-gb.large"])
  }

  @Test("Usage without a rate at the plan's start, cache nodes and other families stay on demand")
  func notEligible() throws {
    let catalogue = try prices { book in
      book.reserved = []
      book.rate("m5.large", "0.05", computePlan, from: "2026-03-01")
      book.rate("cache.m5.large", "0.05", computePlan, engine: "linux")
      book.sell("cache.m5.large", "0.156")
    }
    let early = savingsPlan("early", "1.00", from: "2026-02-01")
    let running = runs(1, of: "web", "m5.large", hour) + runs(1, of: "web", "cache.m5.large", hour)
    #expect(!(try bill(running, plans: [early], catalogue: catalogue)).items.contains { $0.option == .savingsPlan })
    let other = savingsPlan("r5", "1.00", family: "r5")
    #expect(!(try bill(running, plans: [other], catalogue: catalogue)).items.contains { $0.option == .savingsPlan })
    let later = savingsPlan("later", "1.00", from: "2026-03-01")
    #expect(try bill(running, plans: [later], catalogue: catalogue).total { $0.option == .savingsPlan } == usd("0.05"))
  }

  @Test("A plan keeps the rate of its start; spot does not draw from it")
  func rateOfStart() throws {
    let catalogue = try prices { book in
      book.rate("m5.large", "0.06", computePlan)
      book.rate("m5.large", "0.05", computePlan, from: "2026-03-01")
      book.spot("m5.large", savings: 60)
    }
    let running = runs(1, of: "web", "m5.large", hour) + [run("s", of: "web", "m5.large", hour, .spot)]
    let bill = try bill(running, plans: [savingsPlan("sp", "1.00")], catalogue: catalogue)
    let line = try #require(bill.items.first { $0.option == .savingsPlan })
    #expect(line.dollars == usd("0.06"))
    #expect(line.quantity == decimal("1.0000"))
    #expect(line.price.item == .savingsPlan(type: "m5.large", computePlan, twin: nil))
    #expect(line.price.amount == usd("0.06") && line.price.since == instant("2026-01-01"))
    #expect(line.price.file == "test.csv")
    #expect(line.driver == .users)
  }

  @Test("A derived rate says so and names its reservation")
  func derived() throws {
    let catalogue = try prices {
      $0.reserved.append(reservedPrice("m5.large", "0.07", OfferTerm("convertible-1yr-no-upfront")!))
    }
    let bill = try bill(
      runs(1, of: "web", "m5.large", hour), plans: [savingsPlan("sp", "0.07")], catalogue: catalogue)
    let line = try #require(bill.items.first { $0.option == .savingsPlan })
    #expect(line.price.quality == .derived)
    let twin = OfferTerm("convertible-1yr-no-upfront")
    #expect(line.price.item == .savingsPlan(type: "m5.large", computePlan, twin: twin))
  }

  @Test("The lines of a plan add up to hours × commitment, and a plan that nobody draws from is unused")
  func addsUp() throws {
    let third = try prices { $0.rate("m5.large", "0.033333333", computePlan) }
    let running = [run("a", of: "web", "m5.large", period("2026-10-01T08:00:00Z", "2026-10-01T08:20:00Z"))]
    // A third of an hour at 0.033333333 is 0.011111111; the rest of 744 × 0.07.
    let bill = try bill(running, plans: [savingsPlan("sp", "0.07")], catalogue: third, over: october)
    #expect(bill.items.map(\.option) == [.savingsPlan, .savingsPlanUnused])
    #expect(bill.items.map(\.dollars) == [usd("0.011111111"), usd("52.068888889")])
    #expect(bill.total == usd("52.08"))
    #expect(bill.items[1].service == "savings-plans")
    #expect(bill.items[1].kind == .unusedCommitment)
    #expect(bill.items[1].price == PriceNote(.commitment(computePlan), usd("0.07"), since: instant("2026-02-01")))
    #expect(bill.instanceHours(of: "web") == decimal("0.3333"))
  }

  @Test("Surplus CPU credits are no usage that a plan pays for, however much of it is left")
  func surplusCredits() throws {
    let prices = try catalogue { $0.rate("t3.large", "0.05", computePlan) }
    let busy = run("a", of: "app", "t3.large", period("2026-10-01", "2026-10-31"))
    let grid = SampleGrid(period: october, stepSeconds: 3600)
    let load = samples("app", "a", .cpuPercent, on: grid) { $0 < 720 ? 40 : nil }
    let fleet = tinyFleet([tinyService("app", ["t3.large"])])
    let bill = try tinyEngine(fleet, prices, [load], inventory: [busy]).bill(
      FleetPlan(runs: [busy], commitments: [], savingsPlans: [savingsPlan("sp", "1.00")]), over: october)
    // 720 × 0.05 = 36.00; the credits as in BillingEngineTests; 744 - 36 is left.
    #expect(bill.items.map(\.option) == [.savingsPlan, .surplusCredits, .savingsPlanUnused])
    #expect(bill.items.map(\.cost) == [usd("36.00"), usd("7.20"), usd("708.00")])
  }

  @Test("Four instances of 15 minutes draw what one of an hour does; what an hour leaves helps no other")
  func hourOfBenefit() throws {
    let quarters = (0..<4).map { index in
      let start = hour.start.advanced(by: Int64(index) * 900)
      return run("q\(index)", of: "app", "r5.4xlarge", Period(start: start, end: start.advanced(by: 900)))
    }
    let two = Period(start: hour.start, end: hour.end.advanced(by: 3600))
    let bill = try bill(quarters + quarters, plans: [savingsPlan("sp", "0.70")], over: two)
    // Two hours' worth in the first hour: one on the plan, one on demand; the second hour's 0.70 is lost.
    #expect(bill.items.map(\.option) == [.onDemand, .savingsPlan, .savingsPlanUnused])
    #expect(bill.items.map(\.cost) == [usd("1.00"), usd("0.70"), usd("0.70")])
  }

  @Test("Usage without a rate is named under the bill, unless nothing of it is on demand")
  func unrated() throws {
    let running = runs(1, of: "web", "m5.large", hour) + runs(1, of: "web", "m5.xlarge", hour)
    let plan = savingsPlan("sp", "1.00", from: "2025-11-01")
    let bill = try bill(running, [commitment("ri", 1, "m5.xlarge", at: "0.1", zone: "us-east-1a")], plans: [plan])
    #expect(
      bill.incomplete == [.unrated(plan: "sp", computePlan, kind("m5.large"), since: instant("2025-11-01"))])
    #expect(try self.bill(running, plans: [savingsPlan("r5", "1.00", family: "r5")]).incomplete.isEmpty)
  }

  @Test("A plan that ends within the period is paid until then")
  func ends() throws {
    var plan = savingsPlan("sp", "1.00")
    plan.ended = instant("2026-10-01T08:30:00Z")
    #expect(
      try bill(runs(1, of: "app", "r5.4xlarge", hour), plans: [plan]).total { $0.commitment == "sp" } == usd("0.50"))
  }

  private func bill(
    _ runs: [InstanceRun], _ held: [PricedCommitment] = [], plans: [HeldSavingsPlan] = [],
    catalogue: Catalogue? = nil, over: Period? = nil
  ) throws -> Bill {
    let prices = try catalogue ?? self.prices()
    return try tinyEngine(fleet, prices).bill(
      FleetPlan(runs: runs, commitments: held, savingsPlans: plans), over: over ?? hour)
  }
}
