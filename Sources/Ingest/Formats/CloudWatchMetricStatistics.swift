import Model
import Reading

/// What `aws cloudwatch get-metric-statistics` prints: `{"Label", "Datapoints": [{"Timestamp", "Average", "Unit"}]}`.
///
/// Each statistic is a series: the average is called as the label says, any other has its name behind,
/// `CPUUtilization Maximum`. The resource is not in the file. A data point is a row: all of its statistics are read, or
/// none. Source: AWS CLI reference, `get-metric-statistics`.
package struct CloudWatchMetricStatistics: UtilisationFormat {
  package static let name = "cloudwatch-metric-statistics"
  package static let outline = "JSON of `aws cloudwatch get-metric-statistics`"
  package static let example = """
    {
      "Label": "CPUUtilization",
      "Datapoints": [
        {"Timestamp": "2026-10-01T04:05:00+00:00", "Average": 41.25, "Maximum": 97.5, "Unit": "Percent"},
        {
          "Timestamp": "2026-10-01T04:00:00+00:00", "Average": 38.5, "Unit": "Percent",
          "ExtendedStatistics": {"p99": 96.125}
        }
      ]
    }

    """

  package static func recognises(_ start: FileStart) -> Bool { start.startsObject && start.hasKey("Datapoints") }

  package static func parser(for start: FileStart, _ options: ReadOptions) throws(DataError) -> any SampleParser {
    JSONDocumentParser(options) { (document) throws(JSONStop) in try document.metricStatistics() }
  }
}

/// The statistics of a document so far, known by the bytes of their names and units.
private struct StatisticSeries {
  private(set) var all: [(name: JSONValue, unit: JSONValue)] = []

  mutating func index(_ name: JSONValue, _ unit: JSONValue, in scanner: JSONScanner) -> UInt32 {
    let known = all.firstIndex {
      scanner.span($0.name).elementsEqual(scanner.span(name)) && scanner.span($0.unit).elementsEqual(scanner.span(unit))
    }
    if let known { return UInt32(known) }
    all.append((name, unit))
    return UInt32(all.count - 1)
  }
}

/// One data point.
private struct Datapoint {
  var time = JSONValue.missing
  var unit = JSONValue.missing
  var statistics: [(name: JSONValue, value: JSONValue)] = []
}

extension JSONDocument {
  fileprivate mutating func metricStatistics() throws(JSONStop) {
    var series = StatisticSeries()
    var label = JSONValue.missing
    let first = batch.samples.count
    var members = SeenKeys()
    try scanner.enterObject()
    while let key = try scanner.nextKey(once: &members) {
      if scanner.equals(key, "Datapoints") {
        try scanner.enterArray()
        while try scanner.nextElement() { try addDatapoint(&series) }
      } else if scanner.equals(key, "Label") {
        label = try scanner.value()
      } else {
        _ = try scanner.value()
      }
    }
    let metric = label.kind == .string ? scanner.text(label) : nil
    let keys = series.all.map { name, unit in
      SourceKey(
        metric: cloudWatchMetric(metric, statistic: scanner.text(name)),
        unit: unit.kind == .string ? scanner.text(unit) : nil, isCounter: false)
    }
    number(samplesFrom: first, by: keys)
  }

  private mutating func addDatapoint(_ series: inout StatisticSeries) throws(JSONStop) {
    _ = scanner.next()
    let start = scanner.position
    let point = try datapoint()
    let element = start..<scanner.position
    guard !point.statistics.isEmpty else {
      return try refuse(element, found: "no statistic", expected: "an Average or another statistic")
    }
    guard let timestamp = scanner.timestamp(point.time) else {
      return try refuse(
        element, found: scanner.quoted(point.time, or: "no Timestamp"),
        expected: scanner.expectedTime(inPlaceOf: point.time))
    }
    if let wrong = point.statistics.first(where: { scanner.isWrong($0.value) })?.value {
      return try refuse(element, found: scanner.quoted(wrong), expected: expectedNumber(inPlaceOf: scanner.span(wrong)))
    }
    batch.timestamps.count(timestamp.form)
    for (name, value) in point.statistics {
      let index = series.index(name, point.unit, in: scanner)
      guard case .measured(let mantissa, let scale) = scanner.measurement(value) else {
        batch.notMeasured += 1
        continue
      }
      batch.samples.append(
        Sample(
          series: index, seconds: timestamp.seconds, mantissa: mantissa, scale: scale, isLocal: timestamp.isLocal))
    }
  }

  private mutating func datapoint() throws(JSONStop) -> Datapoint {
    var point = Datapoint()
    var keys = SeenKeys()
    try scanner.enterObject()
    while let key = try scanner.nextKey(once: &keys) {
      if scanner.equals(key, "Timestamp") {
        point.time = try scanner.value()
      } else if scanner.equals(key, "Unit") {
        point.unit = try scanner.value()
      } else if scanner.equals(key, "ExtendedStatistics"), scanner.next() == UInt8(ascii: "{") {
        var keys = SeenKeys()
        try scanner.enterObject()
        while let name = try scanner.nextKey(once: &keys) { point.statistics.append((name, try scanner.value())) }
      } else {
        point.statistics.append((key, try scanner.value()))
      }
    }
    return point
  }
}

extension JSONScanner {
  fileprivate func isWrong(_ value: JSONValue) -> Bool {
    if case .wrong = measurement(value) { return true }
    return false
  }
}
