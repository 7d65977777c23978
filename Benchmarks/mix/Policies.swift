import Advice

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

  /// The *expected* plan of `plimsoll mix`.
  private static func expectedPlan(_ moment: Moment) throws -> Int {
    // PLUG IN HERE: what the demand ahead makes of the moment; until then the rule that it has to beat.
    try bestOfLastDays(moment)
  }
}
