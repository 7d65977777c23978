/// A kind of user and what one session of theirs causes.
package struct UserType: FleetPart {
  package var name = ""
  package var title = ""
  package var behaviour = ""
  package var resourceImpact = ""
  package var websocketConnections = CountRange(lower: 1, upper: 1)
  package var apiCallsPerSession = CountRange(lower: 0, upper: 0)
  package var promptsPerSession = CountRange(lower: 0, upper: 0)
  package var sessionMinutes = 60
  /// What one of them was measured to drive, as ``weight(for:)`` has it, in place of what a file says.
  package var measuredWeights: [CostDriver: Int128] = [:]

  package init() {}

  package static let about = "A kind of user and what one session of theirs causes."

  package static let keys: [FleetKey<UserType>] = [
    .required(
      "name", \.name, "The resource of the series `concurrent_users` of service `users` that counts them."),
    FleetKey("title", \.title, "As reports print it.", absent: "the name"),
    FleetKey("behaviour", \.behaviour, "What they do, in the owners' words."),
    FleetKey("resource_impact", \.resourceImpact, "What that costs, in the owners' words."),
    FleetKey("websocket_connections", \.websocketConnections, "Connections that one of them holds."),
    FleetKey("api_calls_per_session", \.apiCallsPerSession, "Calls of the API in a session."),
    FleetKey("prompts_per_session", \.promptsPerSession, "Prompts to a model in a session."),
    FleetKey(
      "session_minutes", \.sessionMinutes,
      "Minutes that a session lasts; with it, calls a session become calls an hour.", unit: "minutes"),
  ]

  package mutating func settle() { if title.isEmpty { title = name } }
}

extension [UserType] {
  /// Where the type of a name stands, or the only one whose title has it for a word: `active` for "Active Contributor".
  package func place(called name: String) -> Int? {
    if let place = firstIndex(where: { $0.name == name }) { return place }
    let word = name.lowercased()
    let titled = indices.filter { self[$0].title.lowercased().split(separator: " ").contains { $0 == word } }
    return titled.count == 1 ? titled[0] : nil
  }
}

/// What a service's use follows.
package enum CostDriver: Hashable, Sendable {
  /// Each concurrent user alike.
  case users
  case websocketConnections
  case apiCalls
  case prompts
  /// A measured metric; users drive it alike.
  case metric(Metric)
  /// Nobody in particular: shown as shared.
  case shared

  /// Those that have names of their own.
  package static let named: [CostDriver] = [.users, .websocketConnections, .apiCalls, .prompts, .shared]
}

extension CostDriver: FleetScalar {
  package static var form: FleetForm {
    .word("\(named.map(\.fileText).joined(separator: ", ")), or the name of a metric")
  }

  package init?(fileText: String) {
    if let named = Self.named.first(where: { $0.fileText == fileText }) {
      self = named
      return
    }
    let isWord = fileText.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 95 }
    let isNear = nearestName(to: fileText, among: Self.named.map(\.fileText)) != nil
    guard isWord, !fileText.isEmpty, Metric(fileText).isKnown || !isNear else { return nil }
    self = .metric(Metric(fileText))
  }

  package var fileText: String {
    switch self {
    case .users: "users"
    case .websocketConnections: "websocket_connections"
    case .apiCalls: "api_calls"
    case .prompts: "prompts"
    case .shared: "shared"
    case .metric(let metric): metric.rawValue
    }
  }
}

extension UserType {
  /// How much one concurrent user of this type drives, in millionths of a unit (connections) or of a unit an hour.
  ///
  /// What was measured counts, else of each range the middle, a session spread evenly over its length.
  package func weight(for driver: CostDriver) -> Int128 {
    if let measured = measuredWeights[driver] { return measured }
    return switch driver {
    case .shared: 0
    case .users, .metric: 1_000_000
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
package struct Charge: FleetPart {
  package var name = ""
  package var service = ""
  package var price: String?
  package var fixedUsd: Money?
  package var quantity = ChargeQuantity()
  package var driver: CostDriver = .shared
  package var region: String?
  package var account: String?
  package var freeUnits = 0
  package var tags: [String: String] = [:]
  package var note: String?
  /// True for what belongs to no machine and serves nobody: a volume, an address.
  package var unattached = false
  /// True for one that no file has, made of usage that was measured: where nothing was, there was none.
  package var isFromUsage = false

  package init() {}

  package static let about = "A charge that is not an instance: load balancers, storage, transfer, tokens, calls."

  package static let keys: [FleetKey<Charge>] = [
    .required("name", \.name, "As reports print it."),
    FleetKey(
      "service", \.service, "The service it is billed under; need not be one of the fleet's own services.",
      absent: "the name of the charge"),
    FleetKey(
      "price", \.price, "`SERVICE/ITEM` of the price book (`elb/alb-hour`), `tokens/VENDOR/MODEL/input`.",
      absent: "required without `fixed_usd`"),
    FleetKey(
      "fixed_usd", \.fixedUsd, "A negotiated price for each unit; of what, `quantity.per` says, else a month.",
      unit: "USD", absent: "required without `price`"),
    .required("quantity", \.quantity, "How much of it a month uses."),
    FleetKey("driver", \.driver, "What its use follows, for sharing its cost among user types."),
    FleetKey("region", \.region, "The region whose price it is billed at.", absent: "the fleet's"),
    FleetKey("account", \.account, "The account that it is billed to.", absent: "none in particular"),
    FleetKey(
      "free_units", \.freeUnits,
      "So many of the unit of its price (tokens, minutes, hours, `1m-requests`) cost nothing in a month, before its price begins."
    ),
    FleetKey("tags", \.tags, "Its tags, a value for each key, by which `cost` tells the bill."),
    FleetKey(
      "unattached", \.unattached,
      "Whether it is of what belongs to no machine, such as a volume or an address: `waste` tells of it."),
    FleetKey("note", \.note, "The owners' remark.", absent: "none"),
  ]

  package mutating func settle() { if service.isEmpty { service = name } }
}

/// How much of a charge a month uses: an amount per unit, or the sum of a series.
package struct ChargeQuantity: FleetPart {
  package var amount: ScaledDecimal?
  package var per: String?
  package var units: Int?
  package var gbMonths: Int?
  package var metric: Metric?
  package var resource: String?

  package init() {}

  package static let about =
    "How much of a charge a month uses; exactly one of `amount`, `units`, `gb_months` and `metric` is given."

  package static let keys: [FleetKey<ChargeQuantity>] = [
    FleetKey(
      "amount", \.amount,
      "So many of what the price is for: what is priced by the hour is held at any time, by the month all month, anything else is used in a month.",
      absent: "none beside another key"),
    FleetKey(
      "per", \.per,
      "What the amount is per: the unit of the price (`gb-month`, `1m-requests`), `hour` or `month` for any that ends so, `request` for one that counts them by the million. It must be that of the price; of `fixed_usd` it is the unit.",
      absent: "the unit of the price; `month` for `fixed_usd`"),
    FleetKey("units", \.units, "The same as `amount`, in whole numbers.", absent: "none beside another key"),
    FleetKey(
      "gb_months", \.gbMonths, "So many gigabytes held all month, at a price by the month.", unit: "GB-months",
      absent: "none beside another key"),
    FleetKey(
      "metric", \.metric, "The sum of a metered series of the charge's service.", absent: "none beside another key"),
    FleetKey(
      "resource", \.resource, "With `metric`: the resource of the series, such as the model that was called.",
      absent: "none: the series of the service as a whole"),
  ]

  /// The largest amount, and the most digits of one.
  package static let mostAmount: Int64 = 1_000_000_000_000
  /// The most decimals of an amount.
  package static let mostDecimals = 6

  /// The amount that is stated, and what it is per; nil where a series is summed.
  package var stated: (amount: ScaledDecimal, per: String?)? {
    if let amount { return (amount.normalised, per) }
    if let units { return (ScaledDecimal(mantissa: Int64(units), scale: 0), per) }
    return gbMonths.map { (ScaledDecimal(mantissa: Int64($0), scale: 0), "month") }
  }
}

/// What the owners allow to be bought, and their standing plan.
package struct PurchasePolicy: FleetPart {
  package var offers: [OfferTerm] = [.standardOneYearNoUpfront]
  package var savingsPlans: [SavingsPlanTerm]?
  package var plan: PlanChoice?
  package var ladder: Ladder?
  package var upfrontBudgetUsd: Money?
  package var sharedBetweenAccounts = true
  package var maximumSpotPercent = 50
  package var spotReworkPercent = 5
  package var reservedBaseline: [ReservedBaseline] = []
  package var strategies: [String] = []

  package init() {}

  package static let about = "What the owners allow to be bought, and their standing plan."

  package static let keys: [FleetKey<PurchasePolicy>] = [
    FleetKey("offers", \.offers, "Offers that may be bought, such as `standard-1yr-no-upfront`."),
    FleetKey(
      "savings_plans", \.savingsPlans,
      "Savings plans that may be bought, such as `compute-savings-plan-1yr-no-upfront`.", absent: "none"),
    FleetKey("plan", \.plan, "Which plan is recommended.", absent: "`expected`"),
    FleetKey("ladder", \.ladder, "Purchases spread over time.", absent: "none when all is bought at once"),
    FleetKey(
      "upfront_budget_usd", \.upfrontBudgetUsd,
      "The most that may be paid upfront for all that is bought, over the time that purchases are judged by.",
      unit: "USD", absent: "no limit"),
    FleetKey(
      "shared_between_accounts", \.sharedBetweenAccounts,
      "Whether reservations and savings plans pay for other accounts than their own too, the own first: the billing preference of discount sharing."
    ),
    FleetKey(
      "maximum_spot_percent", \.maximumSpotPercent,
      "Percent of an interruptible service's instances that may be spot at any time.", unit: "%"),
    FleetKey(
      "spot_rework_percent", \.spotReworkPercent,
      "The share of work lost and done again when spot capacity is taken back, in percent of its cost.", unit: "%"),
    FleetKey("reserved_baseline", \.reservedBaseline, "The standing plan: instances of each service to reserve."),
    FleetKey("strategies", \.strategies, "How to buy, in the owners' words; nothing reads them."),
  ]
}

/// How many instances of a service the owners mean to keep reserved.
package struct ReservedBaseline: FleetPart {
  package var service = ""
  package var count = 0

  package init() {}

  package static let about = "How many instances of a service the owners mean to keep reserved."

  package static let keys: [FleetKey<ReservedBaseline>] = [
    .required("service", \.service, "The service they serve."),
    .required("count", \.count, "Instances."),
  ]
}

/// A load test to replay.
package struct LoadTest: FleetPart {
  package var name = ""
  package var purpose = ""
  package var stages: [LoadStage] = []

  package init() {}

  package static let about = "A load test to replay."

  package static let keys: [FleetKey<LoadTest>] = [
    .required("name", \.name, "As reports print it."),
    FleetKey("purpose", \.purpose, "What it is for, in the owners' words."),
    .required("stages", \.stages, "Its stretches, one after the other."),
  ]
}

/// A stretch of a load test at, or ramping to, a percentage of expected capacity.
package struct LoadStage: FleetPart {
  package var percentOfCapacity = 0
  package var ramp = TimeSpan(seconds: 0)
  package var hold = TimeSpan(seconds: 0)

  package init() {}

  package static let about = "A stretch of a load test at, or ramping to, a percentage of expected capacity."

  package static let keys: [FleetKey<LoadStage>] = [
    .required(
      "percent_of_capacity", \.percentOfCapacity, "Percent of expected capacity at its end.", unit: "%"),
    FleetKey("ramp", \.ramp, "How long it takes to get there."),
    FleetKey("hold", \.hold, "How long it stays there."),
  ]
}
