import Model
import Reading

/// What `aws cloudwatch get-metric-data` prints: `{"MetricDataResults": [{"Id", "Label", "Timestamps", "Values"}]}`.
///
/// Each result is a series, called as its label says, else by its id; a label of two words of which the first is an
/// instance, `i-0abc CPUUtilization`, or the second a metric that is known, `orders CPUUtilization`, is that
/// instance's metric. A `NextToken`, a status other than
/// `Complete` and messages are told: the answer is not whole. One result at a time is held in memory. Source: AWS CLI reference, `get-metric-data`.
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
    return JSONDocumentParser(options, holdsOthers: true) { document in try document.metricData() }
  }
}

extension JSONDocument {
  fileprivate mutating func metricData() throws {
    _ = try stream.next()
    let start = stream.place
    var hasResults = false
    var keys: Set<String> = []
    try stream.enterObject()
    while let key = try stream.nextKey(once: &keys) {
      switch key {
      case "MetricDataResults":
        hasResults = true
        try stream.enterArray()
        while try stream.nextElement() { try metricDataResult() }
        batch.remarks += parts.partial.sorted { $0.key < $1.key }.map { AnswerParts.partial($0.key, $0.value) }
      case "Messages": try metricDataMessages(of: "the answer")
      case "NextToken":
        let value = try stream.value()
        guard value.kind == .string, value.end > value.start else { continue }
        batch.remarks.append(AnswerParts.nextPage)
        parts.addPage(hasNext: true)
      default: try stream.skip()
      }
    }
    parts.addPage(hasNext: false)
    guard hasResults else { throw DataError(start, found: "no results", expected: "MetricDataResults") }
  }

  private mutating func metricDataResult() throws {
    let element = try DocumentElement(startingIn: stream)
    var result = MetricDataResult()
    var keys: Set<String> = []
    try stream.enterObject()
    while let key = try stream.nextKey(once: &keys) {
      switch key {
      case "Timestamps": try metricDataTimes(&result)
      case "Values": try metricDataValues(&result)
      case "Label": result.label = try metricDataText()
      case "Id": result.id = try metricDataText()
      case "StatusCode": result.status = try metricDataText()
      case "Messages": try metricDataMessages(of: "a result")
      default: try stream.skip()
      }
    }
    // What is not whole may go on in a later result of its name.
    if let status = result.status { parts.note(result.name ?? "a result", status, isComplete: status == "Complete") }
    if let count = result.disagreement {
      try refuse(element.ending(in: stream), found: count, expected: "a value for each timestamp")
    } else {
      try add(result)
    }
    try handOn()
  }

  /// A text; nil for anything else.
  private func metricDataText() throws -> String? {
    let value = try stream.value()
    return value.kind == .string ? scanner.text(value) : nil
  }

  private func metricDataTimes(_ result: inout MetricDataResult) throws {
    try stream.enterArray()
    while let value = try stream.nextValue() {
      let scanner = scanner
      if let time = scanner.timestamp(value) {
        result.times.append(time)
      } else {
        result.wrongTimes[result.times.count] = wrong(
          value, found: scanner.quoted(value, or: "no timestamp"), expected: scanner.expectedTime(inPlaceOf: value))
        result.times.append(ParsedTimestamp(seconds: 0, isLocal: false, form: .calendar))
      }
    }
  }

  private func metricDataValues(_ result: inout MetricDataResult) throws {
    try stream.enterArray()
    while let value = try stream.nextValue() {
      let scanner = scanner
      let measurement = scanner.measurement(value)
      if case .wrong = measurement {
        result.wrongValues[result.values.count] = wrong(
          value, found: scanner.quoted(value, or: "no value"), expected: scanner.expectedNumber(value))
      }
      result.values.append(measurement)
    }
  }

  /// Adds the samples of a result, or bad rows.
  private mutating func add(_ result: MetricDataResult) throws {
    for (index, (time, value)) in zip(result.times, result.values).enumerated() {
      if let wrong = result.wrongTimes[index] ?? result.wrongValues[index] {
        try refuse(wrong)
      } else if case .measured(let mantissa, let scale) = value {
        append(time, mantissa, scale)
      } else {
        batch.notMeasured += 1
      }
    }
    number(by: [result.key])
  }

  /// Tells what CloudWatch had to say: `{"Code", "Value"}`, each.
  private mutating func metricDataMessages(of what: String) throws {
    guard try stream.next() == UInt8(ascii: "[") else { return try stream.skip() }
    try stream.enterArray()
    while try stream.nextElement() {
      let words = try stream.node().members.compactMap { member -> String? in
        if case .string(let text) = member.value.content { text } else { nil }
      }
      if !words.isEmpty { batch.remarks.append("message of \(what): \(words.joined(separator: ": "))") }
    }
  }
}

/// One result, whose times and values stand in lists of their own.
private struct MetricDataResult {
  var label: String?
  var id: String?
  var status: String?
  var times: [ParsedTimestamp] = []
  var values: [JSONMeasurement] = []
  /// By the index of what is wrong.
  var wrongTimes: [Int: WrongElement] = [:]
  var wrongValues: [Int: WrongElement] = [:]

  /// How many there are of each, where that is not the same.
  var disagreement: String? {
    times.count == values.count ? nil : "\(times.count) timestamps and \(values.count) values"
  }

  var name: String? { [label, id].lazy.compactMap(\.self).first { !$0.isEmpty } }

  var key: SourceKey {
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
