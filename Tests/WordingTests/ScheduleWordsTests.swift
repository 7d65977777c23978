import Model
import TestSupport
import Testing

@testable import Wording

/// Weekly windows in words.
@Suite struct ScheduleWordsTests {
  private static let reasons: [(ScheduleReason, String)] = [
    (
      .held(Coverage(seen: 967, expected: 1000)),
      "enough ran at all times of the weeks that it was not learned on, 96.7 % of them measured"
    ),
    (
      .ramp(before: 12_900, after: 900),
      "a load that comes at a known time finds too few: for 3 h 35 min in the weeks that it was not learned on, and for 15 min "
        + "with it"
    ),
    (.notHeld(seconds: 9600), "what was learned left too few for 2 h 40 min of the weeks that it was not learned on"),
    (.tooFewWeeks(2, required: 4), "2 weeks were measured; 4 are needed, to learn on some and be judged on the last"),
    (.nothingSpare, "no hour of the week ran more than it needed in every week"),
    (.holdsData, "it scales vertically; its instances hold data"),
    (
      .shortfall(CoverageShortfall(.memory, .unmeasured)),
      "memory is not measured; fewer instances would each carry more of it"
    ),
  ]

  @Test("Every reason has its words", arguments: reasons)
  func reason(reason: ScheduleReason, text: String) { #expect(reason.text == text) }

  private static let figures: [(ScheduleFigure, String, String)] = [
    (
      .requirement(marginPercent: 5), "requirement",
      "most instances any interval needed in any week, by quarter of an hour of the local week, of 5 % more load"
    ),
    (.binding(.dimension(.memory)), "binding dimension", "memory"),
    (.binding(.minimum(2)), "binding dimension", "the minimum of 2"),
    (
      .carries([
        CapacityDimension(.cpu, perInstance: 1.6, atMost: 2), CapacityDimension(.memory, perInstance: 3.2, atMost: 4),
        CapacityDimension(.metric(.connections), perInstance: 1500, atMost: 1800),
        CapacityDimension(.metric(.jobsPerMinute), perInstance: 12.5, atMost: 15),
      ]), "one instance carries", "CPU 1.60 vCPU, memory 3.20 GiB, connections 1500, jobs_per_minute 12.50"
    ),
    (.learned(october), "learned on", "2026-10-01 to 2026-10-31"),
    (
      .judged(october, learned: period("2026-09-01", "2026-10-01")), "judged on",
      "2026-10-01 to 2026-10-31, by what was learned on 2026-09-01 to 2026-09-30"
    ),
    (.oneOff([CivilDate("2026-10-13")!]), "like no other day", "2026-10-13: left out"),
    (.events(["Thanksgiving"]), "days of the fleet file", "Thanksgiving: left out"),
    (
      .idle(.memory, each: 0.72, explained: 0.987), "memory without load",
      "0.72 GiB an instance, by a line over the work that explains 99 %"
    ),
    (.idle(.memory, each: 0.8, explained: nil), "memory without load", "0.80 GiB an instance, the least that was seen"),
    (
      .trial(
        ScheduleTrial(
          .own, actions: 2, instanceSeconds: 3_600_360, saving: usd("-1.25"), shortSeconds: 3600, oneOffSeconds: 0,
          criticalSeconds: 60, queueCrossings: 3)), "actions of the fleet file",
      "2 recurring, 1000.1 instance-hours, bill 1.25 USD, too few for 1 h, critical for 1 min, queue beyond its threshold 3 times"
    ),
  ]

  @Test("Every figure has its label and its words", arguments: figures)
  func figure(figure: ScheduleFigure, label: String, text: String) {
    #expect(words().fact(figure) == ReportFact(label, .text(text)))
  }
}
