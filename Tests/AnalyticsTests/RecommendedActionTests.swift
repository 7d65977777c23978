import Advice
import Analysis
import Model
import StudySupport
import TestSupport
import Testing

@testable import Analytics

/// What acting on a recommendation takes; October has 744 hours.
@Suite struct RecommendedActionTests {
  private func verdict(_ step: AdviceStep, _ outcome: Verdict.Outcome, _ changes: [Change], saving: String = "0")
    -> Verdict
  {
    var verdict = Verdict(
      step: step, subject: .service("app"), outcome: outcome, conclusion: .change, reason: .nothingRan,
      confidence: .high,
      evidence: Evidence(period: october, coverage: Coverage(seen: 1, expected: 1), figures: []))
    verdict.changes = changes
    verdict.saving = usd(saving)
    return verdict
  }

  private func action(
    _ verdict: Verdict, expected: String? = nil, unsigned: String = "0", size: Verdict? = nil
  ) throws -> RecommendedAction {
    // Reserved, an m5.large is 60 % of 0.096: 0.0576 an hour.
    let study = try TinyMonth().study()
    return try RecommendedAction(
      verdict, expectedSaving: expected.map { usd($0) }, unsignedSaving: usd(unsigned), on: try study.asRun(),
      sizes: size.map { [$0] } ?? [], study.context)
  }

  @Test("What is no purchase saves as much ahead as in the month, by its hours")
  func ahead() throws {
    let resize = verdict(.rightsize, .recommended, [Change(Resize(service: "app", type: "m5.xlarge"))], saving: "74.40")
    // 74.40 in 744 hours are 73.00 in 730.
    let one = try action(resize, unsigned: "74.40")
    #expect(one.savingAhead == usd("73.00"))
    #expect(one.signed == nil && one.timing == .now)
    #expect(one.effort == .rollingReplacement)
  }

  @Test("What stops in the middle of a month saves all month from then on")
  func stopped() throws {
    // Of 31 days the last 10: a third of what a whole month saves, nearly.
    let stop = verdict(
      .waste, .recommended,
      [Change(StopInstance(service: "app", resource: "app-1", from: october.end.advanced(by: -240 * 3600)))],
      saving: "24")
    // 24.00 in 240 hours are 73.00 in 730.
    #expect(try action(stop, unsigned: "24").savingAhead == usd("73.00"))
  }

  @Test("A commitment says what is signed: upfront, by the hour, until its last day")
  func signed() throws {
    let reserve = verdict(.mix, .recommended, [Change(Reserve(service: "app", count: 2, term: oneYear))])
    let one = try action(reserve, expected: "10", unsigned: "0")
    #expect(one.savingAhead == usd("10"))
    #expect(one.signed?.upfront == .zero)
    #expect(one.signed?.hourly == usd("0.1152"))
    // The advice is of the last second of October: 365 days later it is the same of the next year's.
    #expect(one.signed?.lastDay == CivilDate("2027-10-31"))
    #expect(one.effort == .purchase)
  }

  @Test("A commitment waits until a resize of its service has been watched")
  func watch() throws {
    let size = verdict(.rightsize, .recommended, [Change(Resize(service: "app", type: "m5.large"))])
    let reserve = verdict(.mix, .recommended, [Change(Reserve(service: "app", count: 1, term: oneYear))])
    #expect(try action(reserve, expected: "10", size: size).timing == .afterWatch(days: watchDays))
    let kept = verdict(.rightsize, .kept, [])
    #expect(try action(reserve, expected: "10", size: kept).timing == .now)
  }

  @Test("A commitment locks out what is cheaper and of another family, at the ratio of their on-demand costs")
  func lockIn() throws {
    var size = verdict(.rightsize, .kept, [])
    func alternative(_ type: String) -> SizeAlternative {
      SizeAlternative(
        type: type, counts: 2...2, effort: .otherArchitecture, architecture: "arm64", insteadOf: "m5.large",
        monthly: usd("140"), alternativeMonthly: usd("70"))
    }
    size.alternatives = [alternative("r6g.large"), alternative("m5.xlarge")]
    let reserve = verdict(
      .mix, .recommended, [Change(Reserve(service: "app", count: 2, term: oneYear, type: "m5.large"))])
    let one = try action(reserve, expected: "10", size: size)
    // 2 × 0.0576 × 730 = 84.096 a month, of which half; the other size of its own family is paid for too.
    #expect(one.lockIns.map(\.alternative.type) == ["r6g.large"])
    #expect(one.lockIns.map(\.monthly) == [usd("42.048")])
  }
}
