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

  @Test(
    "Sizes have the factors of the EC2 user guide, times four",
    arguments: [
      // Amazon EC2 user guide, "How Reserved Instances are applied": nano 0.25 ... 32xlarge 256.
      ("t3.nano", 1), ("t3.micro", 2), ("t3.small", 4), ("t3.medium", 8), ("t3.large", 16), ("m5.xlarge", 32),
      ("m5.2xlarge", 64), ("c5.9xlarge", 288), ("m5.24xlarge", 768), ("x1.32xlarge", 1024), ("cache.m5.large", 16),
      ("u-6tb1.112xlarge", 3584),
      // Its table of bare metal, by family: a1 32 ... u-6tb1 896; a size in the name has that size's factor.
      ("a1.metal", 128), ("z1d.metal", 384), ("i3.metal", 512), ("c5n.metal", 576), ("m5.metal", 768),
      ("m6i.metal", 1024), ("u-18tb1.metal", 1792), ("u-12tb1.metal", 3584), ("m7i.metal-24xl", 768),
      ("m7i.metal-48xl", 1536),
    ])
  func factors(type: String, quarters: Int) { #expect(TypeName(type).quarterUnits == Int128(quarters)) }

  @Test(
    "Sizes without a factor have none",
    arguments: ["mac1.metal", "m7i.metal-xl", "m5.", "m5", "m5.0xlarge", "m5.-1xlarge", "m5.huge"])
  func noFactor(type: String) { #expect(TypeName(type).quarterUnits == nil) }

  @Test("A type falls into family and size at its last point")
  func names() {
    #expect(TypeName("t3.medium").family == "t3")
    #expect(TypeName("cache.m5.large").family == "cache.m5")
    #expect(TypeName("cache.m5.large").size == "large")
  }
}
