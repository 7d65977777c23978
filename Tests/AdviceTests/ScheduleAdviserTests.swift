import Analysis
import Model
import TestSupport
import Testing

@testable import Advice

// Four weeks from a Monday, UTC; four m5.large run all the time. One instance may carry 1.6 vCPU: 15 % on each of the
// four (1.2 vCPU together) needs one, 70 % (5.6, with a margin of 3 % 5.77) needs all four. An instance takes five
// minutes to come.

@Suite struct ScheduleAdviserTests {
  private let grid = SampleGrid(period: fourWeeks, stepSeconds: 3600)
  /// Tuesday 03:00.
  private let tuesdayNight = 27

  @Test(
    "A service that nothing scales follows its rhythm by two actions, the later of which brings back what the other takes"
  )
  func rhythm() throws {
    let study = study { self.isDay($0) ? 70 : 15 }
    let advice = try study.advice(ScheduleAdviser())
    #expect(advice.verdict.outcome == .recommended && advice.verdict.conclusion == .change)
    #expect(advice.verdict.reason == .schedule(.held(Coverage(seen: 168, expected: 168))))
    #expect(advice.verdict.changes == [nineToFive("UTC")])
    // At 08:55 for 09:00: on a grid of hours from 09:00 on.
    #expect(try counts(study, advice) == grid.slots.map { isDay($0) ? 4 : 1 })
  }

  @Test("An hour of every second week keeps its instances in every week", arguments: [[0, 2], [1, 3]])
  func everySecondWeek(weeks: [Int]) throws {
    let study = study { slot in weeks.contains { slot == $0 * 168 + self.tuesdayNight } ? 70 : 15 }
    let counts = try counts(study, study.advice(ScheduleAdviser()))
    for week in 0..<4 {
      #expect(counts[week * 168 + tuesdayNight] == 4)
      #expect(counts[week * 168 + tuesdayNight - 2] == 1)
    }
  }

  @Test("A launch that never came again makes no window", arguments: 0..<4)
  func launch(week: Int) throws {
    let study = study { slot in
      self.isDay(slot) || slot == week * 168 + self.tuesdayNight ? 70 : 15
    }
    let advice = try study.advice(ScheduleAdviser())
    #expect(advice.verdict.changes == [nineToFive("UTC")])
    let day = CivilDate("2026-10-06")!.day + 7 * week
    #expect(figures(advice.verdict).contains(.oneOff([CivilDate(day: day)])))
  }

  @Test(
    "What the fleet file calls an event is neither learned from nor judged by, the last week's too", arguments: 0..<4)
  func event(week: Int) throws {
    // A busy night of two of the week's days, which are then not like no other.
    var study = study { slot in
      self.isDay(slot) || [27, 51].contains { slot == week * 168 + $0 || slot == 168 + $0 } ? 70 : 15
    }
    study.fleet = { fleet in
      fleet.events = [0, week == 1 ? 0 : 1].map { number in
        var event = CalendarEvent()
        event.name = "move \(number)"
        event.from = CivilDate(day: CivilDate("2026-10-06")!.day + 7 * (number == 0 ? week : 1))
        event.last = CivilDate(day: event.from.day + 1)
        return event
      }
    }
    let advice = try study.advice(ScheduleAdviser())
    #expect(advice.verdict.changes == [nineToFive("UTC")])
    #expect(figures(advice.verdict).contains { if case .events = $0 { true } else { false } })
  }

  @Test("A quiet week is no evidence that the others need less", arguments: 0..<4)
  func holiday(week: Int) throws {
    let study = study { slot in self.isDay(slot) && slot / 168 != week ? 70 : 15 }
    #expect(try study.advice(ScheduleAdviser()).verdict.changes == [nineToFive("UTC")])
  }

  @Test("What the last week refutes is not advised")
  func refuted() throws {
    // From the fourth week on the nights are as busy as the days: that is no day like no other, for seven are alike.
    let study = study { slot in self.isDay(slot) || slot >= 3 * 168 ? 70 : 15 }
    let verdict = try study.advice(ScheduleAdviser()).verdict
    // 16 hours of each of seven nights.
    #expect(verdict.outcome == .kept && verdict.reason == .schedule(.notHeld(seconds: 7 * 16 * 3600)))
  }

  @Test("An hour never measured, or measured in too few weeks, keeps what ran: a gap is not zero", arguments: [0, 2])
  func gap(weeksMeasured: Int) throws {
    let study = study { slot in slot % 168 == self.tuesdayNight && slot / 168 >= weeksMeasured ? nil : 15 }
    let counts = try counts(study, study.advice(ScheduleAdviser()))
    for week in 0..<4 { #expect(counts[week * 168 + tuesdayNight] == 4) }
    #expect(counts[tuesdayNight - 2] == 1)
  }

  @Test("Instances whose memory nobody measured are not idle: too many of them, and nothing is scheduled")
  func partlyMeasured() throws {
    // Of four instances two have memory: 50 %, where 80 % is asked for.
    var study = study { self.isDay($0) ? 70 : 15 }
    study.series.removeAll { $0.key.metric == .memoryPercent && ["app-1", "app-2"].contains($0.key.resource) }
    let measured = Set(study.series.filter { $0.key.metric == .memoryPercent }.map(\.key.resource))
    try #require(measured.count == 2 && study.runs.count == 4)
    let verdict = try study.advice(ScheduleAdviser()).verdict
    #expect(verdict.outcome == .refused)
    let coverage = Coverage(seen: 2 * grid.count, expected: 4 * grid.count)
    let shortfall = CoverageShortfall(.dimensions([.memory]), .share(coverage, requiredPercent: 80))
    #expect(verdict.reason == .schedule(.shortfall(shortfall)))
  }

  @Test("One count that suffices at all times is a count, not a schedule")
  func constant() throws {
    let study = study { slot in slot == self.tuesdayNight ? nil : 15 }
    let advice = try study.advice(ScheduleAdviser())
    #expect(advice.verdict.changes == [Change(FixedCount(service: "app", count: 1))])
    #expect(try counts(study, advice).allSatisfy { $0 == 1 })
  }

  @Test("Actions follow the wall clock, across the end of summer time")
  func daylightSaving() throws {
    // New York leaves summer time on 1 November, the last day of the four weeks.
    let clock = LocalClock(identifier: "America/New_York")!
    let isDay = { (slot: Int) in (9..<17).contains(clock.hourOfWeek(at: self.grid.instant(slot)) % 24) }
    var study = study { isDay($0) ? 70 : 15 }
    study.zone = "America/New_York"
    let advice = try study.advice(ScheduleAdviser())
    #expect(advice.verdict.changes == [nineToFive("America/New_York")])
    #expect(try counts(study, advice) == grid.slots.map { isDay($0) ? 4 : 1 })
  }

  @Test("An action that adds capacity strikes at a time that the clock shows on every day of the year")
  func skipped() throws {
    // New York's clock is set forward from 02:00 to 03:00 on a Sunday of March: what is to be there at 02:30 strikes
    // before two.
    let clock = LocalClock(identifier: "America/New_York")!
    let isBusy = { (slot: Int) in (3..<17).contains(clock.hourOfWeek(at: self.grid.instant(slot)) % 24) }
    var study = study { isBusy($0) ? 70 : 15 }
    study.zone = "America/New_York"
    let change = scheduled([("55 1 * * *", 4), ("0 17 * * *", 1)], desired: [4, 1], zone: "America/New_York")
    #expect(try study.advice(ScheduleAdviser()).verdict.changes == [change])
  }

  @Test("Too few weeks to learn on some and to judge on the last are said so")
  func tooFewWeeks() throws {
    var study = study { self.isDay($0) ? 70 : 15 }
    study.fleet = { $0.review.minimumWeeks = 4 }
    let verdict = try study.advice(ScheduleAdviser()).verdict
    #expect(verdict.outcome == .kept && verdict.reason == .schedule(.tooFewWeeks(4, required: 5)))
  }

  @Test("Fewer instances than ran are never turned into more")
  func neverMore() throws {
    // 95 % of four needs five.
    let verdict = try study { _ in 95 }.advice(ScheduleAdviser()).verdict
    #expect(verdict.outcome == .kept)
    #expect(verdict.conclusion == .noWindows && verdict.reason == .schedule(.nothingSpare))
  }

  @Test("No window without memory: fewer instances would each carry more of it")
  func unmeasuredMemory() throws {
    var study = study { _ in 15 }
    study.series.removeAll { $0.key.metric == .memoryPercent }
    let verdict = try study.advice(ScheduleAdviser()).verdict
    #expect(verdict.outcome == .refused)
    #expect(verdict.reason == .schedule(.shortfall(CoverageShortfall(.memory, .unmeasured))))
  }

  @Test("Memory that instances fill without load is not counted against fewer of them")
  func idleMemory() throws {
    // 30 % of 8 GiB in each of four whatever they do, and CPU for one: 9.6 GiB together would fill two.
    var study = TinyStudy(tinyService("app", ["m5.large"]), count: 4, "m5.large", on: grid)
    study.measure(.cpuPercent) { self.isDay($0) ? 70 : 15 }
    study.measure(.memoryPercent) { _ in 30 }
    #expect(try study.advice(ScheduleAdviser()).verdict.changes == [nineToFive("UTC")])
  }

  @Test("A vertical service has no windows, for its instances hold data")
  func vertical() throws {
    var study = study { _ in 15 }
    study.service.approach = .cluster
    let verdict = try study.advice(ScheduleAdviser()).verdict
    #expect(verdict.outcome == .kept && verdict.reason == .schedule(.holdsData))
  }

  @Test("The evidence says what was learned on what and judged on what, and what others would have come to")
  func evidence() throws {
    var study = study { self.isDay($0) ? 70 : 15 }
    var own = ScheduledAction()
    (own.recurrence, own.minimum, own.desired, own.maximum) = ("0 0 * * *", 1, 1, 10)
    study.service.scheduledActions = [own]
    let figures = figures(try study.advice(ScheduleAdviser()).verdict)
    let last = period("2026-10-26", "2026-11-02")
    #expect(figures.contains(.learned(fourWeeks)))
    #expect(figures.contains(.judged(last, learned: period("2026-10-05", "2026-10-26"))))
    #expect(figures.contains(.requirement(marginPercent: 3)))
    let trials = figures.compactMap { if case .trial(let trial) = $0 { trial } else { nil } }
    #expect(trials.map(\.kind) == [.none, .own, .advised])
    // One instead of four at all hours of the week, of which 56 are busy; four in those 56.
    #expect(trials.map { $0.instanceSeconds / 3600 } == [672, 168, 336])
    #expect(trials.map { $0.shortSeconds / 3600 } == [0, 56, 0])
    // 0.096 USD an hour.
    #expect(trials.map(\.saving) == [.zero, usd("48.384"), usd("32.256")])
    #expect(trials.map(\.actions) == [0, 1, 2])
  }

  @Test("Never fewer than the fleet file's minimum")
  func minimum() throws {
    var study = study { _ in 5 }
    study.service.minimum = 3
    #expect(try counts(study, study.advice(ScheduleAdviser())).allSatisfy { $0 == 3 })
  }

  @Test("A service that something scales gets a floor before a load that comes too fast for it, and it closes")
  func floor() throws {
    // Two run, from 10:00 to 17:00 of weekdays three: something follows. At 09:00 of weekdays three are needed, an
    // hour before.
    var study = rampStudy { slot in self.isWeekday(slot) && slot % 24 == 9 ? 100 : 50 }
    let advice = try study.advice(ScheduleAdviser())
    // Two of 2 vCPU at 100 % are 4 vCPU, which three keep below 80 %; at 50 % two are 2 vCPU, which two carry.
    #expect(
      advice.verdict.changes == [
        scheduled([("55 8 * * MON-FRI", 3), ("0 10 * * MON-FRI", 2)], desired: [3, 2], zone: "UTC")
      ])
    #expect(advice.verdict.reason == .schedule(.ramp(before: 5 * 3600, after: 0)))
    #expect(advice.isUnconditional)
    let counts = try counts(study, advice)
    #expect(grid.slots.allSatisfy { counts[$0] == (isWeekday($0) && (9..<17).contains($0 % 24) ? 3 : 2) })
    study.series.removeAll { $0.key.metric == .cpuPercent }
    study.measure(.cpuPercent) { _ in 50 }
    let calm = try study.advice(ScheduleAdviser()).verdict
    #expect(calm.outcome == .kept && calm.reason == .schedule(.followsLoad))
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
  private func isWeekday(_ slot: Int) -> Bool { slot / 24 % 7 < 5 }

  private func nineToFive(_ zone: String) -> Change {
    scheduled([("55 8 * * *", 4), ("0 17 * * *", 1)], desired: [4, 1], zone: zone)
  }

  private func scheduled(_ floors: [(String, Int)], desired: [Int], zone: String) -> Change {
    Change(
      ScheduledCapacity(
        service: "app",
        actions: zip(floors, desired).map { floor, desired in
          CapacityAction(recurrence: floor.0, timezone: zone, minimum: floor.1, desired: desired, maximum: 10)
        }))
  }

  private func figures(_ verdict: Verdict) -> [ScheduleFigure] {
    verdict.evidence.figures.compactMap { if case .schedule(let figure) = $0 { figure } else { nil } }
  }

  /// What runs as the advice leaves it.
  private func counts(_ study: TinyStudy, _ advice: Proposal) throws -> [Int] {
    runningCounts(try study.planAfter(advice).runs, on: grid)
  }

  /// Four instances with CPU in percent by hour of the four weeks, and memory at 10 % where CPU is measured.
  private func study(_ cpu: @escaping (Int) -> Int64?) -> TinyStudy {
    var study = TinyStudy(tinyService("app", ["m5.large"]), count: 4, "m5.large", on: grid)
    study.measure(.cpuPercent, cpu)
    study.measure(.memoryPercent) { cpu($0) == nil ? nil : 10 }
    return study
  }

  /// Two instances, of which the samples are, and a third from 10:00 to 17:00 of weekdays.
  private func rampStudy(_ cpu: @escaping (Int) -> Int64?) -> TinyStudy {
    var study = TinyStudy(tinyService("app", ["m5.large"]), count: 2, "m5.large", on: grid)
    study.service.minimum = 2
    study.measure(.memoryPercent) { _ in 10 }
    for day in 0..<28 where day % 7 < 5 {
      let start = grid.instant(day * 24 + 10)
      study.runs += runs(
        1, of: "app", "m5.large", Period(start: start, end: start.advanced(by: 7 * 3600))
      ).map { run in
        var run = run
        run.resource = "app-day-\(day)"
        return run
      }
    }
    study.measure(.cpuPercent, cpu)
    return study
  }
}

extension SampleGrid {
  fileprivate var slots: Range<Int> { 0..<count }
}
