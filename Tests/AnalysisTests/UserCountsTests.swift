import Analysis
import Model
import TestSupport
import Testing

@Suite struct UserCountsTests {
  private let grid = SampleGrid(period: period("2026-10-01", "2026-10-02"), stepSeconds: 3600)
  private let fleet = tinyFleet([]) { $0.userTypes = [tinyUserType("a"), tinyUserType("b")] }

  @Test("User-seconds, averages and the peak of the sum over types")
  func counts() throws {
    // a: 10 all day; b: 0, 1, ... 23. The peak is 33 in the last hour; b averages 11.5.
    let counts = try counts({ _ in 10 }, { Int64($0) })
    #expect(counts.seconds == [10 * 86_400, 276 * 3600])
    #expect(counts.averages == [10, 11.5])
    #expect(counts.peak == 33)
    #expect(counts.peakInstant == grid.instant(23))
    #expect(counts.coverage == Coverage(seen: 24, expected: 24))
  }

  @Test("An interval in which one type is unmeasured is no total, and a gap is no zero in the average")
  func gaps() throws {
    let counts = try counts({ $0 == 23 ? nil : 10 }, { Int64($0) })
    #expect(counts.peak == 32)
    #expect(counts.averages[0] == 10)
    #expect(counts.measuredSeconds == [23 * 3600, 86_400])
    #expect(counts.coverage == Coverage(seen: 23, expected: 24))
  }

  @Test("Counts beyond 64 bits are counted, and the largest number where they are scaled beyond 128")
  func huge() throws {
    // 10^15 is the most that a sample may say; times the seconds of a day it is beyond 64 bits.
    let most: Int64 = 1_000_000_000_000_000
    var counts = try counts({ _ in most }, { _ in most })
    #expect(counts.seconds == [Int128(most) * 86_400, Int128(most) * 86_400])
    #expect(counts.peak == 2_000_000_000_000_000)
    #expect(counts.peakInstant == grid.instant(0))
    counts.scale(by: DemandFactor(3, 2))
    #expect(counts.seconds[0] == Int128(1_500_000_000_000_000) * 86_400)
    counts.scale(by: DemandFactor(.max, 1))
    #expect(counts.seconds[0] == .max)
    #expect(counts.peak == .max)
  }

  @Test("A type without a sample is left out and named, and there is no peak of all")
  func missing() throws {
    let series = samples("users", "a", .concurrentUsers, on: grid) { _ in 1 }
    let counts = try UserCounts(fleet: fleet, history: History([series]), grid: grid)
    #expect(counts.types.map(\.name) == ["a"])
    #expect(counts.gap == .unmeasured(["b"]))
    #expect(counts.peak == nil)
  }

  @Test("Users that were measured and were none are another thing than users that nobody measured, or knows of")
  func gapsOfUsers() throws {
    #expect(try counts({ _ in 0 }, { _ in 0 }).gap == .nobody)
    #expect(try counts({ _ in 0 }, { _ in 1 }).gap == nil)
    #expect(try UserCounts(fleet: fleet, history: History([]), grid: grid).gap == .unmeasured(["a", "b"]))
    #expect(try UserCounts(fleet: tinyFleet([]), history: History([]), grid: grid).gap == .noTypes)
  }

  @Test("A type counts the same however often it is measured", arguments: [60, 300, 900, 3600, 86_400] as [Int64])
  func intervals(step: Int64) throws {
    let series = [("a", step), ("b", 300)].map { name, step in
      samples("users", name, .concurrentUsers, on: SampleGrid(period: grid.period, stepSeconds: step)) { _ in 100 }
    }
    let fine = SampleGrid(period: grid.period)
    // A day apart there is one sample, of which nothing says how long it stands for.
    let counts = try UserCounts(fleet: fleet, history: History(series), grid: fine)
    guard step < 86_400 else { return }
    #expect(counts.seconds == [8_640_000, 8_640_000] && counts.measuredSeconds == [86_400, 86_400])
    #expect(counts.averages == [100, 100] && counts.peak == 200)
    #expect(counts.coverage == Coverage(seen: 288, expected: 288))
  }

  @Test("Scaled users are the same users times the factor")
  func scaled() throws {
    var counts = try counts({ _ in 10 }, { _ in 5 })
    counts.scale(by: DemandFactor(3, 2))
    #expect(counts.averages == [15, 7.5])
    #expect(counts.seconds == [15 * 86_400, 75 * 8640])
    // 15 × 1.5 = 22.5, rounded to whole people.
    #expect(counts.peak == 23)
  }

  @Test("Counts of different scales count as what they are")
  func mixedScales() throws {
    // a: 2.5 in the first half of the day, 10 in the second: 12 x 3600 x 12.5 = 540,000 seconds, on average 6.25.
    let hours = (0..<24).map { grid.instant($0).seconds }
    let mixed = Series(
      key: SeriesKey(service: "users", resource: "a", metric: .concurrentUsers), instants: hours,
      mantissas: hours.indices.map { $0 < 12 ? 25 : 10 }, scales: hours.indices.map { $0 < 12 ? 1 : 0 })
    let other = samples("users", "b", .concurrentUsers, on: grid) { _ in 1 }
    let counts = try UserCounts(fleet: fleet, history: History([mixed, other]), grid: grid)
    #expect(counts.seconds == [540_000, 86_400])
    #expect(counts.averages == [6.25, 1])
    #expect(counts.peak == 11 && counts.peakInstant == grid.instant(12))
  }

  private func counts(_ a: (Int) -> Int64?, _ b: (Int) -> Int64?) throws -> UserCounts {
    let series = [
      samples("users", "a", .concurrentUsers, on: grid, a), samples("users", "b", .concurrentUsers, on: grid, b),
    ]
    return try UserCounts(fleet: fleet, history: History(series), grid: grid)
  }
}
