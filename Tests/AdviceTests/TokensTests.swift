import Analysis
import Model
import TestSupport
import Testing

@testable import Advice

/// What is told of tokens, beside sums that know nothing of how it is told.
@Suite struct TokensTests {
  private let grid = SampleGrid(period: october, stepSeconds: 3600)

  private func charge(_ kind: TokenKind, _ metric: Metric, model: String = "v/m") -> Charge {
    var charge = tinyCharge("\(kind.rawValue)", price: TokenItem(model, kind).item, metric: metric, driver: .prompts)
    charge.service = "ai"
    return charge
  }

  private func sell(_ book: inout PriceBook, _ model: String, _ prices: [TokenKind: String]) {
    for (kind, price) in prices {
      book.sellUnit(TokenItem(model, kind).item, price, unit: "token", perUnits: 1_000_000, region: "")
    }
  }

  private func context(
    _ charges: [Charge], _ series: [Series], _ change: (inout Fleet) -> Void = { _ in },
    prices: (inout PriceBook) -> Void
  ) throws -> AdviceContext {
    var study = TinyStudy(tinyService("app", ["m5.large"]) { $0.driver = .prompts }, count: 1, "m5.large", on: grid)
    study.series = series
    var book = PriceBook.few
    prices(&book)
    study.prices = book
    return try withoutActuallyEscaping(change) { change in
      var fleet = tinyFleet([study.service])
      fleet.charges = charges
      change(&fleet)
      let ready = fleet
      study.fleet = { $0 = ready }
      return try study.context()
    }
  }

  @Test("The break-even rate of hits is where both cost the same, found by trying every rate", arguments: 0..<200)
  func breakEven(seed: Int) throws {
    var random = SplitMix64(seed: seed)
    let input: Int64 = random.number(1...1000)
    let read: Int64 = random.number(0...1200)
    let write: Int64? = random.coin() ? random.number(1...3000) : nil
    let caching = PromptCaching(
      input: Money(nanoDollars: input), read: Money(nanoDollars: read), write: write.map { Money(nanoDollars: $0) })
    // A cache is never filled for less than what it is filled with costs.
    let filled = max(write ?? input, input)
    let first = (0...10_000).first { hits in
      Int64(hits) * read + Int64(10_000 - hits) * filled < 10_000 * input
    }
    for hits in stride(from: 0, through: 10_000, by: 1) {
      let pays = caching.pays(atHits: ScaledDecimal(mantissa: Int64(hits), scale: 2))
      #expect(pays == (first.map { hits >= $0 } ?? false), "\(hits)")
      if pays != (first.map { hits >= $0 } ?? false) { return }
    }
    if let first, let percent = caching.breakEvenPercent {
      #expect(percent < Double(first) / 100 && percent >= Double(first - 1) / 100 - 1e-9)
    }
  }

  @Test("Every other model costs what its prices come to, kind by kind, to the nano-dollar", arguments: 0..<20)
  func market(seed: Int) throws {
    var random = SplitMix64(seed: seed)
    let kinds: [(TokenKind, Metric)] = [
      (.input, .inputTokens), (.output, .outputTokens), (.cachedInput, .cachedInputTokens),
    ]
    var sums: [TokenKind: Int64] = [:]
    var series: [Series] = []
    for (kind, metric) in kinds {
      let values = (0..<grid.count).map { _ in random.number(0...Int64(1_000_000)) }
      sums[kind] = values.reduce(0, +)
      series.append(samples("ai", metric, on: grid) { values[$0] })
    }
    // Prices in thousandths of a dollar a million tokens.
    var prices: [String: [TokenKind: Int64]] = [:]
    for index in 0..<12 {
      prices["w/model-\(index)"] = Dictionary(
        kinds.filter { _ in random.number(0...9) > 1 }.map { ($0.0, random.number(1...Int64(60_000))) }
      ) { a, _ in a }
    }
    prices["v/m"] = [.input: 2000, .output: 10_000, .cachedInput: 200]
    let context = try context(kinds.map { charge($0.0, $0.1) }, series) { book in
      for (model, own) in prices {
        self.sell(&book, model, own.mapValues { Money(nanoDollars: $0 * 1_000_000).description })
      }
    }
    let use = try #require(try TokenUse.all(context).first)
    let market = ModelMarket(for: use, longest: nil, context)
    var expected: [String: Money] = [:]
    for (model, own) in prices where own.count == kinds.count {
      // Tokens x thousandths x 10^6 nano-dollars / 10^6 tokens: whole nano-dollars, of each kind.
      expected[model] = Money(nanoDollars: kinds.reduce(0) { $0 + sums[$1.0]! * own[$1.0]! })
    }
    #expect(Dictionary(market.offers.map { ($0.model, $0.cost) }) { a, _ in a } == expected)
    #expect(market.offers.map(\.cost) == market.offers.map(\.cost).sorted())
    #expect(Set(market.unpriced.map(\.model)) == Set(prices.keys.filter { (1..<3).contains(prices[$0]!.count) }))
    // Without the cache all of the prompt costs what input does.
    let (input, output) = (sums[.input]! + sums[.cachedInput]!, sums[.output]!)
    for offer in market.offers {
      let own = prices[offer.model]!
      #expect(offer.uncached == Money(nanoDollars: input * own[.input]! + output * own[.output]!))
    }
  }

  @Test("A change is billed as the finding says: the whole bill again, in parts and afresh")
  func changes() throws {
    let series = [
      samples("ai", .inputTokens, on: grid) { _ in 1_000_003 }, samples("ai", .outputTokens, on: grid) { _ in 77_777 },
    ]
    let context = try context([charge(.input, .inputTokens), charge(.output, .outputTokens)], series) { book in
      self.sell(
        &book, "v/m",
        [
          .input: "2", .output: "10", .cachedInput: "0.2", .cacheWrite: "2.5", .batchInput: "1", .batchOutput: "5",
          .batchCachedInput: "0.1",
        ])
      self.sell(&book, "w/n", [.input: "0.3", .output: "0.7"])
    }
    let (input, output) = (744_002_232.0, 57_866_088.0)
    let plan = FleetPlan(runs: [])
    let base = try context.engine.parts(of: plan, over: october)
    // In dollars: a million tokens at so much each; rounding is within a nano-dollar of each line.
    let cases: [(any PlanChange, Double)] = [
      (SwitchModel("m", to: "w/n"), input * 0.3e-6 + output * 0.7e-6),
      (
        CachePrompts("m", hitPercent: decimal("80"), cacheablePercent: decimal("50")),
        input * (0.5 * 2 + 0.4 * 0.2 + 0.1 * 2.5) * 1e-6 + output * 10e-6
      ),
      (BatchTokens("m", percent: decimal("25")), (input * (0.75 * 2 + 0.25 * 1) + output * (7.5 + 1.25)) * 1e-6),
      (TokenAmount("m", .input, percent: decimal("-10")), input * 0.9 * 2e-6 + output * 10e-6),
      (TokenAmount("m", percent: decimal("50")), (input * 2 + output * 10) * 1.5e-6),
    ]
    for (change, dollars) in cases {
      var changed = plan
      _ = try change.apply(to: &changed, context)
      let parts = try context.engine.parts(of: changed, from: base)
      let afresh = try context.engine.bill(changed, over: october)
      #expect(context.engine.bill(parts) == afresh && parts.total == afresh.total)
      #expect(abs(Double(afresh.total.nanoDollars) - dollars * 1e9) < 4, "\(change.words)")
      // And back: what was is what is.
      #expect(try context.engine.parts(of: plan, from: parts).total == base.total)
    }
  }

  @Test("Caching, batches and seats are advised where the fleet file and what is measured allow them, else not")
  func findings() throws {
    let series = [
      samples("ai", .inputTokens, on: grid) { _ in 1000 }, samples("ai", .repeatedInputTokens, on: grid) { _ in 600 },
      samples("github", .activeSeats, on: grid) { $0 == 5 ? 31 : 12 },
    ]
    var seats = tinyCharge("Seats", fixedUsd: "21", amount: "40", per: "user-month")
    seats.service = "github"
    let context = try context(
      [charge(.input, .inputTokens), seats], series,
      { fleet in
        var rules = TokenRules()
        rules.service = "ai"
        rules.deadline = TimeSpan(seconds: 86_400)
        rules.deferrablePercent = decimal("30")
        fleet.tokenRules = [rules]
      },
      prices: { self.sell(&$0, "v/m", [.input: "2", .cachedInput: "0.2", .cacheWrite: "2.5", .batchInput: "1"]) })
    let review = try TokenReview(on: FleetPlan(runs: []), context)
    func found(_ subject: TokenSubject) -> TokenFinding? { review.findings.first { $0.subject == subject } }
    #expect(found(.caching)?.outcome == .advised)
    #expect(found(.caching)?.change == Change(CachePrompts("v/m", hitPercent: decimal("60"))))
    #expect(found(.batch)?.outcome == .advised)
    #expect(found(.batch)?.change == Change(BatchTokens("v/m", percent: decimal("30"))))
    #expect(found(.seats)?.change == Change(SeatCount("Seats", seats: 31)))
    #expect(found(.otherModel)?.outcome == .unknown(.noOffer))
    #expect(found(.failures)?.outcome == .unknown(.unmeasured(.failedInputTokens)))
  }

  @Test("A model that takes no prompt as long as the load's is told, and is not the cheapest that is named")
  func context() throws {
    let series = [
      samples("ai", .inputTokens, on: grid) { _ in 9000 }, samples("ai", .calls, on: grid) { _ in 3 },
    ]
    let context = try context([charge(.input, .inputTokens)], series) { book in
      self.sell(&book, "v/m", [.input: "2"])
      self.sell(&book, "v/small", [.input: "0.1"])
      self.sell(&book, "v/wide", [.input: "0.2"])
      // Prompts are 3,000 tokens long on average.
      for (model, tokens) in [("v/small", Int64(2999)), ("v/wide", 3000)] {
        book.contexts.append(
          ModelContext(model: model, inputTokens: tokens, outputTokens: nil, provenance: provenance()))
      }
    }
    let review = try TokenReview(on: FleetPlan(runs: []), context)
    #expect(review.models.first?.market.offers.map(\.isTooShort) == [true, false, false])
    let other = review.findings.first { $0.subject == .otherModel }
    #expect(other?.change == Change(SwitchModel("v/m", to: "v/wide")))
  }

  @Test("Connections are held against the interval that takes most of them, and users against it")
  func callPools() throws {
    let series = [
      samples("app", .jobsPerMinute, on: grid) { $0 == 9 ? 300 : 60 },
      samples("app", .processingTimeAverageMilliseconds, on: grid) { _ in 2000 },
      samples("users", "all", .concurrentUsers, on: grid) { $0 == 7 ? 60 : 20 },
    ]
    let context = try context(
      [], series,
      { fleet in
        var pool = CallPool()
        (pool.name, pool.service, pool.connections, pool.callsPercent) = ("calls", "app", 2, decimal("10"))
        fleet.callPools = [pool]
        fleet.userTypes = [tinyUserType("all")]
      }, prices: { _ in })
    let plan = FleetPlan(runs: runs(2, of: "app", "m5.large", october))
    let found = try #require(try CallPoolUse.all(on: plan, context).first?.found)
    // 300 jobs a minute, a tenth of which calls for 2 s: 0.5 calls a second hold 1 of 2 x 2 connections.
    #expect(found.busiest.connections == 4 && abs(found.busiest.offered - 1) < 1e-9 && found.instances == 2)
    #expect(found.boundIntervals == 0 && found.intervals == 744)
    #expect(found.bindsAtUsers == 240)
  }

  @Test("A rate limit is held against the busiest of its windows, and users against it")
  func rateLimits() throws {
    let series = [
      samples("github", .calls, on: grid) { $0 == 100 ? 900 : 300 },
      samples("users", "all", .concurrentUsers, on: grid) { $0 == 7 ? 60 : 20 },
    ]
    let context = try context(
      [], series,
      { fleet in
        var limit = RateLimit()
        (limit.service, limit.metric, limit.most, limit.per) = ("github", .calls, 600, .hour)
        fleet.rateLimits = [limit]
        fleet.userTypes = [tinyUserType("all")]
      }, prices: { _ in })
    let found = try #require(try RateLimitUse.all(context).first?.found)
    #expect(found.windowSeconds == 3600 && found.most == 600 && found.queue.busiest == 900)
    // The 300 over wait an hour, in which 300 come: 600 in all, all served.
    #expect(found.queue.boundWindows == 1 && found.queue.longestWait == 1 && found.queue.delayed == 300)
    // 60 users make 900 calls: 600 are made by 40.
    #expect(found.bindsAtUsers == 40)
  }
}
