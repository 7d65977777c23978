// What comes back at the same time of day.

import Model

/// On how many days of how many something was.
package struct Recurrence: Hashable, Sendable {
  /// The days that are meant.
  package enum Days: String, Hashable, Sendable { case weekdays, weekendDays = "weekend days", days }

  package var days: Days
  /// Days on which it was.
  package var count: Int
  /// Days that were measured, of those that are meant.
  package var of: Int

  package init(_ days: Days, _ count: Int, of all: Int) {
    self.days = days
    self.count = count
    of = all
  }
}

/// Of slots in which episodes of a metric begin, those that begin at the same local time, to a slot, on at least half of the
/// measured weekdays or weekend days, and on three. None where they are fewer than half of all: what begins at any time now
/// and then begins at some time on many days.
/// - Parameter measured: the metric's values; a day counts where that slot of it was measured.
package func recurringStarts(_ starts: [Int], measured: [Double?], on days: LocalDays) -> Set<Int> {
  var recurring: Set<Int> = []
  let begun = Set(starts)
  for start in begun {
    var (count, all) = (1, 1)
    for other in days.otherWindows(than: start..<start + 1) where other.isSameKind {
      let slot = other.slots.lowerBound
      guard measured[slot] != nil else { continue }
      all += 1
      if begun.contains(slot) || begun.contains(slot - 1) || begun.contains(slot + 1) { count += 1 }
    }
    if count >= 3, count * 2 >= all { recurring.insert(start) }
  }
  return recurring.count * 2 >= begun.count ? recurring : []
}

extension LocalDays {
  /// The days, by their places, in which something was measured.
  package func measuredDays(_ values: [Double?]) -> Set<Int> {
    Set(days.indices.filter { index in days[index].slots.contains { values[$0] != nil } })
  }

  /// On how many of the measured days some slots lie: of weekdays where they are all on weekdays, of weekend days where all
  /// are on those, else of all days.
  package func recurrence(of slots: [Int], measuredDays: Set<Int>) -> Recurrence {
    let own = Set(slots.map(day))
    let kinds = Set(own.map { days[$0].kind })
    let meant: Recurrence.Days =
      switch (kinds.contains(.weekday), kinds.contains(.weekend)) {
      case (true, false): .weekdays
      case (false, true): .weekendDays
      default: .days
      }
    let all = measuredDays.count { meant == .days || (days[$0].kind == .weekday) == (meant == .weekdays) }
    return Recurrence(meant, own.count, of: max(all, own.count))
  }
}
