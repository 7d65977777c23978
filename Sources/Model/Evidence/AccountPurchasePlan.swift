/// What an account signs, and when: the answer of the purchase mix as a list.
package struct AccountPurchasePlan: Hashable, Sendable {
  /// One purchase.
  package struct Line: Hashable, Sendable {
    /// How much is bought.
    package enum Amount: Hashable, Sendable {
      /// So many instances of a type.
      case instances(Int, type: String)
      /// So many USD an hour of a savings plan.
      case hourly(Money)
    }
    /// The pool or the plan, by its name; ``Verdict/id`` of its evidence is `mix-POOL`.
    package var pool: String
    package var offer: CommitmentTerm
    package var amount: Amount
    package var date: CivilDate
    /// True for what is signed on the date of the advice, or when what goes before it has been watched.
    package var isNow: Bool
    /// What is watched before it: days after a move of what it is for.
    package var watchDays: Int
    /// Paid at once and for every hour of the term, for all of it, in USD.
    package var upfront, hourly: Money
    /// Both, spread over the hours of the term, in USD.
    package var effectiveHourly: Money
    /// The fraction of the hours from which on it is cheaper than on demand; nil for a plan that pays for several types.
    package var breakEven: Double?
    /// The fraction of its hours in which the last of it is expected to be used, on the mean of the futures.
    package var hoursUsed: Double?
    /// What is held until then, where it takes the place of that.
    package var ending: [String]
    /// A type beyond what right-sizing may propose that would be cheaper, and what of the purchase's cost a month it would
    /// save, in the bill's currency: what signing it forgoes; nil where none is known.
    package var forgone: Forgone?

    /// What signing a purchase forgoes.
    package struct Forgone: Hashable, Sendable {
      package var type: String
      package var monthly: Money

      package init(type: String, monthly: Money) {
        self.type = type
        self.monthly = monthly
      }
    }

    package init(
      pool: String, offer: CommitmentTerm, amount: Amount, date: CivilDate, isNow: Bool, watchDays: Int = 0,
      upfront: Money, hourly: Money, effectiveHourly: Money, breakEven: Double? = nil, hoursUsed: Double? = nil,
      ending: [String] = []
    ) {
      self.pool = pool
      self.offer = offer
      self.amount = amount
      self.date = date
      self.isNow = isNow
      self.watchDays = watchDays
      self.upfront = upfront
      self.hourly = hourly
      self.effectiveHourly = effectiveHourly
      self.breakEven = breakEven
      self.hoursUsed = hoursUsed
      self.ending = ending
    }
  }

  /// By date, then by pool.
  package var lines: [Line]
  /// What the purchases of now save a month of ``hoursAMonth`` beside buying nothing, the mean of the futures over the term,
  /// in the bill's currency.
  package var savingPerMonth: Money
  /// What the purchases of now of each pool and plan add to ``savingPerMonth``, by its name, one after the other in the order
  /// of the verdicts: their sum is ``savingPerMonth``. Nothing is there of what buys nothing now.
  package var savings: [String: Money]
  /// What buying nothing costs over the term, and what the purchases of now alone leave to pay, both on the mean of the
  /// futures, in the bill's currency: their difference is ``savingPerMonth`` for every month.
  package var costOfNothing, costOfNow: Money
  /// What the cheapest plan that is known costs, as ``cost`` is: where the owners ask for another, that one is dearer.
  package var leastCost: Money
  /// The most by which another plan could be cheaper over the term on the mean of the futures, in the bill's currency; proven.
  package var gap: Money
  /// What the plan, and all that it leaves to pay, costs over the term on the mean of the futures, in the bill's currency.
  package var cost: Money
  /// Months of the term.
  package var months: Int
  /// What may be paid upfront, in USD; nil where nothing limits it.
  package var upfrontBudget: Money?

  package init(
    lines: [Line], savingPerMonth: Money, costOfNothing: Money, costOfNow: Money, gap: Money, cost: Money,
    leastCost: Money, months: Int, savings: [String: Money] = [:], upfrontBudget: Money? = nil
  ) {
    self.lines = lines
    self.savingPerMonth = savingPerMonth
    self.costOfNothing = costOfNothing
    self.costOfNow = costOfNow
    self.leastCost = leastCost
    self.gap = gap
    self.cost = cost
    self.months = months
    self.savings = savings
    self.upfrontBudget = upfrontBudget
  }

  /// What is paid at once for the purchases of now, in USD.
  package var upfrontNow: Money { lines.reduce(.zero) { $1.isNow ? $0 + $1.upfront : $0 } }
}
