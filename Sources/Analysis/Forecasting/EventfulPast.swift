// Days that the owners name, such as holidays and launches. Those of the past are gaps: nothing is learned of them, and
// nothing is judged by them. Those ahead are what the past days of the same name were of ordinary ones:
//
//   ratio = Σ value / Σ usual, over the measured steps of that name
//   usual = mean of the values one longest season before and behind, of two seasons where one is a gap or an event too
//
// An event without measured days of its name is forecast as an ordinary day.

import Model
import Solvers

/// A past of which some days are like no other, by the fleet file.
package struct EventfulPast: Sendable {
  /// Days of an event that lie ahead.
  package struct Ahead: Hashable, Sendable {
    package var event: CalendarEvent
    /// What its days are of ordinary ones; nil where none was measured, and they are forecast as such.
    package var ratio: Double?
  }

  /// Days of an event that lie in the past.
  package struct SetAside: Hashable, Sendable {
    package var event: CalendarEvent
    package var steps: Range<Int>
  }

  /// The past with gaps in place of events.
  package let past: MeasuredPast
  /// What the events hold of it that was measured.
  package let setAside: [SetAside]
  private let events: [CalendarEvent]
  private let clock: LocalClock
  private let ratios: [String: Double]

  package init(_ whole: MeasuredPast, _ events: [CalendarEvent], on clock: LocalClock) {
    self.events = events
    self.clock = clock
    let dates = whole.values.indices.map { whole.date(of: $0, on: clock) }
    var (past, found) = (whole.values, [SetAside]())
    for event in events {
      let steps = Self.steps(of: event, in: dates)
      if steps.contains(where: { whole.values[$0] != nil }) { found.append(SetAside(event: event, steps: steps)) }
      for step in steps { past[step] = nil }
    }
    self.past = MeasuredPast(on: whole.grid, values: past, seasons: whole.seasons)
    setAside = found
    let names = Dictionary(grouping: found, by: \.event.name)
    ratios = names.compactMapValues { [ordinary = self.past] days in
      ordinary.ratio(of: days.flatMap { $0.steps }, in: whole)
    }
  }

  /// Whether anything was measured of other days.
  package var isKnown: Bool { past.values.contains { $0 != nil } }

  /// The events that lie within so many steps ahead.
  package func ahead(_ horizon: Int) -> [Ahead] {
    guard horizon > 0 else { return [] }
    let (first, last) = (date(ahead: 0), date(ahead: horizon - 1))
    return events.filter { $0.from <= last && first <= ($0.last ?? $0.from) }
      .map { Ahead(event: $0, ratio: ratios[$0.name]) }
  }

  /// What is expected of so many steps from the end of the past on, events among them included.
  /// - Throws: ``ProblemFault`` as ``MeasuredPast/forecast(_:levels:)`` does.
  package func forecast(_ horizon: Int, levels: [Int]) throws(ProblemFault) -> ForecastAnswer {
    var answer = try past.forecast(horizon, levels: levels)
    let known = ahead(horizon)
    guard !known.isEmpty else { return answer }
    for step in 0..<horizon {
      let date = date(ahead: step)
      // Of several events of a day the first counts, as the file has them.
      let ratio = known.first { $0.event.includes(date) && $0.ratio != nil }?.ratio
      if let ratio { answer.scale(step, by: ratio) }
    }
    return answer
  }

  /// - Parameter dates: of all steps, ascending.
  private static func steps(of event: CalendarEvent, in dates: [CivilDate]) -> Range<Int> {
    let start = dates.firstIndex { $0 >= event.from } ?? dates.count
    return start..<(dates[start...].firstIndex { !event.includes($0) } ?? dates.count)
  }

  private func date(ahead step: Int) -> CivilDate { past.date(of: past.values.count + step, on: clock) }
}

extension MeasuredPast {
  /// The local day of a step, by the middle of it: days of the calendar are not all of 24 hours.
  fileprivate func date(of step: Int, on clock: LocalClock) -> CivilDate {
    clock.date(at: grid.instant(step).advanced(by: grid.stepSeconds / 2))
  }

  /// What some steps of a series were beside what is usual at them; nil where that is not known.
  fileprivate func ratio(of steps: [Int], in whole: MeasuredPast) -> Double? {
    var (sum, ordinary) = (0.0, 0.0)
    for step in steps {
      guard let value = whole.values[step], let usual = usual(at: step) else { continue }
      sum += value
      ordinary += usual
    }
    return ordinary > 0 && sum >= 0 ? sum / ordinary : nil
  }

  private func usual(at step: Int) -> Double? {
    guard let season = seasons.max() else { return nil }
    let near = [-1, 1].compactMap { side in
      [1, 2].lazy.map { step + side * $0 * season }.first { values.indices.contains($0) && values[$0] != nil }
    }
    let known = near.compactMap { values[$0] }
    return known.isEmpty ? nil : known.reduce(0, +) / Double(known.count)
  }
}

extension ForecastAnswer {
  fileprivate mutating func scale(_ step: Int, by factor: Double) {
    mean[step] *= factor
    for index in bands.indices {
      bands[index].lower[step] *= factor
      bands[index].upper[step] *= factor
    }
  }
}
