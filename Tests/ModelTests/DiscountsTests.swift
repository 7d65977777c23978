import Model
import TestSupport
import Testing

@Suite struct DiscountsTests {
  private let discounts: Discounts = {
    var discounts = percentOff("5.0")
    discounts.services = ["elasticache": decimal("8.5"), "tokens": decimal("10"), "s3": decimal("0")]
    return discounts
  }()

  @Test("A service's own percentage stands in place of the general one, also when it is 0")
  func own() {
    #expect(discounts.percent(off: "ec2") == decimal("5"))
    #expect(discounts.percent(off: "elasticache") == decimal("8.5"))
    #expect(discounts.percent(off: "s3") == nil)
  }

  @Test("The general percentage is off what the provider bills, and not off other vendors' services")
  func others() {
    #expect(discounts.percent(off: "tokens") == decimal("10"))
    #expect(discounts.percent(off: "mongodb-atlas") == nil)
    #expect(Discounts().percent(off: "ec2") == nil)
  }

  @Test("A fleet buys from the services of its types and of its charges")
  func used() {
    let fleet = tinyFleet([tinyService("app", ["m5.large"]), tinyService("cache", ["cache.m5.large"])]) {
      $0.charges = [
        tinyCharge("a", price: "tokens/anthropic/claude/input", units: 1),
        tinyCharge("b", price: "elb/alb-hour", units: 1),
      ]
    }
    #expect(fleet.priceServices(of: tinyCloud) == ["ec2", "elasticache", "elb", "tokens"])
  }
}
