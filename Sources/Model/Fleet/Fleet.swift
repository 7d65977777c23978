/// A fleet of services as its owners describe it: the fleet file, decoded.
///
/// Keys are snake_case in the file. Every key is known; optional ones say what their absence means.
package struct Fleet: Decodable, Sendable {
  /// One word, by which messages call the fleet.
  package var name: String
  /// The heading of reports.
  package var title: String
  /// Printed under the title of every report, such as where the data comes from; nil for nothing.
  package var note: String?
  /// The day, on the fleet's clock, from which what this file says holds: a month is billed by the file in force on its
  /// last day; nil for all time before the first file with a date.
  package var effectiveFrom: CivilDate?
  /// The cloud, `aws`.
  package var provider: String
  /// The region that instances run in, as prices call it: `us-east-1`.
  package var region: String
  /// IANA name; decides month boundaries and the clock of schedules.
  package var timezone: String
  /// What bills are in: three capital letters. Prices are in USD.
  package var currency: String
  /// What a US dollar is in that currency, in the order of their dates; nil when the currency is USD.
  package var exchangeRates: [ExchangeRate]?
  /// What scaling is for, in the owners' words.
  package var objectives: [String]
  /// What the reviewer asks of the evidence, and the margins that advice keeps.
  package var review: ReviewRules
  /// The services, in the order of reports.
  package var services: [Service]
  /// Thresholds and limits on the fleet as a whole.
  package var global: GlobalRules
  /// The kinds of user among whom the bill is shared.
  package var userTypes: [UserType]
  /// What is billed beside instances.
  package var charges: [Charge]
  /// What may be bought.
  package var purchase: PurchasePolicy
  /// What is expected of demand; nil for no growth, and as much change as history shows.
  package var outlook: Outlook?
  /// What is negotiated with the provider; nil when it bills list prices.
  package var discounts: Discounts?
  /// Load tests to replay.
  package var loadTests: [LoadTest]
  /// The alert rules of the monitoring.
  package var alerts: [AlertRule]
  /// What the owners' documents claim.
  package var claims: Claims
  /// What tells whether scaling works, in the owners' words.
  package var effectivenessMetrics: [String]
  /// What becomes of metrics with names of other makers, by those names; nil for the built-in mapping alone.
  package var metrics: [String: MetricRule]?
  /// Which labels name the service and the resource; nil for the built-in ones.
  package var labels: LabelRule?
  /// Where each service stands, as far as ``indexed()`` was asked for.
  private var places: [String: Int] = [:]

  private enum CodingKeys: CodingKey {
    case name, title, note, effectiveFrom, provider, region, timezone, currency, exchangeRates, objectives, review
    case services, global, userTypes, charges, purchase, outlook, discounts, loadTests, alerts, claims
    case effectivenessMetrics, metrics, labels
  }

  /// What a type is priced as where it runs for a service.
  package func kind(_ type: String, of service: Service) -> InstanceKind {
    InstanceKind(region: region, type: type, engine: service.engine)
  }

  /// What a type is priced as where it runs for a service of that name; as Linux for one that the fleet does not have.
  package func kind(_ type: String, of service: String) -> InstanceKind {
    InstanceKind(region: region, type: type, engine: self.service(service)?.engine ?? "linux")
  }

  /// The service of that name, nil when the fleet has none.
  package func service(_ name: String) -> Service? {
    if let place = places[name], place < services.count, services[place].name == name { return services[place] }
    return services.first { $0.name == name }
  }

  /// The same fleet, which finds its services without looking through all of them.
  package func indexed() -> Fleet {
    var copy = self
    copy.places = Dictionary(services.enumerated().map { ($1.name, $0) }) { first, _ in first }
    return copy
  }
}

/// Thresholds and limits on the fleet as a whole.
package struct GlobalRules: Decodable, Sendable {
  /// The service, such as the load balancer, whose latency and error rate are the fleet's; nil when there is none.
  package var measuredAt: String?
  /// Limits that percentages of a global threshold refer to.
  package var limits: [Limit]
  /// Thresholds of what users see, such as latency.
  package var thresholds: [Threshold]
}

/// The most of something that exists or is provisioned; the "max" that percent-of-limit conditions refer to.
package struct Limit: Decodable, Sendable, Hashable {
  /// What is limited.
  package var metric: Metric
  /// The most of it, in the unit of the metric.
  package var value: Int
  /// True when each instance brings this much; false when it is one limit for all.
  package var perInstance: Bool
  /// True when the value is for each GiB of the instance's memory, as the connections of a managed database are; nil for
  /// false. Not together with ``perInstance``.
  package var perGib: Bool?
}

/// One row of a threshold table.
package struct Threshold: Decodable, Sendable {
  /// What is measured.
  package var metric: Metric
  /// From when somebody should look.
  package var warning: Condition
  /// From when capacity should be added; instances are counted by it.
  package var scaling: Condition
  /// From when users suffer.
  package var critical: Condition
  /// What to do about it, in the owners' words; nil for nothing.
  package var action: String?
}

/// The three severities of a threshold row, mildest first.
package enum Severity: String, CaseIterable, Decodable, Sendable, Comparable {
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
package struct AlertRule: Decodable, Sendable {
  /// What the rule is called.
  package var name: String
  /// The service it watches.
  package var service: String
  /// What it watches.
  package var metric: Metric
  /// When it fires.
  package var condition: Condition
  /// How bad that is.
  package var severity: Severity
  /// What is done then, in the owners' words.
  package var scalingAction: String
  /// The text of the alert.
  package var summary: String
}
