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
    /// Hours since its first use, where that is known beyond ``unitHours``; nil for what those say.
    package var ageHours: Int?
    /// True where others are seen to take over all that it does.
    package var isBeingReplaced = false
    /// True where what it does was only now moved to it: then its type is none that is about to be replaced, however long
    /// there was something like this to do.
    package var isChosenAnew = false

    package init(
      name: String, unitHours: [Int], onDemand: Int, options: [Option], held: [Held], ageHours: Int? = nil,
      isBeingReplaced: Bool = false, isChosenAnew: Bool = false
    ) {
      self.name = name
      self.unitHours = unitHours
      self.onDemand = onDemand
      self.options = options
      self.held = held
      self.ageHours = ageHours
      self.isBeingReplaced = isBeingReplaced
      self.isChosenAnew = isChosenAnew
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
    /// False for one that is held and cannot be bought.
    package var isOffered = true

    package init(name: String, termHours: Int, rates: [Int?], held: [Held], isOffered: Bool = true) {
      self.name = name
      self.termHours = termHours
      self.rates = rates
      self.held = held
      self.isOffered = isOffered
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
  /// How long ago the record of what ran began; nil for as long as ``Pool/unitHours``.
  package var recordHours: Int?

  package init(pools: [Pool], plans: [Plan], monthHours: Int, risk: CapacityRisk, recordHours: Int? = nil) {
    self.pools = pools
    self.plans = plans
    self.monthHours = monthHours
    self.risk = risk
    self.recordHours = recordHours
  }
}

/// What to buy.
package struct BuyAnswer: Hashable, Sendable {
  /// Units of an option of a pool, by their places, in order; above 0.
  package var reservations: [Reservation] = []
  /// Of each plan, cents an hour.
  package var cents: [Int]
  /// Of each pool, how it was judged.
  package var standings: [BuyStanding] = []

  /// Units of one option.
  package struct Reservation: Hashable, Sendable {
    package var pool: Int
    package var option: Int
    package var units: Int
  }
}

/// How a pool stands with reservations.
package enum BuyStanding: Hashable, Sendable {
  /// A level is worth it that was used in more than this share of the hours, by an option, given by its place.
  case judged(share: Double, option: Int)
  /// It was first used less than a week ago, or never.
  case tooYoung
  /// Others take over what it does.
  case beingReplaced
  /// A plan costs less in use: it would go on to serve what may take the pool's place. What of it is too little for a cent
  /// is reserved all the same.
  case leftToPlans
  /// No option is below on demand in use.
  case tooDear
}
