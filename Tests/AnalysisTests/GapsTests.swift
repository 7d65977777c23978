import Analysis
import Model
import TestSupport
import Testing

@Suite struct GapsTests {
  private let day = SampleGrid(period: period("2026-10-01", "2026-10-02"), stepSeconds: 3600)

  @Test("A gap is a stretch of empty slots of at least the least length")
  func stretches() {
    var values: [Double?] = Array(repeating: 1, count: 24)
    for slot in [0, 1, 5, 22, 23] { values[slot] = nil }
    let found = gaps(in: values, on: day, minimumSeconds: 7200).map(\.period)
    #expect(found == [day.part(0, 2), day.part(22, 24)])
    #expect(gaps(in: values, on: day, minimumSeconds: 3600).count == 3)
  }

  @Test("A gap ends with the period, not with its last slot")
  func cutShort() {
    let grid = SampleGrid(period: period("2026-10-01T00:00:00Z", "2026-10-01T01:30:00Z"), stepSeconds: 3600)
    #expect(gaps(in: [1, nil], on: grid, minimumSeconds: 0).first?.period.seconds == 1800)
  }

  @Test("An instance without samples from an hour before its end is silent since its last one")
  func silent() throws {
    let found = try silent(until: 20)
    #expect(found.map(\.since) == [day.instant(20)])
    #expect(found.map(\.silentSeconds) == [4 * 3600])
  }

  @Test("An instance that reported to its end is not silent")
  func reporting() throws { #expect(try silent(until: 24).isEmpty) }

  @Test("An instance that never reported is silent from its start")
  func neverReported() throws { #expect(try silent(until: 0).map(\.since) == [day.period.start]) }

  @Test("A night in which nothing of the service reported makes nobody suspect")
  func lostForAll() throws { #expect(try silent(until: 20) { _, slot in slot < 20 }.isEmpty) }

  /// One instance that reports each hour before `hour`.
  private func silent(
    until hour: Int, monitored: @escaping (String, Int) -> Bool = { _, _ in true }
  ) throws -> [SilentInstance] {
    let series = samples("app", "app-1", .cpuPercent, on: day) { $0 < hour ? 10 : nil }
    return try silentInstances(
      runs(1, of: "app", "m5.large", day.period), history: History([series]), on: day, wasMonitored: monitored)
  }
}

extension SampleGrid {
  /// The period from one slot's start to another's.
  func part(_ from: Int, _ to: Int) -> Period { Period(start: instant(from), end: instant(to)) }
}
