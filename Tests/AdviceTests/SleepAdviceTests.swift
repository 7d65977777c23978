import Analysis
import Model
import TestSupport
import Testing

@testable import Advice

// Four weeks from a Monday, UTC, of machines that are not for production; an instance takes five minutes to come.

@Suite struct SleepAdviceTests {
  private let grid = SampleGrid(period: fourWeeks, stepSeconds: 3600)

  @Test("A machine that is used by day sleeps at night and at weekends, and is paid for while it is awake")
  func nights() throws {
    let study = study { self.isWork($0) ? 40 : 1 }
    let advice = try study.advice(ScheduleAdviser())
    #expect(advice.verdict.outcome == .recommended)
    #expect(
      advice.verdict.changes == [
        Change(
          SleepTimes(
            service: "test",
            actions: [
              SleepAction(recurrence: "55 8 * * MON-FRI", timezone: "UTC", starts: true),
              SleepAction(recurrence: "0 17 * * MON-FRI", timezone: "UTC", starts: false),
            ]))
      ])
    #expect(advice.verdict.reason == .schedule(.unused(weeks: 4, stillPaid: [])))
    let counts = runningCounts(try study.planAfter(advice).runs, on: grid)
    #expect(counts == (0..<grid.count).map { isWork($0) ? 1 : 0 })
  }

  @Test("An hour's work in one night of four weeks keeps its hour: idle is no mean", arguments: 0..<4)
  func oneNight(week: Int) throws {
    let study = study { self.isWork($0) || $0 == week * 168 + 27 ? 40 : 1 }
    let advice = try study.advice(ScheduleAdviser())
    if week == 3 {
      // What the last week refutes is not advised.
      #expect(advice.verdict.changes.isEmpty)
    } else {
      let counts = runningCounts(try study.planAfter(advice).runs, on: grid)
      #expect((0..<4).allSatisfy { counts[$0 * 168 + 27] == 1 })
    }
  }

  @Test("Traffic is use where CPU is not")
  func traffic() throws {
    var study = study { self.isWork($0) ? 40 : 1 }
    study.measure(.networkInMbps) { _ in 20 }
    #expect(try study.advice(ScheduleAdviser()).verdict.reason == .schedule(.neverUnused))
  }

  @Test("What was not measured is not known to be unused")
  func unmeasured() throws {
    let study = study { self.isWork($0) ? 40 : $0 % 24 < 9 ? nil : 1 }
    let advice = try study.advice(ScheduleAdviser())
    let counts = runningCounts(try study.planAfter(advice).runs, on: grid)
    #expect((0..<grid.count).allSatisfy { counts[$0] == 1 || $0 % 24 >= 17 || !isWeekday($0) })
    #expect((0..<grid.count).allSatisfy { counts[$0] == 1 || $0 % 24 >= 9 })
  }

  @Test("What nobody used at any time is stopped")
  func never() throws {
    let study = study { _ in 1 }
    let advice = try study.advice(ScheduleAdviser())
    #expect(advice.verdict.changes == [Change(StopInstance(service: "test", resource: "test-1"))])
  }

  @Test("What may not sleep does not")
  func production() throws {
    var study = study { self.isWork($0) ? 40 : 1 }
    study.service.maySleep = false
    #expect(try study.advice(ScheduleAdviser()).verdict.reason == .schedule(.single))
  }

  private func isWeekday(_ slot: Int) -> Bool { slot / 24 % 7 < 5 }
  private func isWork(_ slot: Int) -> Bool { isWeekday(slot) && (9..<17).contains(slot % 24) }

  private func study(_ cpu: @escaping (Int) -> Int64?) -> TinyStudy {
    let service = tinyService("test", ["m5.large"]) {
      $0.approach = .single
      $0.maySleep = true
    }
    var study = TinyStudy(service, count: 1, "m5.large", on: grid)
    study.measure(.cpuPercent, cpu)
    return study
  }
}
