import Reading

/// One object of a metric stream, as ranges of its bytes.
struct MetricStreamObject {
  var metric = JSONValue.missing
  var namespace = JSONValue.missing
  var region = JSONValue.missing
  var account = JSONValue.missing
  /// The whole object of them.
  var dimensions = JSONValue.missing
  var unit = JSONValue.missing
  var time = JSONValue.missing
  var hasValue = false
  var sum = JSONValue.missing
  var count = JSONValue.missing
  /// All of `value`, sum and count among them.
  var statistics: [(name: JSONValue, value: JSONValue)] = []

  mutating func read(_ scanner: inout JSONScanner) throws(JSONStop) {
    var keys = SeenKeys()
    try scanner.enterObject()
    while let key = try scanner.nextKey(once: &keys) {
      if scanner.equals(key, "value"), scanner.next() == UInt8(ascii: "{") {
        try readStatistics(&scanner)
      } else {
        let value = try scanner.value()
        if scanner.equals(key, "dimensions") { try scanner.checkKeys(of: value) }
        take(key, value, scanner)
      }
    }
  }

  private mutating func take(_ key: JSONValue, _ value: JSONValue, _ scanner: JSONScanner) {
    if scanner.equals(key, "metric_name") {
      metric = value
    } else if scanner.equals(key, "namespace") {
      namespace = value
    } else if scanner.equals(key, "region") {
      region = value
    } else if scanner.equals(key, "account_id") {
      account = value
    } else if scanner.equals(key, "dimensions") {
      dimensions = value
    } else if scanner.equals(key, "unit") {
      unit = value
    } else if scanner.equals(key, "timestamp") {
      time = value
    }
  }

  private mutating func readStatistics(_ scanner: inout JSONScanner) throws(JSONStop) {
    hasValue = true
    var keys = SeenKeys()
    try scanner.enterObject()
    while let name = try scanner.nextKey(once: &keys) {
      let value = try scanner.value()
      if scanner.equals(name, "sum") { sum = value } else if scanner.equals(name, "count") { count = value }
      statistics.append((name, value))
    }
  }

  /// The key of the object without a statistic: its metric is the plain name.
  func key(_ scanner: JSONScanner) -> SourceKey {
    var key = SourceKey(metric: text(metric, scanner), unit: text(unit, scanner), isCounter: false)
    let dimensions = dimensionLabels(scanner)
    if dimensions.count == 1, cloudWatchResourceDimensions.contains(dimensions[0].name) {
      key.resource = dimensions[0].value
    }
    key.labels = dimensions
    for (name, value) in [("namespace", namespace), ("region", region), ("account_id", account)] {
      if let value = text(value, scanner) { key.labels.append(SourceKey.Label(name, value)) }
    }
    key.labels.sort()
    return key
  }

  private func text(_ value: JSONValue, _ scanner: JSONScanner) -> String? {
    value.kind == .string || value.kind == .number ? scanner.text(value) : nil
  }

  /// The dimensions; none when they are no object. They were passed once, so they are JSON.
  private func dimensionLabels(_ scanner: JSONScanner) -> [SourceKey.Label] {
    var labels: [SourceKey.Label] = []
    guard dimensions.kind == .container, scanner.bytes[dimensions.start] == UInt8(ascii: "{") else { return [] }
    var part = JSONScanner(scanner.bytes, from: dimensions.start)
    do throws(JSONStop) {
      try part.enterObject()
      while let name = try part.nextKey() {
        labels.append(SourceKey.Label(part.text(name), part.text(try part.value())))
      }
    } catch {
      return labels
    }
    return labels
  }
}
