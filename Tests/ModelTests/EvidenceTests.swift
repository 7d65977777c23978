import Model
import TestSupport
import Testing

@Suite struct EvidenceTests {
  @Test("Coverage rounds down, so that a gap never prints as complete")
  func roundsDown() {
    // 8,927 / 8,928 = 99.989 %.
    #expect(Coverage(seen: 8927, expected: 8928).percentText == "99.9 %")
    #expect(Coverage(seen: 8928, expected: 8928).percentText == "100.0 %")
    // 8,640 / 8,928 = 96.774 %.
    #expect(Coverage(seen: 8640, expected: 8928).description == "96.7 % (8,640 of 8,928 samples)")
  }

  @Test("Nothing expected is no coverage")
  func nothing() { #expect(Coverage(seen: 0, expected: 0).permille == 0) }

  @Test("Coverages add up by samples, not by percent")
  func adds() {
    #expect(Coverage(seen: 1, expected: 10) + Coverage(seen: 90, expected: 90) == Coverage(seen: 91, expected: 100))
  }

  @Test("A count groups its thousands", arguments: [(0, "0"), (999, "999"), (1000, "1,000"), (1_234_567, "1,234,567")])
  func groups(count: Int, text: String) { #expect(grouped(count) == text) }

  @Test("Confidence and severity are ordered")
  func order() {
    #expect(Confidence.low < .medium && Confidence.medium < .high)
    #expect(Severity.warning < .scaling && Severity.scaling < .critical)
  }

  @Test("Waste goes first, size comes before windows, and windows before purchase")
  func steps() { #expect(AdviceStep.allCases == [.waste, .rightsize, .schedule, .tune, .mix]) }
}
