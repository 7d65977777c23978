import Analysis
import Model
import Solvers

/// Floors under a service that something scales: for a load that comes at a known time and faster than it can.
///
/// A quarter of an hour is short on a day when fewer serve in it than its scaling triggers and its queue ask for.
/// Quarters that are short on at least half of the measured weekdays, or weekend days, and on three of them, make a
/// window with those near them.
struct RampFloors {
  let actions: [CapacityAction]

  /// What is short for longer has too few at all times, which is no ramp.
  private static let longestQuarters = 16
  /// Windows that are nearer than this are one.
  private static let gapQuarters = 4

  private struct Window: Hashable {
    var quarters: Range<Int>
    var days: [Int]
    var level: Int
    var after: Int
  }

  init(_ record: ScheduleRecord, learningOn slots: Range<Int>, clock: LocalClock) {
    let service = record.service
    let excluded = record.exceptions(in: slots)
    let most = record.serving.reduce(1, max)
    let kinds = LocalDays.Kind.allCases.map { kind in
      Self.windows(record, slots, on: kind, excluding: excluded)
    }
    let merged = Self.merged(kinds.flatMap(\.self))
    actions = merged.flatMap { window -> [CapacityAction] in
      let early = window.quarters.lowerBound * CronTimes.inAQuarter - record.leadTimes
      let open = early < 0 ? early : CronTimes.shownAllYear(early, on: clock, from: record.grid.period.end)
      let closing = window.quarters.upperBound * CronTimes.inAQuarter
      guard open >= 0, window.quarters.upperBound < WeekOfNeed.slotsADay else { return [] }
      func action(_ time: Int, _ minimum: Int, _ desired: Int) -> CapacityAction {
        CapacityAction(
          recurrence: cronFields(RecurringStep(times: [time], days: window.days, capacity: desired)),
          timezone: clock.identifier, minimum: minimum, desired: desired,
          maximum: service.mostScheduled(beside: max(most, desired)))
      }
      let least = service.minimum
      return [
        action(open, window.level, window.level), action(closing, least, max(least, min(window.level, window.after))),
      ]
    }
  }

  private static func windows(
    _ record: ScheduleRecord, _ slots: Range<Int>, on kind: LocalDays.Kind, excluding excluded: Set<Int>
  ) -> [Window] {
    let days = record.days.days.indices.filter { record.days.days[$0].kind == kind && !excluded.contains($0) }
    let profiles = days.map { DayOfCounts(record, record.days.days[$0].slots.clamped(to: slots)) }
    let isShort = (0..<WeekOfNeed.slotsADay).map { quarter in
      let known = profiles.filter { $0.needed[quarter] != nil }
      let count = known.count { $0.isShort[quarter] }
      return count >= 3 && count * 2 >= known.count
    }
    var found: [Range<Int>] = []
    for quarter in isShort.indices where isShort[quarter] {
      if let last = found.last, quarter - last.upperBound < gapQuarters {
        found[found.count - 1] = last.lowerBound..<quarter + 1
      } else {
        found.append(quarter..<quarter + 1)
      }
    }
    return found.filter { $0.count <= longestQuarters }.compactMap { window in
      func most(_ quarters: Range<Int>) -> Int {
        let range = quarters.clamped(to: 0..<WeekOfNeed.slotsADay)
        return profiles.flatMap { $0.needed[range] }.compactMap(\.self).reduce(0, max)
      }
      let level = min(record.service.maximum, most(window))
      let after = most(window.upperBound..<window.upperBound + gapQuarters)
      return Window(
        quarters: window, days: kind == .weekday ? [0, 1, 2, 3, 4] : [5, 6], level: level, after: after)
    }
  }

  /// Windows at one time of weekdays and weekend days are daily ones.
  private static func merged(_ windows: [Window]) -> [Window] {
    var merged: [Window] = []
    for window in windows {
      if let index = merged.firstIndex(where: { $0.quarters == window.quarters && $0.level == window.level }) {
        merged[index].days += window.days
        merged[index].after = max(merged[index].after, window.after)
      } else {
        merged.append(window)
      }
    }
    return merged.sorted { ($0.quarters.lowerBound, $0.days[0]) < ($1.quarters.lowerBound, $1.days[0]) }
  }
}

/// A day by quarters of an hour: how many are needed, and whether fewer serve.
private struct DayOfCounts {
  var needed = [Int?](repeating: nil, count: WeekOfNeed.slotsADay)
  var isShort = [Bool](repeating: false, count: WeekOfNeed.slotsADay)

  init(_ record: ScheduleRecord, _ slots: Range<Int>) {
    for slot in slots {
      guard let need = record.needed.values[slot] else { continue }
      let count = ServiceNeed.instances(need)
      for quarter in WeekOfNeed.quarters(of: slot, on: record.days) {
        needed[quarter] = max(needed[quarter] ?? 0, count)
        if count > record.serving[slot] { isShort[quarter] = true }
      }
    }
  }
}
