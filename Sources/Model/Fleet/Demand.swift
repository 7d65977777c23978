/// A kind of user and what one session of theirs causes.
package struct UserType: Decodable, Sendable {
  package var name: String
  package var title: String
  package var behaviour: String
  package var resourceImpact: String
  package var websocketConnections: CountRange
  package var apiCallsPerSession: CountRange
  package var promptsPerSession: CountRange
  /// How long a session lasts; with it, calls a session become calls an hour.
  package var sessionMinutes: Int
}

/// What a service's use follows.
package enum CostDriver: String, Decodable, CaseIterable, Sendable {
  /// Each concurrent user alike.
  case users
  case websocketConnections = "websocket_connections"
  case apiCalls = "api_calls"
  case prompts
  /// Nobody in particular: shown as shared.
  case shared
}

extension UserType {
  /// How much one concurrent user of this type drives, in millionths of a unit (connections) or of a unit an hour.
  ///
  /// The middle of each range counts, a session spread evenly over its length.
  package func weight(for driver: CostDriver) -> Int128 {
    switch driver {
    case .shared: 0
    case .users: 1_000_000
    case .websocketConnections: middleTimesTwo(websocketConnections) * 500_000
    case .apiCalls: perHour(apiCallsPerSession)
    case .prompts: perHour(promptsPerSession)
    }
  }

  private func middleTimesTwo(_ range: CountRange) -> Int128 {
    Int128(range.lower) + Int128(range.upper ?? range.lower)
  }

  private func perHour(_ range: CountRange) -> Int128 {
    middleTimesTwo(range) * 30 * 1_000_000 / Int128(sessionMinutes)
  }
}

/// A charge that is not an instance: load balancers, storage, transfer, tokens, calls.
package struct Charge: Decodable, Sendable {
  package var name: String
  /// The service it is billed under; need not be one of the fleet's own services.
  package var service: String
  /// `SERVICE/ITEM` of the price book (`elb/alb-hour`), `tokens/VENDOR/MODEL/input`, or absent with `fixed_usd`.
  package var price: String?
  /// A negotiated price for each unit, when the price book has none.
  package var fixedUsd: Money?
  package var quantity: ChargeQuantity
  package var driver: CostDriver
  package var note: String?
}

/// How much of a charge a month uses; exactly one of the keys is given.
package struct ChargeQuantity: Decodable, Sendable {
  /// So many units running all month, charged by the hour.
  package var units: Int?
  /// So many gigabytes held all month.
  package var gbMonths: Int?
  /// The sum of a metered series of the charge's service.
  package var metric: Metric?
}

/// What the owners allow to be bought, and their standing plan.
package struct PurchasePolicy: Decodable, Sendable {
  /// Offers that may be bought, such as `standard-1yr-no-upfront`.
  package var offers: [OfferTerm]
  /// Savings plans that may be bought, such as `compute-savings-plan-1yr-no-upfront`; nil for none.
  package var savingsPlans: [SavingsPlanTerm]?
  /// nil for the expected one.
  package var plan: PlanChoice?
  /// nil when all is bought at once.
  package var ladder: Ladder?
  /// Percent of an interruptible service's instances that may be spot at any time.
  package var maximumSpotPercent: Int
  /// The share of work lost and done again when spot capacity is taken back, in percent of its cost.
  package var spotReworkPercent: Int
  /// The standing plan: instances of each service to reserve.
  package var reservedBaseline: [ReservedBaseline]
  package var strategies: [String]
}

/// How many instances of a service the owners mean to keep reserved.
package struct ReservedBaseline: Decodable, Sendable {
  package var service: String
  package var count: Int
}

/// A load test to replay.
package struct LoadTest: Decodable, Sendable {
  package var name: String
  package var purpose: String
  package var stages: [LoadStage]
}

/// A stretch of a load test at, or ramping to, a percentage of expected capacity.
package struct LoadStage: Decodable, Sendable {
  package var percentOfCapacity: Int
  package var ramp: TimeSpan
  package var hold: TimeSpan
}
