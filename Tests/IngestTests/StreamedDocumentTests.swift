import Foundation
import Model
import Testing

@testable import Ingest
@testable import Reading

/// JSON documents of utilisation, which are read through a window on them, in batches.
@Suite struct StreamedDocumentTests {
  /// Each with 300 samples, one of them wrong, a line each.
  private static let documents: [String] = {
    let times = (0..<300).map { 1_790_827_200 + 60 * $0 }
    let values = times.indices.map { $0 == 150 ? "\"many\"" : "\"\($0).5\"" }
    let pairs = zip(times, values).map { "[\($0), \($1)]" }.joined(separator: ",\n")
    let labels = #""metric": {"__name__": "calls", "a": "b"}"#
    let points = zip(times, values).map { "{\"Timestamp\": \($0), \"Average\": \($1), \"Maximum\": 1000}" }
    let lists = [times.map { "\($0)" }, values].map { $0.joined(separator: ",\n") }
    let statistics = "\"Datapoints\": [\(points.joined(separator: ",\n"))]"
    return [
      "{\"data\": {\"resultType\": \"matrix\", \"result\": [{\(labels), \"values\": [\(pairs)]}]}}",
      "{\"data\": {\"resultType\": \"matrix\", \"result\": [{\"values\": [\(pairs)], \(labels)}]}}",
      "{\"MetricDataResults\": [{\"Id\": \"calls\", \"Timestamps\": [\(lists[0])], \"Values\": [\(lists[1])]}]}",
      "{\"MetricDataResults\": [{\"Values\": [\(lists[1])], \"Timestamps\": [\(lists[0])], \"Id\": \"calls\"}]}",
      "{\"Label\": \"calls\", \(statistics)}", "{\(statistics), \"Label\": \"calls\"}",
    ]
  }()

  private func reader(blockSize: Int, badRowLimit: Int) -> Reader {
    var naming = SeriesNaming()
    (naming.service, naming.resource) = ("web", "i-1")
    return Reader(name: "usage.json", naming: naming, badRowLimit: badRowLimit, blockSize: blockSize)
  }

  @Test(
    "A document says the same through a window of any size, and what is wrong stands on its line", arguments: documents)
  func windows(text: String) throws {
    let whole = try reader(blockSize: 1 << 20, badRowLimit: 1).read(text)
    let line = 1 + text[..<(text.range(of: "many")?.lowerBound ?? text.startIndex)].count { $0 == "\n" }
    #expect(whole.samples.values.map(\.count).max() == 299 && whole.summary.badRows.map(\.line) == [line])
    for size in [1, 100, 1_000, 7_777] {
      let part = try reader(blockSize: size, badRowLimit: 1).read(text)
      #expect(part.samples == whole.samples && part.summary.badRows == whole.summary.badRows, "\(size)")
      #expect(part.summary.checksum == whole.summary.checksum && part.summary.byteCount == whole.summary.byteCount)
      expectFailure("usage.json:\(line): found \"many\", expected a number") {
        _ = try reader(blockSize: size, badRowLimit: 0).read(text)
      }
    }
  }

  @Test("Samples are handed on as they are read: a long series is not held, nor are many")
  func batches() throws {
    let pairs = (0..<3_000).map { "[\(1_790_827_200 + 60 * $0), \"1\"]" }.joined(separator: ",")
    let one = #"{"metric": {"__name__": "calls"}, "values": [\#(pairs)]}"#
    let text = #"{"data": {"resultType": "matrix", "result": [\#(one)]}}"#
    var most = 0
    var naming = SeriesNaming()
    (naming.service, naming.resource) = ("web", "i-1")
    var interpreter = SampleInterpreter(file: "usage.json", naming: naming, clock: nil)
    var reading = try UtilisationReading(
      ByteSource(name: "usage.json", bytes: Array(text.utf8)), layout: nil, ReadOptions(), blockSize: 1 << 10)
    let summary = try reading.read(&interpreter) { samples, _ in most = max(most, samples.count) }
    // A sixteenth of the window's bytes.
    #expect(summary.samples == 3_000 && most == 64)
  }

  @Test("A series whose labels come twice is refused, for samples between them would be of two series")
  func labelsTwice() {
    let series = #"{"metric": {"a": "1"}, "values": [[1790827200, "1"]], "labels": {"a": "2"}}"#
    expectFailure("usage.csv:2: found labels twice, expected metric or labels") {
      _ = try read("{\"resultType\": \"matrix\",\n\"result\": [\(series)]}")
    }
  }

  @Test("A log of calls is added up whatever the window, and a page of buckets of any number is not held")
  func tokens() throws {
    let calls = (0..<200).map { second in
      #"{"startTime": "2026-10-01T14:\#(10 + second / 60):\#(10 + second % 50)Z", "model": "m", "prompt_tokens": 2, "completion_tokens": 1}"#
    }
    let buckets = (0..<200).map { hour in
      #"{"start_time": \#(1_790_827_200 + 3600 * hour), "results": [{"input_tokens": 3, "num_model_requests": 1, "model": "m"}]}"#
    }
    for text in [
      "[\(calls.joined(separator: ",\n"))]",
      "{\"object\": \"page\", \"data\": [\(buckets.joined(separator: ",\n"))], \"has_more\": true}",
    ] {
      let whole = try reader(blockSize: 1 << 20, badRowLimit: 0).read(text)
      #expect(!whole.samples.isEmpty)
      for size in [1, 500] {
        let part = try reader(blockSize: size, badRowLimit: 0).read(text)
        #expect(part.samples == whole.samples && part.summary.remarks == whole.summary.remarks)
      }
    }
  }

  @Test("A document that is cut short is refused at its end")
  func cutShort() {
    expectFailure("usage.csv:2: found the end of the document, expected a comma or a closing bracket") {
      _ = try read("{\"resultType\": \"matrix\",\n\"result\": [{\"metric\": {}, \"values\": [[1790827200, \"1\"]")
    }
  }
}
