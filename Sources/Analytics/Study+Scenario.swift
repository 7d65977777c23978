import Advice
import Analysis
import Model

extension Study {
  /// The month under a scenario; the empty scenario is the month as it was.
  /// - Throws: ``DataError`` for an unknown service, type or offer, and for a missing price.
  package func outcome(_ scenario: Scenario) throws(DataError) -> Outcome {
    let made = try played(scenario)
    let outcome = try outcome(of: made.plan, notes: made.notes)
    return made.plan.hasPlanned ? try outcome.notingUnusedCommitments(context.engine) : outcome
  }

  /// The month's plan with the changes of a scenario, one after the other.
  func played(_ scenario: Scenario) throws(DataError) -> (plan: FleetPlan, notes: [PlanNote]) {
    var plan = try asRun()
    var notes: [PlanNote] = []
    for change in scenario.changes { notes += try change.change.apply(to: &plan, context) }
    return (plan, notes)
  }

  /// What each change of a scenario asks of whoever makes it, on the plan that those before it left.
  func terms(of scenario: Scenario) throws(DataError) -> [(change: Change, terms: ChangeTerms)] {
    var plan = try asRun()
    var all: [(change: Change, terms: ChangeTerms)] = []
    for change in scenario.changes {
      all.append((change, try change.change.terms(on: plan, context)))
      _ = try change.change.apply(to: &plan, context)
    }
    return all
  }
}

extension FleetPlan {
  /// True when it holds a commitment that is only planned.
  fileprivate var hasPlanned: Bool {
    commitments.contains { $0.isPlanned } || savingsPlans.contains { $0.isPlanned } || chargeRegion != nil
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
