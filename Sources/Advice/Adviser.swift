import Model

/// An adviser's verdict on one service, with the changes that it recommends.
package struct Proposal: Sendable {
  package var verdict: Verdict
  /// What else could be done, the best first, where this saves too little.
  package var alternatives: [Proposal] = []
  /// True for a change that is made however little it saves, or whatever it costs: what runs is too small, or nobody uses it.
  package var isUnconditional = false
  /// What it is expected to save a month of the coming term, where that is not what it would have saved in the reviewed
  /// month; nil for advice that is judged by the month alone.
  package var expectedSaving: Money?

  package init(
    _ verdict: Verdict, isUnconditional: Bool = false, expectedSaving: Money? = nil, changes: [Change] = []
  ) {
    self.verdict = verdict
    self.verdict.changes = changes
    self.isUnconditional = isUnconditional
    self.expectedSaving = expectedSaving
  }
}

/// A kind of advice.
package protocol Adviser: Sendable {
  var step: AdviceStep { get }
}

/// A kind of advice that judges one service at a time, on the plan that earlier advice left.
package protocol ServiceAdviser: Adviser {
  /// What of a service it judges: each gets one verdict, in this order.
  func units(of service: Service, plan: FleetPlan, _ context: AdviceContext) -> [Service]
  /// Exactly one verdict; refusing and keeping are verdicts too. It does not depend on what is accepted for another
  /// service: several are judged at once.
  func advise(_ service: Service, plan: FleetPlan, _ context: AdviceContext) throws(DataError) -> Proposal
}

/// A kind of advice on what the account shares, which is judged for all services together.
package protocol AccountAdviser: Adviser {
  /// Exactly one verdict on each pool.
  /// - Parameter compares: true to say also what other purchases would cost.
  func advise(on plan: FleetPlan, comparing compares: Bool, _ context: AdviceContext) throws(DataError)
    -> AccountProposal
}

/// What is proposed for an account.
package struct AccountProposal: Sendable {
  /// In the order in which they are applied: they do not depend on one another's acceptance.
  package var proposals: [Proposal]
  /// All that is bought, as a list to sign.
  package var plan: AccountPurchasePlan
  /// What other purchases would cost; nil where nobody asked.
  package var comparison: PurchaseComparison?
}

extension AccountAdviser {
  /// The same with what other purchases would cost.
  package func advise(on plan: FleetPlan, _ context: AdviceContext) throws(DataError) -> AccountProposal {
    try advise(on: plan, comparing: true, context)
  }
}

/// Every adviser, in the order of ``AdviceStep``.
package let advisers: [any Adviser] = [
  SilentInstances(), RightSizing(), ScheduleAdviser(), ScalingTuner(), PurchaseMix(),
]

extension ServiceAdviser {
  package func units(of service: Service, plan: FleetPlan, _ context: AdviceContext) -> [Service] { [service] }
}

extension Service {
  /// A verdict on it, or on the one instance that it speaks of.
  fileprivate var verdictSubject: Verdict.Subject { resource.map { .instance($0, of: name) } ?? .service(name) }
}

extension Adviser {
  /// A verdict of this step; a refusal is of low confidence whatever it is given, for it found nothing out.
  func verdict(
    _ outcome: Verdict.Outcome, _ subject: Verdict.Subject, _ conclusion: Conclusion, because reason: VerdictReason,
    _ evidence: Evidence, _ confidence: Confidence = .high
  ) -> Verdict {
    Verdict(
      step: step, subject: subject, outcome: outcome, conclusion: conclusion, reason: reason,
      confidence: outcome == .refused ? .low : confidence, evidence: evidence)
  }

  func verdict(
    _ outcome: Verdict.Outcome, _ service: Service, _ conclusion: Conclusion, because reason: VerdictReason,
    _ evidence: Evidence, _ confidence: Confidence = .high
  ) -> Verdict {
    verdict(outcome, service.verdictSubject, conclusion, because: reason, evidence, confidence)
  }
}

extension ServiceAdviser {
  /// The verdict on a service: a refusal where it is not to be judged, else the adviser's.
  /// - Parameter missing: the prices that the book lacks.
  package func proposal(
    for service: Service, plan: FleetPlan, lacking missing: [MissingPrice], _ context: AdviceContext
  ) throws(DataError) -> Proposal {
    if let refusal = try refusal(service, of: plan, lacking: missing, context) { return refusal }
    do throws(DataError) {
      return try advise(service, plan: plan, context)
    } catch {
      guard context.engine.allowsUnpriced, error.kind == .missingInput else { throw error }
      return try refused(service, because: .lacking(error), context)
    }
  }

  private func refused(
    _ service: Service, because reason: VerdictReason, _ context: AdviceContext
  ) throws(DataError) -> Proposal {
    let coverage = try context.samples(of: service, .cpuPercent).coverage
    let evidence = Evidence(period: context.period, coverage: coverage, figures: [])
    return Proposal(verdict(.refused, service, .notJudged, because: reason, evidence))
  }

  /// Why a service is not to be judged by this step, whatever its samples say; nil where it may be.
  ///
  /// What a service runs and when is judged by the prices of one place. Instances that do nothing are each judged by
  /// themselves.
  private func refusal(
    _ service: Service, of plan: FleetPlan, lacking missing: [MissingPrice], _ context: AdviceContext
  ) throws(DataError) -> Proposal? {
    guard step != .waste else { return nil }
    let (places, engines) = (context.places(of: service), context.engines(of: service))
    if places.count > 1 { return try refused(service, because: .severalPlaces(places.sorted()), context) }
    if engines.count > 1 { return try refused(service, because: .severalEngines(engines.sorted()), context) }
    let kinds = Set(plan.runs(of: service).map(context.engine.kind))
    let own = missing.filter { price in
      switch price.subject {
      case .onDemand(let kind), .spot(let kind): kinds.contains(kind)
      case .reserved(let kind, _): kinds.contains { context.covers(kind, $0) }
      case .specification(let type): service.instanceTypes.contains(type) || service.initialType == type
      case .savingsPlan, .unit: false
      }
    }
    if !own.isEmpty { return try refused(service, because: .unpriced(own.map(\.subject)), context) }
    // Windows have groups alone.
    let isBySize = ![.schedule, .tune].contains(step) || service.approach == .group
    let types = isBySize ? context.unspecifiedTypes(of: service, in: plan) : []
    return types.isEmpty ? nil : try refused(service, because: .unpriced(types.map { .specification($0) }), context)
  }
}
