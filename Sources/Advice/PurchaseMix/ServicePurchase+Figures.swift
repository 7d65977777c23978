import Analysis
import Model

/// Why a purchase is what it is, and what a reader recomputes it from.
extension ServicePurchase {
  /// Instance-hours of the period that are spot.
  var spotHours: Int { spotCounts.reduce(0, +) * Int(context.grid.stepSeconds) / 3600 }

  /// What is meant to be bought later. What uncertainty alone would buy later is judged anew by then; it is in the evidence.
  var later: [LaterPurchase] {
    let isLaterMeant = outlook.demand.growth != 0 || outlook.demand.endsAfter != nil || ladder != nil
    return chosen.purchases.filter { $0.hour > 0 && (isLaterMeant || ends(at: $0.hour) != nil) }.map(decision)
  }

  private func decision(_ purchase: TermPlan.Purchase) -> LaterPurchase {
    LaterPurchase(
      date: date(ofHour: purchase.hour), instances: instances(purchase),
      change: market.offers[purchase.option].change(purchase.count, of: service, by: context.cloud),
      ending: ends(at: purchase.hour) ?? [])
  }

  func instances(_ purchase: TermPlan.Purchase) -> CommittedInstances {
    CommittedInstances(purchase.count, market.type, market.offers[purchase.option].term)
  }

  /// What is held until an hour of the term; nil where nothing ends.
  private func ends(at hour: Int) -> [String]? { demand.ends.first { $0.hour == hour }?.ids }

  private func date(ofHour hour: Int) -> CivilDate { demand.date(ofHour: hour, context) }

  private var ladder: Ladder? { context.fleet.purchase.ladder }

  /// Why it buys what it buys now, or nothing.
  var reason: PurchaseReason {
    if chosen.count == 0, spotHours > 0, let spot { return .spot(spot.hourly, onDemand: market.onDemand.hourly) }
    if chosen.count == 0, demand.isCovered { return .covered(buysLater: !chosen.purchases.isEmpty) }
    if market.offers.isEmpty { return .noOffer(type: market.type) }
    guard let level = level(max(1, wanted.count)) else { return .nothingAhead }
    if chosen.count == 0, level.isWorthIt, let later = chosen.purchases.first {
      return .servesMoreOfItsTerm(from: date(ofHour: later.hour))
    }
    let (subject, figures) = (chosen.count > 0 ? PurchaseSubject.eachBought : .nextOne, figure(of: level))
    return spot == nil
      ? .use(expected: level.expectedUse, breakEven: breakEven(level.offer).share, figures.span, subject)
      : .worth(level.worth, rate: figures.rate, figures.span, subject)
  }

  /// Break-even, the demand ahead, the use of the last levels bought and of the next two, what is bought later, spot.
  func figures() throws(DataError) -> [EvidenceFigure] {
    var figures: [PurchaseFigure] = comparedOffers.map { .breakEven(breakEven($0)) }
    figures.append(.demandAhead(outlook.figure(months: market.months)))
    for number in max(1, wanted.count - 1)...(wanted.count + 2) {
      guard let level = level(number) else { break }
      figures.append(.level(figure(of: level)))
    }
    if chosen.count > 0 { figures.append(.expectedSaving(try expectedSaving(), months: market.months)) }
    figures += chosen.purchases.filter { $0.hour > 0 }.prefix(4).map { .later(decision($0)) }
    if let ladder {
      figures.append(.ladder(ladder, dearer: try costOfParts(), months: market.months))
    }
    return figures.map { .purchase($0) } + spotFigures.map { .spot($0) }
  }

  private var spotFigures: [SpotFigure] {
    switch spotJudgement {
    case .plan(let spot): spot.basis + spot.risk(of: spotCounts)
    case .refused(let reason): [.refused(reason)]
    }
  }

  private func breakEven(_ offer: Int) -> BreakEven {
    let (offer, onDemand) = (market.offers[offer], market.onDemand)
    return BreakEven(
      offer.term, offer.hourly, offer.quality, onDemand: onDemand.hourly, onDemand.provenance.quality)
  }

  /// By how much buying in parts is dearer than buying at once; nil where nothing could be split.
  private func costOfParts() throws(DataError) -> Money? {
    guard chosen != wanted else { return nil }
    return try amount(problem.cost(of: chosen, costs.expected) - problem.cost(of: wanted, costs.expected))
  }
}

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

extension ServicePurchase {
  /// nil for a level that is used in none of these hours.
  private func level(_ number: Int) -> JudgedLevel? {
    let bought = offer(ofLevel: number)
    let next = wanted.purchases.first { $0.hour > 0 }?.hour ?? problem.horizon
    let end = bought.map { min(problem.options[$0].termHours, problem.horizon) } ?? next
    let worth = costs.worth(until: end)
    guard let offer = bought ?? market.cheapest, number >= 1, number <= worth.count else { return nil }
    // To four decimals, which is what is compared.
    let hourly = Money(
      nanoDollars: 100_000 * Int64(roundedHalfEven(Int128(worth[number - 1]), dividedBy: Int128(end) * 100)))
    return JudgedLevel(
      number: number, end: end, expectedUse: problem.use(on: DemandPath.likely, until: end)[number - 1],
      worth: hourly, offer: offer, isWorthIt: hourly > market.offers[offer].hourly)
  }

  /// Which of the purchases of now serves a level, the longest terms at the bottom; nil for a level they do not reach.
  private func offer(ofLevel number: Int) -> Int? {
    var top = 0
    for purchase in wanted.now.purchases.sorted(by: {
      problem.options[$0.option].termHours > problem.options[$1.option].termHours
    }) {
      top += purchase.count
      if number <= top { return purchase.option }
    }
    return nil
  }

  private func figure(of level: JudgedLevel) -> PurchaseLevel {
    let pattern = demand.phases[0].pattern
    let use = pattern.use(atDemand: 1_000_000)
    let used = level.number <= use.count ? use[level.number - 1] : 0
    let isLater = level.number <= wanted.count || level.isWorthIt && chosen.purchases.contains { $0.hour > 0 }
    return PurchaseLevel(
      level.number, usedSeconds: used, periodSeconds: pattern.seconds, expectedUse: level.expectedUse,
      worth: level.worth, rate: market.offers[level.offer].hourly, span(until: level.end),
      level.number <= chosen.count ? .bought : isLater ? .boughtLater : .notBought)
  }

  private func span(until end: Int) -> PurchaseSpan {
    end % hoursAYear == 0 ? .months(end / hoursAMonth) : .until(date(ofHour: end))
  }
}
