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
  /// One plan; amounts are at list prices in the bill's currency, over the whole term, what is left on demand included.
  package struct Row: Hashable, Sendable {
    package var plan: ComparedPlan
    /// What it buys: `2 x standard-1yr-no-upfront, 1 later`; `nothing`.
    package var buys: String
    /// Whether anything of it is bought now.
    package var buysNow: Bool
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
      plan: ComparedPlan, buys: String, buysNow: Bool, expected: Money, fallen: Money, same: Money, grown: Money,
      worstRegret: Money,
      paybackMonth: Int?
    ) {
      self.plan = plan
      self.buys = buys
      self.buysNow = buysNow
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
  package var rows: [Row]

  package init(months: Int, rows: [Row]) {
    self.months = months
    self.rows = rows
  }
}
