// What all commitments of an account are chosen from: one problem for reservations of every pool and savings plans.
//
// A pool is demand that the provider counts together (a family of instances in a region, say), in units of which whole
// ones are reserved. A savings plan is an amount of money an hour that pays for the use of several pools. Time is cut
// into stretches, at whose starts anything may be bought; what an hour of a stretch looks like is a state, of which a
// stretch has many, each with a weight. Prices are whole micro-USD; demand is counted in parts of a unit, so that it
// may be a fraction of one.
//
// In an hour, with x units of a pool committed, max(0, need - x) is left, of which the top is spot as far as it may be
// and spot is cheaper, and the rest is on demand. Savings plans pay for what is on demand, one after the other in their
// order, each where it saves most of the price first; what of a plan an hour does not use is lost.
// Source of the order: AWS, "Understanding how Savings Plans apply to your usage", Savings Plans User Guide.

/// The demand of an account over a horizon, and what may serve it.
package struct AccountProblem: Hashable, Sendable {
  /// A reservation of a pool that may be bought in any number.
  package struct Offer: Hashable, Sendable {
    package var name: String
    /// At least 1.
    package var termHours: Int
    /// Micro-USD an hour of a unit, what is paid upfront spread over the term.
    package var hourly: Int
    /// Micro-USD paid when a unit is bought; it counts against the budget alone, for `hourly` has it.
    package var upfront: Int

    package init(name: String, termHours: Int, hourly: Int, upfront: Int = 0) {
      self.name = name
      self.termHours = termHours
      self.hourly = hourly
      self.upfront = upfront
    }
  }

  /// Demand that is counted together.
  package struct Pool: Hashable, Sendable {
    /// No other pool has it.
    package var name: String
    /// Micro-USD a unit and hour.
    package var onDemand: Int
    /// Micro-USD a unit and hour; nil where nothing may be spot.
    package var spot: Int?
    package var offers: [Offer]

    package init(name: String, onDemand: Int, spot: Int? = nil, offers: [Offer] = []) {
      self.name = name
      self.onDemand = onDemand
      self.spot = spot
      self.offers = offers
    }
  }

  /// An amount of a plan that is held already; it is paid for, whatever is bought.
  package struct HeldPlan: Hashable, Sendable {
    /// Micro-USD an hour.
    package var amount: Int
    /// Hours from now at which it ends.
    package var until: Int

    package init(amount: Int, until: Int) {
      self.amount = amount
      self.until = until
    }
  }

  /// How a plan may be bought.
  package struct PlanOffer: Hashable, Sendable {
    /// At least 1.
    package var termHours: Int
    /// Of what the plan costs over its term, what is paid when it is bought: 0 to 1000. It counts against the budget alone.
    package var upfrontPermille: Int
    /// Micro-USD an hour that a plan is a multiple of; at least 1.
    package var increment: Int

    /// - Parameter increment: by default what Amazon sells, a tenth of a cent.
    package init(termHours: Int, upfrontPermille: Int = 0, increment: Int = 1_000) {
      self.termHours = termHours
      self.upfrontPermille = upfrontPermille
      self.increment = increment
    }
  }

  /// A savings plan. What is held of it and what is bought pays as one.
  package struct Plan: Hashable, Sendable {
    /// No other plan has it.
    package var name: String
    /// By pool what a unit and hour draws from the plan, micro-USD; nil where it does not pay.
    package var rates: [Int?]
    package var held: [HeldPlan]
    /// Nil where more of it cannot be bought.
    package var offer: PlanOffer?

    package init(name: String, rates: [Int?], held: [HeldPlan] = [], offer: PlanOffer? = nil) {
      self.name = name
      self.rates = rates
      self.held = held
      self.offer = offer
    }
  }

  /// A time in which nothing changes but from hour to hour.
  package struct Stretch: Hashable, Sendable {
    /// Hours from now; anything may be bought at the start.
    package var start: Int
    package var end: Int
    /// How often each state is met; only their ratio counts.
    package private(set) var weights: [Int] = []
    /// State after state, by pool, what is needed beyond held reservations, in parts of a unit.
    package private(set) var needs: [Int32] = []
    /// Of it, what may be spot, likewise; empty where nothing may be.
    package private(set) var spot: [Int32] = []

    package init(start: Int, end: Int) {
      self.start = start
      self.end = end
    }

    /// Adds a state.
    /// - Parameter needs: by pool, in parts.
    /// - Parameter spot: by pool, in parts of what is needed; empty where nothing may be spot.
    package mutating func append(weight: Int = 1, needs: [Int32], spot: [Int32] = []) {
      if !spot.isEmpty, self.spot.isEmpty { self.spot = [Int32](repeating: 0, count: self.needs.count) }
      let isSpot = !spot.isEmpty || !self.spot.isEmpty
      if isSpot { self.spot += spot.isEmpty ? [Int32](repeating: 0, count: needs.count) : spot }
      weights.append(weight)
      self.needs += needs
    }

    package var hours: Int { end - start }
  }

  package var pools: [Pool]
  /// In the order in which the provider lays them.
  package var plans: [Plan]
  /// One after the other, from now to the horizon.
  package var stretches: [Stretch]
  /// Parts of a unit in which demand is counted.
  package var parts: Int
  /// Micro-USD that may be paid upfront, over all purchases; nil where nothing limits it.
  package var budget: Int?

  package init(pools: [Pool], plans: [Plan] = [], stretches: [Stretch], parts: Int = 1, budget: Int? = nil) {
    self.pools = pools
    self.plans = plans
    self.stretches = stretches
    self.parts = parts
    self.budget = budget
  }

  /// Hours of all stretches.
  package var horizon: Int { stretches.last?.end ?? 0 }
}
