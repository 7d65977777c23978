import Analysis
import Model
import TestSupport
import Testing

@Suite struct UsualComparisonTests {
  /// Four weeks from a Monday on, an hour a slot.
  private let grid = SampleGrid(period: fourWeeks, stepSeconds: 3600)
  private var days: LocalDays { LocalDays(grid, clock: LocalClock(identifier: "UTC")!) }

  /// The slot of an hour on a day, counted from 0.
  private func slot(_ day: Int, _ hour: Int) -> Int { day * 24 + hour }

  /// 100 on weekdays and 200 on weekend days, but for what is changed.
  private func values(_ change: (inout [Double?]) -> Void = { _ in }) -> [Double?] {
    var values = (0..<grid.count).map { Double?($0 / 24 % 7 < 5 ? 100 : 200) }
    change(&values)
    return values
  }

  @Test("Usual is the median of the same local time on other days of the kind")
  func median() throws {
    // Tuesday of the second week, 10:00 to 12:00; of the 19 other weekdays ten have 100 there, nine 150.
    let weekdays = (0..<28).filter { $0 % 7 < 5 && $0 != 8 }
    let values = values { values in
      for day in weekdays.suffix(9) { for hour in 10..<12 { values[slot(day, hour)] = 150 } }
      values[slot(8, 10)] = 250
      values[slot(8, 11)] = 260
    }
    let found = try #require(UsualComparison(of: values, in: slot(8, 10)..<slot(8, 12), on: days))
    #expect(found.mean == 255 && found.usual == 100 && found.days == 19)
    // Weekend days are no usual of a weekday, but what they reached is no departure.
    #expect(found.least == 100 && found.most == 200 && found.departure == .upwards)
    #expect(found.ratio == 2.55 && found.spreads == 1.55)
  }

  @Test(
    "A metric leaves its usual by more than a quarter, and beyond every other day",
    arguments: [
      (125.0, nil, 100.0), (126, .upwards, 100), (199, .upwards, 100), (126, nil, 130), (80, nil, 100),
      (79, .downwards, 100), (79, nil, 70),
    ] as [(Double, UsualComparison.Departure?, Double)])
  func bounds(value: Double, departure: UsualComparison.Departure?, another: Double) throws {
    let values = (0..<grid.count).map { index -> Double? in
      index == slot(8, 10) ? value : index == slot(9, 10) ? another : 100
    }
    let found = try #require(UsualComparison(of: values, in: slot(8, 10)..<slot(8, 11), on: days))
    #expect(found.departure == departure)
  }

  @Test("What is usually nothing is left by anything, and no ratio is said")
  func nothing() throws {
    let values = (0..<grid.count).map { Double?($0 == slot(8, 10) ? 3 : 0) }
    let found = try #require(UsualComparison(of: values, in: slot(8, 10)..<slot(8, 11), on: days))
    #expect(found.departure == .upwards && found.ratio == nil && found.spreads == .infinity)
  }

  @Test("A gap is no evidence: half of a window must be measured, and three other days of the kind")
  func gaps() {
    let window = slot(8, 10)..<slot(8, 12)
    let half = values { $0[slot(8, 10)] = nil }
    #expect(UsualComparison(of: half, in: window, on: days)?.mean == 100)
    let none = values { values in for hour in 10..<12 { values[slot(8, hour)] = nil } }
    #expect(UsualComparison(of: none, in: window, on: days) == nil)
    func only(_ weekdays: Int) -> [Double?] {
      values { values in
        let others = (0..<28).filter { $0 % 7 < 5 && $0 != 8 }
        for day in others.dropFirst(weekdays) { for hour in 0..<24 { values[slot(day, hour)] = nil } }
      }
    }
    #expect(UsualComparison(of: only(3), in: window, on: days)?.days == 3)
    #expect(UsualComparison(of: only(2), in: window, on: days) == nil)
  }

  @Test("A window of more than a day is compared by its first day, and never with itself")
  func long() throws {
    let values = values { values in for index in slot(7, 0)..<slot(10, 0) { values[index] = 300 } }
    let found = try #require(UsualComparison(of: values, in: slot(7, 0)..<slot(10, 0), on: days))
    // 20 weekdays less the three that the window covers.
    #expect(found.days == 17 && found.usual == 100 && found.departure == .upwards)
  }

  @Test("The same local time is the same on both sides of a change of the clock")
  func summerTime() throws {
    // Berlin sets its clock back on Sunday 2026-10-25: 08:00 is 06:00Z before and 07:00Z after.
    let days = LocalDays(grid, clock: LocalClock(identifier: "Europe/Berlin")!)
    let monday = grid.slot(instant("2026-10-19T06:00:00Z"))
    #expect(days.secondOfDay(monday) == 8 * 3600)
    let others = days.otherWindows(than: monday..<monday + 1)
    #expect(others.map(\.slots.lowerBound).contains(grid.slot(instant("2026-10-26T07:00:00Z"))))
    #expect(others.allSatisfy { days.secondOfDay($0.slots.lowerBound) == 8 * 3600 })
    // From Monday 02:00 in Berlin on, to another Monday 01:00: 08:00 of 28 days but its own.
    #expect(others.count == 27 && others.count { $0.isSameKind } == 19)
  }

  @Test("From when a metric had left its usual is found before a window, over breaks of a slot")
  func onset() {
    let values = values { values in for hour in [6, 8, 9, 10] { values[slot(8, hour)] = 300 } }
    #expect(values.onset(before: slot(8, 10)..<slot(8, 11), .upwards, on: days) == slot(8, 6))
    #expect(values.onset(before: slot(8, 15)..<slot(8, 16), .upwards, on: days) == slot(8, 15))
    #expect(values.staysBeyond(.upwards, between: slot(8, 8)..<slot(8, 11), on: days))
    #expect(!values.staysBeyond(.upwards, between: slot(8, 10)..<slot(8, 20), on: days))
  }
}
