// The days of a period on a wall clock, so that the same time of day can be compared: 02:00 is 02:00 on both sides of a change
// of the clock.

import Model

/// The local days of a grid, those that it cuts included.
package struct LocalDays: Sendable {
  /// Days that are compared with one another.
  package enum Kind: String, CaseIterable, Hashable, Sendable { case weekday, weekend }

  /// From local midnight to the next.
  package struct Day: Hashable, Sendable {
    package var date: CivilDate
    package var kind: Kind
    /// Its slots, as far as they lie in the grid.
    package var slots: Range<Int>
    /// The clock's distance from UTC in all of the day; nil on a day on which it changes.
    fileprivate var offset: Int64?
  }

  package let grid: SampleGrid
  package let days: [Day]
  private let clock: LocalClock

  package init(_ grid: SampleGrid, clock: LocalClock) {
    self.grid = grid
    self.clock = clock
    var days: [Day] = []
    var date = clock.date(at: grid.period.start)
    let last = clock.date(at: grid.period.end.advanced(by: -1))
    while date <= last {
      let next = CivilDate(day: date.day + 1)
      let (start, end) = (clock.midnight(of: date), clock.midnight(of: next))
      let (before, after) = (clock.offset(at: start), clock.offset(at: end.advanced(by: -1)))
      // 1970-01-01 was a Thursday.
      let weekday = ((date.day + 3) % 7 + 7) % 7
      let period = Period(start: start, end: max(start, end))
      days.append(
        Day(
          date: date, kind: weekday < 5 ? .weekday : .weekend, slots: grid.slots(in: period),
          offset: before == after ? before : nil))
      date = next
    }
    self.days = days
  }

  /// The place of the day that a slot lies in.
  package func day(of slot: Int) -> Int {
    var (low, high) = (0, days.count - 1)
    while low < high {
      let middle = (low + high) / 2
      if slot >= days[middle].slots.upperBound { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// What the clock shows at the start of a slot, in seconds since midnight.
  package func secondOfDay(_ slot: Int) -> Int64 {
    let instant = grid.instant(slot)
    let local = instant.seconds + offset(instant, day: day(of: slot))
    return local - floorDivide(local, 86_400) * 86_400
  }

  private func offset(_ instant: Instant, day: Int) -> Int64 {
    days.indices.contains(day) ? days[day].offset ?? clock.offset(at: instant) : clock.offset(at: instant)
  }

  /// The same local time on every other day, of those that lie in the grid whole and apart from the window; of a window
  /// longer than a day its first day.
  /// - Parameter window: not empty.
  package func otherWindows(than window: Range<Int>) -> [(slots: Range<Int>, isSameKind: Bool)] {
    let slotsADay = Int(86_400 / max(1, min(grid.stepSeconds, 86_400)))
    let count = min(window.count, slotsADay)
    let start = grid.instant(window.lowerBound)
    let own = day(of: window.lowerBound)
    let local = start.seconds + offset(start, day: own)
    var found: [(slots: Range<Int>, isSameKind: Bool)] = []
    for index in days.indices where index != own {
      let reading = local + Int64(days[index].date.day - days[own].date.day) * 86_400
      let guess = Instant(seconds: reading - (days[index].offset ?? clock.offset(at: Instant(seconds: reading))))
      let moment = Instant(seconds: reading - offset(guess, day: index))
      let slot = grid.slot(moment)
      let slots = slot..<slot + count
      guard slots.lowerBound >= 0, slots.upperBound <= grid.count, !slots.overlaps(window) else { continue }
      found.append((slots, days[index].kind == days[own].kind))
    }
    return found
  }
}
