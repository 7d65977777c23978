import Model
import Reading

/// What `aws cloudwatch get-metric-statistics` prints: `{"Label", "Datapoints": [{"Timestamp", "Average", "Unit"}]}`.
///
/// Each statistic is a series: the average is called as the label says, any other has its name behind,
/// `CPUUtilization Maximum`. The resource is not in the file. A data point is a row: all of its statistics are read, or
/// none. Data points that stand before the label are held until it is read. Source: AWS CLI reference, `get-metric-statistics`.
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
    JSONDocumentParser(options) { document in try document.metricStatistics() }
  }
}

/// The statistics of a document so far, known by their names and units.
private struct StatisticSeries {
  private(set) var all: [(name: String, unit: String?)] = []

  mutating func index(_ name: JSONValue, _ unit: JSONValue, in scanner: JSONScanner) -> UInt32 {
    let known = all.firstIndex {
      $0.name.isText(of: name, in: scanner) && ($0.unit ?? "").isText(of: unit, in: scanner)
    }
    if let known { return UInt32(known) }
    all.append((scanner.text(name), unit.kind == .string ? scanner.text(unit) : nil))
    return UInt32(all.count - 1)
  }

  func keys(label: String?) -> [SourceKey] {
    all.map { name, unit in
      SourceKey(metric: cloudWatchMetric(label, statistic: name), unit: unit, isCounter: false)
    }
  }
}

/// One data point.
private struct Datapoint {
  var element = 0..<0
  var time = JSONValue.missing
  var unit = JSONValue.missing
  var statistics: [(name: JSONValue, value: JSONValue)] = []
}

extension JSONDocument {
  fileprivate mutating func metricStatistics() throws {
    var series = StatisticSeries()
    // The second is whether it was read, for it may be nothing.
    var label: (text: String?, isKnown: Bool) = (nil, false)
    var members: Set<String> = []
    try stream.enterObject()
    while let key = try stream.nextKey(once: &members) {
      switch key {
      case "Datapoints":
        try stream.enterArray()
        while let point = try stream.advance({ scanner throws(JSONStop) in try scanner.nextDatapoint() }) {
          try add(point, to: &series)
          guard label.isKnown, isFull else { continue }
          number(by: series.keys(label: label.text))
          try handOn()
        }
      case "Label":
        let value = try stream.value()
        label = (value.kind == .string ? scanner.text(value) : nil, true)
      default: try stream.skip()
      }
    }
    number(by: series.keys(label: label.text))
  }

  private mutating func add(_ point: Datapoint, to series: inout StatisticSeries) throws {
    let scanner = scanner
    guard !point.statistics.isEmpty else {
      return try refuse(point.element, found: "no statistic", expected: "an Average or another statistic")
    }
    guard let timestamp = scanner.timestamp(point.time) else {
      return try refuse(
        point.element, found: scanner.quoted(point.time, or: "no Timestamp"),
        expected: scanner.expectedTime(inPlaceOf: point.time))
    }
    if let wrong = point.statistics.first(where: { scanner.isWrong($0.value) })?.value {
      return try refuse(
        point.element, found: scanner.quoted(wrong), expected: expectedNumber(inPlaceOf: scanner.span(wrong)))
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
}

extension JSONScanner {
  /// The next of a list of data points; nil behind the last.
  fileprivate mutating func nextDatapoint() throws(JSONStop) -> Datapoint? {
    guard try nextElement() else { return nil }
    _ = next()
    let start = position
    var point = Datapoint()
    var keys = SeenKeys()
    try enterObject()
    while let key = try nextKey(once: &keys) {
      if equals(key, "Timestamp") {
        point.time = try value()
      } else if equals(key, "Unit") {
        point.unit = try value()
      } else if equals(key, "ExtendedStatistics"), next() == UInt8(ascii: "{") {
        var keys = SeenKeys()
        try enterObject()
        while let name = try nextKey(once: &keys) { point.statistics.append((name, try value())) }
      } else {
        point.statistics.append((key, try value()))
      }
    }
    point.element = start..<position
    return point
  }

  fileprivate func isWrong(_ value: JSONValue) -> Bool {
    if case .wrong = measurement(value) { return true }
    return false
  }
}

extension String {
  /// True for the text of a value; a value that is no string has none.
  fileprivate func isText(of value: JSONValue, in scanner: JSONScanner) -> Bool {
    guard value.kind == .string else { return isEmpty }
    return value.hasEscapes ? self == scanner.text(value) : utf8.elementsEqual(scanner.span(value))
  }
}
