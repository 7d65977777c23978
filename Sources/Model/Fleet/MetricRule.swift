/// What becomes of a metric that a source calls by a name of its own.
///
/// In a file it is the name of our metric, or a mapping with at least one of `metric`, `unit` and `counter`, or
/// `skip: true`.
package struct MetricRule: Hashable, Sendable {
  /// What we call it, known or not; nil to keep the name of the source.
  package var metric: Metric?
  /// The unit that the source measures it in, such as `KB/s`; nil for the unit the source states, or that of our metric.
  package var unit: String?
  /// True when it counts up and only its rate tells something; nil for what the source says.
  package var counter: Bool?
  /// True when it is left out; nil for `false`.
  package var skip: Bool

  package init(_ metric: Metric? = nil, unit: String? = nil, counter: Bool? = nil, skip: Bool = false) {
    self.metric = metric
    self.unit = unit
    self.counter = counter
    self.skip = skip
  }
}

extension MetricRule: Decodable {
  private enum CodingKeys: String, CodingKey { case metric, unit, counter, skip }

  package init(from decoder: any Decoder) throws {
    let single = try decoder.singleValueContainer()
    if (try? single.decode(String.self)) != nil {
      self.init(try single.decode(MetricName.self).metric)
      return
    }
    let container = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      try container.decodeIfPresent(MetricName.self, forKey: .metric)?.metric,
      unit: try container.decodeIfPresent(String.self, forKey: .unit),
      counter: try container.decodeIfPresent(Bool.self, forKey: .counter),
      skip: try container.decodeIfPresent(Bool.self, forKey: .skip) ?? false)
    let says = metric != nil || unit != nil || counter != nil
    guard says != skip else {
      throw DecodingError.dataCorrupted(
        DecodingError.Context(
          codingPath: decoder.codingPath,
          debugDescription: "at least one of metric, unit and counter, or \"skip: true\" alone"))
    }
  }
}

/// A name that may be given to a metric.
private struct MetricName: TextDecodable {
  static let expectation = "the name of a metric: letters, digits and _"
  let metric: Metric

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
package struct LabelRule: Decodable, Hashable, Sendable {
  /// Those that name the service; the first that a series has is it. nil for the built-in ones.
  package var service: [String]?
  /// Those that name the resource; the first that a series has is it. nil for the built-in ones.
  package var resource: [String]?
  /// Those that tell no series from another; nil for the built-in ones.
  package var ignore: [String]?

  package init(service: [String]? = nil, resource: [String]? = nil, ignore: [String]? = nil) {
    self.service = service
    self.resource = resource
    self.ignore = ignore
  }
}
