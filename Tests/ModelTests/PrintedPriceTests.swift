import Model
import Testing

@Suite struct PrintedPriceTests {
  @Test(
    "A price keeps up to nine decimals, and loses what a double added to them",
    arguments: [
      ("0.0416", "0.0416"), ("151.0", "151.00"), ("0.123456789", "0.123456789"), ("0.1000000000000000", "0.10"),
      ("0.10400000000000001", "0.104"), ("0.033899999999999997", "0.0339"), ("0.9999999999999999", "1.00"),
      ("0.10000000000000000000000", "0.10"), ("1e-3", "0.001"),
    ])
  func taken(text: String, price: String) { #expect(Money(printedPrice: text)?.description == price) }

  @Test(
    "A tenth decimal that means something is refused, and so is what is no price",
    arguments: [
      "0.1234567891", "0.000000000999", "0.0000000000010", "0.1040000000010", "-1", "+1", "", "NaN", "1.2.3", "1,5",
      "0.1040000000000000x", "99999999999.1234567890001",
    ])
  func refused(text: String) { #expect(Money(printedPrice: text) == nil) }
}
