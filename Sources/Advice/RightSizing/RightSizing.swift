// Which instance type, and how many, carry what was measured at least cost.
//
// A service that scales up gets the cheapest type that offers what its neediest instance needs, dimension by dimension
// (Needs/): the p-th percentile of the interval maxima / (1 - headroom) (Choice/VerticalSizing.swift). One that scales out
// gets the type whose count, replayed over every interval, is cheapest (Choice/HorizontalSizing.swift). Less memory on
// unmeasured memory is refused.

import Analysis
import Model

/// Smaller, larger or different instance types.
package struct RightSizing: Adviser {
  package let step = AdviceStep.rightsize
  package init() {}

  package func advise(_ service: Service, plan: FleetPlan, _ context: AdviceContext) throws(DataError)
    -> Advice
  {
    let type = context.mainType(of: service.name, in: plan)
    let need = try SizeNeed(service, current: type ?? service.initialType, context)
    let use = try InstanceUse.of(service, need, context)
    var evidence = need.detailed(use, context)
    let storage = storageFigure(service, context)
    evidence.figures += storage.map { [$0] } ?? []
    evidence.asides = storage.map { ["storage: \($0.value)"] } ?? []
    guard let type else {
      return Advice(verdict(.refused, service, "not judged", because: "no instance ran", evidence))
    }
    if let reason = need.cpuShortfall {
      return Advice(verdict(.refused, service, "not judged", because: reason, evidence))
    }
    let current = try context.catalogue.specification(type)
    switch service.approach {
    case .vertical:
      let nodes = runningCounts(plan.runs(of: service.name), on: context.grid).max() ?? 1
      let sizing = try VerticalSizing(
        service, current: current, need: need, use: use, nodes: nodes, risk: context.rules.risk, context)
      return try judge(sizing.choice(), service, need, plan, evidence, context)
    case .horizontal:
      let sizing = try HorizontalSizing(service, current: current, need: need, on: context.lookback, context)
      if let reason = try sizing.shortfall() {
        return Advice(verdict(.refused, service, "not judged", because: reason, evidence))
      }
      return try judge(sizing.choice(), service, need, plan, evidence, context)
    }
  }

  private func judge<Candidate>(
    _ choice: SizeChoice<Candidate>, _ service: Service, _ need: SizeNeed, _ plan: FleetPlan, _ evidence: Evidence,
    _ context: AdviceContext
  ) throws(DataError) -> Advice {
    let own = choice.own
    var evidence = evidence
    evidence.figures += choice.figures
    evidence.asides += choice.asides
    evidence.prices = choice.offersShown.map { context.engine.note($0.price) }
    evidence.prices += context.engine.discountNotes(own.offer.price.kind)
    guard let best = choice.best else {
      let range = context.rules.candidates == .catalogue ? "price book" : "list"
      let reason = "no type of the \(range) carries the need: \(own.failures.joined(separator: "; "))"
      return Advice(verdict(.kept, service, "keep \(own.name)", because: reason, evidence))
    }
    guard best.name != own.name, best.rank < own.rank || !own.fits else {
      return Advice(verdict(.kept, service, "keep \(own.name)", because: choice.reasonToKeep, evidence))
    }
    if let doubt = best.doubt(beside: own, need) {
      return Advice(verdict(.refused, service, "not moved to \(best.name)", because: doubt, evidence))
    }
    let change = try best.change(from: own, plan, context)
    return Advice(
      verdict(
        .recommended, service, "move from \(own.name) to \(best.name)\(best.effortWords)",
        because: best.reason(beside: own, need, context.rules), evidence,
        need.isMeasuredWell ? .high : .medium),
      isForCapacity: !own.fits, change: change)
  }
}

/// In which dimensions a type carries less than a service's instances needed; empty when it fits. CPU by its percentile,
/// whatever risk is set.
/// - Throws: ``DataError`` when the book lacks the type's price or specification.
package func fit(of type: String, _ service: Service, _ context: AdviceContext) throws(DataError) -> [String] {
  let main = context.mainType(of: service.name, in: FleetPlan(runs: context.inventory, commitments: []))
  let current = try context.catalogue.specification(main ?? service.initialType)
  let need = try SizeNeed(service, current: current.type, context)
  let use = try InstanceUse.of(service, need, context)
  let sizing = try VerticalSizing(service, current: current, need: need, use: use, nodes: 1, risk: nil, context)
  let offer = try TypeOffer.of(type, service, current: current, context)
  return sizing.candidate(offer, nodes: 1).failures
}
