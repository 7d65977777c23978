import Analysis
import Model
import Solvers
import TestSupport
import Testing

@Suite struct EventfulPastTests {
  private let clock = LocalClock(identifier: "America/New_York")!

  /// Days from Monday 5 October 2026 on this clock: 100 on weekdays, 40 at weekends; the launch of Tuesday the 13th made
  /// it 250.
  private func past(_ count: Int = 40) -> MeasuredPast {
    let start = clock.midnight(of: CivilDate("2026-10-05")!)
    let values = (0..<count).map { day -> Double? in day == 8 ? 250 : day % 7 < 5 ? 100 : 40 }
    return MeasuredPast(
      on: SampleGrid(
        period: Period(start: start, end: start.advanced(by: 86_400 * Int64(count))), stepSeconds: 86_400),
      values: values, seasons: [7])
  }

  private func event(_ name: String, _ from: String, _ last: String? = nil) -> CalendarEvent {
    var event = CalendarEvent()
    event.name = name
    event.from = CivilDate(from)!
    event.last = last.flatMap { CivilDate($0) }
    return event
  }

  @Test("A day that the fleet file names is no evidence, and another of its name is as many times an ordinary day")
  func launchAgain() throws {
    // 40 days from 5 October end before 14 November, a Saturday. The launch was 250 beside 100 a week before and behind:
    // 2.5 times. Wednesday 18 November is the fifth day ahead; an ordinary one is 100.
    let events = [
      event("launch", "2026-10-13"), event("launch", "2026-11-18"), event("fair", "2026-11-19", "2026-11-20"),
    ]
    let eventful = EventfulPast(past(), events, on: clock)
    #expect(eventful.past.values[8] == nil)
    #expect(eventful.setAside.map(\.event) == [events[0]] && eventful.setAside.map(\.steps) == [8..<9])
    #expect(eventful.ahead(7).map(\.ratio) == [2.5, nil])
    #expect(eventful.ahead(4).isEmpty)
    let answer = try eventful.forecast(7, levels: [80])
    #expect(answer.mean.map { ($0 * 1e6).rounded() / 1e6 } == [40, 40, 100, 100, 250, 100, 100])
    let band = try #require(answer.bands.first)
    #expect(band.lower[4] <= 250 && band.upper[4] >= 250)
  }

  @Test("A holiday on a change of the clock is that day, of 25 hours")
  func longDay() {
    // On Sunday 1 November clocks go back at 02:00; hours from midnight of 31 October: 24 of Saturday, then 25.
    let start = clock.midnight(of: CivilDate("2026-10-31")!)
    let hours = MeasuredPast(
      on: SampleGrid(period: Period(start: start, end: start.advanced(by: 72 * 3600)), stepSeconds: 3600),
      values: [Double?](repeating: 1, count: 72), seasons: [24])
    let eventful = EventfulPast(hours, [event("holiday", "2026-11-01")], on: clock)
    #expect(eventful.past.values.indices.filter { eventful.past.values[$0] == nil } == Array(24..<49))
  }

  @Test("Where every day is named nothing is known")
  func allNamed() {
    let eventful = EventfulPast(past(), [event("year", "2026-01-01", "2026-12-31")], on: clock)
    #expect(!eventful.isKnown)
  }

  @Test("A day unlike all others that nobody named is told by its place, and nothing that is usual is")
  func unlike() throws {
    // 8 weeks of a noisy week (synthetic, seed 4); day 30 is three times what it is on its weekday, one of 56 days, below 2 %.
    var random = SplitMix64(seed: 4)
    var values = (0..<56).map { day -> Double? in
      (day % 7 < 5 ? 100 : 60) * (1 + Double(random.number(-20...20)) / 1000)
    }
    func unlike(_ values: [Double?]) throws -> [Int] {
      try ForecastProblem(stepSeconds: 86_400, seasons: [7], values: values, horizon: 7, levels: []).forecast().unlike
    }
    #expect(try unlike(values).isEmpty)
    values[30] = 300
    // Values before the first are passed over, and places are counted from them.
    #expect(try unlike([nil, nil] + values) == [32])
  }
}
