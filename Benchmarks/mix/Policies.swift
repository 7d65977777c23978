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

  /// The *expected* plan of `plimsoll mix` on a service of which nothing is known but its history: what it buys now, and no
  /// more than that history supports.
  private static func expectedPlan(_ moment: Moment) throws -> Int {
    let supported = try supportedUnits(moment)
    let weeks = moment.history.count / 168
    let means = (0..<weeks).map { week in
      let hours = moment.history.suffix((weeks - week) * 168).prefix(168)
      return Double(hours.reduce(0, +)) / 168
    }
    let prior = DemandOutlook.monthlySpread(percentAYear: assumedUncertaintyPercent)
    let outlook = DemandOutlook(monthlySpread: DemandOutlook.spread(weeklyMeans: means, prior: prior))
    let ends = moment.held.map(\.until).filter { $0 < 12 * hoursAMonth }
    let cuts = Set((0...12).map { $0 * hoursAMonth } + ends).sorted()
    let stretches = zip(cuts, cuts.dropFirst()).map { start, end in
      var stretch = AccountProblem.Stretch(start: start, end: end)
      let held = moment.held.reduce(0) { $0 + ($1.until > start ? $1.units : 0) }
      for path in DemandPath.likely {
        let factor = Int(outlook.millionths(on: path, month: start / hoursAMonth))
        for demand in moment.history.suffix(hoursAMonth) {
          let parts = min(supported * 3600, demand * 3600 / 1000 * factor / 1000)
          stretch.append(needs: [Int32(clamping: max(0, parts - held * 3600))])
        }
      }
      return stretch
    }
    let offer = AccountProblem.Offer(
      name: moment.option.name, termHours: moment.option.termHours, hourly: moment.option.rate)
    let problem = AccountProblem(
      pools: [AccountProblem.Pool(name: "trace", onDemand: moment.onDemand, offers: [offer])], stretches: stretches,
      parts: 3600)
    return try problem.cheapestPlan().now.reduce(0) { $0 + $1.count }
  }

  /// What the rule of `solve buy` would hold in all.
  private static func supportedUnits(_ moment: Moment) throws -> Int {
    let option = moment.option
    let pool = BuyProblem.Pool(
      name: "trace", unitHours: moment.history, onDemand: moment.onDemand,
      options: [
        BuyProblem.Option(
          name: option.name, termHours: option.termHours, upfront: option.upfront, hourly: option.hourly)
      ], held: [])
    let problem = BuyProblem(pools: [pool], plans: [], monthHours: hoursAMonth, risk: .expected)
    return try BuyRule.solve(problem).reservations.reduce(0) { $0 + $1.units }
  }
}
