import Model
import TestSupport
import Testing

@testable import Solvers

/// Prices are of c5.large as in the figures on recorded demand: on demand 85,000, reserved 54,000, planned 62,000 micro-USD.
@Suite struct BuyRuleTests {
  private static let option = BuyProblem.Option(name: "1y", termHours: 8_760, upfront: 0, hourly: 54_000)

  private func pool(
    _ name: String, _ hours: [Int], held: [BuyProblem.Held] = [], options: [BuyProblem.Option] = [option]
  ) -> BuyProblem.Pool {
    BuyProblem.Pool(name: name, unitHours: hours, onDemand: 85_000, options: options, held: held)
  }

  private func plan(_ pools: Int, held: [BuyProblem.Held] = []) -> BuyProblem.Plan {
    BuyProblem.Plan(name: "plan", termHours: 8_760, rates: [Int?](repeating: 62_000, count: pools), held: held)
  }

  private func solved(
    _ pools: [BuyProblem.Pool], _ plans: [BuyProblem.Plan] = [], risk: CapacityRisk = .expected
  ) throws -> BuyAnswer {
    try BuyRule.solve(BuyProblem(pools: pools, plans: plans, monthHours: 730, risk: risk))
  }

  /// Hours of which the first so many are at a level, then again, ..., and the others at another.
  private func hours(_ count: Int, every: Int, first: Int, _ high: Int, else low: Int) -> [Int] {
    (0..<count).map { $0 % every < first ? high : low }
  }

  @Test("A level is bought when its price in use is below on demand for the hours in which it is used")
  func breakEven() throws {
    // A year is lost by a sixth: 54,000 × 7/6 = 63,000 in use, 74.1 % of on demand. Of 100 hours 74 are too few, 75 enough.
    // 2,200 hours hold the last 90 and 30 days, whose 2,160 and 720 hours have 21.6 and 7.2 hundreds.
    #expect(try solved([pool("p", hours(2_200, every: 20, first: 14, 9, else: 2))]).reservations.map(\.units) == [2])
    #expect(try solved([pool("p", hours(2_200, every: 20, first: 15, 9, else: 2))]).reservations.map(\.units) == [9])
    // Bold: 13/12, 68.8 %. Cautious: 4/3, 84.7 %.
    let often = [pool("p", hours(2_200, every: 20, first: 14, 9, else: 2))]
    #expect(try solved(often, risk: .bold).reservations.map(\.units) == [9])
    let oftener = [pool("p", hours(2_200, every: 20, first: 16, 9, else: 2))]
    #expect(try solved(oftener, risk: .cautious).reservations.map(\.units) == [2])
  }

  @Test("What ran for the last month only is not bought for a year, unless the pool is no older")
  func shortRun() throws {
    let late = [Int](repeating: 1, count: 2_160) + [Int](repeating: 9, count: 730)
    #expect(try solved([pool("p", late)]).reservations.map(\.units) == [1])
    let born = [Int](repeating: 0, count: 2_160) + [Int](repeating: 9, count: 730)
    #expect(try solved([pool("p", born)]).reservations.map(\.units) == [9])
    // Not in its first week.
    let fresh = [Int](repeating: 0, count: 2_160) + [Int](repeating: 9, count: 167)
    #expect(try solved([pool("p", fresh)]).reservations.isEmpty)
  }

  @Test("What is held counts while it lasts for half of the month")
  func held() throws {
    let flat = [Int](repeating: 9, count: 2_200)
    #expect(try solved([pool("p", flat, held: [.init(amount: 4, hoursLeft: 365)])]).reservations.map(\.units) == [5])
    #expect(try solved([pool("p", flat, held: [.init(amount: 4, hoursLeft: 364)])]).reservations.map(\.units) == [9])
    #expect(try solved([pool("p", flat, held: [.init(amount: 10, hoursLeft: 999)])]).reservations.isEmpty)
  }

  @Test("Of several options the one of least price in use is bought: three years are lost by half")
  func options() throws {
    let flat = [Int](repeating: 9, count: 2_200)
    // 1 year 54,000 × 7/6 = 63,000. 3 years × 3/2: 42,000 is dearer or as dear, 41,999 cheaper.
    for (hourly, option) in [(42_000, 0), (41_999, 1)] {
      let options = [Self.option, BuyProblem.Option(name: "3y", termHours: 26_280, upfront: 0, hourly: hourly)]
      let bought = try solved([pool("p", flat, options: options)]).reservations
      #expect(bought == [.init(pool: 0, option: option, units: 9)])
    }
    // The upfront part counts by the hour: 41,999 × 26,280.
    let upfront = BuyProblem.Option(name: "all", termHours: 26_280, upfront: 41_999 * 26_280, hourly: 0)
    #expect(try solved([pool("p", flat, options: [Self.option, upfront])]).reservations.map(\.option) == [1])
  }

  @Test("The plan lies beneath what is old, reservations above it where a type is young")
  func youngAndOld() throws {
    let old = [Int](repeating: 10, count: 2_200)
    let young = [Int](repeating: 0, count: 100) + [Int](repeating: 4, count: 2_100)
    let answer = try solved([pool("old", old), pool("young", young)], [plan(2)])
    #expect(answer.reservations == [.init(pool: 1, option: 0, units: 4)])
    // 10 units × 6.2 cents.
    #expect(answer.cents == [62])
    // Without the plan the old is reserved too.
    #expect(try solved([pool("old", old), pool("young", young)]).reservations.map(\.units) == [10, 4])
  }

  @Test("A type that falls while the plan could serve its successor is not reserved any more")
  func falling() throws {
    let young = [Int](repeating: 0, count: 100) + [Int](repeating: 10, count: 1_500)
    for (last, units) in [(9, [9]), (8, [])] {
      let falling = pool("young", young + [Int](repeating: last, count: 720))
      #expect(try solved([falling], [plan(1)]).reservations.map(\.units) == units)
    }
  }

  @Test("What a plan would serve for less than a cent an hour is reserved in whole units, though the plan is cheaper")
  func lessThanACent() throws {
    // 3 units at 2,500 of the plan are three quarters of a cent, which saves 7,500 × 3,700 / 2,500 = 11,100 on demand: less
    // than its price in use, 10,000 × 7/6. In use a unit of the plan is 2,500 × 7/6 = 2,917, a reserved one, whose type may
    // be replaced, 2,200 × 10/6 = 3,667.
    let options = [BuyProblem.Option(name: "1y", termHours: 8_760, upfront: 0, hourly: 2_200)]
    func answer(_ units: Int, onDemand: Int = 3_700) throws -> BuyAnswer {
      let small = BuyProblem.Pool(
        name: "p", unitHours: [Int](repeating: units, count: 2_200), onDemand: onDemand, options: options, held: [])
      return try solved([small], [BuyProblem.Plan(name: "plan", termHours: 8_760, rates: [2_500], held: [])])
    }
    let few = try answer(3)
    #expect(few.cents == [0] && few.reservations == [.init(pool: 0, option: 0, units: 3)])
    #expect(few.standings == [.leftToPlans])
    // 9 units are 22,500: two cents of the plan serve 8 of them, and the one that is left is reserved.
    let more = try answer(9)
    #expect(more.cents == [2] && more.reservations == [.init(pool: 0, option: 0, units: 1)])
    #expect(try answer(8).reservations.isEmpty)
    // Dearer than on demand in use it is not reserved.
    #expect(try answer(3, onDemand: 3_600).reservations.isEmpty)
  }

  @Test("What is known of a pool beyond its hours counts: its age, its record, that others take it over")
  func known() throws {
    let flat = pool("p", [Int](repeating: 4, count: 2_160))
    func standing(_ change: (inout BuyProblem) -> Void) throws -> BuyStanding? {
      var problem = BuyProblem(pools: [flat], plans: [plan(1)], monthHours: 730, risk: .expected)
      change(&problem)
      return try BuyRule.solve(problem).standings.first
    }
    // It was there when the hours begin, which is all that is known.
    #expect(try standing { _ in } == .leftToPlans)
    // The record is older than the pool: it is young, and worth 54,000 × 7/6 / 85,000 = 74.1 % of the hours.
    let young = try standing {
      $0.recordHours = 4_000
      $0.pools[0].ageHours = 3_000
    }
    guard case .judged(let share, option: 0) = young else {
      Issue.record("\(String(describing: young))")
      return
    }
    #expect(abs(share - 63.0 / 85) < 1e-9)
    // What was moved to only now is no old type, whatever it took over.
    #expect(try standing { $0.pools[0].isChosenAnew = true } == .judged(share: share, option: 0))
    // Older than the record, and older than two years.
    for (record, age) in [(4_000, 4_000), (40_000, 17_521)] {
      let old = try standing {
        $0.recordHours = record
        $0.pools[0].ageHours = age
      }
      #expect(old == .leftToPlans)
    }
    #expect(
      try standing { $0.pools[0].unitHours = [Int](repeating: 0, count: 2_000) + [Int](repeating: 4, count: 160) }
        == .tooYoung)
    #expect(try standing { $0.pools[0].isBeingReplaced = true } == .beingReplaced)
    #expect(
      try standing {
        $0.plans = []
        $0.pools[0].options[0].hourly = 80_000
      } == .tooDear)
    // What others take over is not reserved where no plan serves it either.
    var alone = BuyProblem(pools: [flat], plans: [], monthHours: 730, risk: .expected)
    #expect(try BuyRule.solve(alone).reservations.map(\.units) == [4])
    alone.pools[0].isBeingReplaced = true
    #expect(try BuyRule.solve(alone).reservations.isEmpty)
  }

  @Test("A plan that is held and cannot be bought serves what it can, and leaves nothing to itself")
  func heldAlone() throws {
    // 12 cents serve 1.94 of 4 units, so that 2 more are of use; with an offer all would be left to the plan.
    var held = plan(1, held: [.init(amount: 12, hoursLeft: 8_000)])
    held.isOffered = false
    let answer = try solved([pool("p", [Int](repeating: 4, count: 2_160))], [held])
    #expect(answer.reservations.map(\.units) == [2] && answer.cents == [0])
  }

  @Test("Nothing is reserved that a plan which is held serves")
  func planHeld() throws {
    let young = [Int](repeating: 0, count: 100) + [Int](repeating: 4, count: 2_100)
    // 12 cents serve 1.94 units, so that 2.06 are open; 4 units less 2.
    let held = plan(1, held: [.init(amount: 12, hoursLeft: 8_000)])
    let answer = try solved([pool("young", young)], [held])
    #expect(answer.reservations.map(\.units) == [2])
    // 2 units take 12.4 cents; the 0.4 that are left would save less than a cent's price.
    #expect(answer.cents == [0])
  }

  @Test("A plan is bought for the sum of pools that come and go")
  func pooled() throws {
    let one = (0..<2_200).map { $0 % 2 == 0 ? 10 : 0 }
    let other = one.map { 10 - $0 }
    #expect(try solved([pool("a", one), pool("b", other)], [plan(2)]).cents == [62])
    #expect(try solved([pool("a", one), pool("b", one)], [plan(2)]).cents == [0])
  }

  @Test("Cents of a plan are as many as pay, by trying each", arguments: 0..<40)
  func centsByTrying(seed: Int) throws {
    var random = SplitMix64(seed: seed)
    let pools = (0..<random.number(1...4)).map { index in
      BuyProblem.Pool(
        name: "p\(index)", unitHours: (0..<720).map { _ in random.number(0...6) },
        onDemand: random.number(50_000...99_000),
        options: [], held: [])
    }
    let rates: [Int?] = pools.map { _ in random.number(0...4) == 0 ? nil : random.number(30_000...80_000) }
    let (held, term): (Int, Int) = (random.number(0...20), random.number(1...30_000))
    let plan = BuyProblem.Plan(
      name: "s", termHours: term, rates: rates, held: [.init(amount: held, hoursLeft: 8_000)])
    // What each cent saves on demand, the pool of the greatest saving first.
    let order = pools.indices.filter { (rates[$0] ?? .max) < pools[$0].onDemand }
      .sorted {
        Double(pools[$0].onDemand) / Double(rates[$0] ?? 1) > Double(pools[$1].onDemand) / Double(rates[$1] ?? 1)
      }
    func saved(at micro: Int) -> Double {
      (0..<720).reduce(0) { sum, hour in
        var (end, saved) = (0, 0.0)
        for pool in order {
          let start = end
          end += pools[pool].unitHours[hour] * (rates[pool] ?? 0)
          let overlap = min(end, micro + 10_000) - max(start, micro)
          saved += Double(max(0, overlap)) * Double(pools[pool].onDemand) / Double(rates[pool] ?? 1)
        }
        return sum + saved
      }
    }
    let worth = 10_000 * 720 * (1 + Double(term) / 8_760 / 6)
    var cents = 0
    while saved(at: (held + cents) * 10_000) > worth { cents += 1 }
    #expect(try solved(pools, [plan]).cents == [cents])
  }

  @Test("No history buys nothing, and the largest numbers make no sum too large")
  func edges() throws {
    #expect(try solved([]).reservations.isEmpty)
    #expect(try solved([pool("p", [])], [plan(1)]) == BuyAnswer(cents: [0], standings: [.tooYoung]))
    let most = BuyProblem.Pool(
      name: "p", unitHours: [Int](repeating: 1 << 16, count: 2_000), onDemand: 1 << 40,
      options: [.init(name: "o", termHours: 1 << 17, upfront: 1 << 56, hourly: 1 << 30)], held: [])
    let dear = BuyProblem.Plan(
      name: "s", termHours: 1 << 17, rates: [1], held: [.init(amount: 1 << 40, hoursLeft: 999)])
    #expect(try solved([most], [dear]).cents == [0])
  }

  @Test(
    "What is out of bounds is named",
    arguments: [
      (BuyProblem(pools: [], plans: [], monthHours: 0, risk: .bold), "month_hours: found 0, expected from 1 to 131072"),
      (
        BuyProblem(
          pools: ["a", "b"].map {
            .init(
              name: $0, unitHours: [Int](repeating: 1, count: $0 == "a" ? 2 : 1), onDemand: 1, options: [], held: [])
          },
          plans: [], monthHours: 730, risk: .bold),
        "b.unit_hours: found 1 hours, expected 2, as of the others"
      ),
      (
        BuyProblem(
          pools: [.init(name: "a", unitHours: [1 << 40], onDemand: 1 << 40, options: [], held: [])], plans: [],
          monthHours: 730, risk: .bold),
        "a.unit_hours: found 1099511627776 units at 1099511627776, expected demand that costs at most 72057594037927936 in an hour"
      ),
      (
        BuyProblem(
          pools: [
            .init(
              name: "a", unitHours: [1], onDemand: 1, options: [.init(name: "o", termHours: 0, upfront: 0, hourly: 0)],
              held: [])
          ],
          plans: [], monthHours: 730, risk: .bold),
        "a.o.term_hours: found 0, expected from 1 to 131072"
      ),
      (
        BuyProblem(
          pools: [.init(name: "a", unitHours: [1], onDemand: 1, options: [], held: [.init(amount: -1, hoursLeft: 1)])],
          plans: [], monthHours: 730, risk: .bold),
        "a.existing.units: found -1, expected from 0 to 1099511627776"
      ),
    ] as [(BuyProblem, String)])
  func bounds(problem: BuyProblem, message: String) throws {
    let fault = #expect(throws: ProblemFault.self) { try BuyRule.solve(problem) }
    #expect(fault.map { "\($0.key): found \($0.found), expected \($0.expected)" } == message)
  }
}
