import Advice
import Analysis
import Model
import Solvers

/// A series whose future is asked, by its name.
struct NamedPast: Sendable {
  var name: String
  var unit: String
  var past: EventfulPast
  /// The most instances that each hour required, of a service that scales; nil for any other.
  var required: EventfulPast?
  /// Between what that service's file keeps them.
  var limits = 0...Int.max

  func forecast(
    _ weeks: Int, level: Int, _ clock: LocalClock
  ) throws(DataError) -> FleetForecast.SeriesForecast {
    // Seven days of the calendar each, one of which may have 23 or 25 hours.
    let end = past.past.grid.period.end
    let first = clock.date(at: end).day
    let bounds = (0...weeks).map { week in
      week == 0 ? 0 : max(0, Int((clock.midnight(of: CivilDate(day: first + 7 * week)).seconds - end.seconds) / 3600))
    }
    let horizon = bounds[weeks]
    let answer: ForecastAnswer
    do throws(ProblemFault) {
      answer = try past.forecast(horizon, levels: [level])
    } catch {
      throw error.error(at: Place(file: "forecast of \(name)"))
    }
    let upper = answer.bands.first?.upper ?? answer.mean
    // A count that was never another is that count.
    let counts = try? required?.forecast(horizon, levels: [level])
    let parts = (0..<weeks).map { week -> FleetForecast.Week in
      let range = bounds[week]..<bounds[week + 1]
      let peak = answer.mean[range].max() ?? 0
      let upperPeak = upper[range].max() ?? peak
      return FleetForecast.Week(
        start: end.advanced(by: Int64(range.lowerBound) * 3600),
        mean: answer.mean[range].reduce(0, +) / Double(max(1, range.count)), peak: peak, upperPeak: upperPeak,
        instances: counts.flatMap { most($0.mean[range]) },
        upperInstances: counts.flatMap { most(($0.bands.first?.upper ?? $0.mean)[range]) })
    }
    return FleetForecast.SeriesForecast(
      name: name, unit: unit, model: answer.model, weeks: parts,
      setAside: past.setAside(name, unlike: answer.unlike, clock), eventsAhead: past.eventsAhead(name, horizon))
  }

  /// The most of some counts, to the nearest whole that is allowed.
  private func most(_ counts: ArraySlice<Double>) -> Int? {
    counts.max().map { min(limits.upperBound, max(limits.lowerBound, wholeNumber($0.rounded()))) }
  }
}

extension Study {
  /// Where what is known ends: with the month, or before the local day of the advice within it.
  func knownEnd() throws(DataError) -> Instant {
    let last = period.end.advanced(by: -1)
    guard context.asOf < last else { return period.end }
    // A date that is asked for is the fleet's, wherever the moment that stands for it lies.
    let end = context.clock.midnight(of: CivilDate(day: context.asOf.day))
    guard end > period.start else {
      throw DataError(
        Place(parameter: .asOf), found: "\(CivilDate(day: context.asOf.day))",
        expected: "a day of \(month) behind its first", kind: .usage)
    }
    return end
  }

  /// The users of the fleet and the CPU of each service, hour by hour, as far as they were measured.
  func pasts(
    of services: [Service], until end: Instant, withUsers: Bool
  ) throws(DataError) -> [NamedPast] {
    let start = period.end.advanced(by: -86_400 * Int64(FleetForecast.mostDays))
    let grid = SampleGrid(period: Period(start: start, end: end))
    var pasts: [NamedPast] = []
    if withUsers {
      let users = try UserCounts(fleet: fleet, history: context.history, grid: grid)
      if let past = eventful(MeasuredPast(hoursOf: users.concurrent, on: grid, until: end)) {
        pasts.append(NamedPast(name: "users", unit: "users", past: past))
      }
    }
    let plan = try asRun()
    let found = try services.concurrentMap { service throws(DataError) -> NamedPast? in
      let load = try ServiceLoad(
        service, runs: inputs.inventory, history: context.history, grid: grid, catalogue: inputs.catalogue)
      guard let past = eventful(MeasuredPast(hoursOf: load.meanVcpu, on: grid, until: end)) else { return nil }
      var named = NamedPast(name: service.name, unit: "vCPU", past: past)
      if service.approach == .group, let type = context.mainType(of: service.name, in: plan),
        let specification = inputs.catalogue.specificationIfKnown(type)
      {
        let required = RequiredCount(load, type: specification, rules: context.rules).perSlot
        named.limits = service.minimum...max(service.minimum, service.maximum)
        named.required = eventful(MeasuredPast(mostOfHours: required, on: grid, until: end))
      }
      return named
    }
    return pasts + found.compactMap { $0 }
  }

  /// nil where nothing was measured on days that the fleet file does not name.
  private func eventful(_ past: MeasuredPast) -> EventfulPast? {
    guard let past = past.withoutStart.map({ EventfulPast($0, fleet.events, on: context.clock) }), past.isKnown else {
      return nil
    }
    return past
  }
}

extension MeasuredPast {
  /// Without the steps before the first that was measured; nil where none was.
  fileprivate var withoutStart: MeasuredPast? {
    guard let first = values.firstIndex(where: { $0 != nil }) else { return nil }
    let start = grid.period.start.advanced(by: Int64(first) * grid.stepSeconds)
    return MeasuredPast(
      on: SampleGrid(period: Period(start: start, end: grid.period.end), stepSeconds: grid.stepSeconds),
      values: Array(values[first...]), seasons: seasons)
  }
}
