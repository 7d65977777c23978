/// A plan that purchases are compared by.
package enum ComparedPlan: Hashable, Sendable {
  /// Nothing more is bought.
  case nothing
  /// What Cost Explorer would propose, from the last 30 days.
  case costExplorer
  /// One of the plans between which the fleet file chooses.
  case choice(PlanChoice)
  /// The cheapest for each demand, which nobody can know.
  case hindsight
}

/// What purchases of one service cost over the coming term, beside one another.
package struct PurchaseComparison: Hashable, Sendable {
  /// What a plan buys.
  package struct Purchases: Hashable, Sendable {
    package var now: [CommittedInstances]
    /// Instances that it buys for later, each time that it does.
    package var later: Int

    package init(now: [CommittedInstances], later: Int) {
      self.now = now
      self.later = later
    }
  }

  /// One plan; amounts are at list prices in the bill's currency, over the whole term, what is left on demand included.
  package struct Row: Hashable, Sendable {
    package var plan: ComparedPlan
    /// nil where it is not one plan: in hindsight, and of several services.
    package var buys: Purchases?
    /// The mean of the futures.
    package var expected: Money
    /// Demand at once falls by 30 %, stays, or grows by 30 %.
    package var fallen, same, grown: Money
    /// The most by which it is dearer, in one of these three, than the best plan for it.
    package var worstRegret: Money
    /// The month of the term in which what the purchases of now saved reaches what they will have cost; nil for never,
    /// and for no purchase.
    package var paybackMonth: Int?

    package init(
      plan: ComparedPlan, buys: Purchases?, expected: Money, fallen: Money, same: Money, grown: Money,
      worstRegret: Money, paybackMonth: Int?
    ) {
      self.plan = plan
      self.buys = buys
      self.expected = expected
      self.fallen = fallen
      self.same = same
      self.grown = grown
      self.worstRegret = worstRegret
      self.paybackMonth = paybackMonth
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

  /// What the chosen plan buys now.
  package var bought: [CommittedInstances] { self[.choice(chosen)]?.buys?.now ?? [] }
}
