import Advice
import Analysis
import Model

/// Advice applied in sequence: each accepted change is billed by the same engine before the next is considered, so that no
/// saving is counted twice.
package struct AdviceSequence: Sendable {
  package private(set) var verdicts: [Verdict] = []
  package private(set) var steps: [StepOutcome] = []
  /// The accepted recommendations, as somebody acts on them.
  package private(set) var actions: [RecommendedAction] = []
  package private(set) var plan: FleetPlan
  /// What is bought for the account, and what else could be; nil before it is asked.
  package private(set) var purchases: AccountPurchases?
  /// What every bill and saving of it is in.
  package let currency: BillCurrency
  /// What right-sizing said of each service.
  private var sizes: [String: Verdict] = [:]

  /// - Parameters:
  ///   - last: the step after which nothing more is asked; nil for all.
  ///   - compares: true to say also what other purchases would cost.
  ///   - tuned: the services whose scaling is tuned, each of which takes seconds.
  package init(
    _ study: Study, from start: Outcome, through last: AdviceStep? = nil, comparingPurchases compares: Bool = false,
    tuning tuned: TunedServices = .none
  ) throws(DataError) {
    plan = start.plan
    currency = start.bill.currency
    let engine = study.context.engine
    let defaults = DefaultsUsed(study.fleet)
    var bill = start.parts
    for adviser in advisers where adviser.step != .tune || tuned != .none {
      let before = bill.total
      switch adviser {
      case let adviser as any ServiceAdviser:
        let services = study.fleet.services.filter { adviser.step != .tune || tuned.includes($0.name) }
        try ask(adviser, of: services, &bill, defaults, study)
      case let adviser as any AccountAdviser: try ask(adviser, comparing: compares, &bill, defaults, study)
      default: break
      }
      steps.append(StepOutcome(step: adviser.step, bill: engine.bill(bill), saving: before - bill.total))
      if adviser.step == last { break }
    }
  }

  /// So many are judged before what is advised of them is billed: enough for every core, and few enough for memory.
  private static let judgedAtOnce = 8

  /// Service by service.
  private mutating func ask(
    _ adviser: some ServiceAdviser, of services: [Service], _ bill: inout BillParts, _ defaults: DefaultsUsed,
    _ study: Study
  ) throws(DataError) {
    var units = services.flatMap { adviser.units(of: $0, plan: plan, study.context) }[...]
    while !units.isEmpty {
      let group = Array(units.prefix(Self.judgedAtOnce))
      units = units.dropFirst(group.count)
      let (plan, missing) = (plan, bill.missingPrices)
      let proposals = try group.concurrentMap { (service) throws(DataError) in
        try adviser.proposal(for: service, plan: plan, lacking: missing, study.context)
      }
      for (service, proposal) in zip(group, proposals) {
        try take(proposal, &bill, defaults.deciding(adviser.step, service), study)
      }
    }
  }

  /// For all services together.
  private mutating func ask(
    _ adviser: some AccountAdviser, comparing compares: Bool, _ bill: inout BillParts, _ defaults: DefaultsUsed,
    _ study: Study
  ) throws(DataError) {
    let advice = try adviser.advise(on: plan, comparing: compares, study.context)
    let before = bill
    for proposal in advice.proposals { try take(proposal, &bill, defaults.decidingPurchases, study) }
    let own = verdicts.filter { $0.step == adviser.step }
    purchases = AccountPurchases(
      advice, own, actions.filter { $0.verdict.step == adviser.step }, before: before, after: bill, study)
  }

  /// Adds a verdict, and what to do about it.
  private mutating func take(
    _ advice: Proposal, _ bill: inout BillParts, _ defaults: [DefaultUsed], _ study: Study
  ) throws(DataError) {
    let before = bill
    var verdict = try acceptBest(of: advice, &bill, study)
    verdict.evidence.defaults = defaults
    if verdict.outcome == .recommended {
      let unsigned = try study.unsignedSaving(verdict, before: before, after: bill)
      actions.append(
        try RecommendedAction(
          verdict, expectedSaving: advice.expectedSaving, unsignedSaving: unsigned, on: before.plan,
          sizes: verdict.services.compactMap { sizes[$0] }, study.context))
    }
    if verdict.step == .rightsize, case .service(let name) = verdict.subject { sizes[name] = verdict }
    verdicts.append(verdict)
  }

  /// Applies the first of some recommendations that is accepted; the first says why not when none is.
  private mutating func acceptBest(of advice: Proposal, _ bill: inout BillParts, _ study: Study) throws(DataError)
    -> Verdict
  {
    let first = try accept(advice, &bill, study)
    guard first.outcome == .kept else { return first }
    for alternative in advice.alternatives {
      let verdict = try accept(alternative, &bill, study)
      if verdict.outcome == .recommended { return verdict }
    }
    return first
  }

  /// Applies a recommendation when it saves enough, in the month, over the term or expectedly, or must be done anyway; says so
  /// when not.
  private mutating func accept(_ advice: Proposal, _ bill: inout BillParts, _ study: Study) throws(DataError) -> Verdict
  {
    guard !advice.verdict.changes.isEmpty else { return advice.verdict }
    var verdict = advice.verdict
    var changed = plan
    for change in verdict.changes { _ = try change.change.apply(to: &changed, study.context) }
    let newBill = try study.context.engine.parts(of: changed, from: bill)
    let unpriced = Set(newBill.missingPrices).subtracting(bill.missingPrices)
    guard unpriced.isEmpty else {
      return verdict.withdrawn(because: .unpriced(MissingPrice.sorted(unpriced).map(\.subject)))
    }
    let saving = bill.total - newBill.total
    verdict.billedPrices = bill.pricesDiffering(from: newBill)
    let cost = bill.total(of: verdict.subject, plan, study.context)
    let least = try LeastSaving(study.fleet.review, currency, cost: cost)
    let ahead = verdict.step == .rightsize ? try study.termSaving(from: bill, to: newBill, of: verdict.services) : nil
    guard
      advice.isUnconditional || least.isReached(ahead ?? saving) || least.isReached(advice.expectedSaving ?? .zero)
    else {
      return verdict.withdrawn(
        because: .notWorth(
          changes: verdict.changes, because: verdict.reason, saving: ahead ?? saving, least: least.amount,
          percent: least.percent))
    }
    verdict.termSaving = ahead
    verdict.saving = saving
    bill = newBill
    plan = changed
    return verdict
  }
}

/// The services whose scaling is to be tuned.
package enum TunedServices: Hashable, Sendable {
  case none, all
  case named(Set<String>)

  /// Those that some ids of verdicts are of.
  init(ids: [String]) {
    let prefix = "\(AdviceStep.tune.rawValue)-"
    let names = ids.filter { $0.hasPrefix(prefix) }.map { String($0.dropFirst(prefix.count)) }
    self = names.isEmpty ? .none : .named(Set(names))
  }

  fileprivate func includes(_ service: String) -> Bool {
    switch self {
    case .none: false
    case .all: true
    case .named(let names): names.contains(service)
    }
  }
}

extension BillParts {
  /// What the services of a subject cost, or what of one falls on one of its instances: in proportion to their list prices
  /// and hours.
  fileprivate func total(of subject: Verdict.Subject, _ plan: FleetPlan, _ context: AdviceContext) -> Money {
    guard case .instance(let resource, let service) = subject else {
      return subject.services.reduce(.zero) { $0 + self.total(of: $1) }
    }
    let total = self.total(of: service)
    let runs = plan.runs(of: service)
    let weights = runs.map { run -> Int128 in
      let price = context.catalogue.onDemandIfKnown(context.engine.kind(run), at: context.period.start)?.hourly ?? .zero
      return Int128(price.nanoDollars) * Int128(run.overlap(with: context.period)?.seconds ?? 0)
    }
    guard weights.contains(where: { $0 > 0 }) else { return total }
    return zip(runs, apportion(total, by: weights)).reduce(.zero) { $1.0.resource == resource ? $0 + $1.1 : $0 }
  }
}

extension Verdict {
  /// The verdict without its changes.
  fileprivate func withdrawn(because reason: VerdictReason) -> Verdict {
    var verdict = self
    verdict.reason = reason
    verdict.outcome = .kept
    verdict.conclusion = .noChange
    verdict.changes = []
    return verdict
  }
}

/// What a change must save to be worth its trouble: an amount a month, or a share of what its service costs.
private struct LeastSaving {
  /// A month, in the bill's currency.
  let amount: Money
  let percent: Int
  private let cost: Money

  init(_ rules: ReviewRules, _ currency: BillCurrency, cost: Money) throws(DataError) {
    amount = try currency.amount(of: rules.minimumSavingUsd)
    percent = rules.minimumSavingPercent ?? defaultMinimumSavingPercent
    self.cost = cost
  }

  func isReached(_ saving: Money) -> Bool {
    saving >= amount
      || saving > .zero && Int128(saving.nanoDollars) * 100 >= Int128(cost.nanoDollars) * Int128(percent)
  }
}
