import Ingest
import Model
import Testing

/// What the reviewer asks of right-sizing, and what limits and caches it may look at.
@Suite struct FleetReviewTests {
  private static let keys = """
    review:
      lookback_days: 60
      half_life_days: 14
      minimum_hours_within_days: 21
      hold_days: 28
      risk: cautious
      candidates: catalogue
      other_family_effort_percent: 4
      other_architecture_effort_percent: 20
      throughput_headroom_percent: 30

    """
  private let asking = shippedFleetText.replacing("\nreview:\n", with: "\n" + keys)

  @Test("The optional keys of the review are read as they are written; the shipped fleet has none")
  func read() throws {
    let review = try readFleet(text: asking, file: "fleet.yaml").review
    #expect(review.lookbackDays == 60 && review.halfLifeDays == 14 && review.minimumHoursWithinDays == 21)
    #expect(review.holdDays == 28 && review.risk == .cautious && review.candidates == .catalogue)
    #expect(review.otherFamilyEffortPercent == 4 && review.otherArchitectureEffortPercent == 20)
    #expect(review.throughputHeadroomPercent == 30)
    let shipped = try shippedFleet().review
    #expect(shipped.lookbackDays == nil && shipped.halfLifeDays == nil && shipped.minimumHoursWithinDays == nil)
    #expect(shipped.risk == nil && shipped.candidates == nil && shipped.throughputHeadroomPercent == nil)
    #expect(shipped.otherFamilyEffortPercent == nil && shipped.otherArchitectureEffortPercent == nil)
  }

  @Test("CPU is chosen by its expected loss, but where a percentile or a headroom of it is stated, and no risk")
  func cpuRisk() throws {
    func risk(_ review: String) throws -> CapacityRisk? {
      try readFleet(text: "name: a\nreview: { \(review) }\n", file: "fleet.yaml").review.cpuRisk
    }
    #expect(try risk("memory_headroom_percent: 10") == .expected)
    #expect(try risk("percentile: 99.5") == nil && risk("cpu_headroom_percent: 20") == nil)
    #expect(try risk("percentile: 99, risk: bold") == .bold)
    #expect(try shippedFleet().review.cpuRisk == nil)
  }

  @Test(
    "Their numbers have their ranges",
    arguments: [
      ("lookback_days: 60", 0, 1...400), ("lookback_days: 60", 401, 1...400), ("half_life_days: 14", 0, 1...400),
      ("minimum_hours_within_days: 21", 401, 1...400), ("other_family_effort_percent: 4", -1, 0...1000),
      ("other_architecture_effort_percent: 20", 1001, 0...1000), ("throughput_headroom_percent: 30", 100, 0...99),
    ])
  func ranges(old: String, bad: Int, range: ClosedRange<Int>) throws {
    let key = try #require(old.split(separator: ":").first)
    let expected = "expected a whole number from \(range.lowerBound) to \(range.upperBound)"
    #expect(
      fleetError(old, "\(key): \(bad)", of: asking, line: "\(bad)")
        == "fleet.yaml: review.\(key): found \(bad), \(expected)")
    for good in [range.lowerBound, range.upperBound] {
      #expect(fleetError(old, "\(key): \(good)", of: asking) == "no error")
    }
  }

  @Test("Risk and candidates are words of their lists")
  func words() {
    #expect(
      fleetError("risk: cautious", "risk: timid", of: asking, line: "timid")
        == "fleet.yaml: review.risk: found \"timid\", expected one of bold, expected, cautious")
    #expect(
      fleetError("candidates: catalogue", "candidates: lists", of: asking, line: "lists")
        == "fleet.yaml: review.candidates: found \"lists\", expected one of list, catalogue, same-family, "
        + "same-architecture, current-generation, a pattern such as m6* or !x2gd*; did you mean \"list\"?")
  }

  @Test("Candidates may be several words and patterns, in a list or with commas between them")
  func patterns() throws {
    for text in ["[same-architecture, m6*, \"!x2gd*\"]", "same-architecture, m6*, !x2gd*"] {
      let fleet = try readFleet(
        text: asking.replacing("candidates: catalogue", with: "candidates: \(text)"), file: "fleet.yaml")
      let range = try #require(fleet.review.candidates)
      #expect(range.words == [.sameArchitecture] && range.patterns.map(\.text) == ["m6*", "!x2gd*"])
      #expect(range.patterns.map(\.isExcluded) == [false, true] && range.isBeyondList)
    }
    #expect(
      fleetError("candidates: catalogue", "candidates: [m6*, sorts]", of: asking, line: "sorts")
        .hasPrefix("fleet.yaml: review.candidates[1]: found \"sorts\", expected one of list, catalogue, same-family"))
    #expect(
      fleetError("candidates: catalogue", "candidates: []", of: asking, line: "candidates")
        .hasPrefix("fleet.yaml: review.candidates: found "))
  }

  @Test(
    "A percentile written as a fraction is refused", arguments: ["0.99", "0.995", "1", "49.9", "100.1"],
    ["percentile", "memory_percentile"])
  func fractions(bad: String, key: String) throws {
    let text = asking.replacing("  lookback_days: 60\n", with: "  lookback_days: 60\n  memory_percentile: 98.5\n")
    let old = key == "percentile" ? "percentile: 99.5" : "memory_percentile: 98.5"
    #expect(
      fleetError(old, "\(key): \(bad)", of: text, line: " \(bad)")
        == "fleet.yaml: review.\(key): found \(bad), expected a percentile from 50 to 100, such as 99.5")
    #expect(fleetError(old, "\(key): 50", of: text) == "no error")
  }

  @Test("A limit may be for each GiB of memory, and then is not each instance's")
  func perGib() throws {
    let old = "metric: connections, value: 5000, per_instance: false"
    let text = shippedFleetText.replacing(old, with: old + ", per_gib: true")
    let database = try #require(try readFleet(text: text, file: "fleet.yaml").service("database"))
    #expect(database.limit(for: .connections)?.perGib == true)
    #expect(database.limit(for: .iops)?.perGib == nil)
    let both = "metric: connections, value: 5000, per_instance: true, per_gib: true"
    #expect(
      fleetError(old, both, line: "per_gib")
        == "fleet.yaml: services[4].limits[0].per_gib: found per_gib with per_instance, "
        + "expected per_instance: false where the value is for each GiB of memory")
    #expect(fleetError(old, both.replacing("per_gib: true", with: "per_gib: false")) == "no error")
  }

  @Test("A database may name the engine whose cache it has")
  func cache() throws {
    let key = "sharding_at_percent: 80"
    let bare = shippedFleetText.replacing(/\n +cache: wiredtiger[^\n]*/, with: "")
    let text = bare.replacing(key, with: key + "\n      cache: wiredtiger")
    #expect(try readFleet(text: text, file: "fleet.yaml").service("database")?.database?.cache == .wiredTiger)
    #expect(try readFleet(text: bare, file: "fleet.yaml").service("database")?.database?.cache == nil)
    #expect(
      fleetError("cache: wiredtiger", "cache: wiredtigger", of: text, line: "wiredtigger")
        == "fleet.yaml: services[4].database.cache: found \"wiredtigger\", expected one of wiredtiger; "
        + "did you mean \"wiredtiger\"?")
  }

  @Test("WiredTiger takes half of the memory less a GiB, and at least 256 MiB")
  func wiredTiger() {
    // The manual's own example: (4 - 1) / 2; then m5.large, m5.xlarge; below 1.5 GiB the minimum.
    for (memory, cache) in [(4, 1.5), (8, 3.5), (16, 7.5), (1.5, 0.25), (1.25, 0.25), (1, 0.25)] {
      #expect(DatabaseCache.wiredTiger.cacheGiB(ofMemoryGiB: memory) == cache)
    }
  }
}
