import Model
import TestSupport
import Testing

@Suite struct MoneyPrintingTests {
  @Test("Weights whose products leave 128 bits split in the same proportion")
  func hugeWeights() {
    // 3 : 1 of 1,000.
    let weights = [3 * (Int128(1) << 120), Int128(1) << 120]
    #expect(
      apportion(Money(nanoDollars: 1_000_000_000_000), by: weights).map(\.nanoDollars) == [
        750_000_000_000, 250_000_000_000,
      ])
  }

  @Test(
    "Cents group thousands for people and not for machines",
    arguments: [
      (123_456, "1,234.56", "1234.56"), (-5, "-0.05", "-0.05"), (0, "0.00", "0.00"), (99_999, "999.99", "999.99"),
      (100_000, "1,000.00", "1000.00"), (123_456_789_00, "123,456,789.00", "123456789.00"),
      (-100_000, "-1,000.00", "-1000.00"),
    ])
  func text(count: Int64, grouped: String, plain: String) {
    #expect(Cents(count).grouped == grouped)
    #expect(Cents(count).plain == plain)
  }

  @Test("A signed difference shows its plus, and zero has no sign")
  func signed() {
    #expect(Cents(1234).signed == "+12.34")
    #expect(Cents(-5).signed == "-0.05")
    #expect(Cents.zero.signed == "0.00")
  }

  @Test(
    "A lone amount rounds half-even to the cent",
    arguments: [
      ("0.005", 0), ("0.015", 2), ("0.025", 2), ("-0.005", 0), ("-0.015", -2), ("0.005000001", 1), ("1.994999999", 199),
    ])
  func rounds(text: String, count: Int64) { #expect(Cents(usd(text)).count == count) }

  @Test("Three thirds of a dollar print as 0.34 + 0.33 + 0.33, the earlier part taking the cent")
  func thirds() {
    // 0.3333... each: floors 33 + 33 + 33 = 99, one cent missing, remainders equal.
    let third = Money(nanoDollars: 333_333_333)
    let last = Money(nanoDollars: 333_333_334)
    #expect(printedCents(of: [third, third, third]).map(\.count) == [34, 33, 33])
    // The last has a larger remainder by a nano-dollar, so it takes the cent.
    #expect(printedCents(of: [third, third, last]).map(\.count) == [33, 33, 34])
  }

  @Test("Printed parts add up to the printed total, and none moves by a cent", arguments: 0..<300)
  func largestRemainder(seed: Int) {
    var random = SplitMix64(seed: seed)
    let parts = randomParts(&random)
    let printed = printedCents(of: parts)
    #expect(printed.reduce(.zero, +) == Cents(parts.reduce(.zero, +)))
    for (part, cents) in zip(parts, printed) {
      #expect(abs(cents.count * Money.nanoPerCent - part.nanoDollars) < Money.nanoPerCent)
    }
  }

  @Test("Printed parts add up to a total that another table printed", arguments: 0..<300)
  func overriddenTotal(seed: Int) {
    var random = SplitMix64(seed: seed)
    let parts = randomParts(&random)
    let total = Cents(parts.reduce(.zero, +)) + Cents(random.number(-3...3))
    #expect(printedCents(of: parts, total: total).reduce(.zero, +) == total)
  }

  @Test("No parts print as no parts, whatever the total")
  func empty() {
    #expect(printedCents(of: []).isEmpty)
    #expect(printedCents(of: [], total: Cents(5)).isEmpty)
  }

  @Test("Apportioned parts add up to the nano-dollar, each within one of its exact share", arguments: 0..<300)
  func apportioned(seed: Int) {
    var random = SplitMix64(seed: seed)
    let amount = Money(nanoDollars: random.number(-1_000_000_000_000...1_000_000_000_000))
    let weights = (0..<random.number(1...6)).map { _ in Int128(random.number(0...1_000_000_000)) }
    let parts = apportion(amount, by: weights)
    #expect(parts.reduce(.zero, +) == amount)
    let total = weights.reduce(0, +)
    for (part, weight) in zip(parts, weights) where total > 0 {
      // |part - amount × weight / total| < 1, multiplied out.
      let error = Int128(part.nanoDollars) * total - Int128(amount.nanoDollars) * weight
      #expect(error.magnitude < total.magnitude)
    }
  }

  @Test("A weight of nothing gets nothing, and all-zero weights give everything to the first")
  func zeroWeights() {
    #expect(apportion(usd("10"), by: [0, 3, 1]) == [.zero, usd("7.5"), usd("2.5")])
    #expect(apportion(usd("10"), by: [0, 0]) == [usd("10"), .zero])
  }

  private func randomParts(_ random: inout SplitMix64) -> [Money] {
    (0..<random.number(1...12)).map { _ in
      let spread: Int64 = random.coin() ? 100_000_000 : 50_000_000_000
      return Money(nanoDollars: random.number(-spread...spread))
    }
  }
}
