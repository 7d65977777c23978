import Analysis
import Model

/// Reserved, on-demand and spot capacity of least expected cost over the coming term; see ``TermProblem``.
///
/// What existing commitments already cover is taken off until they end, by the bill engine's own rules. Spot is offered
/// only to services the fleet file calls interruptible. An offer that the book does not price is named and left out.
package struct PurchaseMix: Adviser {
  package let step = AdviceStep.mix
  /// What is bought for one service may cover instances of another.
  package let judgesEachAlone = false
  package init() {}

  package func advise(_ service: Service, plan: FleetPlan, _ context: AdviceContext) throws(DataError)
    -> Proposal
  {
    let hours = Int(context.period.seconds / 3600)
    var evidence = Evidence(period: context.period, coverage: Coverage(seen: hours, expected: hours), figures: [])
    guard let type = context.mainType(of: service.name, in: plan) else {
      evidence.coverage.seen = 0
      return Proposal(verdict(.refused, service, .notJudged, because: .nothingRan, evidence))
    }
    if let date = context.fleet.outlook(of: service).decommission, date <= context.clock.date(at: context.asOf) {
      return refused(service, .decommissioned(date), evidence)
    }
    let market = try PurchaseMarket(service, type: type, context)
    let others = context.otherTypes(of: service, than: type, in: plan)
    evidence.figures = others.isEmpty ? [] : [.purchase(.otherTypes(others, beside: type))]
    evidence.figures += market.leftOut.map { .purchase(.leftOut($0)) }
    if market.offers.isEmpty, !market.leftOut.isEmpty, !service.interruptible {
      return refused(service, .offersMissing(market.leftOut), evidence)
    }
    let purchase = try ServicePurchase(service, market, plan: plan, context)
    evidence.figures += try purchase.figures()
    evidence.prices = purchase.prices
    return try advice(purchase, evidence)
  }

  private func refused(_ service: Service, _ reason: PurchaseReason, _ evidence: Evidence) -> Proposal {
    Proposal(verdict(.refused, service, .notJudged, because: .purchase(reason), evidence))
  }

  private func advice(_ purchase: ServicePurchase, _ evidence: Evidence) throws(DataError) -> Proposal {
    let (service, context) = (purchase.service, purchase.context)
    let planned = purchase.chosen.now
    let isBuying = planned.count > 0 || purchase.spotHours > 0
    var verdict = verdict(
      isBuying ? .recommended : .kept, service, isBuying ? .change : .buyNothing, because: .purchase(purchase.reason),
      evidence, purchase.isSafe ? .medium : .low)
    verdict.purchases = try purchase.comparison()
    verdict.later = purchase.later
    guard isBuying else { return Proposal(verdict) }
    var changes = planned.purchases.map {
      purchase.market.offers[$0.option].change($0.count, of: service, by: context.cloud)
    }
    if purchase.spotHours > 0 {
      changes.append(
        Change(SpotShare(service: service.name, maximumPercent: context.fleet.purchase.maximumSpotPercent)))
    }
    return Proposal(verdict, expectedSaving: try purchase.expectedSaving(), changes: changes)
  }
}
