/// A fleet of services as its owners describe it: what a fleet file says, and the defaults of what it does not say.
///
/// The least file is its name. What each key of it, and of the parts below, means stands in their `keys`.
package struct Fleet: FleetPart {
  package var name = ""
  package var title = ""
  package var note: String?
  package var effectiveFrom: CivilDate?
  package var provider: String = "aws"
  package var region = ""
  package var groupBy: String?
  package var timezone: String = "UTC"
  package var currency: String = "USD"
  package var exchangeRates: [ExchangeRate]?
  package var objectives: [String] = []
  package var review = ReviewRules()
  package var defaults = ServiceDefaults()
  package var services: [Service] = []
  package var global = GlobalRules()
  package var userTypes: [UserType] = []
  package var charges: [Charge] = []
  package var prices: [FleetPrice] = []
  package var rateLimits: [RateLimit] = []
  package var callPools: [CallPool] = []
  package var tokenRules: [TokenRules] = []
  package var purchase = PurchasePolicy()
  package var outlook: Outlook?
  package var events: [CalendarEvent] = []
  package var discounts: Discounts?
  package var loadTests: [LoadTest] = []
  package var alerts: [AlertRule] = []
  package var claims = Claims()
  package var effectivenessMetrics: [String] = []
  package var metrics: [String: MetricRule]?
  package var labels: LabelRule?

  package init() {}

  package static let about = "A fleet of services as its owners describe it."

  package static let keys: [FleetKey<Fleet>] = [
    .required("name", \.name, "One word, by which messages call the fleet."),
    FleetKey("title", \.title, "The heading of reports.", absent: "the name"),
    FleetKey(
      "note", \.note, "Printed under the title of every report, such as where the data comes from.", absent: "nothing"),
    FleetKey(
      "effective_from", \.effectiveFrom,
      "The day, on the fleet's clock, from which what this file says holds: a month is billed by the file in force on its last day.",
      absent: "all time before the first file with a date"),
    FleetKey("provider", \.provider, "The cloud, `aws`."),
    FleetKey(
      "region", \.region, "The region that instances run in, as prices call it: `us-east-1`.",
      absent: "that of the inventory"),
    FleetKey(
      "group_by", \.groupBy,
      "The tag that names the service of an instance, where the cloud's own listing is imported, before group and name.",
      absent: "the auto scaling group, else the tag `Name`"),
    FleetKey("timezone", \.timezone, "IANA name; decides month boundaries and the clock of schedules."),
    FleetKey("currency", \.currency, "What bills are in: three capital letters. Prices are in USD."),
    FleetKey(
      "exchange_rates", \.exchangeRates, "What a US dollar is in that currency, in the order of their dates.",
      absent: "none when the currency is USD"),
    FleetKey("objectives", \.objectives, "What scaling is for, in the owners' words."),
    FleetKey("review", \.review, "What the reviewer asks of the evidence, and the margins that advice keeps."),
    FleetKey(
      "defaults", \.defaults,
      "What services share: any key of a service but its name. What a service says itself stands in its place."),
    FleetKey("services", \.services, "The services, in the order of reports."),
    FleetKey("global", \.global, "Thresholds and limits on the fleet as a whole."),
    FleetKey("user_types", \.userTypes, "The kinds of user among whom the bill is shared."),
    FleetKey("charges", \.charges, "What is billed beside instances."),
    FleetKey("prices", \.prices, "Prices that the price book lacks."),
    FleetKey("rate_limits", \.rateLimits, "How much of an external service may be used within a time."),
    FleetKey("call_pools", \.callPools, "How many calls of an external service may be under way at once."),
    FleetKey("token_rules", \.tokenRules, "What is known of the calls of models."),
    FleetKey("purchase", \.purchase, "What may be bought."),
    FleetKey(
      "outlook", \.outlook, "What is expected of demand.", absent: "no growth, and as much change as history shows"),
    FleetKey("events", \.events, "Days that are like no other."),
    FleetKey(
      "discounts", \.discounts, "What is negotiated with the provider.", absent: "none when it bills list prices"),
    FleetKey("load_tests", \.loadTests, "Load tests to replay."),
    FleetKey("alerts", \.alerts, "The alert rules of the monitoring."),
    FleetKey("claims", \.claims, "What the owners' documents claim."),
    FleetKey(
      "effectiveness_metrics", \.effectivenessMetrics, "What tells whether scaling works, in the owners' words."),
    FleetKey(
      "metrics", \.metrics, "What becomes of metrics with names of other makers, by those names.",
      absent: "the built-in mapping alone"),
    FleetKey("labels", \.labels, "Which labels name the service and the resource.", absent: "the built-in ones"),
  ]

  /// What the fleet file says, as it stands there; nil for a fleet that was not read from one.
  package var document: DocumentNode?

  /// Where each service stands, as far as ``indexed()`` was asked for.
  private var places: [String: Int] = [:]

  package static let keyOfShared: String? = "defaults"

  package mutating func settle() { if title.isEmpty { title = name } }

  /// What a type is priced as where it runs for a service of that name; as Linux for one that the fleet does not have.
  /// - Parameter place: where, as the price book calls it; nil for the fleet's region.
  package func kind(_ type: String, of service: String, in place: String?) -> InstanceKind {
    InstanceKind(region: place ?? region, type: type, engine: engine(of: service))
  }

  /// What a run is priced as: by the prices of the zone that it is in, else of its region, else of the fleet's.
  package func kind(_ run: InstanceRun, in places: any Places) -> InstanceKind {
    kind(run, inPlace: places.priceRegion(ofZone: run.zone))
  }

  /// The same where the zone's place is known; nil for that of the run's own region, else the fleet's.
  package func kind(_ run: InstanceRun, inPlace place: String?) -> InstanceKind {
    var kind = kind(run.type, of: run.service, in: place ?? run.region)
    if let engine = run.engine { kind.engine = engine }
    return kind
  }

  /// The service of that name, nil when the fleet has none.
  package func service(_ name: String) -> Service? { place(of: name).map { services[$0] } }

  private func place(of service: String) -> Int? {
    if let place = places[service], place < services.count, services[place].name == service { return place }
    return services.firstIndex { $0.name == service }
  }

  /// Without a copy of the service, which has dozens of parts: it is asked of every run.
  private func engine(of service: String) -> String { place(of: service).map { services[$0].engine } ?? "linux" }

  /// The same fleet, which finds its services without looking through all of them.
  package func indexed() -> Fleet {
    var copy = self
    copy.places = Dictionary(services.enumerated().map { ($1.name, $0) }) { first, _ in first }
    return copy
  }
}

/// Thresholds and limits on the fleet as a whole.
package struct GlobalRules: FleetPart {
  package var measuredAt: String?
  package var limits: [Limit] = []
  package var thresholds: [Threshold] = []

  package init() {}

  package static let about = "Thresholds and limits on the fleet as a whole."

  package static let keys: [FleetKey<GlobalRules>] = [
    FleetKey(
      "measured_at", \.measuredAt,
      "The service, such as the load balancer, whose latency and error rate are the fleet's.",
      absent: "none when there is none"),
    FleetKey("limits", \.limits, "Limits that percentages of a global threshold refer to."),
    FleetKey("thresholds", \.thresholds, "Thresholds of what users see, such as latency."),
  ]
}

/// The most of something that exists or is provisioned; the "max" that percent-of-limit conditions refer to.
package struct Limit: FleetPart, Hashable {
  package var metric: Metric = .unnamed
  package var value = 0
  package var perInstance = false
  package var perGib: Bool?

  package init() {}

  package static let about =
    "The most of something that exists or is provisioned; the \"max\" that percent-of-limit conditions refer to."

  package static let keys: [FleetKey<Limit>] = [
    .required("metric", \.metric, "What is limited."),
    .required("value", \.value, "The most of it, in the unit of the metric."),
    FleetKey(
      "per_instance", \.perInstance, "True when each instance brings this much; false when it is one limit for all."),
    FleetKey(
      "per_gib", \.perGib,
      "True when the value is for each GiB of the instance's memory, as the connections of a managed database are. Not together with `per_instance`.",
      absent: "false"),
  ]
}

/// One row of a threshold table.
package struct Threshold: FleetPart {
  package var metric: Metric = .unnamed
  package var warning: Condition = .unwritten
  package var scaling: Condition = .unwritten
  package var critical: Condition = .unwritten
  package var action: String?

  package init() {}

  package static let about = "One row of a threshold table."

  package static let keys: [FleetKey<Threshold>] = [
    .required("metric", \.metric, "What is measured."),
    .required("warning", \.warning, "From when somebody should look."),
    .required("scaling", \.scaling, "From when capacity should be added; instances are counted by it."),
    .required("critical", \.critical, "From when users suffer."),
    FleetKey("action", \.action, "What to do about it, in the owners' words.", absent: "nothing"),
  ]
}

/// The three severities of a threshold row, mildest first.
package enum Severity: String, CaseIterable, FleetWord, Comparable {
  case warning, scaling, critical
  package static func < (a: Severity, b: Severity) -> Bool {
    allCases.firstIndex(of: a)! < allCases.firstIndex(of: b)!
  }
}

extension Threshold {
  package func condition(_ severity: Severity) -> Condition {
    switch severity {
    case .warning: warning
    case .scaling: scaling
    case .critical: critical
    }
  }
}

/// An alert rule of the fleet's monitoring, to be exported and replayed.
package struct AlertRule: FleetPart {
  package var name = ""
  package var service = ""
  package var metric: Metric = .unnamed
  package var condition: Condition = .unwritten
  package var severity: Severity = .warning
  package var scalingAction = ""
  package var summary = ""

  package init() {}

  package static let about = "An alert rule of the fleet's monitoring, to be exported and replayed."

  package static let keys: [FleetKey<AlertRule>] = [
    .required("name", \.name, "What the rule is called."),
    .required("service", \.service, "The service it watches."),
    .required("metric", \.metric, "What it watches."),
    .required("condition", \.condition, "When it fires."),
    FleetKey("severity", \.severity, "How bad that is."),
    FleetKey("scaling_action", \.scalingAction, "What is done then, in the owners' words."),
    FleetKey("summary", \.summary, "The text of the alert."),
  ]
}
