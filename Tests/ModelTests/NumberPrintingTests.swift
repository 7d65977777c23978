import Model
import TestSupport
import Testing

@Suite struct NumberPrintingTests {
  @Test(
    "Thousands are grouped before the point alone",
    arguments: [
      ("0", "0"), ("999", "999"), ("1000", "1,000"), ("-1000", "-1,000"), ("-999.1234567", "-999.1234567"),
      ("1234567.8901", "1,234,567.8901"), ("9223372036854775807", "9,223,372,036,854,775,807"),
    ])
  func groups(plain: String, text: String) { #expect(decimal(plain).grouped == text) }

  @Test("The greatest counts are grouped, too")
  func extremes() {
    #expect(grouped(.max) == "9,223,372,036,854,775,807")
    #expect(grouped(.min) == "-9,223,372,036,854,775,808")
  }

  @Test(
    "A number that no rounding can hold is written as it is",
    arguments: [
      (1e19, 0, "1e+19"), (-1e18, 2, "-1e+18"), (.nan, 1, "not a number"), (.infinity, 1, "infinity"),
      (-.infinity, 1, "minus infinity"),
      (9.2e18, 0, "9200000000000000000"), (0.5, -3, "1"), (0.25, 40, "0.250000000000000000"),
    ])
  func unrounded(value: Double, decimals: Int, text: String) { #expect(rounded(value, decimals) == text) }

  @Test(
    "Money is rounded half-even to decimals, or keeps all of them, four at least",
    arguments: [
      ("0.085", nil, "0.0850"), ("0.000000125", nil, "0.000000125"), ("12", nil, "12.0000"), ("0.00005", 4, "0.0000"),
      ("0.00015", 4, "0.0002"), ("-0.00015", 4, "-0.0002"), ("2.5", 0, "2"), ("1.5", 20, "1.500000000"),
      ("1.5", -1, "2"),
    ] as [(String, Int?, String)])
  func money(amount: String, decimals: Int?, text: String) {
    #expect(usd(amount).decimal(decimals).description == text)
  }
}
