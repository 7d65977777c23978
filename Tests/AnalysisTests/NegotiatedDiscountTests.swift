import Model
import TestSupport
import Testing

@testable import Analysis

@Suite struct NegotiatedDiscountTests {
  @Test("A discount is a line of its own, and the list-price lines stay what they are")
  func line() throws {
    let bill = try bill(runs(2, of: "app", "m5.large", october))
    // 2 × 744 × 0.096 = 142.848; 5 % of it = 7.1424.
    #expect(bill.items.map(\.option) == [.onDemand, .negotiatedDiscount])
    #expect(bill.items.map(\.cost) == [usd("142.848"), usd("-7.1424")])
    #expect(bill.items[1].item == "5 % off ec2")
    #expect(bill.items[1].quantity == decimal("142.8480"))
    #expect(bill.items[1].unit == "USD")
    #expect(
      bill.items[1].price == PriceNote(.discount(percent: decimal("5"), service: "ec2", isSupposed: false), .zero))
    #expect(bill.total == usd("135.7056"))
    #expect(bill.instanceHours(of: "app") == decimal("1488.0000"))
  }

  @Test("Half a nano-dollar goes to the even one")
  func halfEven() throws {
    // 1 s × 0.096 / 3600 = 26,667 nano; 50 % = 13,333.5, to 13,334. 5 s = 133,333 nano; 66,666.5, to 66,666.
    for (seconds, off) in [(1, -13_334), (5, -66_666)] {
      let bill = try bill([run("a", of: "app", "m5.large", span(seconds))], discounts: percentOff("50"))
      #expect(bill.items.last?.cost == Money(nanoDollars: Int64(off)))
    }
  }

  @Test("The sum of what it is off is rounded once, not each line of it")
  func roundedOnce() throws {
    // 26,667 + 23,611 = 50,278 nano; 50 % = 25,139. Line by line it would be 13,334 + 11,806 = 25,140.
    let bill = try bill(
      [run("a", of: "app", "m5.large", span(1)), run("b", of: "app", "c5.large", span(1))],
      discounts: percentOff("50"))
    #expect(bill.items.map(\.option) == [.onDemand, .onDemand, .negotiatedDiscount])
    #expect(bill.items.last?.cost == Money(nanoDollars: -25_139))
  }

  @Test("Unused commitments, and credits and rework, have lines of their own")
  func kinds() throws {
    let catalogue = try catalogue { $0.spot("c5.large", savings: 60) }
    let bill = try bill(
      runs(1, of: "app", "m5.large", october) + [run("s", of: "app", "c5.large", october, .spot)],
      [commitment("ri", 2, "m5.large", at: "0.06")], catalogue: catalogue)
    // Reserved 744 × 0.06 = 44.64, as much unused; spot 744 × 0.085 × 40 % = 25.296, rework 5 % of it = 1.2648.
    let discounts = bill.items.filter { $0.option == .negotiatedDiscount }
    #expect(
      discounts.map(\.item) == ["5 % off ec2", "5 % off ec2, unused commitments", "5 % off ec2, credits and rework"])
    // 5 % of 44.64 + 25.296 = 69.936; of 44.64; of 1.2648.
    #expect(discounts.map(\.cost) == [usd("-3.4968"), usd("-2.232"), usd("-0.06324")])
    #expect(discounts.map(\.kind) == [.capacity, .unusedCommitment, .creditOrRework])
    #expect(bill.total == usd("44.64") + usd("44.64") + usd("25.296") + usd("1.2648") - usd("5.79204"))
  }

  @Test("Each service of the book has its own percentage, and other vendors' are not the provider's to discount")
  func services() throws {
    let charges = [
      tinyCharge("Hours", price: "elb/alb-hour", units: 1),
      tinyCharge("Volumes", price: "ebs/gp3-gb-month", gbMonths: 100),
      tinyCharge("Tokens", price: "tokens/a/b/input", units: 1), contract,
    ]
    let catalogue = try catalogue {
      $0.sellUnit("elb/alb-hour", "0.02", unit: "hour")
      $0.sellUnit("ebs/gp3-gb-month", "0.08", unit: "gb-month")
      $0.sellUnit("tokens/a/b/input", "0.01", unit: "token")
    }
    var discounts = percentOff("5")
    discounts.services = ["elb": decimal("10")]
    let bill = try bill([], charges: charges, catalogue: catalogue, discounts: discounts)
    let lines = bill.items.filter { $0.option == .negotiatedDiscount }
    // 744 × 0.02 = 14.88, 10 % = 1.488; 100 × 0.08 = 8, 5 % = 0.40. Tokens and the contract price have none.
    #expect(lines.map(\.item) == ["10 % off elb", "5 % off ebs, held by the month"])
    #expect(lines.map(\.cost) == [usd("-1.488"), usd("-0.40")])
    let withTokens = try self.bill(
      [], charges: charges, catalogue: catalogue, discounts: Discounts(services: ["tokens": decimal("12.5")]))
    // A token a month, whatever its hours: 0.01; 12.5 % = 0.00125.
    #expect(withTokens.items.filter { $0.option == .negotiatedDiscount }.map(\.cost) == [usd("-0.00125")])
  }

  @Test("100 percent leaves nothing to pay, 0 percent no line")
  func ends() throws {
    let running = runs(1, of: "app", "m5.large", october)
    #expect(try bill(running, discounts: percentOff("100")).total == .zero)
    #expect(try bill(running, discounts: percentOff("0")).items.map(\.option) == [.onDemand])
  }

  private func bill(
    _ runs: [InstanceRun], _ held: [PricedCommitment] = [], charges: [Charge] = [], catalogue: Catalogue? = nil,
    discounts: Discounts = percentOff("5")
  ) throws -> Bill {
    let fleet = tinyFleet([tinyService("app", ["m5.large", "c5.large"])]) {
      $0.charges = charges
      $0.discounts = discounts
    }
    let prices = try catalogue ?? TestSupport.catalogue()
    return try tinyEngine(fleet, prices).bill(FleetPlan(runs: runs, commitments: held), over: october)
  }

  private func span(_ seconds: Int) -> Period {
    Period(start: october.start, end: october.start.advanced(by: Int64(seconds)))
  }

  /// 1 USD a month, by the fleet file.
  private var contract: Charge {
    var contract = tinyCharge("Contract", price: "", units: 1)
    contract.price = nil
    contract.fixedUsd = usd("1")
    return contract
  }
}
