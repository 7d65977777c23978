import Model
import TestSupport
import Testing

@testable import Wording

/// Weekly windows in words.
@Suite struct ScheduleWordsTests {
  private static let reasons: [(ScheduleReason, String)] = [
    (.heldEveryWeek, "every week of the month stayed within it"),
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
    (.requirement, "requirement", "most instances any interval needed in any week, by local hour of the week"),
    (.binding(.dimension(.memory)), "binding dimension", "memory"),
    (.binding(.minimum(2)), "binding dimension", "the minimum of 2"),
    (
      .carries([
        CapacityDimension(.cpu, perInstance: 1.6, atMost: 2), CapacityDimension(.memory, perInstance: 3.2, atMost: 4),
        CapacityDimension(.metric(.connections), perInstance: 1500, atMost: 1800),
        CapacityDimension(.metric(.jobsPerMinute), perInstance: 12.5, atMost: 15),
      ]), "one instance carries", "CPU 1.60 vCPU, memory 3.20 GiB, connections 1500, jobs_per_minute 12.50"
    ),
    (.weeks(3...5, required: 4), "weeks seen for each hour", "3-5, hours below 4 weeks keep what ran"),
    (.capacity(WeekOfCapacity("Mon-Fri 08:00-18:00 4, else 2")!), "capacity", "Mon-Fri 08:00-18:00 4, else 2"),
  ]

  @Test("Every figure has its label and its words", arguments: figures)
  func figure(figure: ScheduleFigure, label: String, text: String) {
    #expect(figure.fact == ReportFact(label, .text(text)))
  }
}
