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
  package internal(set) var current: Outcome
  /// The month before, by the fleet file of then, and what changed since.
  package internal(set) var comparison: MonthComparison
  package let marginalCosts: MarginalCosts
  package internal(set) var thresholds: [ThresholdFinding]
  /// What happened while thresholds were crossed, the weightiest first.
  package internal(set) var events: [ThresholdEvent]
  package let criticalTime: CriticalTime
  /// One verdict for each service and step, in that order of steps.
  package internal(set) var verdicts: [Verdict]
  package internal(set) var steps: [StepOutcome]
  /// What to do about the recommended ones, in their order of steps.
  package internal(set) var actions: [RecommendedAction]
  /// What is bought for the account.
  package internal(set) var purchases: AccountPurchases?
  package internal(set) var cheaperTypes: [CheaperType]
  package internal(set) var commitments: CommitmentUse
  package internal(set) var expiring: [ExpiringCommitment]
  package internal(set) var unjudged: [UnjudgedCost]
  /// What tokens, seats and limits of external services came to; none of it is in ``saving``.
  package internal(set) var tokens: TokensAnswer
  package internal(set) var data: DataQuality
  /// What was measured and cannot be.
  package internal(set) var impossible: [ImpossibleSamples] = []
  /// Of the bill before and after each step, and with more users.
  package let doubts: PriceDoubts
  /// Names in the store that match nothing, so that nothing of this looked at what stands under them; empty for a study
  /// that is of no store.
  package internal(set) var unmatched: [UnmatchedNames] = []
  /// The months up to this one; nil where they were not asked for.
  package internal(set) var trend: MonthTrend?

  /// - Parameter tunes: whether the scaling of services is tuned, which takes seconds each.
  /// - Throws: ``DataError`` when the month, or the one before where it is in the store, cannot be billed.
  package init(_ study: Study, tuning tunes: Bool = false) throws(DataError) {
    self.study = study
    scope = MonthScope(study)
    current = try study.outcome(Scenario())
    comparison = try study.comparison(with: current)
    marginalCosts = try study.marginalCosts(current)
    let thresholds = try ThresholdReview(study.context)
    self.thresholds = thresholds.findings
    events = thresholds.events
    criticalTime = CriticalTime(thresholds.findings)
    let advice = try AdviceSequence(study, from: current, comparingPurchases: true, tuning: tunes ? .all : .none)
    verdicts = advice.verdicts
    steps = advice.steps
    actions = advice.actions
    purchases = advice.purchases
    cheaperTypes = try study.cheaperTypes(advice.verdicts, in: advice.currency)
    commitments = CommitmentUse(current, study)
    expiring = study.expiringCommitments(current)
    tokens = try TokensAnswer(study, from: current)
    unjudged = current.bill.unjudgedCosts(study.fleet, tokens)
    data = try DataQuality(study)
    doubts = study.doubts(of: ([current.bill] + steps.map(\.bill)).flatMap(\.prices) + marginalCosts.prices)
    // Behind all that reads samples.
    impossible = study.impossibleSamples
  }

  /// The month before; nil where it is not in the store, or has no exchange rate.
  package var previous: Outcome? {
    if case .change(let change) = comparison { change.previous } else { nil }
  }

  /// The recommended verdicts, in the order of ``rankedActions``.
  package var recommendations: [Verdict] { rankedActions.map(\.verdict) }

  /// All verdicts: the recommendations, ranked, then what was kept and refused, in the order of steps.
  package var rankedVerdicts: [Verdict] { recommendations + verdicts.filter { $0.outcome != .recommended } }

  /// What to do, what can be done now first; then by saving discounted for confidence (high 1, medium 3/4, low 1/2), largest
  /// first.
  package var rankedActions: [RecommendedAction] {
    actions.sorted { a, b in
      (a.timing.watchDays, b.verdict.rank, a.verdict.id) < (b.timing.watchDays, a.verdict.rank, b.verdict.id)
    }
  }
}

extension Review {
  /// What all amounts are in, by its code: `USD`.
  public var currency: String { current.bill.currency.code }
  /// The prices that the book lacks: what they are of is in no sum.
  package var missingPrices: [MissingPrice] { current.bill.missingPrices }
  /// What the month cost.
  public var cost: Money { current.bill.total }
  /// The same for each average concurrent user; nil where users were not measured, or there was none.
  public var costPerUser: Money? { current.allocation.perUser }
  /// The same for each hour of such a user, so that a longer month is no dearer one.
  public var costPerUserHour: Money? { current.perUserHour }
  /// What the recommendations save together, in the month.
  public var saving: Money { steps.reduce(.zero) { $0 + $1.saving } }
  /// Every verdict: the recommendations, best first, then what was kept and refused, in the order of steps.
  public var findings: [Finding] {
    rankedVerdicts.map(Finding.init)
  }
}

extension Workspace {
  /// The monthly review.
  /// - Parameters:
  ///   - months: how many months up to that one it has side by side, 1 to 60; nil for none.
  ///   - tuning: whether the scaling of services is tuned too, which takes seconds each.
  /// - Throws: `DataError` when the month cannot be billed, and for a number of months out of range; an earlier month that
  ///   is missing is no error.
  public func review(month: String?, months: Int? = nil, tuning: Bool = false) throws -> Review {
    if let months { try Self.checkMonths(months) }
    var review = try Review(try study(month: month), tuning: tuning)
    review.unmatched = try unmatchedNames()
    if let months { review.trend = try trend(of: review, months: months) }
    return review
  }
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
