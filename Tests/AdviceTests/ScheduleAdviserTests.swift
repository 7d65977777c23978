import Analysis
import Model
import TestSupport
import Testing

@testable import Advice

// Four weeks from a Monday, UTC; four m5.large run all the time. One instance may carry 1.6 vCPU: 20 % on each of the four
// (1.6 vCPU together) needs one, 80 % (6.4) needs all four.

@Suite struct ScheduleAdviserTests {
  private let grid = SampleGrid(period: fourWeeks, stepSeconds: 3600)
  /// Tuesday 03:00.
  private let tuesdayNight = 27

  @Test("Hours that never need more are capped, and the plan runs what is needed")
  func caps() throws {
    let study = study { self.isDay($0) ? 80 : 20 }
    let advice = try study.advice(ScheduleAdviser())
    #expect(advice.verdict.outcome == .recommended)
    #expect(advice.verdict.confidence == .high)
    #expect(advice.verdict.conclusion == .change && advice.verdict.reason == .schedule(.heldEveryWeek))
    #expect(advice.verdict.changes == [nineToFive])
    #expect(figures(advice.verdict).last == .capacity(WeekOfCapacity("daily 09:00-17:00 4, else 1")!))
    let counts = try runningCounts(study.planAfter(advice).runs, on: grid)
    #expect(grid.slots.allSatisfy { counts[$0] == (self.isDay($0) ? 4 : 1) })
  }

  @Test("A peak in one week of four keeps its hour in every week")
  func peakOfOneWeek() throws {
    let study = study { slot in slot == 2 * 168 + self.tuesdayNight ? 80 : 20 }
    let counts = try runningCounts(study.planAfter(try study.advice(ScheduleAdviser())).runs, on: grid)
    for week in 0..<4 {
      #expect(counts[week * 168 + tuesdayNight] == 4)
      #expect(counts[week * 168 + tuesdayNight - 2] == 1)
    }
  }

  @Test("An hour never measured, or measured in too few weeks, keeps what ran: a gap is not zero", arguments: [0, 2])
  func gap(weeksMeasured: Int) throws {
    let study = study { slot in slot % 168 == self.tuesdayNight && slot / 168 >= weeksMeasured ? nil : 20 }
    let counts = try runningCounts(study.planAfter(try study.advice(ScheduleAdviser())).runs, on: grid)
    for week in 0..<4 { #expect(counts[week * 168 + tuesdayNight] == 4) }
    #expect(counts[tuesdayNight - 2] == 1)
  }

  @Test("Instances whose memory nobody measured are not idle: too many of them, and nothing is scheduled")
  func partlyMeasured() throws {
    // Of four instances two have memory: 50 %, where 80 % is asked for.
    var study = study { self.isDay($0) ? 80 : 20 }
    study.series.removeAll { $0.key.metric == .memoryPercent && ["app-1", "app-2"].contains($0.key.resource) }
    let measured = Set(study.series.filter { $0.key.metric == .memoryPercent }.map(\.key.resource))
    try #require(measured.count == 2 && study.runs.count == 4)
    let verdict = try study.advice(ScheduleAdviser()).verdict
    #expect(verdict.outcome == .refused)
    let coverage = Coverage(seen: 2 * grid.count, expected: 4 * grid.count)
    let shortfall = CoverageShortfall(.dimensions([.memory]), .share(coverage, requiredPercent: 80))
    #expect(verdict.reason == .schedule(.shortfall(shortfall)))
  }

  @Test("An hour of which memory alone is measured keeps what ran, for CPU may need it")
  func partialGap() throws {
    var study = study { slot in slot % 168 == self.tuesdayNight ? nil : 20 }
    study.series.removeAll { $0.key.metric == .memoryPercent }
    study.measure(.memoryPercent) { _ in 10 }
    let counts = try runningCounts(study.planAfter(try study.advice(ScheduleAdviser())).runs, on: grid)
    #expect(counts[tuesdayNight] == 4)
  }

  @Test("An hour measured in three of four weeks is judged by those three")
  func threeWeeks() throws {
    let study = study { slot in slot == self.tuesdayNight ? nil : 20 }
    let advice = try study.advice(ScheduleAdviser())
    #expect(try runningCounts(study.planAfter(advice).runs, on: grid).allSatisfy { $0 == 1 })
    #expect(advice.verdict.confidence == .medium)
    #expect(figures(advice.verdict).contains(.weeks(3...4, required: 3)))
  }

  @Test("Windows follow the wall clock, across the end of summer time")
  func daylightSaving() throws {
    // New York leaves summer time on 1 November, the last day of the four weeks.
    let clock = LocalClock(identifier: "America/New_York")!
    let isDay = { (slot: Int) in (9..<17).contains(clock.hourOfWeek(at: self.grid.instant(slot)) % 24) }
    var study = study { isDay($0) ? 80 : 20 }
    study.zone = "America/New_York"
    let advice = try study.advice(ScheduleAdviser())
    #expect(advice.verdict.changes == [nineToFive])
    let counts = try runningCounts(study.planAfter(advice).runs, on: grid)
    #expect(grid.slots.allSatisfy { counts[$0] == (isDay($0) ? 4 : 1) })
  }

  @Test("Fewer instances than ran are never turned into more")
  func capsOnly() throws {
    // 95 % of four needs five.
    let verdict = try study { _ in 95 }.advice(ScheduleAdviser()).verdict
    #expect(verdict.outcome == .kept)
    #expect(verdict.conclusion == .noWindows && verdict.reason == .schedule(.nothingSpare))
  }

  @Test("No window without memory: fewer instances would each carry more of it")
  func unmeasuredMemory() throws {
    var study = study { _ in 20 }
    study.series.removeAll { $0.key.metric == .memoryPercent }
    let verdict = try study.advice(ScheduleAdviser()).verdict
    #expect(verdict.outcome == .refused)
    #expect(verdict.reason == .schedule(.shortfall(CoverageShortfall(.memory, .unmeasured))))
  }

  @Test("A vertical service has no windows, for its instances hold data")
  func vertical() throws {
    var study = study { _ in 20 }
    study.service.approach = .cluster
    let verdict = try study.advice(ScheduleAdviser()).verdict
    #expect(verdict.outcome == .kept && verdict.reason == .schedule(.holdsData))
  }

  @Test("The evidence says what one instance carries, and what the count follows")
  func evidence() throws {
    // 80 % of 2 vCPU; 80 % of 8 GiB.
    let verdict = try study { self.isDay($0) ? 80 : 20 }.advice(ScheduleAdviser()).verdict
    let carried = [
      CapacityDimension(.cpu, perInstance: 1.6, atMost: 2), CapacityDimension(.memory, perInstance: 6.4, atMost: 8),
    ]
    #expect(figures(verdict).prefix(3) == [.requirement, .binding(.dimension(.cpu)), .carries(carried)])
  }

  @Test("Never fewer than the fleet file's minimum")
  func minimum() throws {
    var study = study { _ in 5 }
    study.service.minimum = 3
    let counts = try runningCounts(study.planAfter(try study.advice(ScheduleAdviser())).runs, on: grid)
    #expect(counts.allSatisfy { $0 == 3 })
  }

  @Test("A week of capacity in words groups its days and ends with the commonest level")
  func words() {
    let weekend = (0..<168).map { $0 < 120 ? (8..<18).contains($0 % 24) ? 4 : 2 : 2 }
    #expect(WeekOfCapacity(hours: weekend).description == "Mon-Fri 08:00-18:00 4, else 2")
    #expect(WeekOfCapacity(hours: Array(repeating: 3, count: 168)).description == "3 at all hours")
    #expect(
      WeekOfCapacity(hours: (0..<168).map { $0 / 24 == 0 || $0 / 24 == 2 ? 1 : 5 }).description
        == "Mon+Wed 00:00-24:00 1, else 5")
  }

  private func isDay(_ slot: Int) -> Bool { (9..<17).contains(slot % 24) }

  private let nineToFive = Change(
    WeeklyCapacity(service: "app", capacity: WeekOfCapacity("daily 09:00-17:00 4, else 1")!))

  private func figures(_ verdict: Verdict) -> [ScheduleFigure] {
    verdict.evidence.figures.compactMap { if case .schedule(let figure) = $0 { figure } else { nil } }
  }

  /// Four instances with CPU in percent by hour of the four weeks, and memory at 10 % where CPU is measured.
  private func study(_ cpu: @escaping (Int) -> Int64?) -> TinyStudy {
    var study = TinyStudy(tinyService("app", ["m5.large"]), count: 4, "m5.large", on: grid)
    study.measure(.cpuPercent, cpu)
    study.measure(.memoryPercent) { cpu($0) == nil ? nil : 10 }
    return study
  }
}

extension SampleGrid {
  fileprivate var slots: Range<Int> { 0..<count }
}
