import Model
import StudySupport
import TestSupport
import Testing

@testable import Analytics

@Suite struct FleetForecastTests {
  @Test("Events of the fleet file are left out of every series and named, and those ahead are told")
  func events() throws {
    var month = TinyMonth()
    month.fleet = { fleet in
      for (name, date) in [("launch", "2026-10-13"), ("launch", "2026-11-10"), ("fair", "2026-11-20")] {
        var event = CalendarEvent()
        event.name = name
        event.from = CivilDate(date)!
        fleet.events.append(event)
      }
    }
    let forecast = try FleetForecast(try month.study(), service: nil, level: 80, backtest: false)
    #expect(forecast.setAside.map(\.name) == ["cost", "users", "app"])
    // Tiny fleets are on a clock of UTC.
    #expect(Set(forecast.setAside.map(\.period)) == [period("2026-10-13", "2026-10-14")])
    #expect(Set(forecast.setAside.map(\.event)) == ["launch"])
    // The launch changed nothing, so that another will be an ordinary day; of a fair nobody knows.
    #expect(forecast.eventsAhead.filter { $0.name == "users" }.map(\.ratio) == [1, nil])
    // Two m5.large at 0.096 an hour: 4.608 a day, the day of the launch too.
    let november = try #require(forecast.costs.first)
    #expect(november.month == Month("2026-11")!)
    #expect(abs(Double(november.expected.nanoDollars) / 1e9 - 138.24) < 1e-6)
  }
}
