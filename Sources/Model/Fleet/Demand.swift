/// A kind of user and what one session of theirs causes.
package struct UserType: Decodable, Sendable {
  /// The resource of the series `concurrent_users` of service `users` that counts them.
  package var name: String
  /// As reports print it.
  package var title: String
  /// What they do, in the owners' words.
  package var behaviour: String
  /// What that costs, in the owners' words.
  package var resourceImpact: String
  /// Connections that one of them holds.
  package var websocketConnections: CountRange
  /// Calls of the API in a session.
  package var apiCallsPerSession: CountRange
  /// Prompts to a model in a session.
  package var promptsPerSession: CountRange
  /// Minutes that a session lasts; with it, calls a session become calls an hour.
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
  /// As reports print it.
  package var name: String
  /// The service it is billed under; need not be one of the fleet's own services.
  package var service: String
  /// `SERVICE/ITEM` of the price book (`elb/alb-hour`), `tokens/VENDOR/MODEL/input`; nil with `fixed_usd`.
  package var price: String?
  /// A negotiated price for each unit; nil with `price`.
  package var fixedUsd: Money?
  /// How much of it a month uses.
  package var quantity: ChargeQuantity
  /// What its use follows, for sharing its cost among user types.
  package var driver: CostDriver
  /// The owners' remark; nil for none.
  package var note: String?
}

/// How much of a charge a month uses; exactly one of the keys is given.
package struct ChargeQuantity: Decodable, Sendable {
  /// So many units running all month, charged by the hour; nil beside another key.
  package var units: Int?
  /// So many gigabytes held all month; nil beside another key.
  package var gbMonths: Int?
  /// The sum of a metered series of the charge's service; nil beside another key.
  package var metric: Metric?
}

/// What the owners allow to be bought, and their standing plan.
package struct PurchasePolicy: Decodable, Sendable {
  /// Offers that may be bought, such as `standard-1yr-no-upfront`.
  package var offers: [OfferTerm]
  /// Savings plans that may be bought, such as `compute-savings-plan-1yr-no-upfront`; nil for none.
  package var savingsPlans: [SavingsPlanTerm]?
  /// Which plan is recommended; nil for `expected`.
  package var plan: PlanChoice?
  /// Purchases spread over time; nil when all is bought at once.
  package var ladder: Ladder?
  /// Percent of an interruptible service's instances that may be spot at any time.
  package var maximumSpotPercent: Int
  /// The share of work lost and done again when spot capacity is taken back, in percent of its cost.
  package var spotReworkPercent: Int
  /// The standing plan: instances of each service to reserve.
  package var reservedBaseline: [ReservedBaseline]
  /// How to buy, in the owners' words; nothing reads them.
  package var strategies: [String]
}

/// How many instances of a service the owners mean to keep reserved.
package struct ReservedBaseline: Decodable, Sendable {
  /// The service they serve.
  package var service: String
  /// Instances.
  package var count: Int
}

/// A load test to replay.
package struct LoadTest: Decodable, Sendable {
  /// As reports print it.
  package var name: String
  /// What it is for, in the owners' words.
  package var purpose: String
  /// Its stretches, one after the other.
  package var stages: [LoadStage]
}

/// A stretch of a load test at, or ramping to, a percentage of expected capacity.
package struct LoadStage: Decodable, Sendable {
  /// Percent of expected capacity at its end.
  package var percentOfCapacity: Int
  /// How long it takes to get there.
  package var ramp: TimeSpan
  /// How long it stays there.
  package var hold: TimeSpan
}
