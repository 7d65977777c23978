/// A figure that a reader recomputes a purchase from. Rates are in USD, costs in the bill's currency.
package enum PurchaseFigure: Hashable, Sendable {
  case leftOut(OfferLeftOut)
  /// What runs of a pool, in instance-seconds of what is bought of it: by service.
  case poolOf(services: [ServiceHours], unit: String)
  case breakEven(BreakEven)
  case demandAhead(DemandAhead)
  /// Of a pool whose demand ahead is drawn from what ran.
  case past(PurchasePast)
  /// All levels that are bought below the last.
  case levelsBelow(LowerLevels)
  case level(PurchaseLevel)
  /// What the purchases of now save a month of the term on the mean of the futures, beside buying nothing.
  case expectedSaving(Money, months: Int)
  case later(LaterPurchase)
  /// By how much buying in parts is dearer over the term than buying at once; nil where nothing can be split.
  case ladder(Ladder, dearer: Money?, months: Int)
}

/// How long instances of a type ran.
package struct TypeHours: Hashable, Sendable {
  package var type: String
  /// Instance-seconds in the period.
  package var seconds: Int64

  package init(_ type: String, seconds: Int64) {
    self.type = type
    self.seconds = seconds
  }
}

/// How long a service runs of a pool.
package struct ServiceHours: Hashable, Sendable {
  package var service: String
  /// Instance-seconds in the period.
  package var seconds: Int64

  package init(_ service: String, seconds: Int64) {
    self.service = service
    self.seconds = seconds
  }
}

/// From which use on a commitment is cheaper than on demand.
package struct BreakEven: Hashable, Sendable {
  package var term: CommitmentTerm
  /// What an instance costs an hour, with upfront parts spread over the term.
  package var committed: Money
  package var committedQuality: PriceQuality
  package var onDemand: Money
  package var onDemandQuality: PriceQuality

  package init(
    _ term: CommitmentTerm, _ committed: Money, _ committedQuality: PriceQuality, onDemand: Money,
    _ onDemandQuality: PriceQuality
  ) {
    self.term = term
    self.committed = committed
    self.committedQuality = committedQuality
    self.onDemand = onDemand
    self.onDemandQuality = onDemandQuality
  }

  /// The fraction of hours from which it is the cheaper.
  package var share: Double { Double(committed.nanoDollars) / Double(onDemand.nanoDollars) }
}

/// What is taken to be known of the demand over a term.
package struct DemandAhead: Hashable, Sendable {
  /// As the fleet file states it; nil where it states none.
  package var growthPercentAYear: Int?
  /// The standard deviation of the logarithm of demand after a month.
  package var monthlySpread: Double
  /// Weeks of history that the spread rests on; nil where the fleet file states it.
  package var weeks: Int?
  /// The day from which nothing runs; nil for never.
  package var decommission: CivilDate?
  /// Of the term.
  package var months: Int

  package init(
    growthPercentAYear: Int?, monthlySpread: Double, weeks: Int?, decommission: CivilDate?, months: Int
  ) {
    self.growthPercentAYear = growthPercentAYear
    self.monthlySpread = monthlySpread
    self.weeks = weeks
    self.decommission = decommission
    self.months = months
  }
}

/// The levels that are bought below the last, together: each is used no less than the one above it.
package struct LowerLevels: Hashable, Sendable {
  /// From the first to this one.
  package var last: Int
  /// The fraction of the hours ahead that the last and the first of them are used, on the mean of the futures.
  package var leastUse, mostUse: Double
  /// The least that covering one of them saves an hour ahead.
  package var leastWorth: Money
  /// How many of them are bought at once; the others later.
  package var boughtNow: Int

  package init(last: Int, leastUse: Double, mostUse: Double, leastWorth: Money, boughtNow: Int) {
    self.last = last
    self.leastUse = leastUse
    self.mostUse = mostUse
    self.leastWorth = leastWorth
    self.boughtNow = boughtNow
  }
}

/// One more instance beyond what is held: how much it was and will be used, and what covering it is worth.
package struct PurchaseLevel: Hashable, Sendable {
  package enum Decision: Hashable, Sendable {
    case bought, boughtLater, notBought
  }
  /// Counted from 1.
  package var number: Int
  /// Seconds of the period in which it was used.
  package var usedSeconds: Int64
  /// Seconds of the period.
  package var periodSeconds: Int64
  /// The fraction of the hours ahead that it is used, on the mean of the futures.
  package var expectedUse: Double
  /// What covering it saves an hour ahead on the mean of the futures, to four decimals.
  package var worth: Money
  /// What that costs an hour.
  package var rate: Money
  package var span: PurchaseSpan
  package var decision: Decision

  package init(
    _ number: Int, usedSeconds: Int64, periodSeconds: Int64, expectedUse: Double, worth: Money, rate: Money,
    _ span: PurchaseSpan, _ decision: Decision
  ) {
    self.number = number
    self.usedSeconds = usedSeconds
    self.periodSeconds = periodSeconds
    self.expectedUse = expectedUse
    self.worth = worth
    self.rate = rate
    self.span = span
    self.decision = decision
  }
}
