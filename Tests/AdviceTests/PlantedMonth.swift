import Analysis
import Model
import TestSupport

@testable import Advice

/// Four weeks from Monday 2026-10-05 on (UTC), a quarter of an hour a slot, seed 20261101: a web service, a queue worker, a
/// database and a cache, with what an analyst should find in them.
///
/// - users: 50 until 08:00, 100 from then on; 2 more or fewer. Requests are twice as many, reads ten times.
/// - weekdays 08:00 to 08:15: the queue is 120, on the second Monday 220; else 5.
/// - Wednesday of the second week, 10:00 to 14:00: users times 1.6; the web goes from 2 to 3 instances at 10:30, back at 14:00.
/// - Tuesday of the third week, 14:00 to 15:00: hit rate 70 for 92; operations and latency of the database times 1.6.
/// - Thursday of the third week, 11:30 to 12:00: replication lag 45 s for 1.
/// - Saturday of the third week, 02:00 to 03:00: requests times 6, no users; the web goes from 2 to 4 at 03:00, back at 05:00.
/// - Friday of the second week: nothing was measured.
struct PlantedMonth {
  static let grid = SampleGrid(period: fourWeeks, stepSeconds: 900)

  /// What the services are called: the web, the worker, the database, the cache.
  var names = ["web", "worker", "database", "cache"]
  var change: (inout Fleet) -> Void = { _ in }
  var hasUsers = true
  /// What is added to the factor of a metric in a slot.
  var also: (Metric, Int) -> Int64? = { _, _ in nil }

  static func slot(_ day: Int, _ hour: Int, _ minute: Int = 0) -> Int { day * 96 + hour * 4 + minute / 15 }

  private static let launch = slot(9, 10)..<slot(9, 14)
  private static let flush = slot(15, 14)..<slot(15, 15)
  private static let lag = slot(17, 11, 30)..<slot(17, 12)
  private static let flash = slot(19, 2)..<slot(19, 3)

  func context() throws(DataError) -> AdviceContext {
    var fleet = tinyFleet(services) {
      $0.userTypes = [tinyUserType("all")]
      $0.global.measuredAt = names[0]
      $0.global.thresholds = [threshold(.errorRatePercent, "> 1%", "> 2%", "> 5%")]
    }
    change(&fleet)
    let engine = tinyEngine(
      fleet, try Catalogue(.few), series, inventory: runs, history: fourWeeks.start, stepSeconds: 900)
    return AdviceContext(engine: engine, grid: Self.grid, clock: LocalClock(identifier: "UTC")!)
  }

  private var services: [Service] {
    let web = tinyService(names[0], ["m5.large"]) {
      $0.thresholds = [
        threshold(.requestsPerSecond, "> 120/s per instance", "> 150/s per instance", "> 250/s per instance")
      ]
    }
    let worker = tinyService(names[1], ["m5.large"]) {
      $0.thresholds = [threshold(.queueDepthItems, "> 50", "> 100", "> 200")]
    }
    let database = tinyService(names[2], ["m5.large"]) {
      $0.approach = .cluster
      $0.thresholds = [
        threshold(.latencyP95Milliseconds, "> 50ms", "> 100ms", "> 200ms"),
        threshold(.replicationLagSeconds, "> 10s", "> 30s", "> 60s"),
      ]
    }
    let cache = tinyService(names[3], ["m5.large"]) {
      $0.approach = .cluster
      $0.thresholds = [threshold(.hitRatePercent, "< 80% for 15min", "< 60% for 15min", "< 50% for 15min")]
    }
    return [web, worker, database, cache]
  }

  private var runs: [InstanceRun] {
    func time(_ slots: Range<Int>) -> Period {
      Period(start: Self.grid.instant(slots.lowerBound), end: Self.grid.instant(slots.upperBound))
    }
    let extra = [
      run("late-1", of: names[0], "m5.large", time(Self.slot(19, 3)..<Self.slot(19, 5))),
      run("late-2", of: names[0], "m5.large", time(Self.slot(19, 3)..<Self.slot(19, 5))),
      run("third", of: names[0], "m5.large", time(Self.slot(9, 10, 30)..<Self.slot(9, 14))),
    ]
    let fixed = names.enumerated().flatMap { place, name in
      (1...2).map { run("node-\(place)-\($0)", of: name, "m5.large", fourWeeks) }
    }
    return fixed + extra
  }

  private var series: [Series] {
    var random = SplitMix64(seed: 20_261_101)
    let users = (0..<Self.grid.count).map { slot -> Int64 in
      let base: Int64 = (slot % 96 < 32 ? 50 : 100) + random.number(-2...2)
      return Self.launch.contains(slot) ? base * 8 / 5 : base
    }
    func measured(_ service: String, _ metric: Metric, _ value: (Int) -> Int64, resource: String = "") -> Series {
      samples(service, resource, metric, on: Self.grid) { slot in
        slot / 96 == 11 ? nil : self.also(metric, slot) ?? value(slot)
      }
    }
    func isFlushed(_ slot: Int) -> Bool { Self.flush.contains(slot) }
    let all = [
      measured(names[0], .requestsPerSecond) { users[$0] * (Self.flash.contains($0) ? 12 : 2) },
      measured(names[0], .errorRatePercent) { _ in 0 },
      measured(names[1], .queueDepthItems) { slot in
        slot / 96 % 7 < 5 && slot % 96 == 32 ? (slot / 96 == 7 ? 220 : 120) : 5
      },
      measured(names[2], .readsPerSecond) { users[$0] * 10 },
      measured(names[2], .iops) { users[$0] * (isFlushed($0) ? 16 : 10) },
      measured(names[2], .latencyP95Milliseconds) { isFlushed($0) ? 16 : 10 },
      measured(names[2], .replicationLagSeconds) { Self.lag.contains($0) ? 45 : 1 },
      measured(names[3], .hitRatePercent) { isFlushed($0) ? 70 : 92 },
    ]
    return hasUsers ? all + [measured("users", .concurrentUsers, { users[$0] }, resource: "all")] : all
  }
}
