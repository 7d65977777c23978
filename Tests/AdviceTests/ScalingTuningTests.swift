import Analysis
import Model
import Solvers
import TestSupport
import Testing

@testable import Advice

/// Scaling that is tuned on loads whose best scaling is known by construction.
@Suite struct ScalingTuningTests {
  /// A service that tracks 50 requests an instance, and is critical above 100 for two minutes; half of each day has 100 requests a
  /// second, the other half 400.
  private func part(
    days: Int, tracks: Bool = true, ran: Int? = nil, _ requests: (_ minute: Int) -> Double? = { _ in nil }
  ) throws -> TuningPart {
    var service = tinyService("app", ["m5.large"])
    (service.minimum, service.maximum) = (1, 20)
    service.thresholds = [
      threshold(
        .requestsPerSecond, "> 80/s per instance", "> 100/s per instance", "> 100/s per instance for 2min")
    ]
    if tracks {
      var policy = ScalingPolicy()
      (policy.name, policy.metric, policy.target) = ("Requests", .requestsPerSecond, decimal("50"))
      service.policies = [policy]
    }
    service.scaling.launch = TimeSpan(seconds: 0)
    service.scaling.drain = TimeSpan(seconds: 0)
    let start = instant("2026-10-01T00:00:00Z")
    let grid = SampleGrid(
      period: Period(start: start, end: start.advanced(by: 86_400 * Int64(days))), stepSeconds: 60)
    var traffic = ServiceTraffic(on: grid)
    traffic.set(
      .total(.requestsPerSecond), to: (0..<grid.count).map { requests($0) ?? ($0 / 720 % 2 == 0 ? 100 : 400) })
    let simulation = ServiceSimulation(service, InstanceCapacity(vcpu: 2, memoryGiB: nil), traffic, ReviewRules())
    // A dollar for each instance and minute.
    return TuningPart(
      simulation, ran: ran.map { [Int](repeating: $0, count: grid.count) }, initial: ran ?? 2
    ) { answer in Money(nanoDollars: Int64(answer.instanceTicks) * 1_000_000_000) }
  }

  private let question = ScalingTuning.Question(monthSeconds: 31 * 86_400)

  @Test("The best target is found and recommended where it holds")
  func knownTarget() throws {
    // With 100 an instance 1 runs for 100 requests and 4 for 400, at 100 each, which is not above 100: any higher target has
    // fewer than 4, above 100 for hours; any lower one more. At each rise three minutes pass, of which the last two are
    // critical, whatever the target.
    let tuning = try ScalingTuning(learning: part(days: 1), judging: part(days: 1), question)
    #expect(tuning.outcome == .holds)
    #expect(tuning.found?.service?.policies.first?.target == decimal("100"))
    #expect(tuning.found?.service?.minimum == 1)
    let change = try #require(tuning.change)
    #expect(change.applied(to: tuning.fileService).policies.first?.target == decimal("100"))
    #expect(tuning.learnedBudget.criticalSeconds == 120 && tuning.found?.judged.criticalSeconds == 120)
    // What it would cost at 50 is 2 and 8 instances: about twice as much.
    let present = try #require(tuning.present.first)
    #expect(tuning.present.count == 1 && present.kind == .present)
    #expect((present.judged.cost ?? .zero) > (tuning.found?.judged.cost ?? .zero))
  }

  @Test("What does not hold where nothing was learned is refused, and says for how long it was critical")
  func heldOut() throws {
    // Where it is played 180 requests come for five minutes an hour while it is quiet: on the two instances of today 90 each, on
    // one that was learned 180.
    let judged = try part(days: 1) { minute in minute / 720 % 2 == 0 && minute % 60 < 5 ? 180 : nil }
    let tuning = try ScalingTuning(learning: part(days: 1), judging: judged, question)
    #expect(tuning.found?.service?.policies.first?.target == decimal("100"))
    #expect(tuning.outcome == .critical)
    let seconds = try #require(tuning.found?.judged.criticalSeconds)
    #expect(seconds > tuning.judgedBudget.criticalSeconds)
    #expect(tuning.reason == .critical(seconds: seconds, most: tuning.judgedBudget.criticalSeconds))
  }

  @Test("A budget that is asked for is in proportion to the time that it is of, and a tighter one never cheaper")
  func askedBudget() throws {
    var (last, costs) = (question, [Money]())
    // 31 days of 12 hours each are 22,320 minutes a month, a day's part of which is 720.
    for minutes in [0, 62, 22_320] as [Int64] {
      last.criticalSecondsAMonth = minutes * 60
      let tuning = try ScalingTuning(learning: part(days: 1), judging: part(days: 1), last)
      #expect(tuning.learnedBudget.criticalSeconds == minutes * 60 / 31)
      if let found = tuning.found {
        #expect(found.learned.criticalSeconds <= tuning.learnedBudget.criticalSeconds)
        costs.append(try #require(found.learned.cost))
      }
    }
    #expect(costs == costs.sorted(by: >) && costs.count == 3)
  }

  @Test("Where nothing cheaper is as seldom critical nothing is recommended")
  func nothingCheaper() throws {
    // A load of nothing: one instance, the fewest, whatever is set.
    let tuning = try ScalingTuning(
      learning: part(days: 1) { _ in 0 }, judging: part(days: 1) { _ in 0 }, question)
    #expect(tuning.outcome == .nothingCheaper)
  }

  @Test("A service without policies is judged by what ran")
  func withoutPolicies() throws {
    // Five ran all day; a target of 100 has 1 and 4, and is critical for two minutes: nothing is allowed, so four all day is best.
    let tuning = try ScalingTuning(
      learning: part(days: 1, tracks: false, ran: 5), judging: part(days: 1, tracks: false, ran: 5), question)
    #expect(tuning.present.map(\.kind) == [.asRun])
    #expect(tuning.learnedBudget.criticalSeconds == 0)
    #expect(tuning.forms == [.target(.requestsPerSecond)])
    #expect(tuning.outcome == .holds)
    #expect(tuning.found?.service?.minimum == 4)
  }

  @Test("The same question has the same answer")
  func deterministic() throws {
    let (first, again) = (
      try ScalingTuning(learning: part(days: 1), judging: part(days: 1), question),
      try ScalingTuning(learning: part(days: 1), judging: part(days: 1), question)
    )
    #expect(first.change == again.change && first.trials == again.trials)
    #expect(first.frontier.map(\.learned.bare) == again.frontier.map(\.learned.bare))
  }
}

/// Verdicts on the scaling of a service of which little more than days were measured.
@Suite struct ScalingTunerTests {
  /// Three days of hours, at so many percent of CPU on four instances.
  private func study(
    days: Int = 3, _ change: (inout Service) -> Void = { _ in }, percent: @escaping (Int) -> Int64? = { _ in 20 }
  ) -> TinyStudy {
    let start = instant("2026-10-05T00:00:00Z")
    let grid = SampleGrid(
      period: Period(start: start, end: start.advanced(by: 86_400 * Int64(days))), stepSeconds: 3600)
    var service = tinyService("app", ["m5.large"])
    service.minimum = 2
    var policy = ScalingPolicy()
    (policy.name, policy.metric, policy.target) = ("CPU", .cpuPercent, decimal("40"))
    service.policies = [policy]
    change(&service)
    var study = TinyStudy(service, count: 4, "m5.large", on: grid)
    study.measure(.cpuPercent, percent)
    return study
  }

  @Test("Where nothing came before, two thirds are learned on and the rest is judged on, at low confidence")
  func oneMonth() throws {
    // Four at 20 % are 80 of an instance: two at the target of 40, which is the minimum of today and of a tuned one.
    let verdict = try study().advice(ScalingTuner()).verdict
    let figures = verdict.evidence.figures.compactMap { if case .tuning(let figure) = $0 { figure } else { nil } }
    #expect(
      figures.prefix(2) == [
        .learned(Period(start: instant("2026-10-05T00:00:00Z"), end: instant("2026-10-07T00:00:00Z"))),
        .judged(Period(start: instant("2026-10-07T00:00:00Z"), end: instant("2026-10-08T00:00:00Z"))),
      ])
    #expect(verdict.id == "tune-app")
    // What ran is critical for no time, neither is what is configured, and costs half.
    #expect(verdict.outcome == .kept && verdict.reason == .tuning(.nothingCheaper))
  }

  @Test("A change that it recommends is billed as it says")
  func recommended() throws {
    // Tracking 15 % keeps 6 and more; two carry it at 40.
    let study = study { $0.policies[0].target = decimal("15") }
    let advice = try study.advice(ScalingTuner())
    #expect(advice.verdict.outcome == .recommended && advice.verdict.confidence == .low)
    let change = try #require(advice.verdict.changes.first?.change as? TunedScaling)
    #expect(change.service == "app" && change.fault == nil)
    let counts = runningCounts(try study.planAfter(advice).runs(of: "app"), on: study.grid)
    #expect(counts.max() ?? 9 <= 4 && counts.last == 2)
  }

  @Test("The order of services in the file plays no part")
  func order() throws {
    let other = tinyService("other", ["m5.large"])
    var study = study { $0.policies[0].target = decimal("15") }
    var verdicts: [Verdict] = []
    for isFirst in [true, false] {
      study.fleet = { $0.services.insert(other, at: isFirst ? 0 : $0.services.count) }
      verdicts.append(try study.advice(ScalingTuner()).verdict)
    }
    #expect(verdicts[0] == verdicts[1] && verdicts[0].outcome == .recommended)
  }

  @Test("What cannot be tuned says why")
  func kept() throws {
    func reason(_ study: TinyStudy) throws -> VerdictReason { try study.advice(ScalingTuner()).verdict.reason }
    #expect(try reason(study { $0.policies = [] }) == .tuning(.noPolicies))
    #expect(try reason(study { $0.approach = .cluster }) == .tuning(.doesNotScale(.cluster)))
    #expect(try reason(study(percent: { _ in nil })) == .tuning(.nothingMeasured))
    #expect(try reason(study(days: 1)) == .tuning(.tooFewDays(1, required: 2)))
    // Of each day the first six hours: 25 % of what is learned on.
    let short = try reason(study(percent: { $0 % 24 < 6 ? 20 : nil }))
    guard case .tuning(.shortfall(let coverage, requiredPercent: 80)) = short else {
      Issue.record("\(short)")
      return
    }
    #expect(coverage.permille < 800)
  }
}
