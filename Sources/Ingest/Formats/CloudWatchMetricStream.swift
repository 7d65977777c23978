import Model
import Reading

/// A CloudWatch metric stream in its JSON output format, as Firehose delivers it: one JSON object on each line.
///
/// An object is a row: all of its statistics are read, or none. The average, which the stream does not send, is `sum` /
/// `count` (``sampleMean(sum:count:)``) and called as the metric; the others are `CPUUtilization Maximum`, `Minimum`,
/// `Sum`, `SampleCount`, and additional ones as the stream calls them, `CPUUtilization p99`. Dimensions are labels, and
/// so are `namespace`, `region` and `account_id`, without which two series could look like one. Source: Amazon
/// CloudWatch User Guide, "CloudWatch metric stream output in JSON format".
package struct CloudWatchMetricStream: UtilisationFormat {
  package static let name = "cloudwatch-metric-stream"
  package static let outline = "JSON lines of a CloudWatch metric stream"
  package static let example = """
    {"metric_stream_name":"s","account_id":"123456789012","region":"us-east-1","namespace":"AWS/EC2",\
    "metric_name":"CPUUtilization","dimensions":{"InstanceId":"i-0abc"},"timestamp":1790827200000,\
    "value":{"count":4.0,"sum":165.0,"max":97.5,"min":2.5},"unit":"Percent"}
    {"metric_stream_name":"s","account_id":"123456789012","region":"us-east-1","namespace":"AWS/EC2",\
    "metric_name":"CPUUtilization","dimensions":{"InstanceId":"i-0abc"},"timestamp":1790827260000,\
    "value":{"count":3.0,"sum":20.0,"max":18.0,"min":0.0,"p99":17.5},"unit":"Percent"}

    """

  package static func recognises(_ start: FileStart) -> Bool {
    guard start.startsObject, !start.hasKey("resultType"), !start.hasKey("timeseries") else { return false }
    return start.hasKey("metric_stream_name") || (start.hasKey("metric_name") && start.hasKey("namespace"))
  }

  package static func parser(for start: FileStart, _ options: ReadOptions) throws(DataError) -> any SampleParser {
    CloudWatchMetricStreamParser(badRowLimit: options.badRowLimit)
  }
}

private struct CloudWatchMetricStreamParser: SampleParser {
  static let cutting = Cutting.rows
  let holdsOthers = true
  let badRowLimit: Int
  private var catalogue = MetricStreamCatalogue()

  init(badRowLimit: Int) { self.badRowLimit = badRowLimit }

  mutating func parse(_ block: Block, into batch: inout SampleBatch) {
    block.readLines(into: &batch, badRowLimit: badRowLimit) { content, line, batch in
      var scanner = JSONScanner(UnsafeBufferPointer(rebasing: content[..<line.upperBound]), from: line.lowerBound)
      // A blank line is no row.
      guard scanner.next() != 0 || scanner.position < line.upperBound else { return nil }
      var bad = row(&scanner, into: &batch)
      bad?.text = badRowText(UnsafeBufferPointer(rebasing: content[line]))
      return bad
    }
  }

  /// Reads the object of a line; the bad row, still without a place, when it cannot be used.
  private mutating func row(_ scanner: inout JSONScanner, into batch: inout SampleBatch) -> BadRow? {
    do throws(JSONStop) {
      var object = MetricStreamObject()
      try object.read(&scanner)
      try scanner.expectEnd()
      return catalogue.add(object, of: scanner, to: &batch)
    } catch {
      switch error {
      case .syntax(let position, let expected): return scanner.syntaxRow(at: position, line: 0, expected: expected)
      case .refused(_, let found, let expected):
        return BadRow(line: 0, found: found, expected: Phrase(expected), text: "")
      case .enough: return nil
      }
    }
  }
}
