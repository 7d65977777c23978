import Model

/// What one of several plans costs over the term if it is carried out whatever happens, in micro-USD.
struct TermCosts: Hashable {
  /// The mean of the futures.
  var expected: Int
  /// Demand at 70 %, 100 % and 130 % of today's from the start.
  var scaled: [Int]

  /// Demand of ``scaled``.
  static let scales = [70, 100, 130].map { DemandPath(scalePercent: $0) }

  /// The most by which it is dearer than the best in one of ``scaled``.
  func worstRegret(beside best: TermCosts) -> Int {
    zip(scaled, best.scaled).map { $0 - $1 }.max() ?? 0
  }
}

/// Purchases of one problem beside one another.
struct TermComparison {
  private let problem: TermProblem
  /// What each level saves in each stretch on the mean of the futures.
  let expected: [[Int]]
  private let scaled: [[[Int]]]

  init(_ problem: TermProblem) {
    self.problem = problem
    expected = problem.savings(on: DemandPath.likely)
    scaled = TermCosts.scales.map { problem.savings(on: [$0]) }
  }

  func costs(of plan: TermPlan) -> TermCosts {
    TermCosts(expected: problem.cost(of: plan, expected), scaled: scaled.map { problem.cost(of: plan, $0) })
  }

  /// What the best plan for each future costs, had it been known.
  var hindsight: TermCosts {
    let costs = DemandPath.likely.map { best(problem.savings(on: [$0])) }
    return TermCosts(expected: costs.reduce(0, +) / costs.count, scaled: scaled.map(best))
  }

  private func best(_ savings: [[Int]]) -> Int { problem.cost(of: problem.cheapestPlan(savings), savings) }

  /// The month of the term, counted from 1, in which what a purchase saved on the mean of the futures reaches all that
  /// it will have cost: from then on it has paid for itself even if nothing ran any more. nil for never.
  func paybackMonth(of plan: TermPlan) -> Int? {
    guard !plan.purchases.isEmpty else { return nil }
    let price = plan.purchases.reduce(0) { $0 + problem.charge(for: $1, during: 0..<problem.horizon) }
    var saved = 0
    for (stretch, savings) in zip(problem.stretches, expected) {
      saved += savings.prefix(problem.covered(by: plan, in: stretch)).reduce(0, +)
      if saved >= price { return stretch.month + 1 }
    }
    return nil
  }

  /// What each level is worth on the mean of the futures until some hour, in micro-USD.
  func worth(until end: Int) -> [Int] {
    var worth: [Int] = []
    for (stretch, savings) in zip(problem.stretches, expected) where stretch.end <= end {
      while worth.count < savings.count { worth.append(0) }
      for level in savings.indices { worth[level] += savings[level] }
    }
    return worth
  }
}

extension TermProblem {
  /// The share of the hours until some hour that each level is used, on the mean of some futures.
  func use(on paths: [DemandPath], until end: Int) -> [Double] {
    var hours: [Double] = []
    for stretch in stretches where stretch.start < outlook.endsAfter ?? .max && stretch.end <= end {
      let pattern = phases[stretch.phase].pattern
      for path in paths {
        let use = pattern.use(atDemand: outlook.millionths(on: path, month: stretch.month))
        while hours.count < use.count { hours.append(0) }
        for level in use.indices {
          hours[level] += Double(use[level]) / Double(pattern.seconds) * Double(stretch.hours)
        }
      }
    }
    return hours.map { $0 / Double(end * paths.count) }
  }
}

extension TermPlan {
  /// Every purchase in parts, so that they do not all end at once; the first parts are the larger ones. What is bought anew
  /// when a term ends is split alike, and so follows its parts. Parts beyond the horizon are left out.
  func laddered(_ ladder: Ladder, horizon: Int) -> TermPlan {
    TermPlan(
      purchases.flatMap { purchase in
        (0..<ladder.tranches).map { tranche in
          let count = (purchase.count + ladder.tranches - 1 - tranche) / ladder.tranches
          let hour = purchase.hour + tranche * ladder.monthsApart * hoursAMonth
          return Purchase(option: purchase.option, hour: hour, count: hour < horizon ? count : 0)
        }
      })
  }
}
