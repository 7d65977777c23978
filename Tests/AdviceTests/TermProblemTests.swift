import Model
import TestSupport
import Testing

@testable import Advice

// Rates of m5.large: 0.096 on demand, 0.0576 reserved (60 %).

@Suite struct TermProblemTests {
  private let oneYear = TermOption(termHours: 8760, hourly: usd("0.0576"))

  /// So many instances in so many hours each, 100 hours together.
  private func pattern(_ hours: [(instances: Int64, hours: Int)], held: Int64 = 0, floor: Int = 0) -> DemandPattern {
    DemandPattern(
      hours.flatMap { hour in
        [DemandPattern.Hour](repeating: .init(demand: hour.instances * 3600, held: held * 3600), count: hour.hours)
      }, floor: floor)
  }

  private func problem(
    _ phases: [HeldPhase], spread: Double = 0, growth: Double = 0, endsAfter: Int? = nil, months: Int = 12,
    options: [TermOption]? = nil
  ) -> TermProblem {
    TermProblem(
      phases: phases, rates: HourlyRates(onDemand: usd("0.096")), options: options ?? [oneYear],
      outlook: DemandOutlook(growth: growth, monthlySpread: spread, endsAfter: endsAfter), months: months)
  }

  @Test("A level used for more than the break-even share of hours is bought now, another not")
  func breakEven() {
    // Levels are used 100 %, 61 % and 59 % of hours; break-even is 60 %.
    let demand = pattern([(3, 59), (2, 2), (1, 39)])
    let plan = problem([HeldPhase(end: .max, pattern: demand)]).cheapestPlan(on: [DemandPath()])
    #expect(plan == TermPlan([.init(option: 0, hour: 0, count: 2)]))
    // 8,760 × (2 × 0.0576 + 0.59 × 0.096) = 1,505.3184 USD.
    #expect(problem([HeldPhase(end: .max, pattern: demand)]).cost(of: plan, on: [DemandPath()]) == 1_505_318_400)
  }

  @Test("Where a held commitment ends, its level is bought on that day and not before")
  func replacement() {
    let phases = [
      HeldPhase(end: 1000, pattern: pattern([(2, 100)], held: 1)), HeldPhase(end: .max, pattern: pattern([(2, 100)])),
    ]
    let plan = problem(phases).cheapestPlan(on: [DemandPath()])
    #expect(plan.purchases == [.init(option: 0, hour: 0, count: 1), .init(option: 0, hour: 1000, count: 1)])
  }

  @Test("A level that growth will fill is bought in the month from which it pays")
  func growth() {
    // Ten of ten hours use 10 instances; level 11 is used wholly once demand is 11 and for f of the hour at 10 + f. The
    // demand of month m is 10 × 1.2^((m + 0.5) / 12): 10.6 or more from m = 3.33 on, so level 11 pays from month 4 on.
    let plan = problem([HeldPhase(end: .max, pattern: pattern([(10, 100)]))], growth: 0.2).cheapestPlan(
      on: [DemandPath()])
    #expect(plan.purchases.first == .init(option: 0, hour: 0, count: 10))
    // 11.6 or more from m = 9.27 on: level 12 from month 9 on, since month 9's demand is 11.553, the next one's 11.73.
    #expect(
      plan.purchases.dropFirst() == [
        .init(option: 0, hour: 4 * 730, count: 1), .init(option: 0, hour: 10 * 730, count: 1),
      ]
    )
  }

  @Test("Nothing is bought that a decommissioning leaves unused for too long")
  func decommissioning() {
    let demand = [HeldPhase(end: .max, pattern: pattern([(1, 100)]))]
    // The year costs 8,760 × 0.0576; on demand that buys 5,256 hours.
    #expect(problem(demand, endsAfter: 5255).cheapestPlan(on: [DemandPath()]).count == 0)
    #expect(problem(demand, endsAfter: 5257).cheapestPlan(on: [DemandPath()]).count == 1)
  }

  @Test("A service never runs fewer than its minimum, however far demand falls")
  func floor() {
    let demand = [HeldPhase(end: .max, pattern: pattern([(4, 100)], floor: 2))]
    #expect(problem(demand).cheapestPlan(on: [DemandPath(scalePercent: 10)]).count == 2)
  }

  @Test("Of a one-year and a three-year offer each level takes what its uncertain use pays for")
  func terms() {
    // Three years cost 0.04: surely used, they are best; with a decommissioning after 12 months one year is.
    let options = [oneYear, TermOption(termHours: 26_280, hourly: usd("0.04"))]
    let demand = [HeldPhase(end: .max, pattern: pattern([(1, 100)]))]
    let sure = problem(demand, months: 36, options: options).cheapestPlan(on: [DemandPath()])
    #expect(sure.purchases == [.init(option: 1, hour: 0, count: 1)])
    let short = problem(demand, endsAfter: 12 * 730, months: 36, options: options).cheapestPlan(on: [DemandPath()])
    #expect(short.purchases == [.init(option: 0, hour: 0, count: 1)])
  }

  @Test("No plan of any counts at any moment is cheaper on the mean of the futures", arguments: 0..<20)
  func bruteForce(seed: Int) {
    var random = SplitMix64(seed: seed)
    let hours = (0..<random.number(2...6)).map { _ in
      DemandPattern.Hour(
        demand: Int64(random.number(0...7600)), held: Int64(random.number(0...1) * 3600),
        spotLimit: Int64(random.number(0...4000)), length: Int64(random.number(3000...3600)))
    }
    let free = hours.map { hour in
      var hour = hour
      hour.held = 0
      return hour
    }
    let options = [
      TermOption(
        termHours: 730 * random.number(1...3), hourly: Money(nanoDollars: Int64(random.number(40...100)) * 1_000_000)),
      TermOption(termHours: 730, hourly: Money(nanoDollars: Int64(random.number(50...110)) * 1_000_000)),
    ]
    let problem = TermProblem(
      phases: [
        HeldPhase(end: 730, pattern: DemandPattern(hours)), HeldPhase(end: .max, pattern: DemandPattern(free)),
      ],
      rates: HourlyRates(onDemand: usd("0.096"), spot: usd("0.04")), options: options,
      outlook: DemandOutlook(
        growth: Double(random.number(-5...5)) / 10, monthlySpread: Double(random.number(0...3)) / 10),
      months: 2)
    let paths = [DemandPath.low, DemandPath(), DemandPath.high]
    let plan = problem.cheapestPlan(on: paths)
    let cost = problem.cost(of: plan, on: paths)
    let savings = problem.savings(on: paths)
    let top = savings.map(\.count).max()!
    var least = Int.max
    var leastNow = Int.max
    for a in 0...top {
      for b in 0...top {
        for c in 0...top {
          for d in 0...top where a + b <= top && c + d <= top {
            let other = TermPlan([
              .init(option: 0, hour: 0, count: a), .init(option: 1, hour: 0, count: b),
              .init(option: 0, hour: 730, count: c), .init(option: 1, hour: 730, count: d),
            ])
            let price = problem.cost(of: other, savings)
            least = min(least, price)
            if c + d == 0 { leastNow = min(leastNow, price) }
          }
        }
      }
    }
    // A purchase is charged in whole micro-USD: the flow rounds each, the brute force their product with the count.
    #expect(abs(cost - least) <= 4 * top, "\(cost) \(least)")
    let now = problem.cheapestPlan(on: paths, onlyNow: true)
    #expect(abs(problem.cost(of: now, on: paths) - leastNow) <= 4 * top)
    #expect(now.purchases.allSatisfy { $0.hour == 0 })
  }

  @Test("What levels save adds up to what the hours cost one by one", arguments: 0..<40)
  func savings(seed: Int) {
    var random = SplitMix64(seed: seed)
    let hours = (0..<20).map { _ in
      DemandPattern.Hour(
        demand: Int64(random.number(0...20_000)), held: Int64(random.number(0...2) * 3600),
        spotLimit: Int64(random.number(0...9000)), length: Int64(random.number(1...3600)))
    }
    let rates = HourlyRates(onDemand: usd("0.1"), spot: random.number(0...1) == 0 ? nil : usd("0.03"))
    let floor = random.number(0...2)
    let percent = Int64(random.number(50...200))
    let savings = DemandPattern(hours, floor: floor).savings(atDemand: percent * 10_000, rates)
    #expect(zip(savings, savings.dropFirst()).allSatisfy { $0 >= $1 })
    for covered in 0...savings.count {
      let cost = hours.reduce(Int128(0)) { sum, hour in
        let demand = max(hour.demand * percent / 100, min(hour.demand, Int64(floor) * hour.length))
        let rest = max(0, demand - hour.held - Int64(covered) * hour.length)
        let spot = rates.spot == nil ? 0 : min(rest, hour.spotLimit * percent / 100)
        return sum + Int128(rest - spot) * 100_000_000 + Int128(spot) * 30_000_000
      }
      #expect(savings.dropFirst(covered).reduce(0, +) == cost)
    }
  }
}

@Suite struct DemandOutlookTests {
  @Test("The expected path grows by its growth, and the spread by the square root of the time")
  func paths() {
    let outlook = DemandOutlook(growth: 0.21, monthlySpread: 0.1)
    // Month 5.5 is its middle: 1.21^(5.5 / 12) = 1.091298 and, a deviation up, × exp(0.1 × √5.5) = 1.264302, over the
    // mean of the ten, 1.024415.
    #expect(outlook.millionths(on: DemandPath(), month: 5) == 1_091_298)
    #expect(outlook.millionths(on: DemandPath(deviations: 1), month: 5) == 1_346_848)
    #expect(outlook.millionths(on: DemandPath(scalePercent: 70), month: 5) == 763_908)
  }

  @Test("Ten futures are the middles of ten equal parts of the normal distribution")
  func futures() {
    // Their mean is 0 and the mean of their squares a little below 1, for the tails are cut.
    let deviations = DemandPath.likely.compactMap(\.deviations)
    #expect(deviations.count == 10 && abs(deviations.reduce(0, +)) < 1e-9)
    #expect(deviations == deviations.sorted())
    let variance = deviations.reduce(0) { $0 + $1 * $1 } / 10
    #expect(variance > 0.85 && variance < 1)
  }

  @Test("The mean of the likely paths is the expected one, whatever the spread", arguments: [0.01, 0.1, 0.5])
  func mean(spread: Double) {
    let outlook = DemandOutlook(growth: 0.2, monthlySpread: spread)
    for month in [0, 5, 11, 35] {
      let sum = DemandPath.likely.reduce(0) { $0 + outlook.millionths(on: $1, month: month) }
      #expect(abs(sum - 10 * outlook.millionths(on: DemandPath(), month: month)) <= 10)
    }
  }

  @Test("Few weeks leave the prior, and many weeks of steady demand lower it")
  func spread() {
    #expect(DemandOutlook.spread(weeklyMeans: [3], prior: 0.08) == 0.08)
    // Two weeks: span 1, one move of ln 1.5 = 0.405465; a month has 4.3452 weeks.
    // (4 × 0.0064 + 0.164402 × 4.3452) / 5 = 0.147993; its root 0.384699.
    let moved = DemandOutlook.spread(weeklyMeans: [1, 1.5], prior: 0.08)
    #expect(abs(moved - 0.384699) < 0.00001)
    // 24 weeks alike: 20 moves over 4 weeks are worth 5: √(4 × 0.0064 / 9) = 0.05333.
    let steady = DemandOutlook.spread(weeklyMeans: [Double](repeating: 5, count: 24), prior: 0.08)
    #expect(abs(steady - 0.05333) < 0.0001)
    #expect(DemandOutlook.spread(weeklyMeans: [0, 0, 0, 0], prior: 0.08) == 0.08)
    // A launch: no more than 200 % a year, 57.7 % a month.
    let launch = DemandOutlook.spread(weeklyMeans: [1, 1, 20_000, 20_000], prior: 0.08)
    #expect(abs(launch - 0.57735) < 0.0001)
  }
}

@Suite struct TermComparisonTests {
  private func problem(seed: Int) -> TermProblem {
    var random = SplitMix64(seed: seed)
    let hours = (0..<100).map { _ in DemandPattern.Hour(demand: Int64(random.number(2...8) * 3600)) }
    return TermProblem(
      phases: [HeldPhase(end: .max, pattern: DemandPattern(hours))], rates: HourlyRates(onDemand: usd("0.096")),
      options: [TermOption(termHours: 8760, hourly: usd("0.0576"))],
      outlook: DemandOutlook(growth: Double(random.number(-3...3)) / 10, monthlySpread: 0.08), months: 12)
  }

  @Test("No purchase is cheaper than the best in hindsight, in any column", arguments: 0..<20)
  func regret(seed: Int) {
    let problem = problem(seed: seed)
    let comparison = TermComparison(problem)
    let best = comparison.hindsight
    for count in 0...10 {
      let costs = comparison.costs(of: TermPlan([.init(option: 0, hour: 0, count: count)]))
      #expect(costs.expected >= best.expected)
      #expect(zip(costs.scaled, best.scaled).allSatisfy { $0 >= $1 })
      #expect(costs.worstRegret(beside: best) >= 0)
    }
  }

  @Test("A purchase that is always used has paid for itself after the break-even share of its term")
  func payback() {
    let problem = TermProblem(
      phases: [HeldPhase(end: .max, pattern: DemandPattern([.init(demand: 3600)]))],
      rates: HourlyRates(onDemand: usd("0.096")), options: [TermOption(termHours: 8760, hourly: usd("0.0576"))],
      outlook: DemandOutlook(monthlySpread: 0), months: 12)
    let comparison = TermComparison(problem)
    // 60 % of 12 months is 7.2: in the eighth.
    #expect(comparison.paybackMonth(of: TermPlan([.init(option: 0, hour: 0, count: 1)])) == 8)
    #expect(comparison.paybackMonth(of: TermPlan([.init(option: 0, hour: 0, count: 2)])) == nil)
    #expect(comparison.paybackMonth(of: TermPlan()) == nil)
  }

  @Test("A ladder buys the same in parts, the larger ones first, and what is bought anew follows its parts")
  func ladder() {
    let plan = TermPlan([.init(option: 0, hour: 0, count: 8), .init(option: 0, hour: 8760, count: 8)])
    let parts = plan.laddered(Ladder(tranches: 3, monthsApart: 2), horizon: 11_000).purchases
    // The last part of what is bought anew, at 11,680, is beyond the horizon.
    #expect(parts.map(\.count) == [3, 3, 2, 3, 3] && parts.map(\.hour) == [0, 1460, 2920, 8760, 10_220])
    let single = TermPlan([.init(option: 0, hour: 0, count: 1)])
    #expect(single.laddered(Ladder(tranches: 3, monthsApart: 2), horizon: 8760) == single)
  }
}
