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

  @Test(
    "A negative amount takes back what was counted last at what it cost, and below none at all the first tier's price")
  func negative() throws {
    // All month -2 GB an hour: -1,488 × 0.09 = -133.92.
    let all = try lines(transfer) { _ in -2 }
    #expect(all.map(\.cost) == [usd("-133.92")])
    #expect(all.map(\.quantity.mantissa) == [-1488_0000])
    // 10,300 GB by the 15th, then -100 at other prices: 60 of them at 0.07 and 40 at 0.08.
    // 10,240 × 0.09 = 921.60, 60 × 0.085 = 5.10; -60 × 0.07 = -4.20, -40 × 0.08 = -3.20.
    let corrected = try lines(transfer, { $0 == 0 ? 10_300 : $0 == 500 ? -100 : 0 }) { book in
      book.sellUnit("transfer", "0.08", from: "2026-10-15")
      book.sellUnit("transfer", "0.07", tierFrom: 10_240, from: "2026-10-15")
    }
    #expect(corrected.map(\.cost).sorted() == [usd("-4.20"), usd("-3.20"), usd("5.10"), usd("921.60")])
    // What adds up to nothing is a line, too.
    #expect(try lines(transfer) { $0 == 0 ? 5 : $0 == 1 ? -5 : 0 }.map(\.cost) == [usd("0")])
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

  @Test("Behind free units any amount over any tiers costs what unit-by-unit pricing costs", arguments: 0..<40)
  func freeUnits(seed: Int) throws {
    var random = SplitMix64(seed: seed)
    let prices = (0..<2).map { _ in Int64(random.number(1...100)) }
    let bound: Int64 = random.number(1...300)
    let free: Int64 = random.number(1...500)
    // Some of it before a price changes, some behind.
    let (early, late): (Int64, Int64) = (random.number(0...400), random.number(0...400))
    let expected = (0..<(early + late)).reduce(Int64(0)) { sum, unit in
      guard unit >= free else { return sum }
      let price = unit - free < bound ? prices[0] : prices[1]
      return sum + (unit < early ? price : 2 * price)
    }
    var charge = tinyCharge("x", price: "x", metric: .transferOutGB)
    charge.freeUnits = Int(free)
    let lines = try lines(charge, { $0 == 7 ? early : $0 == 500 ? late : 0 }) { book in
      for (price, bound) in zip(prices, [0, bound]) {
        book.sellUnit("x", "\(price)", tierFrom: bound)
        book.sellUnit("x", "\(2 * price)", tierFrom: bound, from: "2026-10-15")
      }
    }
    #expect(lines.reduce(.zero) { $0 + $1.cost } == Money(nanoDollars: expected * Money.nanoPerDollar))
  }

  @Test("Of hours that are stated so many are free, and of tokens some of which go in batches each part has its part")
  func freeHours() throws {
    var balancer = tinyCharge("Load balancer", price: "elb/alb-hour", units: 2)
    balancer.freeUnits = 750
    // (2 × 744 - 750) × 0.0225 = 16.605.
    let lines = try lines(balancer, { _ in nil }) { $0.sellUnit("elb/alb-hour", "0.0225", unit: "hour") }
    #expect(lines.map(\.cost) == [usd("16.605")])
    var tokens = tinyCharge("Prompts", price: "tokens/v/m/input", metric: .inputTokens)
    tokens.freeUnits = 1_000_000
    let fleet = tinyFleet([]) { $0.charges = [tokens] }
    let book = try catalogue { book in
      for (kind, price) in [("input", "2"), ("batch-input", "1")] {
        book.sellUnit("tokens/v/m/\(kind)", price, unit: "token", perUnits: 1_000_000, region: "")
      }
    }
    let series = samples("edge", .inputTokens, on: grid) { $0 == 3 ? 5_000_000 : 0 }
    var plan = FleetPlan(runs: [])
    let context = tinyEngine(fleet, book, [series])
    // 4 of 5 million are charged for: 4 × 2 = 8; with a quarter in batches 3 × 2 + 1 × 1 = 7.
    #expect(try context.bill(plan, over: october).total == usd("8"))
    plan.tokens.models["v/m", default: TokenPlan.ModelPlan()].batchPercent = decimal("25")
    plan.tokens.pricedAt = october.start
    #expect(try context.bill(plan, over: october).total == usd("7"))
  }

  @Test("Units that run all month are charged by the hour")
  func units() throws {
    let charge = tinyCharge("Load balancer", price: "elb/alb-hour", units: 2)
    // 2 × 744 × 0.0225 = 33.48.
    let lines = try lines(charge, { _ in nil }) { $0.sellUnit("elb/alb-hour", "0.0225", unit: "hour") }
    #expect(lines.map(\.cost) == [usd("33.48")])
  }

  @Test(
    "Hours multiply what is priced by the hour; by the month it is once a month, and what is counted is that many",
    arguments: [
      // 744 h: 2 × 744 × 0.0225; 100.00 once; 300.5 × 0.08; 1 million; 2.5 million of them one by one; 0.20 each.
      ("hour", "0.0225", "2", nil, "33.48"), ("lcu-hour", "0.008", "1.5", "hour", "8.928"),
      ("month", "100", "1", nil, "100"), ("month", "100", "1", "month", "100"),
      ("gb-month", "0.08", "300.5", "gb-month", "24.04"), ("user-month", "5", "3", "month", "15"),
      ("1m-requests", "0.20", "1", nil, "0.20"), ("1m-requests", "0.20", "2500000", "request", "0.50"),
      ("1m-requests", "0.20", "3", "1m-requests", "0.60"), ("10k-requests", "0.05", "20000", "requests", "0.10"),
      ("gb", "0.09", "500", "gb", "45"), ("1k-objects-month", "0.01", "5", "1k-objects-month", "0.05"),
    ] as [(String, String, String, String?, String)])
  func amounts(unit: String, price: String, amount: String, per: String?, cost: String) throws {
    let charge = tinyCharge("x", price: "x", amount: amount, per: per)
    let lines = try lines(charge, { _ in nil }) { $0.sellUnit("x", price, unit: unit) }
    #expect(lines.map(\.cost) == [usd(cost)])
    #expect(lines.map(\.unit) == [unit])
  }

  @Test("Whole units and gigabytes follow the unit of their price too")
  func olderKeys() throws {
    let requests = tinyCharge("x", price: "x", units: 1)
    #expect(
      try lines(requests, { _ in nil }) { $0.sellUnit("x", "0.20", unit: "1m-requests") }.map(\.cost) == [usd("0.20")])
    let gateways = tinyCharge("x", price: "x", units: 2)
    #expect(try lines(gateways, { _ in nil }) { $0.sellUnit("x", "5", unit: "month") }.map(\.cost) == [usd("10")])
  }

  @Test("A price of the fleet file's own is by the month unless the charge says another unit, and the line says which")
  func fixedPrices() throws {
    for (amount, per, cost, unit) in [
      ("1", nil, "100", "month"), ("2", "hour", "148800", "hour"), ("3", "seat", "300", "seat"),
    ] as [(String, String?, String, String)] {
      let line = try lines(tinyCharge("Support", fixedUsd: "100", amount: amount, per: per), { _ in nil })
      // 100 once; 2 × 744 × 100; 3 × 100.
      #expect(line.map(\.cost) == [usd(cost)] && line.map(\.unit) == [unit])
    }
    var units = tinyCharge("Support", price: "", units: 1)
    (units.price, units.fixedUsd) = (nil, usd("100"))
    #expect(try lines(units, { _ in nil }).map(\.cost) == [usd("100")])
  }

  @Test("A month's price that changes within the month is paid in proportion, whatever the amount is per")
  func amountAcrossPriceChange() throws {
    let charge = tinyCharge("x", price: "x", amount: "0.5", per: "month")
    let lines = try lines(charge, { _ in nil }) {
      $0.sellUnit("x", "31", unit: "month")
      $0.sellUnit("x", "62", unit: "month", from: "2026-10-11")
    }
    // 0.5 × 31 × 10/31 = 5; 0.5 × 62 × 21/31 = 21.
    #expect(lines.map(\.cost) == [usd("5"), usd("21")])
  }

  @Test(
    "An amount per something else than its price is an error that names both",
    arguments: [
      ("month", "hour"), ("gb-hour", "gb-month"), ("1m-requests", "month"), ("gb", "hour"), ("gb-month", "1k-gb-month"),
    ])
  func mismatch(unit: String, per: String) {
    let charge = tinyCharge("Disks", price: "x", amount: "2", per: per)
    let error = failure { () throws(DataError) in
      do { _ = try lines(charge, { _ in nil }) { $0.sellUnit("x", "1", unit: unit) } } catch let error as DataError {
        throw error
      } catch {}
    }
    #expect(
      error?.description == "fleet: charges: Disks: quantity: found an amount per \(per), "
        + "expected an amount per \(unit), the unit of its price x")
  }

  @Test("Gigabytes held by the month at a price by the hour are an error, and so is a cost beyond all measure")
  func wrongAmounts() {
    let held = tinyCharge("Disks", price: "x", gbMonths: 2)
    let dear = tinyCharge("Disks", price: "x", units: 1_000_000_000)
    for charge in [held, dear] {
      #expect(throws: DataError.self) { try lines(charge, { _ in nil }) { $0.sellUnit("x", "100", unit: "gb-hour") } }
    }
  }

  @Test("Gigabytes held all month cost the month's price whatever its length, parts in proportion")
  func gigabyteMonths() throws {
    let charge = tinyCharge("Volumes", price: "ebs/gp3", gbMonths: 300)
    let whole = try lines(charge, { _ in nil }) { $0.sellUnit("ebs/gp3", "0.08", unit: "gb-month") }
    #expect(whole.map(\.cost) == [usd("24")])
    let split = try lines(charge, { _ in nil }) {
      $0.sellUnit("ebs/gp3", "0.08", unit: "gb-month")
      $0.sellUnit("ebs/gp3", "0.155", unit: "gb-month", from: "2026-10-11")
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

  @Test("What is charged for by its usage needs no usage, no price where there was none, and has no gaps")
  func fromUsage() throws {
    var charge = tinyCharge("Tokens", price: "tokens/v/m/input", metric: .inputTokens)
    charge.isFromUsage = true
    var fleet = tinyFleet([])
    fleet.charges = [charge]
    let late = try catalogue {
      $0.sellUnit("tokens/v/m/input", "2", unit: "token", perUnits: 1_000_000, region: "", from: "2026-10-20")
    }
    let plan = FleetPlan(runs: [])
    let series = samples("edge", .inputTokens, on: grid) { $0 == 700 ? 3_000_000 : nil }
    let bill = try tinyEngine(fleet, late, [series]).bill(plan, over: october)
    // 3 million tokens on the 30th, at 2 a million.
    #expect(bill.total == usd("6") && bill.incomplete.isEmpty)
    #expect(try tinyEngine(fleet, late, []).bill(plan, over: october).items.isEmpty)
    fleet.charges[0].isFromUsage = false
    #expect(throws: DataError.self) { try tinyEngine(fleet, late, [series]).bill(plan, over: october) }
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
