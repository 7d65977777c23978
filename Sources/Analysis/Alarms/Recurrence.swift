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

/// Of the stretches in which any condition of a metric held those that come back: that begin after an hour without one, at the
/// same local time, to a slot, on at least half of the measured weekdays or weekend days, and on three. None where they are
/// fewer than half of all stretches: what is met now and then is met at some time on many days.
/// - Parameters:
///   - held: slots of episodes, in any order; those that touch are one stretch.
///   - measured: the metric's values; a day counts where that slot of it was measured.
package func recurringStretches(
  of held: [Range<Int>], measured: [Double?], on days: LocalDays
) -> [Range<Int>] {
  let stretches = touching(held, tolerance: { _ in 0 }).map { group in
    (group.map { held[$0].lowerBound }.min() ?? 0)..<(group.map { held[$0].upperBound }.max() ?? 0)
  }
  let quiet = Int(max(1, 3600 / days.grid.stepSeconds))
  let begun = zip(stretches, [nil] + stretches.map(Optional.some)).filter { stretch, before in
    before.map { $0.upperBound + quiet <= stretch.lowerBound } ?? true
  }.map(\.0)
  let starts = Set(begun.map(\.lowerBound))
  let recurring = begun.filter { stretch in
    let start = stretch.lowerBound
    var (count, all) = (1, 1)
    for other in days.otherWindows(than: start..<start + 1) where other.isSameKind {
      let slot = other.slots.lowerBound
      guard measured[slot] != nil else { continue }
      all += 1
      if (slot - 1...slot + 1).contains(where: starts.contains) { count += 1 }
    }
    return count >= 3 && count * 2 >= all
  }
  return recurring.count * 2 >= stretches.count ? recurring : []
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
