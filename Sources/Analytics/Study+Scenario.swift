import Advice
import Analysis
import Model

extension Study {
  /// The month under a scenario; the empty scenario is the month as it was.
  /// - Throws: ``DataError`` for an unknown service, type or offer, and for a missing price.
  package func outcome(_ scenario: Scenario) throws(DataError) -> Outcome {
    var plan = try asRun()
    var notes: [PlanNote] = []
    for change in scenario.changes { notes += try change.change.apply(to: &plan, context) }
    let outcome = try outcome(of: plan, notes: notes)
    return plan.hasPlanned ? try outcome.notingUnusedCommitments(context.engine) : outcome
  }
}

extension FleetPlan {
  /// True when it holds a commitment that is only planned.
  fileprivate var hasPlanned: Bool {
    commitments.contains { $0.isPlanned } || savingsPlans.contains { $0.isPlanned }
  }
}

extension Outcome {
  /// The same outcome with a note for each commitment that is not used in full.
  fileprivate func notingUnusedCommitments(_ engine: BillingEngine) throws(DataError) -> Outcome {
    var copy = self
    for item in bill.items where item.option == .reservedUnused {
      copy.notes.append(
        .unusedCommitment(
          id: item.commitment ?? item.item, hours: item.quantity.double,
          cost: try engine.billed(item.dollars, item.priceService, in: bill.currency)))
    }
    return copy
  }
}
