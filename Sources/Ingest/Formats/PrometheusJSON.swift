import Model
import Reading

/// JSON of Prometheus: the answer to a range or an instant query, and remote read written as JSON.
///
/// `{"status", "data": {"resultType", "result": [...]}}` (Prometheus, "HTTP API"), what is under its `data` or
/// `result` alone, or `{"timeseries": [{"labels", "samples": [{"timestamp", "value"}]}]}` (prompb `WriteRequest`).
/// The metric is `__name__`, all other labels are kept. A value `NaN` is a gap. Native histograms are bad rows.
/// `warnings`, `infos` and `isPartial` are told.
package struct PrometheusJSON: UtilisationFormat {
  package static let name = "prometheus-json"
  package static let outline = "JSON of a Prometheus query or of remote read"
  package static let example = """
    {"status": "success", "data": {"resultType": "matrix", "result": [
      {"metric": {"__name__": "node_load1", "instance": "web-1:9100"},
       "values": [[1790827200, "0.25"], [1790827260.5, "1.75"]]},
      {"metric": {"__name__": "node_load1", "instance": "web-2:9100"},
       "values": [[1790827200, "NaN"], [1790827260, "1e-05"]]}
    ]}}

    """

  package static func recognises(_ start: FileStart) -> Bool {
    guard start.startsObject || start.startsArray else { return false }
    if start.startsArray { return start.hasKey("metric") && (start.hasKey("values") || start.hasKey("value")) }
    return start.hasKey("resultType") || start.hasKey("timeseries")
      || (start.hasKey("result") && start.hasKey("metric"))
      || (start.hasKey("status") && start.hasKey("errorType"))
  }

  package static func parser(for start: FileStart, _ options: ReadOptions) throws(DataError) -> any SampleParser {
    JSONDocumentParser(options, holdsOthers: true) { (document) throws(JSONStop) in try document.prometheusAnswer() }
  }
}

extension JSONDocument {
  fileprivate mutating func prometheusAnswer() throws(JSONStop) {
    if scanner.next() == UInt8(ascii: "[") { return try prometheusSeriesList() }
    let start = scanner.position
    var hasResult = false
    var error = JSONValue.missing
    var keys = SeenKeys()
    try scanner.enterObject()
    while let key = try scanner.nextKey(once: &keys) {
      if scanner.equals(key, "error") {
        error = try scanner.value()
      } else if scanner.equals(key, "data"), scanner.next() == UInt8(ascii: "{") {
        var keys = SeenKeys()
        try scanner.enterObject()
        while let key = try scanner.nextKey(once: &keys) { try prometheusMember(key, &hasResult) }
      } else {
        try prometheusMember(key, &hasResult)
      }
    }
    if error.kind == .string {
      throw .refused(
        at: error.start, found: "an error of Prometheus: \(scanner.text(error))", expected: "the result of a query")
    }
    guard hasResult else { throw .refused(at: start, found: "no result", expected: "data.result or timeseries") }
  }

  private mutating func prometheusMember(_ key: JSONValue, _ hasResult: inout Bool) throws(JSONStop) {
    if scanner.equals(key, "result") || scanner.equals(key, "timeseries") {
      hasResult = true
      try prometheusSeriesList()
    } else if scanner.equals(key, "warnings") || scanner.equals(key, "infos") {
      try prometheusRemarks(of: scanner.text(key))
    } else {
      let value = try scanner.value()
      // Thanos and VictoriaMetrics: some of their stores did not answer.
      if scanner.equals(key, "isPartial"), scanner.span(value).elementsEqual("true".utf8) {
        batch.remarks.append("the answer says of itself that it is partial (isPartial)")
      }
    }
  }

  /// What the server had to say about its answer; anything but a list of texts is passed over.
  private mutating func prometheusRemarks(of key: String) throws(JSONStop) {
    guard scanner.next() == UInt8(ascii: "[") else { return _ = try scanner.value() }
    try scanner.enterArray()
    while try scanner.nextElement() {
      let remark = try scanner.value()
      if remark.kind == .string { batch.remarks.append("\(key) of the answer: \(scanner.text(remark))") }
    }
  }

  private mutating func prometheusSeriesList() throws(JSONStop) {
    try scanner.enterArray()
    while try scanner.nextElement() {
      if scanner.next() == UInt8(ascii: "{") {
        try prometheusSeries()
      } else {
        try refuse(try scanner.value(), expected: "a series: an object with labels and samples")
      }
    }
  }

  private mutating func prometheusSeries() throws(JSONStop) {
    let first = batch.samples.count
    var key = SourceKey()
    var keys = SeenKeys()
    try scanner.enterObject()
    while let name = try scanner.nextKey(once: &keys) {
      if scanner.equals(name, "values") || scanner.equals(name, "samples") {
        try prometheusSamples()
      } else if scanner.equals(name, "value") {
        try prometheusSample()
      } else if scanner.equals(name, "metric") || scanner.equals(name, "labels") {
        try prometheusLabels(&key)
      } else if scanner.equals(name, "histograms") || scanner.equals(name, "histogram") {
        try prometheusHistograms()
      } else {
        _ = try scanner.value()
      }
    }
    key.labels.sort()
    number(samplesFrom: first, by: [key])
  }

  private mutating func prometheusSamples() throws(JSONStop) {
    guard scanner.next() == UInt8(ascii: "[") else {
      let value = try scanner.value()
      if value.kind != .null { try refuse(value, expected: "an array of samples") }
      return
    }
    try scanner.enterArray()
    while try scanner.nextElement() { try prometheusSample() }
  }

  /// `[1790827200.5, "0.25"]` or `{"timestamp": 1790827200500, "value": 0.25}`.
  private mutating func prometheusSample() throws(JSONStop) {
    switch scanner.next() {
    case UInt8(ascii: "["): try prometheusPair()
    case UInt8(ascii: "{"): try prometheusSampleObject()
    default: try refuse(try scanner.value(), expected: "a pair of a timestamp and a value")
    }
  }

  @inline(__always)
  private mutating func prometheusPair() throws(JSONStop) {
    let start = scanner.position
    var time = JSONValue.missing
    var value = JSONValue.missing
    var count = 0
    try scanner.enterArray()
    while try scanner.nextElement() {
      let part = try scanner.value()
      if count == 0 { time = part } else { value = part }
      count &+= 1
    }
    let element = start..<scanner.position
    guard count == 2 else {
      return try refuse(element, found: "\(count) values", expected: "a pair of a timestamp and a value")
    }
    try add(time, value, of: element)
  }

  private mutating func prometheusSampleObject() throws(JSONStop) {
    let start = scanner.position
    var time = JSONValue.missing
    var value = JSONValue.missing
    var keys = SeenKeys()
    try scanner.enterObject()
    while let key = try scanner.nextKey(once: &keys) {
      let part = try scanner.value()
      if scanner.equals(key, "timestamp") { time = part } else if scanner.equals(key, "value") { value = part }
    }
    try add(time, value, of: start..<scanner.position)
  }

  /// `{"job": "web"}` or `[{"name": "job", "value": "web"}]`.
  private mutating func prometheusLabels(_ key: inout SourceKey) throws(JSONStop) {
    if scanner.next() == UInt8(ascii: "[") {
      try scanner.enterArray()
      while try scanner.nextElement() { key.addPrometheusLabel(try prometheusLabel()) }
    } else {
      var keys = SeenKeys()
      try scanner.enterObject()
      while let name = try scanner.nextKey(once: &keys) {
        let value = scanner.text(try scanner.value())
        key.addPrometheusLabel(SourceKey.Label(scanner.text(name), value))
      }
    }
  }

  private mutating func prometheusLabel() throws(JSONStop) -> SourceKey.Label {
    var label = SourceKey.Label("", "")
    var keys = SeenKeys()
    try scanner.enterObject()
    while let part = try scanner.nextKey(once: &keys) {
      let text = scanner.text(try scanner.value())
      if scanner.equals(part, "name") { label.name = text }
      if scanner.equals(part, "value") { label.value = text }
    }
    return label
  }

  private mutating func prometheusHistograms() throws(JSONStop) {
    let value = try scanner.value()
    guard value.kind == .container, value.end - value.start > 2 else { return }
    try refuse(
      value.start..<value.end, found: "native histograms",
      expected: "plain samples; ask for histogram_quantile() or histogram_avg() of them")
  }
}

extension SourceKey {
  /// Takes `__name__` as the metric and anything else as a label; the caller sorts them.
  mutating func addPrometheusLabel(_ label: Label) {
    if label.name == "__name__" { metric = label.value } else { labels.append(label) }
  }
}
