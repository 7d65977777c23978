import Advice
import Model
import Solvers

/// Policies of buying played through recorded demand, month by month, each knowing only the past.
///
/// The first month is history, in which all is on demand, and is not counted. What is bought serves from the start of a
/// month for its term; what of it the horizon cuts off is not charged, as in the model `phased`, by which the optimum
/// in hindsight is found on the same hours.
struct WalkForward {
  /// Micro-USD an hour.
  var onDemand: Int
  var option: MixOption

  /// The cost of a policy in micro-USD, over the months that are counted.
  func cost(of policy: Policy, on demand: [Int]) throws -> Int {
    var bought: [(units: Int, hours: Range<Int>)] = []
    for start in stride(from: hoursAMonth, to: demand.count, by: hoursAMonth) {
      let held = bought.filter { $0.hours.contains(start) }
        .map { HeldUnits(units: $0.units, until: $0.hours.upperBound - start) }
      let moment = Moment(history: Array(demand[..<start]), held: held, onDemand: onDemand, option: option)
      let units = try policy.buy(moment)
      if units > 0 { bought.append((units, start..<(start + option.termHours))) }
    }
    var covered = [Int](repeating: 0, count: demand.count)
    for (units, hours) in bought {
      for hour in hours.clamped(to: demand.indices) { covered[hour] += units }
    }
    return (hoursAMonth..<demand.count).reduce(0) {
      $0 + option.rate * covered[$1] + onDemand * max(0, demand[$1] - covered[$1])
    }
  }

  /// The least cost of any purchases, of one who knows the future.
  func hindsight(on demand: [Int]) throws -> Int {
    let problem = MixProblem(demand: Array(demand[hoursAMonth...]), onDemand: onDemand, options: [option])
    let plan = try PhasedMix.solve(problem, monthHours: hoursAMonth)
    let replay = Policy(name: "hindsight") { moment in
      plan.purchase["\(moment.option.name)@\(moment.history.count / hoursAMonth - 1)"] ?? 0
    }
    let replayed = try cost(of: replay, on: demand)
    precondition(replayed == plan.cost, "the solver and the play count costs differently")
    return plan.cost
  }

  /// The cost of each policy on the whole months of a trace, over that in hindsight; nil where that is nothing.
  func ratios(on trace: Trace) throws -> [Double]? {
    let demand = Array(trace.demand.prefix((trace.months + 1) * hoursAMonth))
    let least = try hindsight(on: demand)
    guard least > 0 else { return nil }
    return try Policy.all.map { try Double(cost(of: $0, on: demand)) / Double(least) }
  }
}

extension Trace {
  /// Whole months behind the first.
  var months: Int { max(0, demand.count / hoursAMonth - 1) }
}
