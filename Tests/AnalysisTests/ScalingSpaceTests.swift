import Model
import TestSupport
import Testing

@testable import Analysis

/// What tuning may set of a service, and to what.
@Suite struct ScalingSpaceTests {
  private func simulation(_ change: (inout Service) -> Void) -> ServiceSimulation {
    var service = tinyService("app", ["m5.large"])
    (service.minimum, service.maximum) = (2, 6)
    service.thresholds = [
      threshold(.requestsPerSecond, "> 80/s per instance", "> 100/s per instance", "> 150/s per instance")
    ]
    change(&service)
    let start = instant("2026-10-01T00:00:00Z")
    let grid = SampleGrid(period: Period(start: start, end: start.advanced(by: 600)), stepSeconds: 60)
    var traffic = ServiceTraffic(on: grid)
    traffic.set(.total(.requestsPerSecond), to: [Double?](repeating: 100, count: 10))
    traffic.set(.total(.latencyP95Milliseconds), to: [Double?](repeating: 100, count: 10))
    return ServiceSimulation(service, InstanceCapacity(vcpu: 2, memoryGiB: nil), traffic, ReviewRules())
  }

  private func rule(_ metric: Metric, _ when: String) -> MetricCondition {
    var part = MetricCondition()
    (part.metric, part.condition) = (metric, condition(when))
    return part
  }

  @Test("Of rules the thresholds that follow capacity are tuned, their times and the cooldown, from today's values")
  func rules() throws {
    let space = try #require(
      simulation {
        $0.scaling.scaleOut = [
          rule(.requestsPerSecond, "> 90/s per instance for 3min"), rule(.latencyP95Milliseconds, "> 200ms for 3min"),
        ]
        $0.scaling.scaleIn = [rule(.requestsPerSecond, "< 40/s per instance for 10min")]
      }.spaces(minima: [1, 2, 3], maxima: [6], ownAlone: true).first)
    #expect(
      space.parameters.map(\.key) == [
        "minimum", "scaling.scale_out.requests_per_second", "scaling.scale_out.for",
        "scaling.scale_in.requests_per_second", "scaling.scale_in.for", "scaling.cooldown",
      ])
    let today = try #require(space.service(at: space.start))
    #expect(today.node == space.base.node)
    // The third of 1, 2, 3 and of each other parameter the last.
    let last = try #require(
      space.service(at: space.sizes.map { $0 - 1 }.enumerated().map { $0.offset == 3 ? 0 : $0.element }))
    #expect(last.minimum == 3)
    // 5 x 90 = 450; 0.1 x 40 = 4; an hour is the longest to scale in, half an hour the longest cooldown.
    #expect(last.scaling.scaleOut.map(\.condition.text) == ["> 450/s per instance for 15min", "> 200ms for 15min"])
    #expect(last.scaling.scaleIn.map(\.condition.text) == ["< 4/s per instance for 1h"])
    #expect(last.scaling.cooldown == TimeSpan(seconds: 1800))
  }

  @Test("What would ask for more and for fewer at once is no choice, nor a minimum above the maximum")
  func consistent() throws {
    let space = try #require(
      simulation {
        $0.scaling.scaleOut = [rule(.requestsPerSecond, "> 90/s per instance")]
        $0.scaling.scaleIn = [rule(.requestsPerSecond, "< 80/s per instance")]
      }.spaces(minima: [2, 7], maxima: [6, 9], ownAlone: true).first)
    func place(_ key: String) throws -> Int { try #require(space.parameters.firstIndex { $0.key == key }) }
    var choice = space.start
    choice[try place("scaling.scale_in.requests_per_second")] += 1
    // 0.85, 1 and 1.2 times 80 are 68, 80 and 96.
    #expect(space.service(at: choice) == nil)
    choice = space.start
    choice[try place("minimum")] = 1
    #expect(space.service(at: choice) == nil)
    choice[try place("maximum")] = 1
    #expect(space.service(at: choice)?.minimum == 7)
  }

  @Test("A target is tracked in place of rules and policies, of what falls as capacity grows alone")
  func targets() throws {
    let simulation = simulation {
      $0.scaling.scaleOut = [rule(.requestsPerSecond, "> 90/s per instance")]
      $0.thresholds.append(threshold(.latencyP95Milliseconds, "> 200ms", "> 300ms", "> 500ms"))
    }
    let spaces = simulation.spaces(minima: [2], maxima: [6], ownAlone: false)
    // No CPU was measured, and no capacity changes latency.
    #expect(spaces.map(\.form) == [.own, .target(.requestsPerSecond)])
    let target = spaces[1]
    #expect(target.base.scaling.scaleOut.isEmpty && target.base.policies.map(\.metric) == [.requestsPerSecond])
    // From three tenths of the scaling trigger, 100, to all of it.
    #expect(target.parameters.map { $0.values.map { "\($0)" } } == [["30", "40", "50", "60", "70", "80", "90", "100"]])
  }

  @Test("Numbers are rounded to two digits, and to thousandths")
  func twoDigits() {
    func text(_ value: Double) -> String? { ScaledDecimal(twoDigits: value).map { "\($0)" } }
    #expect(text(42.4) == "42" && text(1234) == "1200" && text(0.0349) == "0.035" && text(0.001) == "0.001")
    #expect(text(99.6) == "100" && text(0) == nil && text(-3) == nil && text(.infinity) == nil && text(.nan) == nil)
  }
}
