import Model

/// What a month like the one in question costs, so many months ahead.
package struct MonthAhead: Sendable {
  package let month: Month
  /// Demand of users, of what it was.
  package let demand: DemandFactor
  package let before, after: Money
}

extension Scenario {
  /// The same, with demand that grows every month looked at so many months ahead, unless it says for itself how many.
  func ahead(_ months: Int) -> Scenario {
    Scenario(
      changes.map { change in
        guard var growth = change.change as? MonthlyGrowth, growth.months == nil else { return change }
        growth.months = months
        return Change(growth)
      })
  }

  /// The same, after so many months of those that it is looked ahead.
  func after(_ month: Int) -> Scenario {
    Scenario(
      changes.map { change in
        guard var growth = change.change as? MonthlyGrowth else { return change }
        growth.months = min(month, growth.months ?? month)
        return Change(growth)
      })
  }
}

extension Study {
  /// Each of some months ahead: the month in question repeated, with the changes made, demand grown until then, and what is
  /// held then.
  func monthsAhead(_ months: Int, of scenario: Scenario, before: Outcome) throws(DataError) -> [MonthAhead] {
    var ahead: [MonthAhead] = []
    var month = self.month
    for index in 1...max(1, months) {
      month = month.next
      let made = try billed(scenario.after(index), from: before)
      let period = context.clock.period(of: month)
      ahead.append(
        MonthAhead(
          month: month, demand: made.plan.demand.factor(of: .users), before: try total(of: before.parts, in: period),
          after: try total(of: made, in: period)))
    }
    return ahead
  }
}
