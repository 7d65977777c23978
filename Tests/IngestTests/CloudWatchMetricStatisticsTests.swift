import Ingest
import Testing

@Suite struct CloudWatchMetricStatisticsTests {
  private func read(_ text: String, badRowLimit: Int = 0) throws -> SampleBatch {
    try batch(CloudWatchMetricStatistics.self, text, badRowLimit: badRowLimit)
  }

  @Test("The example: a series for each statistic")
  func example() throws {
    let example = CloudWatchMetricStatistics.example
    let batch = try read(example)
    #expect(recognises(CloudWatchMetricStatistics.self, example))
    #expect(
      batch.summary == [
        "CPUUtilization@1790827500=4125/2", "CPUUtilization Maximum@1790827500=975/1",
        "CPUUtilization@1790827200=385/1", "CPUUtilization p99@1790827200=96125/3",
      ])
    #expect(batch.newKeys.allSatisfy { $0.unit == "Percent" && $0.isCounter == false && $0.resource == nil })
  }

  @Test("The label may follow its data points, or be absent")
  func label() throws {
    let points = #""Datapoints":[{"Maximum":44.79,"Timestamp":"2026-10-01T04:00:00Z"}]"#
    #expect(try read("{\(points),\"Label\":\"Load\"}").summary == ["Load Maximum@1790827200=4479/2"])
    #expect(try read("{\(points)}").summary == ["Maximum@1790827200=4479/2"])
  }

  @Test("A data point is read whole or not at all")
  func badPoint() throws {
    let text = """
      {"Datapoints":[
      {"Timestamp":"2026-10-01T04:00:00Z","Average":1,"Maximum":"high"},
      {"Timestamp":"noon","Average":1},
      {"Timestamp":"2026-10-01T04:00:00Z"},
      {"Timestamp":"2026-10-01T04:00:00Z","Average":2}]}
      """
    let batch = try read(text, badRowLimit: 3)
    #expect(batch.badRows.map(\.found) == ["\"high\"", "\"noon\"", "no statistic"])
    #expect(batch.badRows.map(\.line) == [1, 2, 3])
    #expect(batch.summary == ["Average@1790827200=2/0"])
  }

  @Test("Mutated examples never trap")
  func mutations() throws { try expectNoTrap(CloudWatchMetricStatistics.self) }
}
