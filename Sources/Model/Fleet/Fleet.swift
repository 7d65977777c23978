/// A fleet of services as its owners describe it: the fleet file, decoded.
///
/// Keys are snake_case in the file. Every key is known; optional ones say what their absence means.
package struct Fleet: Decodable, Sendable {
  package var name: String
  package var title: String
  /// Printed under the title of every report, such as where the data comes from.
  package var note: String?
  package var provider: String
  package var region: String
  /// IANA name; decides month boundaries and the clock of schedules.
  package var timezone: String
  /// What bills are in: three capital letters. Prices are in USD.
  package var currency: String
  /// In the order of their dates; nil when the currency is USD.
  package var exchangeRates: [ExchangeRate]?
  package var objectives: [String]
  package var review: ReviewRules
  package var services: [Service]
  package var global: GlobalRules
  package var userTypes: [UserType]
  package var charges: [Charge]
  package var purchase: PurchasePolicy
  /// What is expected of demand; nil for no growth, and as much change as history shows.
  package var outlook: Outlook?
  /// What is negotiated with the provider; nil when it bills list prices.
  package var discounts: Discounts?
  package var loadTests: [LoadTest]
  package var alerts: [AlertRule]
  package var claims: Claims
  package var effectivenessMetrics: [String]
  /// What becomes of metrics with names of other makers, by those names; nil for the built-in mapping alone.
  package var metrics: [String: MetricRule]?
  /// Which labels name the service and the resource; nil for the built-in ones.
  package var labels: LabelRule?
  /// Where each service stands, as far as ``indexed()`` was asked for.
  private var places: [String: Int] = [:]

  private enum CodingKeys: CodingKey {
    case name, title, note, provider, region, timezone, currency, exchangeRates, objectives, review, services, global
    case userTypes, charges, purchase, outlook, discounts, loadTests, alerts, claims, effectivenessMetrics, metrics,
      labels
  }

  /// What a type is priced as where it runs for a service.
  package func kind(_ type: String, of service: Service) -> InstanceKind {
    InstanceKind(region: region, type: type, engine: service.engine)
  }

  /// The same by the service's name; Linux for one that the fleet does not have.
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
  /// The service, such as the load balancer, whose latency and error rate are the fleet's; absent when there is none.
  package var measuredAt: String?
  package var limits: [Limit]
  package var thresholds: [Threshold]
}

/// The most of something that exists or is provisioned; the "max" that percent-of-limit conditions refer to.
package struct Limit: Decodable, Sendable, Hashable {
  package var metric: Metric
  package var value: Int
  /// True when each instance brings this much; false when it is one limit for all.
  package var perInstance: Bool
  /// True when the value is for each GiB of the instance's memory, as the connections of a managed database are; nil for
  /// false. Not together with ``perInstance``.
  package var perGib: Bool?
}

/// One row of a threshold table.
package struct Threshold: Decodable, Sendable {
  package var metric: Metric
  package var warning: Condition
  package var scaling: Condition
  package var critical: Condition
  /// What to do about it, as the owners put it; optional.
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
  package var name: String
  package var service: String
  package var metric: Metric
  package var condition: Condition
  package var severity: Severity
  package var scalingAction: String
  package var summary: String
}
