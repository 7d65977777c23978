import Foundation
import Model
import TestSupport
import Testing

@Suite struct ConditionTests {
  @Test("Every condition of the shipped fleet file parses and keeps its text")
  func shippedFleet() throws {
    let file = packageFolder.appendingPathComponent("datasets/sketchy-chain/fleet.yaml")
    let text = try String(contentsOf: file, encoding: .utf8)
    let uncommented = text.split(separator: "\n").map { $0.prefix { $0 != "#" } }.joined(separator: "\n")
    let conditions = uncommented.matches(of: /"([<>][^"]*)"/).map { String($0.output.1) }
    // 5 global rows and 28 rows of services hold three each; scaling rules and alerts hold more.
    #expect(conditions.count >= 99)
    for text in conditions { #expect(Condition(text)?.description == text) }
  }

  @Test("Each part of a condition is read")
  func parts() throws {
    let plain = try #require(Condition("> 70% for 5min"))
    #expect(plain.comparison == .above && plain.value == decimal("70") && plain.unit == .percent)
    #expect(plain.durationSeconds == 300 && plain.basis == .whole && plain.statistic == nil)
    let rate = try #require(Condition("> 150/s per instance"))
    #expect(rate.unit == .perSecond && rate.basis == .perInstance && rate.durationSeconds == 0)
    let latency = try #require(Condition("> 1.2s p95 for 5min"))
    #expect(latency.unit == .seconds && latency.statistic == .p95 && latency.value == decimal("1.2"))
    let share = try #require(Condition("> 75% of max for 15min"))
    #expect(share.basis == .percentOf("max") && share.durationSeconds == 900)
    let growth = try #require(Condition("< 10% per minute"))
    #expect(growth.comparison == .below && growth.unit == .perMinute)
    let items = try #require(Condition("> 100 items"))
    #expect(items.unit == .count)
  }

  @Test("So many of so many samples stand in place of a duration, and a word says what a missing one is")
  func samples() throws {
    let rule = try #require(Condition("> 70% per minute for 3 of 5 missing notBreaching"))
    #expect(rule.samples == Condition.SampleCount(needed: 3, of: 5) && rule.durationSeconds == 0)
    #expect(rule.missing == .notBreaching && rule.leastSeconds(ofSamples: 300) == 900)
    let share = try #require(Condition("> 75% of max for 2 of 2"))
    #expect(share.basis == .percentOf("max") && share.samples == Condition.SampleCount(needed: 2, of: 2))
    let lasting = try #require(Condition("> 70% missing breaching for 15min"))
    #expect(lasting.samples == nil && lasting.durationSeconds == 900 && lasting.missing == .breaching)
    #expect(Condition("> 70% for 5min")?.missing == .missing)
  }

  @Test("White space is free between words", arguments: [">70% for 5min", "  >  70%   for  5min ", "> 70 % for 5min"])
  func whiteSpace(text: String) {
    let condition = Condition(text)
    #expect(condition?.value == decimal("70"))
    #expect(condition?.durationSeconds == 300)
  }

  @Test(
    "What is no condition is refused",
    arguments: [
      "", "70%", ">", "> %", ">= 70%", "= 70", "> seventy", "> 70 bananas", "> 70% for", "> 70% for 5",
      "> 70% for -5min",
      "> 70% for 3 of", "> 70% for 0 of 5", "> 70% for 6 of 5", "> 70% for 3 of 1439", "> 70% for -1 of 3",
      "> 70% for 3 to 5", "> 70% for 5min for 10min", "> 70% for 3 of 5 for 5min",
      "> 70% missing ignore missing breaching",
      "> 70% missing", "> 70% missing zero", "> 70% for 3of5",
      "> 70% for 5weeks", "> 70% of", "> 70% per", "> 70% per week", "> 70/s per minute", "> 1.2.3", "> ½",
    ])
  func rejects(text: String) { #expect(Condition(text) == nil) }

  @Test(
    "A limit is converted to the unit of the metric",
    arguments: [
      ("> 1.2s p95", Metric.latencyP95Milliseconds, 1200.0), ("> 350ms", .latencyP95Milliseconds, 350),
      ("> 2s avg", .processingTimeAverageMilliseconds, 2000), ("> 30s", .replicationLagSeconds, 30),
      ("> 200ms", .replicationLagSeconds, 0.2), ("> 150/s per instance", .requestsPerSecond, 150),
      ("> 150", .requestsPerSecond, 150), ("> 70%", .cpuPercent, 70),
      ("> 10% per minute", .connectionGrowthPercentPerMinute, 10),
      ("> 800 per instance", .connections, 800), ("> 100 items", .queueDepthItems, 100),
      // In percent of the limit, whatever the metric's own unit.
      ("> 75% of max", .connections, 75),
    ])
  func limits(text: String, metric: Metric, limit: Double) { #expect(condition(text).limit(for: metric) == limit) }

  @Test(
    "Units that do not fit together give no limit",
    arguments: [
      ("> 70%", Metric.latencyP95Milliseconds), ("> 2s", .cpuPercent), ("> 5/s", .connections),
      ("> 100 items", .cpuPercent),
      ("> 100 of max", .connections),
    ])
  func misfits(text: String, metric: Metric) { #expect(condition(text).limit(for: metric) == nil) }

  @Test("A value at the limit is neither above nor below it")
  func strict() {
    #expect(!condition("> 70%").holds(70, limit: 70))
    #expect(condition("> 70%").holds(70.01, limit: 70))
    #expect(!condition("< 80%").holds(80, limit: 80))
    #expect(condition("< 80%").holds(79.99, limit: 80))
  }

  @Test(
    "A span prints in the largest unit that fits",
    arguments: [
      ("300s", 300, "5min"), ("90s", 90, "90s"), ("24h", 86_400, "24h"), ("60min", 3600, "1h"), ("0s", 0, "0s"),
    ])
  func spans(text: String, seconds: Int64, printed: String) {
    #expect(TimeSpan(text)?.seconds == seconds)
    #expect(TimeSpan(text)?.description == printed)
  }

  @Test(
    "What is no span is refused", arguments: ["", "5", "min", "-5s", "1.5h", "5 min", "5d", "9223372036854775807h"])
  func badSpans(text: String) { #expect(TimeSpan(text) == nil) }

  @Test(
    "A count or a range of counts prints as it is written",
    arguments: [("2", 2, 2), ("4-6", 4, 6), ("15+", 15, nil), ("0", 0, 0)])
  func ranges(text: String, lower: Int, upper: Int?) {
    #expect(CountRange(text) == CountRange(lower: lower, upper: upper))
    #expect(CountRange(text)?.description == text)
  }

  @Test(
    "What is no range of counts is refused",
    arguments: ["", "-", "+", "a", "6-4", "1-2-3", "2.5", "4-", "-5", "4--6", "-3+", "1-a"])
  func badRanges(text: String) { #expect(CountRange(text) == nil) }

  @Test("A duration is at most ten years, so that no moment leaves the calendar")
  func longestDuration() {
    // 10 × 366 days.
    #expect(TimeSpan("87840h")?.seconds == 316_224_000)
    #expect(TimeSpan("87841h") == nil && TimeSpan("9223372036854775807s") == nil)
    #expect(Condition("> 70% for 153722867280912930min") == nil)
  }
}
