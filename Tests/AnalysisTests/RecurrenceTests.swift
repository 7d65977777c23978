import Analysis
import Model
import TestSupport
import Testing

@Suite struct RecurrenceTests {
  private let grid = SampleGrid(period: fourWeeks, stepSeconds: 3600)
  private var days: LocalDays { LocalDays(grid, clock: LocalClock(identifier: "UTC")!) }
  private var measured: [Double?] { [Double?](repeating: 1, count: grid.count) }

  private func slots(_ hour: Int, on days: [Int]) -> [Int] { days.map { $0 * 24 + hour } }

  @Test("What begins at one time, to a slot, on half of the weekdays comes back")
  func half() {
    let ten = [0, 1, 2, 3, 4, 7, 8, 9, 10, 11]
    // A slot later on one of them.
    let starts = slots(8, on: Array(ten.dropLast())) + [11 * 24 + 9]
    #expect(recurringStarts(starts, measured: measured, on: days) == Set(starts))
    #expect(recurringStarts(slots(8, on: Array(ten.dropLast())), measured: measured, on: days).isEmpty)
    #expect(days.recurrence(of: starts, measuredDays: days.measuredDays(measured)) == Recurrence(.weekdays, 10, of: 20))
  }

  @Test("Days that were not measured are no days on which it did not come back")
  func gaps() {
    var measured = measured
    for slot in 14 * 24..<grid.count { measured[slot] = nil }
    // Five of the ten weekdays that are left.
    let starts = slots(8, on: [0, 1, 2, 3, 4])
    #expect(recurringStarts(starts, measured: measured, on: days) == Set(starts))
    #expect(days.recurrence(of: starts, measuredDays: days.measuredDays(measured)) == Recurrence(.weekdays, 5, of: 10))
  }

  @Test("What begins at any time comes back at none")
  func anyTime() {
    let main = slots(8, on: Array(0..<28))
    let others = (0..<28).flatMap { day in [1, 4, 12, 15, 18, 21].filter { ($0 + day) % 5 == 0 }.map { day * 24 + $0 } }
    #expect(others.count > main.count)
    #expect(recurringStarts(main + others, measured: measured, on: days).isEmpty)
    #expect(recurringStarts(main + others.prefix(20), measured: measured, on: days) == Set(main))
  }

  @Test("Weekend days are told from all days")
  func kinds() {
    let known = days.measuredDays(measured)
    #expect(days.recurrence(of: slots(3, on: [5, 6, 12]), measuredDays: known) == Recurrence(.weekendDays, 3, of: 8))
    #expect(days.recurrence(of: slots(3, on: [4, 5]), measuredDays: known) == Recurrence(.days, 2, of: 28))
  }
}
