import Analysis
import Model

extension FleetForecast {
  /// A stretch of the past that nothing is learned of.
  package struct SetAside: Hashable, Sendable {
    /// The series.
    package var name: String
    package var period: Period
    /// What the fleet file calls it; nil for what is unlike all else of the series.
    package var event: String?
  }

  /// Days ahead that the fleet file names.
  package struct EventAhead: Hashable, Sendable {
    /// The series.
    package var name: String
    package var event: CalendarEvent
    /// What its days are taken to be of ordinary ones, as those of the same name were; nil for ordinary days.
    package var ratio: Double?
  }
}

extension EventfulPast {
  /// What of it nothing was learned of.
  /// - Parameter unlike: the steps that the forecast found to be unlike all others.
  func setAside(_ name: String, unlike: [Int], _ clock: LocalClock) -> [FleetForecast.SetAside] {
    let named = setAside.map { stretch in
      FleetForecast.SetAside(name: name, period: period(stretch.steps, clock), event: stretch.event.name)
    }
    let found = Self.stretches(unlike).map { FleetForecast.SetAside(name: name, period: period($0, clock), event: nil) }
    return (named + found).sorted { $0.period.start < $1.period.start }
  }

  func eventsAhead(_ name: String, _ horizon: Int) -> [FleetForecast.EventAhead] {
    ahead(horizon).map { FleetForecast.EventAhead(name: name, event: $0.event, ratio: $0.ratio) }
  }

  /// Steps next to each other, or with one between them, as one stretch.
  private static func stretches(_ steps: [Int]) -> [Range<Int>] {
    var stretches: [Range<Int>] = []
    for step in steps {
      if let last = stretches.last, step <= last.upperBound + 1 {
        stretches[stretches.count - 1] = last.lowerBound..<step + 1
      } else {
        stretches.append(step..<step + 1)
      }
    }
    return stretches
  }

  /// Of days those of the calendar, which are not all of 24 hours.
  private func period(_ steps: Range<Int>, _ clock: LocalClock) -> Period {
    let grid = past.grid
    let whole = Period(start: grid.instant(steps.lowerBound), end: grid.instant(steps.upperBound))
    guard grid.stepSeconds == 86_400 else { return whole }
    let first = clock.date(at: whole.start.advanced(by: 43_200))
    return Period(
      start: clock.midnight(of: first), end: clock.midnight(of: CivilDate(day: first.day + steps.count)))
  }
}
