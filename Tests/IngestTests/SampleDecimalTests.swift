import Ingest
import TestSupport
import Testing

@Suite struct SampleDecimalTests {
  private func text(_ spelling: String) -> String? {
    sampleDecimal(Array(spelling.utf8)[...]).map { "\($0.mantissa)/\($0.scale)" }
  }

  @Test(
    "A number is read exactly as it is written",
    arguments: [
      ("-12.340", "-12340/3"), ("7", "7/0"), (".5", "5/1"), ("5.", "5/0"), ("+1", "1/0"), ("-0", "0/0"),
      ("0.00", "0/2"), ("007", "7/0"),
      // 1.5 × 10^3 = 1500; 1.5 × 10^-3 = 15 × 10^-4.
      ("1.5e3", "1500/0"), ("1.5E-3", "15/4"), ("1.500e+1", "1500/2"),
      // 16 decimals and 5 more of the exponent.
      ("4.9406564584124654e-05", "49406564584124654/21"),
      // 18 digits, then zeros that say nothing more.
      ("1.234567890123456780000", "123456789012345678/17"), ("0.100000000000000000000", "100000000000000000/18"),
      // 10^18 is below 2^63 = 9.22 × 10^18.
      ("1000000000000000000", "1000000000000000000/0"), ("1e18", "1000000000000000000/0"),
      ("1e-40", "1/40"), ("10e-41", "1/40"), ("0e-50", "0/40"), ("0e999999", "0/0"),
    ])
  func accepted(spelling: String, expected: String) { #expect(text(spelling) == expected) }

  @Test(
    "Anything else is no number",
    arguments: [
      "", "-", ".", "+.", "1.2.3", "1e", "1e+", "e5", "1e5x", "1 ", " 1", "NaN", "Inf", "0x10", "1_000", "--1", "1e25",
      "10000000000000000000", "1234567890123456789", "1.2345678901234567891", "1e-41", "1e-99999999999999999999",
    ])
  func refused(spelling: String) { #expect(text(spelling) == nil) }

  @Test("Random mantissas and scales come back from their text")
  func roundTrip() {
    var random = SplitMix64(seed: 7)
    for _ in 0..<20_000 {
      // Any number of digits up to 18.
      let mantissa: Int64 = random.number(0...999_999_999_999_999_999) / tens(random.number(0...17))
      let scale = random.number(0...40)
      let digits = String(mantissa)
      let padded = String(repeating: "0", count: max(0, scale + 1 - digits.count)) + digits
      let plain = scale == 0 ? padded : "\(padded.dropLast(scale)).\(padded.suffix(scale))"
      #expect(text("-\(plain)") == "\(-mantissa)/\(scale)")
      #expect(text("\(mantissa)e-\(scale)") == "\(mantissa)/\(scale)")
    }
  }

  private func tens(_ exponent: Int) -> Int64 { (0..<exponent).reduce(1) { power, _ in power * 10 } }
}
