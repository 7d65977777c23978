import Model
import TestSupport
import Testing

@Suite struct MetricTests {
  @Test("Any text is a metric, and known are those of the list")
  func known() {
    #expect(Metric("cpu_percent") == .cpuPercent)
    #expect(Metric("cpu_percent").isKnown)
    #expect(Metric("CPU usage [%]").rawValue == "CPU usage [%]")
    #expect(!Metric("CPU usage [%]").isKnown)
    #expect(!Metric("").isKnown)
  }

  @Test("The known metrics are listed once each, in their order")
  func list() {
    // 7 per instance, 18 per service, 6 amounts, 12 of models and seats.
    #expect(Metric.allCases.count == 43)
    #expect(Set(Metric.allCases).count == 43)
    #expect(Metric.allCases.first == .cpuPercent)
    #expect(Metric.allCases.last == .activeSeats)
  }

  @Test("An unknown metric counts, and is not measured on each instance")
  func unknown() {
    #expect(Metric("disk_percent").unit == .count)
    #expect(!Metric("disk_percent").isPerInstance)
    #expect(Metric.latencyP95Milliseconds.unit == .milliseconds)
    #expect(Metric.allCases.filter(\.isPerInstance).count == 7)
  }

  @Test("A misspelt metric has a nearest one, a strange one has none")
  func nearest() {
    #expect(Metric("cpu_percnt").nearestKnown == .cpuPercent)
    #expect(Metric("temperature").nearestKnown == nil)
  }

  @Test("A switch takes metrics as it takes cases")
  func switches() {
    let name =
      switch Metric("iops") {
      case .calls: "calls"
      case .iops: "iops"
      default: "other"
      }
    #expect(name == "iops")
  }
}
