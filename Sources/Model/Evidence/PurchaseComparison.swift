/// A plan that purchases are compared by.
package enum ComparedPlan: Hashable, Sendable {
  /// Nothing is bought, and nothing renewed.
  case nothing
  /// What is held is renewed when it ends.
  case renewal
  /// What Cost Explorer would propose each month, from the last 30 days, and what is held renewed.
  case costExplorer
  /// What Azure would propose each month: the lower of what 30 and what 3 days say.
  case azure
  /// What ran in every hour of the last 30 days.
  case leastOf30Days
  /// The levels that were used at least 75 % of the last 30 and of the last 90 days.
  case steadyLevels
  /// What `solve buy` would buy each month, by the last 30 and 90 days alone.
  case buyingNow
  /// One of the plans between which the fleet file chooses.
  case choice(PlanChoice)
  /// The cheapest for each demand, which nobody can know.
  case hindsight
}

/// What purchases of an account cost over the coming term, beside one another.
package struct PurchaseComparison: Hashable, Sendable {
  /// One plan; amounts are at list prices in the bill's currency, over the whole term, what is left on demand included.
  package struct Row: Hashable, Sendable {
    package var plan: ComparedPlan
    /// The mean of the futures.
    package var expected: Money
    /// Demand at once falls by 30 %, stays, or grows by 30 %.
    package var fallen, same, grown: Money
    /// The most by which it is dearer, in one of these three, than the best plan for it.
    package var worstRegret: Money
    /// What is paid upfront where demand stays; nil where it is not one plan.
    package var upfront: Money?
    /// What is signed over whole terms where demand stays: new money, and what takes the place of commitments that end; nil
    /// where it is not one plan.
    package var signedNew, signedAgain: Money?

    package init(
      plan: ComparedPlan, expected: Money, fallen: Money, same: Money, grown: Money, worstRegret: Money,
      upfront: Money? = nil, signedNew: Money? = nil, signedAgain: Money? = nil
    ) {
      self.plan = plan
      self.expected = expected
      self.fallen = fallen
      self.same = same
      self.grown = grown
      self.worstRegret = worstRegret
      self.upfront = upfront
      self.signedNew = signedNew
      self.signedAgain = signedAgain
    }
  }

  /// Months of the term.
  package var months: Int
  /// The plan that the fleet file asks for.
  package var chosen: PlanChoice
  package var rows: [Row]

  package init(months: Int, chosen: PlanChoice, rows: [Row]) {
    self.months = months
    self.chosen = chosen
    self.rows = rows
  }

  /// The row of a plan; nil where it is not compared.
  package subscript(plan: ComparedPlan) -> Row? { rows.first { $0.plan == plan } }
}
