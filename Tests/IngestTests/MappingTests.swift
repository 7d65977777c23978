import Foundation
import Ingest
import Model
import Testing

private let shippedText: String = {
  let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  let file = tests.deletingLastPathComponent().appending(path: "datasets/sketchy-chain/fleet.yaml")
  return (try? String(contentsOf: file, encoding: .utf8)) ?? ""
}()

private let example = """
  metrics:
    CPUUtilization: cpu_percent
    "CPUUtilization Maximum": cpu_max_percent
    mem_used_fraction: {metric: memory_percent, unit: fraction}
    "Network received throughput [KB/s]": {metric: network_in_mbps, unit: KB/s}
    http_requests_total: {metric: requests_per_second, counter: true}
    temperature: {skip: true}
    own_name: {counter: false}
  labels:
    service: [service, job]
    resource: [pod, instance]
    ignore: [prometheus]
  """

/// The message for a mapping file.
private func message(_ text: String) -> String {
  do {
    _ = try readMapping(text: text, file: "map.yaml")
    return "no error"
  } catch {
    return error.description
  }
}

@Suite struct MappingTests {
  @Test("A mapping file gives what it says")
  func reads() throws {
    let mapping = try readMapping(text: example, file: "map.yaml")
    #expect(
      mapping.metrics == [
        "CPUUtilization": MetricRule(.cpuPercent), "CPUUtilization Maximum": MetricRule(.cpuMaxPercent),
        "mem_used_fraction": MetricRule(.memoryPercent, unit: "fraction"),
        "Network received throughput [KB/s]": MetricRule(.networkInMbps, unit: "KB/s"),
        "http_requests_total": MetricRule(.requestsPerSecond, counter: true),
        "temperature": MetricRule(skip: true), "own_name": MetricRule(counter: false),
      ])
    #expect(
      mapping.labels
        == LabelRule(service: ["service", "job"], resource: ["pod", "instance"], ignore: ["prometheus"]))
  }

  @Test("Either key may be missing")
  func parts() throws {
    #expect(try readMapping(text: "labels: {service: [app]}", file: "m").metrics.isEmpty)
    #expect(try readMapping(text: "metrics: {a: b}", file: "m").labels == LabelRule())
  }

  @Test("A metric may become one that analysis does not know, if its name is a word")
  func unknownTargets() throws {
    let mapping = try readMapping(text: "metrics: {a: disk_2_percent}", file: "m")
    #expect(mapping.metrics["a"] == MetricRule(Metric("disk_2_percent")))
  }

  @Test("A fleet file carries a mapping, and need not")
  func fleetFile() throws {
    let plain = try readFleet(text: shippedText, file: "fleet.yaml")
    #expect(plain.metrics == nil)
    #expect(MetricMapping(plain) == MetricMapping())
    let text = shippedText + "\n" + example + "\n"
    let mapping = try readMapping(text: example, file: "map.yaml")
    #expect(try readMapping(text: text, file: "fleet.yaml") == mapping)
    #expect(MetricMapping(try readFleet(text: text, file: "fleet.yaml")) == mapping)
  }

  @Test("A unit that leads nowhere is an error in a fleet file too")
  func fleetFileUnits() {
    let text = shippedText + "\nmetrics:\n  x: {metric: cpu_percent, unit: KB/s}\n"
    // The shipped file ends in a line end, so `metrics:` stands two lines further on, and x one more.
    let line = text.split(separator: "\n", omittingEmptySubsequences: false).count - 1
    expectFailure(
      "fleet.yaml:\(line): metrics.x.unit: found unit \"KB/s\" of a value for metric \"cpu_percent\", "
        + "expected a unit that converts to that of the metric"
    ) { () throws(DataError) in
      _ = try readFleet(text: text, file: "fleet.yaml")
    }
  }

  @Test(
    "What is no mapping is an error at its line",
    arguments: [
      (
        "metrics:\n  a: cpu percent",
        "2: metrics.a: found \"cpu percent\", expected the name of a metric: letters, digits and _"
      ),
      ("metrics:\n  a: ''", "2: metrics.a: found \"\", expected the name of a metric: letters, digits and _"),
      ("metrics:\n  a: cpu_percent\n  a: b", "2: found key \"a\" twice in one mapping, expected each key once"),
      (
        "metrics:\n  a: {metric: b, unti: s}",
        "2: metrics.a: found unknown key \"unti\", expected a known key; did you mean \"unit\"?"
      ),
      (
        "metrics:\n  a: {}",
        "2: metrics.a: found a mapping, expected at least one of metric, unit and counter, or \"skip: true\" alone"
      ),
      (
        "metrics:\n  a: {metric: b, skip: true}",
        "2: metrics.a: found a mapping, expected at least one of metric, unit and counter, or \"skip: true\" alone"
      ),
      ("metrics:\n  a: {metric: b, counter: 1}", "2: metrics.a.counter: found \"1\", expected true or false"),
      ("metrics:\n  a: [b]", "2: metrics.a: found a list, expected a mapping"),
      ("metrics: [a]", "1: metrics: found a list, expected a mapping"),
      ("labels:\n  service: app", "2: labels.service: found \"app\", expected a list"),
      ("metric: {a: b}", "1: found unknown key \"metric\", expected a known key; did you mean \"metrics\"?"),
      (
        "metrics:\n  a: {metric: transfer_out_gb, counter: true}",
        "2: metrics.a: found a counter for metric \"transfer_out_gb\", "
          + "expected a metric that is a rate, or \"counter: false\" in the mapping"
      ),
    ])
  func faults(text: String, expected: String) { #expect(message(text) == "map.yaml:\(expected)") }

  @Test("A unit that makes sense for a counter alone is left to what the source says")
  func undecided() {
    #expect(message("metrics: {a: {metric: network_in_mbps, unit: bytes}}") == "no error")
    #expect(message("metrics: {a: {metric: network_in_mbps, unit: bytes, counter: false}}") != "no error")
  }
}
