import Model
import TestSupport
import Testing

@testable import Analysis

@Suite struct CashWhenPaidTests {
  private let november = period("2026-11-01", "2026-12-01")

  @Test("A reservation bought earlier: its upfront part is a cost of the month and paid no more")
  func boughtEarlier() throws {
    let bill = try bill(
      runs(1, of: "app", "m5.large", october), [commitment("ri", 2, "m5.large", at: "0.06", upfront: "87.60")])
    // Effective 0.06 + 87.60 / 8760 = 0.07 of 744 hours used and as many unused; recurring 744 × 0.06 = 44.64 of each.
    #expect(bill.items.map(\.option) == [.reserved, .reservedUnused])
    #expect(bill.items.map(\.cost) == [usd("52.08"), usd("52.08")])
    #expect(bill.items.map(\.cash) == [usd("44.64"), usd("44.64")])
    #expect(bill.total == usd("104.16"))
    #expect(bill.cashTotal == usd("89.28"))
  }

  @Test("A reservation is paid in the month it starts, on a line that costs nothing, and in no later month")
  func boughtNow() throws {
    let held = commitment("ri", 2, "m5.large", at: "0.06", upfront: "87.60", from: "2026-10-16")
    let running = runs(1, of: "app", "m5.large", period("2026-10-01", "2026-12-01"))
    let bill = try bill(running, [held])
    // 360 hours on demand 34.56; then 384 × 0.07 = 26.88 used and unused, of which 384 × 0.06 = 23.04 recurring.
    #expect(bill.items.map(\.option) == [.onDemand, .reserved, .reservedUnused, .upfront])
    #expect(bill.items.map(\.cost) == [usd("34.56"), usd("26.88"), usd("26.88"), .zero])
    #expect(bill.items.map(\.cash) == [usd("34.56"), usd("23.04"), usd("23.04"), usd("175.20")])
    #expect(bill.items[3].quantity == decimal("2.0000"))
    #expect(bill.items[3].commitment == "ri")
    let next = try self.bill(running, [held], over: november)
    #expect(!next.items.contains { $0.option == .upfront })
    // 2 × 720 × 0.07, and × 0.06.
    #expect(next.total == usd("100.80"))
    #expect(next.cashTotal == usd("86.40"))
  }

  @Test("What a modification carries on is not paid again, and its cost stays")
  func modified() throws {
    var first = commitment("a", 2, "m5.large", at: "0.03", upfront: "240")
    first.commitment.ended = instant("2026-10-10")
    var second = commitment("b", 2, "m5.large", at: "0.03", upfront: "240", from: "2026-10-10")
    second.commitment.bought = instant("2026-01-01")
    let bill = try bill(runs(1, of: "app", "m5.large", october), [first, second])
    #expect(!bill.items.contains { $0.option == .upfront })
    // 2 × 744 × 0.03, and × (0.03 + 240 / 8760), each of four lines rounded.
    #expect(bill.cashTotal == usd("44.64"))
    #expect(abs((bill.total - usd("85.407123288")).nanoDollars) <= 4)
    // In January the first alone was bought.
    let january = try self.bill([], [first, second], over: period("2026-01-01", "2026-02-01"))
    #expect(january.items.filter { $0.option == .upfront }.map(\.cash) == [usd("480")])
  }

  @Test("Over its whole term a commitment costs what is paid for it")
  func wholeTerm() throws {
    let term = period("2026-01-01", "2027-01-01")
    let half = savingsPlan("sp", "0.07", upfront: "306.60", from: "2026-01-01")
    let bill = try bill(
      runs(1, of: "app", "m5.large", october), [commitment("ri", 2, "m5.large", at: "0.06", upfront: "87.60")],
      plans: [half], over: term)
    func cost(_ id: String) -> Money { bill.total { $0.commitment == id } }
    func cash(_ id: String) -> Money { bill.items.reduce(.zero) { $1.commitment == id ? $0 + $1.cash : $0 } }
    // 2 × 8,760 × 0.07; 8,760 × 0.07.
    #expect(cost("ri") == usd("1226.40") && cash("ri") == usd("1226.40"))
    #expect(cost("sp") == usd("613.20") && cash("sp") == usd("613.20"))
  }

  @Test(
    "Half of a savings plan's commitment paid upfront leaves half of every hour, shared by its lines as their cost is")
  func savingsPlanHalf() throws {
    let plan = savingsPlan("sp", "0.07", upfront: "306.60", from: "2026-10-01")
    let first = runs(1, of: "app", "m5.large", period("2026-10-01", "2026-10-16"))
    let bill = try bill(first, plans: [plan])
    // 360 × 0.05 = 18.00 of 744 × 0.07 = 52.08; recurring 744 × 0.035 = 26.04, of which 9.00.
    #expect(bill.items.map(\.option) == [.savingsPlan, .savingsPlanUnused, .upfront])
    #expect(bill.items.map(\.cost) == [usd("18.00"), usd("34.08"), .zero])
    #expect(bill.items.map(\.cash) == [usd("9.00"), usd("17.04"), usd("306.60")])
    let whole = try self.bill(first, plans: [savingsPlan("sp", "0.07", upfront: "613.20")])
    // All of it was paid in February.
    #expect(whole.total == usd("52.08"))
    #expect(whole.cashTotal == .zero)
  }

  @Test("Without an upfront payment, what is paid is what it costs")
  func noUpfront() throws {
    let bill = try bill(
      runs(3, of: "app", "m5.large", october), [commitment("ri", 1, "m5.large", at: "0.06")],
      plans: [savingsPlan("sp", "0.05")])
    #expect(bill.items.allSatisfy { $0.cashDollars == nil })
    #expect(bill.cashTotal == bill.total)
  }

  @Test("A discount is off what is paid as off what it costs, and both are converted")
  func discountAndCurrency() throws {
    let held = commitment("ri", 1, "m5.large", at: "0.06", upfront: "87.60", from: "2026-10-01")
    let bill = try bill(runs(1, of: "app", "m5.large", october), [held]) {
      $0.discounts = percentOff("10")
      $0.currency = "EUR"
      $0.exchangeRates = [ExchangeRate(from: CivilDate("2026-01-01")!, perUsd: decimal("0.5"))]
    }
    // 52.08 less 5.208; 44.64 + 87.60 = 132.24 less 13.224; half of each.
    #expect(bill.items.map(\.option) == [.reserved, .upfront, .negotiatedDiscount])
    #expect(bill.items.map(\.cost) == [usd("26.04"), .zero, usd("-2.604")])
    #expect(bill.items.map(\.cash) == [usd("22.32"), usd("43.80"), usd("-6.612")])
    #expect(bill.cashTotal == usd("59.508"))
  }

  private func bill(
    _ runs: [InstanceRun], _ held: [PricedCommitment] = [], plans: [HeldSavingsPlan] = [],
    over period: Period = october,
    _ change: (inout Fleet) -> Void = { _ in }
  ) throws -> Bill {
    var fleet = tinyFleet([tinyService("app", ["m5.large"])])
    change(&fleet)
    let prices = try catalogue { $0.rate("m5.large", "0.05", computePlan) }
    return try tinyEngine(fleet, prices).bill(
      FleetPlan(runs: runs, commitments: held, savingsPlans: plans), over: period)
  }
}
