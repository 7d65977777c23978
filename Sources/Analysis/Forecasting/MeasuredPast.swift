import Model
import Solvers

/// A series of equal steps, of which the future is asked.
package struct MeasuredPast: Hashable, Sendable {
  /// The steps.
  package let grid: SampleGrid
  /// What each step had; nil where less than half of it was measured.
  package let values: [Double?]
  /// In steps.
  package let seasons: [Int]

  package init(on grid: SampleGrid, values: [Double?], seasons: [Int]) {
    self.grid = grid
    self.values = values
    self.seasons = seasons
  }

  /// The hours of a finer series, with a season of a day and one of a week.
  /// - Parameter until: hours that end later are left out.
  package init(hoursOf slots: [Double?], on fine: SampleGrid, until end: Instant) {
    self.init(hoursOf: slots, on: fine, until: end) { $0.reduce(0, +) / Double($0.count) }
  }

  /// The same of counts, of which each hour has the most.
  package init(mostOfHours slots: [Int?], on fine: SampleGrid, until end: Instant) {
    self.init(hoursOf: slots.map { $0.map(Double.init) }, on: fine, until: end) { $0.max() ?? 0 }
  }

  private init(hoursOf slots: [Double?], on fine: SampleGrid, until end: Instant, _ value: ([Double]) -> Double) {
    let perHour = max(1, Int(3600 / fine.stepSeconds))
    let count = max(0, Int(min(end, fine.period.end).seconds - fine.period.start.seconds) / 3600)
    let period = Period(start: fine.period.start, end: fine.period.start.advanced(by: Int64(count) * 3600))
    grid = SampleGrid(period: period, stepSeconds: 3600)
    seasons = [24, 168]
    values = (0..<count).map { hour in
      let known = slots[min(slots.count, hour * perHour)..<min(slots.count, (hour + 1) * perHour)].compactMap { $0 }
      return known.count * 2 >= perHour ? value(known) : nil
    }
  }

  /// What is expected of so many steps from the end of the past on.
  /// - Parameter levels: percent of the values to come that each interval is to hold.
  /// - Throws: ``ProblemFault`` where nothing was measured, or for more steps than may be asked for.
  package func forecast(_ horizon: Int, levels: [Int]) throws(ProblemFault) -> ForecastAnswer {
    try ForecastProblem(
      stepSeconds: Int(grid.stepSeconds), seasons: seasons, values: values, horizon: horizon, levels: levels
    ).forecast()
  }

  /// The same past as it was known so many steps ago.
  package func ending(before steps: Int) -> MeasuredPast {
    let count = max(0, values.count - steps)
    let period = Period(
      start: grid.period.start, end: grid.period.start.advanced(by: Int64(count) * grid.stepSeconds))
    return MeasuredPast(
      on: SampleGrid(period: period, stepSeconds: grid.stepSeconds), values: Array(values.prefix(count)),
      seasons: seasons)
  }
}
