import Advice
import Analysis
import Model

/// What is bought for an account: the list to sign, what it comes to for each service, and what else could be bought.
package struct AccountPurchases: Sendable {
  /// What a service's bill was and is.
  package struct Share: Hashable, Sendable {
    package var service: String
    /// The month's bill before anything is bought, and after; in the bill's currency.
    package var before, after: Money
    package var saving: Money { before - after }
  }

  package let plan: AccountPurchasePlan
  /// Of the services that run what is bought for, by name, and of what no service owns: their sums are the bills.
  package internal(set) var shares: [Share]
  /// nil where nobody asked.
  package let comparison: PurchaseComparison?
  /// Pools whose purchases were not judged.
  package let missing: [String]

  /// - Parameters:
  ///   - verdicts: of the step.
  ///   - actions: what of them is to be done.
  ///   - before: the bill before the step.
  ///   - after: the bill after it.
  init(
    _ advice: AccountProposal, _ verdicts: [Verdict], _ actions: [RecommendedAction], before: BillParts,
    after: BillParts, _ study: Study
  ) {
    var plan = advice.plan
    let watched = Dictionary(actions.map { ($0.verdict.subject.name, $0.timing.watchDays) }) { max($0, $1) }
    // Days of the calendar: one of them may have 23 or 25 hours.
    let first = study.context.clock.date(at: study.context.asOf.advanced(by: 1))
    for index in plan.lines.indices where plan.lines[index].isNow {
      let days = watched[plan.lines[index].pool] ?? 0
      plan.lines[index].watchDays = days
      plan.lines[index].date = CivilDate(day: first.day + days)
    }
    for index in plan.lines.indices {
      let ofPool = actions.filter { $0.verdict.subject.name == plan.lines[index].pool }.flatMap(\.lockIns)
      plan.lines[index].forgone = ofPool.max { $0.monthly < $1.monthly }.map {
        .init(type: $0.alternative.type, monthly: $0.monthly)
      }
    }
    plan.lines.sort { ($0.date, $0.pool, $0.offer.description) < ($1.date, $1.pool, $1.offer.description) }
    self.plan = plan
    let services = Set(verdicts.flatMap(\.services)).union([Commitment.unassigned])
    shares = services.sorted().map {
      Share(service: $0, before: before.total(of: $0), after: after.total(of: $0))
    }.filter { $0.before != .zero || $0.after != .zero }
    comparison = advice.comparison
    missing = verdicts.filter { $0.outcome == .refused }.map(\.subject.name)
  }
}
