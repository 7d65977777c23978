import Model
import TestSupport
import Testing

@testable import Analysis

@Suite struct MeteredTests {
  private let grid = SampleGrid(period: october, stepSeconds: 3600)

  @Test("Transfer over a tier's boundary is charged at both prices")
  func tiers() throws {
    // 744 h × 16 GB = 11,904 GB: 10,240 × 0.09 = 921.60, 1,664 × 0.085 = 141.44.
    let lines = try lines(transfer) { _ in 16 }.sorted { $0.quantity.mantissa > $1.quantity.mantissa }
    #expect(lines.map(\.cost) == [usd("921.60"), usd("141.44")])
    #expect(lines.map(\.quantity.mantissa) == [10_240_0000, 1664_0000])
  }

  @Test(
    "An amount at, just below and just above the boundary falls where it belongs",
    arguments: [(10_239, "921.51"), (10_240, "921.60"), (10_241, "921.60 0.085"), (0, "0")])
  func boundary(gigabytes: Int64, costs: String) throws {
    let lines = try lines(transfer) { $0 == 0 ? gigabytes : 0 }.sorted { $0.cost > $1.cost }
    #expect(lines.map(\.cost) == costs.split(separator: " ").map { usd(String($0)) })
  }

  @Test("After a price change the month's earlier use still counts towards the tiers")
  func tiersAcrossPriceChange() throws {
    // 20 GB an hour: 6,720 GB by the 15th; then 3,520 GB to the boundary and 4,640 GB beyond.
    let lines = try lines(transfer, { _ in 20 }) { book in
      book.sellUnit("transfer", "0.08", from: "2026-10-15")
      book.sellUnit("transfer", "0.07", tierFrom: 10_240, from: "2026-10-15")
    }
    // 6,720 × 0.09 = 604.80; 3,520 × 0.08 = 281.60; 4,640 × 0.07 = 324.80.
    #expect(Set(lines.map(\.cost)) == [usd("604.80"), usd("281.60"), usd("324.80")])
  }

  @Test("Any amount over any tiers costs what unit-by-unit pricing costs", arguments: 0..<60)
  func bruteForce(seed: Int) throws {
    var random = SplitMix64(seed: seed)
    let prices = (0..<3).map { _ in Int64(random.number(1...100)) }
    let bounds = [0, Int64(random.number(1...300)), Int64(random.number(301...600))]
    let amount: Int64 = random.number(0...900)
    let expected = (0..<amount).reduce(Int64(0)) { sum, unit in sum + prices[bounds.lastIndex { $0 <= unit }!] }
    let lines = try lines(
      tinyCharge("x", price: "x", metric: .transferOutGB), { $0 == 7 ? amount : 0 }
    ) { book in
      for (price, bound) in zip(prices, bounds) { book.sellUnit("x", "\(price)", tierFrom: bound) }
    }
    #expect(lines.reduce(.zero) { $0 + $1.cost } == Money(nanoDollars: expected * Money.nanoPerDollar))
  }

  @Test("Units that run all month are charged by the hour")
  func units() throws {
    let charge = tinyCharge("Load balancer", price: "elb/alb-hour", units: 2)
    // 2 × 744 × 0.0225 = 33.48.
    let lines = try lines(charge, { _ in nil }) { $0.sellUnit("elb/alb-hour", "0.0225", unit: "hour") }
    #expect(lines.map(\.cost) == [usd("33.48")])
  }

  @Test("Gigabytes held all month cost the month's price whatever its length, parts in proportion")
  func gigabyteMonths() throws {
    let charge = tinyCharge("Volumes", price: "ebs/gp3", gbMonths: 300)
    let whole = try lines(charge, { _ in nil }) { $0.sellUnit("ebs/gp3", "0.08") }
    #expect(whole.map(\.cost) == [usd("24")])
    let split = try lines(charge, { _ in nil }) {
      $0.sellUnit("ebs/gp3", "0.08")
      $0.sellUnit("ebs/gp3", "0.155", from: "2026-10-11")
    }
    // 300 × 0.08 × 10/31 = 7.741935484; 300 × 0.155 × 21/31 = 31.50.
    #expect(split.map(\.cost) == [usd("7.741935484"), usd("31.50")])
  }

  @Test("Tokens are priced by the million, and a fixed price needs no book")
  func perUnits() throws {
    let tokens = tinyCharge("Tokens", price: "tokens/x", metric: .inputTokens)
    // 744 × 1,000,000 tokens at 3 a million = 2,232.
    let lines = try lines(tokens, metric: .inputTokens, { _ in 1_000_000 }) {
      $0.sellUnit("tokens/x", "3", unit: "token", perUnits: 1_000_000, region: "")
    }
    #expect(lines.map(\.cost) == [usd("2232")])
    var fixed = tinyCharge("Calls", price: "", metric: .calls)
    fixed.price = nil
    fixed.fixedUsd = usd("0.0004")
    // 744 × 10 calls × 0.0004 = 2.976.
    #expect(try self.lines(fixed, metric: .calls, { _ in 10 }).map(\.cost) == [usd("2.976")])
  }

  @Test("Amounts follow the demand for their driver, exactly")
  func factor() throws {
    var fleet = tinyFleet([])
    fleet.charges = [
      tinyCharge("Transfer", price: "transfer", metric: .transferOutGB, driver: .users)
    ]
    let series = samples("edge", .transferOutGB, on: grid) { $0 == 0 ? 100 : 0 }
    let plan = FleetPlan(runs: [], commitments: [], demand: Demand(DemandFactor(1, 3)))
    let bill = try tinyEngine(fleet, catalogue { $0.sellUnit("transfer", "0.09") }, [series]).bill(plan, over: october)
    // 100 / 3 × 0.09 = 3.
    #expect(bill.total == usd("3"))
  }

  @Test("A metered series with gaps is billed as measured and noted")
  func gaps() throws {
    let bill = try bill(transfer, { $0 == 5 ? nil : 1 })
    #expect(bill.incomplete == [.metered(charge: "Transfer", Coverage(seen: 743, expected: 744))])
    #expect(try self.bill(transfer, { _ in 1 }).incomplete.isEmpty)
  }

  @Test("A metered charge without a sample is an error, never free")
  func missing() {
    let error = failure { () throws(DataError) in
      do { _ = try bill(transfer, { _ in nil }) } catch let error as DataError { throw error } catch {}
    }
    #expect(error?.kind == .missingInput)
    #expect(error?.place.key == "edge transfer_out_gb")
  }

  @Test("Amounts of different scales add up as what they are")
  func mixedScales() throws {
    let hours = (0..<grid.count).map { grid.instant($0).seconds }
    // 2.5 GB in 372 hours and 10 GB in the other 372: 930 + 3,720 = 4,650 GB x 0.09 = 418.50.
    let series = Series(
      key: SeriesKey(service: "edge", metric: .transferOutGB), instants: hours,
      mantissas: hours.indices.map { $0 % 2 == 0 ? 25 : 10 }, scales: hours.indices.map { $0 % 2 == 0 ? 1 : 0 })
    let fleet = tinyFleet([]) { $0.charges = [transfer] }
    let catalogue = try catalogue { $0.sellUnit("transfer", "0.09") }
    let bill = try tinyEngine(fleet, catalogue, [series]).bill(FleetPlan(runs: [], commitments: []), over: october)
    #expect(bill.items.map(\.cost) == [usd("418.50")])
    #expect(bill.items.map(\.quantity.normalised) == [decimal("4650")])
  }

  private let transfer = tinyCharge("Transfer", price: "transfer", metric: .transferOutGB)

  private func lines(
    _ charge: Charge, metric: Metric = .transferOutGB, _ value: (Int) -> Int64?,
    _ change: (inout PriceBook) -> Void = { _ in }
  ) throws -> [LineItem] {
    try bill(charge, metric: metric, value, change).items
  }

  private func bill(
    _ charge: Charge, metric: Metric = .transferOutGB, _ value: (Int) -> Int64?,
    _ change: (inout PriceBook) -> Void = { _ in }
  ) throws -> Bill {
    let catalogue = try catalogue { book in
      book.sellUnit("transfer", "0.09")
      book.sellUnit("transfer", "0.085", tierFrom: 10_240)
      change(&book)
    }
    let fleet = tinyFleet([]) { $0.charges = [charge] }
    return try tinyEngine(fleet, catalogue, [samples("edge", metric, on: grid, value)])
      .bill(FleetPlan(runs: [], commitments: []), over: october)
  }
}
