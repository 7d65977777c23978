import Advice
import Analysis
import Analytics
import Model
import Testing

@testable import Wording

/// What the dataset's README says was planted in October, as thresholds tell it from metrics.
@Suite struct PlantedEventsTests {
  private static let review = RenderedCase.all.map {
    $0.first { $0.folder.lastPathComponent == "sketchy-chain-2026-10" }!.review
  }

  private func event(_ id: String) throws -> ThresholdEvent {
    let events = try Self.review.get().events
    return try #require(events.first { $0.id == id }, "\(events.map(\.id))")
  }

  private func words(_ event: ThresholdEvent) throws -> String {
    let review = try Self.review.get()
    return EventWords(clock: review.scope.clock, currency: review.currency).sentence(event)
  }

  @Test("16: the morning ramp comes back on weekdays at 08:00, above 100 items on 20 days, at most 238 on the 27th")
  func morningRamp() throws {
    let event = try event("recurring-worker-0800")
    // 22 weekdays less the one that was not measured.
    #expect(event.kind == .recurring && event.recurrence == Recurrence(.weekdays, 21, of: 21))
    #expect(event.daysAtLevel[1] == 20 && event.severity == .critical)
    #expect(event.conditions.map(\.metric).contains(.cpuPercent))
    #expect(event.conditions[0].metric == .queueDepthItems && event.conditions[0].peak?.value == 238)
    #expect(try words(event).contains("at most 238 on 2026-10-27"))
  }

  @Test("17: users grew on 13 October, to 2,054, and load with them; capacity followed")
  func launch() throws {
    let event = try event("2026-10-13-1020")
    #expect(event.kind == .usersGrew && event.users?.peak.value == 2054)
    #expect(event.users.map { Self.text($0.peak.instant) } == "2026-10-13 16:05")
    #expect(event.responses.filter { $0.rose != nil }.map(\.service) == ["frontend", "api", "worker"])
    #expect(event.lateSeconds == 0)
  }

  @Test(
    "18: requests without users on 24 October, 2,008 a second at most; scaling came when it was over, 5 h for nothing")
  func flash() throws {
    let event = try event("2026-10-24-0200")
    #expect(event.kind == .loadWithoutUsers && event.severity == .critical && event.seconds == 40 * 60)
    #expect(event.loads.first { $0.service == "edge" }?.peak.value.rounded() == 2008)
    #expect(event.responses.map(\.before) == [2, 4] && event.responses.map(\.most) == [4, 6])
    #expect(event.responses.allSatisfy { $0.isLate && $0.rose.map(Self.text) == "2026-10-24 02:40" })
    #expect(event.responses.allSatisfy { $0.until.map(Self.text) == "2026-10-24 04:10" && $0.excessSeconds == 9000 })
    // 5 h of t3.medium at 0.0416.
    #expect(event.lateCost == Money("0.208"))
  }

  @Test("21: the replication lag of 22 October was the database's alone, 45 s, with reads as usual")
  func lag() throws {
    let event = try event("2026-10-22-1130")
    #expect(event.kind == .oneServiceAlone && event.seconds == 15 * 60 && event.conditions[0].peak?.value == 45)
    #expect(event.steady.map(\.metric).contains(.readsPerSecond))
  }

  @Test("22: the cache flush of 20 October is told with what followed it in the database and the API")
  func flush() throws {
    let event = try event("2026-10-20-1405")
    #expect(event.kind == .followed && event.seconds == 25 * 60)
    #expect(event.origin?.service == "cache" && event.origin?.metric == .hitRatePercent)
    #expect(
      Set(event.departures.map { "\($0.service) \($0.metric.rawValue)" }) == [
        "cache hit_rate_percent", "database iops", "database latency_p95_ms", "api latency_p95_ms",
      ])
    #expect(event.departures.first { $0.metric == .iops }?.peak.value == 3018)
  }

  @Test("Renaming every service of the dataset changes no finding")
  func renamed() throws {
    let study = try Self.review.get().study
    let names = study.fleet.services.map(\.name) + ["edge"]
    let new = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, "svc\(97 - $0 * 13)x") })
    let review = try ThresholdReview(study.renamed(new).context)
    func plain(_ text: String) -> String { new.reduce(text) { $0.replacing($1.value, with: $1.key) } }
    let before = try Self.review.get()
    #expect(review.events.map { plain("\($0)") } == before.events.map { "\($0)" })
    #expect(review.findings.map { plain("\($0)") } == before.thresholds.map { "\($0)" })
  }

  private static func text(_ instant: Instant) -> String {
    guard let review = try? Self.review.get() else { return "" }
    return review.scope.clock.text(instant)
  }
}
