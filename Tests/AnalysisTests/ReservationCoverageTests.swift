import Model
import TestSupport
import Testing

@testable import Analysis

// Examples: Amazon EC2 user guide, "How Reserved Instances are applied" (apply_ri) and "How you are billed"
// (concepts-reserved-instances-application).

@Suite struct ReservationCoverageTests {
  private let hour = period("2026-10-01T08:00:00Z", "2026-10-01T09:00:00Z")

  @Test("One t2.medium covers two t2.small in full")
  func twoSmaller() {
    let coverage = coverage(runs(2, of: "app", "t2.small", hour), [commitment("a", 1, "t2.medium", at: "0.02")])
    #expect(coverage.uncovered.isEmpty)
    #expect(coverage.unused == [0])
  }

  @Test("One t2.medium covers half of a t2.large")
  func halfLarger() {
    let coverage = coverage(runs(1, of: "app", "t2.large", hour), [commitment("a", 1, "t2.medium", at: "0.02")])
    #expect(hours(coverage.covered[key("t2.large")]?[0], "t2.large") == 0.5)
    #expect(hours(coverage.uncovered[key("t2.large")]?[hour.start], "t2.large") == 0.5)
  }

  @Test("Scenario 1: four m4.large cover two m4.xlarge in full, a c4.large covers half of a c4.xlarge")
  func scenarioOne() {
    let running = runs(2, of: "app", "m4.xlarge", hour) + runs(1, of: "app", "c4.xlarge", hour)
    let coverage = coverage(
      running, [commitment("m", 4, "m4.large", at: "0.05"), commitment("c", 1, "c4.large", at: "0.05")])
    #expect(hours(coverage.covered[key("m4.xlarge")]?[0], "m4.xlarge") == 2)
    #expect(coverage.uncovered[key("m4.xlarge")] == nil)
    #expect(hours(coverage.covered[key("c4.xlarge")]?[1], "c4.xlarge") == 0.5)
    #expect(hours(coverage.uncovered[key("c4.xlarge")]?[hour.start], "c4.xlarge") == 0.5)
    #expect(coverage.unused == [0, 0])
  }

  @Test("A c4.8xlarge covers one c4.4xlarge and eight c4.large")
  func combination() {
    // AWS whitepaper "Amazon EC2 Reserved Instances and Other AWS Reservation Models", size flexibility: 64 = 32 + 8 × 4.
    let running = runs(1, of: "app", "c4.4xlarge", hour) + runs(8, of: "web", "c4.large", hour)
    let coverage = coverage(running, [commitment("a", 1, "c4.8xlarge", at: "0.80")])
    #expect(coverage.uncovered.isEmpty)
    #expect(coverage.unused == [0])
  }

  @Test("The smallest instances are covered first")
  func smallestFirst() {
    // 32 quarter units: an m5.large takes 16, a quarter of an m5.2xlarge (64) the other 16.
    let running = runs(1, of: "app", "m5.2xlarge", hour) + runs(1, of: "app", "m5.large", hour)
    let coverage = coverage(running, [commitment("a", 1, "m5.xlarge", at: "0.1")])
    #expect(hours(coverage.covered[key("m5.large")]?[0], "m5.large") == 1)
    #expect(hours(coverage.covered[key("m5.2xlarge")]?[0], "m5.2xlarge") == 0.25)
  }

  @Test("One reservation and four instances of 15 minutes in one clock hour: no on-demand usage")
  func quarterHours() {
    let quarter = Period(start: hour.start.advanced(by: 600), end: hour.start.advanced(by: 1500))
    let coverage = coverage(runs(4, of: "app", "m4.xlarge", quarter), [commitment("a", 1, "m4.xlarge", at: "0.1")])
    #expect(coverage.uncovered.isEmpty)
    #expect(coverage.unused == [0])
  }

  @Test("One reservation and four instances of an hour: three hours on demand")
  func fourConcurrent() {
    let coverage = coverage(runs(4, of: "app", "m4.xlarge", hour), [commitment("a", 1, "m4.xlarge", at: "0.1")])
    #expect(hours(coverage.uncovered[key("m4.xlarge")]?[hour.start], "m4.xlarge") == 3)
  }

  @Test("What nobody uses in an hour is unused, and does not carry over to the next")
  func doesNotAccumulate() {
    let later = period("2026-10-01T09:00:00Z", "2026-10-01T10:00:00Z")
    let both = Period(start: hour.start, end: later.end)
    let coverage = ReservationCoverage(
      runs: runs(2, of: "app", "m5.large", later), commitments: [commitment("a", 1, "m5.large", at: "0.05")],
      over: both, by: tinyCloud, kind: { kind($0.type) })
    #expect(hours(coverage.unused[0], "m5.large") == 1)
    #expect(hours(coverage.uncovered[key("m5.large")]?[later.start], "m5.large") == 1)
  }

  @Test("A commitment covers nothing before it starts or after its term")
  func terms() {
    let half = commitment("a", 1, "m5.large", at: "0.05", from: "2026-10-01T08:30:00Z")
    let starting = coverage(runs(1, of: "app", "m5.large", hour), [half])
    #expect(hours(starting.covered[key("m5.large")]?[0], "m5.large") == 0.5)
    // 365 days from 2025-10-01T08:15: over a quarter of an hour into the hour.
    let ending = coverage(
      runs(1, of: "app", "m5.large", hour), [commitment("a", 1, "m5.large", at: "0.05", from: "2025-10-01T08:15:00Z")])
    #expect(hours(ending.covered[key("m5.large")]?[0], "m5.large") == 0.25)
  }

  @Test("Commitments apply in the order given; another family, engine or spot is not covered")
  func doesNotMatch() {
    let spot = [run("s", of: "app", "m5.large", hour, .spot)]
    let coverage = coverage(
      runs(1, of: "app", "c5.large", hour) + spot,
      [commitment("a", 1, "m5.large", at: "0.05"), commitment("r", 1, "c5.large", at: "0.05", engine: "redis")])
    #expect(coverage.covered.isEmpty)
    #expect(hours(coverage.spot[ZonedUsage(usage: key("m5.large"), zone: "us-east-1a")]?[hour.start], "m5.large") == 1)
    #expect(coverage.unused.allSatisfy { $0 > 0 })
    let twice = self.coverage(
      runs(1, of: "app", "m5.large", hour),
      [commitment("a", 1, "m5.large", at: "0.05"), commitment("b", 1, "m5.large", at: "0.04")])
    #expect(hours(twice.unused[0], "m5.large") == 0 && hours(twice.unused[1], "m5.large") == 1)
  }

  @Test("A size without a factor is covered by its own kind alone")
  func withoutFactor() {
    let own = coverage(runs(1, of: "app", "m7g.metal", hour), [commitment("a", 1, "m7g.metal", at: "2")])
    #expect(own.uncovered.isEmpty)
    let other = coverage(runs(1, of: "app", "m7g.metal", hour), [commitment("a", 1, "m7g.large", at: "0.05")])
    #expect(other.covered.isEmpty)
  }

  @Test("A Windows reservation covers its own size alone")
  func windows() {
    // apply_ri: size flexibility is not supported for Windows Server, RHEL and SUSE reservations.
    let coverage = ReservationCoverage(
      runs: runs(2, of: "app", "m5.large", hour),
      commitments: [commitment("a", 1, "m5.xlarge", at: "0.1", engine: "windows")], over: hour, by: tinyCloud,
      kind: { kind($0.type, engine: "windows") })
    #expect(coverage.covered.isEmpty)
  }

  @Test("Every unit-second is covered or not, and every commitment is used or not", arguments: 0..<100)
  func conserves(seed: Int) {
    var random = SplitMix64(seed: seed)
    let types = ["m5.large", "m5.xlarge", "m5.2xlarge", "c5.large"]
    let day = period("2026-10-01", "2026-10-02")
    let running = (0..<random.number(1...8)).map { index in
      let start = day.start.advanced(by: random.number(0...80_000))
      let end = min(day.end, start.advanced(by: random.number(1...40_000)))
      return run("r\(index)", of: "app", types.randomElement(using: &random)!, Period(start: start, end: end))
    }
    let held = (0..<random.number(0...3)).map {
      commitment("c\($0)", random.number(1...3), types.randomElement(using: &random)!, at: "0.05")
    }
    let coverage = ReservationCoverage(
      runs: running, commitments: held, over: day, by: tinyCloud, kind: { kind($0.type) })
    for type in types {
      let ran = running.filter { $0.type == type }.reduce(Int128(0)) {
        $0 + Int128($1.overlap(with: day)!.seconds) * tinyCloud.normalisedUnits(of: kind(type))
      }
      let covered = coverage.covered[key(type)]?.values.reduce(0, +) ?? 0
      #expect(covered + (coverage.uncovered[key(type)]?.total ?? 0) == ran)
    }
    for index in held.indices {
      let used = coverage.covered.values.reduce(Int128(0)) { $0 + ($1[index] ?? 0) }
      let bought =
        Int128(held[index].commitment.count) * tinyCloud.normalisedUnits(of: held[index].kind) * 86_400
      #expect(used + coverage.unused[index] == bought)
    }
  }

  @Test("A day's hours are covered as each is alone, though those alike are worked out once", arguments: 0..<60)
  func hourByHour(seed: Int) {
    var random = SplitMix64(seed: seed)
    let types = ["m5.large", "m5.xlarge", "c5.large"]
    // From half past to half past, so that the first and the last hour are cut.
    let day = period("2026-10-01T00:30:00Z", "2026-10-02T00:30:00Z")
    let running = (0..<random.number(1...6)).map { index in
      // On the hour now and then, so that hours alike begin there.
      let start = day.start.advanced(by: Bool.random(using: &random) ? 1800 : random.number(0...80_000))
      let end = min(day.end, start.advanced(by: Bool.random(using: &random) ? 36_000 : random.number(1...60_000)))
      return run(
        "r\(index)", of: "app", types.randomElement(using: &random)!, Period(start: start, end: end),
        Bool.random(using: &random) ? .onDemand : .spot)
    }
    let held = (0..<random.number(0...3)).map { index in
      var held = commitment("c\(index)", random.number(1...3), types.randomElement(using: &random)!, at: "0.05")
      if Bool.random(using: &random) { held.commitment.ended = day.start.advanced(by: random.number(1...86_000)) }
      return held
    }
    func cover(_ part: Period) -> ReservationCoverage {
      ReservationCoverage(runs: running, commitments: held, over: part, by: tinyCloud, kind: { kind($0.type) })
    }
    let whole = cover(day)
    var unused = [Int128](repeating: 0, count: held.count)
    for hour in HourlyUnits.hours(of: day) {
      let start = Instant(seconds: hour * 3600)
      let alone = cover(Period(start: max(start, day.start), end: min(start.advanced(by: 3600), day.end)))
      for type in types {
        #expect(whole.uncovered[key(type)]?[start] ?? 0 == alone.uncovered[key(type)]?.total ?? 0)
        let zoned = ZonedUsage(usage: key(type), zone: "us-east-1a")
        #expect(whole.spot[zoned]?[start] ?? 0 == alone.spot[zoned]?.total ?? 0)
      }
      for index in held.indices { unused[index] += alone.unused[index] }
    }
    #expect(whole.unused == unused)
  }

  private func coverage(_ runs: [InstanceRun], _ held: [PricedCommitment]) -> ReservationCoverage {
    ReservationCoverage(runs: runs, commitments: held, over: hour, by: tinyCloud, kind: { kind($0.type) })
  }
  private func key(_ type: String) -> UsageKey { UsageKey(service: "app", kind: kind(type)) }
  /// Unit-seconds as instance-hours of a type.
  private func hours(_ units: Int128?, _ type: String) -> Double {
    Double(units ?? 0) / 3600 / Double(tinyCloud.normalisedUnits(of: kind(type)))
  }
}
