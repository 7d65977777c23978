import Advice
import Model
import Solvers

/// What a policy knows at the start of a month.
struct Moment {
  /// Instances in each hour until now.
  var history: [Int]
  /// What is held now; hours are counted from now.
  var held: [HeldUnits]
  /// Micro-USD an hour.
  var onDemand: Int
  /// What can be bought.
  var option: MixOption

  /// Units held now.
  var heldNow: Int { held.reduce(0) { $0 + $1.units } }
}

/// A rule of how many units to buy at the start of a month.
struct Policy: Sendable {
  var name: String
  var buy: @Sendable (Moment) throws -> Int

  /// What is compared, ours last.
  static let all = [
    Policy(name: "do nothing") { _ in 0 },
    Policy(name: "Cost Explorer", buy: bestOfLastDays),
    Policy(name: "least of 30 d") { max(0, ($0.history.suffix(lookBack).min() ?? 0) - $0.heldNow) },
    Policy(name: "ours", buy: expectedPlan),
  ]

  /// 30 days.
  private static let lookBack = 720

  /// The rule of Cost Explorer: the count that would have been best in the last 30 days, beside what is held now, with
  /// nothing forecast.
  private static func bestOfLastDays(_ moment: Moment) throws -> Int {
    let past = Array(moment.history.suffix(lookBack))
    let problem = MixProblem(
      demand: past, onDemand: moment.onDemand, options: [moment.option],
      held: [HeldUnits(units: moment.heldNow, until: past.count)])
    return try SingleMix.solve(problem).purchase[moment.option.name] ?? 0
  }

  /// The *expected* plan of `plimsoll mix` on a service of which nothing is known but its history: what it buys now.
  private static func expectedPlan(_ moment: Moment) throws -> Int {
    let weeks = moment.history.count / 168
    let means = (0..<weeks).map { week in
      let hours = moment.history.suffix((weeks - week) * 168).prefix(168)
      return Double(hours.reduce(0, +)) / 168
    }
    let prior = DemandOutlook.monthlySpread(percentAYear: assumedUncertaintyPercent)
    let ends = Set(moment.held.map(\.until)).filter { $0 < 12 * hoursAMonth }.sorted()
    let phases = ([0] + ends).enumerated().map { index, start in
      let held = moment.held.reduce(0) { $0 + ($1.until > start ? $1.units : 0) }
      let hours = moment.history.suffix(hoursAMonth).map {
        DemandPattern.Hour(demand: Int64($0) * 3600, held: Int64(held) * 3600)
      }
      return HeldPhase(end: index < ends.count ? ends[index] : .max, pattern: DemandPattern(hours))
    }
    let problem = TermProblem(
      phases: phases, rates: HourlyRates(onDemand: money(moment.onDemand)),
      options: [TermOption(termHours: moment.option.termHours, hourly: money(moment.option.rate))],
      outlook: DemandOutlook(monthlySpread: DemandOutlook.spread(weeklyMeans: means, prior: prior)), months: 12)
    return problem.cheapestPlan(on: DemandPath.likely).count
  }

  private static func money(_ microDollars: Int) -> Money { Money(nanoDollars: Int64(microDollars) * 1000) }
}
