import Model
import TestSupport
import Testing

@testable import Wording

/// Waste in words, on the fleet's clock.
@Suite struct WasteWordsTests {
  @Test("Silence is told on the fleet's clock")
  func reasons() {
    // New York is four hours behind in October.
    let moments = [instant("2026-10-19T14:15:00Z"), instant("2026-10-20T00:00:00Z")]
    #expect(
      words(on: "America/New_York").text(.silent(since: moments))
        == "paid for by the inventory, silent since 2026-10-19 10:15, 2026-10-19 20:00")
    #expect(words().text(WasteReason.allReport) == "every instance that is paid for reports")
  }

  @Test("A silent instance is told with its type and the hours that are paid for")
  func figure() {
    // 1,086,300 / 3,600 = 301.75.
    let figure = SilentFigure("i-1", type: "c5.large", since: instant("2026-10-19T14:15:00Z"), seconds: 1_086_300)
    #expect(
      words(on: "America/New_York").fact(.silent(figure))
        == ReportFact(
          "silent", .text("i-1 (c5.large) since 2026-10-19 10:15, 301.8 hours paid for without a sample")))
  }
}
