import Model
import TestSupport
import Testing

@Suite struct OfferTests {
  @Test("There are twelve terms, and each parses from its name", arguments: OfferTerm.all)
  func terms(term: OfferTerm) {
    #expect(OfferTerm(term.description) == term)
    #expect(Set(OfferTerm.all).count == 12)
  }

  @Test(
    "A term nobody sells is refused",
    arguments: ["", "standard-2yr-no-upfront", "standard-1yr", "Standard-1yr-no-upfront", "spot-1yr-no-upfront"])
  func rejects(text: String) { #expect(OfferTerm(text) == nil) }

  @Test("A term has 8,760 hours a year and 31,536,000 seconds")
  func hours() {
    #expect(OfferTerm("standard-3yr-all-upfront")?.hours == 26_280)
    #expect(commitment("a", 1, "m5.large", at: "0.06").commitment.period.seconds == 31_536_000)
  }

  @Test("An upfront payment is spread over the term's hours")
  func amortised() {
    // 876 / 8,760 h = 0.10/h, and 0.02/h beside it.
    let price = reservedPrice("m5.large", "0.02", upfront: "876")
    #expect(price.effectiveHourly == usd("0.12"))
    // Half an hour of one of 16 units: 0.12 / 2 / 16 = 0.00375.
    #expect(price.amortised(unitSeconds: 1800, unitsPerInstance: 16) == usd("0.00375"))
  }

  @Test("Amortising a year in hours and at once differ by rounding alone")
  func roundedOnce() {
    // 500 / 8,760 = 0.0570776255...: an hour rounds, the year gives back exactly 500.
    let price = reservedPrice("m5.large", "0", upfront: "500")
    #expect(price.effectiveHourly == Money(nanoDollars: 57_077_626))
    #expect(price.amortised(unitSeconds: 31_536_000, unitsPerInstance: 1) == usd("500"))
  }
}
