import Model
import TestSupport
import Testing

@Suite struct ExchangeRateTests {
  @Test("An amount is converted and rounded half-even once")
  func converts() throws {
    // 100 × 0.9214 = 92.14.
    #expect(try euros("0.9214").amount(of: usd("100")) == usd("92.14"))
    // Half a nano-unit: 1 × 0.5 and 3 × 0.5 go to the even 0 and 2, and so below zero.
    let half = euros("0.5")
    #expect(try half.amount(of: Money(nanoDollars: 1)) == .zero)
    #expect(try half.amount(of: Money(nanoDollars: 3)) == Money(nanoDollars: 2))
    #expect(try half.amount(of: Money(nanoDollars: -3)) == Money(nanoDollars: -2))
  }

  @Test("US dollars stay what they are")
  func dollars() throws {
    #expect(try BillCurrency.usDollar.amount(of: usd("1.23")) == usd("1.23"))
    #expect(BillCurrency.usDollar.suffix == "usd")
  }

  @Test("An amount beyond what money holds is an error, not a trap")
  func tooLarge() {
    // A million USD at 26,000 is 26 billion.
    let dong = BillCurrency(code: "VND", rate: rate("2026-01-01", "26000"))
    let error = failure { () throws(DataError) in _ = try dong.amount(of: usd("1000000")) }
    #expect(
      error?.description == "fleet file: exchange_rates: found an amount beyond 9.2 billion VND, "
        + "expected a currency in which the bill is smaller")
  }

  @Test("The rate in force on a day is the last that started, and there must be one")
  func inForce() throws {
    let fleet = tinyFleet([]) {
      $0.currency = "EUR"
      $0.exchangeRates = [rate("2026-09-01", "0.91"), rate("2026-10-01", "0.92")]
    }
    #expect(try fleet.billCurrency(on: CivilDate("2026-09-30")!).rate?.perUsd == decimal("0.91"))
    #expect(try fleet.billCurrency(on: CivilDate("2026-10-01")!).rate?.perUsd == decimal("0.92"))
    let error = failure { () throws(DataError) in _ = try fleet.billCurrency(on: CivilDate("2026-08-31")!) }
    #expect(error?.kind == .missingInput)
    #expect(
      error?.description == "fleet file: exchange_rates: found no rate in force on 2026-08-31 (the first is from "
        + "2026-09-01), expected units of EUR for one USD from that day or earlier")
  }

  private func rate(_ from: String, _ perUsd: String) -> ExchangeRate {
    ExchangeRate(from: CivilDate(from)!, perUsd: decimal(perUsd))
  }
  private func euros(_ perUsd: String) -> BillCurrency { BillCurrency(code: "EUR", rate: rate("2026-01-01", perUsd)) }
}
