import Model
import TestSupport
import Testing

@Suite struct ScaledDecimalTests {
  @Test("Numbers are compared exactly, whatever their scales, and where doubles cannot tell them apart")
  func order() {
    // In ascending order. The two beside 0.1 differ in the 18th decimal; those of scale 40 are as far apart as can be.
    let ascending = [
      ScaledDecimal(mantissa: .min, scale: 0), ScaledDecimal(mantissa: -1, scale: 0),
      ScaledDecimal(mantissa: .min, scale: 40), ScaledDecimal(mantissa: 0, scale: 7),
      ScaledDecimal(mantissa: 1, scale: 40), ScaledDecimal(mantissa: .max, scale: 40),
      ScaledDecimal(mantissa: 99_999_999_999_999_999, scale: 18), ScaledDecimal(mantissa: 1, scale: 1),
      ScaledDecimal(mantissa: 100_000_000_000_000_001, scale: 18), ScaledDecimal(mantissa: 1, scale: 0),
      ScaledDecimal(mantissa: .max - 1, scale: 0), ScaledDecimal(mantissa: .max, scale: 0),
    ]
    for (a, one) in ascending.enumerated() {
      for (b, other) in ascending.enumerated() { #expect(one.isLess(than: other) == (a < b), "\(one), \(other)") }
    }
    let (half, same) = (ScaledDecimal(mantissa: 5, scale: 1), ScaledDecimal(mantissa: 5000, scale: 4))
    #expect(!half.isLess(than: same) && !same.isLess(than: half))
  }

  @Test(
    "A number comes back exactly as it was written", arguments: ["0", "0.50", "-12.340", "99.5", "0.000001", "-0.5"])
  func spelling(text: String) { #expect(ScaledDecimal(text)?.description == text) }

  @Test("Every mantissa and scale comes back from its text", arguments: 0..<300)
  func roundTrip(seed: Int) {
    var random = SplitMix64(seed: seed)
    let magnitude = powerOfTen(random.number(0...18))
    let number = ScaledDecimal(mantissa: random.number(-magnitude...magnitude), scale: random.number(0...18))
    #expect(ScaledDecimal(number.description) == number)
  }

  @Test(
    "An exponent moves the point",
    arguments: [
      ("1.5e3", 1500, 0), ("1.5E-3", 15, 4), ("2e0", 2, 0), ("1e+2", 100, 0), ("-1.25e1", -125, 1), ("0e50", 0, 0),
    ])
  func exponents(text: String, mantissa: Int64, scale: Int) {
    #expect(ScaledDecimal(text) == ScaledDecimal(mantissa: mantissa, scale: scale))
  }

  @Test(
    "What is no decimal, or does not fit, is nil",
    arguments: [
      "", "-", ".", "e5", "1e", "1e5.0", "1.2.3", "0x10", "NaN", "inf", "1 000", " 1", "½", "9223372036854775808",
      "1e19", "1e-19", "0.0000000000000000001", "1e999",
    ])
  func rejects(text: String) { #expect(ScaledDecimal(text) == nil) }

  @Test("The largest 64-bit mantissa still fits")
  func largest() {
    #expect(ScaledDecimal("9223372036854775807") == ScaledDecimal(mantissa: .max, scale: 0))
  }

  @Test("Two spellings of one number are equal once normalised")
  func normalised() {
    #expect(decimal("0.50") != decimal("0.5"))
    #expect(decimal("0.50").normalised == decimal("0.5").normalised)
    #expect(decimal("100").normalised == ScaledDecimal(mantissa: 100, scale: 0))
    #expect(decimal("0.000").normalised == ScaledDecimal(mantissa: 0, scale: 0))
  }

  @Test("The double is the nearest one while the mantissa is below 2^53", arguments: 0..<300)
  func nearestDouble(seed: Int) {
    // Division of two exactly representable numbers is correctly rounded (IEEE 754), as the parser's result is.
    var random = SplitMix64(seed: seed)
    let limit = Int64(1) << 53
    let number = ScaledDecimal(mantissa: random.number(-limit...limit), scale: random.number(0...18))
    #expect(number.double == Double(number.description))
  }

  @Test(
    "Figures for people round half away from zero",
    arguments: [(12.34, 1, "12.3"), (0.5, 0, "1"), (-0.5, 0, "-1"), (2.0, 2, "2.00"), (0.04, 1, "0.0")])
  func roundedForPeople(value: Double, decimals: Int, text: String) { #expect(rounded(value, decimals) == text) }
}
