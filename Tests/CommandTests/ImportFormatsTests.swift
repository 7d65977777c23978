import Foundation
import Testing

/// Each format of utilisation through the command: recognised, named by `--layout`, from gzip and from standard input.
@Suite struct ImportFormatsTests {
  /// A file, and what it makes of an empty store.
  struct Case: CustomTestStringConvertible, Sendable {
    var layout: String
    var text: String
    /// What the file does not say.
    var options: [String] = []
    /// Lines behind the first, which says how many samples were added.
    var notes: [String] = []
    var added: Int
    var content: [String]

    var testDescription: String { layout }
  }

  private static let cpu = twoSamplesContent[0]
  private static let seconds = "  timestamps were taken as epoch seconds"
  private static let milliseconds = "  timestamps were taken as epoch milliseconds"
  private static let renamedCPU = "  renamed: CPUUtilization to cpu_percent"

  // 1790812800 is 2026-10-01T00:00:00Z.
  static let cases = [
    // Columns in any order, one that is passed over, a quoted separator, and 02:05 two hours ahead of UTC.
    Case(
      layout: "long-csv",
      text: """
        value,metric,resource,note,timestamp
        42.5,cpu_percent,i-1,"first, of two",2026-10-01T00:00:00Z
        43,cpu_percent,i-1,,2026-10-01T02:05:00+02:00

        """,
      options: ["--service", "web"], added: 2, content: [cpu]),
    // A byte order mark, line ends of Windows, and an empty cell, which is a gap.
    Case(
      layout: "wide-csv",
      text: "\u{FEFF}timestamp,service,resource,cpu_percent,memory_percent\r\n"
        + "2026-10-01T00:00:00Z,web,i-1,42.5,\"61\"\r\n2026-10-01T00:05:00Z,web,i-1,,61.2\r\n",
      added: 3,
      content: [
        "web/i-1 cpu_percent: 1 from 2026-10-01T00:00:00Z, p50 42.5, max 42.5",
        "web/i-1 memory_percent: 2 from 2026-10-01T00:00:00Z, p50 61, max 61.2",
      ]),
    Case(
      layout: "two-column-csv", text: "1790812800000,42.5\n1790813100000,43\n",
      options: ["--service", "web", "--resource", "i-1", "--metric", "cpu_percent"], notes: [milliseconds], added: 2,
      content: [cpu]),
    // 125 KB/s are 125,000 bytes x 8 = 1 Mbit/s. 1376314846 is 2013-08-12T13:40:46Z.
    Case(
      layout: "bitbrains",
      text: "Timestamp [ms];\tCPU cores;\tCPU usage [%];\tNetwork received throughput [KB/s]\n"
        + "1376314846;\t4;\t93.2;\t125\n1376315146;\t4;\t94.5;\t0.0\n",
      options: ["--service", "web", "--resource", "i-1"],
      notes: [
        seconds,
        "  renamed: CPU usage [%] to cpu_percent, Network received throughput [KB/s] to network_in_mbps",
        "  kept, but unknown to analysis: CPU cores (1 series)",
      ], added: 6,
      content: [
        "web/i-1 CPU cores: 2 from 2013-08-12T13:40:46Z, p50 4, max 4",
        "web/i-1 cpu_percent: 2 from 2013-08-12T13:40:46Z, p50 93.2, max 94.5",
        "web/i-1 network_in_mbps: 2 from 2013-08-12T13:40:46Z, p50 0, max 1",
      ]),
    // Newest first, as AWS answers.
    Case(
      layout: "cloudwatch-metric-data",
      text: """
        {"MetricDataResults": [{
          "Id": "m1", "Label": "CPUUtilization", "StatusCode": "Complete", "Values": [43, 42.5],
          "Timestamps": ["2026-10-01T00:05:00+00:00", "2026-10-01T00:00:00+00:00"]
        }]}
        """,
      options: ["--service", "web", "--resource", "i-1"], notes: [renamedCPU], added: 2, content: [cpu]),
    Case(
      layout: "cloudwatch-metric-statistics",
      text: """
        {"Label": "CPUUtilization", "Datapoints": [
          {"Timestamp": "2026-10-01T00:05:00+00:00", "Average": 43, "Maximum": 97.5, "Unit": "Percent"},
          {"Timestamp": "2026-10-01T00:00:00+00:00", "Average": 42.5, "Unit": "Percent"}
        ]}
        """,
      options: ["--service", "web", "--resource", "i-1"],
      notes: [renamedCPU + ", CPUUtilization Maximum to cpu_max_percent"], added: 3,
      content: ["web/i-1 cpu_max_percent: 1 from 2026-10-01T00:05:00Z, p50 97.5, max 97.5", cpu]),
    // The later count falls from 1200 to 600, a reset, so it grew by 600. (1200 - 900) / 300 s = 1, 600 / 300 s = 2.
    Case(
      layout: "prometheus-json",
      text: """
        {"status": "success", "data": {"resultType": "matrix", "result": [
          {"metric": {"__name__": "cpu_percent", "instance": "i-1", "job": "web"},
           "values": [[1790812800, "42.5"], [1790813100, "43"]]},
          {"metric": {"__name__": "bytes_total", "instance": "i-1", "job": "web"},
           "values": [[1790812800, "900"], [1790813100, "1200"], [1790813400, "600"]]}
        ]}}
        """,
      notes: [
        seconds, "  renamed: bytes_total to bytes_per_second",
        "  counters as rates: bytes_total (1 series, 1 reset)",
        "  kept, but unknown to analysis: bytes_per_second (1 series; did you mean reads_per_second?)",
      ], added: 4,
      content: ["web/i-1 bytes_per_second: 2 from 2026-10-01T00:00:00Z, p50 1, max 2", cpu]),
    // Remote read, as JSON.
    Case(
      layout: "prometheus-json",
      text: """
        {"timeseries": [{
          "labels": [
            {"name": "__name__", "value": "cpu_percent"}, {"name": "instance", "value": "i-1"},
            {"name": "job", "value": "web"}
          ],
          "samples": [{"value": 42.5, "timestamp": "1790812800000"}, {"value": 43, "timestamp": "1790813100000"}]
        }]}
        """,
      notes: [milliseconds], added: 2, content: [cpu]),
    Case(
      layout: "openmetrics",
      text: """
        # TYPE cpu_percent gauge
        cpu_percent{instance="i-1",job="web"} 42.5 1790812800
        cpu_percent{instance="i-1",job="web"} 43 1790813100
        # TYPE bytes counter
        bytes_total{instance="i-1",job="web"} 900 1790812800
        bytes_total{instance="i-1",job="web"} 1200 1790813100
        # EOF

        """,
      notes: [
        seconds, "  renamed: bytes_total to bytes_per_second",
        "  counters as rates: bytes_total (1 series, 0 resets)",
        "  kept, but unknown to analysis: bytes_per_second (1 series; did you mean reads_per_second?)",
      ], added: 3, content: ["web/i-1 bytes_per_second: 1 from 2026-10-01T00:00:00Z, p50 1, max 1", cpu]),
  ]

  @Test("A file is recognised, read and described; its gzip and standard input bring nothing new", arguments: cases)
  func recognised(_ one: Case) throws {
    let workplace = try Workplace()
    try workplace.file("usage", one.text)
    let lines = try workplace.run(workplace.importing(["usage"] + one.options)).output
    #expect(lines == (["usage: \(one.added) samples added"] + one.notes).joined(separator: "\n") + "\n")
    #expect(try workplace.content() == one.content)
    let packed = try workplace.gzip("usage.gz", one.text)
    let before = workplace.bytes(workplace.store)
    for arguments in [[packed], ["-"], ["-", "--layout", one.layout]] {
      let again = try workplace.run(workplace.importing(arguments + one.options), input: packed)
      #expect(again.status == 0, "\(again.errors)")
      #expect(again.output.contains(": nothing new, all \(one.added) samples were there\n"), "\(again.output)")
    }
    #expect(workplace.bytes(workplace.store) == before)
  }

  @Test("The records of a metric stream are means and maxima by instance")
  func metricStream() throws {
    let workplace = try Workplace()
    func line(_ timestamp: Int, _ value: String) -> String {
      "{\"namespace\":\"AWS/EC2\",\"metric_name\":\"CPUUtilization\",\"dimensions\":{\"InstanceId\":\"i-1\"},\"timestamp\":\(timestamp),"
        + "\"value\":{\(value)},\"unit\":\"Percent\"}\n"
    }
    // 170 / 4 = 42.5 and 86 / 2 = 43.
    try workplace.file(
      "stream.jsonl",
      line(1_790_812_800_000, "\"count\":4.0,\"sum\":170.0,\"max\":97.5,\"min\":2.5")
        + line(1_790_813_100_000, "\"count\":2.0,\"sum\":86.0,\"max\":90.0,\"min\":0.0"))
    let lines = try workplace.imported("stream.jsonl", "--service", "web")
    #expect(lines.first == "stream.jsonl: 10 samples added")
    #expect(lines.contains(Self.renamedCPU + ", CPUUtilization Maximum to cpu_max_percent"))
    let content = try workplace.content()
    #expect(content.contains(Self.cpu))
    #expect(content.contains("web/i-1 cpu_max_percent: 2 from 2026-10-01T00:00:00Z, p50 90, max 97.5"))
  }

  @Test("Columns may stand in any order: each value keeps its own row's instant and series")
  func columnOrder() throws {
    let header = ["timestamp", "service", "resource", "metric", "value"]
    let rows = [
      ["2026-10-01T00:00:00Z", "web", "i-1", "cpu_percent", "42.5"],
      ["2026-10-01T00:00:00Z", "web", "i-2", "cpu_percent", "10"],
      ["2026-10-01T00:05:00Z", "web", "i-1", "cpu_percent", "43"],
      ["2026-10-01T00:05:00Z", "web", "i-2", "cpu_percent", "11"],
    ]
    let workplace = try Workplace()
    try workplace.file("usage.csv", ([header] + rows).map { $0.joined(separator: ",") + "\n" }.joined())
    try workplace.imported("usage.csv")
    for order in [[4, 0, 1, 2, 3], [1, 2, 3, 4, 0], [3, 4, 2, 0, 1], [2, 4, 3, 0, 1], [0, 4, 1, 2, 3]] {
      let text = ([header] + rows).map { row in order.map { row[$0] }.joined(separator: ",") + "\n" }.joined()
      try workplace.file("other.csv", text)
      #expect(
        try workplace.imported("other.csv") == ["other.csv: nothing new, all 4 samples were there"], "\(order)")
    }
  }

  @Test("Several gzip members are one file, wherever a row of it is cut")
  func members() throws {
    let workplace = try Workplace()
    let packed = try workplace.gzip("usage.csv.gz", String(twoSamples.prefix(70)), String(twoSamples.dropFirst(70)))
    #expect(try workplace.imported(packed) == ["usage.csv.gz: 2 samples added"])
    #expect(try workplace.content() == twoSamplesContent)
  }

  @Test("What is no utilisation is refused with the formats that are; a format that is named says what it misses")
  func notUtilisation() throws {
    let workplace = try Workplace()
    try workplace.imported(try workplace.file("good.csv", twoSamples))
    try workplace.file("bill.csv", "invoice,amount,currency\n1,2,USD\n")
    let run = try workplace.run(workplace.importing(["bill.csv"]))
    #expect(run.status == 65)
    #expect(
      run.firstError.hasPrefix(
        "plimsoll: bill.csv:1: found \"invoice,amount,currency\", expected samples with timestamps in one of the formats "
      ))
    for layout in Set(Self.cases.map(\.layout)) { #expect(run.firstError.contains(" \(layout)"), "\(layout)") }
    try workplace.expectRefused(
      "bill.csv", "--layout", "wide-csv",
      saying: "plimsoll: bill.csv:1: found columns invoice,amount,currency, expected a column \"timestamp\"")
    try workplace.file("empty.csv", "")
    try workplace.expectRefused("empty.csv", saying: "plimsoll: empty.csv: found an empty file, expected samples")
    try workplace.file("queries.json", "[{\"Id\": \"m1\", \"MetricStat\": {\"Period\": 300, \"Stat\": \"Average\"}}]")
    try workplace.expectRefused(
      "queries.json",
      saying:
        "plimsoll: queries.json: found a list of CloudWatch queries, which holds no values, expected the answer to them; "
        + "run `aws cloudwatch get-metric-data --metric-data-queries file://queries.json --start-time TIME --end-time "
        + "TIME` and import what it prints")
  }
}
