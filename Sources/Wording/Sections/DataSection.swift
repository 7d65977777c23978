import Analysis
import Analytics
import Model

/// How complete the data was, and how old the prices are.
struct DataSection: ReviewSection {
  func section(_ printed: PrintedReview) -> ReportSection? {
    let review = printed.review
    let notes = gaps(printed) + review.current.bill.incomplete.map(gapText) + doubts(review.doubts)
    return ReportSection(
      "data-and-prices", title: "Data and prices",
      blocks: [
        .paragraph(
          "A gap is never read as zero: it lowers coverage, and below "
            + "\(review.study.fleet.review.requiredCoveragePercent) % an adviser refuses."),
        .table(table(review.data)), .list(notes),
      ])
  }

  private func table(_ data: DataQuality) -> ReportTable {
    ReportTable(
      "coverage",
      columns: [
        .text("service", "Service"), ReportColumn("cpu_coverage", "CPU", .share),
        ReportColumn("memory_coverage", "Memory", .share), ReportColumn("gaps", "Gaps of 1 h or more", .count),
        ReportColumn("gap_seconds", "Together", .duration),
      ],
      rows: data.services.map { service in
        [
          .text(service.service), .coverage(service.cpu),
          service.memory.seen == 0 ? .unknown("not measured") : .coverage(service.memory),
          .count(service.gaps.count), .duration(service.gaps.reduce(0) { $0 + $1.period.seconds }),
        ]
      })
  }

  /// Each time without any sample once, with the services that it is of.
  private func gaps(_ printed: PrintedReview) -> [String] {
    let services = printed.review.data.services
    let periods = Set(services.flatMap { $0.gaps.map(\.period) }).sorted { ($0.start, $0.end) < ($1.start, $1.end) }
    return periods.map { period in
      let names = services.filter { service in service.gaps.contains { $0.period == period } }.map(\.service)
      return "No sample from \(printed.clock.text(period)) of \(names.joined(separator: ", "))."
    }
  }

  /// Old and derived prices, counted; the evidence lists them.
  private func doubts(_ doubts: PriceDoubts) -> [String] {
    guard !doubts.isEmpty else { return ["Every price used is recent and published."] }
    var notes: [String] = []
    if let oldest = doubts.stale.compactMap(\.confirmed).min() {
      notes.append(
        "\(doubts.stale.count) of the prices used are older than \(doubts.days) days, the oldest from \(oldest.date): "
          + "`evidence.md` lists them.")
    }
    if !doubts.derived.isEmpty {
      notes.append("\(doubts.derived.count) of the prices used are derived, not published: `evidence.md` lists them.")
    }
    return notes
  }
}

/// Why a bill is not what it would be if all were known.
func gapText(_ gap: BillGap) -> String {
  switch gap {
  case .metered(let charge, let coverage):
    "\(charge): metered from \(coverage.description); the gaps are not estimated"
  case .unrated(let plan, let term, let kind, let since):
    "savings plan \(plan): no \(term) rate of \(kind) is known for \(since.date), so it is billed on demand"
  }
}
