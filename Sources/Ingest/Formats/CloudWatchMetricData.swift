import Model
import Reading

/// What `aws cloudwatch get-metric-data` prints: `{"MetricDataResults": [{"Id", "Label", "Timestamps", "Values"}]}`.
///
/// Each result is a series, called as its label says, else by its id; a label of two words of which the first is an
/// instance, `i-0abc CPUUtilization`, or the second a metric that is known, `orders CPUUtilization`, is that
/// instance's metric. A `NextToken`, a status other than
/// `Complete` and messages are told: the answer is not whole. Source: AWS CLI reference, `get-metric-data`.
package struct CloudWatchMetricData: UtilisationFormat {
  package static let name = "cloudwatch-metric-data"
  package static let outline = "JSON of `aws cloudwatch get-metric-data`"
  package static let example = """
    {
      "MetricDataResults": [
        {
          "Id": "m1",
          "Label": "i-0abc CPUUtilization",
          "Timestamps": ["2026-10-01T04:05:00+00:00", "2026-10-01T04:00:00+00:00"],
          "Values": [41.25, 38.5],
          "StatusCode": "Complete"
        }
      ],
      "Messages": []
    }

    """

  package static func recognises(_ start: FileStart) -> Bool {
    (start.startsObject && start.hasKey("MetricDataResults")) || isQuery(start)
  }

  /// What the command takes, which is easily mistaken for what it prints.
  private static func isQuery(_ start: FileStart) -> Bool {
    if start.startsObject { return start.hasKey("MetricDataQueries") && !start.hasKey("MetricDataResults") }
    guard start.startsArray, start.hasKey("Id") else { return false }
    return start.hasKey("MetricStat") || start.hasKey("Expression")
  }

  /// - Throws: ``DataError`` for a list of queries.
  package static func parser(for start: FileStart, _ options: ReadOptions) throws(DataError) -> any SampleParser {
    guard !isQuery(start) else {
      throw DataError(
        Place(file: start.file), found: "a list of CloudWatch queries, which holds no values",
        expected: """
          the answer to them; run `aws cloudwatch get-metric-data --metric-data-queries file://\(start.file) \
          --start-time TIME --end-time TIME` and import what it prints
          """)
    }
    return JSONDocumentParser(options, holdsOthers: true) { (document) throws(JSONStop) in try document.metricData() }
  }
}

extension JSONDocument {
  fileprivate mutating func metricData() throws(JSONStop) {
    _ = scanner.next()
    let start = scanner.position
    var hasResults = false
    var keys = SeenKeys()
    try scanner.enterObject()
    while let key = try scanner.nextKey(once: &keys) {
      if scanner.equals(key, "MetricDataResults") {
        hasResults = true
        try scanner.enterArray()
        while try scanner.nextElement() { try metricDataResult() }
        batch.remarks += batch.parts.partial.sorted { $0.key < $1.key }.map { AnswerParts.partial($0.key, $0.value) }
      } else if scanner.equals(key, "Messages") {
        try metricDataMessages(of: "the answer")
      } else {
        let value = try scanner.value()
        if scanner.equals(key, "NextToken"), value.kind == .string, value.end > value.start {
          batch.remarks.append(AnswerParts.nextPage)
          batch.parts.addPage(hasNext: true)
        }
      }
    }
    batch.parts.addPage(hasNext: false)
    guard hasResults else { throw .refused(at: start, found: "no results", expected: "MetricDataResults") }
  }

  private mutating func metricDataResult() throws(JSONStop) {
    _ = scanner.next()
    let start = scanner.position
    var label = JSONValue.missing
    var id = JSONValue.missing
    var status = JSONValue.missing
    var times: [JSONValue] = []
    var values: [JSONValue] = []
    var keys = SeenKeys()
    try scanner.enterObject()
    while let key = try scanner.nextKey(once: &keys) {
      if scanner.equals(key, "Timestamps") {
        try appendElements(to: &times)
      } else if scanner.equals(key, "Values") {
        try appendElements(to: &values)
      } else if scanner.equals(key, "Label") {
        label = try scanner.value()
      } else if scanner.equals(key, "Id") {
        id = try scanner.value()
      } else if scanner.equals(key, "StatusCode") {
        status = try scanner.value()
      } else if scanner.equals(key, "Messages") {
        try metricDataMessages(of: "a result")
      } else {
        _ = try scanner.value()
      }
    }
    note(status, of: metricDataName(label: label, id: id))
    guard times.count == values.count else {
      return try refuse(
        start..<scanner.position, found: "\(times.count) timestamps and \(values.count) values",
        expected: "a value for each timestamp")
    }
    let first = batch.samples.count
    for (time, value) in zip(times, values) { try add(time, value, of: value.start..<value.end) }
    number(samplesFrom: first, by: [metricDataKey(label: label, id: id)])
  }

  private mutating func appendElements(to values: inout [JSONValue]) throws(JSONStop) {
    try scanner.enterArray()
    while try scanner.nextElement() { values.append(try scanner.value()) }
  }

  /// Notes whether a result is whole, as its status says. What is not may go on in a later result of its name.
  private mutating func note(_ status: JSONValue, of name: String?) {
    guard status.kind == .string else { return }
    batch.parts.note(
      name ?? "a result", scanner.text(status), isComplete: scanner.equals(status, "Complete"))
  }

  /// Tells what CloudWatch had to say: `{"Code", "Value"}`, each.
  private mutating func metricDataMessages(of what: String) throws(JSONStop) {
    guard scanner.next() == UInt8(ascii: "[") else { return _ = try scanner.value() }
    try scanner.enterArray()
    while try scanner.nextElement() {
      guard scanner.next() == UInt8(ascii: "{") else {
        _ = try scanner.value()
        continue
      }
      var words: [String] = []
      try scanner.enterObject()
      while try scanner.nextKey() != nil {
        let value = try scanner.value()
        if value.kind == .string { words.append(scanner.text(value)) }
      }
      if !words.isEmpty { batch.remarks.append("message of \(what): \(words.joined(separator: ": "))") }
    }
  }

  private func metricDataName(label: JSONValue, id: JSONValue) -> String? {
    [label, id].first { $0.kind == .string && $0.end > $0.start }.map(scanner.text)
  }

  private func metricDataKey(label: JSONValue, id: JSONValue) -> SourceKey {
    let name = metricDataName(label: label, id: id)
    var key = SourceKey(metric: name, isCounter: false)
    if let words = name?.split(separator: " "), words.count == 2,
      words[0].hasPrefix("i-") || builtInNames[String(words[1])] != nil
    {
      key.resource = String(words[0])
      key.metric = String(words[1])
    }
    return key
  }
}
