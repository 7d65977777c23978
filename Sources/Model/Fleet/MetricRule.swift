/// What becomes of a metric that a source calls by a name of its own.
///
/// In a file it is the name of our metric, or a mapping.
package struct MetricRule: FleetPart, Hashable {
  private var name: MetricName?
  package var unit: String?
  package var counter: Bool?
  /// True when it is left out.
  package var skip = false

  /// What we call it, known or not; nil to keep the name of the source.
  package var metric: Metric? { name?.metric }

  package init() {}

  package init(_ metric: Metric? = nil, unit: String? = nil, counter: Bool? = nil, skip: Bool = false) {
    name = metric.map(MetricName.init)
    self.unit = unit
    self.counter = counter
    self.skip = skip
  }

  package static let about = "What becomes of a metric that a source calls by a name of its own."

  package static let keyOfWord: String? = "metric"

  package static let keys: [FleetKey<MetricRule>] = [
    FleetKey("metric", \.name, "What we call it, known or not.", absent: "the name of the source"),
    FleetKey(
      "unit", \.unit, "The unit that the source measures it in, such as `KB/s`.",
      absent: "the unit the source states, or that of our metric"),
    FleetKey(
      "counter", \.counter, "True when it counts up and only its rate tells something.", absent: "what the source says"),
    FleetKey("skip", \.skip, "True when it is left out."),
  ]

  package var correction: String? {
    let says = name != nil || unit != nil || counter != nil
    return says != skip ? nil : "at least one of metric, unit and counter, or \"skip: true\" alone"
  }
}

/// A name that may be given to a metric.
private struct MetricName: TextDecodable {
  static let expectation = "the name of a metric: letters, digits and _"
  let metric: Metric

  init(_ metric: Metric) { self.metric = metric }

  init?(_ text: String) {
    let isWord = text.utf8.allSatisfy { byte in
      byte == UInt8(ascii: "_") || (48...57).contains(byte) || (97...122).contains(byte | 0x20)
    }
    guard isWord, !text.isEmpty else { return nil }
    metric = Metric(text)
  }

  var description: String { metric.rawValue }
}

/// Which labels of Prometheus or dimensions of CloudWatch say what a series is about.
package struct LabelRule: FleetPart, Hashable {
  package var service: [String]?
  package var resource: [String]?
  package var ignore: [String]?

  package init() {}

  package static let about = "Which labels of Prometheus or dimensions of CloudWatch say what a series is about."

  package static let keys: [FleetKey<LabelRule>] = [
    FleetKey(
      "service", \.service, "Those that name the service; the first that a series has is it.",
      absent: "the built-in ones"),
    FleetKey(
      "resource", \.resource, "Those that name the resource; the first that a series has is it.",
      absent: "the built-in ones"),
    FleetKey("ignore", \.ignore, "Those that tell no series from another.", absent: "the built-in ones"),
  ]

  package init(service: [String]? = nil, resource: [String]? = nil, ignore: [String]? = nil) {
    self.service = service
    self.resource = resource
    self.ignore = ignore
  }
}
