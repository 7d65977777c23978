import Analysis
import Model
import Solvers

/// What each day of the past cost, by the fleet file and commitments of the month in question, and the months ahead.
struct DailyCosts: Sendable {
  private let days: [(date: CivilDate, cost: Money?)]
  private let clock: LocalClock
  /// What is charged once a month, of the month in question, which no day has a part of.
  private let monthly: Money
  /// In the bill's currency, of 24 hours each, however many the clock made of a day; a gap for a day that cannot be billed,
  /// and for one that the fleet file names.
  let past: EventfulPast

  /// Days ahead: the rest of a month and a year.
  static let horizon = 366 + 31

  /// - Parameter most: days that are looked at, the latest.
  init(_ study: Study, until end: Instant, most: Int) throws(DataError) {
    let clock = study.context.clock
    self.clock = clock
    let last = clock.date(at: end)
    let start = max(study.inputs.inventory.map(\.started).min() ?? end, study.context.history.period.start)
    let day = clock.date(at: start)
    // A day that ran in part is no day.
    let first = max(last.day - most, clock.midnight(of: day) < start ? day.day + 1 : day.day)
    let dates = first < last.day ? (first..<last.day).map { CivilDate(day: $0) } : []
    let engine = study.dailyEngine
    let costs = dates.concurrentMap { date in study.cost(of: date, by: engine) }
    let whole = try study.outcome(of: study.asRun()).bill.total
    monthly = whole - (try engine.bill(study.asRun(), over: study.period).total)
    days = Array(zip(dates, costs).drop { $0.1 == nil }.map { (date: $0, cost: $1) })
    let begin = end.advanced(by: -86_400 * Int64(days.count))
    let all = MeasuredPast(
      on: SampleGrid(period: Period(start: begin, end: end), stepSeconds: 86_400),
      values: days.map { day in
        day.cost.map { cost in
          let (amount, hours) = (
            Double(cost.nanoDollars) / 1e9, clock.hours(from: day.date.day, to: day.date.day + 1)
          )
          return hours == 24 ? amount : amount * 24 / hours
        }
      }, seasons: [7])
    past = EventfulPast(all, study.fleet.events, on: clock)
  }

  /// The series by its name.
  var named: NamedPast { NamedPast(name: "cost", unit: "", past: past) }

  /// What is ahead, and what it does not rest on.
  struct Ahead: Sendable {
    var months: [FleetForecast.MonthForecast] = []
    var setAside: [FleetForecast.SetAside] = []
    var eventsAhead: [FleetForecast.EventAhead] = []
  }

  /// The month in question, where it is not over, and the twelve behind it; none where no day can be billed.
  func ahead(_ study: Study, level: Int) throws(DataError) -> Ahead {
    guard past.isKnown else { return Ahead() }
    let answer: ForecastAnswer
    do throws(ProblemFault) {
      answer = try past.forecast(Self.horizon, levels: [level])
    } catch {
      throw error.error(at: Place(file: "forecast of cost"))
    }
    return Ahead(
      months: try months(study, answer, level: level), setAside: past.setAside("cost", unlike: answer.unlike, clock),
      eventsAhead: past.eventsAhead("cost", Self.horizon))
  }

  private func months(
    _ study: Study, _ answer: ForecastAnswer, level: Int
  ) throws(DataError) -> [FleetForecast.MonthForecast] {
    guard let last = days.last?.date else { return [] }
    let isOver = last.day + 1 >= study.context.clock.date(at: study.period.end).day
    var month = isOver ? study.month.next : study.month
    let trials = SumTrials(past.past)
    var answers: [FleetForecast.MonthForecast] = []
    for _ in 0..<(isOver ? 12 : 13) {
      let start = month.previous.lastDay.day - last.day
      let end = month.lastDay.day - last.day
      guard var sum = SumForecast(trials, days: max(0, start)..<end, of: answer, level: level) else { break }
      let ahead = (last.day + 1 + max(0, start), last.day + 1 + end)
      sum.scale(by: clock.hours(from: ahead.0, to: ahead.1) / Double(24 * (ahead.1 - ahead.0)))
      let known = days.filter { $0.date.day - (last.day + 1) >= start }.compactMap(\.cost).reduce(.zero, +)
      let certain = known + monthly
      answers.append(
        FleetForecast.MonthForecast(
          month: month, known: known, expected: certain.estimate(adding: sum.mean),
          lower: certain.estimate(adding: sum.lower),
          upper: certain.estimate(adding: sum.upper), origins: sum.origins,
          billed: month == study.month ? try billed(study) : nil))
      month = month.next
    }
    return answers
  }

  /// The bill of a month that was measured to its end; nil of one that was not, or cannot be billed.
  private func billed(_ study: Study) throws(DataError) -> Money? {
    var isMeasured = false
    for service in study.fleet.services where !isMeasured {
      isMeasured = try study.context.load(of: service).reported.suffix(12).contains { $0 != nil }
    }
    return isMeasured ? try? study.outcome(of: study.asRun()).bill.total : nil
  }
}

extension LocalClock {
  /// Hours from the midnight of one day to that of a later one.
  fileprivate func hours(from day: Int, to other: Int) -> Double {
    Double(midnight(of: CivilDate(day: other)).seconds - midnight(of: CivilDate(day: day)).seconds) / 3600
  }
}

extension SumForecast {
  fileprivate mutating func scale(by factor: Double) {
    mean *= factor
    lower *= factor
    upper *= factor
  }
}

extension Money {
  /// About what this and an estimated amount come to; the largest amount there is where that is beyond it.
  fileprivate func estimate(adding amount: Double) -> Money {
    Money(nanoDollars: wholeNumber((Double(nanoDollars) + amount * 1e9).rounded()))
  }
}

extension Study {
  /// The engine of the bill without what is charged once a month.
  fileprivate var dailyEngine: BillingEngine {
    var fleet = fleet
    fleet.charges.removeAll { context.engine.isMonthly($0, over: period) }
    var engine = BillingEngine(
      fleet: fleet, catalogue: inputs.catalogue, history: inputs.history, inventory: inputs.inventory,
      creditsFrom: context.engine.creditsFrom)
    engine.allowsUnpriced = inputs.allowsUnpriced
    engine.leftOut = context.engine.leftOut
    return engine
  }

  /// What a local day cost; nil where it cannot be billed.
  fileprivate func cost(of date: CivilDate, by engine: BillingEngine) -> Money? {
    let day = Period(
      start: context.clock.midnight(of: date), end: context.clock.midnight(of: CivilDate(day: date.day + 1)))
    return try? engine.bill(try asRun(in: day), over: day).total
  }
}
