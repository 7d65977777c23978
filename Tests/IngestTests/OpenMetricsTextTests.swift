import Ingest
import Testing

@Suite struct OpenMetricsTextTests {
  private func read(_ text: String, badRowLimit: Int = 0) throws -> SampleBatch {
    try batch(OpenMetricsText.self, text, badRowLimit: badRowLimit)
  }

  @Test("The example: a counter with an exemplar, and a gauge")
  func example() throws {
    let batch = try read(OpenMetricsText.example)
    #expect(recognises(OpenMetricsText.self, OpenMetricsText.example))
    #expect(
      batch.summary == [
        "http_requests_total@1790827200=1027/0", "http_requests_total@1790827260=1043/0", "node_load1@1790827200=25/2",
      ])
    #expect(batch.newKeys[0].labels == [.init("instance", "web-1:9100"), .init("path", "/\"a\"")])
    #expect(batch.newKeys.map(\.isCounter) == [true, false])
    #expect(batch.timestamps.epochSeconds == 3 && batch.timestamps.fractions == 1 && batch.lines == 7)
  }

  @Test("A name among the labels is the metric's, as in a dump of promtool; two names are none")
  func dump() throws {
    let text = """
      {__name__="cpu_percent", instance="i-1", job="web"} 41 1790812800000
      {__name__="memory_percent", instance="i-1", job="web"} 80 1790812800000
      same{__name__="same"} 1 1790812800000

      """
    let batch = try read(text)
    #expect(recognises(OpenMetricsText.self, text))
    #expect(batch.newKeys.map(\.metric) == ["cpu_percent", "memory_percent", "same"])
    #expect(batch.newKeys[0].labels == [.init("instance", "i-1"), .init("job", "web")])
    #expect(try read("a{__name__=\"b\"} 1 1790812800000\n", badRowLimit: 1).badRows.count == 1)
  }

  @Test("Classic text: milliseconds, blank lines, comments, a counter under its own name, CRLF")
  func classic() throws {
    let text =
      "# a comment\r\n\r\n# TYPE a_total counter\r\na_total { x = \"1\" , } 5 1790827200000\r\nb 1e3 1790827200\r\n"
    let batch = try read(text)
    #expect(recognises(OpenMetricsText.self, text))
    #expect(batch.summary == ["a_total@1790827200=5/0", "b@1790827200=1000/0"])
    #expect(batch.newKeys[0] == SourceKey(metric: "a_total", labels: [.init("x", "1")], isCounter: true))
    #expect(batch.newKeys[1].isCounter == nil && batch.timestamps.epochMilliseconds == 1)
  }

  @Test(
    "Buckets, counts and sums of histograms and summaries are counters",
    arguments: [
      ("h_bucket{le=\"1\"}", true), ("h_count", true), ("h_sum", true), ("h_created", false), ("s_count", true),
      ("s{quantile=\"0.9\"}", false), ("g_sum", nil), ("u", nil),
    ] as [(String, Bool?)])
  func counters(series: String, isCounter: Bool?) throws {
    let types = "# TYPE h histogram\n# TYPE s summary\n# TYPE u unknown\n# UNIT h seconds\n"
    let key = try #require(try read("\(types)\(series) 1 1790827200\n").newKeys.first)
    #expect(key.isCounter == isCounter && key.unit == (series.hasPrefix("h") ? "seconds" : nil))
  }

  @Test("Escapes in labels, braces in quotes, and names in quotes")
  func labels() throws {
    let batch = try read(#"{"my.name",a="x\n\\\"}"} 1 1790827200"#)
    #expect(batch.newKeys == [SourceKey(metric: "my.name", labels: [.init("a", "x\n\\\"}")])])
  }

  @Test("Go's spelling of a timestamp as a float")
  func exponent() throws {
    #expect(try read("up 1 1.790827200781e+09").summary == ["up@1790827200=1/0"])
  }

  @Test(
    "What is no sample is a bad row",
    arguments: [
      ("up 1", "no timestamp"), ("up 1 # {a=\"b\"} 1", "no timestamp"), ("up", "\"up\""), ("up{a=\"b\" 1 2", nil),
      ("up +Inf 1790827200", "\"+Inf\""), ("up x 1790827200", "\"x\""), ("up 1 -5", "\"-5\""),
      ("up 1 2026-10-01", "\"2026-10-01\""), ("up 1 1790827200 3", nil), ("up{a=1} 1 1790827200", "\"up{a=1}\""),
      ("up{=\"b\"} 1 1790827200", nil), ("{} 1 1790827200", "\"{}\""),
    ] as [(String, String?)])
  func badRow(line: String, found: String?) throws {
    let batch = try read("a 1 1790827200\n\(line)\nb 2 1790827200\n", badRowLimit: 1)
    #expect(batch.badRows.map(\.line) == [1] && batch.badRows.first?.text == line)
    if let found { #expect(batch.badRows.first?.found == found) }
    #expect(batch.summary == ["a@1790827200=1/0", "b@1790827200=2/0"])
  }

  @Test("NaN is a gap, and nothing may stand behind the end")
  func gapsAndEnd() throws {
    let batch = try read("up NaN 1790827200\n# EOF\n\nup 1 1790827200\n")
    #expect(batch.notMeasured == 1 && batch.badRows.map(\.line) == [3] && batch.samples.isEmpty)
  }

  @Test("CSV and JSON are not taken for it")
  func others() {
    for text in ["timestamp,service,value\n", "{\"a\": 1}", "[1, 2]", "# note\ntimestamp,cpu\n", ""] {
      #expect(!recognises(OpenMetricsText.self, text))
    }
    #expect(recognises(OpenMetricsText.self, "up{job=\"a\"} 1 1790827200\n"))
  }

  @Test("Mutated examples never trap")
  func mutations() throws { try expectNoTrap(OpenMetricsText.self) }
}
