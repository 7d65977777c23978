extension BuyProblem {
  /// The most that a unit, an upfront payment and what runs in an hour may cost, and the most of units and hours.
  private static let (mostPrice, mostUpfront, mostHour) = (1 << 40, 1 << 56, 1 << 56)
  private static let (mostUnits, mostTerm, mostHours) = (1 << 40, 1 << 17, 1 << 20)

  /// Checks what the arithmetic relies on.
  /// - Throws: `ProblemFault` for a number that is out of its range, a name that stands twice, pools of other numbers of
  ///   hours, and demand that costs more than 2^56 micro-USD in an hour.
  package func check() throws(ProblemFault) {
    try checkNumber("month_hours", monthHours, from: 1, to: Self.mostTerm)
    try checkCount("pools", pools.count, of: "pools", to: 1_000)
    try checkCount("shared", plans.count, of: "plans", to: 200)
    try checkNumber("record_hours", recordHours ?? 0, to: Self.mostUnits)
    try checkNames("pools", pools.map(\.name))
    try checkNames("shared", plans.map(\.name))
    for pool in pools { try check(pool) }
    for plan in plans { try check(plan) }
    try checkHours()
  }

  private func check(_ pool: Pool) throws(ProblemFault) {
    try checkNumber("\(pool.name).on_demand", pool.onDemand, to: Self.mostPrice)
    try checkCount("\(pool.name).options", pool.options.count, of: "options", to: 1_000)
    try checkNames("\(pool.name).options", pool.options.map(\.name))
    try checkNumber("\(pool.name).age_hours", pool.ageHours ?? 0, to: Self.mostUnits)
    for option in pool.options {
      let place = "\(pool.name).\(option.name)"
      try checkNumber("\(place).term_hours", option.termHours, from: 1, to: Self.mostTerm)
      try checkNumber("\(place).upfront", option.upfront, to: Self.mostUpfront)
      try checkNumber("\(place).hourly", option.hourly, to: Self.mostPrice)
    }
    try check("\(pool.name).existing", "units", pool.held)
  }

  private func check(_ plan: Plan) throws(ProblemFault) {
    guard plan.rates.count == pools.count else {
      throw ProblemFault(
        key: "\(plan.name).rates", found: "\(plan.rates.count) rates", expected: "one for each of \(pools.count) pools")
    }
    try checkNumber("\(plan.name).term_hours", plan.termHours, from: 1, to: Self.mostTerm)
    for rate in plan.rates {
      if let rate { try checkNumber("\(plan.name).rates", rate, from: 1, to: Self.mostPrice) }
    }
    try check("\(plan.name).existing", "cents_per_hour", plan.held)
  }

  private func check(_ list: String, _ amount: String, _ held: [Held]) throws(ProblemFault) {
    let key = "\(list).\(amount)"
    var sum = 0
    for part in held {
      try checkNumber(key, part.amount, to: Self.mostUnits)
      try checkNumber("\(list).hours_left", part.hoursLeft, to: Self.mostUnits)
      sum += part.amount
      guard sum <= Self.mostUnits else {
        throw ProblemFault(key: key, found: "\(sum) together", expected: "from 0 to \(Self.mostUnits) together")
      }
    }
  }

  private func checkHours() throws(ProblemFault) {
    let hours = pools.first?.unitHours.count ?? 0
    try checkCount("unit_hours", hours, of: "hours", to: Self.mostHours)
    var bill = 0
    for (index, pool) in pools.enumerated() {
      guard pool.unitHours.count == hours else {
        throw ProblemFault(
          key: "\(pool.name).unit_hours", found: "\(pool.unitHours.count) hours", expected: "\(hours), as of the others"
        )
      }
      let most = pool.unitHours.reduce(0, max)
      try checkNumber("\(pool.name).unit_hours", most, to: Self.mostUnits)
      let price = plans.reduce(pool.onDemand) { max($0, $1.rates[index] ?? 0) }
      let (cost, overflow) = most.multipliedReportingOverflow(by: price)
      guard !overflow, cost <= Self.mostHour, bill <= Self.mostHour - cost else {
        throw ProblemFault(
          key: "\(pool.name).unit_hours", found: "\(most) units at \(price)",
          expected: "demand that costs at most \(Self.mostHour) in an hour")
      }
      bill += cost
    }
  }
}
