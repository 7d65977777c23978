import Model
import TestSupport
import Testing

/// What recurring actions make of a count.
@Suite struct CapacityActionTests {
  private let day = SampleGrid(period: period("2026-10-05", "2026-10-19"), stepSeconds: 3600)
  private let actions = [
    CapacityAction(recurrence: "0 17 * * *", timezone: "UTC", minimum: 1, desired: 1, maximum: 3),
    CapacityAction(recurrence: "30 8 * * *", timezone: "UTC", minimum: 4, desired: 4, maximum: 8),
  ]

  @Test("What holds is the last that struck, before the grid too")
  func inForce() {
    let held = CapacityAction.inForce(actions, on: day)
    #expect(held.prefix(10) == [0, 0, 0, 0, 0, 0, 0, 0, 0, 1])
    #expect(held[17] == 0)
  }

  @Test("Where nothing scales a service, it runs what is desired; where something does, what ran within the limits")
  func counts() {
    let steady = [Int](repeating: 4, count: day.count)
    let set = CapacityAction.counts(actions, from: steady, on: day)
    #expect(set == day.hours.map { (9..<17).contains($0) ? 4 : 1 })
    let moving = day.hours.map { $0 < 12 ? 2 : 6 }
    let limited = CapacityAction.counts(actions, from: moving, on: day)
    #expect(limited == day.hours.map { (9..<12).contains($0) ? 4 : (12..<17).contains($0) ? 6 : $0 < 9 ? 2 : 3 })
  }

  @Test("A count that changes on a third of the days is followed, one that changed on a day is not")
  func followed() {
    var counts = [Int](repeating: 4, count: day.count)
    #expect(!CapacityAction.isFollowed(counts, on: day))
    counts[3] = 5
    #expect(!CapacityAction.isFollowed(counts, on: day))
    for slot in stride(from: 0, to: day.count, by: 72) { counts[slot + 5] = 6 }
    #expect(CapacityAction.isFollowed(counts, on: day))
  }

  @Test("What strikes on all dates has its minutes of a week; what leaves out dates has none")
  func minutes() {
    #expect(CronSchedule("0 1 * * SUN")?.minutesOfWeek == [6 * 1440 + 60])
    #expect(CronSchedule("0 1,2 * * MON,TUE")?.minutesOfWeek == [60, 120, 1500, 1560])
    #expect(CronSchedule("0 1 1 * *")?.minutesOfWeek == nil)
    // No February has a 30th; of both days restricted either will do, and every week has a Monday.
    #expect(CronSchedule("0 0 30 2 *")?.everStrikes == false && CronSchedule("0 0 31 4,6,9,11 *")?.everStrikes == false)
    #expect(CronSchedule("0 0 29 2 *")?.everStrikes == true && CronSchedule("0 0 30 2 MON")?.everStrikes == true)
    #expect(CronSchedule("0 1 * JAN *")?.minutesOfWeek == nil)
  }

  @Test(
    "An action that is none is refused",
    arguments: [
      "0 1 * * * 2/1/8", "0 1 * * * 2/2", "61 1 * * * 2/2/8", "0 1 * * 2/2/8", "0 1 * * * 2/2/8 Mars/Olympus", "",
    ])
  func none(text: String) {
    #expect(ScheduledCapacity(optionText: "app=\(text)").map { $0.fault != nil } ?? true)
  }
}

extension SampleGrid {
  /// The hour of the day of each slot.
  fileprivate var hours: [Int] { (0..<count).map { $0 % 24 } }
}
