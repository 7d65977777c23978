import Ingest
import Testing

@Suite struct PrometheusJSONTests {
  private func read(_ series: String, badRowLimit: Int = 0) throws -> SampleBatch {
    try batch(PrometheusJSON.self, #"{"status":"success","data":{"result":[\#(series)]}}"#, badRowLimit: badRowLimit)
  }

  @Test("An answer that says it is not whole is remarked on: warnings, infos, isPartial")
  func remarks() throws {
    let result = #""data":{"result":[{"metric":{"__name__":"a"},"values":[[1790827200,"1"]]}]}"#
    for (members, remarks) in [
      (#""isPartial":true,"#, ["the answer says of itself that it is partial (isPartial)"]),
      (#""isPartial":false,"warnings":[],"#, []),
      (
        #""warnings":["one store did not answer"],"infos":["x"],"#,
        ["warnings of the answer: one store did not answer", "infos of the answer: x"]
      ),
    ] {
      let batch = try batch(PrometheusJSON.self, #"{"status":"success",\#(members)\#(result)}"#)
      #expect(batch.remarks == remarks && batch.samples.count == 1)
    }
  }

  @Test("The answer to a range query, with gaps, fractions and labels")
  func example() throws {
    let batch = try batch(PrometheusJSON.self, PrometheusJSON.example)
    #expect(recognises(PrometheusJSON.self, PrometheusJSON.example))
    // 1e-05 is 1 × 10^-5; the NaN of web-2 is a gap.
    #expect(
      batch.summary == [
        "node_load1@1790827200=25/2", "node_load1@1790827260=175/2", "node_load1@1790827260=1/5",
      ])
    #expect(batch.samples.map(\.series) == [0, 0, 1])
    #expect(batch.newKeys[0] == SourceKey(metric: "node_load1", labels: [.init("instance", "web-1:9100")]))
    #expect(batch.notMeasured == 1 && batch.timestamps.epochSeconds == 3 && batch.timestamps.fractions == 1)
    #expect(batch.lines == 6 && batch.badRows.isEmpty && batch.fatal == nil)
  }

  @Test("An instant query, and one without a name; labels are sorted")
  func instant() throws {
    let batch = try read(#"{"value":[1790827200,"3"],"metric":{"b":"2","a":"1"}}"#)
    #expect(batch.summary == ["-@1790827200=3/0"])
    #expect(batch.newKeys == [SourceKey(labels: [.init("a", "1"), .init("b", "2")])])
  }

  @Test("Remote read as JSON: labels as a list or an object, milliseconds, numbers and strings")
  func remoteRead() throws {
    let text = """
      {"timeseries":[{"labels":[{"name":"__name__","value":"up"},{"name":"job","value":"web"}],
        "samples":[{"timestamp":1790827200000,"value":0.5},{"value":"0.25","timestamp":"1790827260500"}]},
       {"labels":{"__name__":"down"},"samples":[]}]}
      """
    #expect(recognises(PrometheusJSON.self, text))
    let batch = try batch(PrometheusJSON.self, text)
    #expect(batch.summary == ["up@1790827200=5/1", "up@1790827260=25/2"])
    #expect(batch.newKeys == [SourceKey(metric: "up", labels: [.init("job", "web")])])
    #expect(batch.timestamps.epochMilliseconds == 2 && batch.timestamps.fractions == 1)
  }

  @Test("A series that comes twice has one number")
  func twice() throws {
    let series = #"{"metric":{"__name__":"up"},"value":[1790827200,"1"]}"#
    #expect(try read("\(series),\(series)").newKeys.count == 1)
  }

  @Test(
    "What is no sample is a bad row with its line",
    arguments: [
      (#"[1790827200,"+Inf"]"#, #""+Inf""#, "a number"),
      (#"[1790827200,"1e99"]"#, #""1e99""#, "a number of at most 18 digits and 40 decimals"),
      (#"[1790827200]"#, "1 values", "a pair of a timestamp and a value"),
      (#"7"#, #""7""#, "a pair of a timestamp and a value"),
      (#"["noon","1"]"#, #""noon""#, "a timestamp such as 2026-10-01T04:00:00Z, or seconds since 1970"),
      (#"{"value":1}"#, "no timestamp", "a timestamp such as 2026-10-01T04:00:00Z, or seconds since 1970"),
      (#"{"timestamp":1790827200}"#, "no value", "a number"),
    ])
  func badRow(sample: String, found: String, expected: String) throws {
    let series = "{\"metric\":{},\"values\":[[1790827200,\"1\"],\n\(sample),\n[1790827260,\"2\"]]}"
    let batch = try read(series, badRowLimit: 1)
    #expect(batch.badRows == [BadRow(line: 1, found: found, expected: expected, text: sample)])
    #expect(batch.samples.count == 2)
  }

  @Test("After one bad row more than may be the rest is left")
  func limit() throws {
    let series = #"{"metric":{},"values":[["a","1"],["b","1"],["c","1"]]}"#
    #expect(try read(series, badRowLimit: 1).badRows.count == 2)
    #expect(try read(series, badRowLimit: 9).badRows.count == 3)
  }

  @Test("Native histograms are refused")
  func histograms() throws {
    let batch = try read(#"{"metric":{},"histograms":[[1790827200,{"count":"1"}]]}"#)
    #expect(batch.badRows.map(\.found) == ["native histograms"])
    #expect(try read(#"{"metric":{},"histograms":[]}"#).badRows.isEmpty)
  }

  @Test("The error of a query is passed on; a document without a result has none")
  func failures() throws {
    let text = #"{"status":"error","errorType":"bad_data","error":"parse error at char 3"}"#
    #expect(recognises(PrometheusJSON.self, text))
    #expect(try batch(PrometheusJSON.self, text).fatal?.found == "an error of Prometheus: parse error at char 3")
    #expect(try batch(PrometheusJSON.self, #"{"status":"success"}"#).fatal?.expected == "data.result or timeseries")
  }

  @Test("Mutated examples never trap")
  func mutations() throws { try expectNoTrap(PrometheusJSON.self) }
}
