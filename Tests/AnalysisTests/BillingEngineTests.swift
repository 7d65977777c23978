import Foundation
import Model
import TestSupport
import Testing

@testable import Analysis

@Suite struct BillingEngineTests {
  private let fleet = tinyFleet([tinyService("app", ["m5.large"]), tinyService("db", ["m5.xlarge"])])

  @Test("October has 744 hours, and each is billed")
  func wholeMonth() throws {
    let bill = try bill(runs(2, of: "app", "m5.large", october))
    // 2 × 744 × 0.096 = 142.848.
    #expect(bill.items.map(\.option) == [.onDemand])
    #expect(bill.items[0].quantity == ScaledDecimal(mantissa: 1488_0000, scale: 4))
    #expect(bill.total == usd("142.848"))
    #expect(bill.instanceHours(of: "app") == ScaledDecimal(mantissa: 1488_0000, scale: 4))
  }

  @Test("A part of an hour is billed by the second")
  func partialHour() throws {
    // 1 h 0 min 1 s = 3,601 s × 0.096 / 3600 = 0.096026666..., half-even at the nano-dollar.
    let bill = try bill([run("a", of: "app", "m5.large", period("2026-10-03T10:30:00Z", "2026-10-03T11:30:01Z"))])
    #expect(bill.total == usd("0.096026667"))
  }

  @Test("What ran before or after the period is not in its bill")
  func clipped() throws {
    var run = run("a", of: "app", "m5.large", period("2026-09-01", "2026-12-01"))
    run.stopped = nil
    #expect(try bill([run]).total == usd("71.424"))
  }

  @Test("A price change in mid-month splits the line, and each part names its own price row")
  func priceChange() throws {
    let catalogue = try catalogue { $0.sell("m5.large", "0.10", from: "2026-10-15", file: "new.csv") }
    let bill = try bill(runs(1, of: "app", "m5.large", october), catalogue: catalogue)
    // 14 days × 24 × 0.096 = 32.256; 17 × 24 × 0.10 = 40.80.
    #expect(bill.items.map(\.cost) == [usd("32.256"), usd("40.80")])
    #expect(bill.items.map(\.price.confirmed) == [instant("2026-01-01"), instant("2026-10-15")])
    #expect(bill.items[1].price.item == .onDemand(type: "m5.large"))
    #expect(bill.items[1].price.amount == usd("0.10") && bill.items[1].price.file == "new.csv")
  }

  @Test("An unpriced instance is an error, never free")
  func unpriced() throws {
    let error = failure { () throws(DataError) in
      _ = try tinyEngine(fleet, emptyCatalogue).bill(
        FleetPlan(runs: runs(1, of: "app", "m5.large", october), commitments: []), over: october)
    }
    #expect(error?.kind == .missingInput)
  }

  @Test("Half a c4.xlarge covered by a c4.large: two lines, the larger part at each price")
  func halfCovered() throws {
    let catalogue = try catalogue {
      $0.sell("c4.xlarge", "0.20")
      $0.specify("c4.xlarge", vcpu: 4, milliGiB: 7500)
    }
    let bill = try bill(
      runs(1, of: "app", "c4.xlarge", october), [commitment("ri", 1, "c4.large", at: "0.06")], catalogue: catalogue)
    // On demand 744 / 2 × 0.20 = 74.40; reserved 744 × 0.06 = 44.64 for 372 hours of an xlarge.
    #expect(bill.items.map(\.option) == [.onDemand, .reserved])
    #expect(bill.items.map(\.cost) == [usd("74.40"), usd("44.64")])
    #expect(bill.items.map(\.quantity.mantissa) == [372_0000, 372_0000])
    #expect(bill.items[1].commitment == "ri")
  }

  @Test("What a commitment pays for and nobody uses is a line of its own")
  func unused() throws {
    let first = period("2026-10-01", "2026-10-11")
    let bill = try bill(
      runs(1, of: "app", "m5.large", first), [commitment("ri", 2, "m5.large", at: "0.06", upfront: "87.60")])
    // Effective 0.06 + 87.60 / 8760 = 0.07. Used 240 h = 16.80; unused 2 × 744 - 240 = 1,248 h = 87.36.
    #expect(bill.items.map(\.option) == [.reserved, .reservedUnused])
    #expect(bill.items.map(\.cost) == [usd("16.80"), usd("87.36")])
    #expect(bill.items.map(\.quantity.mantissa) == [240_0000, 1248_0000])
    #expect(bill.items[1].service == "app")
  }

  @Test("Spot is on-demand less the estimate, and the work lost is a line of its own")
  func spot() throws {
    let catalogue = try catalogue { $0.spot("m5.large", savings: 60) }
    let bill = try bill([run("s", of: "app", "m5.large", october, .spot)], catalogue: catalogue)
    // 744 × 0.096 × 40 % = 28.5696; 5 % of it again = 1.42848.
    #expect(bill.items.map(\.option) == [.spot, .spotRework])
    #expect(bill.items.map(\.cost) == [usd("28.5696"), usd("1.42848")])
    #expect(bill.items.allSatisfy { $0.price.quality == .derived })
    // It rests on the on-demand price too, whose age counts beside its own.
    for basis in bill.items.map(\.price.basis) {
      #expect(basis.map(\.item) == [.onDemand(type: "m5.large")] && basis.map(\.amount) == [usd("0.096")])
    }
  }

  @Test("Spot runs at the estimate in force when it runs, however old the on-demand price is")
  func spotEstimateInForce() throws {
    let catalogue = try catalogue {
      $0.spot("m5.large", savings: 60, from: "2026-02-01")
      $0.spot("m5.large", savings: 50, from: "2026-09-01")
    }
    let bill = try bill([run("s", of: "app", "m5.large", october, .spot)], catalogue: catalogue)
    // 744 × 0.096 × 50 % = 35.712.
    #expect(bill.items.first?.cost == usd("35.712"))
  }

  @Test("Surplus credits of a burstable instance are billed beside its hours")
  func surplus() throws {
    let grid = SampleGrid(period: october, stepSeconds: 3600)
    let run = run("a", of: "app", "t3.large", period("2026-10-01", "2026-10-31"))
    let busy = samples("app", "a", .cpuPercent, on: grid) { $0 < 720 ? 40 : nil }
    let engine = tinyEngine(fleet, try catalogue(), [busy], inventory: [run])
    let bill = try engine.bill(FleetPlan(runs: [run], commitments: []), over: october)
    // 720 h × (0.8 - 0.6) vCPU = 144 vCPU-hours × 0.05 = 7.20, the last day's at the stop.
    let line = try #require(bill.items.first { $0.option == .surplusCredits })
    #expect(line.cost == usd("7.20"))
    #expect(line.quantity.mantissa == 144_0000)
  }

  @Test("CPU percentages of different scales use what they say")
  func surplusOfMixedScales() throws {
    let grid = SampleGrid(period: october, stepSeconds: 3600)
    let run = run("a", of: "app", "t3.large", period("2026-10-01", "2026-10-31"))
    // 40 as 40 and as 40.0000000000000000: the bill of the test above.
    let hours = (0..<720).map { grid.instant($0).seconds }
    let busy = Series(
      key: SeriesKey(service: "app", resource: "a", metric: .cpuPercent), instants: hours,
      mantissas: hours.indices.map { $0 % 2 == 0 ? 40 : 400_000_000_000_000_000 },
      scales: hours.indices.map { $0 % 2 == 0 ? 0 : 16 })
    let engine = tinyEngine(fleet, try catalogue(), [busy], inventory: [run])
    let bill = try engine.bill(FleetPlan(runs: [run], commitments: []), over: october)
    #expect(bill.items.first { $0.option == .surplusCredits }?.cost == usd("7.20"))
  }

  @Test("A changed plan shares the measured load evenly")
  func evenLoad() throws {
    let grid = SampleGrid(period: october, stepSeconds: 3600)
    let busy = runs(1, of: "app", "t3.large", period("2026-10-01", "2026-10-31"))
    let engine = tinyEngine(
      fleet, try catalogue(), [samples("app", "app-1", .cpuPercent, on: grid) { $0 < 720 ? 40 : nil }], inventory: busy)
    var plan = FleetPlan(runs: busy, commitments: [])
    plan.setRuns(runs(2, of: "app", "t3.large", period("2026-10-01", "2026-10-31")), of: "app")
    // 0.8 vCPU over two instances is 0.4 each, below the baseline of 0.6.
    #expect(try engine.bill(plan, over: october).items.allSatisfy { $0.option != .surplusCredits })
  }

  @Test("Lines come in the fleet's order of services, then option, then item")
  func order() throws {
    let running = runs(1, of: "db", "m5.xlarge", october) + runs(1, of: "app", "m5.large", october)
    let bill = try bill(running, [commitment("ri", 1, "m5.xlarge", at: "0.1", of: "db")])
    #expect(bill.services == ["app", "db"])
    #expect(bill.total == bill.total(of: "app") + bill.total(of: "db"))
  }

  @Test("A random October is what hour-by-hour arithmetic in Foundation's Decimal makes of it", arguments: 0..<40)
  func independent(seed: Int) throws {
    var random = SplitMix64(seed: seed)
    let sum = IndependentBill(&random)
    let catalogue = try catalogue { book in
      book.sell("m5.large", sum.before.description, from: "2026-10-01")
      book.sell("m5.large", sum.after.description, from: "2026-10-\(sum.changeDay)")
    }
    let bill = try bill(sum.runs, [sum.held], catalogue: catalogue)
    #expect(bill.total { $0.option == .onDemand } == sum.onDemand)
    #expect(bill.total { $0.option == .reserved } == sum.reserved)
    #expect(bill.total { $0.option == .reservedUnused } == sum.unused)
    #expect(bill.total == bill.items.reduce(.zero) { $0 + $1.cost })
  }

  @Test(
    "A random fleet with reservations and savings plans is what brute force in Decimal makes of it", arguments: 0..<60)
  func independentFleet(seed: Int) throws {
    var random = SplitMix64(seed: seed)
    let sum = IndependentFleetBill(&random)
    let fleet = tinyFleet(
      IndependentFleetBill.services.map { name in
        tinyService(name, ["m5.large"]) { $0.engine = name == "win" ? "windows" : "linux" }
      })
    let bill = try tinyEngine(fleet, try Catalogue(sum.book)).bill(
      FleetPlan(runs: sum.runs, commitments: sum.held, savingsPlans: sum.plans), over: IndependentFleetBill.days)
    var lines: [String: Money] = [:]
    for item in bill.items where item.dollars != .zero {
      lines["\(item.option.rawValue) \(item.service) \(item.item) \(item.commitment ?? "-")", default: .zero] +=
        item.dollars
    }
    #expect(lines == sum.lines)
    for plan in sum.plans {
      #expect(bill.total { $0.commitment == plan.id } == Money(nanoDollars: plan.hourly.nanoDollars * 72))
    }
    // All were bought earlier: 72 of 8,760 hours of each upfront payment are cost and not paid now, but for half a
    // nano-dollar on either side of a line.
    let spread = sum.held.reduce(Int64(0)) {
      $0 + $1.price.upfront.nanoDollars * Int64($1.commitment.count) * 72 / 8760
    }
    #expect(abs((bill.total - bill.cashTotal).nanoDollars - spread) <= Int64(bill.items.count + sum.held.count))
  }

  @Test("A quantity beyond 64 bits has fewer decimals, and hours beyond them are the largest number")
  func hugeQuantities() throws {
    // 10^18 hours with four decimals would be 10^22; 10^18 fits with none.
    #expect(
      quantity(Int128(3600) * 1_000_000_000_000_000_000, per: 3600)
        == ScaledDecimal(mantissa: 1_000_000_000_000_000_000, scale: 0))
    #expect(quantity(Int128.max, per: 1).mantissa == .max)
    #expect(quantity(5, per: 2) == decimal("2.5000"))
    var bill = try bill(runs(1, of: "app", "m5.large", october))
    bill.items[0].quantity = ScaledDecimal(mantissa: 9_000_000_000_000_000_000, scale: 0)
    bill.items.append(bill.items[0])
    #expect(bill.instanceHours(of: "app").mantissa == .max)
  }

  private func bill(_ runs: [InstanceRun], _ held: [PricedCommitment] = [], catalogue: Catalogue? = nil) throws -> Bill
  {
    let prices = try catalogue ?? TestSupport.catalogue()
    return try tinyEngine(fleet, prices).bill(FleetPlan(runs: runs, commitments: held), over: october)
  }

  private var emptyCatalogue: Catalogue {
    get throws(DataError) {
      var book = PriceBook()
      book.specifications = PriceBook.few.specifications
      return try Catalogue(book)
    }
  }
}
