import Ingest
@testable import Reading
import Testing

/// The scanner as the formats show it; it has no package interface of its own.
@Suite struct JSONScannerTests {
  private func label(_ json: String) throws -> String? {
    let text = #"{"MetricDataResults":[{"Label":"\#(json)","Timestamps":[1790827200],"Values":[1]}]}"#
    return try batch(CloudWatchMetricData.self, text).newKeys.first?.metric
  }

  @Test("Escapes are resolved, surrogate pairs too; halves of them, and what is no escape, are refused")
  func escapes() throws {
    #expect(try label(#"a\"b\\c\/d\b\f\n\r\t"#) == "a\"b\\c/d\u{8}\u{C}\n\r\t")
    // U+1F600 = D83D DE00.
    #expect(try label(#"\u0041\u00e9\ud83d\ude00"#) == "Aé😀")
    for wrong in [#"x\ud83dx"#, #"x\ude00x"#, #"x\uzzzzx"#, #"x\q"#] {
      let text = #"{"MetricDataResults":[{"Label":"\#(wrong)","Timestamps":[1790827200],"Values":[1]}]}"#
      #expect(try batch(CloudWatchMetricData.self, text).fatal?.expected == "an escape of JSON")
    }
  }

  @Test("A key may be written with escapes")
  func escapedKey() throws {
    let text = #"{"data":{"resu\u006ct":[{"metric":{},"value":[1790827200,"1"]}]}}"#
    #expect(try batch(PrometheusJSON.self, text).samples.count == 1)
  }

  @Test(
    "What is no JSON is told with its line, and leaves no samples",
    arguments: [
      ("", 0, "the end of the document", "an object"),
      ("{\"result\":[\n", 1, "the end of the document", "a value"),
      ("{\"result\":[],}", 0, "\"}\"", "a key in double quotes"),
      ("{\"result\":[]\n\n\"a\":1}", 2, "\"\"a\":1}\"", "a comma or a closing brace"),
      ("{\"result\" []}", 0, "\"[]}\"", "a colon"),
      ("{\"a\":01,\"result\":[]}", 0, "\"01,\"result\":[]}\"", "a number without leading zeros"),
      ("{\"a\":1.,\"result\":[]}", 0, "\",\"result\":[]}\"", "a digit"),
      ("{\"a\":nul}", 0, "\"nul}\"", "a value"),
      ("{\"a\":\"b\n\"}", 0, "the end of the line", "a closing quote on the same line"),
      ("{\"a\":\"b", 0, "the end of the document", "a closing quote"),
      ("{\"result\":[]}\n{}", 1, "\"{}\"", "the end of the document"),
      ("{\"a\":\u{0}}", 0, "a control character (byte 0)", "a value"),
    ])
  func syntax(text: String, line: Int, found: String, expected: String) throws {
    let fatal = try #require(try batch(PrometheusJSON.self, text).fatal)
    #expect(fatal.line == line && fatal.found == found && "\(fatal.expected)" == expected, "\(fatal)")
  }

  @Test("Samples before a syntax error are not kept")
  func nothingKept() throws {
    let text = #"{"result":[{"metric":{},"values":[[1790827200,"1"],[1790827260,"2"]]},"#
    let batch = try batch(PrometheusJSON.self, text)
    #expect(batch.fatal != nil && batch.samples.isEmpty && batch.newKeys.isEmpty)
    #expect(batch.timestamps == TimestampForms())
  }

  @Test("64 levels are read, 65 are refused")
  func depth() throws {
    // The object itself is the first.
    func nested(_ count: Int) -> String {
      "{\"a\":\(String(repeating: "[", count: count))\(String(repeating: "]", count: count)),\"result\":[]}"
    }
    #expect(try batch(PrometheusJSON.self, nested(63)).fatal == nil)
    #expect(try batch(PrometheusJSON.self, nested(64)).fatal?.expected == "at most 64 levels of arrays and objects")
    #expect(try batch(PrometheusJSON.self, nested(1_000_000)).fatal != nil)
  }
}
