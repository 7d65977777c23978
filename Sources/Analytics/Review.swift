import Advice
import Analysis
import Model

/// The bill after a step of advice.
package struct StepOutcome: Sendable {
  package var step: AdviceStep
  package var bill: Bill
  package var saving: Money
}

/// The monthly review: every figure that it states, before any of it is put into words.
///
/// What cannot be known is told with its reason, and what must be known throws here, not where it is written down.
public struct Review: Sendable {
  /// The month and its clock.
  public let scope: MonthScope
  package let study: Study
  package let current: Outcome
  /// The month before under the same rules, and what changed since.
  package let comparison: MonthComparison
  package let marginalCosts: MarginalCosts
  package let thresholds: [ThresholdFinding]
  package let criticalTime: CriticalTime
  /// One verdict for each service and step, in that order of steps.
  package let verdicts: [Verdict]
  package let steps: [StepOutcome]
  /// What to do about the recommended ones, in their order of steps.
  package let actions: [RecommendedAction]
  package let commitments: CommitmentUse
  package let expiring: [ExpiringCommitment]
  package let silent: [SilentCost]
  package let unjudged: [UnjudgedCost]
  package let data: DataQuality
  /// Of the bill before and after each step, and with more users.
  package let doubts: PriceDoubts

  /// - Throws: ``DataError`` when the month, or the one before where it is in the store, cannot be billed.
  package init(_ study: Study) throws(DataError) {
    self.study = study
    scope = MonthScope(study)
    current = try study.outcome(Scenario())
    comparison = try study.comparison(with: current)
    marginalCosts = try study.marginalCosts(current)
    thresholds = try reviewThresholds(study.context)
    criticalTime = CriticalTime(thresholds)
    let advice = try AdviceSequence(study, from: current)
    verdicts = advice.verdicts
    steps = advice.steps
    actions = advice.actions
    commitments = CommitmentUse(current, study)
    expiring = study.expiringCommitments(current)
    silent = study.silentCosts(in: current.bill.currency)
    unjudged = current.bill.unjudgedCosts(study.fleet)
    data = DataQuality(study)
    doubts = study.doubts(of: ([current.bill] + steps.map(\.bill)).flatMap(\.prices) + marginalCosts.prices)
  }

  /// The month before; nil where it is not in the store, or has no exchange rate.
  package var previous: Outcome? {
    if case .change(let change) = comparison { change.previous } else { nil }
  }
  package var purchases: FleetPurchases? { FleetPurchases(verdicts) }

  /// Recommended verdicts, by saving discounted for confidence (high 1, medium 3/4, low 1/2), largest first.
  package var recommendations: [Verdict] {
    verdicts.filter { $0.outcome == .recommended }.sorted {
      ($1.rank, $0.id) < ($0.rank, $1.id)
    }
  }
}

extension Review {
  /// What all amounts are in, by its code: `USD`.
  public var currency: String { current.bill.currency.code }
  /// What the month cost.
  public var cost: Money { current.bill.total }
  /// The same for each average concurrent user.
  public var costPerUser: Money { current.allocation.perUser }
  /// The same for each hour of such a user, so that a longer month is no dearer one.
  public var costPerUserHour: Money { current.perUserHour }
  /// What the recommendations save together, in the month.
  public var saving: Money { steps.reduce(.zero) { $0 + $1.saving } }
  /// Every verdict: the recommendations, best first, then what was kept and refused, in the order of steps.
  public var findings: [Finding] {
    (recommendations + verdicts.filter { $0.outcome != .recommended }).map(Finding.init)
  }
}

extension Workspace {
  /// The monthly review.
  /// - Throws: `DataError` when the month cannot be billed; a missing previous month is no error.
  public func review(month: String?) throws -> Review { try Review(try study(month: month)) }
}

extension Verdict {
  fileprivate var rank: Int64 {
    switch confidence {
    case .high: saving.nanoDollars
    case .medium: saving.nanoDollars / 4 * 3
    case .low: saving.nanoDollars / 2
    }
  }
}

/// Advice applied in sequence: each accepted change is billed by the same engine before the next is considered, so that no
/// saving is counted twice.
package struct AdviceSequence: Sendable {
  package private(set) var verdicts: [Verdict] = []
  package private(set) var steps: [StepOutcome] = []
  /// The accepted recommendations, as somebody acts on them.
  package private(set) var actions: [RecommendedAction] = []
  package private(set) var plan: FleetPlan
  /// What every bill and saving of it is in.
  package let currency: BillCurrency

  /// - Parameter last: the step after which nothing more is asked; nil for all.
  package init(_ study: Study, from start: Outcome, through last: AdviceStep? = nil) throws(DataError) {
    plan = start.plan
    currency = start.bill.currency
    var bill = start.bill
    for adviser in advisers {
      let before = bill.total
      for service in study.fleet.services {
        let advice = try adviser.advise(service, plan: plan, study.context)
        let before = plan
        let verdict = try acceptBest(of: advice, &bill, study)
        if verdict.outcome == .recommended {
          actions.append(
            try RecommendedAction(
              verdict, expectedSaving: advice.expectedSaving, on: before, after: verdicts, study.context))
        }
        verdicts.append(verdict)
      }
      steps.append(StepOutcome(step: adviser.step, bill: bill, saving: before - bill.total))
      if adviser.step == last { break }
    }
  }

  /// Applies the first of some recommendations that is accepted; the first says why not when none is.
  private mutating func acceptBest(of advice: Advice, _ bill: inout Bill, _ study: Study) throws(DataError) -> Verdict {
    let first = try accept(advice, &bill, study)
    guard first.outcome == .kept else { return first }
    for alternative in advice.alternatives {
      let verdict = try accept(alternative, &bill, study)
      if verdict.outcome == .recommended { return verdict }
    }
    return first
  }

  /// Applies a recommendation when it saves enough, in the month or expectedly, or must be done anyway; says so when not.
  private mutating func accept(_ advice: Advice, _ bill: inout Bill, _ study: Study) throws(DataError) -> Verdict {
    guard !advice.verdict.changes.isEmpty else { return advice.verdict }
    var verdict = advice.verdict
    var changed = plan
    for change in verdict.changes { _ = try change.change.apply(to: &changed, study.context) }
    let newBill = try study.context.engine.bill(changed, over: study.period)
    let saving = bill.total - newBill.total
    verdict.billedPrices = bill.pricesDiffering(from: newBill)
    let least = try LeastSaving(study.fleet.review, bill, verdict.service)
    guard advice.isUnconditional || least.isReached(saving) || least.isReached(advice.expectedSaving ?? .zero) else {
      verdict.reason = .notWorth(
        changes: verdict.changes, because: verdict.reason, saving: saving, least: least.amount, percent: least.percent)
      verdict.outcome = .kept
      verdict.conclusion = .noChange
      verdict.changes = []
      return verdict
    }
    verdict.saving = saving
    bill = newBill
    plan = changed
    return verdict
  }
}

/// What a change must save to be worth its trouble: an amount a month, or a share of what its service costs.
private struct LeastSaving {
  /// A month, in the bill's currency.
  let amount: Money
  let percent: Int
  private let cost: Money

  init(_ rules: ReviewRules, _ bill: Bill, _ service: String) throws(DataError) {
    amount = try bill.currency.amount(of: rules.minimumSavingUsd)
    percent = rules.minimumSavingPercent ?? defaultMinimumSavingPercent
    cost = bill.total(of: service)
  }

  func isReached(_ saving: Money) -> Bool {
    saving >= amount
      || saving > .zero && Int128(saving.nanoDollars) * 100 >= Int128(cost.nanoDollars) * Int128(percent)
  }
}
