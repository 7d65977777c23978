// Which instance type, and how many, carry what was measured at least cost.
//
// A service that scales up gets the cheapest type that offers what its neediest instance needs, dimension by dimension
// (Needs/): the p-th percentile of the interval maxima / (1 - headroom), and of memory no less than its highest sample
// (Choice/VerticalSizing.swift). Where nobody states that percentile, CPU has no such line: the type of the least expected
// loss is taken. One that scales out gets the type whose count, replayed over every interval, is cheapest
// (Choice/HorizontalSizing.swift). Less memory on unmeasured memory is refused.

import Analysis
import Model

/// Smaller, larger or different instance types.
package struct RightSizing: ServiceAdviser {
  package let step = AdviceStep.rightsize
  package init() {}

  /// Each instance by itself where there are several that do not share their work; those that run at the end of the period,
  /// as what is gone is to be made neither smaller nor larger.
  package func units(of service: Service, plan: FleetPlan, _ context: AdviceContext) -> [Service] {
    let end = context.period.end
    let left = plan.runs(of: service.name).filter { $0.started < end && $0.stopped.map { $0 >= end } ?? true }
    let names = Set(left.map(\.resource))
    let units = context.separateInstances(of: service, in: plan).filter { $0.resource.map(names.contains) ?? false }
    return units.isEmpty ? [service] : units
  }

  package func advise(_ service: Service, plan: FleetPlan, _ context: AdviceContext) throws(DataError)
    -> Proposal
  {
    let type = context.latestType(of: service, in: plan)
    let asked = try context.latestNeeds.answer(service, current: type ?? service.initialType, context)
    let (need, use) = (asked.need, asked.use)
    var evidence = need.evidence(use, context)
    if let storage = try StorageOutlook(service, context) { evidence.figures.append(.size(.storage(storage))) }
    guard let type else { return Proposal(verdict(.refused, service, .notJudged, because: .nothingRan, evidence)) }
    if let shortfall = need.cpuShortfall, try !isSizedByLimits(service, need, context) {
      return Proposal(verdict(.refused, service, .notJudged, because: .shortfall(shortfall), evidence))
    }
    let current = try context.catalogue.specification(of: context.kind(type, of: service), at: context.asOf)
    let outlook = context.sizeOutlooks.outlook(of: service, context)
    switch service.approach {
    case .cluster, .single:
      let nodes = max(1, runningCounts(plan.runs(of: service), on: context.grid).max() ?? 1)
      let sizing = try VerticalSizing(
        service, current: current, need: need, use: use, nodes: nodes, risk: context.rules.cpuRisk, outlook: outlook,
        context)
      return judge(try sizing.choice(), service, need, outlook, evidence, context)
    case .group:
      let sizing = try HorizontalSizing(
        service, current: current, need: need, on: context.lookback, risk: context.rules.cpuRisk, outlook: outlook,
        context)
      let own = try sizing.own()
      if let shortfall = sizing.shortfall(own) {
        return Proposal(verdict(.refused, service, .notJudged, because: .shortfall(shortfall), evidence))
      }
      return judge(try sizing.choice(beside: own), service, need, outlook, evidence, context)
    }
  }

  /// True where CPU is not measured at all, and something else that is says what an instance carries.
  private func isSizedByLimits(_ service: Service, _ need: SizeNeed, _ context: AdviceContext) throws(DataError) -> Bool
  {
    guard service.approach == .group else { return need.isSizedByLimits }
    guard need.cpuShortfall?.lack == .unmeasured else { return false }
    let load = try context.load(of: service)
    return service.instanceLimits(load).contains { limit in
      load.values(limit.metric)?.contains { $0 != nil } ?? false
    }
  }

  /// The verdict on a choice, with what the book has beyond it.
  private func judge<Candidate>(
    _ choice: SizeChoice<Candidate>, _ service: Service, _ need: SizeNeed, _ outlook: SizeOutlook,
    _ evidence: Evidence, _ context: AdviceContext
  ) -> Proposal {
    var evidence = evidence
    if let growth = outlook.figure {
      evidence.figures.append(.size(.growth(growth, outgrown: choice.own.outgrown)))
    }
    var advice = verdict(on: choice, service, need, outlook, evidence, context)
    advice.verdict.alternatives = choice.alternatives
    for index in advice.alternatives.indices { advice.alternatives[index].verdict.alternatives = choice.alternatives }
    return advice
  }

  private func verdict<Candidate>(
    on choice: SizeChoice<Candidate>, _ service: Service, _ need: SizeNeed, _ outlook: SizeOutlook,
    _ evidence: Evidence, _ context: AdviceContext
  ) -> Proposal {
    let own = choice.own
    var evidence = evidence
    evidence.figures += choice.figures
    let unpriced = context.unpriced(service, current: own.type)
    if !unpriced.isEmpty { evidence.figures.append(.size(.unpriced(unpriced))) }
    evidence.prices = choice.offersShown.map { context.engine.note($0.price) }
    evidence.prices += context.engine.discountNotes(own.offer.price.kind)
    let confidence = need.confidence(context)
    func kept(_ reason: SizeReason) -> Proposal {
      let reason = need.isSaturated ? reason.naming(need.saturation.samples) : reason
      return Proposal(verdict(.kept, service, .keep(own.name), because: .size(reason), evidence, confidence))
    }
    guard choice.candidates.contains(where: \.fits) else {
      return kept(.nothingCarries(context.candidates(of: service), own.shortfalls))
    }
    guard let best = choice.better.first else {
      var reason = choice.reasonToKeep
      if reason == .nothingElseListed, context.candidates(of: service).isBeyondList { reason = .nothingElsePriced }
      let isAlone = reason == .nothingElseListed || reason == .nothingElsePriced
      return kept(isAlone && !unpriced.isEmpty ? .unpriced(unpriced) : reason)
    }
    let sound = choice.better.filter { $0.doubt == nil }.map(\.candidate)
    // Those that have no less of it were judged, and none is better: that is an answer.
    if sound.isEmpty, let doubt = best.doubt { return kept(.doubt(doubt)) }
    var advices = sound.prefix(Self.mostTried).map { candidate in
      let move = SizeMove(
        from: own.name, to: candidate.name, candidate.offer.migration,
        gain: candidate.gain(beside: own, need, context.rules), passedOver: best.doubt,
        memoryShort: candidate.memoryShort, growth: outlook.figure, saturated: need.saturation.samples)
      return Proposal(
        verdict(.recommended, service, .change, because: .size(.move(move)), evidence, confidence),
        isUnconditional: candidate.isNeeded(beside: own), changes: [Change(candidate.change(from: own))])
    }
    advices[0].alternatives = Array(advices.dropFirst())
    return advices[0]
  }

  /// So many are billed until one saves enough: commitments may make the cheapest on demand the dearer.
  private static let mostTried = 4
}

extension SizeReason {
  /// With what of CPU was used up, unless that is the reason.
  fileprivate func naming(_ samples: SaturatedSamples?) -> SizeReason {
    guard let samples else { return self }
    if case .tooSmall(_, let shortfalls) = self, shortfalls.contains(.saturated(samples)) { return self }
    return .saturated(samples, self)
  }
}
