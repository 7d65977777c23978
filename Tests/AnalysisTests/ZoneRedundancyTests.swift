import Analysis
import Testing

@Suite struct ZoneRedundancyTests {
  @Test(
    "What is left without a zone is enough",
    arguments: [
      // 6 over 3 zones are 2 each, so 4 are left; 5 over 2 zones may lose 3, so 4 need 8; one zone saves nothing.
      (4, 3, 6), (4, 2, 8), (1, 3, 2), (1, 2, 2), (4, 1, 4), (4, 0, 4), (0, 3, 0), (0, 1, 0),
    ])
  func hand(required: Int, zones: Int, expected: Int) {
    #expect(count(leaving: required, afterLossOfOneOf: zones) == expected)
  }

  @Test("It is the least such count", arguments: 2...6)
  func bruteForce(zones: Int) {
    for required in 0...200 {
      let least = (0...).first { $0 - ($0 + zones - 1) / zones >= required }
      #expect(count(leaving: required, afterLossOfOneOf: zones) == least)
    }
  }

  @Test("With one zone nothing is added")
  func single() {
    for required in 0...200 { #expect(count(leaving: required, afterLossOfOneOf: 1) == required) }
  }
}
