import Ingest
@testable import Reading
import Testing

@Suite struct CloudWatchMetricStreamTests {
  private func line(
    value: String = #"{"count":1,"sum":2,"max":2,"min":2}"#, dimensions: String = "{}", time: String = "1790827200000"
  ) -> String {
    """
    {"namespace":"AWS/EC2","metric_name":"Load","dimensions":\(dimensions),"timestamp":\(time),"value":\(value),\
    "unit":"None"}

    """
  }
  private func read(_ text: String, badRowLimit: Int = 0) throws -> SampleBatch {
    try batch(CloudWatchMetricStream.self, text, badRowLimit: badRowLimit)
  }

  @Test("The example: average, the four statistics and a percentile")
  func example() throws {
    let batch = try read(CloudWatchMetricStream.example)
    #expect(recognises(CloudWatchMetricStream.self, CloudWatchMetricStream.example))
    // 165 / 4 = 41.25; 20 / 3 = 6.6666666667, rounded to 9 decimals.
    #expect(
      batch.summary.filter { $0.hasPrefix("CPUUtilization@") } == [
        "CPUUtilization@1790827200=4125/2", "CPUUtilization@1790827260=6666666667/9",
      ])
    let statistics = ["", " SampleCount", " Sum", " Maximum", " Minimum", " p99"]
    #expect(batch.newKeys.map(\.metric) == statistics.map { "CPUUtilization\($0)" })
    #expect(batch.samples.count == 11 && batch.timestamps.epochMilliseconds == 2 && batch.lines == 2)
    #expect(batch.newKeys[0].resource == "i-0abc" && batch.newKeys[0].unit == "Percent")
    #expect(batch.newKeys[0].labels.map(\.name) == ["InstanceId", "account_id", "namespace", "region"])
  }

  @Test(
    "The average is exact where it ends, else rounded half-even",
    arguments: [
      ("1", "8", "125/3"), ("-1", "8", "-125/3"), ("3.0", "3.0", "10/1"), ("0.5", "10.0", "5/2"),
      ("0", "5", "0/0"), ("2", "3", "666666667/9"), ("-2", "3", "-666666667/9"),
      // 10^-9 / 1024 has 19 decimals: exact, for it has at most 18 digits. 5^10 = 9765625.
      ("1e-9", "1024", "9765625/19"),
    ])
  func averages(sum: String, count: String, expected: String) throws {
    let batch = try read(line(value: #"{"sum":\#(sum),"count":\#(count)}"#))
    #expect(batch.summary.first == "Load@1790827200=\(expected)")
  }

  @Test("No count, no average")
  func noCount() throws {
    let batch = try read(line(value: #"{"sum":0,"count":0}"#))
    #expect(batch.summary == ["Load Sum@1790827200=0/0", "Load SampleCount@1790827200=0/0"])
    #expect(batch.notMeasured == 1)
  }

  @Test("Only a single dimension that is a resource names it")
  func dimensions() throws {
    #expect(try read(line(dimensions: #"{"LoadBalancer":"app/a"}"#)).newKeys[0].resource == "app/a")
    #expect(try read(line(dimensions: #"{"Currency":"USD"}"#)).newKeys[0].resource == nil)
    let two = try read(line(dimensions: #"{"InstanceId":"i-1","Disk":"a"}"#)).newKeys[0]
    #expect(two.resource == nil && two.labels.map(\.name) == ["Disk", "InstanceId", "namespace"])
  }

  @Test("A line that cannot be used is a bad row, whole, and the next is read")
  func badRows() throws {
    let text = "{\n\n" + line(value: #"{"sum":"x","count":1}"#) + line(time: "\"noon\"") + line() + "[1]"
    let batch = try read(text, badRowLimit: 9)
    #expect(batch.badRows.map(\.line) == [0, 2, 3, 5])
    #expect(batch.badRows.map(\.found) == ["the end of the document", "\"x\"", "\"noon\"", "\"[1]\""])
    // Average and four statistics of the one good line.
    #expect(batch.samples.count == 5 && batch.fatal == nil)
  }

  @Test("A later block goes on with the numbers of the first")
  func blocks() throws {
    let bytes = Array(line().utf8)
    var parser = try CloudWatchMetricStream.parser(for: FileStart(file: "s", bytes: bytes), ReadOptions())
    var batch = SampleBatch()
    parser.parse(Block(bytes), into: &batch)
    let first = batch
    batch.clear()
    parser.parse(Block(bytes), into: &batch)
    #expect(batch.newKeys.isEmpty && batch.samples == first.samples)
  }

  @Test("Mutated examples never trap")
  func mutations() throws { try expectNoTrap(CloudWatchMetricStream.self) }
}
