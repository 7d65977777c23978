import Model

/// What to commit to now, by what was used so far and without knowing what follows.
///
/// Money is micro-USD, an hour of a unit. What is bought starts at once and runs for its term; what is decided now may be
/// decided again a month later, with what was bought among what is held.
package struct BuyProblem: Hashable, Sendable {
  /// What reservations of it may serve: its demand and its prices.
  package struct Pool: Hashable, Sendable {
    package var name: String
    /// Units that ran in each past hour, oldest first.
    package var unitHours: [Int]
    package var onDemand: Int
    package var options: [Option]
    package var held: [Held]

    package init(name: String, unitHours: [Int], onDemand: Int, options: [Option], held: [Held]) {
      self.name = name
      self.unitHours = unitHours
      self.onDemand = onDemand
      self.options = options
      self.held = held
    }
  }

  /// A reservation that may be bought.
  package struct Option: Hashable, Sendable {
    package var name: String
    package var termHours: Int
    /// Paid at once for a unit.
    package var upfront: Int
    package var hourly: Int

    package init(name: String, termHours: Int, upfront: Int, hourly: Int) {
      self.name = name
      self.termHours = termHours
      self.upfront = upfront
      self.hourly = hourly
    }
  }

  /// A commitment that may be bought and serves several pools.
  package struct Plan: Hashable, Sendable {
    package var name: String
    package var termHours: Int
    /// Of each pool, what a unit takes of the commitment; nil for a pool that it does not serve.
    package var rates: [Int?]
    /// In whole cents an hour.
    package var held: [Held]

    package init(name: String, termHours: Int, rates: [Int?], held: [Held]) {
      self.name = name
      self.termHours = termHours
      self.rates = rates
      self.held = held
    }
  }

  /// What is committed to already: units of a pool, or cents an hour of a plan.
  package struct Held: Hashable, Sendable {
    package var amount: Int
    package var hoursLeft: Int

    package init(amount: Int, hoursLeft: Int) {
      self.amount = amount
      self.hoursLeft = hoursLeft
    }
  }

  package var pools: [Pool]
  /// In no order that matters to the provider.
  package var plans: [Plan]
  /// Until the next decision.
  package var monthHours: Int
  package var risk: CapacityRisk

  package init(pools: [Pool], plans: [Plan], monthHours: Int, risk: CapacityRisk) {
    self.pools = pools
    self.plans = plans
    self.monthHours = monthHours
    self.risk = risk
  }
}

/// What to buy.
package struct BuyAnswer: Hashable, Sendable {
  /// Units of an option of a pool, by their places, in order; above 0.
  package var reservations: [Reservation] = []
  /// Of each plan, cents an hour.
  package var cents: [Int]

  /// Units of one option.
  package struct Reservation: Hashable, Sendable {
    package var pool: Int
    package var option: Int
    package var units: Int
  }
}
