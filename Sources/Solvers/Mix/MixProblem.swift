// What the solvers of the purchase mix are asked, in whole numbers.
//
// The models are those of the oracle the project is checked against: prices are whole micro-USD an hour, demand is
// whole units a slot, and a commitment costs its rate for every hour of the horizon that it lies in.

/// A commitment that can be bought.
package struct MixOption: Hashable, Sendable {
  package var name: String
  /// At least 1.
  package var termHours: Int
  /// Micro-USD for the whole term.
  package var upfront: Int
  /// Micro-USD an hour, beside the upfront part.
  package var hourly: Int

  package init(name: String, termHours: Int, upfront: Int, hourly: Int) {
    self.name = name
    self.termHours = termHours
    self.upfront = upfront
    self.hourly = hourly
  }

  /// What an hour costs, the upfront part spread over the term: micro-USD, a fraction of one dropped.
  package var rate: Int { hourly + upfront / termHours }
}

/// Spot, which may serve a share of each slot's demand.
package struct SpotOffer: Hashable, Sendable {
  /// Micro-USD a unit and hour.
  package var price: Int
  /// Of all demand of the slot, what is committed included; 0 to 100.
  package var maxSharePercent: Int

  package init(price: Int, maxSharePercent: Int) {
    self.price = price
    self.maxSharePercent = maxSharePercent
  }

  /// The most units of a demand that may be spot, rounded down.
  func most(of demand: Int) -> Int {
    // The same as demand × percent / 100, without its overflow.
    demand / 100 * maxSharePercent + demand % 100 * maxSharePercent / 100
  }
}

/// A commitment that is held already; it is paid for, and serves first.
package struct HeldUnits: Hashable, Sendable {
  package var units: Int
  /// It serves the slots that start before this hour.
  package var until: Int

  package init(units: Int, until: Int) {
    self.units = units
    self.until = until
  }
}

/// A demand, and what may serve it.
package struct MixProblem: Hashable, Sendable {
  /// Units in each slot.
  package var demand: [Int]
  package var slotHours: Int
  /// Micro-USD a unit and hour.
  package var onDemand: Int
  package var options: [MixOption]
  package var spot: SpotOffer
  package var held: [HeldUnits]

  package init(
    demand: [Int], slotHours: Int = 1, onDemand: Int, options: [MixOption],
    spot: SpotOffer = SpotOffer(price: 0, maxSharePercent: 0), held: [HeldUnits] = []
  ) {
    self.demand = demand
    self.slotHours = slotHours
    self.onDemand = onDemand
    self.options = options
    self.spot = spot
    self.held = held
  }

  /// The horizon.
  package var hours: Int { demand.count * slotHours }

  /// The option that costs least an hour, the first of equals; nil when there is none.
  var cheapest: MixOption? { options.min { $0.rate < $1.rate } }
}

/// What to buy, and what all demand then costs.
package struct MixAnswer: Hashable, Sendable {
  /// Micro-USD over the horizon.
  package var cost: Int
  /// Units by the name of the commitment; none of zero.
  package var purchase: [String: Int]
  /// No purchase costs less than this; equal to the cost where that is proven to be least.
  package var bound: Int
  /// The hourly commitment of a savings plan in whole cents; nil where the model has none.
  package var savingsPlanCents: Int?

  package init(cost: Int, purchase: [String: Int], bound: Int, savingsPlanCents: Int? = nil) {
    self.cost = cost
    self.purchase = purchase.filter { $0.value != 0 }
    self.bound = bound
    self.savingsPlanCents = savingsPlanCents
  }
}

extension MixProblem {
  /// Checks what the arithmetic relies on.
  ///
  /// - Throws: ``ProblemFault`` for a number that is out of its range, a name that stands twice, and a bill that could be
  ///   more than `Int64` micro-USD (9.2 trillion USD).
  package func check() throws(ProblemFault) {
    try checkNumber("slot_hours", slotHours, from: 1)
    try checkNumber("on_demand", onDemand)
    try checkNumber("spot.price", spot.price)
    try checkNumber("spot.max_share_percent", spot.maxSharePercent, to: 100)
    for units in demand { try checkNumber("demand", units) }
    for held in held {
      try checkNumber("existing.units", held.units)
      try checkNumber("existing.until", held.until)
    }
    try checkOptions(options)
    try checkBill(hours: checkedHours(), units: demand.max() ?? 0, price: max(onDemand, options.map(\.rate).max() ?? 0))
  }

  private func checkedHours() throws(ProblemFault) -> Int {
    let (hours, overflow) = demand.count.multipliedReportingOverflow(by: slotHours)
    guard !overflow else { throw ProblemFault(key: "slot_hours", found: "\(slotHours)", expected: "fewer") }
    return hours
  }
}

/// Refuses options out of range and names that stand twice.
func checkOptions(_ options: [MixOption]) throws(ProblemFault) {
  var names: Set<String> = []
  for option in options {
    try checkNumber("\(option.name).term_hours", option.termHours, from: 1)
    try checkNumber("\(option.name).upfront", option.upfront)
    try checkNumber("\(option.name).hourly", option.hourly, to: .max - option.upfront / option.termHours)
    guard names.insert(option.name).inserted else {
      throw ProblemFault(key: "options", found: "\"\(option.name)\" twice", expected: "a name for each option")
    }
  }
}

/// Refuses a problem whose dearest bill is beyond `Int64`; below that, no sum of the solvers is beyond `Int128`.
func checkBill(hours: Int, units: Int, price: Int) throws(ProblemFault) {
  let (unitHours, tooLong) = hours.multipliedReportingOverflow(by: max(units, 1))
  let (_, tooDear) = unitHours.multipliedReportingOverflow(by: max(price, 1))
  guard !tooLong, !tooDear else {
    throw ProblemFault(
      key: "demand", found: "\(units) units at up to \(price) for \(hours) hours",
      expected: "a bill of at most \(Int.max) micro-USD")
  }
}
