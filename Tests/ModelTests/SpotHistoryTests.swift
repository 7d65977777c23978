import Model
import TestSupport
import Testing

@Suite struct SpotHistoryTests {
  private let ten = period("2026-10-01", "2026-10-11")

  @Test("A mean counts each price for the time it was in force, until the next of its zone")
  func mean() throws {
    // From 1 October 0.03 for 2 days, 0.04 for 5, 0.05 for 3: (0.06 + 0.20 + 0.15) / 10 = 0.041. Another zone's is its own.
    let catalogue = try prices(
      ("a", "0.03", "2026-09-20"), ("a", "0.04", "2026-10-03"), ("a", "0.05", "2026-10-08"), ("b", "0.09", "2026-10-01")
    )
    let mean = try #require(catalogue.meanSpot(kind("m5.large"), zone: "a", over: ten))
    #expect(mean.hourly == usd("0.041"))
    #expect(mean.newest.effectiveFrom == instant("2026-10-08"))
    #expect(catalogue.meanSpot(kind("m5.large"), zone: "b", over: ten)?.hourly == usd("0.09"))
  }

  @Test("Only the known part of a span counts, and later prices do not")
  func knownPart() throws {
    // Known from the 9th on: two days, the second at 0.06. That of the 11th has not begun.
    let catalogue = try prices(("a", "0.04", "2026-10-09"), ("a", "0.06", "2026-10-10"), ("a", "0.99", "2026-10-11"))
    #expect(catalogue.meanSpot(kind("m5.large"), zone: "a", over: ten)?.hourly == usd("0.05"))
    #expect(catalogue.meanSpot(kind("m5.large"), zone: "a", over: period("2026-10-01", "2026-10-09")) == nil)
    #expect(catalogue.meanSpot(kind("m5.large"), zone: "c", over: ten) == nil)
    #expect(catalogue.meanSpot(kind("c5.large"), zone: "a", over: ten) == nil)
  }

  @Test("A mean between two nano-dollars is rounded half-even")
  func rounding() throws {
    let span = period("2026-10-01", "2026-10-03")
    for (first, second, mean) in [
      ("0.000000001", "0.000000002", "0.000000002"), ("0.000000002", "0.000000003", "0.000000002"),
    ] {
      let catalogue = try prices(("a", first, "2026-10-01"), ("a", second, "2026-10-02"))
      #expect(catalogue.meanSpot(kind("m5.large"), zone: "a", over: span)?.hourly == usd(mean))
    }
  }

  @Test("A zone under its name and its id is counted once: those of the newest price, ids of equally new ones")
  func zoneNames() throws {
    let new = [("use1-az1", "0.04", "2026-10-02"), ("use1-az2", "0.04", "2026-10-02")]
    let named = [("us-east-1a", "0.04", "2026-10-01"), ("us-east-1b", "0.04", "2026-09-15")]
    let end = ten.end
    #expect(try prices(new + named).spotZones(kind("m5.large"), before: end) == ["use1-az1", "use1-az2"])
    // Before the second of October only the named ones are known.
    #expect(
      try prices(new + named).spotZones(kind("m5.large"), before: instant("2026-10-02"))
        == ["us-east-1a", "us-east-1b"])
    let same = try prices([new[0], ("us-east-1a", "0.04", "2026-10-02")])
    #expect(same.spotZones(kind("m5.large"), before: end) == ["use1-az1"])
    #expect(try prices(new).spotZones(kind("c5.large"), before: end) == [])
  }

  @Test("A zone without news for more than 30 days beside the others is no longer offered")
  func oldZone() throws {
    let catalogue = try prices(
      ("a", "0.04", "2026-10-10"), ("b", "0.04", "2026-09-10"), ("c", "0.04", "2026-09-09"))
    #expect(catalogue.spotZones(kind("m5.large"), before: ten.end) == ["a", "b"])
  }

  @Test("Two prices of a zone from one moment are refused")
  func ambiguous() {
    #expect(throws: DataError.self) { try prices(("a", "0.04", "2026-10-01"), ("a", "0.05", "2026-10-01")) }
  }

  @Test(
    "The upper end of a bucket of interruptions counts",
    arguments: [("<5%", 5), ("5-10%", 10), ("15-20%", 20), (">20%", 100), ("unknown", 100), ("", 100), ("<900%", 100)])
  func bucket(text: String, percent: Int) {
    let estimate = SpotEstimate(
      kind: kind("m5.large"), savingsPercent: 60, interruption: text, provenance: provenance())
    #expect(estimate.interruptedPercent == percent)
  }

  private func prices(_ rows: (zone: String, hourly: String, from: String)...) throws -> Catalogue {
    try prices(rows)
  }

  private func prices(_ rows: [(zone: String, hourly: String, from: String)]) throws -> Catalogue {
    try catalogue(PriceBook()) { book in for row in rows { book.spotPrice("m5.large", row.zone, row.hourly, row.from) }
    }
  }
}
