import Advice
import Analysis
import Analytics
import Foundation
import Model
import Testing

/// What the review of the shipped October buys, beside what ``IndependentPurchases`` makes of the files.
@Suite struct IndependentPurchasesTests {
  /// The pools: what is bought, for whom, what is held of it, and by the calendar of New York when that ends.
  private static let pools:
    [(name: String, type: String, services: [String], held: Double, ends: String, day: String)] = [
      ("t3", "t3.medium", ["frontend", "websocket", "api"], 3, "2027-03-01T00:00:00Z", "2027-02-28"),
      ("c5", "c5.large", ["worker"], 2, "2027-03-01T00:00:00Z", "2027-02-28"),
      ("m5", "m5.xlarge", ["database"], 0, "2027-11-01T04:00:00Z", ""),
      ("cache.m5", "cache.m5.xlarge", ["cache"], 2, "2026-11-15T00:00:00Z", "2026-11-14"),
    ]

  private struct October {
    var review: Review
    var purchases: AccountPurchases
    /// Of the committed review, as it is printed.
    var evidence, report: String
    var byHand: IndependentPurchases
    var pools: [String: IndependentPool] = [:]

    func lines(_ pool: String, isNow: Bool) -> [AccountPurchasePlan.Line] {
      purchases.plan.lines.filter { $0.pool == pool && $0.isNow == isNow }
    }
    func count(_ pool: String, isNow: Bool) -> Int {
      lines(pool, isNow: isNow).reduce(0) { if case .instances(let count, _) = $1.amount { $0 + count } else { $0 } }
    }
    func action(_ id: String) throws -> RecommendedAction { try #require(review.actions.first { $0.verdict.id == id }) }
  }

  /// Made once for all tests.
  private static let october = Result { try made() }

  private static func made() throws -> October {
    let example = try #require(
      try RenderedCase.all.get().first { $0.folder.lastPathComponent == "sketchy-chain-2026-10" })
    let review = example.review
    struct File: Decodable {
      struct Recommendation: Decodable { var step: String, changes: [IndependentPurchases.Change] }
      var recommendations: [Recommendation]
    }
    let file = try JSONDecoder().decode(File.self, from: Data(example.files["recommendations.json"]!.utf8))
    let before = file.recommendations.filter { $0.step != "mix" }.flatMap(\.changes)
    let byHand = try IndependentPurchases(before)
    var october = October(
      review: review, purchases: try #require(review.purchases), evidence: try #require(example.files["evidence.md"]),
      report: try #require(example.files["report.md"]), byHand: byHand)
    for pool in pools {
      let until = (IndependentPurchases.time(pool.ends) - IndependentPurchases.end) / 3600
      let price = try IndependentPurchases.price(pool.type)
      october.pools[pool.name] = IndependentPool(
        price,
        pool.services.map {
          (byHand.counts[$0] ?? [], IndependentPurchases.minimum[$0] ?? 0, ["database", "cache"].contains($0))
        },
        // A level is lost at a third a year: a year of it costs a sixth more.
        supported: byHand.supported(pool.services, usedMoreThan: price.reserved / price.onDemand * 7 / 6),
        held: (pool.held, until), spread: byHand.spread(of: pool.services),
        spot: pool.name == "c5" ? try spot(review) : nil)
    }
    return october
  }

  /// How many workers may be spot in each slot of the month as it is before anything is bought, and what one costs.
  private static func spot(_ review: Review) throws -> (limits: [Int], hourly: Double) {
    let changes = review.verdicts.filter { $0.outcome == .recommended && $0.step != .mix }.flatMap(\.changes)
    let plan = try review.study.outcome(Scenario(changes)).plan
    let worker = try #require(review.study.fleet.service("worker"))
    let spot = try #require(try judgeSpot(worker, type: "c5.large", plan: plan, review.study.context).plan)
    return (spot.limits, usd(spot.hourly))
  }

  private static func usd(_ amount: Money) -> Double { Double(amount.nanoDollars) / 1e9 }

  @Test("The database is moved first, and what runs then is what the pools are bought for")
  func types() throws {
    let october = try Self.october.get()
    for pool in Self.pools {
      #expect(Set(pool.services.map { october.byHand.types[$0] }) == [pool.type])
      let lines = october.purchases.plan.lines.filter { $0.pool == pool.name }
      #expect(!lines.isEmpty)
      for line in lines {
        guard case .instances(_, let type) = line.amount else { throw Absent.instances }
        #expect(type == pool.type && line.offer.description == "standard-1yr-no-upfront")
      }
    }
    #expect(Set(october.purchases.plan.lines.map(\.pool)) == Set(Self.pools.map(\.name)))
    // Three m5.2xlarge at 0.384 become m5.xlarge at 0.192 for 744 hours.
    #expect(try october.action("rightsize-database").verdict.saving == Money("428.544"))
  }

  private enum Absent: Error { case instances }

  @Test("Upfront, an hour and break-even of each purchase are those of the price files", arguments: pools.map(\.name))
  func prices(pool: String) throws {
    let october = try Self.october.get()
    let byHand = try #require(october.pools[pool])
    for line in october.purchases.plan.lines where line.pool == pool {
      guard case .instances(let count, _) = line.amount else { throw Absent.instances }
      #expect(line.upfront == .zero)
      #expect(abs(Self.usd(line.hourly) - Double(count) * byHand.reserved) < 1e-9)
      #expect(line.hourly == line.effectiveHourly)
      #expect(abs(try #require(line.breakEven) - byHand.reserved / byHand.onDemand) < 1e-9)
    }
  }

  @Test("No other numbers, now and when what is held ends, cost less on the ten futures", arguments: pools.map(\.name))
  func numbers(pool: String) throws {
    let october = try Self.october.get()
    let byHand = try #require(october.pools[pool])
    let bought = (october.count(pool, isNow: true), october.count(pool, isNow: false))
    #expect(bought == (byHand.best.now, pool == "m5" ? 0 : byHand.best.later))
  }

  @Test("The last of what is bought now is used as much of the year as by hand", arguments: pools.map(\.name))
  func use(pool: String) throws {
    let october = try Self.october.get()
    let byHand = try #require(october.pools[pool])
    let used = try #require(october.lines(pool, isNow: true).first?.hoursUsed)
    // Demand is in whole seconds of an hour and its factors in millionths.
    #expect(abs(used - byHand.use(ofLevel: october.count(pool, isNow: true))) < 0.0005)
    // More than break-even, or it would not be bought.
    #expect(used > byHand.reserved / byHand.onDemand)
  }

  @Test("What the purchases save, a month ahead and in October, is what the hours say")
  func savings() throws {
    let october = try Self.october.get()
    var all = 0.0
    var (cost, nothing, now) = (0.0, 0.0, 0.0)
    for pool in Self.pools {
      let byHand = try #require(october.pools[pool.name])
      let count = october.count(pool.name, isNow: true)
      let action = try october.action("mix-\(pool.name)")
      all += byHand.saving(count)
      nothing += byHand.cost(0, 0)
      now += byHand.cost(count, 0)
      cost += byHand.cost(count, october.count(pool.name, isNow: false))
      // What workers save as spot is no part of what is signed.
      guard pool.name != "c5" else { continue }
      #expect(abs(Self.usd(action.savingAhead) - byHand.saving(count)) < 0.02, "\(pool.name)")
      #expect(abs(Self.usd(action.verdict.saving) - byHand.savingInOctober(count)) < 0.005, "\(pool.name)")
    }
    let plan = october.purchases.plan
    #expect(plan.months == 12 && plan.gap == .zero)
    #expect(abs(Self.usd(plan.savingPerMonth) - all) < 0.05)
    #expect(abs(Self.usd(plan.cost) - cost) < 1)
    // Millionths of factors and seconds of hours, over a year of some twenty thousand dollars.
    #expect(abs(Self.usd(plan.costOfNothing) - nothing) < 0.5 && abs(Self.usd(plan.costOfNow) - now) < 0.5)
    #expect(october.report.contains("| do nothing | \(Self.printed(plan.costOfNothing)) |"))
    #expect(
      october.report.contains(
        "\(Self.printed(plan.costOfNow)) in 12 months, the mean of the futures, in place of \(Self.printed(plan.costOfNothing))"
      ))
  }

  /// To the cent, as reports print it.
  private static func printed(_ amount: Money) -> String {
    usd(amount).formatted(.number.precision(.fractionLength(2)).locale(Locale(identifier: "en_GB")))
  }

  @Test("Each level that is printed was used, will be and is worth as much by hand", arguments: pools.map(\.name))
  func levels(pool: String) throws {
    let october = try Self.october.get()
    let byHand = try #require(october.pools[pool])
    let section = try #require(
      october.evidence.components(separatedBy: "\n## ").first { $0.hasPrefix("mix-\(pool)\n") })
    let lines = section.matches(
      of:
        /level (\d+) beyond existing commitments: used ([\d,]+) of 744 hours \(([\d.]+) %\); expected ([\d.]+) % of the hours (over the coming 12 months|until [\d-]+), worth ([\d.]+)\/h against ([\d.]+)\/h/
    )
    // Of nodes that hold data none beyond those that run is ever used.
    #expect(lines.count >= (pool == "cache.m5" ? 1 : 2))
    for line in lines {
      let level = try #require(Int(line.1))
      let numbers = [line.2, line.3, line.4, line.6, line.7].compactMap { Double($0) }
      try #require(numbers.count == 5)
      let used = byHand.net.reduce(0) { $0 + max(0, min(1, $1 - Double(level - 1))) }
      let expected = line.5.hasPrefix("until") ? byHand.useWhileHeld(ofLevel: level) : byHand.use(ofLevel: level)
      // Half of the last digit that is printed, and what millionths of factors make of it.
      #expect(abs(numbers[0] - used) < 0.502 && abs(numbers[1] - used / 7.44) < 0.0502, "\(pool) \(level)")
      #expect(abs(numbers[2] - 100 * expected) < 0.052, "\(pool) \(level)")
      #expect(abs(numbers[4] - byHand.reserved) < 1e-9, "\(pool) \(level)")
      // Of workers an hour of a level may be worth no more than spot.
      if pool != "c5" { #expect(abs(numbers[3] - expected * byHand.onDemand) < 0.00006, "\(pool) \(level)") }
    }
    // 0.0261 of 0.0416 is 62.7 %.
    let share = (100 * byHand.reserved / byHand.onDemand).formatted(.number.precision(.fractionLength(1)))
    #expect(
      section.contains(
        "break-even: \(byHand.reserved)/h reserved / \(byHand.onDemand)/h on-demand = \(share) % of hours"))
  }

  @Test(
    "First the move, then what needs no watching, then the database's commitment, then what takes the place of what ends"
  )
  func order() throws {
    let october = try Self.october.get()
    let ranked = october.review.rankedActions
    let watched = ranked.filter { $0.timing.watchDays > 0 }
    #expect(watched.map(\.verdict.id) == ["mix-m5"] && ranked.last == watched.last)
    #expect(watched.first?.timing.watchDays == 14)
    let move = try october.action("rightsize-database")
    #expect(move.timing == .now && move.signed == nil)
    // Signed on the first of November; on the fifteenth, 14 days of the calendar later, though one of them had 25 hours.
    let dates = ["t3": "2026-11-01", "c5": "2026-11-01", "cache.m5": "2026-11-01", "m5": "2026-11-15"]
    let lastDays = ["t3": "2027-10-31", "c5": "2027-10-31", "cache.m5": "2027-10-31", "m5": "2027-11-14"]
    for pool in Self.pools {
      #expect(october.lines(pool.name, isNow: true).map(\.date.description) == [dates[pool.name]])
      #expect(october.lines(pool.name, isNow: false).map(\.date.description) == (pool.held > 0 ? [pool.day] : []))
      #expect(try october.action("mix-\(pool.name)").signed?.lastDay.description == lastDays[pool.name])
    }
    #expect(october.purchases.plan.lines.map(\.date) == october.purchases.plan.lines.map(\.date).sorted())
  }

  @Test("What a commitment forgoes is its rate for a month times what the better type is cheaper")
  func forgone() throws {
    let october = try Self.october.get()
    for (pool, better) in [("cache.m5", "cache.r6g.large"), ("m5", "r6g.large")] {
      let line = try #require(october.lines(pool, isNow: true).first)
      let byHand = try #require(october.pools[pool])
      let share = 1 - (try IndependentPurchases.price(better).onDemand) / byHand.onDemand
      let forgone = try #require(line.forgone)
      #expect(forgone.type == better)
      #expect(abs(Self.usd(forgone.monthly) - Self.usd(line.hourly) * 730 * share) < 0.005)
    }
  }
}
