import Advice
import Analysis
import Model
import TestSupport
import Testing

/// A week of a service in 168 cells.
@Suite struct ScheduleCalendarTests {
  /// Four m5.large that are busy from 09:00 to 12:00 UTC on Tuesdays, and hardly at any other time, for October 2026.
  private func calendar(_ actions: [CapacityAction]) throws -> ScheduleCalendar {
    var service = tinyService("app", ["m5.large"])
    service.minimum = 1
    let grid = SampleGrid(period: october)
    let runs = runs(4, of: "app", "m5.large", october)
    let series = runs.map { run in
      samples("app", run.resource, .cpuPercent, on: grid) { slot in
        let seconds = grid.instant(slot).seconds
        let (day, hour) = (seconds / 86_400, seconds % 86_400 / 3600)
        // 1970-01-01 was a Thursday.
        return (day + 3) % 7 == 1 && (9..<12).contains(hour) ? 70 : 10
      }
    }
    let fleet = tinyFleet([service])
    let engine = BillingEngine(
      fleet: fleet, catalogue: try catalogue(), history: History(series), inventory: runs, creditsFrom: october.start)
    let context = AdviceContext(engine: engine, grid: grid, clock: LocalClock(identifier: "UTC")!, asOf: nil)
    return try ScheduleCalendar(of: service, on: FleetPlan(runs: runs), actions: actions, context)
  }

  @Test("Each hour has what ran, what its busiest week needed, and what advised actions run")
  func cells() throws {
    let actions = [
      CapacityAction(recurrence: "0 9 * * TUE", timezone: "UTC", minimum: 4, desired: 4, maximum: 8),
      CapacityAction(recurrence: "0 12 * * TUE", timezone: "UTC", minimum: 1, desired: 1, maximum: 8),
    ]
    let cells = try calendar(actions).cells
    #expect(cells.count == 168 && cells.allSatisfy { $0.ran == 4 })
    // 4 x 70 % of 80 % are 3.5, 4 x 10 % are 0.5.
    let busy = (24 + 9)..<(24 + 12)
    #expect(cells.indices.allSatisfy { cells[$0].needed == (busy.contains($0) ? 4 : 1) })
    #expect(cells[24 + 10].advised == 4 && cells[24 + 13].advised == 1)
    #expect(try calendar([]).cells.allSatisfy { $0.advised == nil })
  }
}
