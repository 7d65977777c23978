import Clouds
import Model
import TestSupport
import Testing

@testable import Analysis

// Examples: Amazon EC2 user guide, "How Reserved Instances are applied" (apply_ri), "Examples of applying Reserved
// Instances", <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/apply_ri.html>.

@Suite struct SizeFlexibilityTests {
  private let hour = period("2026-10-01T08:00:00Z", "2026-10-01T09:00:00Z")

  @Test("Scenario 1 of AWS: four zonal m3.large cover four m3.large of their zone")
  func scenarioOne() {
    let running = runs(4, of: "app", "m3.large", hour) + runs(2, of: "web", "m4.xlarge", hour, zone: "us-east-1b")
    let coverage = coverage(
      running,
      [commitment("m3", 4, "m3.large", at: "0.1", zone: "us-east-1a"), commitment("m4", 4, "m4.large", at: "0.1")])
    #expect(coverage.uncovered.isEmpty)
    #expect(coverage.unused == [0, 0])
  }

  @Test("Scenario 2 of AWS: one m3.2xlarge covers two m3.large in full and one of two m3.xlarge")
  func scenarioTwo() {
    let running = runs(2, of: "app", "m3.xlarge", hour) + runs(2, of: "web", "m3.large", hour, zone: "us-east-1b")
    let coverage = coverage(running, [commitment("a", 1, "m3.2xlarge", at: "0.3")])
    // 16 = 2 × 4 + 1 × 8 normalised units.
    #expect(hours(coverage.covered[key("m3.large", "web")]?[0], "m3.large") == 2)
    #expect(hours(coverage.covered[key("m3.xlarge")]?[0], "m3.xlarge") == 1)
    #expect(hours(coverage.uncovered[key("m3.xlarge")]?[hour.start], "m3.xlarge") == 1)
    #expect(coverage.unused == [0])
  }

  @Test("Scenario 4 of AWS: the zonal reservation is applied before the regional one, so that both are used")
  func zonalFirst() {
    let running = runs(1, of: "a", "m4.xlarge", hour) + runs(1, of: "b", "m4.xlarge", hour, zone: "us-east-1b")
    // The regional one was bought first and would take the instance of its own service, which is in the zone.
    let coverage = coverage(
      running,
      [
        commitment("regional", 1, "m4.xlarge", at: "0.1", of: "a"),
        commitment("zonal", 1, "m4.xlarge", at: "0.1", of: "c", zone: "us-east-1a"),
      ])
    #expect(coverage.uncovered.isEmpty)
    #expect(hours(coverage.covered[key("m4.xlarge", "a")]?[1], "m4.xlarge") == 1)
    #expect(hours(coverage.covered[key("m4.xlarge", "b")]?[0], "m4.xlarge") == 1)
  }

  @Test("A zonal reservation covers neither another zone nor another size")
  func zonalIsExact() {
    let held = commitment("zonal", 1, "m5.xlarge", at: "0.1", zone: "us-east-1a")
    #expect(coverage(runs(1, of: "app", "m5.xlarge", hour, zone: "us-east-1b"), [held]).covered.isEmpty)
    #expect(coverage(runs(2, of: "app", "m5.large", hour), [held]).covered.isEmpty)
    #expect(coverage(runs(1, of: "app", "m5.xlarge", hour), [held]).uncovered.isEmpty)
  }

  @Test(
    "A family without size flexibility is covered by its own size alone, in every zone",
    arguments: AWS.inflexibleFamilies)
  func inflexible(family: String) {
    let held = commitment("a", 1, "\(family).4xlarge", at: "1")
    #expect(coverage(runs(1, of: "app", "\(family).2xlarge", hour), [held]).covered.isEmpty)
    #expect(coverage(runs(1, of: "app", "\(family).4xlarge", hour, zone: "us-east-1b"), [held]).uncovered.isEmpty)
  }

  @Test("Bare metal counts as the largest size of its family: AWS's examples of i3.metal, both ways")
  func bareMetal() {
    for (count, type) in [(1, "i3.16xlarge"), (2, "i3.8xlarge"), (4, "i3.4xlarge")] {
      let coverage = coverage(runs(count, of: "app", type, hour), [commitment("a", 1, "i3.metal", at: "3")])
      #expect(coverage.uncovered.isEmpty && coverage.unused == [0], "\(type)")
    }
    let back = coverage(runs(1, of: "app", "i3.metal", hour), [commitment("a", 2, "i3.8xlarge", at: "1.5")])
    #expect(back.uncovered.isEmpty && back.unused == [0])
  }

  @Test("A reserved node of Redis covers Valkey, of which a node counts four fifths; not the other way, nor Memcached")
  func valkey() {
    func coverage(_ held: String, _ running: String, _ type: String = "cache.m5.large") -> ReservationCoverage {
      let reserved = commitment("a", 1, "cache.m5.large", at: "0.1", engine: held)
      return ReservationCoverage(
        runs: runs(1, of: "app", type, hour), commitments: [reserved], over: hour, by: tinyCloud,
        kind: { kind($0.type, engine: running) })
    }
    let own = coverage("redis", "redis")
    #expect(own.uncovered.isEmpty && own.unused == [0])
    // An hour of 80 units, of which Valkey draws 64.
    let valkey = coverage("redis", "valkey")
    #expect(valkey.uncovered.isEmpty && valkey.unused == [3600 * 16])
    // An xlarge draws 128 of 80: 62.5 %.
    let larger = coverage("redis", "valkey", "cache.m5.xlarge")
    #expect(larger.unused == [0] && larger.uncovered.values.first?.total == 3600 * 48)
    for (held, running) in [("valkey", "redis"), ("redis", "memcached"), ("memcached", "valkey")] {
      #expect(coverage(held, running).covered.isEmpty, "\(held) \(running)")
    }
    #expect(
      SharingGroup(kind("cache.m5.large", engine: "valkey"), by: tinyCloud)
        == SharingGroup(kind("cache.m5.xlarge", engine: "redis"), by: tinyCloud))
  }

  @Test("The engine of a reservation, where its file says one, decides what it covers")
  func engine() {
    var held = commitment("a", 1, "m5.large", at: "0.1", engine: "linux")
    held.commitment.engine = "windows"
    #expect(!held.covers(kind("m5.large"), in: "us-east-1a", by: tinyCloud))
    #expect(held.covers(kind("m5.large", engine: "windows"), in: "us-east-1a", by: tinyCloud))
    #expect(!held.covers(kind("m5.xlarge", engine: "windows"), in: "us-east-1a", by: tinyCloud))
  }

  private func coverage(_ runs: [InstanceRun], _ held: [PricedCommitment]) -> ReservationCoverage {
    ReservationCoverage(runs: runs, commitments: held, over: hour, by: tinyCloud, kind: { kind($0.type) })
  }
  private func key(_ type: String, _ service: String = "app") -> UsageKey {
    UsageKey(service: service, kind: kind(type))
  }
  /// Unit-seconds as instance-hours of a type.
  private func hours(_ units: Int128?, _ type: String) -> Double {
    Double(units ?? 0) / 3600 / Double(tinyCloud.normalisedUnits(of: kind(type)))
  }
}
