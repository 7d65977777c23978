import Advice
import Analysis
import Model
import Solvers

/// What is to be expected of a fleet's users, load, instances and cost, and how far that may be off.
public struct FleetForecast: Sendable {
  /// The month that is looked back from, and its clock.
  public let scope: MonthScope
  /// What is known ends here.
  public let end: Instant
  /// Of every interval, in percent.
  public let level: Int
  package let series: [SeriesForecast]
  /// The month in question, where it is not over, and the twelve behind it.
  package let months: [MonthForecast]
  package let backtests: [Backtest]
  package let currency: BillCurrency

  /// A series ahead.
  package struct SeriesForecast: Sendable {
    /// `users`, or the service.
    package var name: String
    package var unit: String
    /// The method that weighs most.
    package var model: String
    package var weeks: [Week]
  }

  /// A week of hours.
  package struct Week: Sendable {
    package var start: Instant
    package var mean: Double
    /// The highest hour, as expected and at the interval's upper limit.
    package var peak: Double
    package var upperPeak: Double
    /// Instances for these, of a service that scales; nil for any other.
    package var instances: Int?
    package var upperInstances: Int?
  }

  /// What a month is to cost.
  package struct MonthForecast: Sendable {
    package var month: Month
    /// What of it is known, of days that are over.
    package var known: Money
    package var expected: Money
    package var lower: Money
    package var upper: Money
    /// How many sums of the past the interval is of; 0 where it is the sum of the days' own limits.
    package var origins: Int
    /// The bill, of a month whose every day is in the store.
    package var billed: Money?
  }

  /// How far forecasts of a series were off.
  package struct Backtest: Sendable {
    package var name: String
    /// Seconds of a step.
    package var stepSeconds: Int64
    package var errors: ForecastBacktest
  }
}

extension FleetForecast {
  /// What a month is expected to cost.
  public struct MonthCost: Sendable {
    /// The month.
    public let month: Month
    /// What it is expected to cost, and the limits of the interval.
    public let expected, lower, upper: Money
    /// What it cost, where it is over.
    public let billed: Money?
  }

  /// The months ahead, in order.
  public var costs: [MonthCost] {
    months.map {
      MonthCost(month: $0.month, expected: $0.expected, lower: $0.lower, upper: $0.upper, billed: $0.billed)
    }
  }
}

extension Workspace {
  /// What is to be expected of the fleet after a month, or after the date of the advice within it.
  /// - Parameters:
  ///   - level: percent of what comes that intervals are to hold, from 50 to 99.
  ///   - backtest: whether to forecast the past too, and say how far that was off.
  /// - Throws: `DataError` for a level or date out of range, and where nothing was measured.
  public func forecast(month: String?, service: String? = nil, level: Int = 80, backtest: Bool = false) throws
    -> FleetForecast
  {
    guard (50...99).contains(level) else {
      throw DataError(Place(parameter: .level), found: "\(level)", expected: "percent from 50 to 99", kind: .usage)
    }
    return try answer(month: month, lookingBack: FleetForecast.mostDays) { study in
      try FleetForecast(study, service: service, level: level, backtest: backtest)
    }
  }
}

extension FleetForecast {
  /// The most days of the past that are looked at.
  static let mostDays = 400
  /// The most days of the past whose cost is worked out.
  private static let mostBilledDays = 120
  private static let weeks = 4

  fileprivate init(_ study: Study, service: String?, level: Int, backtest: Bool) throws(DataError) {
    let end = try study.knownEnd()
    let services = try study.services(named: service)
    let pasts = try study.pasts(of: services, until: end, withUsers: service == nil)
    let series = try pasts.concurrentMap { past throws(DataError) in
      try past.forecast(Self.weeks, level: level, study.context.clock)
    }
    var months: [MonthForecast] = []
    var costs: DailyCosts?
    if service == nil {
      let daily = try DailyCosts(study, until: end, most: Self.mostBilledDays)
      months = try daily.months(study, level: level)
      costs = daily
    }
    var backtests: [Backtest] = []
    if backtest {
      var wanted = pasts.map { (name: $0.name, past: $0.past, horizons: [24, 168]) }
      if let costs { wanted.append((name: "cost", past: costs.past, horizons: [1, 7])) }
      let found = wanted.concurrentMap { part in
        part.horizons.compactMap { horizon in
          ForecastBacktest(part.past, horizon: horizon, level: level).map {
            Backtest(name: part.name, stepSeconds: part.past.grid.stepSeconds, errors: $0)
          }
        }
      }
      backtests = found.flatMap(\.self)
    }
    self.init(
      scope: MonthScope(study), end: end, level: level, series: series, months: months, backtests: backtests,
      currency: try study.context.engine.currency(over: study.period))
  }
}

/// A series whose future is asked, by its name.
private struct NamedPast: Sendable {
  var name: String
  var unit: String
  var past: MeasuredPast
  /// The most instances that each hour required, of a service that scales; nil for any other.
  var required: MeasuredPast?
  /// Between what that service's file keeps them.
  var limits = 0...Int.max

  func forecast(
    _ weeks: Int, level: Int, _ clock: LocalClock
  ) throws(DataError) -> FleetForecast.SeriesForecast {
    // Seven days of the calendar each, one of which may have 23 or 25 hours.
    let end = past.grid.period.end
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
        start: past.grid.period.end.advanced(by: Int64(range.lowerBound) * 3600),
        mean: answer.mean[range].reduce(0, +) / Double(max(1, range.count)), peak: peak, upperPeak: upperPeak,
        instances: counts.flatMap { most($0.mean[range]) },
        upperInstances: counts.flatMap { most(($0.bands.first?.upper ?? $0.mean)[range]) })
    }
    return FleetForecast.SeriesForecast(name: name, unit: unit, model: answer.model, weeks: parts)
  }

  /// The most of some counts, to the nearest whole that is allowed.
  private func most(_ counts: ArraySlice<Double>) -> Int? {
    counts.max().map { min(limits.upperBound, max(limits.lowerBound, wholeNumber($0.rounded()))) }
  }
}

extension Study {
  /// Where what is known ends: with the month, or before the local day of the advice within it.
  fileprivate func knownEnd() throws(DataError) -> Instant {
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
  fileprivate func pasts(
    of services: [Service], until end: Instant, withUsers: Bool
  ) throws(DataError) -> [NamedPast] {
    let start = period.end.advanced(by: -86_400 * Int64(FleetForecast.mostDays))
    let grid = SampleGrid(period: Period(start: start, end: end))
    var pasts: [NamedPast] = []
    if withUsers {
      let users = try UserCounts(fleet: fleet, history: context.history, grid: grid)
      if let past = MeasuredPast(hoursOf: users.concurrent, on: grid, until: end).withoutStart {
        pasts.append(NamedPast(name: "users", unit: "users", past: past))
      }
    }
    let plan = try asRun()
    let found = try services.concurrentMap { service throws(DataError) -> NamedPast? in
      let load = try ServiceLoad(
        service, runs: inputs.inventory, history: context.history, grid: grid, catalogue: inputs.catalogue)
      guard let past = MeasuredPast(hoursOf: load.meanVcpu, on: grid, until: end).withoutStart else { return nil }
      var named = NamedPast(name: service.name, unit: "vCPU", past: past)
      if service.approach == .group, let type = context.mainType(of: service.name, in: plan),
        let specification = inputs.catalogue.specificationIfKnown(type)
      {
        let required = RequiredCount(load, type: specification, rules: context.rules).perSlot
        named.limits = service.minimum...max(service.minimum, service.maximum)
        named.required = MeasuredPast(mostOfHours: required, on: grid, until: end).withoutStart
      }
      return named
    }
    return pasts + found.compactMap { $0 }
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
