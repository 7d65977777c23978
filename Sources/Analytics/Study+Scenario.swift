import Advice
import Analysis
import Model

extension Study {
  /// The month under a scenario; the empty scenario is the month as it was.
  /// - Throws: ``DataError`` for an unknown service, type or offer, and for a missing price.
  package func outcome(_ scenario: Scenario) throws(DataError) -> Outcome { try outcome(of: played(scenario)) }

  /// The month under changes that were made.
  func outcome(of made: PlayedScenario) throws(DataError) -> Outcome {
    let outcome = try outcome(of: made.plan, notes: made.notes)
    return made.plan.hasPlanned ? try outcome.notingUnusedCommitments(context.engine) : outcome
  }

  /// The month's plan with the changes of a scenario, one after the other.
  /// - Parameter afterEach: is told of each change, and of the plan that it was made on.
  func played(
    _ scenario: Scenario, _ afterEach: (Change, FleetPlan) throws(DataError) -> Void = { _, _ in }
  ) throws(DataError) -> PlayedScenario {
    var made = PlayedScenario(plan: try asRun())
    for change in scenario.changes {
      let before = made.plan
      made.notes += try change.change.apply(to: &made.plan, context)
      try afterEach(change, before)
    }
    return made
  }

  /// A scenario's bill in parts; what it does not touch is billed as it was.
  func billed(_ scenario: Scenario, from before: Outcome) throws(DataError) -> BillParts {
    try context.engine.parts(of: played(scenario).plan, from: before.parts)
  }
}

/// A month's plan with changes made.
struct PlayedScenario {
  var plan: FleetPlan
  /// What its owner should know of them.
  var notes: [PlanNote] = []
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
