import Ingest
import Model
@testable import Reading
import Testing

@Suite struct CloudWatchMetricDataTests {
  private func read(_ result: String, badRowLimit: Int = 0) throws -> SampleBatch {
    try batch(CloudWatchMetricData.self, #"{"MetricDataResults":[\#(result)]}"#, badRowLimit: badRowLimit)
  }

  @Test("The example: a label of an instance and its metric, unordered")
  func example() throws {
    let batch = try batch(CloudWatchMetricData.self, CloudWatchMetricData.example)
    #expect(recognises(CloudWatchMetricData.self, CloudWatchMetricData.example))
    #expect(batch.summary == ["CPUUtilization@1790827500=4125/2", "CPUUtilization@1790827200=385/1"])
    #expect(batch.newKeys == [SourceKey(resource: "i-0abc", metric: "CPUUtilization", isCounter: false)])
  }

  @Test(
    "A series is called by its label, else by its id",
    arguments: [
      (#""Label":"Avg Total IOPS","Id":"m3""#, "Avg Total IOPS"), (#""Id":"m3""#, "m3"),
      (#""Id":"m3","Label":"""#, "m3"),
    ])
  func names(members: String, metric: String) throws {
    let batch = try read("{\"Values\":[1],\(members),\"Timestamps\":[1790827200.0]}")
    #expect(batch.newKeys == [SourceKey(metric: metric, isCounter: false)])
    #expect(batch.timestamps.epochSeconds == 1 && batch.timestamps.fractions == 0)
  }

  @Test("A series that later results of its name make whole is whole, as the command joins its pages")
  func joined() throws {
    let result = { (status: String) in
      #"{"Id":"a","Label":"i-1 CPUUtilization","Timestamps":[],"Values":[],"StatusCode":"\#(status)"}"#
    }
    let whole =
      "{\"MetricDataResults\":[\(["PartialData", "PartialData", "Complete"].map(result).joined(separator: ","))]}"
    #expect(try batch(CloudWatchMetricData.self, whole).remarks.isEmpty)
  }

  @Test("Of pages in several files it is told which part none of them has, in whichever order they are read")
  func pages() throws {
    func page(_ name: String, _ status: String, next: Bool) throws -> AnswerParts {
      let token = next ? ",\"NextToken\":\"t\"" : ""
      let result = #"{"Id":"a","Label":"\#(name)","Timestamps":[],"Values":[],"StatusCode":"\#(status)"}"#
      return try batch(CloudWatchMetricData.self, "{\"MetricDataResults\":[\(result)]\(token)}").parts
    }
    let first = try page("i-1 CPUUtilization", "PartialData", next: true)
    let last = try page("i-1 CPUUtilization", "Complete", next: false)
    #expect(AnswerParts.missing(of: [first, last]).isEmpty && AnswerParts.missing(of: [last, first]).isEmpty)
    #expect(
      AnswerParts.missing(of: [first]) == [
        "every page of the answers names another one: the last is not here",
        "i-1 CPUUtilization: PartialData, so samples may be missing",
      ])
    let other = try page("i-2 CPUUtilization", "Complete", next: false)
    #expect(
      AnswerParts.missing(of: [first, other]) == ["i-1 CPUUtilization: PartialData, so samples may be missing"])
  }

  @Test("An answer that says it is not whole is remarked on: a next page, partial data, messages")
  func remarks() throws {
    let text = """
      {"MetricDataResults":[
       {"Id":"a","Label":"i-1 CPUUtilization","Timestamps":[1790827200],"Values":[1],"StatusCode":"PartialData",
        "Messages":[{"Code":"E","Value":"too much"}]},
       {"Id":"b","Timestamps":[1790827200],"Values":[1],"StatusCode":"Complete","Messages":[]}],
       "Messages":[{"Code":"ArithmeticError","Value":"division"}],"NextToken":"abc"}
      """
    let batch = try batch(CloudWatchMetricData.self, text)
    #expect(
      batch.remarks == [
        "message of a result: E: too much", "i-1 CPUUtilization: PartialData, so samples may be missing",
        "message of the answer: ArithmeticError: division",
        "the answer has more pages (NextToken); what is on them is not in this file",
      ])
    #expect(batch.samples.count == 2)
    #expect(batch.parts.hasNext && batch.parts.partial == ["i-1 CPUUtilization": "PartialData"])
    #expect(try read(#"{"Id":"b","Timestamps":[],"Values":[],"StatusCode":"Complete"}"#).remarks.isEmpty)
  }

  @Test("Timestamps and values must agree in number")
  func counts() throws {
    let batch = try read(#"{"Id":"m1","Timestamps":[1790827200],"Values":[]}"#)
    #expect(batch.badRows.map(\.found) == ["1 timestamps and 0 values"] && batch.samples.isEmpty)
  }

  @Test("A value or timestamp that is none is a bad row; null is a gap")
  func badValues() throws {
    let result = #"{"Id":"m","Timestamps":[1790827200,"noon",1790827320,1790827380],"Values":["x",1,null,2]}"#
    let batch = try read(result, badRowLimit: 2)
    #expect(batch.badRows.map(\.found) == ["\"x\"", "\"noon\""])
    #expect(batch.summary == ["m@1790827380=2/0"] && batch.notMeasured == 1)
  }

  @Test(
    "Queries are recognised and told from their answer",
    arguments: [
      #"[{"Id":"m3","Expression":"m1/300"}]"#, #"[{"MetricStat":{"Period":300},"Id":"m1"}]"#,
      #"{"MetricDataQueries":[]}"#,
    ])
  func queries(text: String) {
    #expect(recognises(CloudWatchMetricData.self, text))
    expectFailure(
      """
      usage: found a list of CloudWatch queries, which holds no values, expected the answer to them; run \
      `aws cloudwatch get-metric-data --metric-data-queries file://usage --start-time TIME --end-time TIME` and import \
      what it prints
      """
    ) { () throws(DataError) in
      _ = try CloudWatchMetricData.parser(for: FileStart(file: "usage", bytes: Array(text.utf8)), ReadOptions())
    }
  }

  @Test("Mutated examples never trap")
  func mutations() throws { try expectNoTrap(CloudWatchMetricData.self) }
}
