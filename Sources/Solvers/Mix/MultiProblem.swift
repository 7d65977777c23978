// Several families of instances under one budget and one savings plan.

/// A family: its demand counted in quanta, the normalised units of its smallest size.
package struct MixFamily: Hashable, Sendable {
  package var name: String
  /// Normalised units of a quantum; what is bought is whole quanta.
  package var quantum: Int
  /// Demand and held commitments in quanta, prices for a normalised unit.
  package var problem: MixProblem
  /// Of the savings plan's hourly commitment, what a normalised unit uses: micro-USD, at least 1.
  package var planRate: Int

  package init(name: String, quantum: Int, problem: MixProblem, planRate: Int) {
    self.name = name
    self.quantum = quantum
    self.problem = problem
    self.planRate = planRate
  }
}

/// Families that share a limit on upfront cash and a Compute Savings Plan.
package struct MultiProblem: Hashable, Sendable {
  package var families: [MixFamily]
  /// Micro-USD.
  package var budget: Int

  package init(families: [MixFamily], budget: Int) {
    self.families = families
    self.budget = budget
  }

  /// The horizon.
  package var hours: Int { families.first?.problem.hours ?? 0 }

  /// Checks what the arithmetic relies on.
  /// - Throws: ``ProblemFault`` as ``MixProblem/check()``; for families of different length or the same name, and for a
  ///   bill of all families beyond `Int64`.
  package func check() throws(ProblemFault) {
    try checkNumber("upfront_budget", budget)
    try checkCount("families", families.count, of: "families", from: 1, to: 100)
    var total = 0
    for family in families {
      try checkFamily(family)
      let problem = family.problem
      let dearest = max(problem.onDemand, family.planRate, problem.options.map(\.rate).max() ?? 0)
      let (units, isMany) = max(1, problem.demand.max() ?? 0).multipliedReportingOverflow(by: family.quantum)
      guard !isMany else {
        throw ProblemFault(key: "\(family.name).quantum", found: "\(family.quantum)", expected: "less")
      }
      try checkBill(hours: hours, units: units, price: dearest)
      let (sum, overflow) = total.addingReportingOverflow(hours * units * dearest)
      guard !overflow else {
        throw ProblemFault(
          key: "families", found: "a bill beyond \(Int.max) micro-USD", expected: "less demand or hours")
      }
      total = sum
    }
    // A family `a/b` and an option `c` must not be mistaken for `a` and `b/c`.
    let names = families.flatMap { family in family.problem.options.map { "\(family.name)/\($0.name)" } }
    guard Set(families.map(\.name)).count == families.count, Set(names).count == names.count else {
      throw ProblemFault(key: "families", found: "a name twice", expected: "a name for each family and option")
    }
  }

  private func checkFamily(_ family: MixFamily) throws(ProblemFault) {
    try checkNumber("\(family.name).quantum", family.quantum, from: 1)
    try checkNumber("\(family.name).savings_plan_rate", family.planRate, from: 1)
    try family.problem.check()
    guard family.problem.hours == hours, family.problem.slotHours == 1 else {
      throw ProblemFault(
        key: "\(family.name).demand", found: "\(family.problem.demand.count) hours", expected: "\(hours)")
    }
  }
}
