import Analysis
import Model
import TestSupport
import Testing

@testable import Advice

@Suite struct EventReviewTests {
  private func events(_ month: PlantedMonth = PlantedMonth()) throws -> [ThresholdEvent] {
    try ThresholdReview(month.context()).events
  }

  private func event(_ id: String, _ month: PlantedMonth = PlantedMonth()) throws -> ThresholdEvent {
    let events = try events(month)
    return try #require(events.first { $0.id == id }, "\(events.map(\.id))")
  }

  private func at(_ day: Int, _ hour: Int, _ minute: Int = 0) -> Instant {
    PlantedMonth.grid.instant(PlantedMonth.slot(day, hour, minute))
  }

  @Test("Everything planted is found once, the gravest first, and nothing else")
  func all() throws {
    let found = try events()
    #expect(
      found.map(\.id) == [
        "2026-10-24-0200", "recurring-worker-0800", "2026-10-14-1000", "2026-10-22-1130", "2026-10-20-1400",
      ])
    #expect(found.map(\.kind) == [.loadWithoutUsers, .recurring, .usersGrew, .oneServiceAlone, .followed])
    #expect(found.map(\.severity) == [.critical, .critical, .scaling, .scaling, .warning])
    #expect(found.map(\.seconds) == [3600, 19 * 900, 1800, 1800, 3600])
  }

  @Test("What comes back is one event: 19 weekdays of the 19 that were measured, the 20th not")
  func recurring() throws {
    let event = try event("recurring-worker-0800")
    #expect(event.recurrence == Recurrence(.weekdays, 19, of: 19))
    // Scaling on all, critical on the second Monday.
    #expect(event.daysAtLevel == [19, 19, 1])
    #expect(event.conditions.map(\.episodes) == [19])
    #expect(event.conditions[0].peak == Peak(value: 220, instant: at(7, 8)))
  }

  @Test("Load without users: capacity that came when it was over, and what it cost")
  func flash() throws {
    let event = try event("2026-10-24-0200")
    let load = try #require(event.loads.first)
    #expect(load.metric == .requestsPerSecond && event.loads.count == 1)
    // Six times what users ask for, who are as usual.
    #expect(abs((load.comparison.ratio ?? 0) - 6) < 0.5 && event.users?.comparison.departure == nil)
    let response = try #require(event.responses.first)
    #expect(event.responses.count == 1 && response.isLate && response.delaySeconds == 3600)
    #expect(response.before == 2 && response.most == 4 && response.until == at(19, 5))
    // 2 × 2 h, at 0.096.
    #expect(event.lateSeconds == 4 * 3600 && event.lateCost == usd("0.384"))
  }

  /// The third instance ends the event, not the load: 2 × 160 requests are 107 an instance of three.
  @Test("Users grew: load rose with them, and capacity half an hour after, in time though the conditions ended with it")
  func launch() throws {
    let event = try event("2026-10-14-1000")
    #expect(abs((event.users?.comparison.ratio ?? 0) - 1.6) < 0.1)
    #expect(event.loads.map(\.metric) == [.requestsPerSecond])
    #expect(event.responses.map(\.delaySeconds) == [1800] && event.responses.map(\.isLate) == [false])
    #expect(event.lateSeconds == 0)
  }

  @Test("One service alone: what was asked of it was as usual")
  func lag() throws {
    let event = try event("2026-10-22-1130")
    #expect(event.departures.map(\.metric) == [.replicationLagSeconds])
    #expect(
      event.steady.map(\.metric) == [.readsPerSecond, .iops] && event.steady.allSatisfy { $0.service == "database" })
    #expect(event.origin?.comparison.mean == 45 && event.origin?.comparison.usual == 1)
    #expect(event.responses.isEmpty)
  }

  @Test("What followed is told with where it began")
  func flush() throws {
    let event = try event("2026-10-20-1400")
    #expect(event.origin?.service == "cache" && event.origin?.comparison.departure == .downwards)
    #expect(
      event.departures.map { "\($0.service) \($0.metric.rawValue)" } == [
        "database latency_p95_ms", "database iops", "cache hit_rate_percent",
      ])
    #expect(event.departures.allSatisfy { !$0.isAfter })
  }

  @Test("What leaves its usual only behind an event follows it too, within half an hour")
  func behind() throws {
    var month = PlantedMonth()
    month.also = { metric, slot in
      metric == .latencyP95Milliseconds && [PlantedMonth.slot(17, 12), PlantedMonth.slot(17, 12, 15)].contains(slot)
        ? 30 : nil
    }
    // Of the same service: still alone.
    #expect(try event("2026-10-22-1130", month).kind == .oneServiceAlone)
    month.also = { metric, slot in
      metric == .queueDepthItems && [PlantedMonth.slot(17, 12), PlantedMonth.slot(17, 12, 15)].contains(slot) ? 40 : nil
    }
    let followed = try event("2026-10-22-1130", month)
    #expect(followed.kind == .followed && followed.origin?.service == "database")
    #expect(followed.departures.map(\.isAfter) == [true, false])
  }

  @Test("Where users are not measured nobody says that they were as usual")
  func withoutUsers() throws {
    var month = PlantedMonth()
    month.hasUsers = false
    #expect(try event("2026-10-24-0200", month).kind == .loadGrew)
    #expect(try event("2026-10-14-1000", month).kind == .loadGrew)
  }

  @Test("A level within what is normal is one event, however often it is met")
  func withinUsual() throws {
    var month = PlantedMonth()
    month.change = { fleet in
      fleet.services[0].thresholds = [
        threshold(.requestsPerSecond, "> 100/s per instance", "> 500/s per instance", "> 600/s per instance")
      ]
    }
    let event = try event("usual-web-requests_per_second", month)
    // From 08:00 to midnight there are 98 to 102 requests an instance, now above and now below.
    #expect(event.kind == .withinUsual && event.recurrence?.of == 27 && (event.recurrence?.count ?? 0) >= 26)
  }

  @Test("With too few days nobody can tell what is usual, and the event says so")
  func fewDays() throws {
    let week = Period(start: fourWeeks.start, end: fourWeeks.start.advanced(by: 3 * 86_400))
    let grid = SampleGrid(period: week, stepSeconds: 900)
    var study = TinyStudy(tinyService("app", ["m5.large"]), count: 1, "m5.large", on: grid)
    study.service.thresholds = [threshold(.connections, "> 10", "> 20", "> 30")]
    study.measure(.cpuPercent) { _ in 20 }
    study.series.append(samples("app", .connections, on: grid) { $0 == 100 ? 25 : 5 })
    let events = try ThresholdReview(study.context()).events
    #expect(events.map(\.kind) == [.unknown] && events.map(\.severity) == [.scaling] && events[0].departures.isEmpty)
  }

  @Test("Renaming every service changes no finding", arguments: [["a", "b", "c", "d"], ["z9", "y8", "x7", "web"]])
  func renamed(names: [String]) throws {
    var month = PlantedMonth()
    let before = try ThresholdReview(month.context())
    let old = month.names
    month.names = names.map { "renamed-\($0)" }
    let after = try ThresholdReview(month.context())
    func renamed(_ text: String) -> String {
      zip(old, month.names).reduce(text) { $0.replacing($1.1, with: "<\($1.0)>") }
    }
    func marked(_ text: String) -> String {
      old.reduce(text) { text, name in
        text.replacing("\"\(name)\"", with: "\"<\(name)>\"").replacing("-\(name)-", with: "-<\(name)>-")
      }
    }
    #expect(after.events.map { renamed("\($0)") } == before.events.map { marked("\($0)") })
    #expect(after.findings.map { renamed("\($0)") } == before.findings.map { marked("\($0)") })
  }
}
