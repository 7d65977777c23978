import Model
import StudySupport
import TestSupport
import Testing

@testable import Wording

@Suite struct ReviewSectionsTests {
  @Test("Every section has a file of its name, and every file a line in the list")
  func list() {
    let names = reviewSections.map { "\(type(of: $0)).swift" }
    #expect(Set(names) == Set(swiftFiles(under: "Sources/Wording/Sections")))
    #expect(Set(names).count == names.count)
  }

  @Test("Sections have ids and titles of their own, and tables names of their own")
  func ids() throws {
    var month = TinyMonth()
    month.monthsBefore = 1
    let document = reviewDocument(PrintedReview(try month.review()))
    let ids = document.sections.map(\.id)
    #expect(Set(ids).count == ids.count)
    #expect(document.sections.allSatisfy { !$0.title.isEmpty })
    let names = document.tables.map(\.name)
    #expect(Set(names).count == names.count)
  }

  @Test("What is not known is said with its reason, where a figure would stand")
  func unknown() throws {
    var month = TinyMonth()
    month.prices.sellUnit("disk", "0.10", unit: "gb-month", from: "2026-01-01")
    month.fleet = { $0.charges = [tinyCharge("Disks", price: "disk", gbMonths: 100)] }
    let printed = PrintedReview(try month.review())
    let change = try #require(ChangeSection().section(printed))
    #expect(change.blocks == [.paragraph("The store holds no September 2026, so there is nothing to compare with.")])
    // Neither commitments nor anything refused: a sentence each. What nothing looked at is there.
    #expect(CommitmentsSection().section(printed)?.blocks == [.paragraph("No commitment was held.")])
    let unjudged = try #require(UnjudgedSection().section(printed)?.blocks.last)
    guard case .table(let table) = unjudged else {
      Issue.record("a table of what nothing looked at")
      return
    }
    // 10.00 of 142.848 + 10.00.
    #expect(table.rows[0][3] == .money(usd("10"), printed: Cents(1000)))
    #expect(table.rows[0][4] == .share(0.065424))
  }

  @Test("A fleet without thresholds has a line that says so")
  func noThresholds() throws {
    let section = ThresholdsSection().section(PrintedReview(try TinyMonth().review()))
    #expect(
      section?.blocks == [
        .paragraph("The fleet file has no thresholds: nothing says from when a measurement is too high.")
      ])
  }

  @Test("What one service saves is printed in the same cents beside others and alone")
  func oneService() throws {
    let verdicts = try TinyMonth().review().verdicts.prefix(2).enumerated().map { index, verdict in
      var copy = verdict
      copy.subject = .service("app-\(index)")
      copy.outcome = .recommended
      copy.saving = usd("0.005")
      return copy
    }
    // Together one cent, which is the first one's; each alone would be half of one.
    let cents = printedSavings(of: verdicts, before: usd("1"), after: usd("0.99"))
    #expect(verdicts.map { cents[$0.id] } == [Cents(1), Cents(0)])
  }

  @Test("The glance has the month's figures, typed, each with what it is in")
  func glance() throws {
    var month = TinyMonth()
    month.monthsBefore = 1
    let table = GlanceSection().table(PrintedReview(try month.review()))
    #expect(table.rows.map { $0[0] } == figures.map(ReportCell.text))
    #expect(table.rows[0][1] == .money(usd("142.848"), printed: Cents(14_285)))
    // 744 hours after 720.
    #expect(table.rows[0][3] == .share(142.848 / 138.24 - 1))
    #expect(table.rows[2][3] == .share(0))
    // The tiny fleet has no thresholds: no time is known to be critical, and none to be not.
    #expect(table.rows[4][1] == .unknown("no thresholds"))
  }

  private let figures = [
    "Cost", "Cost per user", "Cost per user and hour", "Saving found", "Time critical", "Data seen",
  ]
}
