import Analysis
import Model
import Solvers

/// What of a pool is spot: of what no commitment, held or bought, speaks for.
extension PoolPurchase {
  /// The changes that make it so, and their figures.
  ///
  /// Of several services the one comes first that saves most for each unit, of equal ones by name: what reservations leave
  /// is shared in that order, and so are the changes made.
  func spot() throws(DataError) -> (changes: [Change], figures: [SpotFigure]) {
    let context = account.context
    let saving = { (service: PooledService) in
      Int128(market.onDemand.hourly.nanoDollars) - Int128(service.spotHourly?.nanoDollars ?? 0)
    }
    let able = use.services.filter { $0.spotHourly != nil }.sorted {
      (saving($1), $0.service.name) < (saving($0), $1.service.name)
    }
    var (changes, figures) = ([Change](), refusals)
    guard !able.isEmpty else { return (changes, figures) }
    var plan = account.plan
    for purchase in now { _ = try change(purchase).change.apply(to: &plan, context) }
    for service in able {
      guard case .plan(let spot) = service.spotJudgement else { continue }
      let (counts, fitted) = try context.spotUse(of: service.service, on: service.type, by: spot, in: plan)
      figures += spot.basis + spot.risk(of: counts)
      guard let fitted else { continue }
      figures.append(.policy(fitted.policy, brokenSlots: fitted.brokenSlots))
      changes.append(
        Change(
          SpotShare(service: service.service.name, maximumPercent: context.fleet.purchase.maximumSpotPercent)))
      // As the change does it, without judging again.
      plan.setSpot(counts, of: service.service.name, on: context.grid)
    }
    return (changes, figures)
  }

  /// Why spot may not serve a service of the pool, each reason once.
  private var refusals: [SpotFigure] {
    let reasons = use.services.compactMap { service -> SpotReason? in
      if case .refused(let reason) = service.spotJudgement { reason } else { nil }
    }
    return reasons.eachOnce().map { .refused($0) }
  }
}
