import Analysis
import Model
import Solvers

/// What other purchases would cost: every rule and plan, played through the same futures.
extension AccountPurchase {
  /// The rules of the field, our plans and the best plan for each future; in the bill's currency.
  func comparison() throws(DataError) -> PurchaseComparison {
    let choice = context.fleet.purchase.plan ?? .expected
    let parts = try Array(futures.parts.indices).concurrentMap { (part) throws(DataError) in
      try PlayedPart(self, part)
    }
    let played = parts.reduce(into: PlayedPart()) { $0.add($1) }
    let best = played.best
    var rows: [PurchaseComparison.Row] = []
    for name in PlayedPart.plans {
      guard let costs = played.costs[name] else { continue }
      rows.append(try row(name, costs, best))
    }
    rows.append(try row(.hindsight, best, best))
    return PurchaseComparison(months: market.months, chosen: choice, rows: rows)
  }

  private func row(_ plan: ComparedPlan, _ costs: PlayedCosts, _ best: PlayedCosts) throws(DataError)
    -> PurchaseComparison.Row
  {
    let isKnown = plan != .hindsight
    return PurchaseComparison.Row(
      plan: plan, expected: try amount(costs.expected), fallen: try amount(costs.scaled[0]),
      same: try amount(costs.scaled[1]), grown: try amount(costs.scaled[2]),
      worstRegret: try amount(costs.worstRegret(beside: best)), upfront: isKnown ? try amount(costs.upfront) : nil,
      signedNew: isKnown ? try amount(costs.new) : nil, signedAgain: isKnown ? try amount(costs.renewed) : nil)
  }
}

/// What one of several plans costs over the term, in micro-USD.
struct PlayedCosts: Hashable, Sendable {
  /// The mean of the futures.
  var expected = 0
  /// Demand at 70 %, 100 % and 130 % of today's from the start.
  var scaled = [0, 0, 0]
  /// Where demand stays: what is paid upfront, and signed beside what takes the place of what has ended, and for that.
  var upfront = 0, new = 0, renewed = 0

  /// Demand of ``scaled``.
  static let scales = [70, 100, 130].map { DemandPath(scalePercent: $0) }

  /// The most by which it is dearer than the best in one of ``scaled``.
  func worstRegret(beside best: PlayedCosts) -> Int { zip(scaled, best.scaled).map { $0 - $1 }.max() ?? 0 }

  mutating func add(_ other: PlayedCosts) {
    expected += other.expected
    for index in scaled.indices { scaled[index] += other.scaled[index] }
    upfront += other.upfront
    new += other.new
    renewed += other.renewed
  }
}

/// What every plan costs for one part of an account, or for several.
private struct PlayedPart: Sendable {
  /// Those that are played, in the order of the report.
  static let plans: [ComparedPlan] =
    PurchaseRule.allCases.map(\.plan) + [.buyingNow] + PlanChoice.allCases.map { .choice($0) }

  private(set) var costs: [ComparedPlan: PlayedCosts] = [:]
  /// The cheapest plan for each future, had it been known.
  private(set) var best = PlayedCosts()

  init() {}

  init(_ account: AccountPurchase, _ part: Int) throws(DataError) {
    // Where nothing is uncertain all futures are one.
    var known: [[Int64]: PlayedPath] = [:]
    let paths = try (DemandPath.likely + PlayedCosts.scales).map { (path) throws(DataError) in
      let demand = account.futures.demand(of: account.futures.parts[part], on: path)
      if let played = known[demand] { return played }
      let played = try PlayedPath(account, part, path)
      known[demand] = played
      return played
    }
    let same = paths[DemandPath.likely.count + 1]
    for plan in Self.plans {
      var costs = PlayedCosts(paths.map { $0.outcomes[plan]?.cost ?? 0 })
      if let outcome = same.outcomes[plan] {
        (costs.upfront, costs.new, costs.renewed) = (outcome.upfront, outcome.new, outcome.renewed)
      }
      self.costs[plan] = costs
    }
    best = PlayedCosts(paths.map(\.best))
  }

  mutating func add(_ other: PlayedPart) {
    for (plan, costs) in other.costs { self.costs[plan, default: PlayedCosts()].add(costs) }
    best.add(other.best)
  }
}

/// What every plan comes to on one path of demand, in micro-USD.
private struct PlayedPath: Sendable {
  private(set) var outcomes: [ComparedPlan: (cost: Int, upfront: Int, new: Int, renewed: Int)] = [:]
  /// What the cheapest costs for one who knows the path.
  private(set) var best: Int

  init(_ account: AccountPurchase, _ part: Int, _ path: DemandPath) throws(DataError) {
    let solver = try account.futures.solver(account.futures.parts[part], on: [path])
    let uses = account.futures.parts[part].pools.map { PathUse(account, of: $0, on: path) }
    best = solver.cheapestPlan(work: solver.adviceWork / 16).cost
    for plan in PlayedPart.plans {
      var replay = RuleReplay(account, part: part, on: path, uses)
      try replay.play(plan, account, part)
      let cost = solver.cost(of: replay.purchases)
      outcomes[plan] = (cost, replay.upfront, replay.new, replay.renewed)
      best = min(best, cost)
    }
  }
}

extension PlayedCosts {
  /// - Parameter values: of the likely futures, then of ``scales``.
  fileprivate init(_ values: [Int]) {
    let likely = DemandPath.likely.count
    expected = values.prefix(likely).reduce(0, +) / likely
    scaled = Array(values.dropFirst(likely))
  }
}

extension RuleReplay {
  fileprivate mutating func play(_ plan: ComparedPlan, _ account: AccountPurchase, _ part: Int) throws(DataError) {
    if plan == .buyingNow {
      try playBuying()
    } else if let rule = PurchaseRule.allCases.first(where: { $0.plan == plan }) {
      play(rule)
    } else if case .choice(let choice) = plan {
      let isChosen = choice == account.context.fleet.purchase.plan ?? .expected
      play(isChosen ? account.chosen[part] : account.plans[choice]?[part].purchases ?? [], for: choice)
    }
  }
}

/// What a solver answers; a problem that it does not take is bad data.
func solved<Answer>(_ body: () throws(ProblemFault) -> Answer) throws(DataError) -> Answer {
  do throws(ProblemFault) { return try body() } catch { throw error.error(at: Place(file: "purchases")) }
}
