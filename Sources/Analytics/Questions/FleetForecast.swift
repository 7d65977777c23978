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
  /// What of the past nothing is learned of, by series, the earliest first.
  package let setAside: [SetAside]
  /// The days ahead that the fleet file names, by series.
  package let eventsAhead: [EventAhead]
  package let currency: BillCurrency

  /// A series ahead.
  package struct SeriesForecast: Sendable {
    /// `users`, or the service.
    package var name: String
    package var unit: String
    /// The method that weighs most.
    package var model: String
    package var weeks: [Week]
    package var setAside: [SetAside]
    package var eventsAhead: [EventAhead]
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
    /// How many sums of the past the interval rests on; 0 where it rests on the limits of its days.
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

  init(_ study: Study, service: String?, level: Int, backtest: Bool) throws(DataError) {
    let end = try study.knownEnd()
    let services = try study.services(named: service)
    let pasts = try study.pasts(of: services, until: end, withUsers: service == nil)
    let series = try pasts.concurrentMap { past throws(DataError) in
      try past.forecast(Self.weeks, level: level, study.context.clock)
    }
    let daily = service == nil ? try DailyCosts(study, until: end, most: Self.mostBilledDays) : nil
    let costs = try daily?.ahead(study, level: level)
    var tested: [Backtest] = []
    if backtest {
      tested = Self.backtests(pasts, [24, 168], level) + Self.backtests(daily.map { [$0.named] } ?? [], [1, 7], level)
    }
    self.init(
      scope: MonthScope(study), end: end, level: level, series: series, months: costs?.months ?? [],
      backtests: tested, setAside: (costs?.setAside ?? []) + series.flatMap(\.setAside),
      eventsAhead: (costs?.eventsAhead ?? []) + series.flatMap(\.eventsAhead),
      currency: try study.context.engine.currency(over: study.period))
  }

  private static func backtests(_ pasts: [NamedPast], _ horizons: [Int], _ level: Int) -> [Backtest] {
    pasts.concurrentMap { part in
      horizons.compactMap { horizon in
        ForecastBacktest(part.past.past, horizon: horizon, level: level).map {
          Backtest(name: part.name, stepSeconds: part.past.past.grid.stepSeconds, errors: $0)
        }
      }
    }.flatMap(\.self)
  }
}
