import Foundation
import Model
import TestSupport
import Testing

@Suite struct MoneyTests {
  @Test(
    "A plain decimal parses to the nano-dollar",
    arguments: [
      ("0.0416", 41_600_000), ("-12", -12_000_000_000), ("0", 0), (".5", 500_000_000), ("1e3", 1_000_000_000_000),
      ("0.000000001", 1), ("-0.000000001", -1), ("9223372036.854775807", Int64.max),
    ])
  func parses(text: String, nano: Int64) { #expect(Money(text)?.nanoDollars == nano) }

  @Test(
    "What is not an amount, or does not fit, is refused",
    arguments: ["", "n/a", "$5", "1,000", "1.0.0", "--1", "1 ", "0.0000000001", "9223372037", "1e99"])
  func rejects(text: String) { #expect(Money(text) == nil) }

  @Test(
    "An amount prints all its decimals, at least two",
    arguments: [("0.0416", "0.0416"), ("12", "12.00"), ("-0.000000001", "-0.000000001"), ("1.10", "1.10")])
  func prints(text: String, printed: String) { #expect(usd(text).description == printed) }

  @Test("Every printed amount parses back", arguments: 0..<200)
  func roundTrip(seed: Int) {
    var random = SplitMix64(seed: seed)
    let money = Money(nanoDollars: random.number(-Int64.max...Int64.max))
    #expect(Money(money.description) == money)
  }

  @Test(
    "A charge rounds once, ties to the even nano-dollar",
    arguments: [
      // Halves: 0.5 -> 0, 1.5 -> 2, 2.5 -> 2, and the same below zero.
      (1, 2, 0), (3, 2, 2), (5, 2, 2), (7, 2, 4), (-1, 2, 0), (-3, 2, -2), (-5, 2, -2), (-7, 2, -4),
      // No ties: to the nearest.
      (2, 3, 1), (1, 3, 0), (-2, 3, -1), (-1, 3, 0), (6, 3, 2), (0, 5, 0),
    ])
  func halfEven(nano: Int64, per: Int, expected: Int64) {
    #expect(Money(nanoDollars: nano).charge(for: 1, per: Int128(per)).nanoDollars == expected)
  }

  @Test("A rate held for seconds is what Foundation's Decimal makes of it, bankers' rounding", arguments: 0..<500)
  func agreesWithDecimal(seed: Int) {
    var random = SplitMix64(seed: seed)
    let rate = Money(nanoDollars: random.number(-100_000_000_000...100_000_000_000))
    let seconds: Int64 = random.number(0...2_678_400)
    #expect(rate.perHour(seconds: seconds).nanoDollars == bankers(Decimal(rate.nanoDollars) * Decimal(seconds) / 3600))
  }

  @Test("The product may exceed 64 bits as long as the charge does not")
  func wideProduct() {
    // 9.2 billion dollars held for a month of 2,678,400 s at "per 2,678,400 s" is itself; the product needs 85 bits.
    let most = Money(nanoDollars: .max)
    #expect(most.charge(for: 2_678_400, per: 2_678_400) == most)
    // $98.32/h for 10,000 instances over 744 h: 98.32 × 7,440,000 = 731,500,800.
    #expect(usd("98.32").charge(for: 10_000 * 744 * 3600, per: 3600) == usd("731500800"))
  }

  @Test("Amounts add and compare exactly where binary fractions do not")
  func adds() {
    #expect(usd("0.1") + usd("0.2") == usd("0.3"))
    #expect(usd("0.3") - usd("0.1") == usd("0.2"))
    #expect(usd("-0.000000001") < .zero)
  }
}

/// A decimal rounded to an integer, ties to even, by Foundation.
func bankers(_ value: Decimal) -> Int64 {
  var value = value
  var rounded = Decimal()
  NSDecimalRound(&rounded, &value, 0, .bankers)
  return Int64(truncating: rounded as NSDecimalNumber)
}
