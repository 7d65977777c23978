import Analytics
import Model
import StudySupport
import TestSupport
import Testing

@testable import Wording

@Suite struct DecisionSectionsTests {
  @Test("An instance that reports nothing any more is said once, as what to stop")
  func silent() throws {
    var month = TinyMonth()
    let grid = SampleGrid(period: october)
    // The second one stops reporting on the 31st: 24 hours × 0.096 = 2.304.
    month.series = ["app-1", "app-2"].map { resource in
      samples("app", resource, .cpuPercent, on: grid) { resource == "app-2" && $0 >= 30 * 288 ? nil : 30 }
    }
    let printed = PrintedReview(try month.review())
    let waste = try #require(printed.review.actions.first { $0.verdict.step == .waste })
    #expect(waste.verdict.saving == usd("2.304"))
    let section = try #require(WhatToChangeSection().section(printed))
    guard case .table(let table)? = section.blocks.first(where: { if case .table = $0 { true } else { false } }) else {
      Issue.record("a table of what to change")
      return
    }
    #expect(table.rows.count { $0[1] == .link("waste-app", to: "evidence.md#waste-app") } == 1)
  }

  @Test("Without anything to change, to come or cheaper there is a sentence or nothing")
  func nothing() throws {
    var month = TinyMonth()
    // One type, no offer, no smaller count: nothing may be advised.
    month.service = tinyService("app", ["m5.large"]) { $0.minimum = 2 }
    month.prices.reserved = []
    let printed = PrintedReview(try month.review())
    #expect(
      WhatToChangeSection().section(printed)?.blocks == [.paragraph("Nothing: no change is worth making.")])
    #expect(ComingDecisionsSection().section(printed) == nil)
    #expect(CheaperTypesSection().section(printed) == nil)
  }

  @Test("The actions of a schedule are counted in the review, and written out in the evidence")
  func brief() throws {
    var verdict = Verdict(
      step: .schedule, subject: .service("app"), outcome: .recommended, conclusion: .change, reason: .nothingRan,
      confidence: .high,
      evidence: Evidence(period: october, coverage: Coverage(seen: 1, expected: 1), figures: []))
    let text = "app=0 1 * * * 2/2/8; 45 7,19 * * MON-FRI 1/4/8 Europe/Berlin"
    verdict.changes = [Change(try #require(ScheduledCapacity(optionText: text)))]
    let words = VerdictWords(clock: LocalClock(identifier: "UTC")!, currency: .usDollar)
    #expect(words.brief(verdict) == "by the clock: 1 to 2 in 2 recurring actions")
    #expect(
      words.action(verdict)
        == "by the clock of Europe/Berlin and UTC: daily 01:00 2, Mon-Fri 07:45 and 19:45 at least 1")
  }
}
