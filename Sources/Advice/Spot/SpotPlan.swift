import Analysis
import Model

/// How much of a service may be spot in each slot, what an hour of it is expected to cost, and what is risked.
package struct SpotPlan: Sendable {
  /// Expected cost of one needed instance-hour: price, rework and fallback.
  package var hourly: Money { rate.hourly }
  /// The parts of ``hourly``.
  package let rate: SpotRate
  /// Most instances that may be spot in each slot of the context's grid; beyond it the loss of a pool breaks the floor.
  package let limits: [Int]
  /// Spread evenly over these; cheapest type first.
  package let pools: [SpotPool]
  /// What a reader recomputes the rate and the limits from, and the risk when the limits are used up.
  package var figures: [SpotFigure] { basis + risk(of: limits) }
  package let prices: [PriceNote]
  /// The figures that do not depend on how much of the limits is used.
  let basis: [SpotFigure]
  let floor: SpotFloor
  let stepSeconds: Int64
}

/// Whether spot may serve a service: a plan, or why not.
package enum SpotJudgement: Sendable {
  case plan(SpotPlan)
  case refused(SpotReason)

  /// nil when refused.
  package var plan: SpotPlan? { if case .plan(let plan) = self { plan } else { nil } }
}

/// Judges spot for a service of a plan.
/// - Parameters:
///   - type: what runs now or would run; spot instances are of this type or at least as large, and each takes the place of
///     one.
///   - maximumPercent: the most of what runs that may be spot at any time; nil is what the fleet file says.
/// - Throws: ``DataError`` when the type has no on-demand price or no specification.
package func judgeSpot(
  _ service: Service, type: String, plan: FleetPlan, maximumPercent: Int? = nil, _ context: AdviceContext
) throws(DataError) -> SpotJudgement {
  guard service.interruptible else { return .refused(.notInterruptible) }
  let load = try context.load(of: service)
  let onDemand = try context.catalogue.onDemand(context.kind(type, of: service), at: context.asOf)
  let running = runningCounts(plan.runs(of: service.name), on: context.grid)
  var specifications = [try context.catalogue.specification(type)]
  for other in Set(plan.runs(of: service.name).map(\.type)).sorted() {
    specifications.append(try context.catalogue.specification(other))
  }
  let floor = SpotFloor(
    load, running: running, types: specifications, factor: plan.demand.factor(of: service.driver), context.rules)
  if let shortfall = floor.shortfall(context) { return .refused(shortfall) }
  let market = try SpotMarket(
    service, like: specifications[0], onDemand,
    maximumPercent: maximumPercent ?? context.fleet.purchase.maximumSpotPercent,
    context)
  guard !market.sources.isEmpty else { return .refused(market.refusal) }
  let choice = market.best(for: service, floor)
  return .plan(
    SpotPlan(
      rate: choice.rate, limits: choice.limits, pools: choice.pools, prices: market.notes(choice),
      basis: market.figures(choice, service, floor), floor: floor, stepSeconds: context.grid.stepSeconds))
}

extension SpotFloor {
  /// Why the load does not carry a judgement; nil when it does.
  fileprivate func shortfall(_ context: AdviceContext) -> SpotReason? {
    guard dimensions.contains(where: { $0.dimension == .cpu }) else { return .unmeasured }
    let ran = running.indices.filter { running[$0] > 0 }
    let coverage = Coverage(seen: ran.count { left[$0] != nil }, expected: ran.count)
    return context.shortfall(coverage, of: .load).map { .uncovered($0) }
  }

  /// The limits of a service with so many pools; none where the load is not known.
  func limits(_ service: Service, percent: Int, pools: Int) -> [Int] {
    running.indices.map { slot in
      guard let left = left[slot] else { return 0 }
      return SpotSpread.limit(
        running: running[slot], left: left, guaranteed: service.minimum, percent: percent, pools: pools)
    }
  }
}
