extension AccountProblem {
  /// The most that all demand of an account may cost on demand, or by its plans: 72 billion USD, in micro-USD.
  static let mostBill = 1 << 56

  /// Checks what the arithmetic relies on.
  ///
  /// - Throws: ``ProblemFault`` for a number that is out of its range, a name that stands twice, stretches that do not
  ///   follow one another from now on, states that have not every pool, and a bill beyond 2^56 micro-USD.
  package func check() throws(ProblemFault) {
    try checkNumber("parts", parts, from: 1, to: 1 << 20)
    if let budget { try checkNumber("upfront_budget", budget, to: Self.mostBill) }
    try checkCount("pools", pools.count, of: "pools", to: 1_000)
    try checkCount("plans", plans.count, of: "plans", to: 200)
    try checkNames("pools", pools.map(\.name))
    try checkNames("plans", plans.map(\.name))
    for pool in pools { try check(pool) }
    for plan in plans { try check(plan) }
    try checkStretches()
    try checkBill()
  }

  private func check(_ pool: Pool) throws(ProblemFault) {
    try checkNumber("\(pool.name).on_demand", pool.onDemand, to: Self.mostPrice)
    if let spot = pool.spot { try checkNumber("\(pool.name).spot", spot, to: Self.mostPrice) }
    try checkNames("\(pool.name).offers", pool.offers.map(\.name))
    for offer in pool.offers {
      let place = "\(pool.name).\(offer.name)"
      try checkNumber("\(place).term_hours", offer.termHours, from: 1, to: Self.mostHours)
      try checkNumber("\(place).hourly", offer.hourly, to: Self.mostPrice)
      try checkNumber("\(place).upfront", offer.upfront, to: Self.mostBill)
    }
  }

  private func check(_ plan: Plan) throws(ProblemFault) {
    guard plan.rates.count == pools.count else {
      throw ProblemFault(
        key: "\(plan.name).rates", found: "\(plan.rates.count) rates", expected: "one for each of \(pools.count) pools")
    }
    for rate in plan.rates {
      if let rate { try checkNumber("\(plan.name).rates", rate, from: 1, to: Self.mostPrice) }
    }
    for held in plan.held {
      try checkNumber("\(plan.name).existing.amount", held.amount, to: Self.mostBill)
      try checkNumber("\(plan.name).existing.until", held.until)
    }
    if let offer = plan.offer {
      try checkNumber("\(plan.name).term_hours", offer.termHours, from: 1, to: Self.mostHours)
      try checkNumber("\(plan.name).upfront_permille", offer.upfrontPermille, to: 1_000)
      try checkNumber("\(plan.name).increment", offer.increment, from: 1, to: Self.mostPrice)
    }
  }

  private static let mostPrice = 1 << 40
  private static let mostHours = 1 << 24
  private static let mostSegments = 1_000

  private func checkStretches() throws(ProblemFault) {
    try checkCount("stretches", stretches.count, of: "stretches", from: 1, to: Self.mostSegments)
    var end = 0
    for (index, stretch) in stretches.enumerated() {
      guard stretch.start == end else {
        throw ProblemFault(
          key: "stretches[\(index)].start", found: "\(stretch.start)",
          expected: index == 0 ? "0, which is now" : "\(end), where the one before ends")
      }
      try checkNumber("stretches[\(index)].end", stretch.end, from: stretch.start + 1, to: Self.mostHours)
      end = stretch.end
      try check(stretch, at: "stretches[\(index)]")
    }
    // Fewer by far are made of months, terms of years and what is held.
    let terms = Set(pools.flatMap { $0.offers.map(\.termHours) } + plans.compactMap { $0.offer?.termHours })
    try checkCount("term_hours", terms.count, of: "different terms", to: 16)
    try checkCount(
      "stretches", AccountTime(self).segments.count, of: "stretches when cut where something ends",
      to: Self.mostSegments)
  }

  private func check(_ stretch: Stretch, at place: String) throws(ProblemFault) {
    let numbers = stretch.weights.count * pools.count
    guard stretch.needs.count == numbers, stretch.spot.isEmpty || stretch.spot.count == numbers else {
      throw ProblemFault(
        key: "\(place).states", found: "\(stretch.needs.count) needs and \(stretch.spot.count) of spot",
        expected: "one for each of \(pools.count) pools and \(stretch.weights.count) states")
    }
    var total = 0
    for weight in stretch.weights {
      try checkNumber("\(place).weight", weight, to: Self.mostHours)
      total += weight
    }
    try checkNumber("\(place).weight", total, from: 1, to: Self.mostHours)
    for (index, need) in stretch.needs.enumerated() {
      try checkNumber("\(place).needs", Int(need))
      if !stretch.spot.isEmpty { try checkNumber("\(place).spot", Int(stretch.spot[index]), to: Int(need)) }
    }
  }

  /// Refuses bills so large that sums would be beyond their types: a whole bill, and that of an hour in parts.
  private func checkBill() throws(ProblemFault) {
    let tops = highestNeeds
    var (bill, hour): (Int128, Int128) = (0, 0)
    for (index, pool) in pools.enumerated() {
      let rates = plans.compactMap { $0.rates[index] }
      let dearest = Int128(max(pool.onDemand, rates.max() ?? 0, pool.offers.map(\.hourly).max() ?? 0, 1))
      let units = Int128((tops[index] + parts - 1) / parts)
      bill += units * dearest * Int128(horizon)
      hour += units * Int128(parts) * dearest
    }
    let weights = stretches.map { $0.weights.reduce(0, +) }.max() ?? 1
    let price = Int128(pools.map(\.onDemand).max() ?? 0) * Int128(parts) * Int128(weights)
    guard bill <= Int128(Self.mostBill), hour <= Int128(Self.mostBill), price <= Int128(Self.mostBill) else {
      throw ProblemFault(
        key: "stretches", found: "a bill beyond \(Self.mostBill) micro-USD",
        expected: "a bill of at most \(Self.mostBill): less demand or hours, fewer parts or lower weights")
    }
  }

  /// By pool, in parts.
  var highestNeeds: [Int] {
    var tops = [Int](repeating: 0, count: pools.count)
    for stretch in stretches {
      for state in stretch.weights.indices {
        for pool in pools.indices { tops[pool] = max(tops[pool], Int(stretch.needs[state * pools.count + pool])) }
      }
    }
    return tops
  }
}
