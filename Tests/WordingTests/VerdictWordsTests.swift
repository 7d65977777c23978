import Model
import TestSupport
import Testing

@testable import Wording

/// Verdicts as people read them.
@Suite struct VerdictWordsTests {
  private static let conclusions: [(Conclusion, String)] = [
    (.keep(CountedType(3, "m5.large")), "keep 3 x m5.large"), (.noChange, "no change"), (.noWindows, "no windows"),
    (.notJudged, "not judged"),
    (.nothingToStop, "nothing to stop"), (.buyNothing, "buy nothing now"),
  ]

  @Test("Every conclusion has its words", arguments: conclusions)
  func conclusion(conclusion: Conclusion, text: String) {
    #expect(words().action(verdict(conclusion, because: .nothingRan)) == text)
  }

  private static let reasons: [(VerdictReason, String)] = [
    (.nothingRan, "no instance ran"), (.shortfall(CoverageShortfall(.cpu, .unmeasured)), "CPU is not measured"),
    (.waste(.allReport), "every instance that is paid for reports"),
    (.severalEngines(["linux", "windows"]), "its instances run linux and windows, whose prices differ"),
    (
      .unpriced([.onDemand(kind("m5.large")), .specification("db.m5.large")]),
      "no price of on demand: m5.large (linux) in us-east-1; the price book does not say what db.m5.large offers"
    ),
    (.size(.nothingElseListed), "no other type is on the list"),
    (.schedule(.nothingSpare), "no hour of the week ran more than it needed in every week"),
    (
      .notWorth(
        changes: [capped], because: .schedule(.nothingSpare), saving: usd("0.03"), least: usd("5"), percent: 10),
      "would cap capacity by the hour: daily 09:00-17:00 4, else 1, but that saves 0.03 USD a month, less than the 5.00 "
        + "and the 10 % of its cost worth a change"
    ),
    (
      .notWorth(changes: [resized], because: .size(.move(move)), saving: usd("-62.60"), least: usd("5"), percent: 10),
      "would move from m5.large to c6g.large, another architecture (arm64), but that costs 62.60 USD a month more"
    ),
  ]

  @Test("Every reason has its words; what is not worth making says what was tried", arguments: reasons)
  func reason(reason: VerdictReason, text: String) {
    #expect(words().reason(verdict(.noChange, because: reason)) == text)
  }

  private static let actions: [([Change], VerdictReason, String)] = [
    (
      [resized], .size(.move(move)), "move from m5.large to c6g.large, another architecture (arm64)"
    ),
    ([capped], .schedule(.nothingSpare), "cap capacity by the hour: daily 09:00-17:00 4, else 1"),
    (
      [Change(StopInstance(service: "app", resource: "i-1"))], .waste(.silent(since: [])),
      "stop i-1, if it still exists"
    ),
    (
      ["i-1", "i-2"].map { Change(StopInstance(service: "app", resource: $0)) }, .waste(.silent(since: [])),
      "stop i-1, i-2, if they still exist"
    ),
    (
      [Change(FixedCount(service: "app", count: 2)), Change(SpotShare(service: "app", maximumPercent: 50))],
      .nothingRan, "2 instances of app all month; up to 50 % of app as spot"
    ),
  ]

  @Test("What is recommended is told from the changes and from what runs", arguments: actions)
  func action(changes: [Change], reason: VerdictReason, text: String) {
    var verdict = verdict(.change, because: reason)
    verdict.changes = changes
    #expect(words().action(verdict) == text)
  }

  private static let shortfalls: [(CoverageShortfall, String)] = [
    (CoverageShortfall(.cache, .unmeasured), "database cache is not measured"),
    (CoverageShortfall(.load, .unmeasured), "what the instances carried is not measured"),
    (
      CoverageShortfall(
        .dimensions([.cpu, .memory, .metric(.requestsPerSecond)]), .hours(24, required: 30, lastDays: nil)),
      "CPU with memory with requests_per_second has 24 hours of samples, 30 are required"
    ),
    (
      CoverageShortfall(.cpu, .hours(20, required: 30, lastDays: 14)),
      "CPU has 20 hours of samples in the last 14 days, 30 are required"
    ),
    (
      CoverageShortfall(.cpu, .tooCoarse(stepSeconds: 86_400, longest: 3600)),
      "CPU has samples 24 h apart, 1 h are the most"
    ),
    (
      // 537 / 672 = 79.91 %.
      CoverageShortfall(.cpu, .share(Coverage(seen: 537, expected: 672), requiredPercent: 80)),
      "CPU covers 79.9 %, 80 % is required"
    ),
  ]

  @Test("Too little that was seen is told with what is required", arguments: shortfalls)
  func shortfall(shortfall: CoverageShortfall, text: String) { #expect(shortfall.text == text) }

  @Test("In a report in euros a saving is in euros")
  func currency() {
    let reason = VerdictReason.notWorth(
      changes: [Self.capped], because: .schedule(.nothingSpare), saving: usd("1"), least: usd("4.60"), percent: 10)
    #expect(
      words(in: euro).reason(verdict(.noChange, because: reason)).hasSuffix(
        "saves 1.00 EUR a month, less than the 4.60 and the 10 % of its cost worth a change"))
  }

  private static let capped = Change(
    WeeklyCapacity(service: "app", capacity: WeekOfCapacity("daily 09:00-17:00 4, else 1")!))
  private static let resized = Change(Resize(service: "app", type: "c6g.large", count: .replayed))
  private static let move = SizeMove(
    from: CountedType("m5.large"), to: CountedType("c6g.large"), Migration(.otherArchitecture, architecture: "arm64"),
    gain: .fits(InstanceNeed(vcpu: 1, memoryGiB: nil, percentile: ScaledDecimal("99.5")!), counting: nil))

  private func verdict(_ conclusion: Conclusion, because reason: VerdictReason) -> Verdict {
    Verdict(
      step: .rightsize, subject: .service("app"), outcome: .kept, conclusion: conclusion, reason: reason,
      confidence: .high,
      evidence: Evidence(period: october, coverage: Coverage(seen: 1, expected: 1), figures: []))
  }
}

/// Words of a report on a clock, by default UTC, and in a currency.
func words(on clock: String = "UTC", in currency: BillCurrency = .usDollar) -> VerdictWords {
  VerdictWords(clock: LocalClock(identifier: clock)!, currency: currency)
}

let euro = BillCurrency(
  code: "EUR", rate: ExchangeRate(from: CivilDate("2026-10-01")!, perUsd: ScaledDecimal("0.92")!))

/// The risk of intervals that were all measured.
func risk(of isExceeded: [Bool], stepSeconds: Int64) -> PerformanceRisk {
  var risk = PerformanceRisk(stepSeconds: stepSeconds)
  risk.add(isExceeded.map { $0 })
  return risk
}
