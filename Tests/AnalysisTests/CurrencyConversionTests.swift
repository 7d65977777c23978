import Model
import TestSupport
import Testing

@testable import Analysis

@Suite struct CurrencyConversionTests {
  private let newYorkOctober = period("2026-10-01T04:00:00Z", "2026-11-01T04:00:00Z")

  @Test("Each line is rounded in US dollars, converted and rounded once more, and the total is their sum")
  func lines() throws {
    // One second of each: 26,667 and 23,611 nano-dollars. × 0.5: 13,333.5 to 13,334 and 11,805.5 to 11,806, together
    // 25,140, where half of the sum 50,278 would be 25,139.
    let second = Period(start: october.start, end: october.start.advanced(by: 1))
    let bill = try bill(
      [run("a", of: "app", "m5.large", second), run("b", of: "app", "c5.large", second)], rate: "0.5")
    #expect(bill.items.map(\.dollars.nanoDollars).sorted() == [23_611, 26_667])
    #expect(bill.items.map(\.cost.nanoDollars).sorted() == [11_806, 13_334])
    #expect(bill.total == Money(nanoDollars: 25_140))
    #expect(bill.currency.code == "EUR")
  }

  @Test("A discount is worked out in US dollars and then converted")
  func discount() throws {
    let bill = try bill(runs(1, of: "app", "m5.large", october), rate: "0.9214") {
      $0.discounts = percentOff("5")
    }
    // 744 × 0.096 = 71.424, × 0.9214 = 65.8100736; 5 % = 3.5712, × 0.9214 = 3.29050368.
    #expect(bill.items.map(\.dollars) == [usd("71.424"), usd("-3.5712")])
    #expect(bill.items.map(\.cost) == [usd("65.8100736"), usd("-3.29050368")])
  }

  @Test("The rate is that of the period's last day on the fleet's clock")
  func lastDay() throws {
    // In New York October ends at 04:00 UTC on 1 November, when November's rate holds in London already.
    let rates = [rate("2026-10-01", "0.9"), rate("2026-10-31", "0.8"), rate("2026-11-01", "0.7")]
    let fleet = fleet {
      $0.timezone = "America/New_York"
      $0.exchangeRates = rates
    }
    #expect(try tinyEngine(fleet, catalogue()).currency(over: newYorkOctober).rate == rates[1])
  }

  @Test("A bill of a period that ends before the first rate is an error")
  func early() throws {
    let engine = tinyEngine(fleet { $0.exchangeRates = [rate("2026-11-01", "0.9")] }, try catalogue())
    let error = failure { () throws(DataError) in
      _ = try engine.bill(FleetPlan(runs: runs(1, of: "app", "m5.large", october), commitments: []), over: october)
    }
    #expect(error?.kind == .missingInput)
    #expect(error?.place.key == "exchange_rates")
  }

  @Test("Lines that are too much only together are an error too")
  func tooLarge() throws {
    // 71.424 USD and 744 × 0.192 / 2 = 71.424 USD at 10^8 are 7.1 billion each; 9.2 billion is the most.
    let half = Period(start: october.start, end: october.start.advanced(by: 372 * 3600))
    let running = [run("a", of: "app", "m5.large", october), run("b", of: "app", "m5.xlarge", half)]
    let engine = tinyEngine(fleet { $0.exchangeRates = [rate("2026-01-01", "100000000")] }, try catalogue())
    let error = failure { () throws(DataError) in
      _ = try engine.bill(FleetPlan(runs: running, commitments: []), over: october)
    }
    #expect(error?.found == "an amount beyond 9.2 billion EUR")
  }

  @Test("Prices stay in US dollars, where the bill is in another currency")
  func prices() throws {
    let bill = try bill(
      runs(1, of: "app", "m5.large", october), [commitment("ri", 1, "m5.large", at: "0.06", upfront: "87.60")],
      rate: "0.9")
    let term = OfferTerm("standard-1yr-no-upfront")!
    #expect(bill.items.map(\.price.item) == [.reserved(type: "m5.large", term, upfront: usd("87.60"))])
    #expect(bill.items.map(\.price.amount) == [usd("0.06")])
    let engine = tinyEngine(tinyFleet([]), try catalogue())
    #expect(engine.rate(usd("0.096")) == "0.096")
  }

  @Test("An amount at list price comes to what the bill would have: discounted first, converted then")
  func billed() throws {
    let engine = tinyEngine(fleet { $0.discounts = percentOff("10") }, try catalogue())
    let currency = BillCurrency(code: "EUR", rate: rate("2026-01-01", "0.5"))
    // 100 less 10 % is 90, half of it 45; a contract price has no discount.
    #expect(try engine.billed(usd("100"), "ec2", in: currency) == usd("45"))
    #expect(try engine.billed(usd("100"), nil, in: currency) == usd("50"))
  }

  private func rate(_ from: String, _ perUsd: String) -> ExchangeRate {
    ExchangeRate(from: CivilDate(from)!, perUsd: decimal(perUsd))
  }

  private func fleet(_ change: (inout Fleet) -> Void) -> Fleet {
    tinyFleet([tinyService("app", ["m5.large"])]) {
      $0.currency = "EUR"
      change(&$0)
    }
  }

  private func bill(
    _ runs: [InstanceRun], _ held: [PricedCommitment] = [], rate text: String,
    _ change: (inout Fleet) -> Void = { _ in }
  ) throws -> Bill {
    let fleet = fleet {
      $0.exchangeRates = [rate("2026-01-01", text)]
      change(&$0)
    }
    return try tinyEngine(fleet, catalogue()).bill(FleetPlan(runs: runs, commitments: held), over: october)
  }
}
