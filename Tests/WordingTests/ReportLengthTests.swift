import Analysis
import Model
import Reporting
import StudySupport
import TestSupport
import Testing

@testable import Analytics
@testable import Wording

/// The review of a fleet with hundreds of services.
@Suite struct ReportLengthTests {
  @Test("Three times the services make report.md hardly longer, and it stays below 60 KB")
  func length() throws {
    let tiny = try tinyReview()
    func length(_ count: Int) throws -> Int {
      MarkdownFormat().render(reviewDocument(PrintedReview(try tiny.multiplied(by: count)))).count
    }
    let (hundred, threeHundred) = (try length(100), try length(300))
    #expect(Double(threeHundred) < 1.15 * Double(hundred), "\(hundred) and \(threeHundred)")
    #expect(threeHundred < 60_000)
  }

  @Test("Of every list that grows with the fleet the report has the first, and the evidence all, where its links lead")
  func whole() throws {
    let printed = PrintedReview(try tinyReview().multiplied(by: 40))
    let (report, evidence) = (reviewDocument(printed), evidenceDocument(printed))
    let lists = [
      "recommendations", "coming_decisions", "cheaper_types", "not_looked_at", "change", "bill", "commitments",
      "thresholds", "coverage",
    ]
    for name in lists {
      let short = try #require(report.tables.first { $0.name == name }, "\(name)")
      let whole = try #require(evidence.tables.first { $0.name == name }, "\(name)")
      #expect(short.rows.count <= ReviewLimit.rows + 1 && whole.rows.count >= 40, "\(name)")
      let links = (try #require(short.rows.last)).compactMap { cell in
        if case .link(let text, let target) = cell { (text, target) } else { nil }
      }
      let others = whole.rows.count - short.rows.count + 1
      #expect(links.map(\.0) == [others == whole.rows.count ? "all \(others)" : "\(others) others"])
      let place = try #require(evidence.sections.first { links[0].1 == "evidence.md#\($0.id)" }, "\(links)")
      #expect(place.blocks.contains(.table(whole)))
      // As the heading is linked to.
      #expect(place.id == place.title.lowercased().replacing(" ", with: "-"))
    }
  }

  @Test("Printed columns of shortened tables add up to their printed totals")
  func totals() throws {
    let report = reviewDocument(PrintedReview(try tinyReview().multiplied(by: 40)))
    for name in ["recommendations", "not_looked_at", "change", "bill"] {
      let table = try #require(report.tables.first { $0.name == name })
      for (index, total) in (try #require(table.total)).enumerated() {
        guard case .money(let amount, let cents) = total else { continue }
        #expect(table.rows.reduce(.zero) { $0 + self.amount($1[index]).0 } == amount, "\(name)")
        #expect(table.rows.reduce(.zero) { $0 + self.amount($1[index]).1 } == cents, "\(name)")
      }
    }
  }

  @Test("Refusals of one kind are a row, which names the dearest services and what all of them cost")
  func refused() throws {
    let printed = PrintedReview(try tinyReview().multiplied(by: 40))
    let section = try #require(RefusedSection().section(printed))
    guard case .table(let table)? = section.blocks.last else {
      Issue.record("a table of refusals")
      return
    }
    let sizes = try #require(table.rows.first { $0[0] == .text("Schedule") })
    #expect(sizes[1] == .count(40) && sizes[2] == .text("blind-1, blind-10, 38 more"))
    // One m5.xlarge each, 40 × 744 × 0.192, in print as the bill prints the lines of each.
    let cents = (1...40).reduce(Cents.zero) { $0 + printed.bill.total(of: "blind-\($1)") }
    #expect(sizes[4] == .money(usd("5713.92"), printed: cents))
    #expect(sizes[5] == .link("schedule-blind-1", to: "evidence.md#schedule-blind-1"))
    #expect(table.rows.count < 5)
  }

  @Test("Times without samples are said for the worst, and counted for the others; the evidence says each")
  func gaps() throws {
    let printed = PrintedReview(try tinyReview().multiplied(by: 40))
    let section = try #require(DataSection().section(printed))
    let notes = lists(section.blocks).flatMap { $0 }
    let gaps = notes.filter { $0.hasPrefix("No sample") }
    // The gap of the last copy is the longest.
    #expect(gaps.count == 5 && gaps[0].hasSuffix(" of blind-40."))
    #expect(notes.contains { $0.hasPrefix("35 other gaps of 1 h or more") })
    let all = lists(DataSection().leftOut(printed)).flatMap { $0 }
    #expect(all.count { $0.hasPrefix("No sample") } == 40)
  }

  @Test("Names in a sentence of the report are the first of many, and the evidence has all of them")
  func names() throws {
    var tiny = try tinyReview()
    tiny.thresholds.indices.forEach { tiny.thresholds[$0].unjudged = .notMeasured }
    let printed = PrintedReview(try tiny.multiplied(by: 20))
    func said(_ blocks: [ReportBlock]) -> [Int] {
      blocks.compactMap { block in
        guard case .paragraph(let text) = block, text.hasPrefix("Not judged") else { return nil }
        // A comma between each two.
        return text.count { $0 == "," }
      }
    }
    #expect(said(try #require(ThresholdsSection().section(printed)).blocks) == [7])
    #expect(said(ThresholdsSection().leftOut(printed)) == [19])
  }

  private func lists(_ blocks: [ReportBlock]) -> [[String]] {
    blocks.compactMap { if case .list(let items) = $0 { items } else { nil } }
  }

  private func amount(_ cell: ReportCell) -> (Money, Cents) {
    if case .money(let amount, let cents) = cell { (amount, cents) } else { (.zero, .zero) }
  }

  /// Two months of two services with something to say in every section: too large, and not measured in full.
  private func tinyReview() throws -> Review {
    var month = TinyMonth(count: 2, "m5.xlarge")
    month.monthsBefore = 1
    month.service.thresholds = [threshold(.cpuPercent, "> 10%", "> 20%", "> 25%")]
    month.runs += runs(1, of: "blind", "m5.xlarge", october)
    let grid = SampleGrid(period: Period(start: instant("2026-09-01"), end: october.end))
    // Nothing in the first two hours of the 2nd of October, and never its memory.
    month.series = [
      samples("blind", "blind-1", .cpuPercent, on: grid) { (31 * 288..<31 * 288 + 24).contains($0) ? nil : 30 }
    ]
    month.prices.sellUnit("disk", "0.10", unit: "gb-month", from: "2026-01-01")
    month.fleet = {
      $0.services.append(tinyService("blind", ["m5.xlarge", "m5.large"]))
      $0.charges = [tinyCharge("Disks", price: "disk", gbMonths: 100)]
    }
    month.commitments = [
      Commitment(
        id: "ri", service: "app", type: "m5.xlarge", count: 1, term: oneYear,
        started: instant("2026-11-20").advanced(by: -31_536_000),
        paid: PaidPrice(upfront: .zero, hourly: usd("0.1152"), file: "ri.json"))
    ]
    var review = try month.review()
    review.cheaperTypes = [
      CheaperType(
        service: "app",
        alternative: SizeAlternative(
          type: "c5.large", counts: 1...1, effort: .otherFamily, architecture: nil, insteadOf: "m5.xlarge",
          monthly: usd("140.16"), alternativeMonthly: usd("62.05")),
        saving: usd("78.11"))
    ]
    return review
  }
}
