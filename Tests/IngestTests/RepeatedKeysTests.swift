import Ingest
import Model
import Testing

/// JSON in which a key is written twice: nobody could say which of the two values is meant.
@Suite struct RepeatedKeysTests {
  @Test(
    "A key that is written twice is refused in every JSON format of utilisation, wherever it stands",
    arguments: [
      #"{"data":{"resultType":"matrix","result":[]},"data":{"result":[]}}"#,
      #"{"data":{"resultType":"matrix","result":[],"result":[]}}"#,
      #"{"data":{"resultType":"matrix","result":[{"metric":{"a":"1","a":"2"},"values":[]}]}}"#,
      #"{"data":{"resultType":"matrix","result":[{"values":[[1790827200,"1"]],"values":[[1790827200,"2"]]}]}}"#,
      #"{"timeseries":[{"samples":[{"timestamp":1790827200500,"value":1,"value":2}]}]}"#,
      #"{"timeseries":[{"labels":[{"name":"a","name":"b","value":"c"}],"samples":[]}]}"#,
      #"{"MetricDataResults":[{"Id":"a","Values":[1],"Values":[2],"Timestamps":["2026-10-01T00:00:00Z"]}]}"#,
      #"{"MetricDataResults":[],"MetricDataResults":[]}"#,
      #"{"Label":"CPUUtilization","Datapoints":[],"Datapoints":[]}"#,
      #"{"Label":"CPUUtilization","Datapoints":[{"Timestamp":"2026-10-01T00:00:00Z","Average":1,"Average":2}]}"#,
      #"{"metric_name":"A","metric_name":"B","namespace":"n","timestamp":1790827200000,"value":{"sum":1,"count":1},"unit":"None","dimensions":{}}"#,
      #"{"metric_name":"A","namespace":"n","timestamp":1790827200000,"value":{"sum":1,"sum":2,"count":1},"unit":"None","dimensions":{}}"#,
      #"{"metric_name":"A","namespace":"n","timestamp":1790827200000,"value":{"sum":1,"count":1},"unit":"None","dimensions":{"a":"1","a":"2"}}"#,
    ])
  func utilisation(text: String) throws {
    let format = try #require(utilisationFormats.first { recognises($0, text) }, "\(text)")
    let read = try batch(format, text)
    let fault = try #require(read.fatal ?? read.badRows.first, "\(text)")
    #expect(fault.found.hasPrefix("key \"") && fault.found.hasSuffix("\" twice"), "\(fault.found)")
    #expect(read.samples.isEmpty)
  }
}
