import Model
import Reading

/// OpenMetrics, or Prometheus's older text format, with a timestamp on each sample, as `promtool tsdb dump-openmetrics`
/// and exporters write it.
///
/// Timestamps are seconds, or milliseconds from 10^11 on. `# TYPE` tells what is a counter; it must stand before the
/// first sample of its family, and a file that has one ends with `# EOF`. A value `NaN` is a gap. The name may stand among the labels as `__name__`, as
/// `promtool tsdb dump` writes it. Sources: OpenMetrics 1.0; Prometheus, "Exposition formats".
package struct OpenMetricsText: UtilisationFormat {
  package static let name = "openmetrics"
  package static let outline = "OpenMetrics or Prometheus text with timestamps"
  package static let example = """
    # HELP http_requests Requests served.
    # TYPE http_requests counter
    http_requests_total{instance="web-1:9100",path="/\\"a\\""} 1027 1790827200
    http_requests_total{instance="web-1:9100",path="/\\"a\\""} 1043 1790827260.5 # {trace_id="7f"} 0.25
    # TYPE node_load1 gauge
    node_load1 0.25 1790827200
    # EOF

    """

  package static func recognises(_ start: FileStart) -> Bool {
    let lines = start.bytes.prefix(1 << 16).split(whereSeparator: { $0 == 10 || $0 == 13 })
    for line in lines {
      let text = line.drop { $0 == 32 || $0 == 9 || $0 == 0xEF || $0 == 0xBB || $0 == 0xBF }
      if text.isEmpty { continue }
      if ["# TYPE ", "# HELP ", "# UNIT ", "# EOF"].contains(where: { text.starts(with: $0.utf8) }) { return true }
      if text.first == UInt8(ascii: "#") { continue }
      return text.withUnsafeBufferPointer { isSample($0) }
    }
    return false
  }

  private static func isSample(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let first = line.first, first == UInt8(ascii: "{") || isNameByte(first),
      let sample = OpenMetricsSample(line)
    else { return false }
    let name = line[..<sample.series.upperBound].prefix { $0 != UInt8(ascii: "{") && $0 != 32 && $0 != 9 }
    let value = UnsafeBufferPointer(rebasing: line[sample.value])
    guard name.allSatisfy(isNameByte), OpenMetricsSample.key(.init(rebasing: line[sample.series])) != nil else {
      return false
    }
    return sampleDecimal(value) != nil || isNotANumber(value) || isInfinity(value)
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    (48...58).contains(byte) || (97...122).contains(byte | 0x20) || byte == UInt8(ascii: "_")
  }

  private static func isInfinity(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    ["+Inf", "-Inf", "Inf"].contains { bytes.elementsEqual($0.utf8) }
  }

  package static func parser(for start: FileStart, _ options: ReadOptions) throws(DataError) -> any SampleParser {
    OpenMetricsTextParser(badRowLimit: options.badRowLimit)
  }
}

private struct OpenMetricsTextParser: SampleParser {
  static let cutting = Cutting.rowsInOrder
  let holdsOthers = true
  let badRowLimit: Int
  private var families = MetricFamilies()
  private var numbers = SeriesNumbers()
  /// By the bytes of name and labels, so that no text is made of a series that was there before.
  private var known: [[UInt8]: UInt32] = [:]
  private var series: [UInt8] = []
  private var hasEnded = false

  init(badRowLimit: Int) { self.badRowLimit = badRowLimit }

  /// What tells types is OpenMetrics, which ends with a line that says so.
  func fault(atEnd lastByte: UInt8) -> EndFault? {
    if hasEnded { return nil }
    guard families.hasTypes else { return .ofRows(atEnd: lastByte) }
    return EndFault(found: "no # EOF", expected: "it behind the last sample; the file may have been cut short")
  }

  mutating func parse(_ block: Block, into batch: inout SampleBatch) {
    block.readLines(into: &batch, badRowLimit: badRowLimit) { content, range, batch in
      let line = trimmed(UnsafeBufferPointer(rebasing: content[range]))
      return take(line, into: &batch).map { reason in
        BadRow(line: 0, found: reason.found, expected: reason.expected, text: badRowText(line))
      }
    }
  }

  private func trimmed(_ line: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
    let isSpace: (UInt8) -> Bool = { $0 == 32 || $0 == 9 || $0 == 13 }
    guard let first = line.firstIndex(where: { !isSpace($0) }) else { return UnsafeBufferPointer(rebasing: line[..<0]) }
    let last = line.lastIndex { !isSpace($0) } ?? first
    return UnsafeBufferPointer(rebasing: line[first...last])
  }

  /// Takes a line; what is wrong with it, if anything.
  private mutating func take(
    _ line: UnsafeBufferPointer<UInt8>, into batch: inout SampleBatch
  ) -> (found: String, expected: String)? {
    guard let first = line.first else { return nil }
    if hasEnded { return ("a line behind # EOF", "nothing there; import each exposition from a file of its own") }
    if first == UInt8(ascii: "#") {
      guard firstFault(inUTF8: line) == nil else { return (foundNoUTF8, expectedUTF8) }
      if line.elementsEqual("# EOF".utf8) { hasEnded = true } else { families.take(line) }
      return nil
    }
    guard let sample = OpenMetricsSample(line) else {
      return ("\"\(badRowText(line))\"", "a name, labels in braces, a value and a timestamp")
    }
    guard let time = sample.time else {
      return ("no timestamp", "a timestamp behind the value; a scraped page has none, import what was recorded of it")
    }
    return add(line, sample, time, to: &batch)
  }

  private mutating func add(
    _ line: UnsafeBufferPointer<UInt8>, _ sample: OpenMetricsSample, _ time: Range<Int>, to batch: inout SampleBatch
  ) -> (found: String, expected: String)? {
    guard let timestamp = parseTimestamp(.init(rebasing: line[time])), timestamp.isEpoch else {
      return (quoted(line[time]), "a timestamp in seconds or milliseconds since 1970")
    }
    guard !timestamp.isTooEarly else { return (quoted(line[time]), expectedSampleTime) }
    let value = UnsafeBufferPointer(rebasing: line[sample.value])
    guard let decimal = sampleDecimal(value) else {
      guard isNotANumber(value) else { return (quoted(line[sample.value]), expectedNumber(inPlaceOf: value)) }
      batch.notMeasured += 1
      return nil
    }
    guard let number = number(UnsafeBufferPointer(rebasing: line[sample.series]), in: &batch) else {
      return (quoted(line[sample.series]), "a name and labels such as up{job=\"web\"}")
    }
    batch.timestamps.count(timestamp.form)
    batch.samples.append(
      Sample(series: number, seconds: timestamp.seconds, mantissa: decimal.mantissa, scale: decimal.scale))
    return nil
  }

  private func quoted(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> String {
    "\"\(badRowText(UnsafeBufferPointer(rebasing: bytes)))\""
  }

  private mutating func number(_ bytes: UnsafeBufferPointer<UInt8>, in batch: inout SampleBatch) -> UInt32? {
    series.removeAll(keepingCapacity: true)
    series.append(contentsOf: bytes)
    if let number = known[series] { return number }
    guard firstFault(inUTF8: bytes) == nil, var key = OpenMetricsSample.key(bytes) else { return nil }
    if let metric = key.metric {
      key.isCounter = families.isCounter(metric)
      key.unit = families.unit(metric)
    }
    let number = numbers.number(of: key, in: &batch)
    known[series] = number
    return number
  }
}

extension ParsedTimestamp {
  fileprivate var isEpoch: Bool { form != .calendar && form != .calendarFraction }
}
