import Analysis
import Model
import TestSupport
import Testing

@Suite struct RecurrenceTests {
  private let grid = SampleGrid(period: fourWeeks, stepSeconds: 3600)
  private var days: LocalDays { LocalDays(grid, clock: LocalClock(identifier: "UTC")!) }
  private var measured: [Double?] { [Double?](repeating: 1, count: grid.count) }

  private func slots(_ hour: Int, on days: [Int]) -> [Int] { days.map { $0 * 24 + hour } }

  /// Of stretches of a slot each, where those that come back begin.
  private func recurring(_ starts: [Int], measured: [Double?]) -> Set<Int> {
    Set(recurringStretches(of: starts.map { $0..<$0 + 1 }, measured: measured, on: days).map(\.lowerBound))
  }

  @Test("What begins at one time, to a slot, on half of the weekdays comes back")
  func half() {
    let ten = [0, 1, 2, 3, 4, 7, 8, 9, 10, 11]
    // A slot later on one of them.
    let starts = slots(8, on: Array(ten.dropLast())) + [11 * 24 + 9]
    #expect(recurring(starts, measured: measured) == Set(starts))
    #expect(recurring(slots(8, on: Array(ten.dropLast())), measured: measured).isEmpty)
    #expect(days.recurrence(of: starts, measuredDays: days.measuredDays(measured)) == Recurrence(.weekdays, 10, of: 20))
  }

  @Test("Days that were not measured are no days on which it did not come back")
  func gaps() {
    var measured = measured
    for slot in 14 * 24..<grid.count { measured[slot] = nil }
    // Five of the ten weekdays that are left.
    let starts = slots(8, on: [0, 1, 2, 3, 4])
    #expect(recurring(starts, measured: measured) == Set(starts))
    #expect(days.recurrence(of: starts, measuredDays: days.measuredDays(measured)) == Recurrence(.weekdays, 5, of: 10))
  }

  @Test("What begins at any time comes back at none")
  func anyTime() {
    let main = slots(8, on: Array(0..<28))
    let others = (0..<28).flatMap { day in [1, 4, 12, 15, 18, 21].filter { ($0 + day) % 5 == 0 }.map { day * 24 + $0 } }
    #expect(others.count > main.count)
    #expect(recurring(main + others, measured: measured).isEmpty)
    #expect(recurring(main + others.prefix(20), measured: measured) == Set(main))
  }

  @Test(
    "What is met now and then from a time on does not come back at it, and graver stretches are part of milder ones")
  func flapping() {
    // Twenty minutes of every forty from 08:00 to 16:00: after an hour without any only the first of a day begins.
    let fine = LocalDays(SampleGrid(period: fourWeeks, stepSeconds: 1200), clock: LocalClock(identifier: "UTC")!)
    let flapping = (0..<28).flatMap { day in (0..<12).map { day * 72 + 24 + $0 * 2..<day * 72 + 25 + $0 * 2 } }
    let known = [Double?](repeating: 1, count: fine.grid.count)
    #expect(recurringStretches(of: flapping, measured: known, on: fine).isEmpty)
    let lasting = (0..<28).flatMap { day in
      [8..<11, 8..<9, 9..<10].map { day * 24 + $0.lowerBound..<day * 24 + $0.upperBound }
    }
    let found = recurringStretches(of: lasting, measured: measured, on: days)
    #expect(found == (0..<28).map { $0 * 24 + 8..<$0 * 24 + 11 })
  }

  @Test("Weekend days are told from all days")
  func kinds() {
    let known = days.measuredDays(measured)
    #expect(days.recurrence(of: slots(3, on: [5, 6, 12]), measuredDays: known) == Recurrence(.weekendDays, 3, of: 8))
    #expect(days.recurrence(of: slots(3, on: [4, 5]), measuredDays: known) == Recurrence(.days, 2, of: 28))
  }
}
