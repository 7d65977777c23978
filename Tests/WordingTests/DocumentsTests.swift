import Analysis
import Analytics
import Model
import StudySupport
import TestSupport
import Testing

@testable import Advice
@testable import Wording

@Suite struct DocumentsTests {
  @Test("A bill that could not be known in full says why")
  func gaps() {
    #expect(
      gapText(.metered(charge: "Transfer", Coverage(seen: 743, expected: 744)))
        == "Transfer: metered from 99.8 % (743 of 744 samples); the gaps are not estimated")
    #expect(
      gapText(.unrated(plan: "sp", computePlan, kind("m5.large"), since: instant("2025-11-01")))
        == "savings plan sp: no compute-savings-plan-1yr-no-upfront rate of m5.large (linux) in us-east-1 is known for "
        + "2025-11-01, so it is billed on demand")
  }

  @Test("What was not measured is unknown, and not met no times")
  func thresholds() {
    var finding = ThresholdFinding(
      scope: "app", metric: .cpuPercent, severity: .critical, condition: condition("> 90%"), episodes: [],
      coverage: Coverage(seen: 0, expected: 10))
    finding.unjudged = .notMeasured
    let table = thresholdTable([finding], clock: LocalClock(identifier: "UTC")!)
    #expect(table.rows[0][4] == .unknown("not measured") && table.rows[0][5] == .unknown("not measured"))
    #expect(table.rows[0][12] == .share(0, decimals: 1, rounding: .down))
  }

  @Test("A change from nothing is unknown, and nothing to nothing is no change")
  func change() {
    #expect(ReportCell.change(usd("1"), from: .zero) == .unknown("there was nothing before"))
    #expect(ReportCell.change(.zero, from: .zero) == .share(0))
    #expect(ReportCell.change(usd("1.5"), from: usd("1")) == .share(0.5))
  }

  @Test("The review's files are for people first, and each has its format")
  func files() throws {
    let files = try reviewFiles(try TinyMonth().review())
    #expect(
      files.map(\.name) == [
        "report.md", "evidence.md", "bill.csv", "cost-per-user.csv", "recommendations.csv", "recommendations.json",
      ])
    let documents = files.compactMap { file in
      if case .document(let document, let format) = file.content { (document: document, format: format) } else { nil }
    }
    #expect(documents.map(\.format) == ["markdown", "markdown", "csv", "csv", "csv"])
    #expect(documents.dropFirst(2).allSatisfy { $0.document.tables.count == 1 && $0.document.title.isEmpty })
  }

  @Test("Every recommendation and refusal of the review leads to a section of the evidence")
  func links() throws {
    var month = TinyMonth()
    month.series = ["app-1", "app-2"].map { resource in
      samples("app", resource, .cpuPercent, on: .init(period: october)) { $0 < 12 ? 1 : nil }
    }
    let review = try month.review()
    let linked = reviewDocument(PrintedReview(review)).tables.flatMap { $0.rows.flatMap { $0 } }.compactMap { cell in
      if case .link(_, let target) = cell { target } else { nil }
    }
    let sections = evidenceDocument(PrintedReview(review)).sections.map { "evidence.md#\($0.id)" }
    #expect(linked.contains("evidence.md#rightsize-app"))
    #expect(linked.allSatisfy(sections.contains), "\(linked)")
  }
}
