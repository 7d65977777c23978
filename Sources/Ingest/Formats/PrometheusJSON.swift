import Model
import Reading

/// JSON of Prometheus: the answer to a range or an instant query, and remote read written as JSON.
///
/// `{"status", "data": {"resultType", "result": [...]}}` (Prometheus, "HTTP API"), what is under its `data` or
/// `result` alone, or `{"timeseries": [{"labels", "samples": [{"timestamp", "value"}]}]}` (prompb `WriteRequest`).
/// The metric is `__name__`, all other labels are kept. A value `NaN` is a gap. Native histograms are bad rows. Samples
/// that stand before the labels of their series are held until those are read.
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
    JSONDocumentParser(options, holdsOthers: true) { document in try document.prometheusAnswer() }
  }
}

extension JSONDocument {
  fileprivate mutating func prometheusAnswer() throws {
    if try stream.next() == UInt8(ascii: "[") { return try prometheusSeriesList() }
    let start = stream.place
    var hasResult = false
    var error: DataError?
    var keys: Set<String> = []
    try stream.enterObject()
    while let key = try stream.nextKey(once: &keys) {
      if key == "error" {
        error = try prometheusError()
      } else if key == "data", try stream.next() == UInt8(ascii: "{") {
        var keys: Set<String> = []
        try stream.enterObject()
        while let key = try stream.nextKey(once: &keys) { try prometheusMember(key, &hasResult) }
      } else {
        try prometheusMember(key, &hasResult)
      }
    }
    if let error { throw error }
    guard hasResult else { throw DataError(start, found: "no result", expected: "data.result or timeseries") }
  }

  /// What the server says went wrong; nil for anything but a text.
  private func prometheusError() throws -> DataError? {
    let (value, place) = (try stream.value(), stream.place)
    guard value.kind == .string else { return nil }
    return DataError(
      place, found: "an error of Prometheus: \(scanner.text(value))", expected: "the result of a query")
  }

  private mutating func prometheusMember(_ key: String, _ hasResult: inout Bool) throws {
    switch key {
    case "result", "timeseries":
      hasResult = true
      try prometheusSeriesList()
    case "warnings", "infos": try prometheusRemarks(of: key)
    case "isPartial":
      // Thanos and VictoriaMetrics: some of their stores did not answer.
      if try stream.value().isTrue(in: scanner) {
        batch.remarks.append("the answer says of itself that it is partial (isPartial)")
      }
    default: try stream.skip()
    }
  }

  /// What the server had to say about its answer; anything but a list of texts is passed over.
  private mutating func prometheusRemarks(of key: String) throws {
    guard try stream.next() == UInt8(ascii: "[") else { return try stream.skip() }
    try stream.enterArray()
    while try stream.nextElement() {
      let remark = try stream.value()
      if remark.kind == .string { batch.remarks.append("\(key) of the answer: \(scanner.text(remark))") }
    }
  }

  private mutating func prometheusSeriesList() throws {
    try stream.enterArray()
    while try stream.nextElement() {
      if try stream.next() == UInt8(ascii: "{") {
        try prometheusSeries()
      } else {
        try refuse(try stream.value(), expected: "a series: an object with labels and samples")
      }
    }
  }

  private mutating func prometheusSeries() throws {
    var key: SourceKey?
    var keys: Set<String> = []
    try stream.enterObject()
    while let name = try stream.nextKey(once: &keys) {
      switch name {
      case "values", "samples": try prometheusSamples(of: key)
      case "value": try prometheusSample()
      case "metric", "labels":
        guard key == nil else { throw DataError(stream.place, found: "labels twice", expected: "metric or labels") }
        key = try stream.advance { scanner throws(JSONStop) in try scanner.prometheusLabels() }
      case "histograms", "histogram": try prometheusHistograms()
      default: try stream.skip()
      }
    }
    number(by: [key ?? SourceKey()])
    try handOn()
  }

  /// - Parameter key: whose they are, where it is known yet.
  private mutating func prometheusSamples(of key: SourceKey?) throws {
    guard try stream.next() == UInt8(ascii: "[") else {
      let value = try stream.value()
      if value.kind != .null { try refuse(value, expected: "an array of samples") }
      return
    }
    try stream.enterArray()
    while let sample = try stream.advance({ scanner throws(JSONStop) in try scanner.nextPrometheusSample() }) {
      try add(sample)
      guard let key, isFull else { continue }
      number(by: [key])
      try handOn()
    }
    if let key { number(by: [key]) }
  }

  private mutating func prometheusSample() throws {
    try add(try stream.advance { scanner throws(JSONStop) in try scanner.prometheusSample() })
  }

  @inline(__always)
  private mutating func add(_ sample: PrometheusSample) throws {
    switch sample {
    case .pair(let time, let value, let element): try add(time, value, of: element)
    case .values(let count, let element):
      try refuse(element, found: "\(count) values", expected: "a pair of a timestamp and a value")
    case .other(let value): try refuse(value, expected: "a pair of a timestamp and a value")
    }
  }

  private mutating func prometheusHistograms() throws {
    let value = try stream.value()
    guard value.kind == .container, value.end - value.start > 2 else { return }
    try refuse(
      value.start..<value.end, found: "native histograms",
      expected: "plain samples; ask for histogram_quantile() or histogram_avg() of them")
  }
}

/// What stands where a sample should.
private enum PrometheusSample {
  case pair(JSONValue, JSONValue, of: Range<Int>)
  /// A list of another number of values.
  case values(Int, of: Range<Int>)
  case other(JSONValue)
}

extension JSONScanner {
  /// The next of a list of samples; nil behind the last.
  @inline(__always)
  fileprivate mutating func nextPrometheusSample() throws(JSONStop) -> PrometheusSample? {
    try nextElement() ? try prometheusSample() : nil
  }

  /// `[1790827200.5, "0.25"]` or `{"timestamp": 1790827200500, "value": 0.25}`.
  @inline(__always)
  fileprivate mutating func prometheusSample() throws(JSONStop) -> PrometheusSample {
    switch next() {
    case UInt8(ascii: "["): try prometheusPair()
    case UInt8(ascii: "{"): try prometheusSampleObject()
    default: .other(try value())
    }
  }

  @inline(__always)
  private mutating func prometheusPair() throws(JSONStop) -> PrometheusSample {
    let start = position
    var time = JSONValue.missing
    var last = JSONValue.missing
    var count = 0
    try enterArray()
    while try nextElement() {
      let part = try value()
      if count == 0 { time = part } else { last = part }
      count &+= 1
    }
    return count == 2 ? .pair(time, last, of: start..<position) : .values(count, of: start..<position)
  }

  private mutating func prometheusSampleObject() throws(JSONStop) -> PrometheusSample {
    let start = position
    var time = JSONValue.missing
    var measured = JSONValue.missing
    var keys = SeenKeys()
    try enterObject()
    while let key = try nextKey(once: &keys) {
      let part = try value()
      if equals(key, "timestamp") { time = part } else if equals(key, "value") { measured = part }
    }
    return .pair(time, measured, of: start..<position)
  }

  /// `{"job": "web"}` or `[{"name": "job", "value": "web"}]`, sorted.
  fileprivate mutating func prometheusLabels() throws(JSONStop) -> SourceKey {
    var key = SourceKey()
    if next() == UInt8(ascii: "[") {
      try enterArray()
      while try nextElement() { key.addPrometheusLabel(try prometheusLabel()) }
    } else {
      var keys = SeenKeys()
      try enterObject()
      while let name = try nextKey(once: &keys) {
        let value = text(try value())
        key.addPrometheusLabel(SourceKey.Label(text(name), value))
      }
    }
    key.labels.sort()
    return key
  }

  private mutating func prometheusLabel() throws(JSONStop) -> SourceKey.Label {
    var label = SourceKey.Label("", "")
    var keys = SeenKeys()
    try enterObject()
    while let part = try nextKey(once: &keys) {
      let text = text(try value())
      if equals(part, "name") { label.name = text }
      if equals(part, "value") { label.value = text }
    }
    return label
  }
}

extension JSONValue {
  /// True for the word `true`.
  fileprivate func isTrue(in scanner: JSONScanner) -> Bool {
    kind == .word && scanner.span(self).elementsEqual("true".utf8)
  }
}

extension SourceKey {
  /// Takes `__name__` as the metric and anything else as a label; the caller sorts them.
  mutating func addPrometheusLabel(_ label: Label) {
    if label.name == "__name__" { metric = label.value } else { labels.append(label) }
  }
}
