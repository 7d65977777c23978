import Analysis
import Model
import Solvers

/// What an account buys for one pool, and what a reader recomputes it from.
struct PoolPurchase: Sendable {
  let account: AccountPurchase
  /// Indices of the part, of the pool in it, and of the pool among all.
  let part, index, poolIndex: Int
  let use: PooledUse
  let market: PoolMarket
  /// What is bought of it, as the plan is chosen, and before it is put on a ladder.
  let purchases, wanted: [AccountPlan.Purchase]
  /// What covering each level beyond what is held saves in each stretch, on the mean of the futures, all else as planned:
  /// micro-USD.
  private let savings: [[Int]]

  /// - Throws: ``DataError`` for a pool that the book has no price of.
  init(_ account: AccountPurchase, part: Int, index: Int) throws(DataError) {
    (self.account, self.part, self.index) = (account, part, index)
    poolIndex = account.futures.parts[part].pools[index]
    market = try account.market.pools[poolIndex].get()
    use = account.use.pools[poolIndex]
    func own(_ purchases: [AccountPlan.Purchase]) -> [AccountPlan.Purchase] { purchases.filter { $0.pool == index } }
    purchases = own(account.chosen[part])
    wanted = own(account.wanted[part])
    let others = account.wanted[part].filter { $0.pool != index }
    let solver = account.problems[part]
    savings = try solved { () throws(ProblemFault) in try solver.levelSavings(of: index, beside: others) }
  }

  var pool: PurchasePool { use.pool }
  private var problem: AccountProblem { account.problems[part].problem }

  /// What is bought at once of it.
  var now: [AccountPlan.Purchase] { purchases.filter { $0.hour == 0 } }
  var count: Int { now.reduce(0) { $0 + $1.count } }
  private var wantedNow: Int { wanted.reduce(0) { $0 + ($1.hour == 0 ? $1.count : 0) } }

  /// The offer of a purchase.
  func offer(_ purchase: AccountPlan.Purchase) -> Int { purchase.offer ?? 0 }

  /// True where even the cautious plan buys as much now.
  var isSafe: Bool {
    let cautious = account.plans[.cautious]?[part].now ?? []
    return cautious.reduce(0) { $0 + ($1.pool == index ? $1.count : 0) } >= count
  }

  /// Demand that no reservation pays for, at the start: in seconds of units by the hour.
  private var uncovered: [Int64] {
    account.use.lengths.indices.map { hour in
      max(0, use.services.reduce(0) { $0 + $1.seconds[hour] } - use.phases[0].seconds[hour])
    }
  }

  private var isCovered: Bool { uncovered.allSatisfy { $0 == 0 } }

  func instances(_ purchase: AccountPlan.Purchase) -> CommittedInstances {
    CommittedInstances(purchase.count, pool.kind.type, market.offers[offer(purchase)].term)
  }

  /// Buying so many units now.
  func change(_ purchase: AccountPlan.Purchase) -> Change {
    Change(Reserve(purchase.count, market.offers[offer(purchase)].price.term, of: pool.kind, in: pool.account))
  }

  /// What is held until an hour of the term; empty where nothing ends.
  func ending(at hour: Int) -> [String] {
    use.ends.filter { $0.hour == hour }.flatMap { $0.held.map(\.id) }
  }

  /// What is meant to be bought later. What uncertainty alone would buy later is judged anew by then; it is in the evidence.
  var later: [LaterPurchase] {
    let outlooks = account.futures.outlooks[poolIndex].map(\.outlook.demand)
    let isMeant =
      outlooks.contains { $0.growth != 0 || $0.endsAfter != nil } || account.context.fleet.purchase.ladder != nil
    return purchases.filter { $0.hour > 0 && (isMeant || !ending(at: $0.hour).isEmpty || endsPlan(at: $0.hour)) }
      .map(decision)
  }

  /// True where a held savings plan that pays for the pool ends.
  private func endsPlan(at hour: Int) -> Bool {
    problem.plans.contains { plan in plan.rates[index] != nil && plan.held.contains { $0.until == hour } }
  }

  private func decision(_ purchase: AccountPlan.Purchase) -> LaterPurchase {
    LaterPurchase(
      date: account.date(ofHour: purchase.hour), instances: instances(purchase), change: change(purchase),
      ending: ending(at: purchase.hour))
  }

  /// The price rows it rests on, each once.
  var prices: [PriceNote] {
    let engine = account.context.engine
    // Break-even is at list prices: one discount is off all that is compared here, and off its ratios nothing.
    let notes =
      [engine.note(market.onDemand)] + comparedOffers.map { engine.note(market.offers[$0].price) }
      + use.services.flatMap { $0.spotJudgement.plan?.prices ?? [] } + engine.discountNotes(market.onDemand.kind)
    return notes.eachOnce()
  }

  /// The offers bought at any time, or else the cheapest.
  private var comparedOffers: [Int] {
    let bought = Set(purchases.map(offer)).sorted()
    return bought.isEmpty ? market.cheapest.map { [$0] } ?? [] : bought
  }

  /// What the purchases of now save a month of the term on the mean of the futures, beside all else that is bought now.
  func expectedSaving() throws(DataError) -> Money {
    let all = account.now(account.chosen)[part]
    return try account.saving(of: all, beside: all.filter { $0.pool != index }, part: part)
  }
}

extension AccountPlan.Purchase {
  /// The pool of a reservation; nil for a plan.
  var pool: Int? { if case .reservation(let pool, _) = subject { pool } else { nil } }
  /// The offer of a reservation; nil for a plan.
  var offer: Int? { if case .reservation(_, let offer) = subject { offer } else { nil } }
  /// The plan; nil for a reservation.
  var plan: Int? { if case .plan(let plan) = subject { plan } else { nil } }
}

// MARK: Why

/// A level beyond what is held, as it is judged.
private struct JudgedLevel {
  /// Counted from 1.
  var number: Int
  /// Hours from now that count: the term of what is bought for it, else the time until the next purchase.
  var end: Int
  /// Of the hours until then on the mean of the futures, a fraction.
  var expectedUse: Double
  /// What covering it saves on the mean, an hour.
  var worth: Money
  /// What it is held against: the offer bought for it, else the cheapest.
  var offer: Int
  /// Whether it saves more than that costs.
  var isWorthIt: Bool
}

extension PoolPurchase {
  /// True where an hour of a level is worth what it costs on demand, so that use says all.
  private var isOnDemandAlone: Bool {
    !use.services.contains { $0.spotHourly != nil } && problem.plans.allSatisfy { $0.rates[index] == nil }
  }

  /// Why it buys what it buys now, or nothing.
  var reason: PurchaseReason {
    if count == 0, let spot = use.services.compactMap(\.spotHourly).max(), spotIsUsed {
      return .spot(spot, onDemand: market.onDemand.hourly)
    }
    if count == 0, isCovered { return .covered(buysLater: !purchases.isEmpty) }
    if market.offers.isEmpty { return .noOffer(type: pool.kind.type) }
    guard let level = level(max(1, wantedNow)) else {
      // Needed, but worth nothing: savings plans that are held pay for it.
      let isNeeded = problem.use(of: index, level: 1, until: problem.horizon) > 0
      return isNeeded ? .covered(buysLater: !purchases.isEmpty) : .nothingAhead
    }
    if count == 0, level.isWorthIt, let later = purchases.first {
      return .servesMoreOfItsTerm(from: account.date(ofHour: later.hour))
    }
    if count == 0, level.isWorthIt, let past { return .past(past) }
    let (subject, figures) = (count > 0 ? PurchaseSubject.eachBought : .nextOne, figure(of: level))
    return isOnDemandAlone
      ? .use(expected: level.expectedUse, breakEven: breakEven(level.offer).share, figures.span, subject)
      : .worth(level.worth, rate: figures.rate, figures.span, subject)
  }

  private var spotIsUsed: Bool { use.services.contains { $0.spotLimits.contains { $0 > 0 } } }

  /// Break-even, the demand ahead, the use of the last levels bought and of the next two, of those below together, what is
  /// bought later.
  func figures() throws(DataError) -> [EvidenceFigure] {
    var figures: [PurchaseFigure] = [
      .poolOf(
        services: use.services.map { ServiceHours($0.service.name, seconds: $0.seconds.reduce(0, +)) },
        unit: pool.kind.type)
    ]
    figures += comparedOffers.map { .breakEven(breakEven($0)) }
    figures += account.futures.outlooks[poolIndex].map {
      .demandAhead($0.outlook.figure(months: account.market.months))
    }
    if let past { figures.append(.past(past)) }
    if let below = levelsBelow { figures.append(.levelsBelow(below)) }
    for number in max(1, wantedNow - 1)...(wantedNow + 2) {
      guard let level = level(number) else { break }
      figures.append(.level(figure(of: level)))
    }
    if count > 0 { figures.append(.expectedSaving(try expectedSaving(), months: account.market.months)) }
    figures += purchases.filter { $0.hour > 0 }.prefix(4).map { .later(decision($0)) }
    if let ladder = account.context.fleet.purchase.ladder {
      figures.append(.ladder(ladder, dearer: try costOfParts(), months: account.market.months))
    }
    return figures.map { .purchase($0) }
  }

  /// The levels bought below the last; nil where there is none.
  private var levelsBelow: LowerLevels? {
    let levels = (1..<max(1, wantedNow)).compactMap(level)
    guard let first = levels.first, let last = levels.last else { return nil }
    return LowerLevels(
      last: last.number, leastUse: levels.map(\.expectedUse).min() ?? last.expectedUse,
      mostUse: levels.map(\.expectedUse).max() ?? first.expectedUse,
      leastWorth: levels.map(\.worth).min() ?? last.worth,
      boughtNow: min(count, last.number))
  }

  /// The break-even of the offer that most of the purchases of now are of; nil where there is none.
  func breakEvenShare(_ purchase: AccountPlan.Purchase) -> Double { breakEven(offer(purchase)).share }

  private func breakEven(_ offer: Int) -> BreakEven {
    let (offer, onDemand) = (market.offers[offer], market.onDemand)
    return BreakEven(
      offer.term, offer.hourly, offer.price.provenance.quality, onDemand: onDemand.hourly,
      onDemand.provenance.quality)
  }

  /// By how much buying in parts is dearer than buying at once; nil where nothing could be split.
  private func costOfParts() throws(DataError) -> Money? {
    guard purchases != wanted else { return nil }
    let others = account.chosen[part].filter { $0.pool != index }
    let solver = account.problems[part]
    return try account.amount(solver.cost(of: others + purchases) - solver.cost(of: others + wanted))
  }

  /// nil for a level that is used in none of these hours.
  private func level(_ number: Int) -> JudgedLevel? {
    let bought = offer(ofLevel: number)
    let next = wanted.first { $0.hour > 0 }?.hour ?? problem.horizon
    let end = bought.map { min(market.offers[$0].termHours, problem.horizon) } ?? next
    guard let offer = bought ?? market.cheapest, number >= 1 else { return nil }
    let worths = zip(problem.stretches, savings).filter { $0.0.end <= end }.map { stretch in
      number <= stretch.1.count ? stretch.1[number - 1] : 0
    }
    let worth = worths.reduce(0, +)
    guard worth > 0 else { return nil }
    // To four decimals, which is what is compared.
    let hourly = Money(
      nanoDollars: 100_000 * Int64(clamping: roundedHalfEven(Int128(worth), dividedBy: Int128(end) * 100)))
    return JudgedLevel(
      number: number, end: end, expectedUse: problem.use(of: index, level: number, until: end), worth: hourly,
      offer: offer, isWorthIt: hourly > market.offers[offer].hourly)
  }

  /// Which of the purchases of now serves a level, the longest terms at the bottom; nil for a level they do not reach.
  private func offer(ofLevel number: Int) -> Int? {
    var top = 0
    for purchase in wanted.filter({ $0.hour == 0 }).sorted(by: {
      market.offers[offer($0)].termHours > market.offers[offer($1)].termHours
    }) {
      top += purchase.count
      if number <= top { return offer(purchase) }
    }
    return nil
  }

  /// The share of its hours in which the last of the units bought now is expected to be used.
  func hoursUsed(_ purchase: AccountPlan.Purchase) -> Double? {
    guard purchase.hour == 0 else { return nil }
    return level(wantedNow)?.expectedUse
  }

  private func figure(of level: JudgedLevel) -> PurchaseLevel {
    let used = zip(uncovered, account.use.lengths).reduce(Int64(0)) { sum, hour in
      sum + max(0, min(hour.1, hour.0 - Int64(level.number - 1) * hour.1))
    }
    // What takes the place of what ends is no level beyond it, where the past limits how many there may be.
    let later = purchases.filter { $0.hour > 0 && (past == nil || ending(at: $0.hour).isEmpty) }
    let isBoughtLater = past == nil ? !later.isEmpty : level.number <= wantedNow + later.reduce(0) { $0 + $1.count }
    let isLater = level.number <= wantedNow || level.isWorthIt && isBoughtLater
    return PurchaseLevel(
      level.number, usedSeconds: used, periodSeconds: account.use.lengths.reduce(0, +), expectedUse: level.expectedUse,
      worth: level.worth, rate: market.offers[level.offer].hourly, span(until: level.end),
      level.number <= count ? .bought : isLater ? .boughtLater : .notBought)
  }

  private func span(until end: Int) -> PurchaseSpan {
    end % hoursAYear == 0 ? .months(end / hoursAMonth) : .until(account.date(ofHour: end))
  }
}

extension AccountProblem {
  /// The share of the hours until some hour in which a level of a pool is used, on the mean of the states.
  func use(of pool: Int, level: Int, until end: Int) -> Double {
    let width = pools.count
    var hours = 0.0
    for stretch in stretches where stretch.end <= end {
      var (used, all) = (Int128(0), Int128(0))
      for (state, weight) in stretch.weights.enumerated() {
        let need = Int(stretch.needs[state * width + pool]) - (level - 1) * parts
        used += Int128(weight) * Int128(max(0, min(parts, need)))
        all += Int128(weight) * Int128(parts)
      }
      if all > 0 { hours += Double(used) / Double(all) * Double(stretch.hours) }
    }
    return end > 0 ? hours / Double(end) : 0
  }
}
