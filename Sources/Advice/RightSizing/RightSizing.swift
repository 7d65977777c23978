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
    let type = context.latestType(of: service.name, in: plan)
    let need = try SizeNeed(service, current: type ?? service.initialType, context)
    let use = try InstanceUse.of(service, need, context)
    var evidence = need.detailed(use, context)
    let storage = storageFigure(service, context)
    evidence.figures += storage.map { [$0] } ?? []
    if case .labelled(_, let words)? = storage { evidence.asides = ["storage: \(words)"] }
    guard let type else {
      return Advice(verdict(.refused, service, "not judged", because: "no instance ran", evidence))
    }
    if let reason = need.cpuShortfall {
      return Advice(verdict(.refused, service, "not judged", because: reason, evidence))
    }
    let current = try context.catalogue.specification(type)
    switch service.approach {
    case .vertical:
      let nodes = max(1, runningCounts(plan.runs(of: service.name), on: context.grid).max() ?? 1)
      let sizing = try VerticalSizing(
        service, current: current, need: need, use: use, nodes: nodes, risk: context.rules.risk, context)
      return judge(try sizing.choice(), service, need, evidence, context)
    case .horizontal:
      let sizing = try HorizontalSizing(service, current: current, need: need, on: context.lookback, context)
      let own = try sizing.own()
      if let reason = sizing.shortfall(own) {
        return Advice(verdict(.refused, service, "not judged", because: reason, evidence))
      }
      return judge(try sizing.choice(beside: own), service, need, evidence, context)
    }
  }

  /// The verdict on a choice, with what the book has beyond it.
  private func judge<Candidate>(
    _ choice: SizeChoice<Candidate>, _ service: Service, _ need: SizeNeed, _ evidence: Evidence,
    _ context: AdviceContext
  ) -> Advice {
    var advice = verdict(on: choice, service, need, evidence, context)
    advice.verdict.alternatives = choice.alternatives
    for index in advice.alternatives.indices { advice.alternatives[index].verdict.alternatives = choice.alternatives }
    return advice
  }

  private func verdict<Candidate>(
    on choice: SizeChoice<Candidate>, _ service: Service, _ need: SizeNeed, _ evidence: Evidence,
    _ context: AdviceContext
  ) -> Advice {
    let own = choice.own
    var evidence = evidence
    evidence.figures += choice.figures
    evidence.prices = choice.offersShown.map { context.engine.note($0.price) }
    evidence.prices += context.engine.discountNotes(own.offer.price.kind)
    let confidence: Confidence = need.isMeasuredWell ? .high : .medium
    guard choice.candidates.contains(where: \.fits) else {
      let range = context.rules.candidates == .catalogue ? "price book" : "list"
      let reason = "no type of the \(range) carries the need: \(own.failures.joined(separator: "; "))"
      return Advice(verdict(.kept, service, "keep \(own.name)", because: reason, evidence, confidence))
    }
    guard let best = choice.better.first else {
      return Advice(
        verdict(.kept, service, "keep \(own.name)", because: choice.reasonToKeep, evidence, confidence))
    }
    let sound = choice.better.filter { $0.doubt == nil }.map(\.candidate)
    guard !sound.isEmpty else {
      return Advice(verdict(.refused, service, "not moved to \(best.candidate.name)", because: best.doubt!, evidence))
    }
    var advices: [Advice] = []
    for candidate in sound.prefix(Self.mostTried) {
      var reason = candidate.reason(beside: own, need, context.rules)
      if let doubt = best.doubt { reason += "; not \(best.candidate.name): \(doubt)" }
      let text = "move from \(own.name) to \(candidate.name)\(candidate.effortWords)"
      advices.append(
        Advice(
          verdict(.recommended, service, text, because: reason, evidence, confidence),
          isUnconditional: !own.fits, changes: [Change(candidate.change(from: own))]))
    }
    advices[0].alternatives = Array(advices.dropFirst())
    return advices[0]
  }

  /// So many are billed until one saves enough: commitments may make the cheapest on demand the dearer.
  private static let mostTried = 4
}
