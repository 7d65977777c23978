import Model
import Reading

/// The series of a metric stream so far.
///
/// An object is known by the bytes of what names it, so that no text is made of an object like one before.
struct MetricStreamCatalogue: Sendable {
  /// The series of one metric of one resource.
  private struct Entry: Sendable {
    var key: SourceKey
    /// By the stream's name of the statistic; the average has none.
    var statistics: [(name: [UInt8], series: UInt32)] = []
  }

  private var entries: [Entry] = []
  private var indices: [[UInt8]: Int] = [:]
  private var numbers = SeriesNumbers()
  private var identity: [UInt8] = []
  private var values: [(mantissa: Int64, scale: UInt8)?] = []

  init() {}

  /// Adds the samples of an object. The bad row, still without a place, when it cannot be used; nothing is added then.
  mutating func add(_ object: MetricStreamObject, of scanner: JSONScanner, to batch: inout SampleBatch) -> BadRow? {
    guard object.metric.kind == .string else {
      return bad(scanner.quoted(object.metric, or: "no metric_name"), "the name of a metric")
    }
    guard let timestamp = scanner.timestamp(object.time) else {
      return bad(scanner.quoted(object.time, or: "no timestamp"), scanner.expectedTime(inPlaceOf: object.time))
    }
    guard object.hasValue, !object.statistics.isEmpty else {
      return bad("no value", "an object of statistics")
    }
    if let wrong = readValues(object, scanner) {
      return bad(scanner.quoted(wrong), expectedNumber(inPlaceOf: scanner.span(wrong)))
    }
    batch.timestamps.count(timestamp.form)
    let entry = entryIndex(object, scanner)
    var sample = Sample(
      series: 0, seconds: timestamp.seconds, mantissa: 0, scale: 0, isLocal: timestamp.isLocal)
    func append(_ value: (mantissa: Int64, scale: UInt8), _ series: UInt32) {
      (sample.series, sample.mantissa, sample.scale) = (series, value.mantissa, value.scale)
      batch.samples.append(sample)
    }
    if object.sum.kind != .missing, object.count.kind != .missing {
      if let mean = mean(object, scanner) { append(mean, average(entry, &batch)) } else { batch.notMeasured += 1 }
    }
    for index in values.indices {
      guard let value = values[index] else {
        batch.notMeasured += 1
        continue
      }
      append(value, series(object.statistics[index].name, entry, scanner, &batch))
    }
    return nil
  }

  private func bad(_ found: String, _ expected: String) -> BadRow {
    BadRow(line: 0, found: found, expected: expected, text: "")
  }

  /// Reads the values of all statistics, nil for one that was not measured; the first that is no number.
  private mutating func readValues(_ object: MetricStreamObject, _ scanner: JSONScanner) -> JSONValue? {
    values.removeAll(keepingCapacity: true)
    for (_, value) in object.statistics {
      switch scanner.measurement(value) {
      case .measured(let mantissa, let scale): values.append((mantissa, scale))
      case .notMeasured: values.append(nil)
      case .wrong: return value
      }
    }
    return nil
  }

  private func mean(_ object: MetricStreamObject, _ scanner: JSONScanner) -> (mantissa: Int64, scale: UInt8)? {
    guard case .measured(let sum, let sumScale) = scanner.measurement(object.sum),
      case .measured(let count, let countScale) = scanner.measurement(object.count)
    else { return nil }
    return sampleMean(sum: (sum, sumScale), count: (count, countScale))
  }

  private mutating func entryIndex(_ object: MetricStreamObject, _ scanner: JSONScanner) -> Int {
    identity.removeAll(keepingCapacity: true)
    for part in [object.metric, object.namespace, object.region, object.account, object.dimensions, object.unit] {
      identity.append(contentsOf: scanner.span(part))
      // No string of JSON has a raw zero in it.
      identity.append(0)
    }
    if let index = indices[identity] { return index }
    entries.append(Entry(key: object.key(scanner)))
    indices[identity] = entries.count - 1
    return entries.count - 1
  }

  private mutating func average(_ entry: Int, _ batch: inout SampleBatch) -> UInt32 {
    if let known = entries[entry].statistics.first(where: { $0.name.isEmpty }) { return known.series }
    return newSeries([], "Average", entry, &batch)
  }

  private mutating func series(
    _ name: JSONValue, _ entry: Int, _ scanner: JSONScanner, _ batch: inout SampleBatch
  ) -> UInt32 {
    let bytes = scanner.span(name)
    if let known = entries[entry].statistics.first(where: { $0.name.elementsEqual(bytes) }), !bytes.isEmpty {
      return known.series
    }
    let text = scanner.text(name)
    let names = ["sum": "Sum", "max": "Maximum", "min": "Minimum", "count": "SampleCount"]
    return newSeries(Array(bytes), names[text] ?? text, entry, &batch)
  }

  private mutating func newSeries(
    _ name: [UInt8], _ statistic: String, _ entry: Int, _ batch: inout SampleBatch
  ) -> UInt32 {
    var key = entries[entry].key
    // A count has no unit of its own.
    if statistic == "SampleCount" { key.unit = "Count" }
    key.metric = cloudWatchMetric(key.metric, statistic: statistic)
    let number = numbers.number(of: key, in: &batch)
    entries[entry].statistics.append((name, number))
    return number
  }
}
